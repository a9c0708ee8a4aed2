from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def described(reading: Reading) -> list[tuple[str, str]]:
    return [
        (reading.text(m.start, m.end), reading.clusters[m.cluster].name)
        for m in sorted(reading.mentions, key=lambda m: m.start)
        if m.kind is MentionKind.NOMINAL
    ]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Ada Example, a lawyer and mother of three, spoke first.", "a lawyer"),
        ("Ada Example is a former teacher.", "a former teacher"),
        ("Ada Example became the first woman to lead the council.", "the first woman"),
        ("Ada Example served as a captain in the navy.", "a captain"),
        ("Critics described Ada Example as a hero.", "a hero"),
        ("His friend Ada Example spoke first.", "friend"),
        ("Ada Example was one of the founders of the club.", "one of the founders of the club"),
        ("Ada Example was born in Leeds, the daughter of a baker.", "the daughter of a baker"),
        ("His wife, Ada Example, is a baker.", "a baker"),
        ("The owner of the theatre, Ada Example, spoke first.", "The owner of the theatre"),
    ],
)
def test_grammar_equates_a_phrase_with_a_person(read: Read, text: str, phrase: str) -> None:
    assert (phrase, "Ada Example") in described(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example is not a lawyer.",
        "Ada Example met a lawyer.",
        "Ada Example spoke to the owner of the theatre.",
        "Ada Example is part of the plan.",
        "Ada Example was one of the reasons.",
        "There was no lawyer, Ada Example said.",
    ],
)
def test_what_is_somebody_else_or_nothing_is_left_out(read: Read, text: str) -> None:
    assert described(read(text)) == []


def test_a_description_does_not_hide_the_tokens_from_other_readers(read: Read) -> None:
    reading = read("Ada Example, a lawyer, spoke first.")
    (nominal,) = [m for m in reading.mentions if m.kind is MentionKind.NOMINAL]
    assert reading.mention_at(nominal.start) is None
