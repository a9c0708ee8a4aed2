"""The values that a user gives for a saved query's parameters, as terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pyoxigraph import Literal

from kg.errors import QueryError
from kg.model import PartialDate
from kg.query.names import ENTITY_CLASSES, find_entities, find_relation
from kg.query.saved import Parameter, ParameterType, SavedQuery
from kg.query.suggest import did_you_mean
from kg.rdf.literals import date_literal, integer_literal
from kg.store.base import Store, Term

Bound = tuple[dict[str, tuple[Term, ...]], tuple[str, ...]]
"""The terms of each parameter that has a value, and the notes for the user."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
"""What fits the 64 bits that Oxigraph computes with."""

_CLASSES: Mapping[ParameterType, tuple[str, ...]] = {
    ParameterType.ENTITY: ENTITY_CLASSES,
    ParameterType.PERSON: ("Person",),
    ParameterType.PARTY: ("Party",),
    ParameterType.ORGANIZATION: ("Organization", "Outlet", "Party"),
    ParameterType.OUTLET: ("Outlet",),
    ParameterType.POSITION: ("Position",),
    ParameterType.PLACE: ("Place",),
}


def bind_parameters(store: Store, saved: SavedQuery, values: Mapping[str, str]) -> Bound:
    """The terms that `values` and the defaults stand for.

    QueryError, with the list of the parameters, where one is unknown, missing or not of its type; with the
    nearest names, where a name is not in the graph.
    """
    known = [parameter.name for parameter in saved.parameters]
    for name in values:
        if name not in known:
            hint = did_you_mean(name, known)
            raise QueryError(f"{saved.name!r} has no parameter {name!r}{hint or ';'} {saved.usage()}")
    terms: dict[str, tuple[Term, ...]] = {}
    notes: tuple[str, ...] = ()
    for parameter in saved.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name], more = _terms(store, saved, parameter, value)
            notes += more
        elif parameter.required:
            raise QueryError(f"the parameter {parameter.name!r} is missing; {saved.usage()}")
    return terms, notes


def _terms(
    store: Store, saved: SavedQuery, parameter: Parameter, value: str
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise QueryError(f"the value {value!r} of {parameter.name!r} holds half a surrogate pair; write it anew")
    classes = _CLASSES.get(parameter.type)
    if classes is not None:
        found = find_entities(store, value, classes=classes)
        return found.terms, found.notes
    if parameter.type is ParameterType.RELATION:
        return find_relation(store, value).terms, ()
    try:
        return (_LITERALS[parameter.type](value),), ()
    except ValueError as error:
        raise QueryError(f"the parameter {parameter.name!r} cannot be {value!r}: {error}; {saved.usage()}") from error


def _integer(value: str) -> Literal:
    if _INTEGER.fullmatch(value.strip()) is None:
        raise ValueError("an integer of at most 18 digits is needed")
    return integer_literal(int(value))


_LITERALS: Mapping[ParameterType, Callable[[str], Literal]] = {
    ParameterType.STRING: Literal,
    ParameterType.INTEGER: _integer,
    ParameterType.DATE: lambda value: date_literal(PartialDate.parse(value).earliest),
    ParameterType.END_DATE: lambda value: date_literal(PartialDate.parse(value).latest),
}
