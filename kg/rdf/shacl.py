"""Validation of one graph at a time against ontology/shapes.ttl, with pySHACL.

pySHACL merges the named graphs of a dataset, so it is given the triples of one graph. It takes some 50
microseconds a triple; too long for every build, right for `kg verify`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH, XSD

from kg.errors import OntologyError
from kg.ontology import SHAPES_FILE


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result: the node, the property, the value at fault ("" where there is none), and what is wrong."""

    focus: str
    path: str
    value: str
    message: str


def load_shapes(folder: Path) -> rdflib.Graph:
    """The shapes of `folder`; OntologyError where they cannot be read."""
    path = folder / SHAPES_FILE
    try:
        return _graph(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}; correct the file") from error


def violations(quads: Iterable[pyoxigraph.Quad], shapes: rdflib.Graph) -> list[Violation]:
    """What in the triples of ONE graph breaks `shapes`, sorted; an empty list where nothing does."""
    with _quiet("rdflib.term"):
        graph = _graph(quads)
        conforms, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    return (
        []
        if conforms
        else sorted(_violation(result, results) for result in results.subjects(RDF.type, SH.ValidationResult))
    )


def _violation(result: rdflib.term.Node, results: rdflib.Graph) -> Violation:
    def value(predicate: rdflib.URIRef) -> str:
        found = results.value(result, predicate)
        return "" if found is None else str(found)

    messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
    return Violation(value(SH.focusNode), value(SH.resultPath), value(SH.value), "; ".join(messages))


def _graph(quads: Iterable[pyoxigraph.Quad]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), rdflib.URIRef(quad.predicate.value), _term(quad.object)))
    return graph


def _node(term: object) -> rdflib.term.IdentifiedNode | None:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    return rdflib.BNode(term.value) if isinstance(term, pyoxigraph.BlankNode) else None


def _term(term: object) -> rdflib.term.Identifier:
    """The term in rdflib's form; what RDF 1.1 does not have becomes a string, which no shape allows."""
    if not isinstance(term, pyoxigraph.Literal):
        return _node(term) or rdflib.Literal(str(term))
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    if datatype == XSD.string:  # rdflib reads "x" without a datatype, and holds the two for different
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Without rdflib's log of a traceback for each ill-typed literal: those come back as violations."""
    logger = logging.getLogger(name)
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
