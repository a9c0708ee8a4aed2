"""heads: a person leads or chairs a party or body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.leaders import leaders

RELATION = "heads"


def find(scene: Scene) -> Iterator[Finding]:
    """ "Labour leader X", "X, who chairs the committee", "chief executive of"; deputies head nothing."""
    return leaders(scene)
