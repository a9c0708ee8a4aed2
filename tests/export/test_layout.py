from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from export_press import press
from hypothesis import given
from hypothesis import strategies as st

from kg.export import layout as module
from kg.export.graph import project
from kg.export.layout import layout, spread


def crowd(nodes: int, edges: int) -> nx.MultiDiGraph:
    dice = random.Random(5)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"Q{n:04d}" for n in range(nodes))
    names = sorted(graph)
    graph.add_weighted_edges_from((*dice.sample(names, 2), dice.randint(1, 9)) for _ in range(edges))
    return graph


@pytest.mark.parametrize("size", [0, 1, 2, 3, 40, 600])
def test_every_node_has_its_own_place(size):
    graph = crowd(size, size if size > 1 else 0)
    found = layout(graph)
    assert set(found) == set(graph)
    assert len(set(found.values())) == size
    assert np.isfinite(np.array(list(found.values()))).all()


def test_equal_graphs_lie_alike_whatever_their_order():
    annotations, resolution = press()
    graph = project(annotations, resolution)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert layout(graph) == layout(turned) == layout(graph, seed=42)
    assert layout(graph) != layout(graph, seed=43)


def test_coordinates_have_two_decimals_and_no_negative_zero():
    for x, y in layout(crowd(30, 40)).values():
        assert (round(x, 2), round(y, 2)) == (x, y)
        assert "-0.0" not in {str(x), str(y)}


def test_the_area_grows_with_the_nodes():
    for size in (20, 200, 1000):
        points = np.array(list(layout(crowd(size, 2 * size)).values()))
        spread_out = float(np.sqrt((points**2).sum(axis=1).mean()))
        assert 0.4 < spread_out / (module.SPACING * size**0.5 / (2 * np.pi) ** 0.5) < 2.5


def test_loops_and_lonely_nodes_are_no_trouble():
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "a", key="accuses")
    graph.add_node("b")
    assert set(layout(graph)) == {"a", "b"}


def test_parts_without_a_link_stay_near():
    graph = crowd(40, 80)
    for number in range(8):
        graph.add_edge(f"x{number}", f"y{number}", weight=1)
    points = layout(graph)
    inner = [max(abs(x), abs(y)) for node, (x, y) in points.items() if node.startswith("Q")]
    outer = [max(abs(x), abs(y)) for node, (x, y) in points.items() if not node.startswith("Q")]
    assert max(outer) < 2 * max(inner)


def test_too_many_nodes_get_none(monkeypatch):
    monkeypatch.setattr(module, "MAX_NODES", 9)
    assert layout(crowd(9, 9))
    assert layout(crowd(10, 9)) == {}


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=12))
def test_spread_boxes_do_not_overlap(places):
    points = np.array(places, dtype=float)
    half = np.full(len(points), 8.0)
    moved = spread(points, half, half, rounds=2000)
    for one in range(len(points)):
        for other in range(one):
            apart = np.abs(moved[one] - moved[other])
            assert (apart > 15.9).any()


def test_spread_keeps_to_the_canvas():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [300.0, 90.0]])
    half = np.full(3, 10.0)
    moved = spread(points, half, half, rounds=50, bounds=(200.0, 100.0))
    assert (moved >= 10).all()
    assert (moved[:, 0] <= 190).all()
    assert (moved[:, 1] <= 90).all()
