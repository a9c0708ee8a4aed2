from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.model import EntityType
from kg.ontology import Ontology, load_ontology, read_triples
from kg.rdf import vocab
from kg.rdf.namespaces import KG

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"

RELATIONS = {
    "accuses": ("Accusation", (), True),
    "appearedOn": ("Appearance", (), False),
    "criticizes": ("Criticism", (), False),
    "denies": ("Denial", (), True),
    "holdsPosition": ("PositionHolding", ("P39",), False),
    "memberOf": ("Membership", ("P102", "P463"), False),
    "supports": ("Support", (), False),
    "worksFor": ("Employment", ("P108",), False),
    "heads": ("Leadership", (), False),
    "resignedFrom": ("Resignation", (), True),
    "suspendedFrom": ("Suspension", (), True),
    "expelledFrom": ("Expulsion", (), True),
    "chargedWith": ("LegalCharge", (), True),
    "investigatedFor": ("Investigation", (), True),
    "suedBy": ("Lawsuit", (), True),
    "clearedOf": ("Clearance", (), True),
    "metWith": ("Meeting", (), False),
    "interviewedBy": ("Interview", (), False),
    "apologizesTo": ("Apology", (), True),
    "retracts": ("Retraction", (), True),
    "spouseOf": ("Marriage", ("P26",), False),
    "childOf": ("Parentage", ("P22", "P25"), False),
    "educatedAt": ("Education", ("P69",), False),
}

HEADER = """
@prefix kg: <https://w3id.org/public-figures-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/public-figures-kg/ontology> a owl:Ontology ; owl:versionInfo "9" .
kg:Person rdfs:subClassOf kg:Agent .
kg:Admiration rdfs:subClassOf kg:Claim .
"""
ADMIRES = (
    'kg:admires a kg:Relation ; rdfs:label "admires" ; rdfs:comment "An article says so." ; '
    "rdfs:domain kg:Agent ; rdfs:range kg:Person ; kg:claimClass kg:Admiration ; kg:objectOptional false ."
)


def properties(folder: Path) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in read_triples(folder):
        found[triple.subject.value][triple.predicate.value].append(triple.object.value)
    return found


def test_the_relations(ontology: Ontology) -> None:
    found = {r.name: (r.claim_class.removeprefix(KG), r.wikidata, r.object_optional) for r in ontology.relations}
    assert found == RELATIONS
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_domain_and_range_admit_entity_types(ontology: Ontology, name: str) -> None:
    relation = ontology.relation(name)
    assert EntityType.PERSON in relation.domain_types
    assert relation.range_types
    assert EntityType.OTHER not in relation.range_types


def test_ranges(ontology: Ontology) -> None:
    assert ontology.relation("holdsPosition").range_types == (EntityType.POSITION,)
    assert ontology.relation("appearedOn").range_types == (EntityType.OUTLET,)
    assert EntityType.PARTY in ontology.relation("memberOf").range_types
    assert EntityType.PERSON not in ontology.relation("worksFor").range_types
    assert ontology.relation("accuses").range_types == ontology.relation("accuses").domain_types


@pytest.mark.parametrize("name", ["accuses", "criticizes", "supports", "denies", "apologizesTo", "retracts"])
def test_a_speech_act_says_that_it_is_one(ontology: Ontology, name: str) -> None:
    assert "reported speech act: it never says that" in ontology.relation(name).comment


@pytest.mark.parametrize("name", ["chargedWith", "investigatedFor", "suedBy"])
def test_a_legal_step_says_that_it_is_one(ontology: Ontology, name: str) -> None:
    assert "legal step: it never says that" in ontology.relation(name).comment


def test_one_resigns_from_bodies_and_offices(ontology: Ontology) -> None:
    types = ontology.relation("resignedFrom").range_types
    assert set(types) == {EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.POSITION}


def test_every_own_property_has_label_comment_domain_and_range(ontology_folder: Path) -> None:
    for iri, row in properties(ontology_folder).items():
        types = row[vocab.RDF_TYPE.value]
        if iri.startswith(KG) and any(kind.startswith(OWL) and kind.endswith("Property") for kind in types):
            for name in ("label", "comment", "domain", "range"):
                assert len(row[RDFS + name]) == 1, (iri, name)


