from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ItemFormatError
from kg.model import EntityType
from kg.wikidata.classes import kind_of
from kg.wikidata.flat import item_from_row, kind_of_row, statements_of, summary_from_row
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, Text, Time, WikidataItem
from kg.wikidata.item_json import document_of, item_of
from kg.wikidata.notability import prior_of

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "wikidata"


def row(**columns: Any) -> dict[str, Any]:
    return {"qid": "Q99000001", "label": "Ada Example", "type": "human"} | columns


def values(item: WikidataItem, key: str) -> list[str | None]:
    return [s.main.value.id if isinstance(s.main.value, EntityRef) else None for s in item.all(key)]


def snak(key: str, value: EntityRef | Text | Time) -> Snak:
    datatypes = {EntityRef: "wikibase-item", Text: "string", Time: "time"}
    return Snak(key, SnakType.VALUE, value, datatypes[type(value)])


def test_a_row_becomes_statements_without_ids() -> None:
    item = item_from_row(
        row(
            gender="female",
            birth_date="1950-02",
            country="Q145",
            description="invented politician",
            positions=[
                {"position": "Mayor of Exampleton", "position_qid": "Q99000020", "start": "2001", "end": None},
                {"position": "Keeper of Samples", "start": "2003-04-05", "end": "2007"},
            ],
            parties=[{"party": "Placeholder Party", "party_qid": "Q99000010", "start": None, "end": "2010-01-02"}],
            employers=[{"employer": "Example Gazette", "employer_qid": "Q99000040"}],
            spouses=[{"spouse": "Bob Example", "spouse_qid": "Q99000030"}],
            website="https://example.org/",
        )
    )
    assert item.labels == {"en": "Ada Example"}
    assert item.descriptions == {"en": "invented politician"}
    assert {s.property: values(item, s.property) for s in item.statements} == {
        "P31": ["Q5"], "P21": ["Q6581072"], "P569": [None], "P27": ["Q145"], "P39": ["Q99000020", None],
        "P102": ["Q99000010"], "P108": ["Q99000040"], "P26": ["Q99000030"], "P856": [None],
    }  # fmt: skip
    assert all(s.id is None for s in item.statements)
    assert item.all("P569")[0].main.value == Time("+1950-02-00T00:00:00Z", 10)
    assert item.all("P39")[1] == Statement(
        Snak("P39", SnakType.SOMEVALUE, None, "wikibase-item"),
        qualifiers=(
            snak("P1932", Text("Keeper of Samples")),
            snak("P580", Time("+2003-04-05T00:00:00Z", 11)),
            snak("P582", Time("+2007-00-00T00:00:00Z", 9)),
        ),
    )
    assert item_of(document_of(item)) == item
    assert kind_of(item, lambda _: frozenset()) is EntityType.PERSON


JOINED = row(
    parties=[
        {"party": "Matched", "party_qid": "Q99000011", "matched_by": "name+legislature"},
        {"party": "Inferred", "party_qid": "Q99000012", "party_qid_inferred": True},
        {"party": "Democrat", "party_qid": None, "org": "US prez"},
        {"party": "Independent", "party_qid": None},
    ],
    positions=[{"position": "sen", "start": "2001-01-03", "end": "2007-01-03", "state": "NY", "party": "Democrat"}],
    legislatures=["us-cabinet"],
)


def test_what_is_inferred_is_no_statement_but_the_linker_knows_it() -> None:
    item, summary = item_from_row(JOINED), summary_from_row(JOINED)
    assert {s.property for s in item.statements} == {"P31"}
    assert {(tenure.name, tenure.qid) for tenure in summary.parties} == {
        ("Matched", "Q99000011"), ("Inferred", "Q99000012"), ("Democrat", "Q29552"),
    }  # fmt: skip
    assert summary.offices == (Tenure("United States senator", None, "2001-01-03", "2007-01-03"),)
    assert summary.country == "Q30"


def test_a_party_without_a_qid_is_a_name_for_the_linker() -> None:
    source = row(parties=[{"party": "Local Placeholders", "party_qid": None}])
    assert not item_from_row(source).all("P102")
    assert summary_from_row(source).parties == (Tenure("Local Placeholders"),)


def test_the_country_is_the_row_s_own_before_the_parliament_s() -> None:
    assert summary_from_row(row(country="Q145", legislatures=["us-cabinet"])).country == "Q145"
    assert summary_from_row(row(legislatures=["us-cabinet", "UK/Commons"])).country == "Q145"
    assert summary_from_row(row(sources=["someone/congress-legislators:x.yaml"])).country == "Q30"
    assert summary_from_row(row(legislatures=["Nowhere/Assembly"])).country is None


