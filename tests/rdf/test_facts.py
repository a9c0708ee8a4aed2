from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Quad

from kg.model import Annotation, Modality, Polarity, Resolution
from kg.ontology import Ontology
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import KG, Namespaces
from kg.rdf.terms import article_quads


@pytest.fixture
def facts_of(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology
) -> Callable[..., list[Quad]]:
    def facts(**changes: object) -> list[Quad]:
        claims = (replace(sample.claims[2], **changes),) if changes else sample.claims
        quads = article_quads(replace(sample, claims=claims), sample_resolution.lookup(), namespaces, ontology)
        return fact_quads(quads, namespaces)

    return facts


def test_the_facts_of_the_sample(facts_of: Callable[..., list[Quad]], namespaces: Namespaces) -> None:
    orla, kettle = (NamedNode(f"http://www.wikidata.org/entity/Q{n}") for n in (99999999901, 99999999902))
    thornapple = namespaces.entity("person/basil-thornapple-4e5f6071")
    expected = [
        (orla, "accuses", thornapple),
        (orla, "appearedOn", kettle),
        (orla, "holdsPosition", namespaces.entity("position/treasurer-8293a4b5")),
        (orla, "memberOf", namespaces.entity("party/teapot-party-0a1b2c3d")),
    ]
    graph = namespaces.facts_graph
    assert facts_of() == [Quad(s, NamedNode(KG + p), o, graph) for s, p, o in expected]


@pytest.mark.parametrize(
    ("polarity", "modality", "counts"),
    [
        (Polarity.POSITIVE, Modality.ASSERTED, True),
        (Polarity.POSITIVE, Modality.REPORTED, True),
        (Polarity.POSITIVE, Modality.HYPOTHETICAL, False),
        (Polarity.NEGATIVE, Modality.ASSERTED, False),
        (Polarity.NEGATIVE, Modality.REPORTED, False),
    ],
)
def test_only_positive_claims_that_somebody_makes_become_facts(
    facts_of: Callable[..., list[Quad]], polarity: Polarity, modality: Modality, counts: bool
) -> None:
    assert bool(facts_of(polarity=polarity, modality=modality)) == counts


def test_a_claim_without_object_is_no_fact(facts_of: Callable[..., list[Quad]]) -> None:
    assert facts_of(object=None) == []


def test_a_fact_stands_once_however_many_claims_support_it(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology
) -> None:
    claim = sample.claims[2]
    twice = replace(sample, claims=(claim, replace(claim, confidence=0.1)))
    quads = article_quads(twice, sample_resolution.lookup(), namespaces, ontology)
    assert len(fact_quads(quads, namespaces)) == 1
    assert fact_quads(quads + quads[::-1], namespaces) == fact_quads(quads, namespaces)
