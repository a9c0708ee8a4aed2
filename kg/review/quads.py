"""Reviewers' decisions as RDF (docs/rdf-model.md): their own graph, and the mark on each claim that has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Annotation, Entity, Resolution
from kg.model.decision import PAIR_VERDICTS, Decisions, Verdict
from kg.rdf import vocab
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.literals import text_literal
from kg.rdf.namespaces import Namespaces, vocabulary
from kg.resolve.members import Place
from kg.review.state import Standing, State, standings

_DATE_TIME = vocabulary("xsd", "dateTime")
_STATUS = {Verdict.ACCEPT: vocab.ACCEPTED, Verdict.REJECT: vocab.REJECTED}


def review_quads(
    decisions: Decisions, annotations: Sequence[Annotation], resolution: Resolution, namespaces: Namespaces
) -> list[Quad]:
    """The review graph, and `kg:reviewStatus` of the judged claims in their articles' graphs; each quad once.

    `annotations` are those that the articles' graphs are made of, `resolution` what resolve made of them.
    """
    found = standings(decisions, annotations, namespaces)
    nodes = _claim_nodes(found, annotations, namespaces)
    lookup = resolution.lookup()
    quads: list[Quad] = []
    for standing in found:
        status = _STATUS.get(standing.decision.verdict)
        for article, index in standing.claims:
            if status is not None:
                graph = namespaces.article_graph(article)
                quads.append(Quad(nodes[article, index], vocab.REVIEW_STATUS, status, graph))
        node = namespaces.decision(standing.decision.id)
        standing = replace(standing, state=_state(standing, lookup))
        about: list[tuple[NamedNode, NamedNode]] = [
            *((vocab.ON_CLAIM, nodes[place]) for place in standing.claims),
            *((vocab.ON_ENTITY, namespaces.entity(lookup[place].id)) for place in standing.entities),
            *((vocab.OTHER_ENTITY, namespaces.entity(lookup[place].id)) for place in standing.others),
        ]
        for predicate, value in (*_said(standing, namespaces), *about):
            quads.append(Quad(node, predicate, value, namespaces.review_graph))
    return list(dict.fromkeys(quads))


def _state(standing: Standing, lookup: Mapping[Place, Entity]) -> State:
    """The state, where third ones have not come in the way of a same or a never."""
    verdict = standing.decision.verdict
    if standing.state is State.IN_FORCE and verdict in PAIR_VERDICTS:
        sides = [{lookup[place].id for place in side} for side in (standing.entities, standing.others)]
        obeyed = len(sides[0] | sides[1]) == 1 if verdict is Verdict.SAME else sides[0].isdisjoint(sides[1])
        return State.IN_FORCE if obeyed else State.OVERRULED
    return standing.state


def _said(standing: Standing, namespaces: Namespaces) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    decision = standing.decision
    yield vocab.RDF_TYPE, vocab.DECISION
    yield vocab.DECIDES, text_literal(decision.verdict.value)
    yield vocab.DECISION_STATE, text_literal(standing.state.value)
    yield vocab.REVIEWER, text_literal(decision.reviewer)
    yield vocab.DECIDED_AT, Literal(decision.time, datatype=_DATE_TIME)
    if decision.reason:
        yield vocab.DECISION_REASON, text_literal(decision.reason)
    if decision.claim is not None:
        yield vocab.DECIDED_KEY, text_literal(decision.claim.key)
    if decision.wikidata is not None:
        yield vocab.LINKS_TO, namespaces.entity(decision.wikidata)
    for key in (*decision.entities, *decision.others):
        yield vocab.DECIDED_NAME, text_literal(key.name)


def _claim_nodes(
    found: Sequence[Standing], annotations: Sequence[Annotation], namespaces: Namespaces
) -> dict[tuple[str, int], NamedNode]:
    wanted = {article for standing in found for article, _ in standing.claims}
    if not wanted:
        return {}
    return {
        (key, index): item.node
        for annotation in annotations
        if (key := annotation.article.key) in wanted
        for index, item in enumerate(claim_nodes(annotation, namespaces))
    }
