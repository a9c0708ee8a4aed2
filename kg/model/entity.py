"""What resolve hands on: entities across articles."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.annotation import NIL, EntityType


@dataclass(frozen=True, slots=True)
class Entity:
    """One real person, party, organisation, outlet, position or place, over all articles.

    `id` is the QID of a linked entity, else `<type>/<slug>-<8 hex>` in lower case, stable across runs. `members` are
    (article key, local entity id), sorted. `score` (0 to 1) is how sure the link or the NIL decision is.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = NIL
    score: float = 0.0
    gender: str | None = None
    description: str | None = None
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities sorted by id, and for each (article key, local id) the entity's id."""

    entities: tuple[Entity, ...] = ()

    def lookup(self) -> dict[tuple[str, str], Entity]:
        """The entity of each (article key, local entity id)."""
        return {member: entity for entity in self.entities for member in entity.members}
