from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from wikidata_documents import document, entity, snak, statement

from kg.model import EntityType
from kg.wikidata import classes
from kg.wikidata.classes import classes_in, kind_of, kind_of_classes, may_matter, superclasses_from
from kg.wikidata.item_json import item_of

GENUINE = Path(__file__).parents[2].parent / "shared" / "data" / "wikidata" / "entity_json"
# Invented classes under real ones.
TREE = superclasses_from(
    {
        "Q99000101": ["Q99000102"],
        "Q99000102": ["Q11032", "Q43229"],
        "Q99000103": ["Q7278", "Q14897293"],
        "Q99000104": ["Q99000105"],
        "Q99000105": ["Q99000104", "Q4164871"],
        "Q99000106": ["Q13442814"],
    }
)


def instance(*qids: str, rank: str = "normal") -> dict[str, Any]:
    return document(*(statement(snak("P31", entity(qid)), rank=rank, number=i) for i, qid in enumerate(qids)))


def kind(source: dict[str, Any]) -> EntityType | None:
    item = item_of(source)
    assert item is not None
    found = kind_of(item, TREE)
    assert found is None or may_matter(source)
    return found


@pytest.mark.parametrize(
    ("qids", "expected"),
    [
        (["Q5"], EntityType.PERSON),
        (["Q7278"], EntityType.PARTY),
        (["Q41298"], EntityType.OUTLET),
        (["Q294414"], EntityType.POSITION),
        (["Q515"], EntityType.PLACE),
        (["Q3918"], EntityType.ORGANIZATION),
        (["Q4830453", "Q1616075"], EntityType.OUTLET),
        (["Q43229", "Q7278"], EntityType.PARTY),
        (["Q99000101"], EntityType.OUTLET),
        (["Q99000104"], EntityType.POSITION),
        (["Q99000199"], None),
        (["Q13442814"], None),
        (["Q13442814", "Q43229"], EntityType.ORGANIZATION),
        (["Q99000103"], None),
        (["Q5", "Q15632617"], None),
        (["Q4167410"], None),
        (["Q101352"], None),
    ],
)
def test_the_type_by_class_and_superclasses(qids: list[str], expected: EntityType | None) -> None:
    assert kind(instance(*qids)) is expected
    assert kind_of_classes(qids, TREE) is expected


def test_the_hierarchy_is_not_needed_for_the_roots_and_not_asked_about_others() -> None:
    asked: list[str] = []

    def superclasses(qid: str) -> frozenset[str]:
        asked.append(qid)
        return frozenset()

    assert kind_of_classes(["Q5"], superclasses) is EntityType.PERSON
    assert kind_of_classes(["Q13442814"], superclasses) is None
    assert asked == []
    assert kind_of_classes(["Q99000101"], superclasses) is None
    assert asked == ["Q99000101"]


def test_deprecated_classes_say_nothing() -> None:
    assert kind(instance("Q5", rank="deprecated")) is None


@pytest.mark.parametrize("key", ["P39", "P106", "P102"])
def test_without_a_class_what_somebody_does_makes_a_person(key: str) -> None:
    assert kind(document(statement(snak(key, entity("Q99000020"))))) is EntityType.PERSON
    other = (statement(snak("P31", entity("Q515"))), statement(snak(key, entity("Q99000020"))))
    assert kind(document(*other)) is EntityType.PLACE


def test_offices_are_often_only_subclasses_and_other_classes_are_nothing() -> None:
    assert kind(document(statement(snak("P279", entity("Q99000104"))))) is EntityType.POSITION
    assert kind(document(statement(snak("P279", entity("Q11032"))))) is None
    assert kind(document()) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (instance("Q5"), True),
        (instance("Q99000199"), True),
        (instance("Q13442814", "Q5"), True),
        (document(claims={"P31": "malformed"}), True),
        (document(claims=[1]), True),
        (instance("Q13442814"), False),
        (instance("Q4167836"), False),
        (document(), False),
        (document(claims=[]), False),
        (document(type="property", id="P31"), False),
        (document(statement(snak("P18", {"type": "string", "value": "x.jpg"}))), False),
        ({"id": "Q99000001", "missing": ""}, False),
    ],
)
def test_a_quick_look_rules_out_only_what_has_no_type(source: dict[str, Any], expected: bool) -> None:
    assert may_matter(source) is expected


def test_classes_of_a_raw_document() -> None:
    source = document(
        statement(snak("P31", entity("Q5")), rank="deprecated"),
        statement(snak("P31", kind="somevalue")),
        statement(snak("P31", {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": 515}})),
        statement(snak("P279", entity("Q99000101"))),
    )
    assert classes_in(source) == ("Q515",)
    assert classes_in(source, "P279") == ("Q99000101",)
    assert classes_in(document(claims=[])) == ()
    assert classes_in(document(claims={"P31": [5]})) is None


def test_circles_of_classes_end() -> None:
    assert TREE("Q99000104") == {"Q99000104", "Q99000105", "Q4164871"}
    assert TREE("Q99000199") == {"Q99000199"}


def test_every_root_stands_once_and_has_a_label() -> None:
    table = json.loads((Path(classes.__file__).parent / "classes.json").read_text(encoding="utf-8"))
    groups = [*table["types"].values(), table["none"], table["elsewhere"]]
    qids = [qid for group in groups for qid in group]
    assert len(qids) == len(set(qids))
    assert all(re.fullmatch(r"Q[1-9]\d*", qid) for qid in qids)
    assert all(label.strip() for group in groups for label in group.values())
    assert [EntityType(name) for name in table["types"]] == list(classes.ROOTS)


@pytest.mark.skipif(not GENUINE.is_dir(), reason="the genuine entity documents are not on this machine")
def test_genuine_documents_have_the_right_types() -> None:
    found: dict[EntityType | None, set[str]] = {}
    for path in sorted(GENUINE.glob("Q*.json")):
        source = json.loads(path.read_text(encoding="utf-8"))
        item = item_of(source)
        if item is not None:
            type_ = kind_of(item, lambda _: frozenset())
            assert type_ is None or may_matter(source)
            found.setdefault(type_, set()).add(item.id)
            human = any(s.main.value is not None and getattr(s.main.value, "id", "") == "Q5" for s in item.all("P31"))
            assert (type_ is EntityType.PERSON) == human, path
    assert len(found[EntityType.PERSON]) >= 60
    assert {"Q33", "Q31", "Q45"} <= found[EntityType.PLACE]
    assert "Q4167836" not in found.get(EntityType.ORGANIZATION, set())
    assert len(found[None]) > 90
