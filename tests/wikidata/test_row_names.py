from __future__ import annotations

import pytest

from kg.wikidata.row_names import bracket, usual_name, without_bracket


@pytest.mark.parametrize(
    ("label", "title", "english", "expected"),
    [
        ("Ada Example", "", "", "Ada Example"),
        ("EXAMPLE Ada", "", "", "Ada Example"),
        ("EXAMPLE SAMPLE Ada Bea", "", "", "Ada Bea Example Sample"),
        ("D'EXAMPLE Ada", "", "", "Ada D'Example"),
        ("Ada EXAMPLE-SAMPLE", "", "", "Ada Example-Sample"),
        ("EXAMPLE Ada", "Ada B. Example (politician)", "", "Ada B. Example"),
        ("EXAMPLE Ada", "", "Adelheid Example", "Adelheid Example"),
        ("Example Ada Bea", "Ada Bea Example", "", "Ada Bea Example"),
        ("Example Ada Bea", "Cleo Sample", "", "Example Ada Bea"),
        ("Ada Example", "Example (name)", "", "Ada Example"),
        ("JD Example", "", "", "JD Example"),
    ],
)
def test_the_usual_form_of_a_name(label: str, title: str, english: str, expected: str) -> None:
    assert usual_name(label, title=title, english=english) == expected


def test_brackets_of_titles() -> None:
    assert without_bracket("Ada Example (British politician)") == "Ada Example"
    assert without_bracket("Ada (B.) Example") == "Ada (B.) Example"
    assert bracket("Ada Example (British politician)") == "British politician"
    assert bracket("Ada Example (politician)") is None
    assert bracket("Ada Example") is None
