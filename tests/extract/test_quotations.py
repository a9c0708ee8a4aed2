from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.extract.base import Attribution
from kg.extract.quotations import find_attributions
from kg.model import QuotationKind
from kg.nlp.reading import Reading

Read = Callable[[str], Reading]
DIRECT, INDIRECT, MIXED = QuotationKind.DIRECT, QuotationKind.INDIRECT, QuotationKind.MIXED


@dataclass(frozen=True)
class Shown:
    kind: QuotationKind
    speaker: str | None
    cue: str | None
    content: tuple[str, ...]


def shown(read: Read, text: str) -> list[Shown]:
    reading = read(text)
    return [_shown(reading, found) for found in find_attributions(reading)]


def _shown(reading: Reading, found: Attribution) -> Shown:
    return Shown(
        found.kind,
        None if found.speaker is None else reading.clusters[found.speaker].name,
        None if found.cue is None else reading.text(*found.cue),
        tuple(reading.text(*part) for part in found.content),
    )


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ('"The plan will fail," Ada Example said.', "Ada Example", "said", "The plan will fail"),
        ('"The plan will fail," said Ms Ada Example.', "Ada Example", "said", "The plan will fail"),
        ('Ada Example said: "The plan will fail."', "Ada Example", "said", "The plan will fail"),
        ('"Will the plan fail?" asked Ada Example.', "Ada Example", "asked", "Will the plan fail"),
        ("“The plan will fail,” Ada Example said.", "Ada Example", "said", "The plan will fail"),
    ],
)
def test_direct_speech(read: Read, text: str, speaker: str, cue: str, content: str) -> None:
    assert shown(read, text) == [Shown(DIRECT, speaker, cue, (content,))]


def test_an_interrupted_quotation_is_one_attribution(read: Read) -> None:
    found = shown(read, '"The plan will fail," Ada Example said, "and it will cost us dear."')
    assert found == [Shown(DIRECT, "Ada Example", "said", ("The plan will fail", "and it will cost us dear"))]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("Ada Example said that the plan would fail.", "Ada Example", "said", "that the plan would fail"),
        ("Ada Example believes the plan will fail.", "Ada Example", "believes", "the plan will fail"),
        ("The plan will fail, according to Ada Example.", "Ada Example", "according to", "The plan will fail"),
        ("The plan, Ada Example said, was bad.", "Ada Example", "said", "The plan"),
        ("Ada Example promised to stop the plan.", "Ada Example", "promised", "to stop the plan"),
        (
            "Ada Example's claim that the plan would fail was printed.",
            "Ada Example",
            "claim",
            "that the plan would fail",
        ),
    ],
)
def test_reported_speech(read: Read, text: str, speaker: str, cue: str, content: str) -> None:
    found = shown(read, text)
    assert [(one.kind, one.speaker, one.cue) for one in found] == [(INDIRECT, speaker, cue)]
    assert found[0].content[0] == content


def test_reported_speech_with_quoted_words_is_mixed(read: Read) -> None:
    assert shown(read, 'Ada Example said the plan was "a sad joke" and should go.') == [
        Shown(MIXED, "Ada Example", "said", ('the plan was "a sad joke" and should go',))
    ]


def test_a_quoted_phrase_belongs_to_the_verb_that_governs_it(read: Read) -> None:
    assert shown(read, 'Ada Example called the plan "a sad joke".') == [
        Shown(MIXED, "Ada Example", "called", ("a sad joke",))
    ]


def test_speech_goes_on_without_a_cue(read: Read) -> None:
    text = '"The plan will fail," Ada Example said. "It was never any good to anybody here."'
    assert [one.speaker for one in shown(read, text)] == ["Ada Example", "Ada Example"]


def test_speech_goes_on_in_the_next_paragraph(read: Read) -> None:
    text = '"The plan will fail," Ada Example said.\n\n"It was never any good to anybody here."'
    assert [one.speaker for one in shown(read, text)] == ["Ada Example", "Ada Example"]


def test_a_sentence_about_somebody_else_changes_the_speaker(read: Read) -> None:
    text = (
        '"The plan will fail," Ada Example said.\n\n'
        'Bertram Sample was not so sure. "It may well work out in the end for us."'
    )
    assert [one.speaker for one in shown(read, text)] == ["Ada Example", "Bertram Sample"]


def test_a_pronoun_speaks_for_its_person(read: Read) -> None:
    text = 'Ada Example opened the debate. "The plan will fail," she said.'
    assert [one.speaker for one in shown(read, text)] == ["Ada Example"]


def test_i_and_we_inside_a_quotation_are_its_speaker(read: Read) -> None:
    text = '"I think that the plan will fail," Ada Example said.'
    assert {(one.cue, one.speaker) for one in shown(read, text)} == {
        ("said", "Ada Example"),
        ("think", "Ada Example"),
    }


def test_who_is_spoken_to(read: Read) -> None:
    reading = read("Ada Example told Bertram Sample that the plan would fail.")
    (found,) = find_attributions(reading)
    assert found.addressee is not None
    assert reading.clusters[found.addressee].name == "Bertram Sample"


def test_passive_speech_has_the_speaker_behind_by(read: Read) -> None:
    text = "Bertram Sample was told by Ada Example that the plan would fail."
    assert [one.speaker for one in shown(read, text)] == ["Ada Example"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan will fail.",
        'The so-called "plan" failed.',
        'They watched "The Long Road" at home.',
        "",
    ],
)
def test_no_speech(read: Read, text: str) -> None:
    assert shown(read, text) == []


def test_marks_that_never_close_do_no_harm(read: Read) -> None:
    text = 'Ada Example said: "The plan will fail. ' + "It will fail again. " * 200
    assert len(shown(read, text)) <= 3


def test_content_and_cues_stand_in_text_order(read: Read) -> None:
    text = (
        '"The plan will fail," said Ada Example, adding that "it was never good". '
        "Bertram Sample denied that the plan had failed, and Carla Test says it is fine."
    )
    reading = read(text)
    found = find_attributions(reading)
    starts = [one.content[0][0] for one in found]
    assert starts == sorted(starts)
    for one in found:
        assert all(start < end for start, end in one.content)
