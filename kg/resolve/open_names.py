"""Which names the local indexes leave open, so that Wikidata itself may be asked about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.model import NIL, Annotation, EntityType
from kg.wikidata.names import fold, person_name

ASKED = (
    EntityType.PERSON,
    EntityType.PARTY,
    EntityType.OUTLET,
    EntityType.ORGANIZATION,
    EntityType.POSITION,
)
"""The types worth a question; a place or a thing seldom makes a claim."""


def open_names(annotations: Iterable[Annotation]) -> tuple[tuple[str, EntityType], ...]:
    """The names without an item, those that most claims are about first, then those that most articles have.

    A person's name has at least two words, an office's too: one word could be anybody's. The spelling is the most
    frequent one of each folded name; equal annotations give an equal answer whatever their order.
    """
    claims: Counter[tuple[str, EntityType]] = Counter()
    articles: Counter[tuple[str, EntityType]] = Counter()
    spellings: dict[tuple[str, EntityType], Counter[str]] = {}
    for annotation in annotations:
        wanted = {
            entity.id: (fold(entity.name), entity.type)
            for entity in annotation.entities
            if entity.wikidata is NIL and entity.type in ASKED and _enough(entity.type, entity.name)
        }
        for entity in annotation.entities:
            if key := wanted.get(entity.id):
                spellings.setdefault(key, Counter())[entity.name] += 1
        articles.update(set(wanted.values()))
        for claim in annotation.claims:
            claims.update(wanted[local] for local in {claim.subject, claim.object} if local in wanted)
    order = sorted(spellings, key=lambda key: (-claims[key], -articles[key], key))
    return tuple((_first(spellings[key]), key[1]) for key in order)


def _enough(kind: EntityType, name: str) -> bool:
    if kind is EntityType.PERSON:
        return len(person_name(name).words) > 1
    return bool(fold(name)) and (kind is not EntityType.POSITION or " " in fold(name))


def _first(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
