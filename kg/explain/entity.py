"""Everything that can be said of one entity and its link, as data; kg/explain/entity_text.py puts it into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Annotation, Article, Entity, LocalEntity, MentionKind, Resolution
from kg.model.decision import NO_DECISIONS, Decision, Decisions
from kg.model.nameless import without_nameless
from kg.resolve.decisions import Pair, Rulings, rulings_of
from kg.resolve.identity import nil_key
from kg.resolve.linker import Explanation, explain_article
from kg.resolve.publisher import OUTLET_ID, outlet_of
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import fold

CLEAREST = 3
"""So many articles are explained in full."""

MOST = 40
"""In so many articles, those that name the entity most, the linker decides anew; all where one asks for all."""


SIMILAR = 5
"""So many items of nearly the same name are named."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The entity in one article: as the article's annotation has it, and what the linker says of it today.

    `names` are the wordings that name it and how often; `decision` is None for the article's own outlet. `ruling` is a
    reviewer's decision on what it is, which stands above the linker's. `similar` are items whose names are nearly those
    of an entity that has no candidates.
    """

    article: Article
    local: LocalEntity
    names: tuple[tuple[str, int], ...]
    decision: Explanation | None
    ruling: Decision | None = None
    similar: tuple[Item, ...] = ()

    @property
    def outlet(self) -> bool:
        """Whether it is the outlet that published the article."""
        return self.local.id == OUTLET_ID

    @property
    def link(self) -> str | None:
        """The QID that this article alone gives, as decided today; as recorded where that is not known."""
        if self.ruling is not None:
            return self.ruling.wikidata
        return self.local.wikidata if self.decision is None else self.decision.wikidata


@dataclass(frozen=True, slots=True)
class EntityPair:
    """A decision that two are the same, or never; `others` are the entities that the other side is part of."""

    decision: Decision
    others: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class EntityExplanation:
    """One entity and why it is linked, or not, and joined over articles.

    `clearest` are explained in full: those whose outcome is the entity's own first, the surest before others, and one
    that comes to another outcome if there is one. `others` are the rest, in the order of articles; `left_out` more
    were not looked at. `namesakes` are other entities of this graph with the same name. `alone` says that a name is
    not enough to join it with other articles. `rulings` are the reviewers' decisions in force on what it is, by time,
    and `pairs` those on whom it is the same as, or never.
    """

    entity: Entity
    iri: str
    item: Item | None
    clearest: tuple[Occurrence, ...]
    others: tuple[Occurrence, ...]
    left_out: int
    namesakes: tuple[Entity, ...]
    alone: bool
    rulings: tuple[Decision, ...] = ()
    pairs: tuple[EntityPair, ...] = ()


def explain_entity(
    entity: Entity,
    annotations: Sequence[Annotation],
    gazetteer: Gazetteer,
    resolution: Resolution,
    *,
    iri: str,
    article: str | None = None,
    everything: bool = False,
    decisions: Decisions = NO_DECISIONS,
) -> EntityExplanation:
    """The explanation of one of the entities of `resolution`; `article` is the key of the one that is asked about."""
    by_key = {annotation.article.key: annotation for annotation in annotations}
    rulings = rulings_of({key: without_nameless(annotation) for key, annotation in by_key.items()}, decisions)
    members = [(key, local) for key, local in entity.members if key in by_key]
    counts = {member: _mentions(by_key[member[0]], member[1]) for member in members}
    members.sort(key=lambda m: (m[0] != article, -sum(counts[m].values()), by_key[m[0]].article.id, m))
    looked_at = members if everything else members[:MOST]
    decided: dict[str, Mapping[str, Explanation]] = {}
    found = []
    for key, local in looked_at:
        if key not in decided:
            decided[key] = {e.entity.id: e for e in explain_article(by_key[key], gazetteer)}
        occurrence = _occurrence(by_key[key], local, counts[key, local], decided[key], gazetteer)
        if occurrence is not None:
            found.append(replace(occurrence, ruling=rulings.links.get((key, local))))
    clearest = _clearest(found, entity, article, len(found) if everything else CLEAREST)
    others = [occurrence for occurrence in found if occurrence not in clearest]
    return EntityExplanation(
        entity=entity,
        iri=iri,
        item=None if entity.wikidata is None else gazetteer.item(entity.wikidata),
        clearest=tuple(replace(one, similar=_similar(one, gazetteer)) for one in clearest),
        others=tuple(sorted(others, key=lambda one: (one.article.id, one.local.id))),
        left_out=len(members) - len(looked_at),
        namesakes=_namesakes(entity, resolution),
        alone=entity.wikidata is None and bool(nil_key(entity.type, entity.name, "-", gazetteer).article),
        rulings=tuple(dict.fromkeys(rulings.links[place] for place in entity.members if place in rulings.links)),
        pairs=_pairs(entity, rulings, resolution),
    )


def _pairs(entity: Entity, rulings: Rulings, resolution: Resolution) -> tuple[EntityPair, ...]:
    mine, lookup = set(entity.members), resolution.lookup()

    def pair(ruling: Pair) -> EntityPair | None:
        sides = [side for side, other in ((ruling.one, ruling.other), (ruling.other, ruling.one)) if other & mine]
        if not sides:
            return None
        others = {lookup[place].id: lookup[place] for place in sorted(sides[0] - mine) if place in lookup}
        return EntityPair(ruling.decision, tuple(others.values()))

    found = (pair(ruling) for ruling in (*rulings.sames, *rulings.nevers))
    return tuple(one for one in found if one is not None)


def _mentions(annotation: Annotation, local: str) -> Counter[str]:
    text = annotation.article.text
    return Counter(
        " ".join(mention.span.of(text).split())
        for mention in annotation.mentions
        if mention.entity == local and mention.kind is MentionKind.NAME
    )


def _occurrence(
    annotation: Annotation,
    local: str,
    counts: Counter[str],
    decided: Mapping[str, Explanation],
    gazetteer: Gazetteer,
) -> Occurrence | None:
    names = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    if local == OUTLET_ID:
        outlet = outlet_of(annotation.article, gazetteer)
        return None if outlet is None else Occurrence(annotation.article, outlet, names, None)
    entity = next((one for one in annotation.entities if one.id == local), None)
    return None if entity is None else Occurrence(annotation.article, entity, names, decided.get(local))


def _similar(one: Occurrence, gazetteer: Gazetteer) -> tuple[Item, ...]:
    if one.decision is None or one.decision.candidates:
        return ()
    items = (match.item for match in gazetteer.similar(one.local.name) if match.item.type is one.local.type)
    return tuple(items)[:SIMILAR]


def _clearest(found: Sequence[Occurrence], entity: Entity, article: str | None, most: int) -> list[Occurrence]:
    """Those to explain in full; of the one article alone that is asked about."""
    if article is not None:
        return [one for one in found if one.article.key == article]
    agreeing = [one for one in found if one.link == entity.wikidata]
    differing = [one for one in found if one.link != entity.wikidata]
    agreeing.sort(key=_clarity)
    differing.sort(key=_clarity)
    last = differing[:1]
    return [*agreeing, *differing][: most - len(last)] + last if len(found) > most else [*agreeing, *differing]


def _clarity(one: Occurrence) -> tuple[object, ...]:
    confidence = one.local.score if one.decision is None else one.decision.confidence
    return (one.outlet, -confidence, one.article.id, one.local.id)


def _namesakes(entity: Entity, resolution: Resolution) -> tuple[Entity, ...]:
    name = fold(entity.name)
    return tuple(one for one in resolution.entities if one.id != entity.id and fold(one.name) == name)
