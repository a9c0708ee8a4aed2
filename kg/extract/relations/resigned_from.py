"""resignedFrom: a person gives up an office, or leaves a party or body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.departures import resignations

RELATION = "resignedFrom"


def find(scene: Scene) -> Iterator[Finding]:
    """ "resigned as chancellor", "quit the cabinet", "X's resignation"; the object is what was left, if named."""
    return resignations(scene)
