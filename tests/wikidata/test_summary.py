from __future__ import annotations

from typing import Any

import pytest
from wikidata_documents import document, entity, snak, statement, text, time

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import KEPT, item_of
from kg.wikidata.notability import prior_of
from kg.wikidata.summary import kept, peer_names, summary_of

LABELS = {
    "Q99000010": "Placeholder Party",
    "Q99000011": "Sample Party",
    "Q99000020": "Mayor of Exampleton",
    "Q99000030": "Bob Example",
    "Q99000031": "Cleo Example",
    "Q99000040": "Example Gazette",
    "Q99000041": "Society of Samples",
    "Q99000050": "invented journalist",
}


def read(source: dict[str, Any]) -> WikidataItem:
    item = item_of(source)
    assert item is not None
    return item


def summed(*statements: dict[str, Any], kind: EntityType = EntityType.PERSON, **parts: Any) -> Item:
    languages = parts.pop("languages", ("en",))
    return summary_of(read(document(*statements, **parts)), kind, LABELS.get, languages=languages)


def day(value: str, key: str = "P580", precision: int = 11) -> dict[str, Any]:
    return snak(key, time(f"+{value}T00:00:00Z", precision))


def terms(**labels: str) -> dict[str, Any]:
    return {key.replace("_", "-"): {"language": key, "value": label} for key, label in labels.items()}


def test_a_person() -> None:
    item = summed(
        statement(snak("P31", entity("Q5"))),
        statement(snak("P21", entity("Q6581072"))),
        statement(snak("P569", time("+1950-02-00T00:00:00Z", 10))),
        statement(snak("P570", time("+2019-05-06T00:00:00Z"))),
        statement(snak("P27", entity("Q145"))),
        statement(snak("P102", entity("Q99000010")), day("1990-00-00", precision=9), day("2001-05-06", "P582")),
        statement(snak("P102", entity("Q99000011")), day("2001-05-07")),
        statement(snak("P39", entity("Q99000020")), day("1995-00-00", precision=9)),
        statement(snak("P26", entity("Q99000030"))),
        statement(snak("P40", entity("Q99000031"))),
        statement(snak("P108", entity("Q99000040"))),
        statement(snak("P463", entity("Q99000041"))),
        statement(snak("P106", entity("Q99000050"))),
    )
    assert item == Item(
        qid="Q99000001",
        label="Ada Example",
        type=EntityType.PERSON,
        aliases=("A. Example", "Ada B. Example"),
        description="invented politician",
        gender="female",
        birth="1950-02",
        death="2019-05-06",
        country="Q145",
        parties=(
            Tenure("Sample Party", "Q99000011", "2001-05-07"),
            Tenure("Placeholder Party", "Q99000010", "1990", "2001-05-06"),
        ),
        offices=(Tenure("Mayor of Exampleton", "Q99000020", "1995"),),
        prior=prior_of(2),
        kin=("Bob Example", "Cleo Example"),
        employers=(Tenure("Society of Samples", "Q99000041"), Tenure("Example Gazette", "Q99000040")),
        occupations=("invented journalist",),
    )


def test_deprecated_statements_say_nothing_and_preferred_ones_win() -> None:
    item = summed(
        statement(snak("P21", entity("Q6581097")), rank="deprecated"),
        statement(snak("P21", entity("Q6581072"))),
        statement(snak("P569", time("+1950-00-00T00:00:00Z", 9))),
        statement(snak("P569", time("+1951-01-02T00:00:00Z")), rank="preferred"),
        statement(snak("P102", entity("Q99000010")), rank="deprecated"),
        statement(snak("P102", entity("Q99000011"))),
        statement(snak("P26", entity("Q99000030")), rank="deprecated"),
    )
    assert (item.gender, item.birth, item.kin) == ("female", "1951-01-02", ())
    assert item.parties == (Tenure("Sample Party", "Q99000011"),)


