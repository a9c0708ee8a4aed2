"""By which names a decision about an entity will find it again."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Annotation, Entity, EntityType
from kg.model.decision import NameKey
from kg.model.sentences import plain_sentence, sentences_around
from kg.resolve.identity import folded_name, nil_key
from kg.resolve.members import Place
from kg.resolve.publisher import OUTLET_ID
from kg.review.material import Material


def entity_keys(entity: Entity, material: Material, *, only: Iterable[Place] | None = None) -> tuple[NameKey, ...]:
    """The keys that mean the members of an entity, or `only` some of them, and nothing else in the graph, sorted.

    A name stands for every article, those to come too, where all members are meant and it identifies: more than one
    word (but for initials of bodies), of nobody else that the gazetteer or this graph knows. Else it stands for its
    own article.
    """
    members = frozenset(entity.members)
    chosen = members if only is None else members & frozenset(only)
    found: set[NameKey] = set()
    wide: dict[tuple[EntityType, str], bool] = {}
    for place in sorted(chosen):
        named = _name(place, material)
        if named is None:
            continue
        kind, name = named
        folded = (kind, folded_name(kind, name))
        if folded not in wide:
            alone = nil_key(kind, name, "-", material.gazetteer).article == ""
            wide[folded] = only is None and alone and material.sightings.of(NameKey(kind, name)) <= chosen
            if wide[folded]:
                found.add(NameKey(kind, name))
        if not wide[folded]:
            found.add(_narrow(place, kind, name, material))
    return tuple(sorted(found))


def _name(place: Place, material: Material) -> tuple[EntityType, str] | None:
    annotation = material.by_key.get(place[0])
    if annotation is not None and place[1] == OUTLET_ID:
        outlet = (annotation.article.outlet or "").strip()
        return (EntityType.OUTLET, outlet) if outlet else None
    local = material.local(place)
    return None if local is None else (local.type, local.name)


def _narrow(place: Place, kind: EntityType, name: str, material: Material) -> NameKey:
    key = NameKey(kind, name, place[0])
    if len(material.sightings.of(key)) > 1:
        return NameKey(kind, name, place[0], _first_sentence(material.by_key[place[0]], place[1]))
    return key


def _first_sentence(annotation: Annotation, local: str) -> str:
    spans = [mention.span for mention in annotation.mentions if mention.entity == local]
    if not spans:
        return ""
    return plain_sentence(sentences_around(annotation, min(spans)).of(annotation.article.text))
