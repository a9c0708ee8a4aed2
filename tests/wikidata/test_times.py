from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.dates import DAY, PartialDate
from kg.wikidata.item import GREGORIAN, JULIAN, Snak, SnakType, Text, Time
from kg.wikidata.times import gregorian, iso, iso_of, partial_date, time_of


@pytest.mark.parametrize(
    ("text", "precision", "expected"),
    [
        ("+1946-06-14T00:00:00Z", 11, "1946-06-14"),
        ("+1946-06-00T00:00:00Z", 10, "1946-06"),
        ("+1946-06-14T00:00:00Z", 10, "1946-06"),
        ("+1946-00-00T00:00:00Z", 9, "1946"),
        ("+1946-01-01T00:00:00Z", 9, "1946"),
        ("+1946-00-00T00:00:00Z", 8, "194X"),
        ("+1946-06-14T17:30:00Z", 14, "1946-06-14"),
        ("+1946-06-14T17:30:00Z", 12, "1946-06-14"),
        ("+00000001946-06-14T00:00:00Z", 11, "1946-06-14"),
        ("+0044-03-15T00:00:00Z", 11, "0044-03-15"),
        # Less than the precision says.
        ("+1946-00-00T00:00:00Z", 11, "1946"),
        ("+1946-06-00T00:00:00Z", 11, "1946-06"),
        ("+1946-00-00T00:00:00Z", 10, "1946"),
    ],
)
def test_a_time_becomes_a_partial_date(text: str, precision: int, expected: str) -> None:
    found = partial_date(Time(text, precision))
    assert found is not None
    assert str(found) == expected


@pytest.mark.parametrize(
    "time",
    [
        Time("+1900-00-00T00:00:00Z", 7),
        Time("+2000-00-00T00:00:00Z", 6),
        Time("-13798000000-00-00T00:00:00Z", 3),
        Time("+1946-00-00T00:00:00Z", 0),
        Time("+1946-06-14T00:00:00Z", 15),
        Time("-0044-03-15T00:00:00Z", 11),
        Time("+0000-00-00T00:00:00Z", 9),
        Time("+10191-00-00T00:00:00Z", 9),
        Time("+2001-02-30T00:00:00Z", 11),
        Time("+2001-13-01T00:00:00Z", 11),
        Time("+1900-02-29T00:00:00Z", 11),
        Time("+1946-06-14T00:00:00Z", 11, "Q99000001"),
        Time("yesterday", 11),
    ],
)
def test_what_a_partial_date_cannot_hold_is_none(time: Time) -> None:
    assert partial_date(time) is None
    assert iso(time) is None


@pytest.mark.parametrize(
    ("julian", "expected"),
    [
        ((1564, 4, 26), date(1564, 5, 6)),
        ((1582, 10, 5), date(1582, 10, 15)),
        ((1700, 2, 29), date(1700, 3, 11)),
        ((1732, 2, 11), date(1732, 2, 22)),  # Washington's birthday, old style
        ((1900, 2, 29), date(1900, 3, 13)),
        ((1917, 10, 25), date(1917, 11, 7)),
        ((1, 1, 3), date(1, 1, 1)),
    ],
)
def test_julian_days_become_gregorian(julian: tuple[int, int, int], expected: date) -> None:
    assert gregorian(*julian) == expected
    year, month, day = julian
    time = Time(f"+{year:04}-{month:02}-{day:02}T00:00:00Z", 11, JULIAN)
    assert partial_date(time) == PartialDate(expected, expected, DAY)


def test_julian_months_and_years_keep_their_number() -> None:
    assert str(partial_date(Time("+1564-04-00T00:00:00Z", 10, JULIAN))) == "1564-04"
    assert str(partial_date(Time("+1564-00-00T00:00:00Z", 9, JULIAN))) == "1564"


@pytest.mark.parametrize(
    "julian", [(1, 1, 1), (1901, 2, 29), (1900, 4, 31), (1900, 0, 1), (1900, 1, 0), (9999, 12, 31)]
)
def test_no_such_julian_day(julian: tuple[int, int, int]) -> None:
    assert gregorian(*julian) is None


@given(st.dates(min_value=date(1, 2, 1), max_value=date(9990, 1, 1)))
def test_julian_days_follow_each_other(day: date) -> None:
    found = gregorian(day.year, day.month, day.day)
    assert found is not None
    # Ten days in 1582, two fewer to start with, and one more with each century that is no leap year in our calendar.
    century = (day.year - (day.month < 3)) // 100
    assert (found - day).days == century - century // 4 - 2


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_text_to_time_and_back(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert iso(time_of(text)) == text
    assert time_of(text).calendar == GREGORIAN


@pytest.mark.parametrize("text", ["", "46", "1946-6-1", "1946-06-31", "1946-13", "0000", "about 1946"])
def test_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        time_of(text)


def test_snaks_without_a_time_have_no_date() -> None:
    assert iso_of(None) is None
    assert iso_of(Snak("P569", SnakType.SOMEVALUE)) is None
    assert iso_of(Snak("P569", SnakType.VALUE, Text("1946"))) is None
    assert iso_of(Snak("P569", SnakType.VALUE, Time("+1946-00-00T00:00:00Z", 9))) == "1946"
    assert iso_of(Snak("P569", SnakType.VALUE, Time("+1946-00-00T00:00:00Z", 8))) is None
