from __future__ import annotations

import pytest

from kg.model import Article, EntityType, PartialDate
from kg.resolve.moments import NEAR, OTHER_TIME, UNDATED, Moments, moments_of
from kg.resolve.offices import content, expand, near_fit, title_fit
from kg.resolve.rarity import rarity
from kg.wikidata.gazetteer import Item, Tenure

ON = Moments(("2010-06-01",), published=True)


def near(text: str) -> frozenset[str]:
    return frozenset().union(*(expand(word) for word in text.lower().split()))


@pytest.mark.parametrize(
    ("title", "office", "least", "most"),
    [
        ("mp", "Member of Parliament", 1.0, 1.0),
        ("mp", "member of the House of Commons", 0.85, 1.0),
        ("member of the house of commons", "Member of Parliament", 0.85, 1.0),
        ("sen", "United States senator", 1.0, 1.0),
        ("senator", "Member of the Senate", 1.0, 1.0),
        ("senator", "Member of Parliament", 0.0, 0.5),
        ("peer", "Member of the House of Lords", 0.85, 1.0),
        ("member of the victorian legislative council", "Member of Parliament", 0.0, 0.2),
        ("member of house", "Member of the House of Lords", 0.0, 0.0),
        ("president", "Senior Advisor to the President", 0.0, 0.0),
        ("leader", "Leader of the Opposition", 0.0, 0.3),
        ("shadow home secretary", "Home Secretary", 0.0, 0.4),
    ],
)
def test_titles_fit_offices(title: str, office: str, least: float, most: float) -> None:
    assert least <= title_fit(content(title), office) <= most


@pytest.mark.parametrize(
    ("text", "office", "fits"),
    [
        ("who was a member of the Victorian Legislative Council", "Member of the Victorian Legislative Council", True),
        ("a member of the Queensland assembly", "Member of the Victorian Legislative Assembly", False),
        ("the ambassador to Sweden", "ambassador to Sweden", True),
        ("the ambassador to Norway", "ambassador to Sweden", False),
        ("State Representative of Minnesota", "member of the Minnesota House of Representatives", True),
        ("a peer", "Member of the House of Lords", True),
        ("a member of the chess club", "Member of Parliament", False),
    ],
)
def test_offices_beside_a_name(text: str, office: str, fits: bool) -> None:
    assert (near_fit(office, near(text)) >= 0.5) is fits


def test_an_office_with_words_of_its_own_is_preferred() -> None:
    words = near("a member of the Alabama House of Representatives")
    special = near_fit("member of the Alabama House of Representatives", words)
    assert special > near_fit("United States representative", words) > 0


@pytest.mark.parametrize(
    ("tenure", "past", "fit"),
    [
        (Tenure("MP", start="2005", end="2015-03-30"), False, 1.0),
        (Tenure("MP", start="2010-06"), False, 1.0),
        (Tenure("MP"), False, UNDATED),
        (Tenure("MP", start="2001", end="2009-12-01"), False, NEAR),
        (Tenure("MP", start="1991", end="1999"), False, OTHER_TIME),
        (Tenure("MP", start="1991", end="1999"), True, 1.0),
        (Tenure("MP", start="2019"), True, OTHER_TIME),
    ],
)
def test_the_time_of_an_office(tenure: Tenure, past: bool, fit: float) -> None:
    assert ON.fit(tenure, past=past) == fit


def test_an_undated_article_is_of_the_years_it_names_or_later() -> None:
    read = moments_of(Article("a", "In 1998 and 2014 they met, 2,000 of them, in room 1850-B."))
    assert read == Moments(("2014", "1998"))
    assert read.day is None
    assert read.fit(Tenure("MP", start="2013", end="2015")) == 1.0
    assert read.fit(Tenure("MP", start="2019")) == NEAR
    assert read.fit(Tenure("MP", start="1960", end="1970")) == OTHER_TIME
    assert moments_of(Article("a", "Long ago.")) == Moments()
    dated = moments_of(Article("a", "In 1998.", published=PartialDate.parse("2016-04")))
    assert dated.day == "2016-04-30"


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [("2009", "2012", 0.0), ("1980", "1990", 1.0), ("1990", "2003", 0.4), ("2020", None, 1.0), ("2011", None, 0.0)],
)
def test_out_of_time(start: str, end: str | None, value: float) -> None:
    item = Item("Q99000001", "Ada Example", EntityType.PERSON, offices=(Tenure("MP", None, start, end),))
    assert ON.out_of_time(item) == pytest.approx(value, abs=0.01)
    assert ON.out_of_time(Item("Q99000002", "Bo Example", EntityType.PERSON)) == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("John Smith", 0.0), ("Smith", 0.0), ("Zuleika Smith", 0.5), ("Zuleika Zzyzx", 1.0), ("John Q. Smith", 0.0)],
)
def test_how_much_a_name_says(name: str, value: float) -> None:
    assert rarity(name) == value
