from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from rdf_datasets import annotations, resolutions

from kg.errors import OntologyError, StoreError
from kg.model import Annotation, Entity, EntityType, PartialDate, Resolution, Span
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import KG, Namespaces
from kg.rdf.terms import article_quads, entity_quads, ontology_quads
from kg.rdf.trig import read_trig, serialise_trig

GOLDEN = Path(__file__).parent / "golden" / "kettle.trig"

Convert = Callable[..., list[Quad]]


@pytest.fixture
def convert(sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology) -> Convert:
    def quads(annotation: Annotation, resolution: Resolution = sample_resolution) -> list[Quad]:
        lookup = resolution.lookup()
        key = annotation.article.key
        lookup |= {(key, local): entity for (_, local), entity in lookup.items()}
        return article_quads(annotation, lookup, namespaces, ontology, version="0.0.0")

    return quads


def values(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> list[str]:
    return [quad.object.value for quad in quads if (quad.subject, quad.predicate) == (subject, predicate)]


def claim_of(quads: list[Quad], relation: str) -> NamedNode:
    (node,) = [q.subject for q in quads if q.predicate == vocab.PREDICATE and q.object == NamedNode(KG + relation)]
    return node


def dataset(
    annotation: Annotation, resolution: Resolution, namespaces: Namespaces, ontology: Ontology, folder: Path
) -> list[Quad]:
    found = article_quads(annotation, resolution.lookup(), namespaces, ontology, version="0.0.0")
    found += fact_quads(found, namespaces)
    found += entity_quads(resolution.entities, namespaces)
    return found + ontology_quads(folder, namespaces)


def test_the_sample_is_written_as_the_golden_file_says(
    convert: Convert,
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    renew_golden: bool,
) -> None:
    quads = convert(sample)
    quads += fact_quads(quads, namespaces) + entity_quads(sample_resolution.entities, namespaces)
    if renew_golden:
        GOLDEN.write_bytes(serialise_trig(quads, namespaces))
    assert set(read_trig(GOLDEN.read_bytes())) == set(quads)


@given(st.data())
def test_any_annotation_comes_back_from_trig_and_from_a_store(
    ontology: Ontology, ontology_folder: Path, namespaces: Namespaces, data: st.DataObject
) -> None:
    annotation = data.draw(annotations(ontology))
    resolution = data.draw(resolutions(annotation))
    quads = dataset(annotation, resolution, namespaces, ontology, ontology_folder)
    assert len(quads) == len(set(quads))
    assert set(read_trig(serialise_trig(quads, namespaces))) == set(quads)
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


@given(st.data())
def test_no_triple_stands_in_two_graphs_and_no_node_is_blank(
    ontology: Ontology, ontology_folder: Path, namespaces: Namespaces, data: st.DataObject
) -> None:
    annotation = data.draw(annotations(ontology))
    quads = dataset(annotation, data.draw(resolutions(annotation)), namespaces, ontology, ontology_folder)
    assert max(Counter(quad.triple for quad in quads).values()) == 1
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


@given(st.data())
def test_the_words_of_every_target_stand_at_its_offsets(
    ontology: Ontology, namespaces: Namespaces, data: st.DataObject
) -> None:
    annotation = data.draw(annotations(ontology))
    text = annotation.article.text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    lookup = data.draw(resolutions(annotation)).lookup()
    nodes: dict[object, dict[NamedNode, str]] = defaultdict(dict)
    for quad in article_quads(annotation, lookup, namespaces, ontology):
        nodes[quad.subject][quad.predicate] = quad.object.value
    for node in nodes.values():
        if vocab.EXACT in node and len(text) == len(annotation.article.text):
            start, end = int(node[vocab.START]), int(node[vocab.END])
            assert text[start:end] == node[vocab.EXACT]
            assert text[:start].endswith(node.get(vocab.PREFIX, ""))
            assert text[end:].startswith(node.get(vocab.SUFFIX, ""))


def test_every_property_of_the_data_is_defined_in_the_ontology(
    convert: Convert,
    sample: Annotation,
    sample_resolution: Resolution,
    ontology_folder: Path,
    namespaces: Namespaces,
) -> None:
    quads = convert(sample) + entity_quads(sample_resolution.entities, namespaces)
    own = {q.predicate for q in quads} | {q.object for q in quads if q.predicate == vocab.RDF_TYPE}
    defined = {quad.subject for quad in ontology_quads(ontology_folder, namespaces)}
    assert {term for term in own if term.value.startswith(KG)} <= defined


def test_equal_claims_are_one_node_and_other_claims_of_one_key_are_two(convert: Convert, sample: Annotation) -> None:
    claim = sample.claims[2]
    again = replace(claim, confidence=0.25)
    quads = convert(replace(sample, claims=(claim, claim, again)))
    nodes = {q.subject for q in quads if q.predicate == vocab.CLAIM_KEY}
    keys = {q.object for q in quads if q.predicate == vocab.CLAIM_KEY}
    assert len(nodes) == 2
    assert len(keys) == 1


def test_a_denial_points_at_the_claim_it_answers(convert: Convert, sample: Annotation) -> None:
    quads = convert(sample)
    assert values(quads, claim_of(quads, "denies"), vocab.ABOUT) == [claim_of(quads, "accuses").value]
    assert values(quads, claim_of(quads, "denies"), vocab.OBJECT) == []


def test_relinking_an_entity_keeps_claims_and_their_keys(
    convert: Convert, sample: Annotation, sample_resolution: Resolution
) -> None:
    moved = Resolution(
        tuple(
            replace(e, id=f"person/x-{number:08x}", wikidata=None)
            for number, e in enumerate(sample_resolution.entities)
        )
    )
    before, after = (
        {(q.subject, q.object) for q in convert(sample, r) if q.predicate == vocab.CLAIM_KEY}
        for r in (sample_resolution, moved)
    )
    assert before == after


def test_a_date_keeps_its_precision(convert: Convert, sample: Annotation, namespaces: Namespaces) -> None:
    for given_date, first, precision, last, on_claim in (
        ("2031", "2031-01-01", "9", ["2031-12-31"], ["9"]),
        ("2031-02", "2031-02-01", "10", ["2031-02-28"], ["10"]),
        ("2031-02-03", "2031-02-03", "11", [], []),
    ):
        dated = replace(sample, article=replace(sample.article, published=PartialDate.parse(given_date)))
        quads = convert(dated)
        article, claim = namespaces.article(dated.article.key), claim_of(quads, "accuses")
        assert values(quads, article, vocab.DATE_PUBLISHED) == [first]
        assert values(quads, article, vocab.DATE_PRECISION) == [precision]
        assert values(quads, article, vocab.LATEST_DATE) == last
        assert values(quads, claim, vocab.DATE_PUBLISHED) == [first]
        assert values(quads, claim, vocab.DATE_PRECISION) == on_claim


def test_what_an_article_does_not_say_is_absent(convert: Convert, sample: Annotation, namespaces: Namespaces) -> None:
    bare = replace(sample, article=replace(sample.article, title=None, published=None, url="no address"))
    quads = convert(bare)
    article = namespaces.article(bare.article.key)
    predicates = {q.predicate for q in quads if q.subject == article}
    assert predicates == {vocab.RDF_TYPE, vocab.ARTICLE_ID, vocab.PUBLISHER}


def test_without_a_resolved_outlet_nobody_publishes(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology
) -> None:
    lookup = sample_resolution.lookup()
    del lookup[sample.article.key, "@outlet"]
    predicates = {q.predicate for q in article_quads(sample, lookup, namespaces, ontology)}
    assert predicates.isdisjoint({vocab.PUBLISHER, vocab.REPORTED_BY})


def test_mentions_are_the_first_of_each_wording_and_no_pronouns(convert: Convert, sample: Annotation) -> None:
    again = replace(sample, mentions=(*sample.mentions, replace(sample.mentions[0], span=Span(7, 19))))
    quads = convert(replace(again, mentions=tuple(sorted(again.mentions))))
    targets = {q.subject for q in quads if q.predicate == vocab.MENTION_OF}
    assert len(targets) == 7
    assert {q.object.value for q in quads if q.predicate == vocab.MENTION_KIND} == {"name"}
    repeated = replace(sample, mentions=tuple(sorted((*sample.mentions, *sample.mentions))))
    assert len([q for q in convert(repeated) if q.predicate == vocab.MENTION_OF]) == 6


def test_data_iris_follow_the_base_and_the_vocabulary_does_not(
    convert: Convert, sample: Annotation, namespaces: Namespaces
) -> None:
    quads = convert(sample)
    assert all(q.subject.value.startswith(namespaces.base) for q in quads)
    assert all(q.graph_name == namespaces.article_graph(sample.article.key) for q in quads)
    assert not any(q.predicate.value.startswith(namespaces.base) for q in quads)


def test_evidence_beyond_the_text_is_refused(convert: Convert, sample: Annotation) -> None:
    beyond = replace(sample.claims[0], evidence=Span(5, len(sample.article.text) + 1))
    with pytest.raises(StoreError, match=r"'kettle-1': the passage 5 to \d+ ends beyond"):
        convert(replace(sample, claims=(beyond,)))


def test_a_confidence_outside_0_to_1_is_refused(convert: Convert, sample: Annotation) -> None:
    with pytest.raises(StoreError, match=r"the confidence of a claim 'accuses' is 1\.5"):
        convert(replace(sample, claims=(replace(sample.claims[2], confidence=1.5),)))


def test_an_unresolved_entity_is_named(
    sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology
) -> None:
    lookup = sample_resolution.lookup()
    del lookup[sample.article.key, "e2"]
    with pytest.raises(StoreError, match="'kettle-1': the local entity 'e2'"):
        article_quads(sample, lookup, namespaces, ontology)


def test_an_entity_that_the_annotation_does_not_list_is_named(convert: Convert, sample: Annotation) -> None:
    with pytest.raises(StoreError, match="local entity 'e2'"):
        convert(replace(sample, entities=sample.entities[:1], claims=sample.claims[2:3]))


def test_a_missing_object_is_refused_where_the_relation_needs_one(convert: Convert, sample: Annotation) -> None:
    with pytest.raises(StoreError, match="a claim 'memberOf' of 'e1' has no object"):
        convert(replace(sample, claims=(replace(sample.claims[0], object=None),)))


def test_an_answer_to_a_claim_that_is_not_there_is_refused(convert: Convert, sample: Annotation) -> None:
    with pytest.raises(StoreError, match="claim number 1 of 1"):
        convert(replace(sample, claims=(replace(sample.claims[2], about=1),)))


def test_an_unknown_relation_says_what_to_add(convert: Convert, sample: Annotation) -> None:
    with pytest.raises(OntologyError, match="add kg:admires as a kg:Relation"):
        convert(replace(sample, claims=(replace(sample.claims[2], relation="admires"),)))


def test_an_entity_whose_link_and_id_disagree_is_refused(namespaces: Namespaces) -> None:
    entity = Entity("person/a-00000000", EntityType.PERSON, "A", wikidata="Q99999999901")
    with pytest.raises(StoreError, match="'person/a-00000000' is linked to 'Q99999999901'"):
        entity_quads([entity], namespaces)


def test_an_alias_that_is_the_name_is_not_repeated(sample_resolution: Resolution, namespaces: Namespaces) -> None:
    quads = entity_quads(sample_resolution.entities, namespaces)
    assert [q.object for q in quads if q.predicate == vocab.ALT_LABEL] == [Literal("Quillfeather")]


def test_other_entities_are_things(namespaces: Namespaces) -> None:
    (quad, *_) = entity_quads([Entity("other/a-00000000", EntityType.OTHER, "A")], namespaces)
    assert quad.object == NamedNode(KG + "Thing")


def test_an_ontology_with_a_blank_node_is_refused(tmp_path: Path, namespaces: Namespaces) -> None:
    (tmp_path / "kg.ttl").write_text("<x:a> <x:b> [] .", encoding="utf-8")
    with pytest.raises(OntologyError, match="blank node"):
        ontology_quads(tmp_path, namespaces)


def test_the_shapes_are_not_part_of_the_ontology_graph(ontology_folder: Path, namespaces: Namespaces) -> None:
    assert not any("shacl" in str(quad) for quad in ontology_quads(ontology_folder, namespaces))
