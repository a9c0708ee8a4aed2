"""The network as an inline SVG: the most connected nodes, their edges, and what a legend has to say."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

import networkx as nx
import numpy as np

from kg.export import drawing
from kg.export.drawing import Dot
from kg.export.layout import Points, layout, spread
from kg.export.style import (
    RelationStyle,
    node_colour,
    party_colours,
    relation_order,
    relation_style,
    type_style,
)
from kg.model import EntityType

MAX_NODES = 80
MAX_ARROWS = 180
"""More than these make a picture in which nobody finds anybody."""

_SHOWN = frozenset({EntityType.PERSON, EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET})
_WIDTH = 1120.0
_SPEECH_POINTS = 3
"""How much more than a membership an accusation counts when the most connected nodes are chosen."""


@dataclass(frozen=True, slots=True)
class NodeKey:
    """One entry of the legend: what the colour or shape stands for, and a small drawing of it."""

    label: str
    svg: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing and what its caption needs; `svg` is empty where there is nothing to draw.

    `shown` of `total` people, parties, organisations and outlets are drawn, and `arrows` of the
    `all_arrows` between them; `edges` are the relations that occur.
    """

    svg: str
    shown: int
    total: int
    arrows: int = 0
    all_arrows: int = 0
    edges: tuple[RelationStyle, ...] = ()
    nodes: tuple[NodeKey, ...] = ()


def picture(
    graph: nx.MultiDiGraph[str],
    *,
    anchors: Mapping[str, str],
    max_nodes: int = MAX_NODES,
    max_arrows: int = MAX_ARROWS,
    seed: int = 42,
) -> Picture:
    """Draw the `max_nodes` most connected people, parties, organisations and outlets of `graph`.

    Of the edges between them the `max_arrows` best attested are drawn, speech before careers. Positions and
    places are left out: half a parliament would hang on "MP". `anchors` gives, by node, the id of the part
    of the page that a click leads to.
    """
    visible = _linked(graph, [node for node in graph if graph.nodes[node].get("type") in _SHOWN])
    between = _linked(visible, _most_connected(visible)[:max_nodes])
    drawn = _best_attested(between, max_arrows)
    if drawn.number_of_nodes() == 0:
        return Picture("", 0, visible.number_of_nodes())
    colours = party_colours(graph)
    relations = sorted({key for _, _, key in drawn.edges(keys=True)}, key=relation_order)
    return Picture(
        svg=_svg(drawn, _dots(drawn, seed), colours, anchors, relations),
        shown=drawn.number_of_nodes(),
        total=visible.number_of_nodes(),
        arrows=drawn.number_of_edges(),
        all_arrows=between.number_of_edges(),
        edges=tuple(relation_style(name) for name in relations),
        nodes=tuple(_legend(drawn, colours)),
    )


def _linked(graph: nx.MultiDiGraph[str], nodes: list[str]) -> nx.MultiDiGraph[str]:
    """The part of `graph` between `nodes`, without loops and without nodes that are left alone."""
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph.subgraph(nodes))
    kept.remove_edges_from([edge for edge in list(kept.edges(keys=True)) if edge[0] == edge[1]])
    kept.remove_nodes_from([node for node, degree in list(kept.degree()) if degree == 0])
    return kept


def _most_connected(graph: nx.MultiDiGraph[str]) -> list[str]:
    points: Counter[str] = Counter()
    for source, target, key in graph.edges(keys=True):
        worth = int(graph.edges[source, target, key].get("weight", 1)) * (
            _SPEECH_POINTS if relation_style(key).speech else 1
        )
        points.update({source: worth, target: worth})
    return sorted(graph, key=lambda node: (-points[node], node))