def test_every_own_term_has_label_and_comment(ontology_folder: Path) -> None:
    for iri, row in properties(ontology_folder).items():
        if iri.startswith(KG):
            assert [len(row[RDFS + name]) for name in ("label", "comment")] == [1, 1], iri
            assert row[RDFS + "comment"][0].endswith(".")


def test_every_own_term_that_is_used_is_defined(ontology_folder: Path) -> None:
    defined = properties(ontology_folder).keys()
    used = {
        term.value
        for triple in read_triples(ontology_folder)
        for term in (triple.predicate, triple.object)
        if hasattr(term, "value") and term.value.startswith(KG)
    }
    assert used <= set(defined)


def test_the_shapes_use_defined_terms_only_and_know_every_relation(ontology_folder: Path, ontology: Ontology) -> None:
    quads = list(parse(path=ontology_folder / "shapes.ttl", format=RdfFormat.TURTLE))
    terms = {t.value for q in quads for t in (q.predicate, q.object) if getattr(t, "value", "").startswith(KG)}
    assert {t for t in terms if not t.endswith("Shape")} <= set(properties(ontology_folder))
    assert {term for r in ontology.relations for term in (r.iri, r.claim_class)} <= terms


def test_every_class_and_property_of_the_model_document_is_defined(ontology_folder: Path) -> None:
    text = (ontology_folder.parent / "docs" / "rdf-model.md").read_text(encoding="utf-8")
    terms = {KG + name for name in re.findall(r"\bkg:(\w+)", text)}
    assert len(terms) > 40
    assert terms <= set(properties(ontology_folder))


def test_the_header_names_version_and_licence(ontology_folder: Path, ontology: Ontology) -> None:
    (header,) = [row for row in properties(ontology_folder).values() if OWL + "Ontology" in row[vocab.RDF_TYPE.value]]
    assert header[OWL + "versionInfo"] == [ontology.version]
    assert header["http://purl.org/dc/terms/license"] == ["https://www.apache.org/licenses/LICENSE-2.0"]


def test_every_entity_type_has_a_class(ontology_folder: Path) -> None:
    found = properties(ontology_folder)
    assert all(found[vocab.ENTITY_CLASSES[kind].value][vocab.RDF_TYPE.value] == [OWL + "Class"] for kind in EntityType)


def test_an_unknown_relation_says_what_to_add(ontology: Ontology) -> None:
    with pytest.raises(OntologyError, match=r"no relation 'admires' \(it has accuses, .*add kg:admires"):
        ontology.relation("admires")


def test_a_relation_of_another_folder(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEADER, encoding="utf-8")
    (tmp_path / "b.ttl").write_text(HEADER + ADMIRES, encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text("not Turtle, and not read", encoding="utf-8")
    ontology = load_ontology(tmp_path)
    assert ontology.version == "9"
    assert ontology.relation("admires").domain_types == (EntityType.PERSON,)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("a kg:Relation", "a owl:Thing"), "no relation found"),
        (("kg:objectOptional false", "kg:objectOptional 3"), "kg:objectOptional of .*admires' is '3'"),
        ((" ; kg:objectOptional false", ""), "has 0 values of .*objectOptional"),
        ((' ; rdfs:label "admires"', ""), "has 0 values of .*label"),
        (('rdfs:label "admires"', 'rdfs:label "admires" , "likes"'), "has 2 values of .*label"),
        (("kg:claimClass kg:Admiration", "kg:claimClass kg:Liking"), "Liking', no subclass of kg:Claim"),
        (("rdfs:range kg:Person", "rdfs:range kg:Teapot"), "Teapot' is no class of entities"),
        (("kg:admires", "<https://kettle.example/admires>"), "outside the namespace"),
        (("An article", "An \n article"), r"kg\.ttl: cannot be read as Turtle"),
        ((HEADER.splitlines()[4], ""), "holds 0 ontology versions"),
        (("kg:admires a", "kg:admires rdfs:seeAlso [] ; a"), "a blank node"),
    ],
)
def test_an_incomplete_ontology_is_refused_with_a_reason(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    text = HEADER + ADMIRES
    assert change[0] in text
    (tmp_path / "kg.ttl").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        load_ontology(tmp_path)


def test_a_folder_without_ontology_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"no \.ttl file in"):
        load_ontology(tmp_path)


def test_no_triple_is_read_twice(ontology_folder: Path) -> None:
    triples: list[Triple] = read_triples(ontology_folder)
    assert len(triples) == len(set(triples))
