from __future__ import annotations

from collections.abc import Callable

from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def pronouns(reading: Reading) -> list[tuple[str, str]]:
    """The resolved pronouns in text order, with whom they mean."""
    return [
        (reading.text(m.start, m.end), reading.clusters[m.cluster].name)
        for m in sorted(reading.mentions, key=lambda m: m.start)
        if m.kind is MentionKind.PRONOUN
    ]


def test_gender_decides_between_two_people(read: Read) -> None:
    reading = read("Ada Example met Thomas Sample on Monday. He smiled. She did not smile at him.")
    assert pronouns(reading) == [
        ("He", "Thomas Sample"),
        ("She", "Ada Example"),
        ("him", "Thomas Sample"),
    ]


def test_the_subject_before_is_preferred(read: Read) -> None:
    reading = read("Thomas Sample spoke about William Specimen. Later he left.")
    assert pronouns(reading) == [("he", "Thomas Sample")]


def test_an_object_pronoun_is_not_the_subject_of_its_verb(read: Read) -> None:
    reading = read("William Specimen sat down. Thomas Sample thanked him.")
    assert pronouns(reading) == [("him", "William Specimen")]


def test_a_reflexive_is_the_subject(read: Read) -> None:
    reading = read("William Specimen sat down. Thomas Sample blamed himself.")
    assert pronouns(reading) == [("himself", "Thomas Sample")]


def test_a_pronoun_too_far_from_any_name_stays_unresolved(read: Read) -> None:
    filler = " ".join("The rain went on all day." for _ in range(8))
    assert pronouns(read(f"Thomas Sample spoke. {filler} He was tired.")) == []


def test_only_people_are_meant(read: Read) -> None:
    reading = read("Ada Example told the BBC about Labour in London. She was tired.")
    meant = [m for m in reading.mentions if m.kind is not MentionKind.NAME]
    assert all(reading.type_of(m.cluster) is EntityType.PERSON for m in meant)


def test_a_description_is_whoever_holds_the_office_in_the_article(read: Read) -> None:
    reading = read("The treasurer, Thomas Sample, spoke first. Ada Example replied. The treasurer did not answer.")
    nominals = [
        (reading.text(m.start, m.end), reading.clusters[m.cluster].name)
        for m in reading.mentions
        if m.kind is MentionKind.NOMINAL
    ]
    assert nominals == [("The treasurer", "Thomas Sample")]


def test_a_former_holder_is_not_the_holder(read: Read) -> None:
    reading = read("The former treasurer, Thomas Sample, spoke first. The treasurer did not come.")
    nominals = [reading.text(m.start, m.end) for m in reading.mentions if m.kind is MentionKind.NOMINAL]
    assert "The treasurer" not in nominals


def test_pronouns_without_anybody_named_before(read: Read) -> None:
    assert pronouns(read("He said that she had lied to him. Then it rained.")) == []