def _best_attested(graph: nx.MultiDiGraph[str], limit: int) -> nx.MultiDiGraph[str]:
    def attested(edge: tuple[str, str, str]) -> tuple[object, ...]:
        data = graph.edges[edge]
        weight, confidence = data.get("weight", 1), data.get("confidence", 0)
        return (-weight * (_SPEECH_POINTS if relation_style(edge[2]).speech else 1), -confidence, edge)

    ranked = sorted(graph.edges(keys=True), key=attested)
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph.edge_subgraph(ranked[:limit]))
    return kept


def _dots(graph: nx.MultiDiGraph[str], seed: int) -> dict[str, Dot]:
    """Where each node stands, so that no node covers another's name as far as the canvas has room."""
    nodes = sorted(graph)
    radii = [7 + 2.4 * math.sqrt(graph.degree(node)) for node in nodes]
    widths = [drawing.text_width(_name(graph, node)) for node in nodes]
    half_width = np.array([max(r, w / 2) + 6 for r, w in zip(radii, widths, strict=True)])
    half_height = np.array([r + drawing.FONT / 2 + 9 for r in radii])
    found = layout(graph, seed=seed)
    points = _fitted(np.array([found[node] for node in nodes]), _height(graph))
    points = spread(points, half_width, half_height, rounds=200, bounds=(_WIDTH, _height(graph)))
    # A box holds the name below the dot, so the dot stands above the middle of its box.
    lift = drawing.FONT / 2
    placed = {
        node: Dot(float(x), float(y) - lift, radius, _name(graph, node))
        for node, (x, y), radius in zip(nodes, points, radii, strict=True)
    }
    ranked = _by_degree(graph)
    named = drawing.without_crowded_names(placed[node] for node in ranked)
    return dict(zip(ranked, named, strict=True))


def _by_degree(graph: nx.MultiDiGraph[str]) -> list[str]:
    return sorted(graph, key=lambda node: (-graph.degree(node), node))


def _height(graph: nx.MultiDiGraph[str]) -> float:
    return min(380 + 8 * graph.number_of_nodes(), 900)


def _fitted(points: Points, height: float) -> Points:
    """`points` turned so that their longest way lies across the page, and stretched to the canvas."""
    points = points - points.mean(axis=0)
    if len(points) > 2:
        _, axes = np.linalg.eigh(points.T @ points)
        axes = axes[:, ::-1]
        # An axis has no sign of its own; without this the picture may come out mirrored elsewhere.
        points = points @ (axes * np.sign(axes[np.argmax(np.abs(axes), axis=0), np.arange(2)]))
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([_WIDTH - 150, height - 80])
    scale = room / np.maximum(high - low, 1e-9)
    scale = np.minimum(scale, scale.min() * 1.8)
    middle = np.array([_WIDTH / 2, height / 2])
    return np.asarray((points - (low + high) / 2) * scale + middle, dtype=np.float64)


def _svg(
    graph: nx.MultiDiGraph[str],
    dots: Mapping[str, Dot],
    colours: dict[str, str],
    anchors: Mapping[str, str],
    relations: list[str],
) -> str:
    parts = [
        f'<svg class="network" viewBox="0 0 {_WIDTH:.0f} {_height(graph):.0f}" role="img" '
        'aria-labelledby="network-title network-text">',
        '<title id="network-title">Network of who says what about whom</title>',
        f'<desc id="network-text">{escape(_description(graph))}</desc>',
        f"<defs>{''.join(drawing.arrow_head(name) for name in relations)}</defs>",
        *_edges(graph, dots),
        *(_node(graph, node, dots[node], colours, anchors) for node in sorted(graph)),
        '<g class="names" aria-hidden="true">',
        *(drawing.name(dots[node]) for node in _by_degree(graph)),
        "</g></svg>",
    ]
    return "\n".join(parts)


def _name(graph: nx.MultiDiGraph[str], node: str) -> str:
    return drawing.shortened(str(graph.nodes[node].get("label", node)))


