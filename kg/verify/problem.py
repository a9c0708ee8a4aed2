"""What verify reports, and the view of a graph that its checks share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad


class ProblemKind(StrEnum):
    """What sort of check found a problem."""

    GRAPH = "graph"
    DUPLICATE = "duplicate"
    EVIDENCE = "evidence"
    SHAPE = "shape"
    FACT = "fact"
    ONTOLOGY = "ontology"
    REFERENCE = "reference"
    NAME = "name"
    COPY = "copy"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: in which graph, with which subject (IRIs), and which value, in words."""

    kind: ProblemKind
    graph: str
    subject: str
    message: str


_DIGITS = re.compile(r"[0-9]{1,15}")

Node = Mapping[str, tuple[object, ...]]
Nodes = Mapping[str, Node]


def nodes_of(quads: Iterable[Quad]) -> Nodes:
    """The quads of one graph by subject and predicate."""
    nodes: dict[str, dict[str, tuple[object, ...]]] = defaultdict(dict)
    for quad in quads:
        node = nodes[name_of(quad.subject)]
        predicate = quad.predicate.value
        node[predicate] = (*node.get(predicate, ()), quad.object)
    return nodes


def name_of(term: object) -> str:
    """The IRI of a node, or whatever else stands in its place."""
    return term.value if isinstance(term, NamedNode) else str(term)


def text_of(node: Node, predicate: NamedNode) -> str:
    """The one literal of `predicate`; "" where there is none or more than one."""
    values = [value.value for value in node.get(predicate.value, ()) if isinstance(value, Literal)]
    return values[0] if len(values) == 1 else ""


def number_of(node: Node, predicate: NamedNode) -> int:
    """The one literal of `predicate` as a number from 0; -1 where it is none."""
    text = text_of(node, predicate)
    return int(text) if _DIGITS.fullmatch(text) else -1
