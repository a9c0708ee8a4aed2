"""supports: endorsing, praising, backing or defending somebody."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.stance import stances

RELATION = "supports"


def find(scene: Scene) -> Iterator[Finding]:
    """Verbs, nouns and adjectives that say so, and verdicts inside quotations."""
    return stances(scene, RELATION)
