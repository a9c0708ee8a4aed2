"""Runs queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.query.parameters import bind_parameters
from kg.query.saved import SavedQuery, bind
from kg.store.base import QueryResult, Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result, and what the user should be told beside it, such as which entities a name was taken for."""

    result: QueryResult
    notes: tuple[str, ...] = ()


def run_query(store: Store, text: str) -> Outcome:
    """Run a SPARQL query as it is given; QueryError with line and column where it is none, or an update.

    The prefixes of `kg.rdf.namespaces.COMMON_PREFIXES` need not be declared.
    """
    return Outcome(store.query(text))


def run_saved(store: Store, saved: SavedQuery, values: Mapping[str, str]) -> Outcome:
    """Run a saved query with `values` for its parameters; QueryError where they do not fit."""
    terms, notes = bind_parameters(store, saved, values)
    return Outcome(store.query(bind(saved.text, terms)), notes)
