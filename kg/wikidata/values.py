"""The values of Wikibase's JSON documents to ours and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any

from kg.wikidata.item import Coordinate, EntityRef, Monolingual, Quantity, Text, Time, UnknownValue, Value

ENTITY_IRI = "http://www.wikidata.org/entity/"
_LETTERS = {"item": "Q", "property": "P", "lexeme": "L"}
_KINDS = (
    (re.compile(r"Q[0-9]+"), "item"),
    (re.compile(r"P[0-9]+"), "property"),
    (re.compile(r"L[0-9]+"), "lexeme"),
    (re.compile(r"L[0-9]+-F[0-9]+"), "form"),
    (re.compile(r"L[0-9]+-S[0-9]+"), "sense"),
    (re.compile(r"E[0-9]+"), "entity-schema"),
    (re.compile(r"M[0-9]+"), "mediainfo"),
)


MAPS = (dict, Mapping)
"""Anything that is a map; a dict, which nearly all are, is told six times as fast by its own name."""


class MalformedError(ValueError):
    """Something in a document has the wrong type; `path` leads to it. Becomes an ItemFormatError of the whole."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def under(self, key: str) -> MalformedError:
        """The same one level up."""
        return MalformedError(self.reason, f"{key}/{self.path}" if self.path else key)


def value_of(kind: str, value: Any) -> Value:
    """The value of a `datavalue`, kept as it is where the kind is unknown; MalformedError where the form is wrong."""
    read = _READERS.get(kind)
    if read is None:
        return UnknownValue(kind, json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    try:
        return read(value)
    except MalformedError as error:
        raise error.under("value") from None


def value_to_json(value: Value) -> tuple[str, Any]:
    """The kind and the value of a `datavalue`."""
    match value:
        case EntityRef(known):
            return "wikibase-entityid", _entity_to_json(known)
        case Text(text):
            return "string", text
        case Monolingual(text, language):
            return "monolingualtext", {"text": text, "language": language}
        case Time():
            return "time", {
                "time": value.time,
                "timezone": value.timezone,
                "before": value.before,
                "after": value.after,
                "precision": value.precision,
                "calendarmodel": ENTITY_IRI + value.calendar,
            }
        case Quantity(amount, unit, lower, upper):
            bounds = {"lowerBound": lower, "upperBound": upper}
            return "quantity", {
                "amount": amount,
                "unit": unit,
                **{name: bound for name, bound in bounds.items() if bound is not None},
            }
        case Coordinate():
            return "globecoordinate", {
                "latitude": value.latitude,
                "longitude": value.longitude,
                "altitude": value.altitude,
                "precision": value.precision,
                "globe": value.globe,
            }
        case UnknownValue(kind, text):
            return kind, json.loads(text)


def as_text(found: Any) -> str:
    """`found` if it is a text, else MalformedError."""
    if isinstance(found, str):
        return found
    raise MalformedError(f"a {type(found).__name__} instead of a text")


def _entity(value: Any) -> EntityRef:
    known = _get(value, "id", str, None)
    if known is not None:
        return EntityRef(known)
    kind = _get(value, "entity-type", str)
    if kind not in _LETTERS:
        raise MalformedError(f"no id, and the unknown entity type {kind!r}", "entity-type")
    return EntityRef(f"{_LETTERS[kind]}{_get(value, 'numeric-id', int)}")


def _entity_to_json(known: str) -> dict[str, Any]:
    kind = next((name for pattern, name in _KINDS if pattern.fullmatch(known)), None)
    written: dict[str, Any] = {} if kind is None else {"entity-type": kind}
    if kind in _LETTERS:
        written["numeric-id"] = int(known[1:])
    return {**written, "id": known}


def _time(value: Any) -> Time:
    return Time(
        _get(value, "time", str),
        _get(value, "precision", int),
        _get(value, "calendarmodel", str).rsplit("/", 1)[-1],
        _get(value, "before", int, 0),
        _get(value, "after", int, 0),
        _get(value, "timezone", int, 0),
    )


def _quantity(value: Any) -> Quantity:
    return Quantity(
        _get(value, "amount", str),
        _get(value, "unit", str),
        _get(value, "lowerBound", str, None),
        _get(value, "upperBound", str, None),
    )


def _coordinate(value: Any) -> Coordinate:
    return Coordinate(
        _number(value, "latitude"),
        _number(value, "longitude"),
        _number(value, "precision", None),
        _number(value, "altitude", None),
        _get(value, "globe", str),
    )


def _monolingual(value: Any) -> Monolingual:
    return Monolingual(_get(value, "text", str), _get(value, "language", str))


_NEEDED = object()


def _get(value: Any, name: str, kind: type | UnionType, default: Any = _NEEDED) -> Any:
    if not isinstance(value, MAPS):
        raise MalformedError(f"a {type(value).__name__} instead of a map")
    found = value.get(name)
    if isinstance(found, kind) and not isinstance(found, bool):
        return found
    if found is None and default is not _NEEDED:
        return default
    what = "nothing" if found is None else f"a {type(found).__name__}"
    raise MalformedError(f"{what} instead of {'a text' if kind is str else 'a number'}", name)


def _number(value: Any, name: str, default: Any = _NEEDED) -> Any:
    found = _get(value, name, int | float, default)
    return None if found is None else float(found)


_READERS: dict[str, Callable[[Any], Value]] = {
    "wikibase-entityid": _entity,
    "string": lambda value: Text(as_text(value)),
    "time": _time,
    "quantity": _quantity,
    "monolingualtext": _monolingual,
    "globecoordinate": _coordinate,
}
