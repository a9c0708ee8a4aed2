from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from kg.nlp.reading import Reading

Read = Callable[[str], Reading]


def roles(reading: Reading) -> list[tuple[str, list[str]]]:
    """The offices of the text, each with the names of those who hold it."""
    return [
        (
            " ".join(reading.text(role.start, role.end).split()),
            [reading.text(m.start, m.end) for m in (reading.mentions[index] for index in role.people)],
        )
        for role in reading.roles
    ]


@pytest.mark.parametrize(
    ("text", "office", "holder"),
    [
        ("Home Secretary Ada Example spoke.", "Home Secretary", "Ada Example"),
        ("The home secretary, Ada Example, spoke.", "home secretary", "Ada Example"),
        ("Ada Example, the home secretary, spoke.", "home secretary", "Ada Example"),
        (
            "Ada Example is the chairman of the Brookdale Institute.",
            "chairman of the Brookdale Institute",
            "Ada Example",
        ),
        ("Ada Example was elected leader on Monday.", "leader", "Ada Example"),
        ("Ada Example, who is the shadow chancellor, spoke.", "shadow chancellor", "Ada Example"),
        ("Trade and Industry Secretary Ada Example spoke.", "Trade and Industry Secretary", "Ada Example"),
        ("BBC political editor Thomas Sample spoke.", "BBC political editor", "Thomas Sample"),
    ],
)
def test_an_office_and_its_holder(read: Read, text: str, office: str, holder: str) -> None:
    assert (office, [holder]) in roles(read(text))


@pytest.mark.parametrize("word", ["former", "ex-", "then-"])
def test_a_past_office(read: Read, word: str) -> None:
    space = "" if word.endswith("-") else " "
    reading = read(f"Ada Example met the {word}{space}treasurer Thomas Sample.")
    assert [(role.former, len(role.people)) for role in reading.roles] == [(True, 1)]


def test_a_plural_title_goes_to_everybody_in_the_list(read: Read) -> None:
    reading = read("Sens. Ada Example, Thomas Sample and William Specimen voted against it.")
    assert [holders for _, holders in roles(reading)] == [["Ada Example", "Thomas Sample", "William Specimen"]]


def test_a_denied_office_has_no_holder(read: Read) -> None:
    assert all(not holders for _, holders in roles(read("Ada Example is not the home secretary.")))


def test_an_office_of_somebody_else_has_no_holder(read: Read) -> None:
    assert all(not holders for _, holders in roles(read("Ada Example met the home secretary.")))


def test_generic_occupations_are_no_offices(read: Read) -> None:
    assert roles(read("Ada Example, a farmer, met Thomas Sample, a pop singer.")) == []


def test_roles_do_not_overlap(read: Read) -> None:
    reading = read(
        "Former Home Secretary Ada Example, chairman of the Brookdale Institute and a former deputy leader of "
        "the Labour Party, met Sen. Thomas Sample, the Senate majority leader."
    )
    spans = sorted((role.full_start, role.end) for role in reading.roles)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_a_lieutenant_governor_is_no_governor(read: Read) -> None:
    reading = read("Former Lt. Gov. Ada Example of Texas said on Monday that she would run.")
    (role,) = reading.roles
    assert reading.text(role.start, role.end) == "Lt. Gov."
    assert role.former
