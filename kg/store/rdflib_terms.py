"""Terms and quads between pyoxigraph and rdflib."""

from __future__ import annotations

import pyoxigraph
import rdflib
from rdflib.term import Node

from kg.errors import StoreError
from kg.store.base import Term


def to_rdflib(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """The rdflib form of a term, literals as they are written; StoreError for a triple term."""
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype == _STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise StoreError(f"rdflib cannot hold the triple term {str(term)!r}; use the Oxigraph store")


def from_rdflib(node: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """The pyoxigraph form of an rdflib term; StoreError for what RDF does not know."""
    if isinstance(node, rdflib.URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return pyoxigraph.BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return pyoxigraph.Literal(str(node), language=node.language)
        if node.datatype is None:
            return pyoxigraph.Literal(str(node))
        return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(node.datatype)))
    raise StoreError(f"{node!r} is no RDF term")


_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")