def test_who_comes_from_a_parliament_s_table_has_a_seat_there() -> None:
    terms = [
        {"party": "Lanterns", "org": "Folkmoot", "start": "2001-05-01", "end": "2005-05-01"},
        {"party": "Lanterns", "org": "Folkmoot", "start": "2005-05-01"},
    ]
    source = row(parties=terms, legislatures=["Nowhere/Assembly"])
    assert summary_from_row(source).offices == (Tenure("Member of the Folkmoot", None, "2001-05-01"),)
    assert not item_from_row(source).all("P39"), "inferred, and so no statement"
    assert summary_from_row(row(legislatures=["UK/Commons"])).offices == (Tenure("Member of Parliament"),)
    assert summary_from_row(row(legislatures=["us-cabinet"])).offices == ()
    named = row(positions=[{"position": "Mayor of Nowhere"}], legislatures=["Nowhere/Assembly"])
    assert summary_from_row(named).offices == (Tenure("Mayor of Nowhere"),)


def test_labels_of_others_are_asked_for_before_the_row_s_own_names() -> None:
    source = row(
        parties=[{"party": "Lab", "party_qid": "Q99000010"}], positions=[{"position": "X", "position_qid": "Q99000020"}]
    )
    summary = summary_from_row(source, {"Q99000010": "Labour of Example"}.get)
    assert summary.parties == (Tenure("Labour of Example", "Q99000010"),)
    assert summary.offices == (Tenure("X", "Q99000020"),)


def test_names_are_put_right_and_the_others_kept() -> None:
    source = row(
        label="EXAMPLE Ada",
        labels={"en": "Ada Example", "de": "Ada Beispiel"},
        enwiki="Ada Example (British politician)",
        aliases=["Addie Example", "Ada Example, Baroness Example"],
    )
    item, summary = item_from_row(source), summary_from_row(source, languages=("en", "de"))
    assert item.labels == {"en": "Ada Example", "de": "Ada Beispiel"}
    assert item.aliases == {"en": ("Addie Example", "Ada Example, Baroness Example")}
    assert summary.label == "Ada Example"
    assert {"Addie Example", "Ada Beispiel", "Baroness Example", "Lady Example"} <= set(summary.aliases)
    assert "EXAMPLE Ada" not in summary.aliases
    assert summary.description == "British politician"


def test_a_party_keeps_its_short_name_and_has_the_long_one_as_alias() -> None:
    source = row(label="EXP", type="party", labels={"en": "Example Party"})
    summary = summary_from_row(source)
    assert (summary.label, summary.aliases, summary.type) == ("EXP", ("Example Party",), EntityType.PARTY)


def test_dates_that_are_placeholders_or_unreadable_are_unknown() -> None:
    assert not item_from_row(row(birth_date="1970-01-01")).all("P569")
    assert summary_from_row(row(birth_date="1970-01-01")).birth is None
    assert summary_from_row(row(birth_date="1970-01-02")).birth == "1970-01-02"
    source = row(positions=[{"position": "Mayor", "start": "2016--01-15", "end": "2018"}])
    assert summary_from_row(source).offices == (Tenure("Mayor", None, None, "2018"),)


def test_how_well_known_somebody_is() -> None:
    plain = summary_from_row(row()).prior
    assert plain == 0.0
    counted = summary_from_row(row(n_sitelinks=20)).prior
    assert counted == prior_of(20)
    minister = [{"position": "Prime Minister"}]
    assert summary_from_row(row(positions=minister)).prior == 0.85
    assert summary_from_row(row(positions=minister, n_sitelinks=140)).prior > 0.85
    many = dict.fromkeys(("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"), "Ada Example")
    assert plain < summary_from_row(row(labels=many)).prior < counted


@pytest.mark.parametrize(
    ("source", "kind", "cls"),
    [
        ({"type": "party"}, EntityType.PARTY, "Q7278"),
        ({"type": "outlet"}, EntityType.OUTLET, "Q1193236"),
        ({"type": "outlet", "subtype": "news agency"}, EntityType.OUTLET, "Q192283"),
        ({"type": "organization"}, EntityType.ORGANIZATION, "Q43229"),
        ({"type": "position"}, EntityType.POSITION, "Q4164871"),
        ({"type": "place"}, EntityType.PLACE, "Q2221906"),
        ({"type": "person"}, EntityType.PERSON, "Q5"),
    ],
)
def test_the_type_of_a_row_is_its_class(source: dict[str, Any], kind: EntityType, cls: str) -> None:
    assert kind_of_row(row(**source)) is kind
    assert values(item_from_row(row(**source)), "P31") == [cls]
    assert summary_from_row(row(**source)).type is kind


