"""Runs every relation module over a Reading and gives the Annotation of the article."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import cast

import kg.extract.relations as relation_package
from kg.errors import OntologyError
from kg.extract.answers import link_answers
from kg.extract.base import Attribution, End, Finding, Named, Relation, Scene
from kg.extract.calibration import Trust
from kg.extract.plain import plain_scene
from kg.extract.quotations import find_attributions, with_first_persons
from kg.extract.speech import cover
from kg.extract.times import with_times
from kg.extract.unnamed import without_impossible
from kg.model import (
    Annotation,
    Claim,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    Quotation,
    Span,
)
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading

_HEADLINE = 0.9
"""Headlines are terse and parsed badly: a claim is worth less there than in the article's own sentences."""


_DETAILED = frozenset(
    "accuses criticizes denies chargedWith investigatedFor clearedOf suedBy apologizesTo retracts".split()
)
"""Relations of which the same two may have several claims, if their details differ."""
_MOST = 50
"""So many charges between the same two are compared with a further one."""


def load_relations(wanted: Iterable[str] | None = None) -> tuple[Relation, ...]:
    """Every module of `kg.extract.relations`, sorted by relation name.

    OntologyError where a module names no relation, or where `wanted` (the ontology's relations) and the modules differ.
    """
    modules = []
    for info in pkgutil.iter_modules(relation_package.__path__):
        module = importlib.import_module(f"{relation_package.__name__}.{info.name}")
        if not hasattr(module, "RELATION") or not hasattr(module, "find"):
            raise OntologyError(f"kg/extract/relations/{info.name}.py needs RELATION and find(scene); add them")
        modules.append(cast(Relation, module))
    modules.sort(key=lambda module: module.RELATION)
    if wanted is not None:
        known, asked = {module.RELATION for module in modules}, set(wanted)
        if lost := sorted(asked - known):
            raise OntologyError(
                f"ontology/kg.ttl has {lost[0]!r} but kg/extract/relations has no module for it; add one"
            )
        if lost := sorted(known - asked):
            raise OntologyError(
                f"kg/extract/relations finds {lost[0]!r}, which ontology/kg.ttl lacks; add the property"
            )
    return tuple(modules)


def scene_of(reading: Reading, lexicon: Lexicon) -> Scene:
    """The reading with its quotations and with "I" and "you" inside them resolved.

    Outside English only what marks, and words of speech beside them, tell.
    """
    if not lexicon.has_grammar:
        return plain_scene(reading, lexicon)
    attributions = find_attributions(reading)
    content = tuple(cover(len(reading.doc), attributions))
    reading = without_impossible(with_first_persons(reading, attributions, content))
    return Scene(reading, lexicon, attributions, content)


def extract(
    reading: Reading,
    lexicon: Lexicon,
    relations: Sequence[Relation],
    *,
    annotator: str = "",
    trust: Trust | None = None,
) -> Annotation:
    """All entities, mentions, claims and quotations of one article, sorted.

    `trust` turns the rules' confidence into a calibrated one and says what is kept; without it all is kept as it is.
    """
    trust = trust or Trust()
    scene = scene_of(reading, lexicon)
    reading, attributions = scene.reading, scene.attributions
    headline_end = _headline_end(reading)
    quoted = {place for quote in reading.quotes for place in range(quote.start, quote.end)}
    findings = []
    for relation in relations:
        for finding in relation.find(scene):
            share = finding.confidence * (1.0 if finding.start >= headline_end else _HEADLINE)
            confidence = trust.calibration(finding.relation, share)
            if trust.keeps(finding.relation, confidence) and not any(reading.skipped[finding.start : finding.end]):
                findings.append(_attributed(scene, replace(finding, confidence=confidence), quoted))
    kept = with_times(scene, _distinct(reading, findings))
    return _Writer(reading, annotator).annotation(kept, attributions)


