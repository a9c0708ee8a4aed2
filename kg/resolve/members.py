"""What resolve groups: the local entities of all articles."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import LocalEntity

Place = tuple[str, str]
"""An article's key and a local entity's id."""


@dataclass(frozen=True, slots=True)
class Member:
    """A local entity with the key of its article."""

    article: str
    entity: LocalEntity

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.article, self.entity.id
