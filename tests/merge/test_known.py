"""What is known of items: names, what stands above them, rivals, and how values compare."""

from __future__ import annotations

from typing import Any

import pytest
from merge_cast import CAST, OFFICE, PERSON, QID, entity, gazetteer, statement

from kg.merge.known import Known, Likeness
from kg.model import Entity, EntityType
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, Text, WikidataItem
from kg.wikidata.memory import MemoryGazetteer

B, N, S, W = Likeness.BROADER, Likeness.BY_NAME, Likeness.SAME, Likeness.NARROWER


def known_of(*documents: WikidataItem, items: tuple[Item, ...] = ()) -> Known:
    return Known(MemoryGazetteer(items, documents={document.id: document for document in documents}))


def linked(qid: str, **properties: str) -> WikidataItem:
    made = (Statement(Snak(p, SnakType.VALUE, EntityRef(up)), id=f"{qid}${p}") for p, up in properties.items())
    return WikidataItem(qid, statements=tuple(made))


def test_labels_are_the_gazetteers_then_the_documents_then_the_qid() -> None:
    documents = [
        WikidataItem("Q1", labels={"fr": "un", "en": "one"}),
        WikidataItem("Q2", labels={"fr": "deux", "mul": "II"}),
        WikidataItem("Q3", labels={"fr": "trois"}),
        WikidataItem("Q4", labels={"en": "four"}),
    ]
    known = known_of(*documents, items=(Item("Q4", "IV", EntityType.OTHER),))
    names = [known.label(qid) for qid in ("Q1", "Q2", "Q3", "Q4", "Q5", "Q99000097")]
    assert names == ["one", "II", "trois", "IV", "human", "Q99000097"]


def test_names_are_labels_and_aliases_of_both_sides_and_of_people_the_plain_name() -> None:
    item = Item("Q1", "Dr. Ada Example", EntityType.PERSON, ("Lady Example",))
    document = WikidataItem("Q1", labels={"de": "Ada Exempel"}, aliases={"fr": ("A. Exemple",)})
    assert known_of(document, items=(item,)).names("Q1") >= {
        "dr ada example",
        "ada example",
        "ada exempel",
        "a exemple",
    }
    assert known_of().names("Q1") == frozenset()


def test_what_stands_above_ends_in_circles_and_at_a_height() -> None:
    chain = [linked(f"Q{n}", P279=f"Q{n + 1}") for n in range(1, 12)]
    assert known_of(*chain).above("Q1") == {f"Q{n}" for n in range(2, 8)}
    circle = known_of(linked("Q1", P279="Q2"), linked("Q2", P361="Q3"), linked("Q3", P279="Q1"))
    assert circle.above("Q1") == {"Q2", "Q3"}
    assert circle.above("Q2") == {"Q1", "Q3"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Lantern Party", "Harbour League", True),
        ("Lantern Party", "Lantern Party", False),
        ("Lantern Party", "Northern Lantern Party", False),
        ("Northern Lantern Party", "Lantern Party", False),
        ("Tideway Union", "Harbour League", False),
        ("Harbour League", "Tideway Union", False),
        ("New Harbour League", "Harbour League", False),
        ("Harbour League", "New Harbour League", False),
        ("Young Harbour", "Harbour League", True),
        ("Far Shore Group", "Harbour League", False),
        ("Unheard Works", "Harbour League", False),
    ],
)
def test_rivals(one: str, other: str, expected: bool) -> None:
    assert Known(gazetteer({})).rivals(QID[one], QID[other]) == expected


def test_the_countries_of_documents_come_before_the_gazetteers() -> None:
    items = (Item("Q1", "Up", EntityType.PARTY, country="Q8"), Item("Q2", "Down", EntityType.PARTY, country="Q8"))
    assert known_of(items=items).rivals("Q1", "Q2")
    assert not known_of(linked("Q1", P17="Q9"), items=items).rivals("Q1", "Q2")
    assert known_of(linked("Q1", P17="Q9"), linked("Q2", P17="Q9"), items=items).rivals("Q1", "Q2")


@pytest.mark.parametrize(
    ("value", "row", "expected"),
    [
        ("Lantern Party", {"P102": "Lantern Party"}, S),
        ("Lantern Party", {"P102": "Northern Lantern Party"}, B),
        ("Northern Lantern Party", {"P102": "Lantern Party"}, W),
        ("Another Lantern Party", {"P102": "Lantern Party"}, N),
        ("Harbour League", {"P102": "Lantern Party"}, None),
        ("Lantern Party", {"P102": "?"}, None),
        ("Lantern Party", {"P102": "-"}, None),
        ("Lantern Party", {"P102": "?", "as": "the Lantern party"}, N),
        ("unlinked Lanterns", {"P102": "Lantern Party"}, N),
        ("unlinked Lantern Party of Saltmarsh", {"P102": "Lantern Party"}, None),
    ],
)
def test_parties(value: str, row: dict[str, Any], expected: Likeness | None) -> None:
    assert Known(gazetteer({})).likeness(entity(value, EntityType.PARTY), statement(row, None)) == expected


