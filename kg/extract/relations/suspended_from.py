"""suspendedFrom: a person is suspended from a party or body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.removals import removals

RELATION = "suspendedFrom"


def find(scene: Scene) -> Iterator[Finding]:
    """ "was suspended from the party", "Labour suspended X", "lost the whip"."""
    return removals(scene, RELATION, "suspend", "suspension")
