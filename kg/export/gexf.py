"""GEXF 1.3 (https://gexf.net/schema.html), streamed: what Gephi, Gephi Lite and sigma.js open."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from kg.export.files import write_whole
from kg.export.style import node_colour, party_colours, relation_style, type_style

if TYPE_CHECKING:
    import networkx as nx

DESCRIPTION = (
    "Who says what about whom in news articles. An edge of the kind 'accuses' is a speech act that articles "
    "report; it does not say that the charge is true."
)

Positions = Mapping[str, tuple[float, float]]
Attributes = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of Gephi's node or edge table: the attribute's name, which is its title, and GEXF type."""

    name: str
    type: str


NODE_COLUMNS = (
    Column("type", "string"),
    Column("qid", "string"),
    Column("party", "string"),
    Column("party_id", "string"),
    Column("gender", "string"),
    Column("iri", "string"),
    Column("degree", "integer"),
)
EDGE_COLUMNS = (
    Column("relation", "string"),
    Column("relation_iri", "string"),
    Column("count", "integer"),
    Column("sources", "string"),
    Column("first_date", "string"),
    Column("last_date", "string"),
    Column("confidence", "double"),
    Column("charges", "string"),
    Column("details", "string"),
    Column("denied", "boolean"),
)
"""The columns of every file, in this order; attributes beyond them get columns behind, sorted by name.

IRIs are strings: Gephi 0.10 drops a column of GEXF's type anyURI.
"""