@pytest.mark.parametrize(
    ("phrase", "office", "expected"),
    [
        ("mayor of Quayside", "Mayor of Quayside", N),
        ("former Mayor of Quayside", "Mayor of Quayside", N),
        ("Quayside mayor", "Mayor of Quayside", N),
        ("mayor", "Mayor of Quayside", B),
        ("left-handed Quayside mayor", "Mayor of Quayside", N),
        ("deputy mayor of Quayside", "Mayor of Quayside", None),
        ("mayor of Saltmarsh", "Mayor of Quayside", None),
        ("leader", "Leader of the Lantern Party", B),
        ("Lantern leader", "Leader of the Lantern Party", N),
        ("party leader", "Leader of the Lantern Party", None),
        ("MTA", "Member of the Tidal Assembly", N),
        ("MTA", "Member of the 7th Tidal Assembly", B),
        ("member", "Member of the Tidal Assembly", B),
        ("baker", "Mayor of Quayside", None),
    ],
)
def test_offices_in_the_words_of_the_press(phrase: str, office: str, expected: Likeness | None) -> None:
    known = Known(gazetteer({}))
    assert known.likeness(entity(f"unlinked {phrase}", OFFICE), statement({"P39": office}, None)) == expected


def test_an_office_that_is_only_stated_compares_by_its_words() -> None:
    known = Known(gazetteer({}))
    stated = statement({"P39": "?", "as": "Mayor of Saltmarsh"}, None)
    assert known.likeness(entity("unlinked Saltmarsh mayor", OFFICE), stated) is N
    assert known.likeness(entity("unlinked mayor of Saltmarsh", OFFICE), stated) is N
    assert known.likeness(entity("unlinked mayor of Quayside", OFFICE), stated) is None
    text = Statement(Snak("P39", SnakType.VALUE, Text("Mayor of Saltmarsh")))
    assert known.likeness(entity("unlinked mayor of Saltmarsh", OFFICE), text) is N


def test_an_occupation_is_no_office_in_other_words() -> None:
    known = Known(gazetteer({}))
    mayor = statement({"P106": "Mayor of Quayside"}, None)
    assert known.likeness(entity("unlinked Quayside mayor", OFFICE), mayor) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bruno Placeholder", N),
        ("Mr. Bruno Placeholder", N),
        ("Placeholder", None),
        ("Bruno", None),
        ("Dorian Specimen", None),
    ],
)
def test_people_are_known_by_full_names_only(name: str, expected: Likeness | None) -> None:
    person = Entity("person/x-00000000", PERSON, name, ("Placeholder",))
    assert Known(gazetteer({})).likeness(person, statement({"P26": "Bruno Placeholder"}, None)) == expected


def test_only_items_with_statements_of_wikidata_are_genuine() -> None:
    rows, documents = (
        Known(gazetteer({"Ada Example": [{"P102": "Lantern Party"}]}, rows=rows)) for rows in (True, False)
    )
    ada = QID["Ada Example"]
    assert (rows.genuine(ada), documents.genuine(ada), documents.genuine(None)) == (False, True, False)


def test_a_death_is_known_where_there_is_one_date_for_it() -> None:
    one = Known(gazetteer({"Ada Example": [{"P570": "2017-01-05"}]}))
    two = Known(gazetteer({"Ada Example": [{"P570": "2017"}, {"P570": "2018"}]}))
    none = Known(gazetteer({"Ada Example": [{"P570": "-"}]}))
    ada = QID["Ada Example"]
    assert str(one.died(ada)) == "2017-01-05"
    assert (two.died(ada), none.died(ada), one.died(QID["Bruno Placeholder"])) == (None, None, None)


def test_gender_is_wikidatas_or_else_the_articles() -> None:
    known = Known(gazetteer({}))
    bruno, kit = CAST["Bruno Placeholder"], CAST["Kit Undisclosed"]
    assert known.gender(Entity(bruno.qid, PERSON, bruno.label, wikidata=bruno.qid, gender="female")) == "male"
    assert known.gender(Entity(kit.qid, PERSON, kit.label, wikidata=kit.qid, gender="female")) == "female"
    assert known.gender(Entity("person/x-00000000", PERSON, "X", gender="male")) == "male"
