"""Python values to RDF literals, in the forms that an Oxigraph store gives back unchanged."""

from __future__ import annotations

import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.rdf.namespaces import vocabulary

_DECIMAL: NamedNode = vocabulary("xsd", "decimal")
_DATE: NamedNode = vocabulary("xsd", "date")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def text_literal(text: str) -> Literal:
    """A plain string; see `storable`."""
    try:
        return Literal(text)
    except ValueError:  # half a surrogate pair
        return Literal(storable(text))


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
