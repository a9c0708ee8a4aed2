"""retracts: somebody takes words back; the object is whom they were about, if named."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.amends import retractions
from kg.extract.base import Finding, Scene

RELATION = "retracts"


def find(scene: Scene) -> Iterator[Finding]:
    """ "retracted her claim about Y", "withdrew the remark"."""
    return retractions(scene)
