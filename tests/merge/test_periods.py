"""Periods against what they mean: days that a date may be, tried one by one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from merge_cast import statement

from kg.merge.periods import GRACE, ClaimTime, Ending, Period, apart, claim_time, period_of, within
from kg.model import Claim, PartialDate, Span

FIRST = date(2010, 1, 1)
windows = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(
    lambda pair: PartialDate.between(FIRST + timedelta(pair[0]), FIRST + timedelta(sum(pair)))
)


def days(time: PartialDate) -> list[date]:
    return [time.earliest + timedelta(n) for n in range((time.latest - time.earliest).days + 1)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    ending = draw(st.sampled_from(Ending))
    return Period(draw(st.none() | windows), draw(windows) if ending is Ending.DATED else None, ending)


@given(periods(), windows, st.integers(0, 5).map(timedelta))
def test_before_and_after_are_sure(period: Period, time: PartialDate, grace: timedelta) -> None:
    start, end = period.start, period.end
    after = start is not None and all(a - b > grace for a, b in product(days(start), days(time)))
    assert period.begins_after(time, grace) == after
    before = end is not None and all(a < b for a, b in product(days(end), days(time)))
    assert period.ends_before(time) == before


@given(periods(), windows)
def test_a_period_covers_what_lies_inside_whatever_its_dates_mean(period: Period, time: PartialDate) -> None:
    begun = period.start is not None and all(a <= b for a, b in product(days(period.start), days(time)))
    lasts = period.open or (period.end is not None and all(a >= b for a, b in product(days(period.end), days(time))))
    assert period.covers(time) == (begun and lasts)


@given(periods(), periods())
def test_periods_overlap_if_they_share_time_whatever_their_dates_mean(one: Period, other: Period) -> None:
    if one.start is None or other.start is None or Ending.UNKNOWN in (one.ending, other.ending):
        assert not one.overlaps(other)
        return
    far = date(2020, 1, 1)
    ends = [[far] if period.end is None else days(period.end) for period in (one, other)]
    choices = product(days(one.start), ends[0], days(other.start), ends[1])
    assert one.overlaps(other) == all(max(a, c) < min(b, d) for a, b, c, d in choices)
    assert one.overlaps(other) == other.overlaps(one)


@given(windows, windows)
def test_dates_are_apart_by_what_surely_lies_between(one: PartialDate, other: PartialDate) -> None:
    assert apart(one, other) == min(abs(a - b) for a, b in product(days(one), days(other)))


@given(windows, windows)
def test_a_finer_date_lies_within(inner: PartialDate, outer: PartialDate) -> None:
    assert within(inner, outer) == (set(days(inner)) < set(days(outer)))


def test_three_months_are_shortly_before() -> None:
    day = PartialDate.parse("2016-11-01")
    assert not Period(PartialDate.parse("2017-02-01")).begins_after(day, GRACE)
    assert Period(PartialDate.parse("2017-02-02")).begins_after(day, GRACE)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "without dates"),
        ({"from": "2010"}, "from 2010 without an end"),
        ({"to": "2018-02"}, "to 2018-02"),
        ({"from": "2010-05-06", "to": "2018"}, "from 2010-05-06 to 2018"),
        ({"from": "2010", "to": "?"}, "from 2010, ended at an unknown time"),
        ({"to": "?"}, "ended at an unknown time"),
        ({"from": "2010", "to": "-"}, "from 2010, still going on"),
        ({"to": "-"}, "still going on"),
        ({"from": "?"}, "without dates"),
        ({"from": "century 1901", "to": "century 1901"}, "ended at an unknown time"),
        ({"at": "2010"}, "without dates"),
    ],
)
def test_a_period_in_words(row: dict[str, str], expected: str) -> None:
    assert str(period_of(statement({"P102": "Lantern Party", **row}, None))) == expected


def test_a_death_ends_what_has_no_end() -> None:
    died = PartialDate.parse("2017-01-05")
    rows: list[tuple[dict[str, str], str, bool]] = [
        ({"from": "2010"}, "from 2010 to 2017-01-05", True),
        ({"from": "2010", "to": "2012"}, "from 2010 to 2012", False),
        ({"from": "2010", "to": "-"}, "from 2010, still going on", False),
    ]
    for row, words, by_death in rows:
        period = period_of(statement({"P102": "Lantern Party", **row}, None), died)
        assert (str(period), period.by_death) == (words, by_death)


def time_of(published: str | None = "2020-02-03", detail: str | None = None, **qualifiers: str) -> ClaimTime:
    relation = "heads" if detail else "memberOf"
    claim = Claim(relation, "e1", "e2", Span(0, 1), 0, "test", 0.9, detail, qualifiers=tuple(qualifiers.items()))
    return claim_time(claim, None if published is None else PartialDate.parse(published))


@pytest.mark.parametrize(
    ("time", "reference", "words"),
    [
        (time_of(), "2020-02-03", "on 2020-02-03"),
        (time_of(None), None, "at no known time"),
        (time_of(pointInTime="199X"), "199X", "for 199X"),
        (time_of(startTime="2010"), "2010", "from 2010"),
        (time_of(endTime="2012-05"), "2012-05", "to 2012-05"),
        (time_of(startTime="2010", endTime="2012"), "2010-12-31/2012-01-01", "from 2010 to 2012"),
        (time_of(startTime="2010", endTime="2010"), "2010", "from 2010 to 2010"),
        (time_of(endTime="2021"), "2020-02-03", "on 2020-02-03"),
        (time_of(endTime="2020"), "2020", "to 2020"),
        (time_of(None, endTime="2021"), "2021", "to 2021"),
        (time_of(ended="true"), None, "before 2020-02-03"),
        (time_of(detail="former"), None, "before 2020-02-03"),
        (time_of(detail="acting"), "2020-02-03", "on 2020-02-03"),
        (time_of(atThatTime="true"), None, "on 2020-02-03"),
        (time_of(startTimeText="in those days"), None, "on 2020-02-03"),
        (time_of(startTime="whenever"), "2020-02-03", "on 2020-02-03"),
    ],
)
def test_when_a_claim_holds(time: ClaimTime, reference: str | None, words: str) -> None:
    assert (None if time.reference is None else str(time.reference)) == reference
    assert str(time) == words
