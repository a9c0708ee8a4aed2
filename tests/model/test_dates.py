from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.dates import DAY, DECADE, MONTH, YEAR, PartialDate

days = st.dates(min_value=date(10, 1, 1), max_value=date(9989, 12, 31))


@given(days, st.sampled_from([DECADE, YEAR, MONTH, DAY]))
def test_units_come_back_with_their_precision_and_hold_their_day(day: date, precision: int) -> None:
    made = {
        DECADE: PartialDate.decade(day.year),
        YEAR: PartialDate.of(day.year),
        MONTH: PartialDate.of(day.year, day.month),
        DAY: PartialDate.of(day.year, day.month, day.day),
    }[precision]
    assert made.precision == precision
    assert made.earliest <= day <= made.latest
    assert PartialDate.parse_time(str(made)) == made


@given(days, st.integers(0, 3652))
def test_stretches_of_days_come_back(day: date, more: int) -> None:
    last = date.fromordinal(min(day.toordinal() + more, date.max.toordinal()))
    made = PartialDate.between(day, last)
    assert PartialDate.parse_time(str(made)) == made
    assert (made.earliest, made.latest) == (day, last)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("199X", "1990-01-01", "1999-12-31", DECADE),
        ("2008", "2008-01-01", "2008-12-31", YEAR),
        ("2008-02", "2008-02-01", "2008-02-29", MONTH),
        ("2008-02-03", "2008-02-03", "2008-02-03", DAY),
        ("2016-04-18/2016-04-24", "2016-04-18", "2016-04-24", MONTH),
    ],
)
def test_what_a_time_means(text: str, first: str, last: str, precision: int) -> None:
    found = PartialDate.parse_time(text)
    assert (found.earliest.isoformat(), found.latest.isoformat(), found.precision) == (first, last, precision)
    assert str(found) == text


@pytest.mark.parametrize(
    "text", ["", "19X", "199x", "2008-13", "2008/2009", "2016-04-24/2016-04-18", "/", "2001-01-01/2031-01-01", "2008 x"]
)
def test_other_texts_are_no_times(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|month|date"):
        PartialDate.parse_time(text)


def test_a_publication_date_is_no_decade() -> None:
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.parse("199X")
