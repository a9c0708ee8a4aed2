from __future__ import annotations

from collections.abc import Callable

from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def forms(reading: Reading) -> list[tuple[str, ...]]:
    return [cluster.forms for cluster in reading.clusters]


def owner(reading: Reading, title: str) -> str:
    """The cluster's name of the first mention with the title."""
    mention = next(m for m in reading.mentions if m.title == title)
    return reading.clusters[mention.cluster].name


def test_a_surname_joins_the_full_name(read: Read) -> None:
    reading = read("Ada Example spoke. Mrs Example sat down, and Example’s friends clapped.")
    assert forms(reading) == [("Ada Example", "Example")]


def test_two_people_of_one_surname_are_told_apart_by_gender(read: Read) -> None:
    reading = read("Ada Sample met Thomas Sample. Mrs Sample smiled. Mr Sample frowned.")
    assert owner(reading, "Mrs") == "Ada Sample"
    assert owner(reading, "Mr") == "Thomas Sample"


def test_a_short_given_name_is_the_same_person(read: Read) -> None:
    reading = read("Bob Sample spoke. Robert Sample sat down.")
    assert len(reading.clusters) == 1


def test_two_given_names_are_two_people(read: Read) -> None:
    reading = read("Thomas Sample spoke. William Sample sat down.")
    assert [cluster.name for cluster in reading.clusters] == ["Thomas Sample", "William Sample"]


def test_the_fullest_form_names_the_cluster(read: Read) -> None:
    reading = read("Sample spoke. Later Thomas Sample left. Mr Sample did not come back.")
    assert [cluster.name for cluster in reading.clusters] == ["Thomas Sample"]


def test_an_acronym_joins_the_name_that_it_spells(read: Read) -> None:
    reading = read(
        "The National Audit Office and the Islamic Human Rights Commission met on Monday. "
        "A spokesman for the NAO said that the IHRC had asked for more time."
    )
    assert {
        ("National Audit Office", "NAO"),
        ("Islamic Human Rights Commission", "IHRC"),
    } <= set(forms(reading))


def test_a_short_form_joins_its_outlet_but_an_acronym_is_the_corporation(read: Read) -> None:
    reading = read(
        "Ada Example told Fox News that Fox was wrong. She told BBC News that the BBC was wrong, "
        "and the Washington Post that the Post was wrong."
    )
    clusters = {
        reading.text(m.start, m.end): m.cluster
        for m in reading.mentions
        if m.kind is MentionKind.NAME and reading.type_of(m.cluster) is EntityType.OUTLET
    }
    assert clusters["Fox"] == clusters["Fox News"]
    assert clusters["BBC"] != clusters["BBC News"]
    assert clusters.get("Post", clusters["Washington Post"]) == clusters["Washington Post"]


def test_gender_comes_from_titles_and_given_names(read: Read) -> None:
    reading = read("Ada Example met Mr Sample, Thomas Specimen and Quillfeather Junction.")
    genders = {cluster.name: cluster.gender for cluster in reading.clusters}
    assert genders["Ada Example"] == "female"
    assert genders["Sample"] == "male"
    assert genders["Thomas Specimen"] == "male"


def test_every_form_stands_in_the_text(read: Read) -> None:
    text = "Ada\u00a0Example told the BBC. Mrs\u00a0Example’s friends told Labour’s Thomas Sample."
    reading = read(text)
    plain = " ".join(text.split())
    assert all(form in plain for cluster in reading.clusters for form in cluster.forms)
