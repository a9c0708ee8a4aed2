"""educatedAt: which school or university a person went to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.biography import biography

RELATION = "educatedAt"


def find(scene: Scene) -> Iterator[Finding]:
    """The pairs of a sentence that the learnt weights take for it."""
    yield from biography(scene, RELATION)
