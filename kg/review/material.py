"""What reviewers look at: one built graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Annotation, Entity, LocalEntity, MentionKind, Resolution
from kg.rdf.namespaces import Namespaces
from kg.resolve.members import Place
from kg.resolve.sightings import Sightings
from kg.review.judged import ClaimPlace
from kg.wikidata.gazetteer import Gazetteer


@dataclass(frozen=True)
class Material:
    """The annotations that the graph is made of, its entities, and what the linker knows.

    `differs` says of claims, in a sentence, how they differ from what Wikidata has.
    """

    annotations: Sequence[Annotation]
    resolution: Resolution
    gazetteer: Gazetteer
    namespaces: Namespaces
    differs: Mapping[ClaimPlace, str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, Annotation]:
        """The annotations by their articles' keys."""
        return {annotation.article.key: annotation for annotation in self.annotations}

    @cached_property
    def entities(self) -> dict[Place, Entity]:
        """The entity of each local one."""
        return self.resolution.lookup()

    @cached_property
    def sightings(self) -> Sightings:
        """Where what is named."""
        return Sightings(self.by_key)

    @cached_property
    def mentions(self) -> Counter[str]:
        """How often each entity is named, by its id."""
        found: Counter[str] = Counter()
        for key, annotation in self.by_key.items():
            for mention in annotation.mentions:
                entity = self.entities.get((key, mention.entity))
                if entity is not None and mention.kind is MentionKind.NAME:
                    found[entity.id] += 1
        return found

    def local(self, place: Place) -> LocalEntity | None:
        """The local entity at a place; None for an article's own outlet, and where there is none."""
        annotation = self.by_key.get(place[0])
        if annotation is None:
            return None
        return next((entity for entity in annotation.entities if entity.id == place[1]), None)
