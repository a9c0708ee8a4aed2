"""supports."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.stance import stances

RELATION = "supports"


def find(scene: Scene) -> Iterator[Finding]:
    """All findings."""
    return stances(scene, RELATION)
