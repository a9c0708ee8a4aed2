from __future__ import annotations

import io
import re
from pathlib import Path

import networkx as nx
import pytest
from export_press import press
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.errors import ExportError
from kg.export.gexf import EDGE_COLUMNS, NODE_COLUMNS, clean, gexf, unique_names, write_gexf
from kg.export.graph import project
from kg.export.layout import layout

SCHEMA = Path(__file__).resolve().parents[2].parent / "shared" / "gexf" / "specs" / "1.3" / "gexf.rng"
NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    if not SCHEMA.is_file():
        pytest.skip(f"the GEXF 1.3 schema is not at {SCHEMA}")
    return etree.RelaxNG(etree.parse(SCHEMA))


def example() -> nx.MultiDiGraph:
    return project(*press())


def written(graph: nx.MultiDiGraph, positions: dict | None = None) -> bytes:
    return "".join(gexf(graph, positions or {})).encode()


def check(schema: etree.RelaxNG, data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert schema.validate(root), schema.error_log
    return root


def test_valid_and_complete(schema):
    graph = example()
    root = check(schema, written(graph, layout(graph)))
    assert root.find("g:graph", NS).get("defaultedgetype") == "directed"
    nodes = root.findall(".//g:node", NS)
    edges = root.findall(".//g:edge", NS)
    assert [node.get("id") for node in nodes] == sorted(graph)
    assert len({edge.get("id") for edge in edges}) == len(edges) == graph.number_of_edges()
    assert {(e.get("source"), e.get("target"), e.get("kind")) for e in edges} == set(graph.edges(keys=True))
    assert all(float(edge.get("weight")) > 0 and edge.get("label") for edge in edges)
    for node in nodes:
        for name in ("position", "size", "color", "shape"):
            assert node.find(f"viz:{name}", NS) is not None


def test_no_type_that_gephi_does_not_know():
    known = {"string", "integer", "long", "double", "boolean"}
    assert {column.type for column in (*NODE_COLUMNS, *EDGE_COLUMNS)} <= known


def test_networkx_reads_what_was_written():
    graph = example()
    back = nx.read_gexf(io.BytesIO(written(graph)), version="1.3")
    assert set(back) == set(graph)
    assert back.is_directed()
    for node, data in graph.nodes(data=True):
        for name in ("label", "type", "iri", "degree", "qid", "party", "gender"):
            assert back.nodes[node].get(name) == data.get(name)
    found = {(s, t, d["relation"]): d for s, t, d in back.edges(data=True)}
    assert set(found) == set(graph.edges(keys=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        other = found[source, target, key]
        for name in (
            "weight",
            "count",
            "first_date",
            "last_date",
            "charges",
            "sources",
            "confidence",
            "denied",
        ):
            assert other.get(name) == data.get(name)


def test_members_share_the_colour_of_their_party():
    root = etree.fromstring(written(example()))
    colours = {
        node.get("label"): tuple(sorted(node.find("viz:color", NS).items())) for node in root.iterfind(".//g:node", NS)
    }
    assert colours["Ottoline Brackwater"] == colours["Peregrine Thistlewick"] == colours["Lantern Party"]
    assert colours["Quillon Marshferret"] == colours["Harbour League"] != colours["Lantern Party"]


def test_equal_graphs_give_equal_bytes_and_carry_no_clock():
    annotations, resolution = press()
    one, two = project(annotations, resolution), project(annotations[::-1], resolution)
    assert written(one, layout(one)) == written(two, layout(two))
    assert b"lastmodifieddate" not in written(one)
    assert b'lastmodifieddate="2031-05-06"' in "".join(gexf(one, {}, modified="2031-05-06")).encode()


def test_empty_graph(schema):
    root = check(schema, written(nx.MultiDiGraph()))
    assert root.find(".//g:nodes", NS).get("count") == "0"


def test_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "graph.gexf"
    write_gexf(path, example(), {})
    before = path.read_bytes()
    with pytest.raises(ValueError, match="code 'f'"):
        write_gexf(path, example(), {"Q990000001": ("no position", 0.0)})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ExportError, match="no-such-folder"):
        write_gexf(tmp_path / "no-such-folder" / "graph.gexf", example(), {})


def test_names_are_unique_ignoring_case_and_avoid_gephis_own():
    assert unique_names(["Party", "party", "PARTY", "Id\x00"], reserved=["id"]) == (
        "Party",
        "party_2",
        "PARTY_3",
        "Id_2",
    )


def test_columns_beyond_the_fixed_ones(schema):
    graph = nx.MultiDiGraph()
    graph.add_node("a", Type="x", pagerank=0.25, birth_year=1950, Interval="never", elected=True)
    graph.add_node("b", pagerank=float("nan"), mixed=None)
    graph.add_edge("a", "b", key="accuses", Source="here", weight=-3)
    root = check(schema, written(graph))
    declared = {a.get("title"): a.get("type") for a in root.iterfind(".//g:attributes/g:attribute", NS)}
    assert declared["pagerank"] == "double"
    assert declared["birth_year"] == "long"
    assert declared["elected"] == "boolean"
    assert {"Type_2", "Interval_2", "Source_2"} <= set(declared)
    assert root.find(".//g:edge", NS).get("weight") == "1"


texts = st.text(st.characters(codec=None), max_size=12)
values = st.one_of(texts, st.integers(-(2**62), 2**62), st.floats(), st.booleans(), st.none())
attributes = st.dictionaries(texts, values, max_size=4)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    ids = draw(st.lists(texts, unique=True, max_size=6))
    for node in ids:
        graph.add_node(node)
        graph.nodes[node].update(draw(attributes))
    for _ in range(draw(st.integers(0, 8)) if ids else 0):
        source, target = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        key = graph.add_edge(source, target, key=draw(texts))
        graph.edges[source, target, key].update(draw(attributes))
    return graph


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_unicode_any_attributes(graph):
    data = written(graph, layout(graph))
    if SCHEMA.is_file():
        schema = etree.RelaxNG(etree.parse(SCHEMA))
        check(schema, data)
    root = etree.fromstring(data)
    ids = [node.get("id") for node in root.iterfind(".//g:node", NS)]
    edges = root.findall(".//g:edge", NS)
    assert len(set(ids)) == len(ids) == graph.number_of_nodes()
    assert len({edge.get("id") for edge in edges}) == len(edges) == graph.number_of_edges()
    assert all({edge.get("source"), edge.get("target")} <= set(ids) for edge in edges)
    assert all(float(edge.get("weight")) > 0 for edge in edges)
    for columns in root.iterfind(".//g:attributes", NS):
        titles = [column.get("title").casefold() for column in columns]
        assert len(set(titles)) == len(titles)
    assert re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data) is None
    written_ids = dict(zip(sorted(graph), ids, strict=True))
    assert all(written_ids[node] == node for node in graph if clean(node) == node)


@given(texts)
def test_clean_text_parses_and_loses_only_what_xml_cannot_hold(text):
    plain = clean(text)
    assert clean(plain) == plain
    element = etree.Element("a", value=plain)
    assert etree.fromstring(etree.tostring(element)).get("value") == plain
