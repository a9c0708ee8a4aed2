"""Invented people, bodies and offices for the comparison with Wikidata, and short ways to say what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.merge.case import Case
from kg.merge.periods import claim_time
from kg.model import Claim, Entity, EntityType, Modality, PartialDate, Polarity, Span
from kg.ontology import Ontology
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import JULIAN, EntityRef, Rank, Snak, SnakType, Statement, Text, Time, WikidataItem
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.times import time_of

PERSON, PARTY, BODY, OFFICE, OUTLET = (
    EntityType.PERSON,
    EntityType.PARTY,
    EntityType.ORGANIZATION,
    EntityType.POSITION,
    EntityType.OUTLET,
)
COUNTRY = "Q99000099"
QUALIFIERS = {"from": "P580", "to": "P582", "at": "P585", "of": "P642", "as": "P1932", "kinship": "P1039"}


def _item(number: int, label: str, kind: EntityType, *aliases: str, gender: str | None = None) -> Item:
    country = None if kind is not PARTY or number == 18 else COUNTRY
    return Item(f"Q{99000000 + number}", label, kind, aliases, gender=gender, country=country)


CAST: dict[str, Item] = {
    item.label: item
    for item in (
        _item(1, "Ada Example", PERSON, gender="female"),
        _item(2, "Bruno Placeholder", PERSON, gender="male"),
        _item(3, "Cora Sampleton", PERSON, gender="female"),
        _item(4, "Dorian Specimen", PERSON, gender="male"),
        _item(5, "Kit Undisclosed", PERSON),
        _item(11, "Lantern Party", PARTY, "Lanterns"),
        _item(12, "Harbour League", PARTY),
        _item(13, "Northern Lantern Party", PARTY),
        _item(14, "Young Harbour", PARTY),
        _item(15, "Tideway Union", PARTY, "Old Tideway"),
        _item(17, "New Harbour League", PARTY),
        _item(18, "Far Shore Group", PARTY),
        _item(21, "Quayside Council", BODY),
        _item(22, "Saltmarsh Courier", OUTLET),
        _item(23, "Saltmarsh Courier Online", OUTLET),
        _item(24, "University of Quayside", BODY),
        _item(25, "Anchor College", BODY),
        _item(26, "Lighthouse Society", BODY),
        _item(31, "Member of the Tidal Assembly", OFFICE, "MTA"),
        _item(32, "Member of the 7th Tidal Assembly", OFFICE),
        _item(33, "Member of the 8th Tidal Assembly", OFFICE),
        _item(34, "Mayor of Quayside", OFFICE),
        _item(35, "Leader of the Lantern Party", OFFICE),
        _item(41, "baker", OFFICE),
    )
}
NAMESAKE = "Another Lantern Party"
"""Its label is Lantern Party too."""
CAST[NAMESAKE] = _item(16, "Lantern Party", PARTY)
UNHEARD = "Unheard Works"
"""An item of which nothing is known here, not even its name."""
QID = {name: item.qid for name, item in CAST.items()} | {UNHEARD: "Q99000098"}

UPWARDS = {
    "Northern Lantern Party": ("P361", "Lantern Party"),
    "Anchor College": ("P361", "University of Quayside"),
    "Saltmarsh Courier Online": ("P361", "Saltmarsh Courier"),
    "Member of the 7th Tidal Assembly": ("P279", "Member of the Tidal Assembly"),
    "Member of the 8th Tidal Assembly": ("P279", "Member of the Tidal Assembly"),
    "Leader of the Lantern Party": ("P361", "Lantern Party"),
    "Mayor of Quayside": ("P1001", "Quayside Council"),
    "Tideway Union": ("P1366", "Harbour League"),
}
"""What every case knows of classes, parts and successors."""


def moment(text: str) -> Time:
    """A time: `2010`, `2010-05`, `2010-05-06`, `julian 1751-09-02`, `century 1801`."""
    word, _, rest = text.partition(" ")
    if word == "julian":
        return replace(time_of(rest), calendar=JULIAN)
    if word == "century":
        return Time(f"+{rest}-00-00T00:00:00Z", 7)
    return time_of(text)


def snak(property_id: str, value: Any, *, item: bool = False) -> Snak:
    """`?` is an unknown value, `-` none, a name of the cast that item, whatever else a time or a text."""
    text = str(value)
    if text == "?":
        return Snak(property_id, SnakType.SOMEVALUE)
    if text == "-":
        return Snak(property_id, SnakType.NOVALUE)
    if text in QID:
        return Snak(property_id, SnakType.VALUE, EntityRef(QID[text]), "wikibase-item")
    if item or property_id == "P1932":
        return Snak(property_id, SnakType.VALUE, Text(text), "string")
    return Snak(property_id, SnakType.VALUE, moment(text), "time")


def statement(row: Mapping[str, Any], statement_id: str | None) -> Statement:
    """`{P102: Lantern Party, from: 2010, to: "?", rank: deprecated}`."""
    (property_id,) = (key for key in row if key.startswith("P"))
    qualifiers = tuple(snak(QUALIFIERS[key], row[key]) for key in row if key in QUALIFIERS)
    main = snak(property_id, row[property_id])
    return Statement(main, Rank(row.get("rank", "normal")), qualifiers, id=statement_id)


def gazetteer(wikidata: Mapping[str, Sequence[Mapping[str, Any]]], *, rows: bool = False) -> MemoryGazetteer:
    """What is known: statements by name of the item; with `rows` they have no ids, as from a table of facts."""
    whole: dict[str, list[Mapping[str, Any]]] = {name: [{key: up}] for name, (key, up) in UPWARDS.items()}
    for name, statements in wikidata.items():
        whole.setdefault(name, []).extend(statements)
    documents = {}
    for name, statements in whole.items():
        qid = QID[name]
        made = tuple(statement(row, None if rows else f"{qid}$case-{n}") for n, row in enumerate(statements))
        documents[qid] = WikidataItem(qid, labels={"en": CAST[name].label}, statements=made)
    return MemoryGazetteer(CAST.values(), documents=documents)


def entity(name: str, kind: EntityType) -> Entity:
    """An entity of the cast, linked; in no knowledge base where the cast lacks the name."""
    item = CAST.get(name)
    if item is None:
        return Entity(f"{kind.value.lower()}/unlinked-00000000", kind, name.removeprefix("unlinked "))
    return Entity(item.qid, item.type, item.label, wikidata=item.qid, gender=None)


def case_of(row: Mapping[str, Any], ontology: Ontology) -> Case:
    """A claim as cases.yaml writes it: subject, relation, object, and what else is said."""
    relation = ontology.relation(row["relation"])
    claim = Claim(
        relation.name,
        "e1",
        "e2",
        Span(0, 1),
        0,
        f"{relation.name}:case",
        0.9,
        row.get("detail"),
        Polarity(row.get("polarity", "positive")),
        Modality(row.get("modality", "asserted")),
        qualifiers=tuple((key, str(value)) for key, value in row.get("times", {}).items()),
    )
    published = PartialDate.parse(str(row["published"])) if "published" in row else None
    subject = entity(row.get("subject", "Ada Example"), PERSON)
    return Case(claim, relation, subject, entity(row["object"], relation.range_types[0]), claim_time(claim, published))
