"""metWith: two meet; said once for each two."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.meetings import meetings

RELATION = "metWith"


def find(scene: Scene) -> Iterator[Finding]:
    """ "met with", "held talks with", "a meeting between X and Y", "had lunch with"."""
    return meetings(scene)
