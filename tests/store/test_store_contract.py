"""One contract, every store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import QueryError, StoreError
from kg.store.base import Answer, Selection, Statements, Store
from kg.store.memory import MemoryStore
from kg.store.oxigraph import memory_oxigraph, open_store

DATA = Path(__file__).parent / "data" / "invented.trig"
MAKERS: dict[str, Callable[[Path], Store]] = {
    "oxigraph": lambda folder: open_store(folder / "store", read_only=False),
    "oxigraph-memory": lambda _: memory_oxigraph(),
    "rdflib": lambda _: MemoryStore(),
}
ONE, TWO = NamedNode("http://x.example/graph/1"), NamedNode("http://x.example/graph/2")
KNOWS = NamedNode("http://x.example/knows")


def quad(number: int, graph: NamedNode = ONE) -> Quad:
    return Quad(NamedNode(f"http://x.example/{number}"), KNOWS, Literal(number), graph)


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with MAKERS[request.param](tmp_path) as opened:
        yield opened


def test_starts_empty(store: Store) -> None:
    assert (store.count(), store.graphs(), list(store.quads())) == (0, (), [])


def test_gives_back_what_was_loaded(store: Store) -> None:
    quads = set(parse(path=DATA, format=RdfFormat.TRIG))
    store.load(quads)
    assert set(store.quads()) == quads
    assert store.count() == len(quads)
    assert list(store.graphs()) == sorted({q.graph_name for q in quads}, key=lambda graph: graph.value)


def test_loading_again_changes_nothing(store: Store) -> None:
    store.load([quad(1)])
    store.load([quad(1), quad(2)])
    assert set(store.quads()) == {quad(1), quad(2)}


def test_counts_and_lists_one_graph(store: Store) -> None:
    store.load([quad(1), quad(2), quad(3, TWO)])
    assert (store.count(ONE), store.count(TWO), store.count(KNOWS)) == (2, 1, 0)
    assert list(store.quads(TWO)) == [quad(3, TWO)]
    assert store.graphs() == (ONE, TWO)


def test_replaces_one_graph_and_leaves_the_others(store: Store) -> None:
    store.load([quad(1), quad(2), quad(3, TWO)])
    store.replace_graph(ONE, [quad(2), quad(4)])
    assert set(store.quads()) == {quad(2), quad(4), quad(3, TWO)}


def test_a_graph_replaced_by_nothing_is_gone(store: Store) -> None:
    store.load([quad(1), quad(3, TWO)])
    store.replace_graph(ONE, [])
    assert store.graphs() == (TWO,)


def test_replaces_a_graph_that_was_not_there(store: Store) -> None:
    store.replace_graph(TWO, [quad(3, TWO)])
    assert list(store.quads()) == [quad(3, TWO)]


def test_removes_one_graph(store: Store) -> None:
    store.load([quad(1), quad(3, TWO)])
    store.remove_graph(ONE)
    store.remove_graph(NamedNode("http://x.example/graph/absent"))
    assert list(store.quads()) == [quad(3, TWO)]
    assert store.graphs() == (TWO,)


@pytest.mark.parametrize("graph", [None, BlankNode("b")])
def test_refuses_quads_outside_named_graphs_and_loads_none(store: Store, graph: BlankNode | None) -> None:
    stray = Quad(KNOWS, KNOWS, KNOWS) if graph is None else Quad(KNOWS, KNOWS, KNOWS, graph)
    with pytest.raises(StoreError, match="in no named graph"):
        store.load([quad(1), stray])
    assert store.count() == 0


def test_refuses_to_replace_a_graph_by_another_s_quads(store: Store) -> None:
    store.load([quad(1)])
    with pytest.raises(StoreError, match="does not belong to the graph"):
        store.replace_graph(ONE, [quad(2), quad(3, TWO)])
    assert list(store.quads()) == [quad(1)]


def test_selects_over_all_graphs(store: Store) -> None:
    store.load([quad(1), quad(2, TWO)])
    result = store.query("SELECT ?n ?none WHERE { ?s <http://x.example/knows> ?n } ORDER BY ?n")
    assert isinstance(result, Selection)
    assert result.variables == ("n", "none")
    assert list(result.rows()) == [(Literal(1), None), (Literal(2), None)]


def test_selects_no_rows(store: Store) -> None:
    result = store.query("SELECT ?s WHERE { ?s ?p ?o }")
    assert isinstance(result, Selection)
    assert (result.variables, list(result.rows())) == (("s",), [])


def test_knows_the_graphs_by_name(store: Store) -> None:
    store.load([quad(1), quad(2, TWO)])
    result = store.query("SELECT ?g ?n { GRAPH ?g { ?s ?p ?n } } ORDER BY ?g")
    assert isinstance(result, Selection)
    assert list(result.rows()) == [(ONE, Literal(1)), (TWO, Literal(2))]


def test_asks(store: Store) -> None:
    store.load([quad(1)])
    assert store.query("ASK { ?s ?p 1 }") == Answer(value=True)
    assert store.query("ASK { ?s ?p 2 }") == Answer(value=False)


def test_constructs_each_triple_once_and_sorted(store: Store) -> None:
    store.load([quad(2), quad(1, TWO), quad(2, TWO)])
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == Statements((quad(1).triple, quad(2).triple))


def test_describes(store: Store) -> None:
    store.load([quad(1), quad(2)])
    assert store.query("DESCRIBE <http://x.example/1>") == Statements((quad(1).triple,))


def test_common_prefixes_need_no_declaration(store: Store) -> None:
    store.load(parse(path=DATA, format=RdfFormat.TRIG))
    assert store.query('ASK { ?p a kg:Party ; rdfs:label "Lantern Party" }') == Answer(value=True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 1 x", "line 1, column 33, near .*LIMIT 1 x"),
        ("SELECT ?s {\n?s nope:p ?o }", "line 2, column 10, near .*nope:p.*prefix is not declared"),
        ("SELECT ?s { ?s <a b> ?o }", "line 1, column 21.*not an absolute IRI"),
        ("", "line 1, column 1"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "neither in GROUP BY nor inside an aggregate"),
        ("SELECT ?s { ?s ?p '\ud800' }", "half a surrogate pair"),
    ],
)
def test_says_where_a_query_is_wrong(store: Store, text: str, place: str) -> None:
    with pytest.raises(QueryError, match=f"not a SPARQL query: .*{place}"):
        store.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <http://x.example/g> { <http://x.example/a> <http://x.example/b> 1 } }",
        "# SELECT\nPREFIX insert: <http://x.example/>\n delete where { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://x.example/data>",
        "WITH <http://x.example/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_refuses_updates(store: Store, text: str) -> None:
    store.load([quad(1)])
    with pytest.raises(QueryError, match="would change the graph, and queries only read"):
        store.query(text)
    assert list(store.quads()) == [quad(1)]


def test_is_of_no_use_once_closed(store: Store) -> None:
    store.close()
    for use in (store.graphs, store.count, lambda: store.load([quad(1)]), lambda: store.query("ASK {}")):
        with pytest.raises(StoreError, match="is closed"):
            use()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(), language=st.sampled_from([None, "en", "de-AT"]))
def test_every_text_survives_every_way_in_and_out(store: Store, text: str, language: str | None) -> None:
    literal = Literal(text) if language is None else Literal(text, language=language)
    value = Quad(NamedNode("http://x.example/s"), KNOWS, literal, TWO)
    store.replace_graph(TWO, [value])
    assert list(store.quads(TWO)) == [value]
    result = store.query(f"SELECT ?o {{ GRAPH {TWO} {{ ?s ?p ?o }} }}")
    assert isinstance(result, Selection)
    assert list(result.rows()) == [(literal,)]
