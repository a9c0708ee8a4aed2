"""What every store can do, and what a query gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from kg.errors import StoreError
from kg.rdf.namespaces import COMMON_PREFIXES

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a SELECT, in their order; `json` is the SPARQL 1.1 Query Results JSON document."""

    json: bytes

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns, without question marks."""
        return tuple(variable.value for variable in self._solutions().variables)

    def rows(self) -> Iterator[tuple[Term | None, ...]]:
        """One term for each column, None where it is unbound."""
        return (tuple(solution) for solution in self._solutions())

    def _solutions(self) -> QuerySolutions:
        parsed = parse_query_results(self.json, QueryResultsFormat.JSON)
        assert isinstance(parsed, QuerySolutions)
        return parsed


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """What a CONSTRUCT or DESCRIBE built: each triple once, sorted by its N-Triples form."""

    triples: tuple[Triple, ...]


QueryResult = Selection | Answer | Statements


class Store(Protocol):
    """A set of quads, every one in a named graph; also a context manager that closes it.

    No triple may stand in two graphs: queries run over the union of all graphs and would find it twice.
    """

    def query(self, text: str, *, prefixes: Mapping[str, str] = COMMON_PREFIXES) -> QueryResult:
        """Run a SPARQL 1.1 query over the union of all graphs, or over the graphs that its FROM clauses name.

        `prefixes` need not be declared in `text`. QueryError where it is not a query, StoreError where the
        store cannot be read.
        """
        ...

    def load(self, quads: Iterable[Quad]) -> None:
        """Add all of `quads` or, on an error, none."""
        ...

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Make `quads`, all of which name `graph`, its whole content; on an error it stays as it was.

        Blank nodes get new names.
        """
        ...

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove `graph` and its content; nothing happens where there is no such graph."""
        ...

    def graphs(self) -> tuple[NamedNode, ...]:
        """The graphs that hold at least one triple, sorted."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """All quads, or those of one graph, in no particular order."""
        ...

    def count(self, graph: NamedNode | None = None) -> int:
        """The number of quads, or of those of one graph."""
        ...

    def close(self) -> None:
        """Release the store; every later use is a StoreError."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def in_named_graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """`quads` as they are; StoreError at the first one whose graph has no IRI."""
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise StoreError(f"the quad {str(quad)!r} is in no named graph; give it one")
        yield quad


def in_graph(graph: NamedNode, quads: Iterable[Quad]) -> Iterator[Quad]:
    """`quads` as they are; StoreError at the first one that is in another graph than `graph`."""
    for quad in quads:
        if quad.graph_name != graph:
            raise StoreError(f"the quad {str(quad)!r} does not belong to the graph {graph.value!r}")
        yield quad


def distinct_sorted(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Each triple once, sorted by its N-Triples form."""
    return tuple(sorted(set(triples), key=str))
