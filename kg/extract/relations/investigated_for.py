"""investigatedFor: somebody is looked into by a body that does so by office."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.legal import investigations

RELATION = "investigatedFor"


def find(scene: Scene) -> Iterator[Finding]:
    """ "the FBI is investigating X", "under investigation", "inquiry into X's dealings"; the object is the body."""
    return investigations(scene)
