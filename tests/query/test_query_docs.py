"""docs/queries.md names every query and every parameter, and its example is a query."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.query import ParameterType, load_saved_queries
from kg.query.saved import parse_saved_query

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/queries.md").read_text(encoding="utf-8")
SAVED = load_saved_queries(ROOT / "queries")
ROWS = {match[1]: match[2] for match in re.finditer(r"^\| `([a-z-]+)` \| [^|]+ \| (.*) \|$", TEXT, re.MULTILINE)}


def test_the_table_has_every_query_and_no_other() -> None:
    assert set(ROWS) == set(SAVED)


@pytest.mark.parametrize("name", sorted(SAVED))
def test_the_table_has_every_parameter(name: str) -> None:
    parameters = SAVED[name].parameters
    assert re.findall(r"`([a-z]+)`", ROWS[name]) == [parameter.name for parameter in parameters]
    assert re.findall(r"\*\*`([a-z]+)`\*\*", ROWS[name]) == [p.name for p in parameters if p.required]
    for kind in {parameter.type for parameter in parameters if parameter.type is not ParameterType.STRING}:
        assert kind.value in ROWS[name]


def test_every_type_is_explained() -> None:
    for kind in ParameterType:
        assert f"`{kind.value}`" in TEXT.split("## Parameters")[1]


def test_the_example_is_a_saved_query() -> None:
    block = re.search(r"(?:^    .*\n|^\n)+", TEXT.split("## Writing one")[1].split("\n\n", 2)[2], re.MULTILINE)
    assert block is not None
    text = re.sub(r"^    ", "", block[0].strip("\n"), flags=re.MULTILINE)
    query = parse_saved_query("example", text.replace("...", "VALUES ?least { UNDEF }"), source="docs/queries.md")
    assert [parameter.name for parameter in query.parameters] == ["employer", "least"]
