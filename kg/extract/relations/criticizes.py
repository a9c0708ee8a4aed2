"""criticizes: finding fault with somebody, or with what is his, without a charge of wrongdoing."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.stance import stances

RELATION = "criticizes"


def find(scene: Scene) -> Iterator[Finding]:
    """Verbs, nouns and adjectives that say so, and verdicts inside quotations."""
    return stances(scene, RELATION)
