"""An explanation as lines to read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from kg.explain.cue_words import CueWord
from kg.explain.explanation import Again, EndPart, Explanation, Other, Through
from kg.explain.lines import Row, plain, rows_text
from kg.model import Annotation, EntityType, MentionKind, Modality, Polarity
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.namespaces import Namespaces

_KINDS = {MentionKind.NAME: "name", MentionKind.NOMINAL: "description", MentionKind.PRONOUN: "pronoun"}
_MOST_REASONS = 12
_FEW = 10


def explanation_text(found: Explanation, *, width: int = 100) -> str:
    """All of it: who and what, passage, rule, mood, confidence, and the claims beside it."""
    rows: list[Row] = [
        *_head(found),
        *_passage(found),
        *_end("subject", found.subject),
        *(_end("object", found.object) if found.object is not None else [("object", "nobody is named")]),
        *_rule(found),
        *_mood(found),
        *_confidence(found),
        *_beside(found),
        *_elsewhere(found),
        *(_again(found, found.again) if found.again is not None else ()),
    ]
    return f"{plain(_arrow(found))}\n\n{rows_text(rows, width=width)}"


def claims_text(annotation: Annotation, namespaces: Namespaces) -> str:
    """The claims of one article, one a line, each with its number and its hash."""
    names = {entity.id: entity.name for entity in annotation.entities}
    lines = [f"article {annotation.article.id!r} has {len(annotation.claims)} claims; explain one by number or hash:"]
    for index, item in enumerate(claim_nodes(annotation, namespaces)):
        claim = item.claim
        target = "(nobody named)" if claim.object is None else names[claim.object]
        name = item.node.value.rpartition("/")[2]
        detail = f": {claim.detail}" if claim.detail else ""
        lines.append(f"  {index:>3}  {name}  " + plain(f"{names[claim.subject]} {claim.relation} {target}{detail}"))
    return "\n".join(lines) + "\n"


def _arrow(found: Explanation) -> str:
    target = "(nobody named)" if found.object is None else _name(found.object)
    return f"{_name(found.subject)} -> {found.claim.relation} -> {target}"


def _head(found: Explanation) -> Iterator[Row]:
    article, claim = found.article, found.claim
    yield "claim", found.iri
    yield "key", found.key
    facts = [f"number {found.index} of article {article.id!r}"]
    facts += [str(part) for part in (article.title, article.outlet, article.published, article.url) if part is not None]
    yield "article", ", ".join(facts)
    yield "relation", f"{claim.relation}: {found.relation}"
    if claim.detail is not None:
        yield "detail", f"“{claim.detail}”"
    for name, value in claim.qualifiers:
        yield "qualifier", f"{name}: {value}"


def _passage(found: Explanation) -> Iterator[Row]:
    text, evidence = found.article.text, found.claim.evidence
    before, after = text[found.context.start : evidence.start], text[evidence.end : found.context.end]
    marked = f"{before}[[{evidence.of(text)}]]{after}"
    yield "evidence", f"sentence {found.claim.sentence}, characters {evidence.start} to {evidence.end}:"
    yield "", marked


def _end(label: str, part: EndPart) -> Iterator[Row]:
    local, entity = part.local, part.entity
    known = [local.type.value]
    qid = local.wikidata if entity is None else entity.wikidata
    score = local.score if entity is None else entity.score
    known.append(f"Wikidata {qid}, link score {score:.2f}" if qid else "not linked to Wikidata")
    if entity is not None and entity.description:
        known.append(entity.description)
    yield label, f"{_name(part)} ({'; '.join(known)})"
    for through in part.through:
        yield "", _through(through, named=local.type is not EntityType.POSITION)


def _through(one: Through, *, named: bool) -> str:
    where = "in the evidence" if one.inside else f"in sentence {one.sentence}, outside the evidence"
    said = f"by the {_KINDS[one.mention.kind]} “{plain(one.words)}” {where}"
    if one.mention.kind is MentionKind.NAME or not named:
        return said
    if one.name is None:
        return f"{said}; no name stands for it in the article"
    return f"{said}, taken for “{plain(one.name)}” of sentence {one.name_sentence}"


def _rule(found: Explanation) -> Iterator[Row]:
    meaning = found.meaning or "no description of this rule is written down"
    yield "rule", f"{found.claim.extractor or 'unknown'}: {meaning}"


def _mood(found: Explanation) -> Iterator[Row]:
    claim = found.claim
    yield (
        "polarity",
        _with_words(claim.polarity.value, found.polarity_words, obvious=claim.polarity is Polarity.POSITIVE),
    )
    yield (
        "modality",
        _with_words(claim.modality.value, found.modality_words, obvious=claim.modality is Modality.ASSERTED),
    )
    if found.attributed_to is not None:
        yield "said by", f"{found.attributed_to.name}, whose words the passage gives"
    elif found.quotation is None:
        yield "said by", "the article itself"
    elif found.quotation.speaker == claim.subject:
        yield "said by", f"{found.subject.local.name}, as the article quotes"
    if found.quotation is not None:
        yield "quotation", _quotation(found)


def _quotation(found: Explanation) -> str:
    quotation, text = found.quotation, found.article.text
    assert quotation is not None
    parts = [f"{quotation.kind.value} speech"]
    for name, span in (("of", quotation.source), ("with the cue", quotation.cue)):
        if span is not None:
            parts.append(f"{name} “{plain(span.of(text))}”")
    return f"{' '.join(parts)}: “{textwrap.shorten(plain(quotation.content.of(text)), 160, placeholder=' …')}”"


def _with_words(what: str, words: Iterable[CueWord], *, obvious: bool) -> str:
    if obvious:
        return what
    said = "; ".join(f"“{one.words}” {one.why}" for one in words)
    return f"{what}: {said}" if said else f"{what}, by the grammar of the passage"


def _confidence(found: Explanation) -> Iterator[Row]:
    yield "confidence", f"{found.claim.confidence:.2f}"
    if found.record is None:
        yield "", "the rule has no record on labelled articles"
    else:
        judged, right = found.record.judged, found.record.right
        few = "; too few to tell" if judged < _FEW else ""
        share = f"{right / judged:.2f}{few}" if judged else "none was judged"
        yield (
            "",
            f"on the labelled articles that the rules were made on, {right} of {judged} claims were right ({share})",
        )


def _beside(found: Explanation) -> Iterator[Row]:
    if found.answers is not None:
        yield "answers", _other(found.answers)
    for other in found.denials:
        yield "answered by", _other(other)
    if found.others:
        yield "same two", "other claims between them:"
        for other in found.others:
            yield "", _other(other)
    elif found.object is not None:
        yield "same two", "no other claim between them"


def _elsewhere(found: Explanation) -> Iterator[Row]:
    if found.review is not None:
        yield "reviewed", found.review.words
    if found.beside is not None:
        statement = f": {found.beside.statement}" if found.beside.statement else ""
        yield "Wikidata", f"{found.beside.lead}{statement}"
        yield "", f"{found.beside.reason} {found.beside.address}"


def _other(other: Other) -> str:
    claim = other.claim
    mood = [
        word.value for word in (claim.polarity, claim.modality) if word not in (Polarity.POSITIVE, Modality.ASSERTED)
    ]
    said = f" ({', '.join(mood)})" if mood else ""
    target = "nobody named" if other.object is None else other.object
    passage = textwrap.shorten(plain(other.evidence), 120, placeholder=" …")
    return (
        f"{other.iri.rpartition('/')[2]}  {other.subject} {claim.relation} {target}{said}, {claim.confidence:.2f}, "
        f"{other.article}:{other.index}: “{passage}”"
    )


def _again(found: Explanation, again: Again) -> Iterator[Row]:
    if not again.same_program:
        yield (
            "anew",
            (
                "warning: this program (its code, word lists, models or settings) is not the one that made the claim; "
                "what follows is what it finds today"
            ),
        )
    if again.claim is None:
        yield "anew", "annotated again, the article does not give this claim any more; build again"
        return
    same = again.claim.confidence == found.claim.confidence and again.claim.extractor == found.claim.extractor
    result = "the very same claim" if same else f"confidence {again.claim.confidence:.2f} by {again.claim.extractor}"
    trigger = f", set off by “{again.trigger}”" if again.trigger else ""
    yield "anew", f"annotated again, the article gives {result}{trigger}"
    before, after = again.rule_confidence, again.claim.confidence
    if before is not None and before != after:
        yield "", f"the rule gave {before:.2f}; calibration, or standing in the headline, made it {after:.2f}"
    if again.reasons:
        yield "features", "what the learnt score saw, and what each added:"
        for name, weight in again.reasons[:_MOST_REASONS]:
            yield "", f"{weight:+.2f}  {name}"
        rest = again.reasons[_MOST_REASONS:]
        if rest:
            yield "", f"{sum(weight for _, weight in rest):+.2f}  {len(rest)} more"


def _name(part: EndPart) -> str:
    return part.local.name if part.entity is None else part.entity.name
