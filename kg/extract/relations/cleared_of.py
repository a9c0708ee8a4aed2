"""clearedOf: somebody is cleared or acquitted, or will face no charges."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.legal_outcomes import clearances

RELATION = "clearedOf"


def find(scene: Scene) -> Iterator[Finding]:
    """ "was cleared of fraud by the inquiry", "found not guilty", "no charges against X"."""
    return clearances(scene)
