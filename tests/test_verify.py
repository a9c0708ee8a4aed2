from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple
from rdf_datasets import annotations, resolutions

from kg.model import Annotation, Resolution
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import KG, Namespaces, vocabulary
from kg.rdf.terms import article_quads, entity_quads, ontology_quads
from kg.verify import Problem, verify

Dataset = list[Quad]
Check = Callable[[Dataset], list[Problem]]

OTHER = NamedNode("https://kettle.example/other")
DECIMAL, DATE = vocabulary("xsd", "decimal"), vocabulary("xsd", "date")


def whole(
    annotation: Annotation, resolution: Resolution, namespaces: Namespaces, ontology: Ontology, folder: Path
) -> Dataset:
    quads = article_quads(annotation, resolution.lookup(), namespaces, ontology)
    quads += fact_quads(quads, namespaces)
    return quads + entity_quads(resolution.entities, namespaces) + ontology_quads(folder, namespaces)


@pytest.fixture
def dataset(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    ontology_folder: Path,
) -> Dataset:
    return whole(sample, sample_resolution, namespaces, ontology, ontology_folder)


@pytest.fixture
def check(sample: Annotation, namespaces: Namespaces, ontology_folder: Path) -> Check:
    texts = {sample.article.key: sample.article.text}
    return lambda quads: verify(quads, texts, namespaces, ontology_folder)


def first(dataset: Dataset, predicate: NamedNode, value: object = None) -> Quad:
    return next(q for q in dataset if q.predicate == predicate and value in (None, q.object))


def without(dataset: Dataset, quad: Quad) -> Dataset:
    assert quad in dataset
    return [other for other in dataset if other != quad]


def replaced(dataset: Dataset, quad: Quad, value: object) -> Dataset:
    return [*without(dataset, quad), Quad(quad.subject, quad.predicate, value, quad.graph_name)]


def named(problems: list[Problem], kind: str, quad: Quad, *words: str) -> bool:
    """Whether a problem of this kind names the quad's graph, its subject and all of `words`."""
    return any(
        (p.kind, p.graph, p.subject) == (kind, quad.graph_name.value, quad.subject.value)
        and all(word in p.message for word in words)
        for p in problems
    )


def test_a_whole_dataset_has_no_problem(dataset: Dataset, check: Check) -> None:
    assert check(dataset) == []


@settings(max_examples=15)
@given(st.data())
def test_whatever_is_written_has_no_problem(
    namespaces: Namespaces, ontology: Ontology, ontology_folder: Path, data: st.DataObject
) -> None:
    annotation = data.draw(annotations(ontology))
    resolution = data.draw(resolutions(annotation))
    quads = whole(annotation, resolution, namespaces, ontology, ontology_folder)
    texts = {annotation.article.key: annotation.article.text}
    assert verify(quads, texts, namespaces, ontology_folder) == []


@pytest.mark.parametrize("predicate", [vocab.EXACT, vocab.PREFIX, vocab.SUFFIX, vocab.SENTENCE_TEXT])
def test_changed_words_are_named(dataset: Dataset, check: Check, predicate: NamedNode) -> None:
    quad = first(dataset, predicate)
    problems = check(replaced(dataset, quad, Literal("coffee")))
    assert named(problems, "evidence", quad, "'coffee'")
    assert len(problems) == 1


@pytest.mark.parametrize("predicate", [vocab.PREFIX, vocab.SUFFIX, vocab.SENTENCE_TEXT])
def test_missing_words_are_named(dataset: Dataset, check: Check, predicate: NamedNode) -> None:
    quad = first(dataset, predicate)
    assert named(check(without(dataset, quad)), "evidence", quad, "''")


@pytest.mark.parametrize(("predicate", "value"), [(vocab.START, 0), (vocab.END, 30), (vocab.END, 9999)])
def test_moved_offsets_are_named(dataset: Dataset, check: Check, predicate: NamedNode, value: int) -> None:
    quad = next(q for q in dataset if q.predicate == predicate and q.object.value not in ("0", "30"))
    problems = check(replaced(dataset, quad, Literal(value)))
    assert named(problems, "evidence", quad, str(value))


def test_an_article_whose_text_is_not_given_is_named(
    dataset: Dataset, sample: Annotation, namespaces: Namespaces, ontology_folder: Path
) -> None:
    (problem,) = verify(dataset, {}, namespaces, ontology_folder)
    assert (problem.kind, problem.subject) == ("evidence", namespaces.article(sample.article.key).value)