def test_former_parties_count_beside_a_preferred_one() -> None:
    item = summed(
        statement(snak("P102", entity("Q99000010"))),
        statement(snak("P102", entity("Q99000011")), rank="preferred"),
    )
    assert {tenure.qid for tenure in item.parties} == {"Q99000010", "Q99000011"}


def test_an_unknown_value_goes_by_the_name_it_is_stated_as_and_no_value_by_none() -> None:
    item = summed(
        statement(snak("P39", kind="somevalue"), snak("P1932", text("Keeper of Samples")), day("2001-02-03")),
        statement(snak("P39", kind="somevalue")),
        statement(snak("P102", kind="novalue")),
    )
    assert item.offices == (Tenure("Keeper of Samples", None, "2001-02-03"),)
    assert item.parties == ()


def test_what_has_no_label_goes_by_its_qid_but_not_as_a_name() -> None:
    item = summed(
        statement(snak("P102", entity("Q99000019"))),
        statement(snak("P26", entity("Q99000039"))),
        statement(snak("P106", entity("Q99000059"))),
    )
    assert item.parties == (Tenure("Q99000019", "Q99000019"),)
    assert item.kin == item.occupations == ()


def test_the_country_is_one_that_lasts() -> None:
    former = statement(snak("P27", entity("Q36")), day("1990-01-01", "P582"))
    now = statement(snak("P27", entity("Q145")))
    assert summed(former, now).country == "Q145"
    assert summed(former).country == "Q36"
    assert summed(statement(snak("P17", entity("Q30"))), now).country == "Q145"
    office = (statement(snak("P1001", entity("Q84"))), statement(snak("P17", entity("Q145"))))
    assert summed(*office, kind=EntityType.POSITION).country == "Q145"
    assert summed(office[0], kind=EntityType.POSITION).country == "Q84"


def test_only_people_have_a_life() -> None:
    item = summed(
        statement(snak("P21", entity("Q6581072"))),
        statement(snak("P569", time("+1950-00-00T00:00:00Z", 9))),
        statement(snak("P463", entity("Q99000041"))),
        statement(snak("P102", entity("Q99000010"))),
        kind=EntityType.PARTY,
    )
    assert (item.gender, item.birth, item.employers) == (None, None, ())
    assert item.parties == (Tenure("Society of Samples", "Q99000041"),)


def test_dates_that_are_too_coarse_are_unknown() -> None:
    item = summed(
        statement(snak("P569", time("+1900-00-00T00:00:00Z", 7))),
        statement(snak("P39", entity("Q99000020")), day("1990-00-00", precision=8), snak("P582", kind="somevalue")),
    )
    assert item.birth is None
    assert item.offices == (Tenure("Mayor of Exampleton", "Q99000020"),)


@pytest.mark.parametrize(
    ("labels", "languages", "expected"),
    [
        (terms(en="Ada", de="Adelheid", mul="All"), ("en",), "Ada"),
        (terms(en="Ada", de="Adelheid", mul="All"), ("fr", "de"), "Adelheid"),
        (terms(en="Ada", mul="All"), ("fr",), "All"),
        (terms(en="Ada", fi="Aada"), ("fr",), "Ada"),
        (terms(ru="Ада", lv="Adelīna"), ("en",), "Adelīna"),
        (terms(ru="Ада"), ("en",), "Ада"),
        ({}, ("en",), "Q99000001"),
    ],
)
def test_the_label(labels: dict[str, Any], languages: tuple[str, ...], expected: str) -> None:
    assert summed(labels=labels, languages=languages).label == expected


def test_aliases_are_of_the_languages_chosen() -> None:
    aliases = {
        "en": [{"language": "en", "value": "A. Example"}, {"language": "en", "value": "ada  EXAMPLE"}],
        "de": [{"language": "de", "value": "Ada die Erste"}],
        "mul": [{"language": "mul", "value": "Adaex"}],
    }
    item = summed(aliases=aliases, languages=("en", "de"))
    assert item.label == "Ada Example"
    assert item.aliases == ("A. Example", "Ada Beispiel", "Ada die Erste", "Adaex")
    assert summed(aliases=aliases).aliases == ("A. Example", "Adaex")


