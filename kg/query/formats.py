"""Results as text: the W3C's CSV and JSON, Turtle, and the choice between them."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError
from kg.query.suggest import did_you_mean
from kg.query.table import format_table
from kg.rdf.namespaces import COMMON_PREFIXES
from kg.store.base import Answer, QueryResult, Selection, Statements

FORMATS = ("csv", "json", "table", "turtle")
"""The names that `format_result` knows."""


def format_result(
    result: QueryResult,
    form: str,
    *,
    column_width: int | None = None,
    prefixes: Mapping[str, str] = COMMON_PREFIXES,
) -> str:
    """`result` in one of FORMATS; QueryError where the format is unknown or does not fit the result.

    `column_width` is for the table alone, `prefixes` for table and Turtle.
    """
    if form == "table":
        return format_table(result, column_width=column_width, prefixes=prefixes)
    if form == "csv":
        return format_csv(result)
    if form == "json":
        return format_json(result)
    if form == "turtle":
        return format_turtle(result, prefixes=prefixes)
    hint = did_you_mean(form, FORMATS) or f"; there are {', '.join(FORMATS)}"
    raise QueryError(f"there is no output format {form!r}{hint}")


def format_csv(result: QueryResult) -> str:
    """SPARQL 1.1 Query Results CSV, with CR LF line ends; `true` or `false` for an ASK."""
    return _written(result, QueryResultsFormat.CSV, "csv")


def format_json(result: QueryResult) -> str:
    """SPARQL 1.1 Query Results JSON and a line end."""
    return _written(result, QueryResultsFormat.JSON, "json") + "\n"


def format_turtle(result: QueryResult, *, prefixes: Mapping[str, str] = COMMON_PREFIXES) -> str:
    """What a CONSTRUCT or DESCRIBE built, as Turtle that declares those of `prefixes` that it uses."""
    if not isinstance(result, Statements):
        raise QueryError("Turtle is for CONSTRUCT and DESCRIBE; take table, csv or json for SELECT and ASK")
    iris = {
        term.value
        for triple in result.triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    used = {prefix: start for prefix, start in sorted(prefixes.items()) if any(iri.startswith(start) for iri in iris)}
    return (serialize(result.triples, format=RdfFormat.TURTLE, prefixes=used) or b"").decode("utf-8")


def _written(result: QueryResult, form: QueryResultsFormat, name: str) -> str:
    if isinstance(result, Statements):
        raise QueryError(f"{name} is for SELECT and ASK; take turtle or table for CONSTRUCT and DESCRIBE")
    if isinstance(result, Answer):
        document = b'{"head":{},"boolean":%s}' % (b"true" if result.value else b"false")
    else:
        assert isinstance(result, Selection)
        document = result.json
    parsed = parse_query_results(document, QueryResultsFormat.JSON)
    assert isinstance(parsed, QuerySolutions | QueryBoolean)
    return (parsed.serialize(format=form) or b"").decode("utf-8")