def test_a_table_of_offices() -> None:
    source = {
        "id": "Q99000020",
        "position": "Mayor of Exampleton",
        "country": "Q145",
        "jurisdiction": "Q84",
        "start": "",
    }
    assert kind_of_row(source) is EntityType.POSITION
    item, summary = item_from_row(source), summary_from_row(source)
    assert (item.id, item.labels) == ("Q99000020", {"en": "Mayor of Exampleton"})
    assert (values(item, "P17"), values(item, "P1001")) == (["Q145"], ["Q84"])
    assert (summary.label, summary.country) == ("Mayor of Exampleton", "Q145")


def test_lists_that_are_only_for_the_linker() -> None:
    source = row(kin=["Bob Example"], occupations=["journalist"], type="human")
    assert (summary_from_row(source).kin, summary_from_row(source).occupations) == (("Bob Example",), ("journalist",))
    outlet = row(type="outlet", domains=["example.org"])
    assert summary_from_row(outlet).domains == ("example.org",)
    assert not item_from_row(outlet).all("P856")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"qid": "42"}, "qid is '42'; a QID"),
        ({"qid": None}, "qid is None; a QID"),
        ({"label": "  "}, "label is '  '; a name"),
        ({"label": 5}, "label is 5; a text"),
        ({"type": "robot"}, "type is 'robot'; one of human, "),
        ({"labels": ["Ada"]}, "labels is ['Ada']; a map"),
        ({"aliases": "Ada"}, "aliases is 'Ada'; a list"),
        ({"aliases": [5]}, "aliases is [5]; a list of texts"),
        ({"parties": [5]}, "entry 1 of parties is 5; a map"),
        ({"parties": [{}, {"party": "X", "party_qid": "X1"}]}, "entry 2 of parties: party_qid is 'X1'; a QID"),
        ({"n_sitelinks": "many"}, "n_sitelinks is 'many'; a whole number"),
        ({"n_sitelinks": True}, "n_sitelinks is True; a whole number"),
    ],
)
def test_what_cannot_be_read_is_named(columns: dict[str, Any], said: str) -> None:
    with pytest.raises(ItemFormatError) as caught:
        summary_from_row(row(**columns))
    assert str(caught.value).startswith("the flat row ")
    assert said in str(caught.value)


@pytest.mark.parametrize("source", [[], "Q1", None, 5])
def test_what_is_no_row_is_refused(source: Any) -> None:
    with pytest.raises(ItemFormatError):
        item_from_row(source)


def test_what_a_gazetteer_knows_as_statements() -> None:
    item = Item(
        qid="Q99000001",
        label="Ada Example",
        type=EntityType.PERSON,
        aliases=("A. Example",),
        description="invented politician",
        gender="female",
        birth="1950-02",
        death="2019",
        country="Q145",
        parties=(Tenure("Placeholder Party", "Q99000010", "1990"),),
        offices=(Tenure("Keeper of Samples", None, "2001-02-03", "2004"),),
        employers=(Tenure("Example Gazette", "Q99000040"),),
        kin=("Bob Example",),
        prior=0.5,
    )
    found = statements_of(item)
    assert [s.property for s in found.statements] == ["P31", "P21", "P569", "P570", "P102", "P39", "P108"]
    assert found.all("P39")[0].main.type is SnakType.SOMEVALUE
    assert found.all("P39")[0].qualifiers[0] == snak("P1932", Text("Keeper of Samples"))
    assert item_of(document_of(found)) == found


def test_a_party_of_a_gazetteer_has_its_country() -> None:
    party = Item("Q99000010", "Placeholder Party", EntityType.PARTY, country="Q145")
    assert values(statements_of(party), "P17") == ["Q145"]
    place = Item("Q145", "United Kingdom", EntityType.PLACE, country="Q145")
    assert not statements_of(place).all("P17")


@pytest.mark.skipif(not DATA.is_dir(), reason="the extracts are not on this machine")
def test_every_row_of_the_extracts_is_read() -> None:
    with gzip.open(DATA / "people_dev.jsonl.gz", "rt", encoding="utf-8") as stream:
        lines = stream.read().splitlines()[::7]
    for name in ("wellknown_people", "parties", "outlets", "organisations", "eps2022_positions"):
        lines += (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[::7]
    for line in lines:
        source = json.loads(line)
        item, summary = item_from_row(source), summary_from_row(source)
        assert item_of(document_of(item)) == item
        assert summary.qid == item.id
        assert summary.label
        assert kind_of(item, lambda _: frozenset()) in (summary.type, None)
        for part in source.get("parties", ()):
            if "matched_by" in part or part.get("party_qid_inferred"):
                assert part.get("party_qid") not in values(item, "P102") or any(
                    other.get("party_qid") == part["party_qid"]
                    and "matched_by" not in other
                    and not other.get("party_qid_inferred")
                    for other in source["parties"]
                )
    assert len(lines) > 4000
