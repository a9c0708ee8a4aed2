"""Which item each entity of one article is, or that none can be told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import NIL, Annotation, EntityType, LocalEntity
from kg.resolve.candidates import Candidate
from kg.resolve.context import Context, context_of
from kg.resolve.features import SUPPORT, contrast, features_of
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Gazetteer, Item

ORDER = (
    EntityType.PLACE,
    EntityType.ORGANIZATION,
    EntityType.OUTLET,
    EntityType.PARTY,
    EntityType.PERSON,
    EntityType.POSITION,
    EntityType.OTHER,
)
"""People are told by their parties, offices by their holders; so each kind comes after what it leans on."""

STRONG = ("office", "office_near", "party", "party_beside", "kin", "birth")
"""Features of which one must speak clearly for a person whose name is only much alike."""

WEAK = {"name_surname": "only the last name agrees", "name_nickname": "the given name is only a nickname of the item's"}
_CLEAR = 0.4
_MOST_SLACK = 3.0

NO_CANDIDATE = 0.9
"""How sure "in no knowledge base" is for a name that the gazetteer does not have."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features (name, value, weight), sorted by how much they move the score."""

    item: Item
    score: float
    features: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entity is linked or not: all candidates, best first, and the decision in words."""

    entity: LocalEntity
    wikidata: str | None
    confidence: float
    reason: str
    candidates: tuple[Scored, ...] = ()


def link_article(annotation: Annotation, gazetteer: Gazetteer) -> Annotation:
    """The annotation with `wikidata` and `score` of every entity decided from this article alone."""
    decided = {e.entity.id: e for e in explain_article(annotation, gazetteer)}
    return replace(
        annotation,
        entities=tuple(
            replace(entity, wikidata=decided[entity.id].wikidata, score=decided[entity.id].confidence)
            for entity in annotation.entities
        ),
    )


def explain(annotation: Annotation, entity: str, gazetteer: Gazetteer) -> Explanation:
    """The decision about one local entity; KeyError where the annotation has none of that id."""
    return {e.entity.id: e for e in explain_article(annotation, gazetteer)}[entity]


def explain_article(annotation: Annotation, gazetteer: Gazetteer) -> tuple[Explanation, ...]:
    """The decisions about all entities of one article, in the annotation's order."""
    context = context_of(annotation, gazetteer)
    links: dict[str, str] = {}
    done: dict[str, Explanation] = {}
    for kind in ORDER:
        made = [decide(entity, context, links, gazetteer) for entity in annotation.entities if entity.type is kind]
        for explanation in made:
            done[explanation.entity.id] = explanation
            if explanation.wikidata is not NIL:
                links[explanation.entity.id] = explanation.wikidata
    return tuple(done[entity.id] for entity in annotation.entities)


def decide(entity: LocalEntity, context: Context, links: Mapping[str, str], gazetteer: Gazetteer) -> Explanation:
    """Score the candidates of one entity and take the best where it is good enough and leads."""
    scored = score_candidates(entity, context.candidates[entity.id], context, links, gazetteer)
    if not scored:
        return Explanation(entity, NIL, NO_CANDIDATE, "no item of this name is known")
    table = weights()
    best = scored[0]
    lead = lead_of(scored)
    weak = next((c for c in context.candidates[entity.id] if c.item == best.item and c.weak), None)
    sure = round(1 / (1 + math.exp(-table.intercept - table.slope * slack_of(scored))), 3)
    if weak is not None and not _supported(best, STRONG if weak.by_spelling else SUPPORT):
        what = WEAK.get(weak.name_feature, "the name is only much alike")
        return Explanation(entity, NIL, max(0.5, 1 - sure), f"{what}, and too little else", scored)
    if best.score < table.threshold:
        return Explanation(entity, NIL, 1 - sure, "too little speaks for the best candidate", scored)
    if lead < table.margin:
        return Explanation(entity, NIL, 1 - sure, "two candidates are too close", scored)
    return Explanation(entity, best.item.qid, sure, "one candidate stands out", scored)


def lead_of(scored: Sequence[Scored]) -> float:
    """How far the best candidate is ahead of the next."""
    return scored[0].score - scored[1].score if len(scored) > 1 else math.inf


def slack_of(scored: Sequence[Scored]) -> float:
    """How far the best candidate lies above what a link needs, or below (less than 0); 3 at most either way."""
    slack = min(scored[0].score - weights().threshold, lead_of(scored) - weights().margin)
    return max(-_MOST_SLACK, min(_MOST_SLACK, slack))


def score_candidates(
    entity: LocalEntity,
    candidates: tuple[Candidate, ...],
    context: Context,
    links: Mapping[str, str],
    gazetteer: Gazetteer,
) -> tuple[Scored, ...]:
    """The candidates with their scores, best first."""
    table = weights().features
    scored = []
    described = [features_of(entity, candidate, context, links, gazetteer) for candidate in candidates]
    contrast([candidate.item for candidate in candidates], described)
    for candidate, values in zip(candidates, described, strict=True):
        rows = sorted(
            ((name, round(value, 3), table[name]) for name, value in values.items()),
            key=lambda row: (-abs(row[1] * row[2]), row[0]),
        )
        score = round(sum(value * weight for _, value, weight in rows), 4)
        scored.append(Scored(candidate.item, score, tuple(rows)))
    return tuple(sorted(scored, key=lambda s: (-s.score, len(s.item.qid), s.item.qid)))


def _supported(scored: Scored, features: Sequence[str]) -> bool:
    """Whether one of the features speaks for a person, most of all."""
    least = 0.0 if features is SUPPORT else _CLEAR
    return any(name in features and value > least for name, value, _ in scored.features)
