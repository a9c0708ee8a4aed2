"""Wikidata's statements as RDF: a golden file, genuine documents, and whatever else may come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.merge.known import Known
from kg.merge.statement_iris import statement_node
from kg.merge.statements import wikidata_quads
from kg.model import Entity, EntityType, Resolution
from kg.rdf import vocab
from kg.rdf.namespaces import WD, Namespaces, commons_file, vocabulary
from kg.rdf.shacl import load_shapes, violations
from kg.rdf.trig import read_trig, serialise_trig
from kg.store.oxigraph import memory_oxigraph
from kg.verify.problem import nodes_of
from kg.verify.wikidata import check_wikidata
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import (
    JULIAN,
    EntityRef,
    Monolingual,
    Quantity,
    Rank,
    Snak,
    SnakType,
    Statement,
    Text,
    Time,
    UnknownValue,
    Value,
    WikidataItem,
)
from kg.wikidata.item_json import item_of
from kg.wikidata.memory import MemoryGazetteer

GOLDEN = Path(__file__).parent / "golden" / "statements.trig"
DOCUMENTS = Path(__file__).resolve().parents[3] / "shared/data/wikidata/entity_json"
ADA = "Q99000001"
SPACE = Namespaces("https://example.org/kettle")


def value(property_id: str, found: Value) -> Snak:
    return Snak(property_id, SnakType.VALUE, found)


def said(
    property_id: str, found: Value | SnakType, *qualifiers: Snak, rank: Rank = Rank.NORMAL, n: str | None
) -> Statement:
    main = Snak(property_id, found) if isinstance(found, SnakType) else value(property_id, found)
    return Statement(main, rank, qualifiers, id=None if n is None else f"{ADA}${n}")


ITEM = WikidataItem(
    ADA,
    labels={"en": "Ada Example"},
    statements=(
        said("P31", EntityRef("Q5"), n="A0"),
        said("P569", Time("+1751-09-02T00:00:00Z", 11, JULIAN), n="A1"),
        said("P570", Time("+1810-00-00T00:00:00Z", 9), n="A2"),
        said("P26", SnakType.SOMEVALUE, value("P580", Time("+1790-05-00T00:00:00Z", 10)), n="A3"),
        said("P40", SnakType.NOVALUE, n="A4"),
        said(
            "P102",
            EntityRef("Q99000011"),
            value("P580", Time("+1780-00-00T00:00:00Z", 9)),
            Snak("P582", SnakType.SOMEVALUE),
            rank=Rank.PREFERRED,
            n="A5",
        ),
        said("P102", EntityRef("Q99000012"), n="A6"),
        said("P102", EntityRef("Q99000014"), rank=Rank.DEPRECATED, n="A7"),
        said("P18", Text("Ada Example, 1790 (cropped).jpg"), n="A8"),
        said(
            "P39",
            EntityRef("Q99000034"),
            value("P1111", Quantity("+0120.50")),
            value("P1448", Monolingual("Mayoress", "en-gb")),
            value("P9999", UnknownValue("knot", "{}")),
            Snak("P582", SnakType.NOVALUE),
            n=None,
        ),
    ),
)


def resolution(*qids: str) -> Resolution:
    return Resolution(tuple(Entity(qid, EntityType.PERSON, qid, wikidata=qid) for qid in qids))


def quads_of(*documents: WikidataItem) -> list[Quad]:
    known = {document.id: document for document in documents}
    party = Item("Q99000011", "Lantern Party", EntityType.PARTY)
    return wikidata_quads(resolution(*known), MemoryGazetteer([party], documents=known), SPACE)


def test_statements_are_written_as_in_the_golden_file(renew_golden: bool) -> None:
    found = serialise_trig(quads_of(ITEM), SPACE)
    if renew_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes(found)
    assert set(read_trig(found)) == set(read_trig(GOLDEN.read_bytes()))


def test_a_statement_has_wikidatas_node_and_a_row_one_of_ours() -> None:
    genuine = said("P31", EntityRef("Q5"), n="1f2e-ABC")
    assert statement_node(ADA, genuine, SPACE).value == f"{WD}statement/{ADA}-1f2e-ABC"
    row, other = (said("P31", EntityRef(qid), n=None) for qid in ("Q5", "Q6"))
    nodes = {statement_node(item, one, SPACE).value for item in (ADA, "Q2") for one in (row, other)}
    assert len(nodes) == 4
    assert all(node.startswith("https://example.org/kettle/statement/") for node in nodes)


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate}


def test_truthy_is_the_best_rank_and_nothing_deprecated() -> None:
    quads = quads_of(ITEM)
    node = SPACE.entity(ADA)
    assert objects(quads, node, vocabulary("wdt", "P102")) == {NamedNode(f"{WD}Q99000011")}
    assert len(objects(quads, node, vocabulary("p", "P102"))) == 3
    assert objects(quads, node, vocab.RDF_TYPE) == {vocabulary("wdno", "P40")}
    (spouse,) = objects(quads, node, vocabulary("wdt", "P26"))
    assert isinstance(spouse, NamedNode)
    assert objects(quads, spouse, vocab.RDF_TYPE) == {vocab.UNKNOWN_VALUE}


def test_a_julian_day_is_the_gregorian_day_that_it_was_and_keeps_its_calendar() -> None:
    quads = quads_of(ITEM)
    statement = SPACE.statement(f"{ADA}$A1")
    (full,) = objects(quads, statement, vocabulary("psv", "P569"))
    assert isinstance(full, NamedNode)
    assert [str(v) for v in objects(quads, full, vocab.TIME_VALUE)] == [
        '"1751-09-13T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    ]
    assert objects(quads, full, vocab.CALENDAR_MODEL) == {NamedNode(WD + JULIAN)}


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("+1950-00-00T00:00:00Z", 9, "1950-01-01T00:00:00Z"),
        ("+1950-07-22T00:00:00Z", 9, "1950-01-01T00:00:00Z"),
        ("+1950-07-00T00:00:00Z", 10, "1950-07-01T00:00:00Z"),
        ("+1955-00-00T00:00:00Z", 8, "1955-01-01T00:00:00Z"),
        ("-0044-03-15T00:00:00Z", 11, "-0043-03-15T00:00:00Z"),
        ("-0001-00-00T00:00:00Z", 9, "0000-01-01T00:00:00Z"),
        ("+1950-02-30T00:00:00Z", 11, None),
        ("-13798000000-00-00T00:00:00Z", 3, None),
        ("soon", 11, None),
    ],
)
def test_times_become_moments(time: str, precision: int, expected: str | None) -> None:
    quads = quads_of(WikidataItem(ADA, statements=(said("P569", Time(time, precision), n="A1"),)))
    found = objects(quads, SPACE.entity(ADA), vocabulary("wdt", "P569"))
    assert [v.value for v in found if isinstance(v, Literal)] == ([] if expected is None else [expected])
    assert objects(quads, SPACE.entity(ADA), vocabulary("p", "P569"))


def test_a_picture_is_the_file_on_commons() -> None:
    (picture,) = objects(quads_of(ITEM), SPACE.entity(ADA), vocabulary("wdt", "P18"))
    assert picture == commons_file("Ada Example, 1790 (cropped).jpg")
    assert str(picture) == (
        "<http://commons.wikimedia.org/wiki/Special:FilePath/Ada_Example%2C_1790_%28cropped%29.jpg>"
    )


def test_an_item_that_another_one_leads_to_says_so() -> None:
    known = MemoryGazetteer([], documents={"Q99000999": ITEM})
    quads = wikidata_quads(resolution("Q99000999"), known, SPACE)
    node = SPACE.entity("Q99000999")
    assert objects(quads, node, vocab.SAME_AS) == {SPACE.entity(ADA)}
    assert objects(quads, node, vocabulary("wdt", "P31")) == {NamedNode(f"{WD}Q5")}


def test_labels_are_written_of_values_that_are_no_entities() -> None:
    party = WikidataItem("Q99000011", labels={"en": "Lantern Party"})
    assert objects(quads_of(ITEM), SPACE.entity("Q99000011"), vocab.LABEL) == {Literal("Lantern Party")}
    assert objects(quads_of(ITEM, party), SPACE.entity("Q99000011"), vocab.LABEL) == set()


def test_an_entity_of_which_nothing_is_known_has_no_statements() -> None:
    assert wikidata_quads(resolution("Q99000099"), MemoryGazetteer([]), SPACE) == []
    assert Known(MemoryGazetteer([])).label("Q99000099") == "Q99000099"


# Whatever comes


def sound(quads: list[Quad], qids: list[str], ontology_folder: Path | None = None) -> None:
    """None twice, none blank, the same out of files and stores, and nothing for verify to find."""
    assert len(set(quads)) == len(quads)
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert set(read_trig(serialise_trig(quads, SPACE))) == set(quads)
    store = memory_oxigraph()
    store.load(quads)
    assert set(store.quads()) == set(quads)
    entities: Mapping[str, Mapping[str, tuple[object, ...]]] = {WD + qid: {} for qid in qids}
    assert list(check_wikidata(quads, entities, SPACE)) == []
    assert nodes_of(quads)
    if ontology_folder is not None:
        unlabelled = [quad for quad in quads if quad.predicate != vocab.LABEL]
        assert violations(unlabelled, load_shapes(ontology_folder)) == []


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"the documents of Wikidata are not at {DOCUMENTS}")
def test_genuine_documents(ontology_folder: Path) -> None:
    found = [item_of(json.loads(path.read_text("utf-8"))) for path in sorted(DOCUMENTS.glob("Q*.json"))]
    items = {item.id: item for item in found if item is not None}
    assert len(items) > 150
    quads = wikidata_quads(resolution(*sorted(items)), MemoryGazetteer([], documents=items), SPACE)
    sound(quads, list(items), ontology_folder)
    assert any(quad.predicate == vocabulary("pqv", "P580") for quad in quads)


numbers = st.from_regex(r"[+-][0-9]{1,9}(\.[0-9]{1,9})?", fullmatch=True)
moments = st.builds(
    "{}{:0{}}-{:02}-{:02}T00:00:00Z".format,
    st.sampled_from("+-"),
    st.integers(0, 99999),
    st.sampled_from([4, 6, 11]),
    st.integers(0, 13),
    st.integers(0, 32),
)
values = (
    st.integers(1, 30).map(lambda n: EntityRef(f"Q{99000000 + n}"))
    | st.sampled_from([EntityRef("P31"), EntityRef("L7-F1"), EntityRef("odd one")])
    | st.builds(
        Time, moments | st.text(max_size=5), st.integers(0, 14), st.sampled_from([JULIAN, "Q1985727", "Q12138"])
    )
    | st.text(max_size=9).map(Text)
    | st.builds(Monolingual, st.text(max_size=9), st.sampled_from(["en", "zh-classical", "de-x-", "", "x y"]))
    | st.builds(Quantity, numbers | st.text(max_size=4))
    | st.just(UnknownValue("knot", "{}"))
)


@st.composite
def snaks(draw: st.DrawFn, names: st.SearchStrategy[str]) -> Snak:
    kind = draw(st.sampled_from(SnakType))
    return Snak(draw(names), kind, draw(values) if kind is SnakType.VALUE else None)


some = st.builds(
    Statement,
    snaks(st.sampled_from(["P102", "P39", "P569", "P18"])),
    st.sampled_from(Rank),
    st.lists(snaks(st.sampled_from(["P580", "P582", "P1932"])), max_size=3).map(tuple),
)


@given(st.lists(st.tuples(some, st.booleans()), min_size=1, max_size=6))
def test_whatever_is_said(rows: list[tuple[Statement, bool]]) -> None:
    statements = tuple(
        Statement(one.main, one.rank, one.qualifiers, id=f"{ADA}$r-{n}" if genuine else None)
        for n, (one, genuine) in enumerate(rows)
    )
    sound(quads_of(WikidataItem(ADA, statements=statements)), [ADA])
