"""SPARQL results in JSON (https://www.w3.org/TR/sparql11-results-json/), and their terms as Wikidata values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from kg.errors import WikidataError
from kg.wikidata.item import (
    GREGORIAN,
    Coordinate,
    EntityRef,
    Monolingual,
    Quantity,
    Snak,
    SnakType,
    Text,
    Time,
)
from kg.wikidata.sparql.topics import ENTITY

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TIMES = frozenset([f"{_XSD}dateTime", f"{_XSD}date"])
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("decimal", "integer", "double", "float", "int", "long"))
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_ENTITY_ID = re.compile(rf"{re.escape(ENTITY)}([A-Z][0-9]+(?:-[A-Z][0-9]+)?)")
_UNKNOWN = "/.well-known/genid/"
_FILE = re.compile(r"https?://commons\.wikimedia\.org/wiki/Special:FilePath/(.+)")
_TIME = re.compile(r"([+-]?)(\d{4,})-(\d\d)-(\d\d)(?:T.*)?")
_POINT = re.compile(r"Point\(\s*(-?[\d.]+(?:[eE]-?\d+)?)\s+(-?[\d.]+(?:[eE]-?\d+)?)\s*\)", re.IGNORECASE)
YEAR, MONTH, DAY = 9, 10, 11
"""Precisions of times."""


class TermKind(StrEnum):
    """What a term is; "other" is what SPARQL 1.1 does not know, such as a triple."""

    IRI = "uri"
    LITERAL = "literal"
    BLANK = "bnode"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a result; `language` is in lower case, `datatype` None for plain and language-tagged texts."""

    kind: TermKind
    value: str
    datatype: str | None = None
    language: str | None = None

    @property
    def entity(self) -> str | None:
        """The id of the Wikidata entity that the term is the IRI of."""
        match = _ENTITY_ID.fullmatch(self.value) if self.kind is TermKind.IRI else None
        return match[1] if match else None


Row = Mapping[str, Term]
_KINDS = {"uri": TermKind.IRI, "literal": TermKind.LITERAL, "typed-literal": TermKind.LITERAL, "bnode": TermKind.BLANK}


def rows_of(document: object) -> list[Row]:
    """The rows of a SELECT's result; what is unbound in a row is absent. WikidataError for any other document."""
    try:
        bindings = document["results"]["bindings"]  # type: ignore[index]
        return [{name: _term(found) for name, found in binding.items()} for binding in bindings]
    except (KeyError, TypeError, AttributeError) as error:
        raise WikidataError(
            f"the endpoint answers with JSON that is no result of a SELECT ({error}); check its address"
        ) from error


def _term(found: Mapping[str, Any]) -> Term:
    kind = _KINDS.get(found["type"], TermKind.OTHER)
    value, language = found["value"], found.get("xml:lang")
    if kind is TermKind.OTHER or not isinstance(value, str):
        return Term(TermKind.OTHER, str(value))
    return Term(kind, value, found.get("datatype"), language.lower() if language else None)


def snak_of(property_id: str, term: Term) -> Snak:
    """A snak with the term's value; blank nodes, and the IRIs that stand for them, are unknown values.

    Times that come without precision are days, but for the first of a January, which is how years are written.
    """
    if term.kind in (TermKind.BLANK, TermKind.OTHER) or (_UNKNOWN in term.value and term.kind is TermKind.IRI):
        return Snak(property_id, SnakType.SOMEVALUE)
    if term.entity is not None:
        datatype = "wikibase-item" if term.entity.startswith("Q") else None
        return Snak(property_id, SnakType.VALUE, EntityRef(term.entity), datatype)
    if term.kind is TermKind.IRI:
        file = _FILE.fullmatch(term.value)
        if file:
            name = unquote(file[1]).replace("_", " ")
            return Snak(property_id, SnakType.VALUE, Text(name), "commonsMedia")
        return Snak(property_id, SnakType.VALUE, Text(term.value), "url")
    if term.language is not None:
        return Snak(property_id, SnakType.VALUE, Monolingual(term.value, term.language), "monolingualtext")
    if term.datatype in _TIMES:
        time = time_of(term.value)
        return Snak(property_id, SnakType.SOMEVALUE if time is None else SnakType.VALUE, time, "time")
    if term.datatype in _NUMBERS:
        amount = term.value if term.value[:1] in "+-" else f"+{term.value}"
        return Snak(property_id, SnakType.VALUE, Quantity(amount), "quantity")
    point = _POINT.fullmatch(term.value) if term.datatype == _WKT else None
    if point:
        return Snak(property_id, SnakType.VALUE, Coordinate(float(point[2]), float(point[1])), "globe-coordinate")
    return Snak(property_id, SnakType.VALUE, Text(term.value))


def time_of(value: str, precision: int | None = None, calendar: str | None = None) -> Time | None:
    """The time of an xsd:dateTime or xsd:date; None where it is none.

    Wikibase writes Julian days into RDF as Gregorian ones but still names the Julian calendar (months and years it
    leaves as they are), so days are Gregorian here. Year 0 and below are as in XSD 1.1: year 0 is 1 BCE.
    """
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    sign, year, month, day = match[1] or "+", int(match[2]), match[3], match[4]
    if sign == "-" or year == 0:
        sign, year = "-", year + 1
    if precision is None:
        precision = YEAR if (month, day) == ("01", "01") else DAY
    if precision < DAY:
        day = "00"
    if precision < MONTH:
        month = "00"
    named = GREGORIAN if precision >= DAY or calendar is None else calendar
    return Time(f"{sign}{year:04}-{month}-{day}T00:00:00Z", precision, named)
