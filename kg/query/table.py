"""Results as an aligned table to read on a terminal."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.rdf.namespaces import COMMON_PREFIXES
from kg.store.base import Answer, QueryResult, Selection, Term

_LABEL = "Label"
_GAP = "  "
_NUMBERS = frozenset(COMMON_PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float"))
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories that would move the cursor, colour the terminal or turn the reading direction."""

Row = tuple[Term | None, ...]


def format_table(
    result: QueryResult,
    *,
    column_width: int | None = None,
    prefixes: Mapping[str, str] = COMMON_PREFIXES,
) -> str:
    """Aligned columns under their names, then the number of rows; `yes` or `no` for an ASK.

    A column `x` beside a column `xLabel` is shown as one, by label; where one label stands for several
    entities, their IRIs stand behind it. Triples are three columns. IRIs are shortened with `prefixes`. Cells
    wider than `column_width` end in "…".
    """
    if isinstance(result, Answer):
        return "yes\n" if result.value else "no\n"
    if isinstance(result, Selection):
        rows = list(result.rows())
        columns = _columns(result.variables, rows, prefixes)
        count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}\n"
    else:
        parts = [(triple.subject, triple.predicate, triple.object) for triple in result.triples]
        columns = _columns(("subject", "predicate", "object"), parts, prefixes)
        count = f"{len(parts)} triple{'' if len(parts) == 1 else 's'}\n"
    return _lines(columns, column_width) + count


def _columns(
    names: Sequence[str], rows: Sequence[Row], prefixes: Mapping[str, str]
) -> list[tuple[str, list[str], bool]]:
    """Name, cells and whether all are numbers, of each column to show."""
    place = {name: index for index, name in enumerate(names)}
    columns = []
    for name, index in place.items():
        if name.endswith(_LABEL) and name.removesuffix(_LABEL) in place:
            continue
        values = [row[index] for row in rows]
        numeric = any(values) and all(value is None or _is_number(value) for value in values)
        cells = [_cell(value, prefixes) for value in values]
        label = place.get(name + _LABEL)
        if label is not None:
            cells = _labelled(cells, [_cell(row[label], prefixes) for row in rows])
        columns.append((name, cells, numeric))
    return columns


def _labelled(cells: list[str], labels: list[str]) -> list[str]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for cell, label in zip(cells, labels, strict=True):
        bearers[label].add(cell)
    return [
        cell if not label else f"{label} ({cell})" if len(bearers[label]) > 1 else label
        for cell, label in zip(cells, labels, strict=True)
    ]


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return _plain(_short(term.value, prefixes))
    return _plain(term.value if isinstance(term, Literal) else str(term))


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    fits = [(len(start), prefix) for prefix, start in prefixes.items() if iri.startswith(start)]
    if not fits:
        return iri
    length, prefix = max(fits)
    return f"{prefix}:{iri[length:]}"


def _plain(text: str) -> str:
    if text.isprintable():
        return text
    shown = (" " if unicodedata.category(character) in _HIDDEN else character for character in text)
    return " ".join("".join(shown).split())


def _is_number(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _lines(columns: list[tuple[str, list[str], bool]], limit: int | None) -> str:
    if limit is not None and limit < 1:
        raise QueryError(f"the column width is {limit!r}; at least 1 is needed")
    shown = [([_cut(cell, limit) for cell in (name, *cells)], numeric) for name, cells, numeric in columns]
    widths = [max(map(_width, cells)) for cells, _ in shown]
    lines = [
        _GAP.join(
            _padded(cells[number], width, right=numeric) for (cells, numeric), width in zip(shown, widths, strict=True)
        )
        for number in range(len(shown[0][0]) if shown else 0)
    ]
    lines[1:1] = [_GAP.join("-" * width for width in widths)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _cut(text: str, limit: int | None) -> str:
    if limit is None or _width(text) <= limit:
        return text
    width = 0
    for place, character in enumerate(text):
        width += _width(character)
        if width > limit - 1:
            return text[:place].rstrip() + "…"
    return text


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    """The number of terminal cells of `text`."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
