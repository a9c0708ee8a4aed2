from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import QueryError
from kg.query import ParameterType, run_query, run_saved
from kg.query.names import find_entities, find_relation
from kg.query.parameters import bind_parameters
from kg.query.saved import SavedQuery, parse_saved_query
from kg.rdf.namespaces import KG, WD
from kg.store.base import Answer, Selection, Store
from kg.store.oxigraph import memory_oxigraph
from kg.wikidata.names import fold

BETTINA = NamedNode(f"{WD}Q9999000001")
BASE = "https://w3id.org/public-figures-kg/entity"
DAGNY = NamedNode(f"{BASE}/person/dagny-oakenshaw-0a0b0c0d")
POET = NamedNode(f"{WD}Q9999000003")
REPORTER = NamedNode(f"{BASE}/person/arlo-quillfeather-11112222")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def store() -> Store:
    made = memory_oxigraph()
    made.load(parse(path=Path(__file__).parents[1] / "store/data/invented.trig", format=RdfFormat.TRIG))
    return made


def taking(kind: str) -> SavedQuery:
    text = f"# title: T\n# description: D.\n# param: v {kind} required\nSELECT ?v {{ VALUES ?v {{ UNDEF }} }}"
    return parse_saved_query("echo", text, source="echo.rq")


@pytest.mark.parametrize(
    "value",
    [
        "Bettina Marrowby",
        "bettina  MARROWBY",
        "Béttina Marrowby",
        "Q9999000001",
        "wd:Q9999000001",
        f"<{BETTINA.value}>",
        f" {BETTINA.value} ",
    ],
)
def test_finds_an_entity(store: Store, value: str) -> None:
    found = find_entities(store, value)
    assert (found.terms, found.notes) == ((BETTINA,), ())


def test_says_whom_an_alias_stands_for(store: Store) -> None:
    found = find_entities(store, "Ms Marrowby")
    assert found.terms == (BETTINA,)
    assert found.notes == ("'Ms Marrowby' stands for Bettina Marrowby (Person Q9999000001, invented minister)",)


def test_takes_all_of_one_name_and_says_so(store: Store) -> None:
    found = find_entities(store, "Arlo Quillfeather")
    assert found.terms == (POET, REPORTER)
    assert found.notes == (
        "'Arlo Quillfeather' names 2 entities, and all are used: Arlo Quillfeather (Person Q9999000003, "
        f"invented poet); Arlo Quillfeather (Person {REPORTER.value})",
    )


def test_accents_do_not_count(store: Store) -> None:
    assert find_entities(store, "zoe bjorn").terms == (REPORTER,)


def test_a_class_narrows_the_names(store: Store) -> None:
    assert find_entities(store, "Lanterns", classes=("Party",)).terms == (NamedNode(f"{WD}Q9999000010"),)
    with pytest.raises(QueryError, match=r"no Party of this graph is called 'Bettina Marrowby'$"):
        find_entities(store, "Bettina Marrowby", classes=("Party",))
    with pytest.raises(QueryError, match="'Q9999000010' is in this graph, as Party and not as Person"):
        find_entities(store, "Q9999000010", classes=("Person",))


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        ("Bettina Marowby", "'Bettina Marrowby'"),
        ("Bettina", "'Bettina Marrowby'"),
        ("Oakenshore", "'Oakenshaw'"),
        ("Thistlewik", "'Thistlewick'"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(store: Store, value: str, nearest: str) -> None:
    with pytest.raises(QueryError, match=f"called '{value}'; did you mean .*{nearest}"):
        find_entities(store, value)


@pytest.mark.parametrize("value", ["", " ", "?!", "Xyzzy", "accuses"])
def test_a_name_that_nothing_resembles(store: Store, value: str) -> None:
    with pytest.raises(QueryError, match="no entity of this graph is called"):
        find_entities(store, value)


@pytest.mark.parametrize("value", ["Q1", "http://x.example/nobody", "urn:x:y", f"{KG}accuses"])
def test_an_iri_that_is_no_entity_of_the_graph(store: Store, value: str) -> None:
    with pytest.raises(QueryError, match="nothing in this graph is"):
        find_entities(store, value)


@pytest.mark.parametrize("value", ["http://x.example/a b", "<http://x.example/> . DROP ALL #>", "<not an iri>"])
def test_an_iri_that_is_none(store: Store, value: str) -> None:
    with pytest.raises(QueryError, match="is not an IRI"):
        find_entities(store, value)


@pytest.mark.parametrize("value", ["accuses", "kg:accuses", f"{KG}accuses", f"<{KG}accuses>"])
def test_finds_a_relation(store: Store, value: str) -> None:
    assert find_relation(store, value).terms == (NamedNode(f"{KG}accuses"),)


def test_an_unknown_relation_gets_the_nearest(store: Store) -> None:
    with pytest.raises(QueryError, match="no relation 'acuses' in this graph; did you mean 'accuses'"):
        find_relation(store, "acuses")
    with pytest.raises(QueryError, match="no relation 'xyzzy' in this graph; there are accuses, appearedOn"):
        find_relation(store, "xyzzy")


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("string", "a\n'b' \"c\" {d}", Literal("a\n'b' \"c\" {d}")),
        ("integer", " -12", Literal(-12)),
        ("date", "2031-05-06", Literal("2031-05-06", datatype=NamedNode(f"{XSD}date"))),
        ("date", "2031", Literal("2031-01-01", datatype=NamedNode(f"{XSD}date"))),
        ("end-date", "2031", Literal("2031-12-31", datatype=NamedNode(f"{XSD}date"))),
        ("end-date", "2032-02", Literal("2032-02-29", datatype=NamedNode(f"{XSD}date"))),
        ("person", "Dagny Oakenshaw", DAGNY),
        ("organization", "Radio Moonbeam", NamedNode(f"{BASE}/outlet/radio-moonbeam-55556666")),
        ("relation", "denies", NamedNode(f"{KG}denies")),
    ],
)
def test_a_value_becomes_a_term(store: Store, kind: str, value: str, term: Literal | NamedNode) -> None:
    result = run_saved(store, taking(kind), {"v": value}).result
    assert isinstance(result, Selection)
    assert list(result.rows()) == [(term,)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.5"),
        ("integer", ""),
        ("integer", "9" * 19),
        ("integer", "١"),
        ("date", "yesterday"),
        ("date", "2031-13"),
        ("end-date", "2031-02-30"),
    ],
)
def test_a_value_of_another_type_lists_the_parameters(store: Store, kind: str, value: str) -> None:
    message = rf"the parameter 'v' cannot be '{value}': .*; echo takes v \({kind}, required\)$"
    with pytest.raises(QueryError, match=message):
        run_saved(store, taking(kind), {"v": value})


