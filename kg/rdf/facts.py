"""Direct triples, derived from claims."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.model import Modality, Polarity
from kg.rdf import vocab
from kg.rdf.namespaces import Namespaces

_WANTED = {node.value for node in (vocab.SUBJECT, vocab.PREDICATE, vocab.OBJECT, vocab.POLARITY, vocab.MODALITY)}
_MODALITIES = {vocab.MODALITIES[modality].value for modality in (Modality.ASSERTED, Modality.REPORTED)}
_POSITIVE = vocab.POLARITIES[Polarity.POSITIVE].value


def fact_quads(claim_quads: Iterable[Quad], namespaces: Namespaces) -> list[Quad]:
    """The quads of the facts graph that the claims in `claim_quads` support, sorted, each once.

    A claim counts if it has an object, is positive, is asserted or reported, and was not rejected by people; other
    quads are ignored.
    """
    claims: dict[str, dict[str, str]] = {}
    rejected: set[str] = set()
    for quad in claim_quads:
        predicate = quad.predicate.value
        if predicate in _WANTED and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            claims.setdefault(quad.subject.value, {})[predicate] = quad.object.value
        elif quad.predicate == vocab.REVIEW_STATUS and quad.object == vocab.REJECTED:
            rejected.add(getattr(quad.subject, "value", ""))
    facts = {
        (claim[vocab.SUBJECT.value], claim[vocab.PREDICATE.value], claim[vocab.OBJECT.value])
        for node, claim in claims.items()
        if node not in rejected
        and len(claim) == len(_WANTED)
        and claim[vocab.POLARITY.value] == _POSITIVE
        and claim[vocab.MODALITY.value] in _MODALITIES
    }
    graph = namespaces.facts_graph
    return [Quad(NamedNode(s), NamedNode(p), NamedNode(o), graph) for s, p, o in sorted(facts)]
