from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.extractor import extract, load_relations
from kg.extract.time_words import expressions, time_of, time_words
from kg.model import PartialDate
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading

WEDNESDAY = PartialDate.parse("2016-10-19")

Qualify = Callable[..., dict[str, dict[str, str]]]


@pytest.fixture
def qualify(read: Callable[[str], Reading], reader: Reader) -> Qualify:
    def qualifiers(text: str, published: PartialDate | None = WEDNESDAY) -> dict[str, dict[str, str]]:
        reading = read(text)
        reading = replace(reading, article=replace(reading.article, published=published))
        found = extract(reading, reader.lexicon, load_relations())
        return {claim.relation: dict(claim.qualifiers) for claim in found.claims}

    return qualifiers


def meaning(text: str, published: PartialDate | None = WEDNESDAY, *, coming: bool = False) -> str | None:
    words = time_words()
    (found,) = expressions(text, 0, len(text), words)
    time = time_of(found.first, published, words, coming=coming)
    return None if time is None else str(time)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("in 2003", "2003"),
        ("in May 2003", "2003-05"),
        ("on 3 May 2003", "2003-05-03"),
        ("on May 3, 2003", "2003-05-03"),
        ("on Monday, 3rd of May 2003", "2003-05-03"),
        ("in the 1990s", "199X"),
        ("in the late 1990s", "199X"),
        ("in the ’70s", "197X"),
        ("since May", "2016-05"),
        ("in October", None),
        ("this October", "2016-10"),
        ("on October 3", "2016-10-03"),
        ("last October", None),
        ("in November", "2015-11"),
        ("on Nov. 3", "2015-11-03"),
        ("last May", "2016-05"),
        ("in July last year", "2015-07"),
        ("in July of this year", "2016-07"),
        ("yesterday", "2016-10-18"),
        ("last night", "2016-10-18"),
        ("on Tuesday", "2016-10-18"),
        ("on Wednesday", "2016-10-19"),
        ("Thursday evening", "2016-10-13"),
        ("last Friday", "2016-10-14"),
        ("last week", "2016-10-10/2016-10-16"),
        ("last weekend", "2016-10-08/2016-10-09"),
        ("earlier this month", "2016-10"),
        ("late last year", "2015"),
        ("two years ago", "2014"),
        ("two weeks ago", "2016-10-03/2016-10-09"),
        ("3 months ago", "2016-07"),
        ("three days ago", "2016-10-16"),
        ("twelve years ago", "2004"),
        ("10 years ago", None),
        ("a decade ago", None),
        ("in the last year", None),
        ("on 31 June 2003", None),
        ("next week", "2016-10-24/2016-10-30"),
    ],
)
def test_what_the_words_mean(text: str, time: str | None) -> None:
    assert meaning(text) == time


def test_last_weekday_leaves_a_choice_where_it_is_near() -> None:
    assert meaning("last Monday") == "2016-10-10/2016-10-17"


def test_words_that_look_ahead() -> None:
    assert meaning("on Friday", coming=True) == "2016-10-21"
    assert meaning("in May", coming=True) == "2017-05"


def test_without_a_date_only_absolute_words_have_a_meaning() -> None:
    assert meaning("on Tuesday", None) is None
    assert meaning("in 2003", None) == "2003"


def test_a_date_of_publication_that_is_a_year_says_no_more_than_that() -> None:
    year = PartialDate.parse("2016")
    assert meaning("last year", year) == "2015"
    assert meaning("last week", year) is None


@pytest.mark.parametrize("text", ["May said so", "2016", "$2003", "2,003", "marching on", "no time at all"])
def test_words_that_are_no_times(text: str) -> None:
    words = time_words()
    assert not [e for e in expressions(text, 0, len(text), words) if e.preposition]


@pytest.mark.parametrize(
    "text", ["from 1997 to 2007", "between 1997 and 2007", "1997-2007", "1997–2007", "from 1997 until 2007"]
)
def test_ranges_are_one_expression(text: str) -> None:
    (found,) = expressions(text, 0, len(text), time_words())
    assert found.last is not None


