"""Comparisons to RDF."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge.verdict import Comparison
from kg.rdf import vocab
from kg.rdf.literals import text_literal
from kg.rdf.namespaces import Namespaces, wikidata_entity


def comparison_quads(comparisons: Iterable[Comparison], namespaces: Namespaces) -> list[Quad]:
    """The quads of the comparison graph; the article's confidence in the claim stays on the claim."""
    graph = namespaces.comparison_graph
    quads: list[Quad] = []
    for comparison in comparisons:
        claim = NamedNode(comparison.node)
        node = namespaces.comparison(claim)
        pairs: list[tuple[NamedNode, NamedNode | Literal | None]] = [
            (vocab.RDF_TYPE, vocab.COMPARISON),
            (vocab.COMPARED_CLAIM, claim),
            (vocab.VERDICT, vocab.VERDICTS[comparison.verdict.value]),
            (vocab.COMPARED_ITEM, namespaces.entity(comparison.item)),
            (vocab.COMPARED_PROPERTY, wikidata_entity(comparison.property)),
            (
                vocab.COMPARED_STATEMENT,
                None if comparison.statement_iri is None else NamedNode(comparison.statement_iri),
            ),
            (vocab.REASON, text_literal(comparison.reason)),
        ]
        quads += [Quad(node, predicate, value, graph) for predicate, value in pairs if value is not None]
    return quads
