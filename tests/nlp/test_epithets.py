from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import MentionKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def meant(reading: Reading, phrase: str) -> list[str]:
    """Whom each mention with these words means."""
    return [
        reading.clusters[m.cluster].name
        for m in sorted(reading.mentions, key=lambda m: m.start)
        if m.kind is MentionKind.NOMINAL and reading.text(m.start, m.end) == phrase
    ]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Ada Example, a lawyer, spoke first. Nobody answered the lawyer.", "the lawyer"),
        ("Thomas Sample married a singer. His wife, Ada Example, sang. Later his wife left.", "wife"),
        ("Thomas Sample left. His mother stayed. His mother, Ada Example, was tired.", "mother"),
    ],
)
def test_a_noun_said_of_somebody_means_them_again(read: Read, text: str, phrase: str) -> None:
    assert "Ada Example" in meant(read(text), phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Ada Example, a lawyer, met Thomas Sample, a lawyer. Nobody answered the lawyer.", "the lawyer"),
        ("Ada Example, a lawyer, spoke first. Nobody answered the lawyer from Leeds.", "the lawyer"),
        ("Thomas Sample left. His mother stayed.", "mother"),
    ],
)
def test_it_means_nobody_where_that_is_not_clear(read: Read, text: str, phrase: str) -> None:
    assert meant(read(text), phrase) == []


def test_another_mans_wife_is_another_woman(read: Read) -> None:
    reading = read("Thomas Sample came with his wife, Ada Example. William Specimen left. His wife stayed.")
    assert meant(reading, "wife") == ["Ada Example"]