STATES = [
    ("Ada Example was mayor of Leeds from 1997 to 2007.", "holdsPosition", {"startTime": "1997", "endTime": "2007"}),
    ("Ada Example has been mayor of Leeds since May.", "holdsPosition", {"startTime": "2016-05"}),
    ("Ada Example was mayor of Leeds until 2008.", "holdsPosition", {"endTime": "2008"}),
    ("Ada Example became mayor of Leeds in 2003.", "holdsPosition", {"startTime": "2003"}),
    ("Ada Example was mayor of Leeds in the 1990s.", "holdsPosition", {"pointInTime": "199X"}),
    (
        "Ada Example, mayor of Leeds from 2000 to 2008, said so.",
        "holdsPosition",
        {"startTime": "2000", "endTime": "2008"},
    ),
    ("Former mayor Ada Example spoke to reporters.", "holdsPosition", {"ended": "true"}),
    ("The late Senator Ada Example was kind.", "holdsPosition", {"ended": "true"}),
    ("Ex-minister Ada Example spoke to reporters.", "holdsPosition", {"ended": "true"}),
    ("Critics of then-Senator Ada Example said so in 2003.", "holdsPosition", {"atThatTime": "true"}),
    ("Ada Example was elected mayor of Leeds in 2010.", "holdsPosition", {"startTimeText": "elected in 2010"}),
    ("Ada Example joined the Labour Party in 1990.", "memberOf", {"startTime": "1990"}),
    ("Ada Example left the Labour Party in March 2003.", "memberOf", {"endTime": "2003-03"}),
    ("Ada Example is no longer a member of the Labour Party.", "memberOf", {"ended": "true"}),
    ("Ada Example, then mayor of Leeds, criticized Bertram Sample.", "holdsPosition", {"atThatTime": "true"}),
    ("Critics of the then Home Secretary Ada Example said so.", "holdsPosition", {"atThatTime": "true"}),
    ("Ada Example, who served as mayor of Leeds until 2007, spoke.", "holdsPosition", {"endTime": "2007"}),
    ("Ada Example has been a member of the Labour Party since 1983.", "memberOf", {"startTime": "1983"}),
    ("Ada Example married Bertram Sample in 1986.", "spouseOf", {"startTime": "1986"}),
    ("Former BBC journalist Ada Example spoke to reporters.", "worksFor", {"ended": "true"}),
]


@pytest.mark.parametrize(("text", "relation", "wanted"), STATES, ids=[text for text, *_ in STATES])
def test_times_of_what_lasts(qualify: Qualify, text: str, relation: str, wanted: dict[str, str]) -> None:
    assert qualify(text)[relation] == wanted


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Mayor Ada Example said on Tuesday that she would stay.", "holdsPosition"),
        ("Ada Example, the mayor of Leeds, spoke to reporters in May.", "holdsPosition"),
        ("Former Labour leader Ada Example spoke to reporters.", "memberOf"),
        ("Ada Example served as Labour leader between 1994 and 2007.", "memberOf"),
        ("Then Mayor Ada Example spoke to reporters.", "holdsPosition"),
        ("Labour MP Ada Example spoke in 2003.", "memberOf"),
        ("Outgoing mayor Ada Example spoke to reporters.", "holdsPosition"),
    ],
)
def test_times_of_something_else(qualify: Qualify, text: str, relation: str) -> None:
    assert qualify(text)[relation] == {}


EVENTS = [
    ("Ada Example accused Bertram Sample of fraud on Tuesday.", "accuses", None),
    ("On Tuesday, Ada Example accused Bertram Sample of fraud.", "accuses", "2016-10-18"),
    ("Ada Example on Tuesday accused Bertram Sample of fraud.", "accuses", "2016-10-18"),
    ("Ada Example criticized Bertram Sample last week.", "criticizes", "2016-10-10/2016-10-16"),
    ("Ada Example told the BBC on Sunday that she would stay.", "appearedOn", "2016-10-16"),
    ("In an interview with the BBC on Sunday, Ada Example said she would stay.", "appearedOn", "2016-10-16"),
    ("Repeating from her speech at the rally last week, Ada Example criticized Bertram Sample.", "criticizes", None),
    ("Ada Example told the BBC that she had left in 2003.", "appearedOn", None),
    ("Ada Example denied the claims on Monday.", "denies", "2016-10-17"),
    ('"Bertram Sample is a liar," Ada Example said on Monday.', "accuses", "2016-10-17"),
]


@pytest.mark.parametrize(("text", "relation", "time"), EVENTS, ids=[text for text, *_ in EVENTS])
def test_times_of_what_happens(qualify: Qualify, text: str, relation: str, time: str | None) -> None:
    assert qualify(text)[relation] == ({} if time is None else {"pointInTime": time})


def test_without_a_date_of_publication_the_words_stay(qualify: Qualify) -> None:
    text = "On Tuesday, Ada Example accused Bertram Sample of fraud."
    assert qualify(text, None)["accuses"] == {"pointInTimeText": "Tuesday"}


def test_a_publication_date_is_nobodys_time(qualify: Qualify) -> None:
    assert qualify("Ada Example is the mayor of Leeds.")["holdsPosition"] == {}


RELATIVE = [
    "on Tuesday",
    "last Friday",
    "yesterday",
    "last night",
    "last week",
    "this week",
    "last weekend",
    "last month",
    "in May",
    "on 29 February",
    "on May 3",
    "3 months ago",
    "two weeks ago",
    "three years ago",
    "late last year",
    "in July last year",
]


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)), st.sampled_from(RELATIVE))
def test_what_is_past_begins_by_the_day_of_writing_and_keeps_its_precision(day: date, text: str) -> None:
    time = meaning(text, PartialDate.of(day.year, day.month, day.day))
    if time is not None:
        found = PartialDate.parse_time(time)
        assert found.earliest <= day
        assert (day - found.earliest).days < 366 * 4
        assert str(found) == time


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)), st.sampled_from(["on Tuesday", "in May"]))
def test_what_is_to_come_ends_no_earlier_than_the_day_of_writing(day: date, text: str) -> None:
    time = meaning(text, PartialDate.of(day.year, day.month, day.day), coming=True)
    assert time is None or PartialDate.parse_time(time).latest >= day
