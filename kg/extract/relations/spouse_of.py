"""spouseOf: who is or was married to whom."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.biography import biography

RELATION = "spouseOf"


def find(scene: Scene) -> Iterator[Finding]:
    """The pairs of a sentence that the learnt weights take for it."""
    yield from biography(scene, RELATION)