def test_a_wikipedia_title_is_an_alias_without_its_brackets() -> None:
    links = {"enwiki": {"site": "enwiki", "title": "Ada Sample (politician)"}, "dewiki": {"title": "Adelheid Muster"}}
    assert "Ada Sample" in summed(sitelinks=links).aliases
    assert "Adelheid Muster" not in summed(sitelinks=links).aliases


def test_short_names_of_parties_and_demonyms_of_places() -> None:
    short = statement(snak("P1813", {"type": "monolingualtext", "value": {"text": "EXP", "language": "en"}}))
    demonym = statement(snak("P1549", {"type": "monolingualtext", "value": {"text": "Examplean", "language": "en"}}))
    foreign = statement(snak("P1549", {"type": "monolingualtext", "value": {"text": "Beispieler", "language": "de"}}))
    assert "EXP" in summed(short, kind=EntityType.PARTY).aliases
    assert summed(demonym, foreign, kind=EntityType.PLACE).words == ("examplean",)


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["https://www.example.org/"], ("example.org",)),
        (["http://news.example.org", "https://example.com/en/"], ("news.example.org", "example.com")),
        (["https://example.com/people/gazette"], ()),
        (["https://example.com/?site=5"], ()),
        (["https://[broken", "no address"], ()),
    ],
)
def test_the_domains_of_an_outlet(addresses: list[str], expected: tuple[str, ...]) -> None:
    sites = [statement(snak("P856", text(address)), number=i) for i, address in enumerate(addresses)]
    assert summed(*sites, kind=EntityType.OUTLET).domains == expected
    assert summed(*sites, kind=EntityType.PARTY).domains == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Example, Baroness Example", ("Baroness Example", "Lady Example")),
        ("Bob Example, Baron Example of Sampleton", ("Lord Example", "Lord Example of Sampleton")),
        ("Bob Example, 3rd Viscount Sample-Holder", ("Lord Sample-Holder",)),
        ("Bob Example, Earl of Sampleton", ("Lord Sampleton",)),
        ("Bob Example, Baron St John of Sampleton", ("Lord St John", "Lord St John of Sampleton")),
        ("Baron Example", ()),
        ("Bob Example, Jr.", ()),
    ],
)
def test_what_peers_are_called(name: str, expected: tuple[str, ...]) -> None:
    assert peer_names(name) == expected
    if expected:
        assert set(expected) <= set(summed(labels=terms(en=name)).aliases)
        assert not set(expected) & set(summed(labels=terms(en=name), kind=EntityType.OUTLET).aliases)


def test_an_office_of_one_parliament_has_the_usual_name() -> None:
    names = {"Q99000021": "Member of the 57th Parliament of the United Kingdom"}
    item = read(document(statement(snak("P39", entity("Q99000021")))))
    summary = summary_of(item, EntityType.PERSON, names.get)
    assert summary.offices == (Tenure("Member of Parliament", "Q99000021"),)


def test_an_index_keeps_statements_without_references_and_few_labels() -> None:
    item = read(
        document(
            statement(snak("P31", entity("Q5"))),
            statement(snak("P9999", entity("Q5"))),
            statement(snak("P39", entity("Q99000020")), day("2001-02-03"), rank="preferred", number=7),
        )
    )
    small = kept(item)
    assert [s.property for s in small.statements] == ["P31", "P39"]
    assert all(not s.references for s in small.statements)
    old, new = item.statements[2], small.statements[1]
    assert (new.id, new.rank, new.qualifiers, new.main) == (old.id, old.rank, old.qualifiers, old.main)
    assert small.labels == {"en": "Ada Example"}
    assert not small.sitelinks
    assert {"P31", "P39", "P102"} <= KEPT
