from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from wikidata_documents import document, entity, snak, statement, text, time
from wikidata_items import items

from kg.errors import ItemFormatError
from kg.wikidata.item import (
    JULIAN,
    Coordinate,
    EntityRef,
    Monolingual,
    Quantity,
    Rank,
    SnakType,
    Text,
    Time,
    UnknownValue,
    WikidataItem,
)
from kg.wikidata.item_json import document_of, entities_in, item_of

GENUINE = Path(__file__).parents[2].parent / "shared" / "data" / "wikidata" / "entity_json"


def read(source: dict[str, Any]) -> WikidataItem:
    item = item_of(source)
    assert item is not None
    return item


def value_in(data: dict[str, Any], datatype: str | None = None) -> object:
    main = snak("P1", data) | {"datatype": datatype or "x"}
    return read(document(statement(main))).statements[0].main.value


def test_terms_and_sitelinks() -> None:
    item = read(document())
    assert item.id == "Q99000001"
    assert item.labels == {"en": "Ada Example", "de": "Ada Beispiel"}
    assert item.descriptions == {"en": "invented politician"}
    assert item.aliases == {"en": ("A. Example", "Ada B. Example")}
    assert item.sitelinks == {"enwiki": "Ada Example (politician)", "dewiki": "Ada Beispiel"}
    assert item.badges == {"enwiki": ("Q17437796",)}
    assert item.redirects_from is None


def test_ranks_qualifiers_and_references() -> None:
    start, end = snak("P580", time("+2001-00-00T00:00:00Z", 9)), snak("P582", kind="somevalue")
    old = statement(snak("P102", entity("Q99000002")), rank="deprecated", number=1)
    new = statement(snak("P102", entity("Q99000003")), start, end, rank="preferred", number=2)
    none = statement(snak("P102", kind="novalue"), number=3)
    item = read(document(old, new, none))
    assert [s.rank for s in item.statements] == [Rank.DEPRECATED, Rank.PREFERRED, Rank.NORMAL]
    assert item.truthy("P102") == (item.statements[1],)
    found = item.statements[1]
    assert found.id == "Q99000001$00000002-0000-0000-0000-000000000000"
    # The order of `qualifiers-order`, not the map's.
    assert [(q.property, q.type) for q in found.qualifiers] == [
        ("P580", SnakType.VALUE),
        ("P582", SnakType.SOMEVALUE),
    ]
    assert found.references[0].hash == "1" * 40
    assert found.references[0].snaks[0].value == EntityRef("Q328")
    assert item.statements[2].main.type is SnakType.NOVALUE
    assert item.statements[2].main.value is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (entity("Q99000002"), EntityRef("Q99000002")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": 42}}, EntityRef("Q42")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "property", "numeric-id": 31}}, EntityRef("P31")),
        (
            {"type": "wikibase-entityid", "value": {"entity-type": "lexeme", "numeric-id": 1, "id": "L1"}},
            EntityRef("L1"),
        ),
        ({"type": "wikibase-entityid", "value": {"entity-type": "form", "id": "L1-F1"}}, EntityRef("L1-F1")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "sense", "id": "L1-S2"}}, EntityRef("L1-S2")),
        ({"type": "wikibase-entityid", "value": {"entity-type": "entity-schema", "id": "E10"}}, EntityRef("E10")),
        (text("https://example.org/"), Text("https://example.org/")),
        ({"type": "monolingualtext", "value": {"text": "Ada", "language": "it"}}, Monolingual("Ada", "it")),
        (time("+1564-04-26T00:00:00Z"), Time("+1564-04-26T00:00:00Z", 11)),
        (
            time("+1564-04-26T00:00:00Z", 11, "https://www.wikidata.org/entity/Q1985786"),
            Time("+1564-04-26T00:00:00Z", 11, JULIAN),
        ),
        ({"type": "quantity", "value": {"amount": "+5", "unit": "1"}}, Quantity("+5")),
        (
            {
                "type": "quantity",
                "value": {
                    "amount": "+5",
                    "unit": "http://www.wikidata.org/entity/Q11573",
                    "lowerBound": "+4",
                    "upperBound": "+6",
                },
            },
            Quantity("+5", "http://www.wikidata.org/entity/Q11573", "+4", "+6"),
        ),
        (
            {
                "type": "globecoordinate",
                "value": {
                    "latitude": 52,
                    "longitude": -1.5,
                    "altitude": None,
                    "precision": None,
                    "globe": "http://www.wikidata.org/entity/Q2",
                },
            },
            Coordinate(52.0, -1.5),
        ),
        ({"type": "hologram", "value": {"b": [1], "a": None}}, UnknownValue("hologram", '{"a":null,"b":[1]}')),
        ({"type": "bad", "value": "?", "error": "unreadable"}, UnknownValue("bad", '"?"')),
    ],
)
def test_every_kind_of_value(data: dict[str, Any], expected: object) -> None:
    assert value_in(data) == expected


