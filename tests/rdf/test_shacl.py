from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdf_datasets import annotations, resolutions

from kg.errors import OntologyError
from kg.model import Annotation, Resolution
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.namespaces import KG, Namespaces, vocabulary
from kg.rdf.shacl import load_shapes, violations
from kg.rdf.terms import article_quads, entity_quads

DECIMAL, INTEGER, DATE = (vocabulary("xsd", name) for name in ("decimal", "integer", "date"))
OTHER = NamedNode("https://kettle.example/other")


@pytest.fixture
def article(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology
) -> list[Quad]:
    return article_quads(sample, sample_resolution.lookup(), namespaces, ontology)


@pytest.fixture
def entities(sample_resolution: Resolution, namespaces: Namespaces) -> list[Quad]:
    return entity_quads(sample_resolution.entities, namespaces)


def changed(quads: list[Quad], predicate: NamedNode, value: object) -> tuple[NamedNode, list[Quad]]:
    """The subject of the first value of `predicate`, and the quads with that value replaced or removed."""
    place = next(number for number, quad in enumerate(quads) if quad.predicate == predicate)
    old = quads[place]
    new = [] if value is None else [Quad(old.subject, old.predicate, value, old.graph_name)]
    return old.subject, [*quads[:place], *new, *quads[place + 1 :]]


def test_the_sample_conforms(article: list[Quad], entities: list[Quad], ontology_folder: Path) -> None:
    shapes = load_shapes(ontology_folder)
    assert violations(article, shapes) == []
    assert violations(entities, shapes) == []


@settings(max_examples=20)
@given(st.data())
def test_whatever_is_written_conforms(
    ontology: Ontology, ontology_folder: Path, namespaces: Namespaces, data: st.DataObject
) -> None:
    shapes = load_shapes(ontology_folder)
    annotation = data.draw(annotations(ontology))
    resolution = data.draw(resolutions(annotation))
    assert violations(article_quads(annotation, resolution.lookup(), namespaces, ontology), shapes) == []
    assert violations(entity_quads(resolution.entities, namespaces), shapes) == []


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (vocab.ARTICLE_ID, None),
        (vocab.DATE_PRECISION, Literal(12)),
        (vocab.DATE_PUBLISHED, Literal("soon", datatype=DATE)),
        (vocab.DATE_PUBLISHED, Literal("2031-02-01")),
        (vocab.LATEST_DATE, Literal("2030-02-01", datatype=DATE)),
        (vocab.URL, Literal("https://kettle.example/")),
        (vocab.CLAIM_KEY, None),
        (vocab.CLAIM_KEY, Literal("x")),
        (vocab.SUBJECT, None),
        (vocab.SUBJECT, Literal("Orla")),
        (vocab.PREDICATE, None),
        (vocab.PREDICATE, NamedNode(KG + "accuses")),
        (vocab.OBJECT, None),
        (vocab.POLARITY, None),
        (vocab.POLARITY, NamedNode(KG + "asserted")),
        (vocab.MODALITY, None),
        (vocab.MODALITY, Literal("asserted")),
        (vocab.CONFIDENCE, None),
        (vocab.CONFIDENCE, Literal("1.01", datatype=DECIMAL)),
        (vocab.CONFIDENCE, Literal("-0.1", datatype=DECIMAL)),
        (vocab.CONFIDENCE, Literal("much", datatype=DECIMAL)),
        (vocab.CONFIDENCE, Literal("0.9")),
        (vocab.EXTRACTOR, None),
        (vocab.WAS_GENERATED_BY, None),
        (vocab.HAS_TARGET, None),
        (vocab.HAS_SOURCE, None),
        (vocab.START, None),
        (vocab.START, Literal(100000)),
        (vocab.START, Literal("-1", datatype=INTEGER)),
        (vocab.END, None),
        (vocab.END, Literal(0)),
        (vocab.EXACT, None),
        (vocab.EXACT, Literal("")),
        (vocab.SUFFIX, Literal("x" * 33)),
        (vocab.SENTENCE, Literal("first")),
        (vocab.QUOTATION_KIND, Literal("loud")),
        (vocab.MENTION_OF, None),
        (vocab.MENTION_KIND, Literal("pronoun")),
        (vocab.QUALIFIER_NAME, None),
        (vocab.QUALIFIER_VALUE, None),
        (vocab.USED, None),
        (vocab.VERSION, None),
    ],
)
def test_a_broken_value_in_an_article_graph_is_named(
    article: list[Quad], ontology_folder: Path, predicate: NamedNode, value: Literal | NamedNode | None
) -> None:
    subject, broken = changed(article, predicate, value)
    found = violations(broken, load_shapes(ontology_folder))
    assert subject.value in {violation.focus for violation in found}
    if value is not None and predicate not in (vocab.LATEST_DATE, vocab.END, vocab.PREDICATE):
        assert (predicate.value, value.value) in {(v.path, v.value) for v in found}


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (vocab.LABEL, None),
        (vocab.LABEL, Literal("")),
        (vocab.LABEL, Literal("Orla", language="en")),
        (vocab.LINK_SCORE, None),
        (vocab.LINK_SCORE, Literal("7", datatype=DECIMAL)),
        (vocab.WIKIDATA_ID, Literal("99999999901")),
        (vocab.GENDER, Literal("M")),
        (vocab.RDF_TYPE, NamedNode(KG + "Claim")),
    ],
)
def test_a_broken_value_in_the_entities_graph_is_named(
    entities: list[Quad], ontology_folder: Path, predicate: NamedNode, value: Literal | NamedNode | None
) -> None:
    subject, broken = changed(entities, predicate, value)
    found = violations(broken, load_shapes(ontology_folder))
    assert {violation.focus for violation in found} == {subject.value}


@pytest.mark.parametrize("kind", ["Article", "Claim", "Accusation", "Denial", "Qualifier", "Quotation", "Mention"])
def test_a_missing_type_is_named(article: list[Quad], ontology_folder: Path, kind: str) -> None:
    (typed, *_) = [q for q in article if q.predicate == vocab.RDF_TYPE and q.object == NamedNode(KG + kind)]
    found = violations([q for q in article if q != typed], load_shapes(ontology_folder))
    assert typed.subject.value in {violation.focus for violation in found}


def test_a_second_value_is_named(article: list[Quad], ontology_folder: Path) -> None:
    (claim, *_) = [quad for quad in article if quad.predicate == vocab.SUBJECT]
    found = violations([*article, Quad(claim.subject, vocab.SUBJECT, OTHER)], load_shapes(ontology_folder))
    assert [(v.focus, v.path) for v in found] == [(claim.subject.value, vocab.SUBJECT.value)]


def test_an_unknown_property_is_named(article: list[Quad], ontology_folder: Path) -> None:
    (claim, *_) = [quad for quad in article if quad.predicate == vocab.SUBJECT]
    found = violations([*article, Quad(claim.subject, OTHER, OTHER)], load_shapes(ontology_folder))
    assert [(v.focus, v.value) for v in found] == [(claim.subject.value, OTHER.value)]


def test_missing_or_broken_shapes_are_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"shapes\.ttl: cannot be read"):
        load_shapes(tmp_path)
    (tmp_path / "shapes.ttl").write_text("<x:a> <x:b>", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"shapes\.ttl: cannot be read"):
        load_shapes(tmp_path)