def test_a_sentence_text_from_elsewhere_in_the_article_is_named(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.SENTENCE_TEXT)
    other = next(q.object for q in dataset if q.predicate == vocab.SENTENCE_TEXT and q.object != quad.object)
    assert named(check(replaced(dataset, quad, other)), "evidence", quad, str(other.value))


def test_a_triple_in_two_graphs_is_named(dataset: Dataset, check: Check, namespaces: Namespaces) -> None:
    quad = first(dataset, vocab.LABEL)
    copy = Quad(quad.subject, quad.predicate, quad.object, namespaces.comparison_graph)
    problems = [problem for problem in check([*dataset, copy]) if problem.kind == "duplicate"]
    assert len(problems) == 1
    assert str(quad.triple) in problems[0].message
    place = problems[0].graph + problems[0].message
    assert quad.graph_name.value in place
    assert namespaces.comparison_graph.value in place


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (vocab.CONFIDENCE, Literal("1.5", datatype=DECIMAL)),
        (vocab.POLARITY, OTHER),
        (vocab.QUOTATION_KIND, Literal("loud")),
        (vocab.LINK_SCORE, Literal("2", datatype=DECIMAL)),
    ],
)
def test_a_value_that_breaks_a_shape_is_named(
    dataset: Dataset, check: Check, predicate: NamedNode, value: Literal | NamedNode
) -> None:
    quad = first(dataset, predicate)
    problems = check(replaced(dataset, quad, value))
    assert named(problems, "shape", quad, predicate.value, value.value)


def test_a_missing_value_is_named(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.EXTRACTOR)
    (problem,) = check(without(dataset, quad))
    assert named([problem], "shape", quad, vocab.EXTRACTOR.value)


def test_a_missing_fact_is_named(dataset: Dataset, check: Check, namespaces: Namespaces) -> None:
    quad = next(q for q in dataset if q.graph_name == namespaces.facts_graph)
    (problem,) = check(without(dataset, quad))
    assert named([problem], "fact", quad, str(quad.triple), "is missing")


def test_a_fact_that_no_claim_supports_is_named(dataset: Dataset, check: Check, namespaces: Namespaces) -> None:
    fact = next(q for q in dataset if q.graph_name == namespaces.facts_graph)
    extra = Quad(fact.subject, NamedNode(KG + "denies"), fact.object, fact.graph_name)
    (problem,) = check([*dataset, extra])
    assert named([problem], "fact", extra, str(extra.triple), "no claim supports it")


def test_a_claim_turned_around_is_noticed(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.POLARITY)
    problems = check(replaced(dataset, quad, NamedNode(KG + "negative")))
    assert [p.kind for p in problems] == ["fact"]


@pytest.mark.parametrize(
    "predicate",
    [
        vocab.SUBJECT,
        vocab.OBJECT,
        vocab.ATTRIBUTED_TO,
        vocab.REPORTED_BY,
        vocab.PUBLISHER,
        vocab.SPEAKER,
        vocab.MENTION_OF,
        vocab.ABOUT,
        vocab.HAS_TARGET,
        vocab.HAS_SOURCE,
        vocab.WAS_GENERATED_BY,
        vocab.USED,
        vocab.QUALIFIER,
        vocab.WAS_ASSOCIATED_WITH,
    ],
)
def test_a_reference_that_leads_nowhere_is_named(dataset: Dataset, check: Check, predicate: NamedNode) -> None:
    quad = first(dataset, predicate)
    assert named(check(replaced(dataset, quad, OTHER)), "reference", quad, predicate.value, OTHER.value)


def test_an_entity_that_is_gone_is_named_by_all_that_point_at_it(
    dataset: Dataset, check: Check, namespaces: Namespaces
) -> None:
    gone = namespaces.entity("person/basil-thornapple-4e5f6071")
    problems = check([quad for quad in dataset if quad.subject != gone])
    pointing = [quad for quad in dataset if quad.object == gone and quad.graph_name != namespaces.facts_graph]
    assert pointing
    assert all(named(problems, "reference", quad, gone.value) for quad in pointing)


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (vocab.CLAIM_KEY, Literal("0123456789abcdef")),
        (vocab.ANNOTATOR, Literal("other")),
        (vocab.VERSION, Literal("9.9.9")),
        (vocab.WIKIDATA_ID, Literal("Q99999999909")),
    ],
)
def test_an_iri_that_no_longer_fits_is_named(
    dataset: Dataset, check: Check, predicate: NamedNode, value: Literal
) -> None:
    quad = first(dataset, predicate)
    (problem,) = check(replaced(dataset, quad, value))
    assert named([problem], "name", quad, value.value)


