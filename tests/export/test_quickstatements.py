from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.export.quickstatements import Addition, calendar_unit, command, commands, reference_url, time_value
from kg.model import Article, PartialDate

TODAY = date(2031, 5, 6)
ARTICLE = Article(
    "row-1",
    "text",
    title="Brackwater calls harbour dues a swindle",
    published=PartialDate.of(2031, 3, 2),
    url="https://news.invalid/1",
)
PLAIN = Addition("Q99000001", "P102", "Q99000011", (), ARTICLE)


@dataclass(frozen=True)
class Parsed:
    """A command as QuickStatements reads it."""

    item: str
    property: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    reference: tuple[tuple[str, str], ...]


def read(line: str) -> Parsed:
    """Reads a line by the rules of the help page: tabs and bars part fields, values say by their form what they are."""
    assert not re.search(r"/\*.*\*/\s*$", line)
    fields = line.replace("||", "\n").replace("|", "\t").split("\t")
    assert len(fields) % 2 == 1
    pairs = list(zip(fields[3::2], fields[4::2], strict=True))
    for name, value in pairs:
        assert re.fullmatch(r"[PS][0-9]+", name)
        assert re.fullmatch(r'"[^\t\n]*"|somevalue|\+[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z/(8|9|10|11)', value)
    kinds = [name[0] for name, _ in pairs]
    assert kinds == sorted(kinds)
    qualifiers = tuple(pair for pair in pairs if pair[0].startswith("P"))
    reference = tuple(pair for pair in pairs if pair[0].startswith("S"))
    return Parsed(fields[0], fields[1], fields[2], qualifiers, reference)


def test_a_statement_with_its_reference() -> None:
    assert command(PLAIN, retrieved=TODAY).split("\t") == [
        "Q99000001",
        "P102",
        "Q99000011",
        "S854",
        '"https://news.invalid/1"',
        "S577",
        "+2031-03-02T00:00:00Z/11",
        "S813",
        "+2031-05-06T00:00:00Z/11",
    ]


def test_qualifiers_stand_before_the_reference() -> None:
    addition = replace(PLAIN, qualifiers=(("P580", PartialDate.of(2015, 6)), ("P582", None)))
    assert read(command(addition, retrieved=TODAY)).qualifiers == (
        ("P580", "+2015-06-00T00:00:00Z/10"),
        ("P582", "somevalue"),
    )


def test_what_is_not_known_of_the_article_is_left_out() -> None:
    article = replace(ARTICLE, published=None)
    parsed = read(command(replace(PLAIN, article=article), retrieved=TODAY))
    assert [name for name, _ in parsed.reference] == ["S854", "S813"]


@pytest.mark.parametrize("url", [None, "", "saltmarsh/1.html", "file:///tmp/1.html", "javascript:alert(1)"])
def test_an_article_without_a_web_address_is_no_reference(url: str | None) -> None:
    article = replace(ARTICLE, url=url)
    assert reference_url(article) is None
    with pytest.raises(ValueError, match="'row-1' has no address"):
        command(replace(PLAIN, article=article), retrieved=TODAY)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://news.invalid/a|b", "https://news.invalid/a%7Cb"),
        ('https://news.invalid/?q="x"', "https://news.invalid/?q=%22x%22"),
        ("https://news.invalid/“x”", "https://news.invalid/%E2%80%9Cx%E2%80%9D"),
        ("https://news.invalid/a b\tc", "https://news.invalid/a%20b%09c"),
        ("https://news.invalid/é", "https://news.invalid/é"),
        ("https://news.invalid/a\u2028b", "https://news.invalid/a%E2%80%A8b"),
    ],
)
def test_addresses_hold_nothing_that_means_something_else(url: str, written: str) -> None:
    assert reference_url(replace(ARTICLE, url=url)) == written


def test_a_headline_is_no_part_of_the_reference() -> None:
    assert "Brackwater" not in command(PLAIN, retrieved=TODAY)


@pytest.mark.parametrize(
    ("time", "written"),
    [
        ("2015-06-07", "+2015-06-07T00:00:00Z/11"),
        ("2015-06", "+2015-06-00T00:00:00Z/10"),
        ("2015", "+2015-00-00T00:00:00Z/9"),
        ("199X", "+1990-00-00T00:00:00Z/8"),
        ("2015-06-01/2015-06-07", None),
    ],
)
def test_times_keep_their_precision(time: str, written: str | None) -> None:
    assert time_value(PartialDate.parse_time(time)) == written


@pytest.mark.parametrize(
    ("time", "unit"),
    [
        ("2015-06-07", "2015-06-07"),
        ("2015-06-01/2015-06-07", "2015-06"),
        ("2015-06-28/2015-07-04", "2015"),
        ("2015-12-28/2016-01-03", "201X"),
        ("2019-12-28/2020-01-03", None),
    ],
)
def test_a_stretch_becomes_the_unit_that_holds_it(time: str, unit: str | None) -> None:
    found = calendar_unit(PartialDate.parse_time(time))
    assert (None if found is None else str(found)) == unit


def test_a_stretch_cannot_be_written() -> None:
    week = PartialDate.parse_time("2015-06-01/2015-06-07")
    with pytest.raises(ValueError, match="Wikidata has no such time"):
        command(replace(PLAIN, qualifiers=(("P580", week),)), retrieved=TODAY)


def test_order_by_number_and_no_line_twice() -> None:
    items = ("Q99000010", "Q99000009", "Q99000010")
    lines = commands([replace(PLAIN, item=item) for item in items], retrieved=TODAY)
    assert [line.split("\t")[0] for line in lines] == ["Q99000009", "Q99000010"]


texts = st.text(st.characters(codec="utf-8"), max_size=40)


@given(path=texts)
def test_any_address_gives_one_line_that_can_be_read_back(path: str) -> None:
    article = replace(ARTICLE, url=f"https://news.invalid/{path}")
    assume(reference_url(article) is not None)
    line = command(replace(PLAIN, article=article), retrieved=TODAY)
    assert line.splitlines() == [line]
    parsed = read(line)
    assert (parsed.item, parsed.property, parsed.value, parsed.qualifiers) == ("Q99000001", "P102", "Q99000011", ())
    assert [name for name, _ in parsed.reference] == ["S854", "S577", "S813"]
