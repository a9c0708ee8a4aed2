"""Everything that can be said of one claim, as data; kg/explain/text.py puts it into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.explain.cue_words import CueWord, cue_words
from kg.explain.references import ClaimPlace
from kg.explain.rules import Record, Rules
from kg.export.beside import Beside, Review
from kg.model import (
    Annotation,
    Article,
    Claim,
    Entity,
    LocalEntity,
    Mention,
    MentionKind,
    Quotation,
    Resolution,
    Span,
)
from kg.ontology import Ontology
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.namespaces import Namespaces

_MOST = 10
"""So many other claims of the same two are listed."""


@dataclass(frozen=True, slots=True)
class Through:
    """A mention by which an end of the claim was found. `inside` says whether it stands in the evidence.

    `name` is a mention by name that says who a pronoun or description is: the nearest before it, or else the first.
    """

    mention: Mention
    words: str
    inside: bool
    sentence: int
    name: str | None = None
    name_sentence: int | None = None


@dataclass(frozen=True, slots=True)
class EndPart:
    """Subject or object: as the article has it, and as the whole dataset knows it (None before resolve)."""

    local: LocalEntity
    entity: Entity | None
    through: tuple[Through, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another claim: its IRI, its article, and its words."""

    iri: str
    article: str
    index: int
    claim: Claim
    subject: str
    object: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Again:
    """What annotating the article anew gave. `same_program`: the program is the one that made the recorded claim.

    `claim` is the claim found anew, None where it is not found any more. `trigger` is the word that set its rule off.
    `rule_confidence` is what the rule itself gave, before place and score changed it. `reasons` are the features that a
    learnt score saw there and what each added to it, strongest first.
    """

    same_program: bool
    claim: Claim | None
    trigger: str | None = None
    rule_confidence: float | None = None
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One claim and why it is there.

    `around` covers the evidence's sentences, `context` those next to them too. `beside` is how it stands to Wikidata
    where the two can be compared, `review` what somebody decided of it.
    """

    iri: str
    key: str
    index: int
    article: Article
    claim: Claim
    subject: EndPart
    object: EndPart | None
    relation: str
    around: Span
    context: Span
    meaning: str | None
    record: Record | None
    polarity_words: tuple[CueWord, ...]
    modality_words: tuple[CueWord, ...]
    attributed_to: LocalEntity | None
    quotation: Quotation | None
    others: tuple[Other, ...]
    denials: tuple[Other, ...]
    answers: Other | None
    again: Again | None = None
    beside: Beside | None = None
    review: Review | None = None


def explain(
    place: ClaimPlace,
    annotations: Sequence[Annotation],
    *,
    resolution: Resolution | None,
    ontology: Ontology,
    rules: Rules,
    namespaces: Namespaces,
    language: str = "en",
    again: Again | None = None,
    beside: Beside | None = None,
    review: Review | None = None,
) -> Explanation:
    """The explanation of one of the claims of `annotations`; `rules` are those of `language`."""
    annotation, claim = place.annotation, place.annotation.claims[place.index]
    item = claim_nodes(annotation, namespaces)[place.index]
    entities = {} if resolution is None else resolution.lookup()
    local = {entity.id: entity for entity in annotation.entities}
    key = annotation.article.key
    around = _sentences(annotation, claim.evidence, margin=0)

    def end(name: str) -> EndPart:
        return EndPart(local[name], entities.get((key, name)), _through(annotation, name, claim.evidence))

    same = [
        other for other in _others(annotations, entities, namespaces, annotation, claim) if other.iri != item.node.value
    ]
    mine = {other.index: other for other in _of_article(annotation, namespaces)}
    text = annotation.article.text
    return Explanation(
        iri=item.node.value,
        key=item.key,
        index=place.index,
        article=annotation.article,
        claim=claim,
        subject=end(claim.subject),
        object=None if claim.object is None else end(claim.object),
        relation=ontology.relation(claim.relation).comment,
        around=around,
        context=_sentences(annotation, claim.evidence, margin=1),
        meaning=rules.meaning(claim.extractor),
        record=rules.records.get(claim.extractor),
        polarity_words=cue_words(text, claim, around, what=claim.polarity, language=language),
        modality_words=cue_words(text, claim, around, what=claim.modality, language=language),
        attributed_to=None if claim.attributed_to is None else local[claim.attributed_to],
        quotation=_quotation(annotation, claim),
        others=tuple(same[:_MOST]),
        denials=tuple(other for other in mine.values() if other.claim.about == place.index),
        answers=None if claim.about is None else mine.get(claim.about),
        again=again,
        beside=beside,
        review=review,
    )


def _through(annotation: Annotation, entity: str, evidence: Span) -> tuple[Through, ...]:
    """The mentions of an entity in the evidence; where there are none, the nearest one."""
    own = sorted(mention for mention in annotation.mentions if mention.entity == entity)
    inside = [mention for mention in own if mention.span.overlaps(evidence)]
    nearest = sorted(own, key=lambda mention: (abs(mention.span.start - evidence.start), mention.span.start))[:1]
    names = [mention for mention in own if mention.kind is MentionKind.NAME]
    text = annotation.article.text
    found = []
    for mention in inside or nearest:
        name = None
        if mention.kind is not MentionKind.NAME and names:
            before = [other for other in names if other.span.start < mention.span.start]
            name = before[-1] if before else names[0]
        found.append(
            Through(
                mention,
                mention.span.of(text),
                bool(inside),
                _sentence_of(annotation, mention.span),
                None if name is None else name.span.of(text),
                None if name is None else _sentence_of(annotation, name.span),
            )
        )
    return tuple(found)


def _quotation(annotation: Annotation, claim: Claim) -> Quotation | None:
    """The innermost quotation in whose content the evidence stands, the speaker's own first where it is reported."""
    around = [
        quotation
        for quotation in annotation.quotations
        if quotation.content.start <= claim.evidence.start and claim.evidence.end <= quotation.content.end
    ] or [quotation for quotation in annotation.quotations if quotation.content.overlaps(claim.evidence)]
    wanted = claim.attributed_to or claim.subject
    return min(
        around,
        key=lambda quotation: (quotation.speaker != wanted, quotation.content.end - quotation.content.start),
        default=None,
    )


