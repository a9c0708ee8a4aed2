from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wikidata.names import fold, person_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Guardian", "guardian"),
        ("Sinn Féin", "sinn fein"),
        ("Wasserman-Schultz", "wasserman schultz"),
        ("Martin O’Malley’s", "martin omalley"),
        ("U.S.", "us"),
        ("George H. W. Bush", "george hw bush"),
        ("J.B. Pritzker", "jb pritzker"),
        ("News & Observer", "news and observer"),
        ("Lords'", "lords"),
        ("  Naz\u00a0Shah ", "naz shah"),
        ("Øystein Łukasz", "oystein lukasz"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_fold_has_no_accents_or_double_spaces(name: str) -> None:
    folded = fold(name)
    assert folded == folded.strip()
    assert "  " not in folded
    assert folded == folded.casefold() or not folded.isascii()


@pytest.mark.parametrize(
    ("name", "words", "titles", "initials", "suffix"),
    [
        ("Blair, Tony", ("tony", "blair"), (), "", ""),
        ("Sen. Ted Cruz", ("ted", "cruz"), ("sen",), "", ""),
        ("Mr Brown", ("brown",), (), "", ""),
        ("Harold Ford, Jr.", ("harold", "ford"), (), "", "jr"),
        ("John Mann, Baron Mann", ("john", "mann"), (), "", ""),
        ("George H.W. Bush", ("george", "hw", "bush"), (), "hw", ""),
        ("Prime Minister Tony Blair", ("tony", "blair"), ("prime", "minister"), "", ""),
        ("Iain Duncan Smith", ("iain", "duncan", "smith"), (), "", ""),
        ("Sir John Major KC", ("john", "major"), (), "", ""),
        ("Pope Francis", ("pope", "francis"), (), "", ""),
    ],
)
def test_person_name(name: str, words: tuple[str, ...], titles: tuple[str, ...], initials: str, suffix: str) -> None:
    person = person_name(name)
    assert (person.words, person.titles, person.initials, person.suffix) == (words, titles, initials, suffix)


def test_short_name_drops_initials_only() -> None:
    assert person_name("Donald J. Trump").short == "donald trump"
    assert person_name("Iain Duncan Smith").short == "iain duncan smith"
    assert person_name("Smith").surname == "smith"


@given(st.text(max_size=40))
def test_any_text_can_be_taken_apart(name: str) -> None:
    person = person_name(name)
    assert all(person.words)
    assert person.surname == (person.words[-1] if person.words else "")