_NODE_WORDS = frozenset({"label"})
_EDGE_WORDS = frozenset({"label", "weight"})
_RESERVED = {
    "node": ("id", "label", "interval", "timeset"),
    "edge": ("id", "label", "interval", "timeset", "source", "target", "type", "kind", "weight"),
}
"""Titles that Gephi's tables hold already."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHITE = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def write_gexf(path: Path, graph: nx.MultiDiGraph[str], positions: Positions, *, modified: str | None = None) -> None:
    """Write the file that `gexf` describes, whole or not at all; ExportError where that fails."""
    write_whole(path, gexf(graph, positions, modified=modified))


def gexf(graph: nx.MultiDiGraph[str], positions: Positions, *, modified: str | None = None) -> Iterator[str]:
    """The lines of a GEXF 1.3 file: typed nodes, directed edges whose `kind` is their key, colours, sizes.

    Nodes that `positions` lacks get no position. `modified` (YYYY-MM-DD) is left out by default, so that
    equal graphs give equal bytes. Characters that XML cannot hold are removed, control characters too.
    """
    ids = _written_ids(graph)
    colours = party_colours(graph)
    node_columns = _columns(NODE_COLUMNS, (data for _, data in graph.nodes(data=True)), _NODE_WORDS)
    edge_columns = _columns(EDGE_COLUMNS, (data for _, _, data in graph.edges(data=True)), _EDGE_WORDS)
    node_titles, edge_titles = _titles("node", node_columns), _titles("edge", edge_columns)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    yield "<meta>" if modified is None else f"<meta lastmodifieddate={_attribute(modified)}>"
    yield f"<creator>public-figures-kg</creator><description>{DESCRIPTION}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static" idtype="string">\n'
    yield from _declared("node", node_columns, node_titles)
    yield from _declared("edge", edge_columns, edge_titles)
    yield f'<nodes count="{graph.number_of_nodes()}">\n'
    for node in sorted(graph):
        data = graph.nodes[node]
        colour = node_colour(node, data, colours)
        yield f"<node id={ids[node]} label={_label(data.get('label', node))}>"
        yield _values(node_columns, node_titles, data)
        yield f"{_colour(colour)}{_position(positions.get(node))}"
        yield f'<viz:size value="{node_size(graph.degree(node)):.2f}"/>'
        yield f'<viz:shape value="{type_style(str(data.get("type", ""))).shape}"/></node>\n'
    yield f'</nodes>\n<edges count="{graph.number_of_edges()}">\n'
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: (edge[0], edge[1], str(edge[2])))
    for number, (source, target, key, data) in enumerate(edges):
        weight = _weight(data.get("weight"))
        label = data.get("label", str(key))
        yield f'<edge id="e{number}" source={ids[source]} target={ids[target]} kind={_label(key)} '
        yield f'label={_label(label)} weight="{_number(weight)}">'
        yield _values(edge_columns, edge_titles, data)
        yield _colour(relation_style(str(key)).colour)
        yield f'<viz:thickness value="{1 + math.log2(max(weight, 1)):.2f}"/></edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def node_size(degree: int) -> float:
    """The diameter of a node with `degree` edges."""
    return min(12 + 6 * math.sqrt(degree), 70)


def clean(text: str) -> str:
    """`text` without characters that XML cannot hold and without control characters but tab and line ends."""
    return _NOT_IN_XML.sub("", text)


def unique_names(names: Iterable[str], *, reserved: Iterable[str] = ()) -> tuple[str, ...]:
    """`names` cleaned; "_2", "_3" tell them apart from each other and `reserved`, letter case aside."""
    taken = {name.casefold() for name in reserved}
    found = []
    for name in names:
        plain = " ".join(clean(name).split()) or "attribute"
        number, candidate = 1, plain
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{plain}_{number}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return tuple(found)


def _columns(fixed: tuple[Column, ...], rows: Iterable[Attributes], apart: Collection[str]) -> tuple[Column, ...]:
    known = {column.name for column in fixed} | set(apart)
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name in row.keys() - known:
            if row[name] is not None:
                kinds.setdefault(name, set()).add(type(row[name]))
    return (*fixed, *(Column(name, _column_type(kinds[name])) for name in sorted(kinds)))


def _column_type(kinds: set[type]) -> str:
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "long"
    return "double" if kinds <= {int, float} else "string"


def _declared(kind: str, columns: tuple[Column, ...], titles: tuple[str, ...]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for column, title in zip(columns, titles, strict=True):
        yield f'<attribute id={title} title={title} type="{column.type}"/>\n'
    yield "</attributes>\n"


def _titles(kind: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    names = unique_names((column.name for column in columns), reserved=_RESERVED[kind])
    return tuple(_attribute(name) for name in names)


def _values(columns: tuple[Column, ...], titles: tuple[str, ...], data: Attributes) -> str:
    written = [
        f"<attvalue for={title} value={_attribute(_text(data[column.name]))}/>"
        for column, title in zip(columns, titles, strict=True)
        if data.get(column.name) is not None
    ]
    return f"<attvalues>{''.join(written)}</attvalues>" if written else ""


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    if math.isfinite(value):
        return f"{value:.15g}"
    # As Java, Python and JavaScript read them.
    return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")


def _weight(value: object) -> float:
    """A weight that Gephi takes: above 0, finite; 1 where `value` is not."""
    usable = isinstance(value, int | float) and math.isfinite(value) and value > 0
    return float(value) if usable and isinstance(value, int | float) else 1.0


def _colour(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _position(position: tuple[float, float] | None) -> str:
    # Gephi's y axis points up, as the layout's does.
    return "" if position is None else f'<viz:position x="{position[0]:.2f}" y="{position[1]:.2f}" z="0"/>'


def _label(value: object) -> str:
    return _attribute(" ".join(clean(str(value)).split()))


def _attribute(text: str) -> str:
    return quoteattr(clean(text), _WHITE)


def _written_ids(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Each node's id, quoted; ids that only differ in what XML cannot hold are told apart by "~2", "~3"."""
    written: dict[str, str] = {}
    taken: set[str] = set()
    for node in sorted(graph):
        plain = clean(node)
        number, candidate = 1, plain
        while plain != node and (candidate in graph or candidate in taken):
            number += 1
            candidate = f"{plain}~{number}"
        taken.add(candidate)
        written[node] = _attribute(candidate)
    return written