def test_a_changed_qualifier_is_named(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.QUALIFIER_VALUE)
    (problem,) = check(replaced(dataset, quad, Literal("debate")))
    assert named([problem], "name", quad, "'debate'")


def test_a_claim_with_another_date_than_its_article_is_named(dataset: Dataset, check: Check) -> None:
    key = first(dataset, vocab.CLAIM_KEY)
    quad = next(q for q in dataset if q.subject == key.subject and q.predicate == vocab.DATE_PUBLISHED)
    (problem,) = check(replaced(dataset, quad, Literal("1999-01-01", datatype=DATE)))
    assert named([problem], "copy", quad, "1999-01-01", "2031-02-01")


def test_a_claim_without_its_outlet_is_named(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.REPORTED_BY)
    (problem,) = check(without(dataset, quad))
    assert named([problem], "copy", quad, "Q99999999902")


def test_a_node_of_no_class_is_named(dataset: Dataset, check: Check, namespaces: Namespaces) -> None:
    for graph in (first(dataset, vocab.CLAIM_KEY).graph_name, namespaces.entities_graph):
        stray = Quad(OTHER, OTHER, Literal("x"), graph)
        (problem,) = check([*dataset, stray])
        assert named([problem], "graph", stray, OTHER.value)


@pytest.mark.parametrize("graph", [OTHER, DefaultGraph()])
def test_a_triple_outside_the_models_graphs_is_named(
    dataset: Dataset, check: Check, graph: NamedNode | DefaultGraph
) -> None:
    (problem,) = check([*dataset, Quad(OTHER, OTHER, OTHER, graph)])
    assert (problem.kind, problem.graph) == ("graph", OTHER.value if graph == OTHER else "")


def test_a_changed_ontology_is_named(dataset: Dataset, check: Check, namespaces: Namespaces) -> None:
    quad = next(q for q in dataset if q.graph_name == namespaces.ontology_graph and q.predicate == vocab.LABEL)
    problems = check(replaced(dataset, quad, Literal("tea")))
    assert [p.kind for p in problems] == ["ontology", "ontology"]
    assert named(problems, "ontology", quad, '"tea"')
    assert named(problems, "ontology", quad, str(quad.object))


def test_an_empty_dataset_lacks_its_ontology(check: Check) -> None:
    assert [problem.kind for problem in check([])] == ["ontology"]


def test_a_term_that_rdf_1_1_does_not_have_is_a_problem_and_no_crash(dataset: Dataset, check: Check) -> None:
    quad = first(dataset, vocab.SUBJECT)
    problems = check(replaced(dataset, quad, Triple(OTHER, OTHER, OTHER)))
    assert named(problems, "shape", quad, vocab.SUBJECT.value)


def test_every_single_removed_triple_of_claims_and_targets_is_noticed(dataset: Dataset, check: Check) -> None:
    """Of the optional properties, those that nothing else repeats can go unnoticed."""
    quiet = {
        vocab.DETAIL,
        vocab.ATTRIBUTED_TO,
        vocab.ABOUT,
        vocab.SENTENCE,
        vocab.DATE_PRECISION,
        vocab.QUALIFIER,
    }
    claim = next(q.subject for q in dataset if q.predicate == vocab.ABOUT)
    target = next(q.object for q in dataset if q.subject == claim and q.predicate == vocab.HAS_TARGET)
    for quad in [q for q in dataset if q.subject in (claim, target) and q.predicate not in quiet]:
        problems = check(without(dataset, quad))
        assert quad.subject.value in {problem.subject for problem in problems}, quad


def test_progress_ends_with_all_graphs(
    dataset: Dataset, sample: Annotation, namespaces: Namespaces, ontology_folder: Path
) -> None:
    seen: list[tuple[int, int]] = []
    texts = {sample.article.key: sample.article.text}
    verify(dataset, texts, namespaces, ontology_folder, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_problems_come_sorted_and_in_the_same_order(dataset: Dataset, check: Check) -> None:
    broken = [quad for quad in dataset if quad.predicate not in (vocab.EXACT, vocab.MODALITY, vocab.LABEL)]
    assert check(broken) == sorted(check(broken[::-1]))
