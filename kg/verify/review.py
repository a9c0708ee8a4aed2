"""The checks of the review graph beside the others: what decisions are about, and what claims carry of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.rdf import vocab
from kg.rdf.namespaces import Namespaces
from kg.verify.problem import Nodes, Problem, ProblemKind, name_of, nodes_of, text_of

_STATUS = {"accept": vocab.ACCEPTED, "reject": vocab.REJECTED}


def check_review(graphs: Mapping[str, list[Quad]], namespaces: Namespaces, entities: Nodes) -> Iterator[Problem]:
    """Decisions about what is not there, and claims whose review status does not follow from the decisions."""
    graph = namespaces.review_graph.value
    decisions = nodes_of(graphs.get(graph, ()))
    claims: dict[str, str] = {}
    found: set[tuple[str, NamedNode]] = set()
    for name, quads in graphs.items():
        if namespaces.article_key(name) is None:
            continue
        for quad in quads:
            if quad.predicate == vocab.RDF_TYPE and quad.object == vocab.CLAIM:
                claims[name_of(quad.subject)] = name
            if quad.predicate == vocab.REVIEW_STATUS and isinstance(quad.object, NamedNode):
                found.add((name_of(quad.subject), quad.object))
    expected: dict[tuple[str, NamedNode], set[str]] = defaultdict(set)
    for subject, node in decisions.items():
        status = _STATUS.get(text_of(node, vocab.DECIDES))
        for value in node.get(vocab.ON_CLAIM.value, ()):
            claim = name_of(value)
            if claim not in claims:
                yield _problem(graph, subject, f"'kg:onClaim': {claim!r} is no claim of an article graph")
            elif status is not None:
                expected[claim, status].add(subject)
        for predicate in (vocab.ON_ENTITY, vocab.OTHER_ENTITY):
            for value in node.get(predicate.value, ()):
                if name_of(value) not in entities:
                    message = f"{str(predicate)!r}: {name_of(value)!r} is no entity of the entities graph"
                    yield _problem(graph, subject, message)
    for claim, status in sorted(found - expected.keys(), key=str):
        message = f"'kg:reviewStatus' is {str(status)!r}, but no decision in force says so"
        yield Problem(ProblemKind.REFERENCE, claims.get(claim, graph), claim, message)
    for claim, status in sorted(expected.keys() - found, key=str):
        by = ", ".join(sorted(expected[claim, status]))
        message = f"'kg:reviewStatus' should be {str(status)!r}, for {by} is in force"
        yield Problem(ProblemKind.REFERENCE, claims[claim], claim, message)


def _problem(graph: str, subject: str, message: str) -> Problem:
    return Problem(ProblemKind.REFERENCE, graph, subject, message)
