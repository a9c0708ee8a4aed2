"""What needs eyes, most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Claim, Entity, EntityType
from kg.model.decision import Decisions, Verdict
from kg.resolve.decisions import rulings_of
from kg.resolve.members import Place
from kg.review.judged import ClaimPlace, judged_claims, skipped_claims
from kg.review.material import Material

HOSTILE = (
    *("accuses", "chargedWith", "investigatedFor", "suedBy", "expelledFrom", "suspendedFrom"),
    "criticizes",
)
"""Relations that harm most where they are wrong, in this order."""

LOW = 0.6
"""Claims less sure than that need eyes."""

UNSURE_LINK = 0.75
"""Links and NILs less sure than that need eyes: the best candidate leads by little, or too little speaks for it."""

OFTEN = 2
"""People without a Wikidata item who are named in so many articles need eyes."""


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """A claim to be judged, and why."""

    place: ClaimPlace
    why: str


@dataclass(frozen=True, slots=True)
class LinkTask:
    """An entity whose link is to be judged, and why."""

    entity: Entity
    why: str


Task = ClaimTask | LinkTask


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the work: claims of a relation, about an entity, of an article, or less sure than `below`.

    Where it names a relation, an entity, an article or a bar, all that fits is wanted, not only what needs eyes.
    """

    relation: str | None = None
    entity: Entity | None = None
    article: str | None = None
    below: float | None = None
    claims: bool = True
    links: bool = True
    again: bool = False
    """Whether what this reviewer skipped is wanted too."""

    @property
    def narrowed(self) -> bool:
        """Whether more than what needs eyes is wanted."""
        return any(part is not None for part in (self.relation, self.entity, self.article, self.below))


EVERYTHING = Wanted()


def review_queue(
    material: Material, decisions: Decisions, *, reviewer: str, wanted: Wanted = EVERYTHING
) -> tuple[Task, ...]:
    """What nobody has decided and this reviewer has not skipped, in the order of work."""
    hostile, low, differing, rest = _claims(material, decisions, reviewer, wanted) if wanted.claims else ((),) * 4
    unsure, often, others = _links(material, decisions, reviewer, wanted) if wanted.links else ((),) * 3
    return (*hostile, *low, *unsure, *differing, *often, *rest, *others)


def _claims(
    material: Material, decisions: Decisions, reviewer: str, wanted: Wanted
) -> tuple[tuple[ClaimTask, ...], ...]:
    done = set(judged_claims(decisions, material.annotations, material.namespaces))
    if not wanted.again:
        done |= set(skipped_claims(decisions, material.annotations, material.namespaces, reviewer=reviewer))
    parts: tuple[list[tuple[tuple[object, ...], ClaimTask]], ...] = ([], [], [], [])
    for place, claim in _all_claims(material):
        if place in done or not _claim_fits(place, claim, material, wanted):
            continue
        order = (claim.confidence, material.by_key[place[0]].article.id, place)
        if claim.relation in HOSTILE:
            parts[0].append(((HOSTILE.index(claim.relation), *order), ClaimTask(place, "harms most where it is wrong")))
        elif claim.confidence < LOW:
            parts[1].append((order, ClaimTask(place, "low confidence")))
        elif place in material.differs:
            parts[2].append((order, ClaimTask(place, "differs from Wikidata")))
        elif wanted.narrowed:
            parts[3].append((order, ClaimTask(place, "asked for")))
    return tuple(tuple(task for _, task in sorted(part, key=lambda item: item[0])) for part in parts)


def _all_claims(material: Material) -> Iterator[tuple[ClaimPlace, Claim]]:
    for key, annotation in material.by_key.items():
        seen: set[Claim] = set()
        for index, claim in enumerate(annotation.claims):
            if claim not in seen:
                seen.add(claim)
                yield (key, index), claim


def _claim_fits(place: ClaimPlace, claim: Claim, material: Material, wanted: Wanted) -> bool:
    if wanted.relation not in (None, claim.relation) or wanted.article not in (None, place[0]):
        return False
    if wanted.below is not None and claim.confidence >= wanted.below:
        return False
    if wanted.entity is None:
        return True
    ends = [material.entities.get((place[0], name)) for name in (claim.subject, claim.object) if name is not None]
    return wanted.entity in ends


def _links(material: Material, decisions: Decisions, reviewer: str, wanted: Wanted) -> tuple[tuple[LinkTask, ...], ...]:
    done = _decided(material, decisions, reviewer=None if wanted.again else reviewer)
    parts: tuple[list[tuple[tuple[object, ...], LinkTask]], ...] = ([], [], [])
    for entity in material.resolution.entities:
        if not entity.members or done.issuperset(entity.members) or not _link_fits(entity, wanted):
            continue
        articles = len({key for key, _ in entity.members})
        often = (-articles, -material.mentions[entity.id], entity.id)
        if entity.type is not EntityType.OTHER and entity.score < UNSURE_LINK and _matters(entity):
            why = "unsure link" if entity.wikidata else "left open, though somebody of that name is known"
            order = (entity.type is not EntityType.PERSON, entity.score, *often)
            parts[0].append((order, LinkTask(entity, why)))
        elif entity.wikidata is None and entity.type is EntityType.PERSON and articles >= OFTEN:
            parts[1].append((often, LinkTask(entity, f"in {articles} articles, and in no knowledge base")))
        elif wanted.narrowed:
            parts[2].append((often, LinkTask(entity, "asked for")))
    return tuple(tuple(task for _, task in sorted(part, key=lambda item: item[0])) for part in parts)


def _matters(entity: Entity) -> bool:
    """Whether a doubt about it is worth somebody's time: all links, and people who are left open."""
    return entity.wikidata is not None or entity.type is EntityType.PERSON


def _link_fits(entity: Entity, wanted: Wanted) -> bool:
    if wanted.relation is not None or (wanted.entity is not None and wanted.entity.id != entity.id):
        return False
    if wanted.article is not None and all(key != wanted.article for key, _ in entity.members):
        return False
    return wanted.below is None or entity.score < wanted.below


def _decided(material: Material, decisions: Decisions, *, reviewer: str | None) -> set[Place]:
    """The local entities of which people decided who they are, or that the reviewer skipped."""
    rulings = rulings_of(material.by_key, decisions)
    found = {*rulings.links, *_sides(pair.one | pair.other for pair in rulings.sames)}
    for decision in decisions.standing:
        if decision.verdict is Verdict.SKIP and decision.reviewer == reviewer:
            found |= material.sightings.of_all(decision.entities)
    return found


def _sides(places: Iterable[frozenset[Place]]) -> set[Place]:
    return {place for side in places for place in side}