def _attributed(scene: Scene, finding: Finding, quoted: Set[int]) -> Finding:
    """The finding with the one who says so, where it stands between quotation marks and its rule does not tell.

    Its modality stays: an office or a party that somebody's words only name in passing is taken for granted, not told.
    """
    speaker = scene.speaker_at(finding.trigger) if finding.trigger in quoted else None
    if speaker is None or finding.attributed_to is not None or speaker in (finding.subject, finding.object):
        return finding
    return replace(finding, attributed_to=speaker)


def _headline_end(reading: Reading) -> int:
    """The token behind the headline: a first line that ends without a full stop; 0 where there is none."""
    for token in reading.doc:
        if token.is_space and "\n" in token.text:
            return 0 if token.i == 0 or reading.doc[token.i - 1].text[-1] in ".!?\"'" else token.i
    return 0


def _distinct(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The best finding for each (relation, ends, polarity, charge), in text order.

    One sentence and pair carries one relation out of accuses and criticizes. A claim without a charge is a repeat of
    any other between the same ends.
    """
    best: dict[tuple[object, ...], Finding] = {}
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (-f.confidence, f.start, f.end, f.relation)):
        key = (finding.relation, _end_key(finding.subject), _end_key(finding.object), finding.polarity)
        same = groups.setdefault(key, [])
        if any(_repeats(reading, finding, other) for other in same[:_MOST]):
            continue
        same.append(finding)
        best[(*key, finding.start, finding.trigger)] = finding
    kept = sorted(best.values(), key=lambda f: (f.start, f.end, f.relation, f.trigger, _end_key(f.object)))
    accusations = {(reading.sentence_of[f.trigger], f.subject, f.object) for f in kept if f.relation == "accuses"}
    return [
        f
        for f in kept
        if f.relation != "criticizes" or (reading.sentence_of[f.trigger], f.subject, f.object) not in accusations
    ]


def _end_key(end: End | None) -> tuple[str, str]:
    if end is None:
        return ("", "")
    if isinstance(end, int):
        return ("cluster", f"{end:06}")
    return (end.type.value, f"{end.name} {end.pronouns[0]:06}" if end.pronouns else end.name.casefold())


def _repeats(reading: Reading, finding: Finding, other: Finding) -> bool:
    if finding.relation not in _DETAILED:
        return True
    if finding.detail is None or other.detail is None:
        return True
    if reading.sentence_of[finding.trigger] == reading.sentence_of[other.trigger]:
        return finding.relation != "accuses" or _overlap(finding.detail, other.detail)
    mine, its = (
        {t.lemma_ for t in reading.doc[start:end] if t.is_alpha and not t.is_stop}
        for start, end in (finding.detail, other.detail)
    )
    return not mine or not its or len(mine & its) * 2 >= len(mine | its)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


class _Writer:
    """Numbers the ends of the findings and turns token ranges into spans."""

    def __init__(self, reading: Reading, annotator: str) -> None:
        self._reading = reading
        self._annotator = annotator
        self._named: dict[tuple[str, str], list[Named]] = {}
        self._pronouns: set[tuple[int, int]] = set()

    def annotation(self, findings: Sequence[Finding], attributions: Sequence[Attribution]) -> Annotation:
        """The whole annotation; entities are numbered by their first mention."""
        reading = self._reading
        for finding in findings:
            self._pronouns |= set(finding.pronouns)
            for end in (finding.subject, finding.object):
                if isinstance(end, Named):
                    self._named.setdefault(_end_key(end), []).append(end)
        firsts: dict[tuple[str, str], int] = {}
        for mention in reading.mentions:
            key = _end_key(mention.cluster)
            firsts[key] = min(firsts.get(key, mention.start), mention.start)
        for key, places in self._named.items():
            firsts[key] = min(place.start for place in places)
        order = sorted(firsts, key=lambda key: (firsts[key], key))
        ids = {key: f"e{number}" for number, key in enumerate(order, start=1)}
        claims = [self._claim(finding, ids) for finding in findings]
        return Annotation(
            article=reading.article,
            entities=tuple(self._entity(key, ids[key]) for key in order),
            mentions=tuple(sorted(self._mentions(ids))),
            claims=tuple(link_answers(reading, claims, findings)),
            quotations=tuple(sorted(self._quotations(attributions, ids), key=_quotation_key)),
            sentences=self._sentences(),
            annotator=self._annotator,
        )

    def _entity(self, key: tuple[str, str], local_id: str) -> LocalEntity:
        if key[0] != "cluster":
            places = self._named[key]
            names = sorted({place.name for place in places}, key=lambda name: (-len(name), name))
            others = {place.alias for place in places if place.alias is not None} - {names[0]}
            return LocalEntity(local_id, places[0].type, names[0], tuple(sorted({*names[1:], *others})))
        cluster = self._reading.clusters[int(key[1])]
        aliases = tuple(sorted(set(cluster.forms[1:])))
        return LocalEntity(local_id, cluster.type, cluster.name, aliases, gender=cluster.gender)

    def _mentions(self, ids: dict[tuple[str, str], str]) -> list[Mention]:
        reading = self._reading
        mentions = {Mention(reading.span(m.start, m.end), m.kind, ids[_end_key(m.cluster)]) for m in reading.mentions}
        for key, places in self._named.items():
            kind = MentionKind.NOMINAL if places[0].type is EntityType.POSITION else MentionKind.NAME
            if not places[0].pronouns:
                mentions |= {Mention(reading.span(place.start, place.end), kind, ids[key]) for place in places}
            for place in places[0].pronouns:
                mentions.add(Mention(reading.span(place, place + 1), MentionKind.PRONOUN, ids[key]))
        for cluster, place in self._pronouns:
            mentions.add(Mention(reading.span(place, place + 1), MentionKind.PRONOUN, ids[_end_key(cluster)]))
        return list(mentions)

    def _claim(self, finding: Finding, ids: dict[tuple[str, str], str]) -> Claim:
        reading = self._reading
        detail = finding.note
        if detail is None and finding.detail is not None:
            detail = _balanced(" ".join(reading.text(*finding.detail).split()).strip(" ,;:-–—"))
        attributed = finding.attributed_to
        return Claim(
            relation=finding.relation,
            subject=ids[_end_key(finding.subject)],
            object=None if finding.object is None else ids[_end_key(finding.object)],
            evidence=reading.span(finding.start, finding.end),
            sentence=reading.sentence_of[finding.trigger],
            extractor=f"{finding.relation}:{finding.pattern}",
            confidence=round(finding.confidence, 2),
            detail=detail or None,
            polarity=finding.polarity,
            modality=finding.modality,
            attributed_to=None if attributed is None else ids[_end_key(attributed)],
            qualifiers=finding.qualifiers,
        )

    def _quotations(self, attributions: Sequence[Attribution], ids: dict[tuple[str, str], str]) -> list[Quotation]:
        span = self._reading.span
        return [
            Quotation(
                kind=attribution.kind,
                content=span(*part),
                speaker=None if attribution.speaker is None else ids[_end_key(attribution.speaker)],
                source=None if attribution.source is None else span(*attribution.source),
                cue=None if attribution.cue is None else span(*attribution.cue),
            )
            for attribution in attributions
            for part in attribution.content
        ]

    def _sentences(self) -> tuple[Span, ...]:
        spans = []
        for sentence in self._reading.doc.sents:
            start, end = sentence.start_char, sentence.end_char
            text = self._reading.article.text[start:end]
            start += len(text) - len(text.lstrip())
            end -= len(text) - len(text.rstrip())
            spans.append(Span(start, max(end, start + 1)))
        return tuple(spans)


def _balanced(words: str) -> str:
    """The words without a quotation mark whose partner was cut off."""
    straight = words.replace("“", '"').replace("”", '"')
    if straight.count('"') % 2 == 0:
        return words
    if straight.endswith('"'):
        return words[:-1].rstrip()
    if straight.startswith('"'):
        return words[1:].lstrip()
    return words + ("”" if "“" in words else '"')


def _quotation_key(quotation: Quotation) -> tuple[int, int, str]:
    return quotation.content.start, quotation.content.end, quotation.kind.value
