"""suedBy: somebody is sued."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.legal_outcomes import suits

RELATION = "suedBy"


def find(scene: Scene) -> Iterator[Finding]:
    """ "X sued Y", "filed a lawsuit against Y"; the subject is the sued, the object who sues, if named."""
    return suits(scene)
