"""chargedWith: somebody is charged in law; what others charge him with in words is accuses."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.legal import charges

RELATION = "chargedWith"


def find(scene: Scene) -> Iterator[Finding]:
    """ "was charged with perjury", "pleaded not guilty to"; the object is who charges, if named."""
    return charges(scene)
