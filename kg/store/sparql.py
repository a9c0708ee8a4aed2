"""What can be told from the text of a query before it runs: its kind, its dataset clauses, its errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pyoxigraph import Store

from kg.errors import QueryError

_UPDATES = frozenset(["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"])

_TOKEN = re.compile(
    r"""
    (?P<comment> \#[^\r\n]* )
  | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<name> [?$@]?[\w.-]*:[^\s,;(){}\[\]<>"'\#]* | [?$@][\w-]+ )
  | (?P<word> [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)
"""Comments, IRIs, strings, names with a colon or a sigil, and bare words; everything else is skipped."""

_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_REASONS = {
    "Prefix not found": "this prefix is not declared; add a PREFIX line",
    "IRI parsing failed": 'this is not an absolute IRI; spaces and <>"{}|\\^` are not allowed in one',
    "contains a variable that is unbound": (
        "the SELECT has a variable that is neither in GROUP BY nor inside an aggregate such as COUNT"
    ),
}


def words(text: str) -> list[str]:
    """The bare words of a query in upper case: keywords and function names, no names, strings or comments."""
    return [match["word"].upper() for match in _TOKEN.finditer(text) if match["word"]]


def has_dataset_clause(text: str) -> bool:
    """Whether the query names its own graphs with FROM."""
    return "FROM" in words(text)


def refuse_update(text: str) -> None:
    """QueryError where `text` would change the store."""
    for word in words(text):
        if word in ("PREFIX", "BASE", "VERSION"):
            continue
        if word in _UPDATES:
            raise QueryError(
                f"{word} would change the graph, and queries only read; build the graph again to change it"
            )
        return


def check_syntax(text: str, *, prefixes: Mapping[str, str]) -> None:
    """QueryError, with line and column, where `text` is not a SPARQL query."""
    refuse_update(text)
    try:
        _empty().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise syntax_error(text, error) from error
    except UnicodeEncodeError as error:
        raise half_pair(text, error) from error


def syntax_error(text: str, error: SyntaxError) -> QueryError:
    """Oxigraph's message in a sentence: where it stopped reading, near which words and, if known, why."""
    match = _SYNTAX_ERROR.fullmatch(str(error))
    if match is None:
        return QueryError(f"not a SPARQL query: {error}")
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    stop = column - 1
    around = lines[line - 1][max(0, stop - 20) : stop + 20].strip() if line <= len(lines) else ""
    place = f"near {around!r}" if around else "where there is nothing"
    reason = next((why for sign, why in _REASONS.items() if sign in match[3]), None)
    return QueryError(f"not a SPARQL query: line {line}, column {column}, {place}" + (f": {reason}" if reason else ""))


def half_pair(text: str, error: UnicodeEncodeError) -> QueryError:
    """What to say where `text` cannot be written as UTF-8."""
    return QueryError(f"not a SPARQL query: character {error.start + 1} of {text[:40]!r} is half a surrogate pair")


@cache
def _empty() -> Store:
    return Store()