def test_an_unknown_datatype_is_kept() -> None:
    item = read(document(statement(snak("P1", text("C major")) | {"datatype": "musical-notation"})))
    assert item.statements[0].main.datatype == "musical-notation"
    assert document_of(item)["claims"]["P1"][0]["mainsnak"]["datatype"] == "musical-notation"


@pytest.mark.parametrize(
    "source",
    [
        document(type="property", id="P31"),
        document(type="lexeme", id="L1"),
        document(type="mediainfo", id="M1"),
        {"id": "P31", "labels": {}},
        {"id": "L1", "lemmas": {}},
        {"id": "Q99000001", "missing": ""},
        {"entities": {"Q99000001": {"id": "Q99000001", "missing": ""}}},
    ],
)
def test_what_is_no_item_is_none(source: dict[str, Any]) -> None:
    assert item_of(source) is None


def test_empty_lists_are_empty_maps() -> None:
    empty: list[Any] = []
    item = read(document(labels=empty, descriptions=empty, aliases=empty, claims=empty, sitelinks=empty))
    assert item == WikidataItem("Q99000001")
    bare = statement(snak("P21", entity("Q6581072"))) | {"qualifiers": [], "references": []}
    assert read(document(bare)).statements[0].qualifiers == ()
    assert read({"id": "Q99000001"}) == WikidataItem("Q99000001")


def test_an_alias_list_may_be_empty() -> None:
    assert read(document(aliases={"en": []})).aliases == {}


def test_a_response_with_one_entity() -> None:
    assert read({"entities": {"Q99000001": document()}}) == read(document())


def test_a_redirect_says_what_was_asked_for() -> None:
    by_key = read({"entities": {"Q99000009": document()}})
    said = read(document(redirects={"from": "Q99000009", "to": "Q99000001"}))
    assert by_key == said
    assert said.redirects_from == "Q99000009"
    assert said.id == "Q99000001"


def test_responses_of_several_are_taken_apart() -> None:
    both = {"entities": {"Q99000001": document(), "Q99000002": {"id": "Q99000002", "missing": ""}}}
    assert [item_of(one) for one in entities_in(both)] == [read(document()), None]
    assert list(entities_in({"entities": []})) == []
    with pytest.raises(ItemFormatError, match="2 entities"):
        item_of(both)


def test_only_some_properties_and_no_references() -> None:
    source = document(
        statement(snak("P21", entity("Q6581072"))),
        statement(snak("P31", entity("Q5"))),
        {"mainsnak": snak("P9999", {"type": "string", "value": 5}), "rank": "normal"},
    )
    item = item_of(source, properties={"P31"}, references=False)
    assert item is not None
    assert [(s.property, s.references) for s in item.statements] == [("P31", ())]