def test_missing_and_unknown_parameters_list_the_parameters(store: Store) -> None:
    with pytest.raises(QueryError, match=r"the parameter 'v' is missing; echo takes v \(string, required\)"):
        run_saved(store, taking("string"), {})
    with pytest.raises(QueryError, match=r"'echo' has no parameter 'w'; echo takes v \(string, required\)"):
        run_saved(store, taking("string"), {"w": "x"})


def test_a_default_is_used_and_a_value_wins_over_it(store: Store) -> None:
    text = "# title: T\n# description: D.\n# param: v integer default 5\nSELECT ?v { VALUES ?v { UNDEF } }"
    saved = parse_saved_query("echo", text, source="echo.rq")
    assert bind_parameters(store, saved, {}) == ({"v": (Literal(5),)}, ())
    assert bind_parameters(store, saved, {"v": "6"}) == ({"v": (Literal(6),)}, ())


@given(value=st.text(), kind=st.sampled_from(ParameterType))
def test_any_value_becomes_terms_or_a_sentence(store: Store, value: str, kind: ParameterType) -> None:
    try:
        result = run_saved(store, taking(kind.value), {"v": value}).result
    except QueryError:
        return
    assert isinstance(result, Selection)
    assert result.variables == ("v",)
    if kind is ParameterType.STRING:
        assert list(result.rows()) == [(Literal(value),)]


NAMES = st.text(st.sampled_from("abcAZ09 .,-'’&éÉØßİŁ中ё\t"), min_size=1, max_size=20)


@given(names=st.lists(NAMES, min_size=1, max_size=4), change=st.sampled_from(["upper", "casefold", "NFD"]))
def test_every_name_finds_its_entities(names: list[str], change: str) -> None:
    made = memory_oxigraph()
    graph = NamedNode("http://x.example/graph")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    nodes = [NamedNode(f"http://x.example/{number}") for number in range(len(names))]
    for node, name in zip(nodes, names, strict=True):
        made.load([Quad(node, kind, NamedNode(f"{KG}Thing"), graph), Quad(node, label, Literal(name), graph)])
    for name in names:
        value = unicodedata.normalize("NFD", name) if change == "NFD" else getattr(name, change)()
        same = tuple(n for n, other in zip(nodes, names, strict=True) if fold(other) == fold(value) != "")
        if same:
            assert find_entities(made, value).terms == same


def test_a_given_query_runs_as_it_is(store: Store) -> None:
    assert run_query(store, "ASK { wd:Q9999000001 kg:memberOf ?party }").result == Answer(value=True)
    with pytest.raises(QueryError, match="line 1, column"):
        run_query(store, "ASK { ?s ?p }")
    with pytest.raises(QueryError, match="INSERT would change the graph"):
        run_query(store, "INSERT DATA { GRAPH <http://x.example/g> { kg:a kg:b kg:c } }")
