"""The default store: Oxigraph, embedded, in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
from oxrdflib import OxigraphStore as RdflibStore
from pyoxigraph import NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions
from rdflib import Dataset, Graph

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
from kg.store.folder import aside, is_store, recover, swap
from kg.store.sparql import half_pair, has_dataset_clause, refuse_update, syntax_error

_LOCKED = ("While lock file", "lock hold by current process")
"""What RocksDB says when another process, or this one, has the store open for writing."""


class OxigraphStore:
    """A `Store` over an open pyoxigraph store; `place` says in messages where it is."""

    def __init__(self, inner: pyoxigraph.Store, *, place: str, read_only: bool = False) -> None:
        self._open: pyoxigraph.Store | None = inner
        self._place = place
        self._read_only = read_only

    def query(self, text: str, *, prefixes: Mapping[str, str] = COMMON_PREFIXES) -> QueryResult:
        """Run a query; see `Store.query`."""
        refuse_update(text)
        try:
            # use_default_graph_as_union would win over the query's own FROM.
            found = self._inner.query(
                text, prefixes=dict(prefixes), use_default_graph_as_union=not has_dataset_clause(text)
            )
            if isinstance(found, QueryBoolean):
                return Answer(bool(found))
            if isinstance(found, QuerySolutions):
                return Selection(found.serialize(format=QueryResultsFormat.JSON) or b"")
            return Statements(distinct_sorted(found))
        except SyntaxError as error:
            raise syntax_error(text, error) from error
        except UnicodeEncodeError as error:
            raise half_pair(text, error) from error
        except OSError as error:
            raise StoreError(f"the query could not be read from the store {self._place}: {error}") from error
        except RuntimeError as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction; `build_store` is the way for large numbers."""
        checked = list(in_named_graphs(quads))
        inner = self._writable
        try:
            inner.extend(checked)
        except OSError as error:
            raise self._unwritten(error) from error

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Replace one graph in one transaction; see `Store.replace_graph`."""
        statements = " .\n".join(str(quad.triple) for quad in in_graph(graph, quads))
        inner = self._writable
        try:
            # Only an update is one transaction; terms are written in N-Triples form, which SPARQL reads.
            inner.update(f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{\n{statements}\n}} }}")
        except OSError as error:
            raise self._unwritten(error) from error

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove one graph; see `Store.remove_graph`."""
        inner = self._writable
        try:
            inner.remove_graph(graph)
        except OSError as error:
            raise self._unwritten(error) from error

    def graphs(self) -> tuple[NamedNode, ...]:
        """The graphs that hold something, sorted."""
        inner = self._inner
        named = (graph for graph in inner.named_graphs() if isinstance(graph, NamedNode))
        filled = (graph for graph in named if any(inner.quads_for_pattern(None, None, None, graph)))
        return tuple(sorted(filled, key=lambda graph: graph.value))

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """All quads, or those of one graph; the store stays open as long as the iterator lives."""
        return iter(self._inner.quads_for_pattern(None, None, None, graph))

    def count(self, graph: NamedNode | None = None) -> int:
        """The number of quads, or of those of one graph."""
        if graph is None:
            return len(self._inner)
        return sum(1 for _ in self.quads(graph))

    def close(self) -> None:
        """Release the folder and its lock."""
        self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _inner(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(f"the store {self._place} is closed; open it again")
        return self._open

    @property
    def _writable(self) -> pyoxigraph.Store:
        inner = self._inner
        if self._read_only:
            raise StoreError(f"the store {self._place} is open for reading only; open it with read_only=False")
        return inner

    def _unwritten(self, error: OSError) -> StoreError:
        return StoreError(f"the store {self._place} cannot be written: {error}; nothing was changed")


def open_store(path: Path, *, read_only: bool = True) -> OxigraphStore:
    """The store in the folder `path`; for writing, an absent or empty folder becomes a new store.

    A store can be open for writing once, and while it is, nobody else should read it. StoreError where there
    is no store, where `path` holds something else, or where the store is in use.
    """
    place = repr(str(path))
    recover(path)
    if not is_store(path):
        if read_only:
            raise StoreError(f"there is no store at {place}; build the graph first")
        _refuse_other(path)
    return OxigraphStore(_opened(path, read_only=read_only), place=place, read_only=read_only)


def memory_oxigraph() -> OxigraphStore:
    """A new, empty Oxigraph store in memory."""
    return OxigraphStore(pyoxigraph.Store(), place="in memory")


def build_store(path: Path, quads: Iterable[Quad]) -> None:
    """Make a store of `quads` and nothing else at `path`, in the place of one that may be there.

    It is written into a sibling folder and then renamed: after an error or a crash, `open_store` finds the
    old store or the new one, whole. StoreError where `path` holds something else, or is being built already.
    """
    recover(path)
    if not is_store(path):
        _refuse_other(path)
    with aside(path, _in_use) as folder:
        _write(folder, quads)
        swap(folder, path)


def as_dataset(path: Path) -> Dataset:
    """The store at `path` as an rdflib Dataset for reading; its default graph is the union of all graphs.

    Queries run in Oxigraph, through oxrdflib. Close it after use. Errors are those of `open_store`.
    """
    recover(path)
    if not is_store(path):
        raise StoreError(f"there is no store at {str(path)!r}; build the graph first")
    return Dataset(store=_RdflibReader(store=_opened(path, read_only=True)), default_union=True)


class _RdflibReader(RdflibStore):
    """Lets `Dataset.graph(iri)` name a graph without writing its name into a store that is only read."""

    def add_graph(self, graph: Graph) -> None:
        """Nothing: a graph is there when it has triples."""


def _write(folder: Path, quads: Iterable[Quad]) -> None:
    """Fill a new store and let go of it, so that its folder can be renamed."""
    inner = _opened(folder, read_only=False)
    try:
        inner.bulk_extend(in_named_graphs(quads))
        inner.optimize()
        inner.flush()
    except OSError as error:
        raise StoreError(f"the new store {str(folder)!r} cannot be written: {error}") from error


def _in_use(path: Path) -> bool:
    try:
        pyoxigraph.Store(str(path))
    except (OSError, RuntimeError) as error:
        return _is_lock(error)
    return False


def _is_lock(error: Exception) -> bool:
    return any(sign in str(error) for sign in _LOCKED)


def _opened(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    place = repr(str(path))
    try:
        return pyoxigraph.Store.read_only(str(path)) if read_only else pyoxigraph.Store(str(path))
    except (OSError, RuntimeError) as error:
        if _is_lock(error):
            raise StoreError(
                f"the store {place} is in use; close the program that has it open for writing, then try again"
            ) from error
        raise StoreError(f"the store {place} cannot be opened: {error}; build the graph again") from error


def _refuse_other(path: Path) -> None:
    if path.is_dir():
        if any(path.iterdir()):
            raise StoreError(f"the folder {str(path)!r} is not empty and not a store; choose another one")
    elif path.exists():
        raise StoreError(f"{str(path)!r} is a file, and a store is a folder; choose another name")
