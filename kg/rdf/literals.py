"""Python values to RDF literals, in the forms that an Oxigraph store gives back unchanged."""

from __future__ import annotations

import calendar
import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.rdf.namespaces import vocabulary

_DECIMAL: NamedNode = vocabulary("xsd", "decimal")
_DATE: NamedNode = vocabulary("xsd", "date")
_DATE_TIME: NamedNode = vocabulary("xsd", "dateTime")
_NUMBER = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def text_literal(text: str, *, language: str | None = None) -> Literal:
    """A plain string, or one in a language where that is a well-formed tag; see `storable`."""
    tag = language.lower() if language is not None and _LANGUAGE.fullmatch(language) else None
    try:
        return Literal(text, language=tag)
    except ValueError:  # half a surrogate pair
        return Literal(storable(text), language=tag)


def storable(text: str) -> str:
    """`text` with U+FFFD for each half of a surrogate pair, which no literal can hold; as long."""
    return _HALF_PAIR.sub("\ufffd", text)


def integer_literal(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(number)


def score_literal(score: float, *, what: str) -> Literal:
    """An xsd:decimal in canonical form, at most four digits; StoreError where `what` is not 0 to 1."""
    if not 0.0 <= score <= 1.0:
        raise StoreError(f"{what} is {score!r}; a number from 0 to 1 is needed")
    return Literal(f"{score:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def true_literal() -> Literal:
    """An xsd:boolean that is true."""
    return Literal(True)


def date_literal(day: date) -> Literal:
    """An xsd:date."""
    return Literal(day.isoformat(), datatype=_DATE)


def moment_literal(year: int, month: int, day: int) -> Literal | None:
    """An xsd:dateTime at the start of a day, in years of XSD 1.1 (0 is 1 BCE); None where there is no such day."""
    # Years repeat after 400, so the day can be checked in one that Python's calendar has.
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year % 400 + 2000, month)[1] or abs(year) > 99_999:
        return None
    sign = "-" if year < 0 else ""
    return Literal(f"{sign}{abs(year):04}-{month:02}-{day:02}T00:00:00Z", datatype=_DATE_TIME)


def decimal_literal(amount: str) -> Literal | None:
    """An xsd:decimal in canonical form; None for what is no number, or one of more than 18 digits."""
    match = _NUMBER.fullmatch(amount)
    if match is None:
        return None
    whole, fraction = match[1].lstrip("0") or "0", (match[2] or "").rstrip("0")
    if len(whole) + len(fraction) > 18:
        return None
    plain = f"{whole}.{fraction}" if fraction else whole
    sign = "-" if amount.startswith("-") and plain != "0" else ""
    return Literal(sign + plain, datatype=_DECIMAL)
