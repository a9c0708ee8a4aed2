"""A whole dataset with Wikidata's statements and the comparison: written, verified, and spoilt in every way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from merge_cast import CAST, OFFICE, PARTY, PERSON, QID, gazetteer
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.merge.compare import compare_all
from kg.merge.comparison_graph import comparison_quads
from kg.merge.statements import wikidata_quads
from kg.merge.verdict import Comparison, Verdict
from kg.model import Annotation, Article, Claim, Entity, LocalEntity, Modality, PartialDate, Polarity, Resolution, Span
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import WD, Namespaces, vocabulary
from kg.rdf.shacl import load_shapes, violations
from kg.rdf.terms import article_quads, entity_quads, ontology_quads
from kg.rdf.trig import read_trig, serialise_trig
from kg.store.oxigraph import memory_oxigraph
from kg.verify import Problem, verify

NAMES = ("Ada Example", "Bruno Placeholder", "Lantern Party", "Harbour League", "Mayor of Quayside", "Egon Nameless")
LOCAL = {name: f"e{number}" for number, name in enumerate(NAMES, start=1)}
KINDS = {"Mayor of Quayside": OFFICE, "Lantern Party": PARTY, "Harbour League": PARTY}
WIKIDATA = {
    "Ada Example": [
        {"P102": "Lantern Party", "from": "2010", "to": "2018", "rank": "preferred"},
        {"P102": "Harbour League", "rank": "deprecated"},
        {"P39": "Mayor of Quayside", "from": "2012-05"},
        {"P569": "julian 1751-09-02"},
        {"P26": "?"},
        {"P40": "-"},
    ],
    "Bruno Placeholder": [{"P102": "Northern Lantern Party"}],
}
TEXT = "Ada Example, Bruno Placeholder and Egon Nameless met."


def claim(relation: str, subject: str, target: str, start: int, **more: object) -> Claim:
    made = Claim(relation, LOCAL[subject], LOCAL[target], Span(start, start + 3), 0, f"{relation}:test", 0.8)
    return replace(made, **more)  # type: ignore[arg-type]


CLAIMS = (
    claim("memberOf", "Ada Example", "Lantern Party", 0),
    claim("memberOf", "Ada Example", "Lantern Party", 0),
    claim("memberOf", "Ada Example", "Harbour League", 1),
    claim("holdsPosition", "Ada Example", "Mayor of Quayside", 2, qualifiers=(("ended", "true"),)),
    claim("spouseOf", "Bruno Placeholder", "Ada Example", 3),
    claim("spouseOf", "Ada Example", "Bruno Placeholder", 4),
    claim("memberOf", "Bruno Placeholder", "Lantern Party", 5),
    claim("memberOf", "Egon Nameless", "Lantern Party", 6),
    claim("memberOf", "Ada Example", "Lantern Party", 7, modality=Modality.HYPOTHETICAL),
    claim("criticizes", "Ada Example", "Bruno Placeholder", 8),
    claim("memberOf", "Ada Example", "Harbour League", 9, polarity=Polarity.NEGATIVE),
    claim("spouseOf", "Ada Example", "Egon Nameless", 10),
)
EXPECTED = {
    0: Verdict.AGREES,
    2: Verdict.CONFLICTS,
    3: Verdict.OUT_OF_DATE,
    4: Verdict.ADDS,
    5: Verdict.MORE_PRECISE,
    6: Verdict.AGREES,
    10: Verdict.AGREES,
    11: Verdict.MORE_PRECISE,
}

Dataset = list[Quad]


@pytest.fixture(scope="module")
def annotation() -> Annotation:
    article = Article("tide-1", TEXT, published=PartialDate.parse("2016-04-28"))
    entities = tuple(
        LocalEntity(local, KINDS.get(name, PERSON), name, wikidata=QID.get(name)) for name, local in LOCAL.items()
    )
    return Annotation(article, entities, claims=CLAIMS, sentences=(Span(0, len(TEXT)),), annotator="test")


@pytest.fixture(scope="module")
def resolution(annotation: Annotation) -> Resolution:
    found = []
    for name, local in LOCAL.items():
        qid = QID.get(name)
        kind = KINDS.get(name, PERSON)
        members = ((annotation.article.key, local),)
        found.append(Entity(qid or "person/egon-nameless-0a0b0c0d", kind, name, wikidata=qid, members=members))
    return Resolution(tuple(sorted(found, key=lambda entity: entity.id)))


@pytest.fixture(scope="module")
def compared(
    annotation: Annotation, resolution: Resolution, ontology: Ontology, namespaces: Namespaces
) -> tuple[Comparison, ...]:
    return compare_all([annotation], resolution, gazetteer(WIKIDATA), ontology, namespaces)


@pytest.fixture(scope="module")
def dataset(
    annotation: Annotation,
    resolution: Resolution,
    compared: tuple[Comparison, ...],
    ontology: Ontology,
    ontology_folder: Path,
    namespaces: Namespaces,
) -> Dataset:
    claims = article_quads(annotation, resolution.lookup(), namespaces, ontology)
    return [
        *claims,
        *fact_quads(claims, namespaces),
        *entity_quads(resolution.entities, namespaces),
        *ontology_quads(ontology_folder, namespaces),
        *wikidata_quads(resolution, gazetteer(WIKIDATA), namespaces),
        *comparison_quads(compared, namespaces),
    ]


@pytest.fixture
def check(annotation: Annotation, ontology_folder: Path, namespaces: Namespaces) -> Callable[[Dataset], list[Problem]]:
    texts = {annotation.article.key: annotation.article.text}
    return lambda quads: verify(quads, texts, namespaces, ontology_folder)


def test_each_claim_that_can_be_compared_has_one_verdict(compared: tuple[Comparison, ...]) -> None:
    assert {one.claim: one.verdict for one in compared} == EXPECTED
    assert len({one.node for one in compared}) == len(compared)
    assert {one.confidence for one in compared} == {0.8}
    assert [one.claim for one in compared if one.negative] == [10]


def test_a_comparison_names_where_the_statement_stands_or_would_stand(compared: tuple[Comparison, ...]) -> None:
    by_claim = {one.claim: one for one in compared}
    agreed, added, unknown = by_claim[0], by_claim[4], by_claim[11]
    assert (agreed.item, agreed.property, agreed.value) == (QID["Ada Example"], "P102", QID["Lantern Party"])
    assert agreed.statement_iri == f"{WD}statement/{QID['Ada Example']}-case-0"
    assert (added.item, added.property, added.value) == (QID["Bruno Placeholder"], "P26", QID["Ada Example"])
    assert added.statement is None
    assert added.statement_iri is None
    assert unknown.value is None


def test_a_rejected_claim_is_not_compared(
    annotation: Annotation, resolution: Resolution, ontology: Ontology, namespaces: Namespaces
) -> None:
    known = gazetteer(WIKIDATA)
    rejected = {(annotation.article.key, 3), (annotation.article.key, 0)}
    found = compare_all([annotation], resolution, known, ontology, namespaces, rejected=rejected)
    assert {one.claim for one in found} == EXPECTED.keys() - {0, 3} | {1}


def test_a_whole_dataset_has_no_problem(dataset: Dataset, check: Callable[[Dataset], list[Problem]]) -> None:
    assert check(dataset) == []


def test_no_triple_stands_twice_no_node_is_blank_and_stores_give_back_what_they_got(
    dataset: Dataset, namespaces: Namespaces
) -> None:
    assert len({quad.triple for quad in dataset}) == len(dataset)
    assert not any(isinstance(term, BlankNode) for quad in dataset for term in (quad.subject, quad.object))
    assert set(read_trig(serialise_trig(dataset, namespaces))) == set(dataset)
    store = memory_oxigraph()
    store.load(dataset)
    assert set(store.quads()) == set(dataset)


# What verify finds


def first(dataset: Dataset, graph: NamedNode, predicate: NamedNode, value: object = None) -> Quad:
    return next(q for q in dataset if q.graph_name == graph and q.predicate == predicate and value in (None, q.object))


def replaced(dataset: Dataset, old: Quad, value: NamedNode | Literal) -> Dataset:
    return [q if q != old else Quad(old.subject, old.predicate, value, old.graph_name) for q in dataset]


NOWHERE = NamedNode("https://kettle.example/nowhere")
DECIMAL = vocabulary("xsd", "decimal")


@pytest.mark.parametrize(
    ("predicate", "value", "kinds"),
    [
        (vocab.VERDICT, NamedNode("https://kettle.example/perhaps"), {"shape"}),
        (vocab.COMPARED_CLAIM, NOWHERE, {"reference", "name"}),
        (vocab.COMPARED_ITEM, NamedNode(f"{WD}Q99000013"), {"reference"}),
        (vocab.COMPARED_PROPERTY, NamedNode(f"{WD}P39"), {"reference"}),
        (vocab.COMPARED_PROPERTY, NOWHERE, {"shape", "reference"}),
        (vocab.COMPARED_STATEMENT, NOWHERE, {"reference"}),
        (vocab.REASON, Literal(""), {"shape"}),
    ],
)
def test_a_comparison_that_is_changed_is_named(
    dataset: Dataset,
    check: Callable[[Dataset], list[Problem]],
    namespaces: Namespaces,
    predicate: NamedNode,
    value: NamedNode | Literal,
    kinds: set[str],
) -> None:
    old = first(dataset, namespaces.comparison_graph, predicate)
    problems = check(replaced(dataset, old, value))
    assert {problem.kind.value for problem in problems} == kinds
    assert {problem.graph for problem in problems} == {namespaces.comparison_graph.value}


def test_every_triple_of_the_comparison_graph_is_needed(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces
) -> None:
    node = first(dataset, namespaces.comparison_graph, vocab.VERDICT).subject
    for quad in [q for q in dataset if q.subject == node]:
        assert check([q for q in dataset if q != quad]), quad


def test_a_claim_that_is_compared_twice_is_named(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces
) -> None:
    graph = namespaces.comparison_graph
    node = first(dataset, graph, vocab.VERDICT).subject
    again = [Quad(NOWHERE, q.predicate, q.object, graph) for q in dataset if q.subject == node]
    assert {p.kind.value for p in check([*dataset, *again])} == {"duplicate", "name"}


def test_a_conflict_about_what_is_in_no_knowledge_base_is_named(
    dataset: Dataset,
    compared: tuple[Comparison, ...],
    check: Callable[[Dataset], list[Problem]],
    namespaces: Namespaces,
) -> None:
    unlinked = next(one for one in compared if one.claim == 11)
    node = namespaces.comparison(NamedNode(unlinked.node))
    old = next(q for q in dataset if q.subject == node and q.predicate == vocab.VERDICT)
    (problem,) = check(replaced(dataset, old, vocab.VERDICTS["conflicts"]))
    assert problem.kind == "copy"
    assert "no knowledge base" in problem.message


def test_agreement_with_a_deprecated_statement_is_named(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces
) -> None:
    old = first(dataset, namespaces.comparison_graph, vocab.VERDICT, vocab.VERDICTS["conflicts"])
    (problem,) = check(replaced(dataset, old, vocab.VERDICTS["agrees"]))
    assert "deprecated" in problem.message


@pytest.mark.parametrize(
    ("predicate", "value", "kinds"),
    [
        (vocab.RANK, NOWHERE, {"shape", "fact"}),
        (vocab.RANK, vocab.RANKS["deprecated"], {"fact"}),
        (vocabulary("ps", "P102"), NamedNode(f"{WD}Q99000012"), {"fact"}),
        (vocabulary("wdt", "P102"), NamedNode(f"{WD}Q99000012"), {"fact"}),
        (vocabulary("p", "P39"), NOWHERE, {"reference", "fact"}),
        (vocab.TIME_VALUE, Literal("soon"), {"shape"}),
        (vocab.TIME_PRECISION, Literal(15), {"shape"}),
        (vocabulary("pqv", "P580"), NOWHERE, {"reference"}),
    ],
)
def test_a_statement_that_is_changed_is_named(
    dataset: Dataset,
    check: Callable[[Dataset], list[Problem]],
    namespaces: Namespaces,
    predicate: NamedNode,
    value: NamedNode | Literal,
    kinds: set[str],
) -> None:
    old = first(dataset, namespaces.wikidata_graph, predicate)
    problems = check(replaced(dataset, old, value))
    assert kinds <= {problem.kind.value for problem in problems}


@pytest.mark.parametrize(
    "predicate", [vocab.BEST_RANK, vocabulary("wdno", "P40"), vocab.STATEMENT, vocab.UNKNOWN_VALUE]
)
def test_a_type_that_is_missing_is_named(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces, predicate: NamedNode
) -> None:
    old = first(dataset, namespaces.wikidata_graph, vocab.RDF_TYPE, predicate)
    assert check([q for q in dataset if q != old])


def test_a_large_graph_is_shaped_some_nodes_at_a_time(
    dataset: Dataset,
    check: Callable[[Dataset], list[Problem]],
    namespaces: Namespaces,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.verify.dataset._BATCH", 10)
    assert check(dataset) == []
    old = [q for q in dataset if q.predicate == vocab.TIME_PRECISION][-1]
    (problem,) = check(replaced(dataset, old, Literal(15)))
    assert (problem.kind, problem.graph) == ("shape", namespaces.wikidata_graph.value)


def test_a_statement_of_a_table_that_passes_for_wikidatas_is_named(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces
) -> None:
    graph = namespaces.wikidata_graph
    node = first(dataset, graph, vocab.RANK).subject
    from_index = Quad(node, vocab.FROM_INDEX, Literal(True), graph)
    assert [p.kind.value for p in check([*dataset, from_index])] == ["name"]


def test_a_label_of_an_entity_in_the_wikidata_graph_is_named(
    dataset: Dataset, check: Callable[[Dataset], list[Problem]], namespaces: Namespaces
) -> None:
    extra = Quad(namespaces.entity(QID["Ada Example"]), vocab.LABEL, Literal("Ada"), namespaces.wikidata_graph)
    assert [p.kind.value for p in check([*dataset, extra])] == ["duplicate"]


def test_labels_stand_for_values_that_are_no_entities_and_for_nothing_else(
    dataset: Dataset, namespaces: Namespaces
) -> None:
    labels = {
        q.subject.value: q.object.value
        for q in dataset
        if q.predicate == vocab.LABEL and q.graph_name == namespaces.wikidata_graph
    }
    assert labels == {f"{WD}{QID['Northern Lantern Party']}": CAST["Northern Lantern Party"].label}


def test_the_shapes_of_both_graphs_hold_without_labels(
    dataset: Dataset, ontology_folder: Path, namespaces: Namespaces
) -> None:
    shapes = load_shapes(ontology_folder)
    for graph in (namespaces.wikidata_graph, namespaces.comparison_graph):
        quads = [q for q in dataset if q.graph_name == graph and q.predicate != vocab.LABEL]
        assert quads
        assert violations(quads, shapes) == []
