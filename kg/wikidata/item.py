"""Wikidata's data model: entities with ranked, qualified, referenced statements.

Terms are those of the Wikibase data model (https://www.mediawiki.org/wiki/Wikibase/DataModel). Everything is frozen
and keeps what the document says; `kg.wikidata.item_json` reads and writes the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

GREGORIAN, JULIAN = "Q1985727", "Q1985786"
"""The calendar models that a time may name."""


class Rank(StrEnum):
    """What the community says of a statement; deprecated ones are known to be wrong."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class SnakType(StrEnum):
    """Whether a property has a value here, has an unknown one, or has none."""

    VALUE = "value"
    SOMEVALUE = "somevalue"
    NOVALUE = "novalue"


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Another entity: an item, property, lexeme, form, sense or whatever Wikibase will have, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Time:
    """A point in time as written: `+1879-03-14T00:00:00Z`, precision 0 to 14 (9 year, 10 month, 11 day), calendar QID.

    `time` is in the calendar named; months and days below the precision mean nothing and are often 00.
    """

    time: str
    precision: int
    calendar: str = GREGORIAN
    before: int = 0
    after: int = 0
    timezone: int = 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with its unit (an entity IRI, or "1") and bounds where given."""

    amount: str
    unit: str = "1"
    lower: str | None = None
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Monolingual:
    """A text in one language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A place on a globe, in degrees."""

    latitude: float
    longitude: float
    precision: float | None = None
    altitude: float | None = None
    globe: str = "http://www.wikidata.org/entity/Q2"


@dataclass(frozen=True, slots=True)
class Text:
    """A string: text, file name, address, identifier; the snak's datatype says which."""

    text: str


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a kind not known here, kept as it was: the value type, and its JSON with sorted keys."""

    type: str
    json: str


Value = EntityRef | Time | Quantity | Monolingual | Coordinate | Text | UnknownValue


@dataclass(frozen=True, slots=True)
class Snak:
    """A property with a value, an unknown value, or none; `value` is there exactly when `type` is VALUE."""

    property: str
    type: SnakType
    value: Value | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a statement comes from."""

    snaks: tuple[Snak, ...]
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `id` is Wikidata's ("Q42$..."), None for one that does not come from a Wikibase document."""

    main: Snak
    rank: Rank = Rank.NORMAL
    qualifiers: tuple[Snak, ...] = ()
    references: tuple[Reference, ...] = ()
    id: str | None = None

    @property
    def property(self) -> str:
        """The property of the main snak."""
        return self.main.property

    def qualifier(self, property_id: str) -> Snak | None:
        """The first qualifier of that property."""
        return next((snak for snak in self.qualifiers if snak.property == property_id), None)


@dataclass(frozen=True, slots=True)
class WikidataItem:
    """One item: labels, descriptions and aliases by language, titles by site, statements in the document's order.

    `badges` are items by site ("featured article"), for the sites that have any; `redirects_from` is the id that was
    asked for where the document answers for another one.
    """

    id: str
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sitelinks: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    redirects_from: str | None = None
    badges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, property_id: str) -> tuple[Statement, ...]:
        """All statements of a property, whatever their rank."""
        return tuple(statement for statement in self.statements if statement.property == property_id)

    def truthy(self, property_id: str) -> tuple[Statement, ...]:
        """The statements of a property's best rank: preferred ones if there are any, else normal ones; no deprecated.

        This is what `wdt:` holds, but that "no value" makes no `wdt:` triple.
        """
        return best_rank(self.all(property_id))


def best_rank(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Those of the best rank, preferred before normal; none that are deprecated."""
    found = tuple(statements)
    preferred = tuple(statement for statement in found if statement.rank is Rank.PREFERRED)
    return preferred or tuple(statement for statement in found if statement.rank is Rank.NORMAL)
