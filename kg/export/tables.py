"""The report's tables: pure functions from claims to rows; only claims that count are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.export.claims import DENIES, ClaimRow
from kg.export.style import relation_order
from kg.model import Entity, EntityType, Resolution

CAREER = ("memberOf", "holdsPosition", "worksFor")
APPEARED_ON = "appearedOn"


@dataclass(frozen=True, slots=True)
class Pair:
    """All that one entity says of another in one relation; `denials` answer it, from any article."""

    subject: Entity
    relation: str
    object: Entity | None
    claims: tuple[ClaimRow, ...]
    denials: tuple[ClaimRow, ...]

    @property
    def articles(self) -> int:
        """How many articles say so."""
        return _articles(self.claims)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one entity stands on one side of a relation; `others` are the entities on the other side."""

    entity: Entity
    claims: tuple[ClaimRow, ...]
    others: tuple[Entity, ...]

    @property
    def articles(self) -> int:
        """How many articles say so."""
        return _articles(self.claims)


@dataclass(frozen=True, slots=True)
class Tie:
    """One entity that another is tied to, and the claims that say so."""

    entity: Entity
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """One entity's ties, one tuple for each kind, the best attested first."""

    entity: Entity
    kinds: tuple[tuple[Tie, ...], ...]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A person without a Wikidata ID, with the claims that name them on either side."""

    entity: Entity
    claims: tuple[ClaimRow, ...]

    @property
    def articles(self) -> int:
        """How many articles have these claims."""
        return _articles(self.claims)


def pairs(rows: Sequence[ClaimRow], relations: Collection[str]) -> tuple[Pair, ...]:
    """Who says it of whom, most articles first; claims that name no object come last."""
    bundles: dict[tuple[str, str, str], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        if row.counted and row.claim.relation in relations:
            bundles[row.subject.id, row.claim.relation, row.object.id if row.object else ""].append(row)
    answers = _answers(rows)
    found = [
        Pair(
            bundle[0].subject,
            bundle[0].claim.relation,
            bundle[0].object,
            tuple(sorted(bundle, key=_by_date)),
            _unique(denial for row in bundle for denial in answers.get(row.key, ())),
        )
        for bundle in bundles.values()
    ]
    return tuple(sorted(found, key=_pair_order))


def tallies(rows: Iterable[ClaimRow], relation: str, *, objects: bool) -> tuple[Tally, ...]:
    """Entities by how many claims of `relation` have them as object (`objects`) or as subject."""
    bundles: dict[str, list[ClaimRow]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    for row in rows:
        entity = row.object if objects else row.subject
        if row.counted and row.claim.relation == relation and entity is not None:
            entities[entity.id] = entity
            bundles[entity.id].append(row)
    found = []
    for key, bundle in bundles.items():
        sides = [row.subject if objects else row.object for row in bundle]
        others = {other.id: other for other in sides if other is not None}
        ranked = tuple(sorted(others.values(), key=_by_name))
        found.append(Tally(entities[key], tuple(sorted(bundle, key=_by_date)), ranked))
    return tuple(sorted(found, key=lambda t: (-t.articles, -len(t.claims), *_by_name(t.entity))))


def careers(rows: Iterable[ClaimRow]) -> tuple[Ties, ...]:
    """Parties, positions and employers of each person (the order of `CAREER`), sorted by name."""
    return tuple(sorted(_ties(rows, CAREER), key=lambda ties: _by_name(ties.entity)))


def appearances(rows: Iterable[ClaimRow]) -> tuple[Ties, ...]:
    """Who appeared on each outlet, the outlet with most claims first."""
    found = _ties(rows, (APPEARED_ON,), backwards=True)
    return tuple(sorted(found, key=lambda ties: (-_size(ties), *_by_name(ties.entity))))


def unlinked(rows: Iterable[ClaimRow], resolution: Resolution) -> tuple[Unlinked, ...]:
    """People whom the resolution decided to be in no knowledge base, the one with most claims first."""
    claims: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        ends = {row.subject.id} | ({row.object.id} if row.object is not None else set())
        for end in ends:
            claims[end].append(row)
    found = [
        Unlinked(entity, tuple(claims.get(entity.id, ())))
        for entity in resolution.entities
        if entity.type is EntityType.PERSON and entity.wikidata is None
    ]
    return tuple(sorted(found, key=lambda row: (-len(row.claims), *_by_name(row.entity))))


def _answers(rows: Sequence[ClaimRow]) -> dict[tuple[str, int], list[ClaimRow]]:
    """The denials of each claim: those that answer it, and any by its object that name its subject."""
    by_key = {row.key: row for row in rows}
    by_pair: dict[tuple[str, str], list[ClaimRow]] = defaultdict(list)
    for row in rows:
        if row.counted and row.claim.relation == DENIES and row.object is not None:
            by_pair[row.subject.id, row.object.id].append(row)
    found: dict[tuple[str, int], list[ClaimRow]] = {}
    for row in rows:
        direct = [by_key[row.article_key, index] for index in row.denials]
        named = [] if row.object is None else by_pair.get((row.object.id, row.subject.id), [])
        found[row.key] = [*direct, *named]
    return found


def _ties(rows: Iterable[ClaimRow], relations: Sequence[str], *, backwards: bool = False) -> list[Ties]:
    entities: dict[str, Entity] = {}
    bundles: dict[str, dict[str, dict[str, list[ClaimRow]]]] = defaultdict(
        lambda: {relation: defaultdict(list) for relation in relations}
    )
    for row in rows:
        if row.counted and row.claim.relation in relations and row.object is not None:
            one, other = (row.object, row.subject) if backwards else (row.subject, row.object)
            entities.update({one.id: one, other.id: other})
            bundles[one.id][row.claim.relation][other.id].append(row)
    return [
        Ties(
            entities[key],
            tuple(
                tuple(
                    Tie(entities[other], tuple(sorted(claims, key=_by_date)))
                    for other, claims in sorted(
                        kinds[relation].items(),
                        key=lambda item: (-_articles(item[1]), *_by_name(entities[item[0]])),
                    )
                )
                for relation in relations
            ),
        )
        for key, kinds in bundles.items()
    ]


def _size(ties: Ties) -> int:
    return sum(len(tie.claims) for kind in ties.kinds for tie in kind)


def _articles(claims: Iterable[ClaimRow]) -> int:
    return len({row.article_key for row in claims})


def _unique(rows: Iterable[ClaimRow]) -> tuple[ClaimRow, ...]:
    return tuple({row.key: row for row in rows}.values())


def _by_date(row: ClaimRow) -> tuple[str, str, int]:
    """Oldest first, undated last ("~" stands behind every digit)."""
    published = row.article.published
    return (str(published) if published is not None else "~", row.article.id, row.index)


def _by_name(entity: Entity) -> tuple[str, str]:
    return (entity.name.casefold(), entity.id)


def _pair_order(pair: Pair) -> tuple[object, ...]:
    target = ("", "") if pair.object is None else _by_name(pair.object)
    return (
        pair.object is None,
        -pair.articles,
        -len(pair.claims),
        _by_name(pair.subject),
        target,
        relation_order(pair.relation),
    )
