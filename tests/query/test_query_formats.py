from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import QueryError
from kg.query import format_csv, format_json, format_result, format_table, format_turtle, run_query
from kg.query.formats import FORMATS
from kg.store.base import Answer, Selection, Statements
from kg.store.oxigraph import memory_oxigraph

WD = "http://www.wikidata.org/entity/"


def selected(values: str) -> Selection:
    columns = values[: values.index("{")].strip(" ()")
    result = run_query(memory_oxigraph(), f"SELECT {columns} {{ VALUES {values} }}").result
    assert isinstance(result, Selection)
    return result


def test_a_table_is_aligned_and_counts_its_rows() -> None:
    result = selected('(?name ?count ?seen) { ("Marrowby" 7 true) ("Zoë" 12 UNDEF) (wd:Q1 UNDEF 0.5) }')
    assert format_table(result) == (
        "name      count  seen\n"
        "--------  -----  ----\n"
        "Marrowby      7  true\n"
        "Zoë          12\n"
        "wd:Q1            0.5\n"
        "3 rows\n"
    )


def test_a_label_stands_for_its_entity() -> None:
    result = selected('(?who ?whoLabel ?whatLabel) { (wd:Q1 "One" "x") (wd:Q2 UNDEF "y") }')
    assert format_table(result) == "who    whatLabel\n-----  ---------\nOne    x\nwd:Q2  y\n2 rows\n"


def test_namesakes_are_told_apart() -> None:
    result = selected('(?who ?whoLabel) { (wd:Q1 "Arlo") (wd:Q2 "Arlo") (wd:Q3 "Bo") (wd:Q3 "Bo") }')
    assert format_table(result).splitlines()[2:] == ["Arlo (wd:Q1)", "Arlo (wd:Q2)", "Bo", "Bo", "4 rows"]


def test_a_table_without_rows_has_its_header() -> None:
    result = run_query(memory_oxigraph(), "SELECT ?a ?long { ?a kg:b ?long }").result
    assert format_table(result) == "a  long\n-  ----\n0 rows\n"


def test_wide_cells_are_cut() -> None:
    result = selected('?text { "Bettina Marrowby accused" "short" "漢字漢字漢字漢字" }')
    assert format_table(result, column_width=10).splitlines() == [
        "text",
        "----------",
        "Bettina M…",
        "short",
        "漢字漢字…",
        "3 rows",
    ]
    with pytest.raises(QueryError, match="the column width is 0"):
        format_table(result, column_width=0)


def test_nothing_in_a_cell_moves_the_terminal_s_cursor() -> None:
    result = selected(r'?text { "a\nb\tc\u001B[31m\u202Ed\u0000" }')
    assert format_table(result).splitlines()[2] == "a b c [31m d"


def test_the_longest_prefix_shortens() -> None:
    result = selected("?x { <http://x.example/a/b> <http://y.example/> }")
    prefixes = {"x": "http://x.example/", "a": "http://x.example/a/"}
    assert format_table(result, prefixes=prefixes).splitlines()[2:4] == ["a:b", "http://y.example/"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.none() | st.integers(1, 30))
def test_every_table_has_one_line_a_row(rows: list[tuple[str, str]], width: int | None) -> None:
    store = memory_oxigraph()
    graph = NamedNode("http://x.example/g")
    wanted = {(Literal(a), Literal(b)) for a, b in rows}
    for number, (one, two) in enumerate(sorted(wanted, key=str)):
        node = NamedNode(f"http://x.example/{number}")
        store.load([Quad(node, NamedNode("http://x.example/a"), one, graph)])
        store.load([Quad(node, NamedNode("http://x.example/b"), two, graph)])
    text = "SELECT ?a ?b { ?s <http://x.example/a> ?a ; <http://x.example/b> ?b }"
    table = format_table(run_query(store, text).result, column_width=width)
    assert table.count("\n") == len(wanted) + 3
    assert len(table.splitlines()) == len(wanted) + 3


def test_csv_is_the_w3c_s() -> None:
    result = selected('(?a ?b) { ("say \\"hi\\", then\\nleave" wd:Q1) (UNDEF "x"@en) }')
    assert format_csv(result) == f'a,b\r\n"say ""hi"", then\nleave",{WD}Q1\r\n,x\r\n'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_csv_reads_back(texts: list[str]) -> None:
    values = dict.fromkeys(texts)
    result = selected(f"(?a ?b) {{ {' '.join(f'({Literal(v)} 1)' for v in values)} }}")
    rows = list(csv.reader(io.StringIO(format_csv(result), newline="")))
    assert rows == [["a", "b"], *([value, "1"] for value in values)]


def test_json_is_the_w3c_s() -> None:
    result = selected('(?a ?b) { (wd:Q1 "x"@en) (UNDEF 2) }')
    assert json.loads(format_json(result)) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": f"{WD}Q1"},
                    "b": {"type": "literal", "value": "x", "xml:lang": "en"},
                },
                {
                    "b": {
                        "type": "literal",
                        "value": "2",
                        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    }
                },
            ]
        },
    }


def test_an_answer_in_every_format() -> None:
    assert format_table(Answer(value=True)) == "yes\n"
    assert format_table(Answer(value=False)) == "no\n"
    assert format_csv(Answer(value=True)) == "true"
    assert json.loads(format_json(Answer(value=False))) == {"head": {}, "boolean": False}


def test_statements_are_turtle_with_the_prefixes_it_needs() -> None:
    text = 'CONSTRUCT { ?s a kg:Person ; rdfs:label "A \\"B\\"" } WHERE { VALUES ?s { wd:Q1 wd:Q2 } }'
    result = run_query(memory_oxigraph(), text).result
    turtle = format_turtle(result)
    assert turtle.count("@prefix") == 4
    assert isinstance(result, Statements)
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(turtle, format=RdfFormat.TURTLE)}
    assert triples == set(result.triples)
    assert format_table(result).splitlines()[0].split() == ["subject", "predicate", "object"]
    assert format_table(result).endswith("4 triples\n")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_and_triples_have_formats_of_their_own(form: str) -> None:
    with pytest.raises(QueryError, match=f"{form} is for SELECT and ASK; take turtle or table"):
        format_result(Statements(()), form)
    with pytest.raises(QueryError, match="Turtle is for CONSTRUCT and DESCRIBE"):
        format_result(Answer(value=True), "turtle")


def test_format_result_knows_its_formats() -> None:
    result = selected("?a { 1 }")
    assert format_result(result, "table", column_width=5) == format_table(result, column_width=5)
    assert format_result(result, "csv") == format_csv(result)
    assert format_result(result, "json") == format_json(result)
    with pytest.raises(QueryError, match="no output format 'jsn'; did you mean 'json'"):
        format_result(result, "jsn")
    with pytest.raises(QueryError, match=f"no output format 'xml'; there are {', '.join(FORMATS)}"):
        format_result(result, "xml")
