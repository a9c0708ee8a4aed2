"""What a gazetteer may tell the reader about a person named in full: gender, offices, parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Facts that all bearers of a name share; offices and parties as names in lower case."""

    gender: str | None = None
    offices: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


class Knowledge(Protocol):
    """Where known people come from."""

    def person(self, name: str, day: str | None) -> KnownPerson | None:
        """The one person that a name means, None where there is none or where it may be several.

        Offices that began after `day` (an ISO date, or its beginning) are left out.
        """

    def names_person(self, name: str) -> bool:
        """Whether a full name means a well-known person and, as far as is known, nothing but persons."""


class NoKnowledge:
    """Knows nobody."""

    def person(self, name: str, day: str | None) -> KnownPerson | None:  # noqa: ARG002 - the Protocol's signature
        """None."""
        return None

    def names_person(self, name: str) -> bool:  # noqa: ARG002 - the Protocol's signature
        """False."""
        return False
