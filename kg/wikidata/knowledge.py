"""The gazetteer's answer to what the reader asks about people."""

from __future__ import annotations

from kg.model import EntityType
from kg.nlp.knowledge import KnownPerson
from kg.wikidata.gazetteer import Gazetteer, Item, Tenure

_FAMOUS = 0.85
"""A bare surname means somebody at least so well known, by so much better known than anybody else of that name."""


_AHEAD = 0.15
_WELL_KNOWN = 0.5
"""How well known somebody must be for a full name to mean a person, whatever the recogniser says."""


class GazetteerKnowledge:
    """Looks people up by full name, and the best-known ones by surname."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def person(self, name: str, day: str | None) -> KnownPerson | None:
        """The one person that a name means, None where there is none or where it may be several."""
        item = self._one(name)
        if item is None:
            return None
        return KnownPerson(
            gender=item.gender,
            offices=frozenset(tenure.name.casefold() for tenure in item.offices if _begun(tenure, day)),
            parties=frozenset(tenure.name.casefold() for tenure in item.parties),
        )

    def names_person(self, name: str) -> bool:
        """Whether a full name means a well-known person and, as far as the gazetteer knows, nothing but persons."""
        found = self._gazetteer.candidates(name) if " " in name else ()
        return any(item.prior >= _WELL_KNOWN for item in found) and all(i.type is EntityType.PERSON for i in found)

    def _one(self, name: str) -> Item | None:
        if len(name.split()) == 1:
            bearers = self._gazetteer.by_surname(name)
            famous = bool(bearers) and bearers[0].prior >= _FAMOUS
            alone = len(bearers) < 2 or bearers[1].prior <= bearers[0].prior - _AHEAD
            return bearers[0] if famous and alone else None
        people = [item for item in self._gazetteer.candidates(name) if item.type is EntityType.PERSON]
        return people[0] if len(people) == 1 else None


def _begun(tenure: Tenure, day: str | None) -> bool:
    """Whether an office may have begun by `day`, as far as the dates tell."""
    return day is None or tenure.start is None or tenure.start[: len(day)] <= day[: len(tenure.start)]
