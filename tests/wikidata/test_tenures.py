from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wikidata.gazetteer import Tenure
from kg.wikidata.tenures import joined, office_name


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([("1991", "1993"), ("1993", "1995"), ("1995", None)], [("1991", None)]),
        ([("1991-01-03", "1993-01-03"), ("1993-01-05", "1995-01-03")], [("1991-01-03", "1995-01-03")]),
        ([("1991", "1993"), ("2001", "2005")], [("2001", "2005"), ("1991", "1993")]),
        ([("1991", None), ("1999", "2001")], [("1991", "2001")]),
        ([(None, None), ("1999", "2001")], [(None, "2001")]),
        ([(None, None), ("1999", None)], [(None, None)]),
        ([("1999", "2001"), ("2000", "2000")], [("1999", "2001")]),
        ([], []),
    ],
)
def test_terms_that_follow_each_other_are_one(
    terms: list[tuple[str | None, str | None]], expected: list[tuple[str | None, str | None]]
) -> None:
    found = joined(Tenure("Mayor of Exampleton", "Q99000020", *term) for term in reversed(terms))
    assert [(tenure.start, tenure.end) for tenure in found] == expected


def test_other_offices_and_other_qids_stay_apart() -> None:
    terms = [Tenure("Mayor", "Q99000020", "2001"), Tenure("Mayor", None, "2002"), Tenure("Clerk", None, "2003")]
    assert joined(terms) == tuple(reversed(terms))


YEARS = st.none() | st.integers(1950, 2020).map(str)
TERMS = st.lists(st.builds(Tenure, st.sampled_from(["Mayor", "Clerk"]), st.none(), YEARS, YEARS), max_size=6)


@given(TERMS)
def test_joining_again_changes_nothing_that_matters(terms: list[Tenure]) -> None:
    once = joined(terms)
    assert {tenure.name for tenure in once} == {tenure.name for tenure in terms}
    assert len(once) <= len(terms)
    assert joined(reversed(terms)) == once


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Member of the 57th Parliament of the United Kingdom", "Member of Parliament"),
        ("Member of the Parliament of the United Kingdom", "Member of Parliament"),
        ("member of the House of Commons", "Member of Parliament"),
        ("Member of the 4th Scottish Parliament", "Member of the Scottish Parliament"),
        ("United States senator", "United States senator"),
        ("Minister of State for Samples", "Minister of State for Samples"),
    ],
)
def test_the_usual_names_of_offices(label: str, name: str) -> None:
    assert office_name(label) == name
