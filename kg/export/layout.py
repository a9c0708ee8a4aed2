"""Where nodes stand in a picture, the same every time.

ForceAtlas2: https://doi.org/10.1371/journal.pone.0098679
"""

from __future__ import annotations

import math
from collections import defaultdict

import networkx as nx
import numpy as np
from crategraph_forceatlas2 import infer_settings
from crategraph_forceatlas2 import layout as force_atlas
from numpy.typing import NDArray

MAX_NODES = 50_000
"""Above this no positions are computed; Gephi lays such graphs out itself, and shows them while it does."""

SPACING = 110.0
"""The side of the square that a node gets on average, in units of a node's size."""

_UNCROWDED = 500
"""Up to this many nodes, nodes and labels are moved apart after the layout."""

_PACKED = 2_000
"""Up to this many nodes, parts of the network that nothing links are moved close to each other."""

_ANGLES = 16
_LANDSCAPE = 1.4
"""How much cheaper a place at the side is than one above or below: pages and screens are wide."""

_EXACT = 400
"""Up to this many nodes, every pair repels exactly; above, Barnes and Hut's approximation is faster."""

_THETA = 1.2
"""Barnes and Hut's precision, as Gephi's default; the library's 0.5 takes three times as long."""

Points = NDArray[np.float64]


def layout(graph: nx.MultiDiGraph[str], *, seed: int = 42) -> dict[str, tuple[float, float]]:
    """A position for each node of `graph`, two decimals; empty above `MAX_NODES` nodes.

    Equal nodes, edges and weights give equal positions. The picture is centred, and its area grows with the
    number of nodes, so that sizes and labels fit whatever that number is.
    """
    nodes = sorted(graph)
    if not nodes or len(nodes) > MAX_NODES:
        return {}
    points = _scaled(_forces(graph, nodes, seed))
    if len(nodes) <= _PACKED:
        points = _scaled(_packed(points, _parts(graph, nodes)))
    if len(nodes) <= _UNCROWDED:
        labels = [str(graph.nodes[node].get("label", node)) for node in nodes]
        half_width = np.array([20 + 3.2 * min(len(label), 24) for label in labels])
        points = spread(points, half_width, np.full(len(nodes), 26.0), rounds=60)
    return {
        node: (round(float(x), 2) + 0.0, round(float(y), 2) + 0.0) for node, (x, y) in zip(nodes, points, strict=True)
    }


def spread(
    points: Points,
    half_width: Points,
    half_height: Points,
    *,
    rounds: int,
    bounds: tuple[float, float] | None = None,
) -> Points:
    """`points` moved apart until the boxes around them do not overlap, or for `rounds` steps.

    `bounds` are the width and height of a canvas from (0, 0) that no box leaves.
    """
    points = points.copy()
    reach_x = half_width[:, None] + half_width[None, :]
    reach_y = half_height[:, None] + half_height[None, :]
    count = len(points)
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :]).astype(float)
    for _ in range(rounds):
        apart_x = points[:, None, 0] - points[None, :, 0]
        apart_y = points[:, None, 1] - points[None, :, 1]
        over_x = reach_x - np.abs(apart_x)
        over_y = reach_y - np.abs(apart_y)
        crowded = (over_x > 0.01) & (over_y > 0.01) & (order != 0)
        if crowded.any():
            sideways = crowded & (over_x < over_y)
            upright = crowded & ~sideways
            sign_x = np.where(apart_x == 0, order, np.sign(apart_x))
            sign_y = np.where(apart_y == 0, order, np.sign(apart_y))
            points[:, 0] += np.where(sideways, sign_x * over_x, 0.0).sum(axis=1) * 0.3
            points[:, 1] += np.where(upright, sign_y * over_y, 0.0).sum(axis=1) * 0.3
        if bounds is not None:
            points[:, 0] = np.clip(points[:, 0], half_width, np.maximum(bounds[0] - half_width, half_width))
            points[:, 1] = np.clip(points[:, 1], half_height, np.maximum(bounds[1] - half_height, half_height))
        if not crowded.any():
            break
    return points


def _forces(graph: nx.MultiDiGraph[str], nodes: list[str], seed: int) -> Points:
    place = {node: index for index, node in enumerate(nodes)}
    pulls: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, weight in graph.edges(data="weight", default=1):
        ends = sorted((place[source], place[target]))
        if ends[0] != ends[1]:
            pulls[ends[0], ends[1]] += float(weight)
    edges = sorted(pulls)
    # Half the articles of a year may repeat one quarrel; its two people must not merge into one dot.
    weights = [1.0 + math.log(max(pulls[edge], 1.0)) for edge in edges]
    settings = {
        **infer_settings(len(nodes)),
        "barnesHutOptimize": len(nodes) > _EXACT,
        "barnesHutTheta": _THETA,
    }
    iterations = min(max(150_000 // len(nodes), 100), 500)
    # The library promises the same bits for one thread only.
    found = force_atlas(len(nodes), edges, weights=weights, iterations=iterations, seed=seed, threads=1, **settings)
    return np.asarray(found, dtype=np.float64)


def _parts(graph: nx.MultiDiGraph[str], nodes: list[str]) -> list[list[int]]:
    """The rows of each part of `graph` that nothing links to the others, the largest first."""
    place = {node: index for index, node in enumerate(nodes)}
    found = [sorted(place[node] for node in part) for part in nx.weakly_connected_components(graph)]
    return sorted(found, key=lambda part: (-len(part), part))


def _packed(points: Points, parts: list[list[int]]) -> Points:
    """`points` with every part but the first moved as near to the middle as its circle finds room."""
    if len(parts) == 1:
        return points
    points = points.copy()
    points -= points[parts[0]].mean(axis=0)
    turns = np.arange(_ANGLES) * (2 * math.pi / _ANGLES)
    rays = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    cost = np.hypot(rays[:, 0] / _LANDSCAPE, rays[:, 1])
    taken = points[parts[0]]
    for part in parts[1:]:
        around = points[part] - points[part].mean(axis=0)
        radius = float(np.hypot(around[:, 0], around[:, 1]).max()) + SPACING
        # On each ray, the farthest point that is `radius` away from a node placed before.
        along = rays @ taken.T
        room = radius**2 - (taken**2).sum(axis=1) + along**2
        reach = np.where(room >= 0, along + np.sqrt(np.maximum(room, 0.0)), 0.0).max(axis=1)
        best = int(np.argmin(np.round(reach * cost, 6)))
        points[part] = around + rays[best] * reach[best]
        taken = np.concatenate([taken, points[part]])
    return points


def _scaled(points: Points) -> Points:
    points = points - points.mean(axis=0)
    extent = float(np.sqrt((points**2).sum(axis=1).mean()))
    if extent == 0:
        return points
    # A disc of even density has a root mean square radius of its radius by the square root of 2.
    radius = SPACING * math.sqrt(len(points) / math.pi)
    return np.asarray(points * (radius / math.sqrt(2) / extent), dtype=np.float64)
