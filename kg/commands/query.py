"""`kg query`: ask a graph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.commands.console import DONE, Commands, complain
from kg.errors import UsageError
from kg.query import find_saved, format_result, load_saved_queries, run_query, run_saved
from kg.query.formats import FORMATS
from kg.rdf.namespaces import Namespaces
from kg.resources import shipped
from kg.run import names
from kg.run.record import base_iri
from kg.store.oxigraph import open_store


def add(commands: Commands) -> None:
    """Register the command."""
    query = commands.add_parser("query", help="ask a graph: a saved query's name, or SPARQL")
    query.add_argument("query", nargs="?", help="name of a saved query (see --list), or the text of a SPARQL query")
    query.add_argument(
        "--graph",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help="output folder of a build (default: out)",
    )
    query.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of a saved query"
    )
    query.add_argument("--format", choices=FORMATS, default="table")
    query.add_argument("--width", type=int, metavar="N", help="longest cell of the table, in characters (0: no limit)")
    query.add_argument("--list", action="store_true", help="list the saved queries and their parameters")
    query.set_defaults(command=_query)


def _query(arguments: argparse.Namespace) -> int:
    saved = load_saved_queries(shipped("queries"))
    if arguments.list:
        for query in saved.values():
            print(f"{query.name}\n    {query.description}\n    {query.usage()}")
        return DONE
    if arguments.query is None:
        raise UsageError("name a saved query, or give SPARQL; kg query --list shows the saved ones")
    place = arguments.graph / names.STORE
    if not place.is_dir():
        raise UsageError(f"{str(arguments.graph)!r} is no output of a build; name one with --graph, or build it")
    values = dict(_parameter(text) for text in arguments.param)
    with open_store(place) as store:
        if _is_sparql(arguments.query):
            if values:
                raise UsageError("--param belongs to saved queries; write the value into the SPARQL instead")
            outcome = run_query(store, arguments.query)
        else:
            outcome = run_saved(store, find_saved(saved, arguments.query), values)
    for note in outcome.notes:
        complain(note)
    width = _terminal_width() if arguments.width is None else arguments.width or None
    prefixes = Namespaces(base_iri(arguments.graph / names.RECORD)).prefixes
    print(format_result(outcome.result, arguments.format, column_width=width, prefixes=prefixes), end="")
    return DONE


def _is_sparql(text: str) -> bool:
    return any(sign in text for sign in " {\n\t")


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param {text!r} has no '='; write NAME=VALUE")
    return name, value


def _terminal_width() -> int | None:
    return 48 if sys.stdout.isatty() else None
