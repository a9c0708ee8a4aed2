"""interviewedBy: a person is interviewed by a named journalist."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Scene
from kg.extract.meetings import interviews

RELATION = "interviewedBy"


def find(scene: Scene) -> Iterator[Finding]:
    """ "was interviewed by Y", "told the BBC's Y", "in an interview with Y"."""
    return interviews(scene)
