from __future__ import annotations

from dataclasses import replace

import pytest
from export_press import Said, annotate, press, resolve, story

from kg.errors import ExportError
from kg.export.claims import claim_rows
from kg.export.graph import MAX_VALUES, main_parties, project
from kg.rdf.namespaces import Namespaces

OTTOLINE, QUILLON, PEREGRINE, DAGNY, FENWICK = (f"Q99000000{n}" for n in range(1, 6))
BARTOLO = "person/bartolo-nettlefinch-1f00aa02"
ISOLDE = "person/isolde-crabtreen-1f00aa01"
CLAIM = "Ottoline Brackwater accused Quillon Marshferret of sloth"


def accusation(number: int, **known: object) -> object:
    said = Said("accuses", "Ottoline Brackwater", "Quillon Marshferret", CLAIM, **known)
    return annotate(story(f"{CLAIM}.", number=number), said)


def test_an_edge_bundles_the_claims_of_one_relation():
    edge = project(*press()).edges[OTTOLINE, QUILLON, "accuses"]
    assert edge["weight"] == 3
    assert edge["count"] == 3
    assert edge["first_date"] == "2031-03-02"
    assert edge["last_date"] == "2031-04"
    assert edge["confidence"] == 0.96
    assert edge["charges"].split("|") == [
        "running a swindle",
        "running a swindle on every fishing boat in the bay",
        "the missing dues",
    ]
    assert edge["sources"] == "Saltmarsh Courier"
    assert edge["denied"] is True
    assert edge["relation_iri"].endswith("ontology#accuses")


def test_weight_counts_articles_and_count_counts_claims():
    twice = annotate(
        story(f"{CLAIM}. Again: {CLAIM}."),
        *[Said("accuses", "Ottoline Brackwater", "Quillon Marshferret", CLAIM)] * 2,
    )
    edge = project([twice], resolve(twice)).edges[OTTOLINE, QUILLON, "accuses"]
    assert (edge["weight"], edge["count"]) == (1, 2)


def test_negated_hypothetical_and_objectless_claims_are_no_edges():
    graph = project(*press())
    assert not graph.has_edge(BARTOLO, QUILLON)
    assert not graph.has_edge("person/mirabel-quaystone-1f00aa03", FENWICK, "accuses")
    assert all(target for _, target in graph.edges())
    assert {key for _, _, key in graph.edges(keys=True)} == {
        "accuses",
        "criticizes",
        "supports",
        "denies",
        "memberOf",
        "holdsPosition",
        "worksFor",
        "appearedOn",
    }


def test_a_denial_that_names_the_accuser_counts_from_another_article():
    charge = accusation(1)
    text = "Quillon Marshferret rejected what Ottoline Brackwater says."
    answer = annotate(story(text, number=2), Said("denies", "Quillon Marshferret", "Ottoline Brackwater", text))
    for found, denied in (((charge,), False), ((charge, answer), True)):
        edge = project(found, resolve(charge, answer)).edges[OTTOLINE, QUILLON, "accuses"]
        assert edge["denied"] is denied


@pytest.mark.parametrize("change", [{"polarity": "negative"}, {"modality": "hypothetical"}])
def test_no_denial_in_fact_is_no_denial(change):
    text = f"{CLAIM}. Quillon Marshferret did not deny it."
    annotation = annotate(
        story(text),
        Said("accuses", "Ottoline Brackwater", "Quillon Marshferret", CLAIM),
        Said("denies", "Quillon Marshferret", None, "did not deny it", about=0, **change),
    )
    assert project([annotation], resolve(annotation)).edges[OTTOLINE, QUILLON, "accuses"]["denied"] is False


def test_nodes_say_who_they_are():
    nodes = project(*press(), namespaces=Namespaces("https://example.org/kg")).nodes
    assert nodes[OTTOLINE] == {
        "label": "Ottoline Brackwater",
        "type": "Person",
        "qid": OTTOLINE,
        "gender": "female",
        "party": "Lantern Party",
        "party_id": "Q990000011",
        "iri": f"http://www.wikidata.org/entity/{OTTOLINE}",
        "degree": 8,
    }
    assert "qid" not in nodes[BARTOLO]
    assert nodes[BARTOLO]["iri"] == f"https://example.org/kg/entity/{BARTOLO}"


def test_the_party_is_the_one_that_most_articles_name():
    text = "{} is in the {}."

    def belongs(number: int, party: str, times: int = 1) -> object:
        line = text.format("Fenwick Umberleigh", party)
        said = Said("memberOf", "Fenwick Umberleigh", party, line)
        return annotate(story(line, number=number), *[said] * times)

    found = (belongs(1, "Lantern Party", 5), belongs(2, "Harbour League"), belongs(3, "Harbour League"))
    rows = claim_rows(found, resolve(*found))
    assert main_parties(rows) == {FENWICK: "Q990000012"}


def test_isolated_entities_and_chosen_relations():
    annotations, resolution = press()
    only = project(annotations, resolution, relations={"supports"})
    assert {key for _, _, key in only.edges(keys=True)} == {"supports"}
    assert DAGNY in only
    assert PEREGRINE not in only
    everybody = project(annotations, resolution, relations={"supports"}, isolated=True)
    assert set(everybody) == {entity.id for entity in resolution.entities}


def test_order_of_input_and_doubled_articles_do_not_matter():
    annotations, resolution = press()
    one = project(annotations, resolution)
    two = project((*annotations[::-1], annotations[0]), resolution)
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))
    assert list(one) == sorted(one)


def test_values_are_limited_and_hold_no_separator():
    found = tuple(accusation(n, detail=f"sloth|envy   {n}") for n in range(1, MAX_VALUES + 5))
    edge = project(found, resolve(*found)).edges[OTTOLINE, QUILLON, "accuses"]
    assert edge["weight"] == MAX_VALUES + 4
    charges = edge["charges"].split("|")
    assert len(charges) == MAX_VALUES
    assert charges[0] == "sloth/envy 1"


def test_nothing_gives_an_empty_graph():
    assert project((), resolve()).number_of_nodes() == 0


def test_an_entity_that_the_resolution_lacks_is_an_error():
    annotations, resolution = press()
    less = replace(resolution, entities=resolution.entities[1:])
    with pytest.raises(ExportError, match="resolve these annotations again"):
        project(annotations, less)
