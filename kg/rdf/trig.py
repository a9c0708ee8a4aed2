"""TriG whose bytes depend on the quads alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.errors import StoreError
from kg.rdf.namespaces import Namespaces


def serialise_trig(quads: Iterable[Quad], namespaces: Namespaces) -> bytes:
    """TriG with one block a graph, sorted by graph, subject, predicate and object, no quad twice."""
    graphs: dict[str, set[Quad]] = defaultdict(set)
    for quad in quads:
        graphs[str(quad.graph_name)].add(quad)
    ordered = (quad for name in sorted(graphs) for quad in sorted(graphs[name], key=str))
    return serialize(ordered, format=RdfFormat.TRIG, prefixes=namespaces.prefixes) or b""


def write_trig(path: Path, quads: Iterable[Quad], namespaces: Namespaces) -> None:
    """Write `serialise_trig` to `path`, aside first and then renamed; StoreError where that fails."""
    aside = path.with_name(path.name + ".part")
    try:
        aside.write_bytes(serialise_trig(quads, namespaces))
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StoreError(f"cannot write {str(path)!r}: {error}; check the folder and the free space") from error


def read_trig(data: bytes) -> list[Quad]:
    """The quads of TriG text; StoreError where it is none."""
    try:
        return list(parse(data, format=RdfFormat.TRIG))
    except SyntaxError as error:
        raise StoreError(f"not TriG: {error}; write the graph again") from error
