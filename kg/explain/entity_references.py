"""Which entity somebody means: by QID, id or IRI, by name, or as `ARTICLE:e3`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.model import Annotation, Entity, Resolution
from kg.query.suggest import did_you_mean
from kg.rdf.namespaces import WD, Namespaces
from kg.resolve.publisher import OUTLET_ID
from kg.wikidata.names import fold, person_name

_QID = re.compile(r"Q[0-9]+")
_LOCAL = re.compile(rf"e[0-9]+|{re.escape(OUTLET_ID)}")
_NIL_ID = re.compile(r"[a-z]+/\S+-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class EntityPlace:
    """An entity and, where one article's part of it is meant, that article's key and the local id."""

    entity: Entity
    article: str | None = None
    local: str | None = None


def find_entity(
    reference: str, annotations: Sequence[Annotation], resolution: Resolution, namespaces: Namespaces
) -> EntityPlace | None:
    """What `reference` says in a form that names entities only; None where it has no such form.

    These are a QID, the id or IRI of an unlinked entity, and ARTICLE:e3. UsageError where there is no such entity.
    """
    wanted = reference.strip().strip("<>")
    article, sign, local = wanted.rpartition(":")
    if sign and _LOCAL.fullmatch(local):
        annotation = next((one for one in annotations if one.article.id == article), None)
        if annotation is not None:
            return _local(annotation, local, resolution)
    own = f"{namespaces.base}/entity/"
    name = wanted.removeprefix(WD) if wanted.startswith(WD) else wanted.removeprefix(own)
    name = name.removeprefix("wd:")
    if not (name != wanted or _QID.fullmatch(name) or _NIL_ID.fullmatch(name)):
        return None
    by_id = {entity.id: entity for entity in resolution.entities}
    by_iri = {namespaces.entity(entity.id).value: entity for entity in resolution.entities}
    entity = by_id.get(name) or by_iri.get(wanted)
    if entity is None:
        hint = "" if _QID.fullmatch(name) else did_you_mean(name, by_id)
        raise UsageError(
            f"{reference!r} is no entity of this graph{hint}; give a name to find one, or ARTICLE alone to list those "
            "of an article"
        )
    return EntityPlace(entity)


def named(name: str, resolution: Resolution) -> tuple[Entity, ...]:
    """The entities of that name, the one in most articles first; where none is, those with all its words in a name."""
    wanted = fold(name)
    if not wanted:
        return ()
    exact = [entity for entity in resolution.entities if wanted in _folded(entity)]
    words = set(wanted.split())
    found = exact or [
        entity for entity in resolution.entities if any(words <= set(other.split()) for other in _folded(entity))
    ]
    return tuple(sorted(found, key=lambda entity: (-len(entity.members), entity.name.casefold(), entity.id)))


def near(name: str, resolution: Resolution) -> str:
    """`; did you mean 'a' or 'b'?` with entities' names, "" where none is near."""
    return did_you_mean(name, (entity.name for entity in resolution.entities), fold=fold)


def _local(annotation: Annotation, local: str, resolution: Resolution) -> EntityPlace:
    key = annotation.article.key
    entity = resolution.lookup().get((key, local))
    if entity is not None:
        return EntityPlace(entity, key, local)
    if any(one.id == local for one in annotation.entities):
        raise UsageError(
            f"article {annotation.article.id!r} never names its {local}, it only says he, she or they; "
            "such an entity is not in the graph"
        )
    known = sorted((one.id for one in annotation.entities), key=lambda ident: (len(ident), ident))
    has = f"its entities are {known[0]} to {known[-1]}" if known else "it has none"
    raise UsageError(f"article {annotation.article.id!r} has no entity {local!r}; {has}")


def _folded(entity: Entity) -> frozenset[str]:
    names: Iterable[str] = (entity.name, *entity.aliases)
    return frozenset(key for one in names for key in (fold(one), person_name(one).full) if key)
