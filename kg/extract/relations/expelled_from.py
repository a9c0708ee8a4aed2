"""expelledFrom: a person is expelled from a party or body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.removals import removals

RELATION = "expelledFrom"


def find(scene: Scene) -> Iterator[Finding]:
    """ "was expelled from the party", "kicked out of", "X's expulsion"."""
    return removals(scene, RELATION, "expel", "expulsion")
