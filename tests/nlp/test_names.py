from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def names(reading: Reading) -> dict[str, EntityType]:
    """The named spans of the text with the type of their cluster."""
    return {
        reading.text(mention.start, mention.end): reading.type_of(mention.cluster)
        for mention in reading.mentions
        if mention.kind is MentionKind.NAME
    }


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Ada Example told BBC Radio 4's Today programme.", "BBC Radio 4's Today programme"),
        ("Ada Example told BBC Two's Newsnight programme on Monday.", "BBC Two's Newsnight programme"),
        ("Ada Example told CBS' Face the Nation on Sunday.", "CBS' Face the Nation"),
        ("Ada Example said on CNN's State of the Union that it was late.", "CNN's State of the Union"),
        ("Ada Example said on ABC's “This Week” that it was late.", "ABC's “This Week”"),
        ("Ada Example told The Spectator magazine.", "Spectator magazine"),
        ("Ada Example told the BBC News website.", "BBC News website"),
        ("Ada Example told El Ejemplo newspaper on Tuesday.", "El Ejemplo newspaper"),
        ("Ada Example told WXYZ-TV on Tuesday.", "WXYZ-TV"),
        ("Ada Example talked on the podcast “Plain Sailing” on Tuesday.", "Plain Sailing"),
        ("Ada Example spoke to The Star-Ledger of Newark on Tuesday.", "Star-Ledger of Newark"),
    ],
)
def test_an_outlets_name_has_its_longest_form(read: Read, text: str, outlet: str) -> None:
    assert names(read(text))[outlet] is EntityType.OUTLET


@pytest.mark.parametrize(
    ("text", "outlet", "person"),
    [
        ("Ada Example told CNN's Thomas Sample on Sunday.", "CNN", "Thomas Sample"),
        ("Ada Example met the BBC's political editor, Thomas Sample.", "BBC", "Thomas Sample"),
        ("Ada Example met Thomas Sample of Fox News on Sunday.", "Fox News", "Thomas Sample"),
    ],
)
def test_an_outlets_people_are_no_part_of_its_name(read: Read, text: str, outlet: str, person: str) -> None:
    found = names(read(text))
    assert found[outlet] is EntityType.OUTLET
    assert found[person] is EntityType.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example gave the State of the Union address on Tuesday.",
        "Ada Example spoke at Prime Minister's Question Time on Wednesday.",
        "Dr Fox told the committee that the figures were wrong.",
        "Ada Example watched CNN's Republican debate at home.",
    ],
)
def test_what_is_no_outlet(read: Read, text: str) -> None:
    found = names(read(text))
    outlets = [name for name, type_ in found.items() if type_ is EntityType.OUTLET]
    assert outlets in ([], ["CNN"])


def test_a_persons_title_is_no_part_of_the_name(read: Read) -> None:
    reading = read("Sir Thomas Sample and Mrs Ada Example met Dr Sample’s wife.")
    people = [m for m in reading.mentions if reading.type_of(m.cluster) is EntityType.PERSON]
    spans = [(m.title, reading.text(m.start, m.end)) for m in people if m.kind is MentionKind.NAME]
    assert spans == [("Sir", "Thomas Sample"), ("Mrs", "Ada Example"), ("Dr", "Sample")]


def test_a_lone_surname_is_a_person_whatever_it_looks_like(read: Read) -> None:
    reading = read("Thomas Wells spoke first. Wells then left, and Wells’s wife followed.")
    assert [cluster.name for cluster in reading.clusters] == ["Thomas Wells"]


def test_parties_carry_the_name_that_the_list_gives(read: Read) -> None:
    reading = read("Labour and the Tories met the Conservatives.")
    assert {cluster.canonical for cluster in reading.clusters} == {"Labour Party", "Conservative Party"}
    assert all(cluster.type is EntityType.PARTY for cluster in reading.clusters)


def test_a_campaign_called_after_a_person_is_an_organisation(read: Read) -> None:
    assert names(read("The Sample campaign sent Thomas Sample home."))["Sample campaign"] is (EntityType.ORGANIZATION)


def test_a_police_force_is_no_place(read: Read) -> None:
    found = names(read("London police chief Thomas Sample asked for patience."))
    assert found["London police"] is EntityType.ORGANIZATION


def test_names_do_not_overlap_and_stand_in_order(read: Read) -> None:
    reading = read(
        "Former Home Secretary Ada Example told the BBC's Thomas Sample that Labour MPs in the House of Commons "
        "had met the chairman of the Brookdale Institute in London."
    )
    named = [m for m in reading.mentions if m.kind is MentionKind.NAME]
    assert all(a.end <= b.start for a, b in itertools.pairwise(named))


def test_a_headline_in_capitals_is_no_name(read: Read) -> None:
    reading = read("ADA EXAMPLE ACCUSED THOMAS SAMPLE OF LYING ABOUT THE BRIDGE\n\nThe row went on.")
    assert all(len(cluster.name.split()) < 5 for cluster in reading.clusters)
