"""Strings of SVG: outlines, arrows, curved edges and names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

FONT = 13.0
"""The height of a name's letters, in the picture's units."""

ARROW = 9.0
"""The length of an arrow head."""

_LETTER = 0.56
"""The width of a middling letter of a sans-serif font, as a part of its height."""

_LONGEST = 26
_BEND = 0.13
_MOST_BEND = 30.0


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a node stands, how far it reaches, and its name, which stands below it."""

    x: float
    y: float
    radius: float
    name: str = ""


def shortened(name: str) -> str:
    """`name`, or its beginning where it is too long to stand in a picture."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def text_width(text: str) -> float:
    """About how wide `text` comes out."""
    return len(text) * FONT * _LETTER


def class_name(relation: str) -> str:
    """The CSS class of `relation`."""
    return "r-" + re.sub(r"[^A-Za-z0-9_-]", "-", relation)


def arrow_head(relation: str) -> str:
    """The marker that `edge` puts at the end of an edge of `relation`."""
    name = class_name(relation)
    return (
        f'<marker id="arrow-{name}" class="{name}" viewBox="0 0 10 10" refX="0" refY="5" '
        f'markerUnits="userSpaceOnUse" markerWidth="{ARROW:g}" markerHeight="{ARROW:g}" orient="auto">'
        '<path d="M0 0.8L10 5L0 9.2z"/></marker>'
    )


def outline(shape: str, x: float, y: float, radius: float, colour: str) -> str:
    """A disc, square, diamond or triangle of about the same area, around (`x`, `y`)."""
    if shape == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"/>'
    if shape == "square":
        half = radius * 0.87
        return (
            f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" '
            f'rx="2" fill="{colour}"/>'
        )
    corners = 4 if shape == "diamond" else 3
    reach = radius * (1.15 if shape == "diamond" else 1.25)
    angles = (2 * math.pi * corner / corners - math.pi / 2 for corner in range(corners))
    points = " ".join(f"{x + reach * math.cos(a):.1f},{y + reach * math.sin(a):.1f}" for a in angles)
    return f'<polygon points="{points}" fill="{colour}"/>'


def edge(relation: str, words: str, start: Dot, end: Dot, *, width: float, lane: int) -> str:
    """An arrow from `start` to `end` with `words` as tooltip; each `lane` above 0 bends further."""
    across, down = end.x - start.x, end.y - start.y
    length = math.hypot(across, down) or 1.0
    bend = min(_BEND * length, _MOST_BEND) * lane
    middle = (
        (start.x + end.x) / 2 + down / length * bend,
        (start.y + end.y) / 2 - across / length * bend,
    )
    from_x, from_y = _towards(replace(start, name=""), middle, 1)
    to_x, to_y = _towards(end, middle, ARROW + 1)
    path = f"M{from_x:.1f} {from_y:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {to_x:.1f} {to_y:.1f}"
    name = class_name(relation)
    return (
        f'<g class="edge {name}"><title>{escape(words)}</title><path class="hit" d="{path}"/>'
        f'<path d="{path}" stroke-width="{width:.1f}" marker-end="url(#arrow-{name})"/></g>'
    )


def without_crowded_names(dots: Iterable[Dot]) -> Iterator[Dot]:
    """The dots, without the name of one that would cover the name of an earlier one."""
    taken: list[tuple[float, float, float, float]] = []
    for dot in dots:
        half = text_width(dot.name) / 2
        top = dot.y + dot.radius
        box = (dot.x - half, top, dot.x + half, top + FONT + 3)
        if any(_overlap(box, other) for other in taken):
            yield replace(dot, name="")
        else:
            taken.append(box)
            yield dot


def name(dot: Dot) -> str:
    """The name of a dot, below it; empty where it has none."""
    y = dot.y + dot.radius + FONT
    return f'<text x="{dot.x:.1f}" y="{y:.1f}">{escape(dot.name)}</text>' if dot.name else ""


def _towards(dot: Dot, point: tuple[float, float], gap: float) -> tuple[float, float]:
    """The place on the way from `dot` to `point` that is `gap` away from the dot and its name."""
    across, down = point[0] - dot.x, point[1] - dot.y
    length = math.hypot(across, down) or 1.0
    step = min((_reach(dot, across / length, down / length) + gap) / length, 0.9)
    return dot.x + across * step, dot.y + down * step


def _reach(dot: Dot, across: float, down: float) -> float:
    """How far the dot and its name reach in a direction of length 1."""
    half = text_width(dot.name) / 2
    # Only a way that leaves the dot downwards, and not too flatly, meets the name.
    if not dot.name or down <= 0 or abs(across) * dot.radius > half * down:
        return dot.radius
    below = (dot.radius + FONT + 4) / down
    aside = half / abs(across) if across else below
    return max(dot.radius, min(below, aside))


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
