"""Saved queries: SPARQL files whose first lines say what they answer and which parameters they take.

    # title: Who accuses a person
    # description: One sentence.
    # param: accused entity required Ken Livingstone
    # param: since date optional 2016-01-01
    # param: minimum integer default 1

The value behind `required` and `optional` is an example, the one behind `default` is used. The query binds a
parameter with `VALUES ?name { UNDEF }`, once or more often, so that the file is a query as it stands
(docs/queries.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.errors import QueryError
from kg.query.suggest import did_you_mean
from kg.rdf.namespaces import COMMON_PREFIXES
from kg.store.base import Term
from kg.store.sparql import check_syntax


class ParameterType(StrEnum):
    """What a parameter's value may be; those from ENTITY to PLACE are names, QIDs or IRIs."""

    ENTITY = "entity"
    PERSON = "person"
    PARTY = "party"
    ORGANIZATION = "organization"
    OUTLET = "outlet"
    POSITION = "position"
    PLACE = "place"
    RELATION = "relation"
    STRING = "string"
    INTEGER = "integer"
    DATE = "date"
    END_DATE = "end-date"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; without a value and a default, an optional one leaves its variable free."""

    name: str
    type: ParameterType
    required: bool
    default: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its name, its title, what it answers in a sentence, and its parameters in their order."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def usage(self) -> str:
        """The parameters in words, for messages."""
        if not self.parameters:
            return f"{self.name} takes no parameters"
        return f"{self.name} takes " + ", ".join(_usage(parameter) for parameter in self.parameters)


def load_saved_queries(folder: Path) -> dict[str, SavedQuery]:
    """The queries of the `.rq` files in `folder` by name, sorted; QueryError naming the file and the line."""
    found = {}
    for path in sorted(folder.glob("*.rq")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"the saved query {str(path)!r} cannot be read: {error}") from error
        found[path.stem] = parse_saved_query(path.stem, text, source=str(path))
    if not found:
        raise QueryError(f"there are no saved queries in {str(folder)!r}; files ending in .rq are needed")
    return found


def find_saved(saved: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """The saved query called `name`; QueryError with the nearest names where there is none."""
    query = saved.get(name)
    if query is None:
        hint = did_you_mean(name, saved) or f"; there are {', '.join(sorted(saved))}"
        raise QueryError(f"there is no saved query {name!r}{hint}")
    return query


def parse_saved_query(name: str, text: str, *, source: str) -> SavedQuery:
    """The query of one file's `text`; QueryError naming `source` and line where header or query is wrong."""
    fields: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for number, line in enumerate(_header(text), start=1):
        place = f"{source}, line {number}"
        match = _FIELD.fullmatch(line)
        if match is None:
            raise QueryError(f"{place}: {line!r} is not of the form '# title|description|param: value'")
        key, value = match["key"], match["value"].strip()
        if key == "param":
            parameter = _parameter(value, place)
            if parameter.name in parameters:
                raise QueryError(f"{place}: the parameter {parameter.name!r} stands there twice")
            parameters[parameter.name] = parameter
        elif key in fields:
            raise QueryError(f"{place}: '# {key}:' stands there twice")
        else:
            fields[key] = value
    for key in ("title", "description"):
        if not fields.get(key):
            raise QueryError(f"{source}, line 1: the header lacks '# {key}: ...'")
    _check_placeholders(text, parameters, source)
    try:
        check_syntax(text, prefixes=COMMON_PREFIXES)
    except QueryError as error:
        raise QueryError(f"{source}: {error}") from error
    return SavedQuery(name, fields["title"], fields["description"], tuple(parameters.values()), text)


def bind(text: str, values: Mapping[str, tuple[Term, ...]]) -> str:
    """`text` with each `VALUES ?name { UNDEF }` bound to its terms, or dropped where `values` has none.

    Terms are written in N-Triples form, in which no character of a value can end it. Strings, IRIs and
    comments of `text` are left alone.
    """

    def clause(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match[0]
        terms = values.get(name, ())
        return f"VALUES ?{name} {{ {' '.join(str(term) for term in terms)} }}" if terms else ""

    return _PLACEHOLDER.sub(clause, text)


_FIELD = re.compile(r"#\s*(?P<key>title|description|param):\s*(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9_]*)\s+(?P<type>\S+)\s+(?P<need>required|optional|default)(?:\s+(?P<value>.+))?"
)
_PLACEHOLDER = re.compile(
    r"""
    \#[^\r\n]*
  | <[^<>"{}|^`\\\x00-\x20]*>
  | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
  | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
  | \bVALUES\s*\?(?P<name>\w+)\s*\{\s*UNDEF\s*\}
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def _header(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.rstrip())
    return lines


def _parameter(value: str, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None:
        raise QueryError(f"{place}: {value!r} is not a parameter; write 'name type required|optional|default value'")
    kinds = [kind.value for kind in ParameterType]
    if match["type"] not in kinds:
        hint = did_you_mean(match["type"], kinds) or f"; the types are {', '.join(kinds)}"
        raise QueryError(f"{place}: there is no parameter type {match['type']!r}{hint}")
    need, given = match["need"], match["value"]
    if need == "default" and given is None:
        raise QueryError(f"{place}: the default of {match['name']!r} is missing behind 'default'")
    return Parameter(
        name=match["name"],
        type=ParameterType(match["type"]),
        required=need == "required",
        default=given if need == "default" else None,
        example=given,
    )


def _check_placeholders(text: str, parameters: Mapping[str, Parameter], source: str) -> None:
    used: dict[str, int] = {}
    for match in _PLACEHOLDER.finditer(text):
        if match["name"] is not None:
            used.setdefault(match["name"], text.count("\n", 0, match.start()) + 1)
    for name, line in used.items():
        if name not in parameters:
            raise QueryError(f"{source}, line {line}: VALUES ?{name} {{ UNDEF }} has no '# param: {name} ...'")
    for name in parameters:
        if name not in used:
            raise QueryError(f"{source}, line 1: the parameter {name!r} is not used; write VALUES ?{name} {{ UNDEF }}")


def _usage(parameter: Parameter) -> str:
    example = "" if parameter.example is None or parameter.default is not None else f", such as {parameter.example}"
    if parameter.default is not None:
        need = f"default {parameter.default}"
    else:
        need = "required" if parameter.required else "optional"
    return f"{parameter.name} ({parameter.type}, {need}{example})"
