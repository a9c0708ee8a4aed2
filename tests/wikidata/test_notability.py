from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wikidata.notability import MOST, notability, prior_of

COUNTS = st.integers(0, 400)
OFFICES = st.lists(st.sampled_from(["Prime Minister", "United States senator", "Member of Parliament", "clerk"]))


@pytest.mark.parametrize(("sitelinks", "expected"), [(0, 0.0), (-1, 0.0), (1, 0.131), (20, 0.576), (150, 0.95)])
def test_sitelinks_count_by_their_logarithm(sitelinks: int, expected: float) -> None:
    assert prior_of(sitelinks) == expected


@given(COUNTS, COUNTS)
def test_more_sitelinks_are_never_less(first: int, second: int) -> None:
    assert (prior_of(first) <= prior_of(second)) == (first <= second or prior_of(first) == prior_of(second))
    assert prior_of(first) <= MOST


@given(COUNTS, COUNTS, OFFICES)
def test_a_count_is_never_beaten_by_its_lack(sitelinks: int, languages: int, offices: list[str]) -> None:
    known = notability(sitelinks, languages=languages, offices=offices)
    assert known >= notability(None, languages=languages, offices=offices)
    assert known >= prior_of(sitelinks)


def test_offices_by_their_rank() -> None:
    ranked = ["Prime Minister", "Home Secretary", "United States senator", "Member of Parliament", "clerk"]
    found = [notability(None, offices=[office]) for office in ranked]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)
    assert notability(None, offices=["clerk", "Home Secretary"]) == notability(None, offices=["Home Secretary"])


def test_label_languages_stand_in_for_less_than_sitelinks() -> None:
    assert notability(None, languages=3) == 0.0
    assert 0.0 < notability(None, languages=16) < prior_of(16)
    assert notability(None, languages=300) == notability(None, languages=32)
