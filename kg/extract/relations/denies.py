"""denies: somebody denies, rejects or disputes an accusation; the object is the accuser, where named."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.denials import denials

RELATION = "denies"


def find(scene: Scene) -> Iterator[Finding]:
    """Denials of clauses ("denied that he lied") and of charges ("rejected her claim")."""
    return denials(scene)
