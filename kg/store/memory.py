"""A small store in memory over rdflib, for documents and for checking one engine against the other."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self

import pyoxigraph
import rdflib
from pyoxigraph import NamedNode, Quad, Triple

from kg.errors import QueryError, StoreError
from kg.rdf.namespaces import COMMON_PREFIXES
from kg.store.base import (
    Answer,
    QueryResult,
    Selection,
    Statements,
    distinct_sorted,
    in_graph,
    in_named_graphs,
)
from kg.store.rdflib_terms import from_rdflib, to_rdflib
from kg.store.sparql import check_syntax, has_dataset_clause


class MemoryStore:
    """A `Store` that is empty when made and gone when closed."""

    def __init__(self) -> None:
        self._open: rdflib.Dataset | None = rdflib.Dataset(default_union=True)

    def query(self, text: str, *, prefixes: Mapping[str, str] = COMMON_PREFIXES) -> QueryResult:
        """Run a query; see `Store.query`. FROM is refused: rdflib would fetch the graphs from the web."""
        check_syntax(text, prefixes=prefixes)
        if has_dataset_clause(text):
            raise QueryError("the memory store knows no FROM; use GRAPH <...> { ... } instead")
        with warnings.catch_warnings():
            # rdflib 7.6 calls its own deprecated Dataset.default_context for every pattern.
            warnings.simplefilter("ignore", DeprecationWarning)
            found = self._dataset.query(text, initNs=dict(prefixes))
            if found.type == "ASK":
                return Answer(bool(found.askAnswer))
            if found.type == "SELECT":
                return Selection(found.serialize(format="json") or b"")
            return Statements(distinct_sorted(_triple(row) for row in found.graph or ()))

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads; see `Store.load`."""
        converted = [_to_quad(quad) for quad in in_named_graphs(quads)]
        dataset = self._dataset
        for subject, predicate, value, graph in converted:
            dataset.graph(graph).add((subject, predicate, value))

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Replace one graph; see `Store.replace_graph`."""
        checked = list(in_graph(graph, quads))
        self.remove_graph(graph)
        self.load(checked)

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove one graph; see `Store.remove_graph`."""
        self._dataset.remove_graph(rdflib.URIRef(graph.value))

    def graphs(self) -> tuple[NamedNode, ...]:
        """The graphs that hold something, sorted."""
        names = {quad.graph_name for quad in self.quads()}
        return tuple(sorted((n for n in names if isinstance(n, NamedNode)), key=lambda name: name.value))

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """All quads, or those of one graph."""
        wanted = None if graph is None else rdflib.URIRef(graph.value)
        for subject, predicate, value, name in self._dataset.quads((None, None, None, None)):
            if name is not None and wanted in (None, name):
                triple = _triple((subject, predicate, value))
                yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(str(name)))

    def count(self, graph: NamedNode | None = None) -> int:
        """The number of quads, or of those of one graph."""
        return sum(1 for _ in self.quads(graph))

    def close(self) -> None:
        """Forget everything."""
        self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _dataset(self) -> rdflib.Dataset:
        if self._open is None:
            raise StoreError("the store in memory is closed; make a new one")
        return self._open


_Quad = tuple[
    rdflib.URIRef | rdflib.BNode | rdflib.Literal,
    rdflib.URIRef | rdflib.BNode | rdflib.Literal,
    rdflib.URIRef | rdflib.BNode | rdflib.Literal,
    rdflib.URIRef,
]


def _to_quad(quad: Quad) -> _Quad:
    assert isinstance(quad.graph_name, NamedNode)
    name = rdflib.URIRef(quad.graph_name.value)
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object), name


def _triple(row: Iterable[object]) -> Triple:
    subject, predicate, value = (from_rdflib(node) for node in row if isinstance(node, rdflib.term.Node))
    assert isinstance(predicate, NamedNode)
    assert not isinstance(subject, pyoxigraph.Literal)
    return Triple(subject, predicate, value)