def _description(graph: nx.MultiDiGraph[str]) -> str:
    counts = Counter(key for _, _, key in graph.edges(keys=True))
    kinds = ", ".join(
        f"{counts[key]} of the kind “{relation_style(key).active}”" for key in sorted(counts, key=relation_order)
    )
    best = ", ".join(str(graph.nodes[node].get("label", node)) for node in _by_degree(graph)[:5])
    return (
        f"{graph.number_of_nodes()} nodes and {graph.number_of_edges()} arrows: {kinds}. "
        f"Most connected: {best}. The tables below say the same in words."
    )


def _edges(graph: nx.MultiDiGraph[str], dots: Mapping[str, Dot]) -> Iterator[str]:
    bundles: dict[tuple[str, ...], list[tuple[str, str, str]]] = defaultdict(list)
    for source, target, key in sorted(graph.edges(keys=True), key=lambda e: (e[:2], relation_order(e[2]))):
        bundles[tuple(sorted((source, target)))].append((source, target, key))
    # What careers say lies below, what people say of each other above.
    for speech in (False, True):
        for bundle in bundles.values():
            lanes: Counter[str] = Counter()
            for source, target, key in bundle:
                lanes[source] += 1
                if relation_style(key).speech is speech:
                    lane = 0 if len(bundle) == 1 else lanes[source]
                    weight = graph.edges[source, target, key].get("weight", 1)
                    width = min((1.6 if speech else 1.0) + 0.8 * math.log2(weight), 4.5)
                    words = _edge_words(graph, source, target, key)
                    yield drawing.edge(key, words, dots[source], dots[target], width=width, lane=lane)


def _edge_words(graph: nx.MultiDiGraph[str], source: str, target: str, key: str) -> str:
    data = graph.edges[source, target, key]
    names = [str(graph.nodes[end].get("label", end)) for end in (source, target)]
    weight = data.get("weight", 1)
    said = data.get("charges") or data.get("details") or ""
    return (
        f"{names[0]} {relation_style(key).active} {names[1]}"
        + (f": “{'”, “'.join(said.split('|')[:3])}”" if said else "")
        + f" ({weight} article{'' if weight == 1 else 's'})"
        + ("; denied" if data.get("denied") else "")
    )


def _node(
    graph: nx.MultiDiGraph[str],
    node: str,
    dot: Dot,
    colours: dict[str, str],
    anchors: Mapping[str, str],
) -> str:
    data = graph.nodes[node]
    style = type_style(str(data.get("type", "")))
    words = ", ".join(
        str(part)
        for part in (
            data.get("label", node),
            style.singular,
            data.get("party"),
            data.get("qid") or "no Wikidata ID",
        )
        if part
    )
    drawn = drawing.outline(style.shape, dot.x, dot.y, dot.radius, node_colour(node, data, colours))
    group = f'<g class="node"><title>{escape(words)}</title>{drawn}</g>'
    anchor = anchors.get(node)
    return group if anchor is None else f'<a href="#{escape(anchor)}" tabindex="-1">{group}</a>'


def _legend(graph: nx.MultiDiGraph[str], colours: dict[str, str]) -> Iterator[NodeKey]:
    labels: dict[str, str] = {}
    others: set[str] = set()
    for node in sorted(graph):
        data = graph.nodes[node]
        party = node if node in colours else data.get("party_id")
        if party in colours:
            labels[party] = str(data.get("label") if party == node else data.get("party"))
        else:
            others.add(str(data.get("type", "")))
    for party, colour in colours.items():
        if party in labels:
            yield NodeKey(f"{labels[party]} and its members", _sample("disc", colour))
    words = {EntityType.PERSON: "person of no coloured party", EntityType.PARTY: "other party"}
    for kind in EntityType:
        if kind in others:
            style = type_style(kind)
            label = words.get(kind, style.singular) if colours else style.singular
            yield NodeKey(label, _sample(style.shape, style.colour))


def _sample(shape: str, colour: str) -> str:
    drawn = drawing.outline(shape, 8, 8, 6, colour)
    return f'<svg class="sample node" viewBox="0 0 16 16" aria-hidden="true">{drawn}</svg>'