WRONG: dict[str, Any] = {
    "labels": document(labels="Ada"),
    "labels/en": document(labels={"en": "Ada"}),
    "labels/en/value": document(labels={"en": {"language": "en", "value": 5}}),
    "aliases/en": document(aliases={"en": {"value": "Ada"}}),
    "sitelinks/enwiki/title": document(sitelinks={"enwiki": {"site": "enwiki"}}),
    "sitelinks/enwiki": document(sitelinks={"enwiki": {"title": "Ada", "badges": [5]}}),
    "claims": document(claims=[1]),
    "claims/P31": document(claims={"P31": {}}),
    "claims/P31/0": document(claims={"P31": ["Q5"]}),
    "claims/P31/0/mainsnak": document(claims={"P31": [{"rank": "normal"}]}),
    "claims/P31/0/rank": document(statement(snak("P31", entity("Q5")), rank="best")),
    "claims/P31/0/id": document(statement(snak("P31", entity("Q5"))) | {"id": 5}),
    "claims/P31/0/mainsnak/property": document(claims={"P31": [statement(snak("P21", entity("Q5")))]}),
    "claims/P31/0/mainsnak/snaktype": document(statement(snak("P31", kind="maybe"))),
    "claims/P31/0/mainsnak/datavalue": document(statement(snak("P31"))),
    "claims/P31/0/mainsnak/datavalue/value": document(
        statement(snak("P31", {"type": "wikibase-entityid", "value": "Q5"}))
    ),
    "claims/P31/0/mainsnak/datavalue/value/entity-type": document(
        statement(snak("P31", {"type": "wikibase-entityid", "value": {"entity-type": "robot", "numeric-id": 5}}))
    ),
    "claims/P31/0/mainsnak/datavalue/value/numeric-id": document(
        statement(snak("P31", {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": True}}))
    ),
    "claims/P569/0/mainsnak/datavalue/value/precision": document(
        statement(snak("P569", {"type": "time", "value": {"time": "+1900-00-00T00:00:00Z"}}))
    ),
    "claims/P625/0/mainsnak/datavalue/value/latitude": document(
        statement(snak("P625", {"type": "globecoordinate", "value": {"latitude": "52", "longitude": 1}}))
    ),
    "claims/P102/0/qualifiers/P580/0": None,
    "claims/P102/0/references/0/snaks/P143/datavalue/value": None,
    "type": document(type=5),
    "redirects/from": document(redirects={"from": 5}),
}
_QUALIFIED = statement(snak("P102", entity("Q99000002")), snak("P580", time("+2001-00-00T00:00:00Z", 9)))
_REFERENCED = json.loads(json.dumps(_QUALIFIED))
_REFERENCED["references"][0]["snaks"]["P143"][0]["datavalue"]["value"] = None
del WRONG["claims/P102/0/qualifiers/P580/0"]
WRONG["claims/P102/0/qualifiers/P580"] = document(_QUALIFIED | {"qualifiers": {"P580": "2001"}})
WRONG["claims/P102/0/qualifiers-order"] = document(_QUALIFIED | {"qualifiers-order": "P580"})
WRONG["claims/P102/0/references/0/snaks/P143/datavalue/value"] = document(_REFERENCED)


@pytest.mark.parametrize("path", WRONG)
def test_what_is_malformed_is_named_with_its_path(path: str) -> None:
    with pytest.raises(ItemFormatError) as caught:
        item_of(WRONG[path])
    assert "'Q99000001'" in str(caught.value)
    assert f" at '{path}'" in str(caught.value)


@pytest.mark.parametrize(
    "source", [{}, {"id": 5}, {"labels": {}}, [], "Q5", {"entities": "x"}, {"entities": {"Q1": 5}}]
)
def test_what_is_no_document_is_refused(source: Any) -> None:
    with pytest.raises(ItemFormatError):
        item_of(source)


@given(items())
def test_an_item_survives_its_document(item: WikidataItem) -> None:
    assert item_of(json.loads(json.dumps(document_of(item)))) == item


@pytest.mark.skipif(not GENUINE.is_dir(), reason="the genuine entity documents are not on this machine")
def test_all_genuine_documents_are_read_and_survive() -> None:
    read_ones = skipped = 0
    for path in sorted(GENUINE.glob("*.json")):
        source = json.loads(path.read_text(encoding="utf-8"))
        item = item_of(source)
        if item is None:
            skipped += 1
            assert source.get("type") == "property" or "missing" in source, path
            continue
        read_ones += 1
        claims = source["claims"]
        assert len(item.statements) == sum(map(len, claims.values())), path
        for statement_ in item.statements:
            own = next(s for s in claims[statement_.property] if s["id"] == statement_.id)
            assert len(statement_.qualifiers) == sum(map(len, own.get("qualifiers", {}).values())), path
            assert not isinstance(statement_.main.value, UnknownValue), path
        assert item_of(json.loads(json.dumps(document_of(item)))) == item, path
    assert read_ones >= 190
    assert skipped >= 10
