"""apologizesTo: somebody apologizes; the object is to whom, if named."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.amends import apologies
from kg.extract.base import Finding, Scene

RELATION = "apologizesTo"


def find(scene: Scene) -> Iterator[Finding]:
    """ "apologised to Y for", "issued an apology to", "said sorry to"."""
    return apologies(scene)
