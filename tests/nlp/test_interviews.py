from __future__ import annotations

from collections.abc import Callable

from kg.model import MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def spoken(reading: Reading) -> list[tuple[str, str]]:
    return [
        (reading.text(m.start, m.end), reading.clusters[m.cluster].name)
        for m in sorted(reading.mentions, key=lambda m: m.start)
        if m.kind is MentionKind.PRONOUN
    ]


def test_questions_and_answers_tell_that_a_text_is_an_interview(read: Read) -> None:
    text = (
        "Ada Example on her new garden\nHow did you begin?\nI bought a spade. I dug, and I liked it.\n"
        "Are you tired?\nI am not. My hands are."
    )
    assert [pair for pair in spoken(read(text)) if pair[0] != "her"] == [
        (word, "Ada Example") for word in ["you", "I", "I", "I", "you", "I", "My"]
    ]


def test_a_turn_of_a_transcript_is_whose_name_opens_it(read: Read) -> None:
    text = "ADA EXAMPLE: I never said that.\nTHOMAS SAMPLE: I heard it, and my wife did.\nADA EXAMPLE: I did not."
    reading = read("Ada Example and Thomas Sample met on Monday.\n" + text)
    assert [(word, name.title()) for word, name in spoken(reading)] == [
        ("I", "Ada Example"),
        ("I", "Thomas Sample"),
        ("my", "Thomas Sample"),
        ("I", "Ada Example"),
    ]


def test_a_signed_text_is_all_its_authors(read: Read) -> None:
    body = "I grew up here. I left. I came back, and I stayed. I like my street, and I know it."
    reading = read(f"By Ada Example\n{body}")
    assert {name for _, name in spoken(reading)} == {"Ada Example"}
    assert len(spoken(reading)) == 7


def test_nobody_named_as_author_says_i(read: Read) -> None:
    body = "I grew up here. I left. I came back, and I stayed. I like my street, and I know it."
    assert spoken(read(f"Ada Example came to the street last week, and nobody knew why.\n{body}")) == []
