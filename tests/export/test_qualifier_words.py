from __future__ import annotations

import pytest

from kg.export.words import qualifier_words
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("startTime", "1997-05", "began: May 1997"),
        ("endTime", "2007-06-27", "ended: 27 June 2007"),
        ("pointInTime", "199X", "when: the 1990s"),
        ("pointInTime", "2016-04-18/2016-04-24", "when: 18 April 2016 to 24 April 2016"),
        ("pointInTimeText", "last week", "when, in its words: “last week”"),
        ("ended", "true", "over before the article"),
        ("mode", "interview", "mode: interview"),
        ("startTime", "no time", "startTime: no time"),
    ],
)
def test_a_qualifier_in_words(name: str, value: str, words: str) -> None:
    claim = Claim("holdsPosition", "e1", "e2", Span(0, 1), 0, "x", 0.5, qualifiers=((name, value),))
    assert qualifier_words(claim) == [words]


def test_the_beginning_comes_before_the_end() -> None:
    times = (("endTime", "2007"), ("startTime", "1997"))
    claim = Claim("holdsPosition", "e1", "e2", Span(0, 1), 0, "x", 0.5, qualifiers=times)
    assert qualifier_words(claim) == ["began: 1997", "ended: 2007"]
