"""SPARQL terms as Wikidata's values, and the genuine results of Wikidata's query service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import WikidataError
from kg.wikidata.item import (
    GREGORIAN,
    JULIAN,
    Coordinate,
    EntityRef,
    Monolingual,
    Quantity,
    SnakType,
    Text,
    Time,
    Value,
)
from kg.wikidata.sparql.items import site_of
from kg.wikidata.sparql.rows import Term, TermKind, rows_of, snak_of, time_of

GENUINE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wikidata" / "sparql_results"
XSD = "http://www.w3.org/2001/XMLSchema#"
IRI, LITERAL = TermKind.IRI, TermKind.LITERAL


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Term(IRI, "http://www.wikidata.org/entity/Q145"), EntityRef("Q145")),
        (Term(IRI, "http://www.wikidata.org/entity/P31"), EntityRef("P31")),
        (Term(IRI, "http://www.wikidata.org/entity/L7-S1"), EntityRef("L7-S1")),
        (Term(IRI, "https://example.org/a_b?c"), Text("https://example.org/a_b?c")),
        (Term(IRI, "http://commons.wikimedia.org/wiki/Special:FilePath/A%20%C3%A9_b.jpg"), Text("A é b.jpg")),
        (Term(LITERAL, "Ada", None, "en-gb"), Monolingual("Ada", "en-gb")),
        (Term(LITERAL, "7"), Text("7")),
        (Term(LITERAL, "7", f"{XSD}string"), Text("7")),
        (Term(LITERAL, "7", f"{XSD}decimal"), Quantity("+7")),
        (Term(LITERAL, "-7.5", f"{XSD}decimal"), Quantity("-7.5")),
        (Term(LITERAL, "2031-05-07T00:00:00Z", f"{XSD}dateTime"), Time("+2031-05-07T00:00:00Z", 11)),
        (Term(LITERAL, "2031-05-07", f"{XSD}date"), Time("+2031-05-07T00:00:00Z", 11)),
        (Term(LITERAL, "2031-01-01T00:00:00Z", f"{XSD}dateTime"), Time("+2031-00-00T00:00:00Z", 9)),
        (
            Term(LITERAL, "Point(-0.125 51.5)", "http://www.opengis.net/ont/geosparql#wktLiteral"),
            Coordinate(51.5, -0.125),
        ),
    ],
)
def test_values(term: Term, value: Value) -> None:
    snak = snak_of("P1", term)
    assert (snak.property, snak.type, snak.value) == ("P1", SnakType.VALUE, value)


@pytest.mark.parametrize(
    "term",
    [
        Term(TermKind.BLANK, "t123"),
        Term(IRI, "http://www.wikidata.org/.well-known/genid/4bb0c23bbeaeb0ec44f1c9d90a9e5c3a"),
        Term(TermKind.OTHER, "a triple"),
        Term(LITERAL, "+13798000000-00-00T00:00:00Z", f"{XSD}date"),
        Term(LITERAL, "long ago", f"{XSD}dateTime"),
    ],
)
def test_unknown_values(term: Term) -> None:
    snak = snak_of("P1", term)
    if term.value.startswith("+"):
        assert snak.value is not None
    else:
        assert (snak.type, snak.value) == (SnakType.SOMEVALUE, None)


@pytest.mark.parametrize(
    ("text", "precision", "calendar", "time", "named"),
    [
        ("1900-01-01T00:00:00Z", 11, JULIAN, "+1900-01-01T00:00:00Z", GREGORIAN),
        ("1899-12-01T00:00:00Z", 10, JULIAN, "+1899-12-00T00:00:00Z", JULIAN),
        ("1899-01-01T00:00:00Z", 9, JULIAN, "+1899-00-00T00:00:00Z", JULIAN),
        ("1890-01-01T00:00:00Z", 8, None, "+1890-00-00T00:00:00Z", GREGORIAN),
        ("-0043-03-15T00:00:00Z", 11, GREGORIAN, "-0044-03-15T00:00:00Z", GREGORIAN),
        ("0000-03-15T00:00:00Z", 11, GREGORIAN, "-0001-03-15T00:00:00Z", GREGORIAN),
        ("2031-01-01T00:00:00Z", 11, GREGORIAN, "+2031-01-01T00:00:00Z", GREGORIAN),
    ],
)
def test_times_with_precision_and_calendar(text: str, precision: int, calendar: str, time: str, named: str) -> None:
    assert time_of(text, precision, calendar) == Time(time, precision, named)


@pytest.mark.parametrize("text", ["", "2031", "2031-05", "the 7th", "31-05-07T00:00:00Z"])
def test_what_is_no_time(text: str) -> None:
    assert time_of(text) is None


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://en.wikipedia.org/", "enwiki"),
        ("https://zh-min-nan.wikipedia.org/", "zh_min_nanwiki"),
        ("https://en.wikiquote.org/", "enwikiquote"),
        ("https://commons.wikimedia.org/", "commonswiki"),
        ("https://www.wikidata.org/", "wikidatawiki"),
        ("https://example.org/", None),
    ],
)
def test_names_of_sites(address: str, site: str | None) -> None:
    assert site_of(address) == site


@pytest.mark.parametrize("document", [None, {}, [], {"results": {}}, {"results": {"bindings": [{"x": {}}]}}, "text"])
def test_what_is_no_result(document: object) -> None:
    with pytest.raises(WikidataError, match="no result of a SELECT"):
        rows_of(document)


def test_unbound_variables_are_absent() -> None:
    binding = {"a": {"type": "literal", "xml:lang": "EN", "value": "x"}}
    assert rows_of({"results": {"bindings": [binding, {}]}}) == [{"a": Term(LITERAL, "x", None, "en")}, {}]


@pytest.mark.skipif(not GENUINE.is_dir(), reason="the development data are not beside the repository")
def test_genuine_results_of_the_query_service() -> None:
    seen = {"statements": 0, "times": 0, "items": 0}
    for path in sorted(GENUINE.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        rows = rows_of(document)
        assert len(rows) == len(document["results"]["bindings"])
        for row in rows:
            assert {term.kind for term in row.values()} <= {IRI, LITERAL, TermKind.BLANK}
            assert row["item"].entity is not None
            seen["items"] += 1
            for name in ("start", "end"):
                if name in row:
                    snak = snak_of("P580", row[name])
                    unknown = row[name].kind is TermKind.BLANK
                    assert snak.type is SnakType.SOMEVALUE if unknown else isinstance(snak.value, Time)
                    seen["times"] += 1
            seen["statements"] += "statement" in row
    assert seen["items"] > 1000
    assert seen["times"] > 300