def _others(
    annotations: Sequence[Annotation],
    entities: dict[tuple[str, str], Entity],
    namespaces: Namespaces,
    annotation: Annotation,
    claim: Claim,
) -> Iterable[Other]:
    """Claims between the same two, in either direction, in any article."""
    if claim.object is None:
        return
    mine = _identities(annotation, entities)
    wanted = {mine[claim.subject], mine[claim.object]}
    for one in annotations:
        known = mine if one is annotation else _identities(one, entities)
        if not wanted <= set(known.values()):
            continue
        for other in _of_article(one, namespaces):
            ends = [name for name in (other.claim.subject, other.claim.object) if name is not None]
            if {known[name] for name in ends} == wanted:
                yield other


def _identities(annotation: Annotation, entities: dict[tuple[str, str], Entity]) -> dict[str, str]:
    """Who each local entity is, over all articles: resolved, or linked, or called by the same full name."""
    key = annotation.article.key if entities else ""
    found = {}
    for local in annotation.entities:
        entity = entities.get((key, local.id))
        whose = "" if len(local.name.split()) > 1 else annotation.article.id
        plain = f"{local.type} {local.name.casefold()} {whose}"
        found[local.id] = entity.id if entity is not None else local.wikidata or plain
    return found


def _of_article(annotation: Annotation, namespaces: Namespaces) -> Iterable[Other]:
    names = {entity.id: entity.name for entity in annotation.entities}
    for index, item in enumerate(claim_nodes(annotation, namespaces)):
        claim = item.claim
        yield Other(
            item.node.value,
            annotation.article.id,
            index,
            claim,
            names[claim.subject],
            None if claim.object is None else names[claim.object],
            claim.evidence.of(annotation.article.text),
        )


def _sentence_of(annotation: Annotation, span: Span) -> int:
    return next((number for number, one in enumerate(annotation.sentences) if one.end > span.start), 0)


def _sentences(annotation: Annotation, span: Span, *, margin: int) -> Span:
    """The sentences that `span` touches, with so many more on either side."""
    touched = [number for number, sentence in enumerate(annotation.sentences) if sentence.overlaps(span)]
    if not touched:
        return span
    first = annotation.sentences[max(0, touched[0] - margin)]
    last = annotation.sentences[min(len(annotation.sentences) - 1, touched[-1] + margin)]
    return Span(min(first.start, span.start), max(last.end, span.end))
