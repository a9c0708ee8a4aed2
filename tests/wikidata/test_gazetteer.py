from __future__ import annotations

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, MatchKind, Tenure
from kg.wikidata.memory import MemoryGazetteer

BUSH = Item("Q1", "George W. Bush", EntityType.PERSON, aliases=("George Bush",), gender="male", prior=0.9)
FATHER = Item("Q2", "George H. W. Bush", EntityType.PERSON, gender="male", prior=0.8)
TRUMP = Item("Q3", "Donald Trump", EntityType.PERSON, gender="male", prior=0.9)
JACKSON = Item("Q4", "Jesse Jackson Jr.", EntityType.PERSON, gender="male", prior=0.3)
GREENS = Item("Q5", "Green Party", EntityType.PARTY, aliases=("Greens",), prior=0.4)
PAPER = Item("Q6", "The Record", EntityType.OUTLET, domains=("record.example",), prior=0.4)
LESLIE_A = Item("Q7", "Leslie Vane", EntityType.PERSON, gender="female", prior=0.2)
LESLIE_B = Item("Q8", "Leslie Vane", EntityType.PERSON, gender="male", prior=0.1)
GAZETTEER = MemoryGazetteer(
    [BUSH, FATHER, TRUMP, JACKSON, GREENS, PAPER, LESLIE_A, LESLIE_B], given_names={"donald": "male"}
)


def qids(name: str) -> list[str]:
    return [item.qid for item in GAZETTEER.candidates(name)]


def test_names_meet_over_case_accents_titles_and_initials() -> None:
    assert qids("donald j. trump") == ["Q3"]
    assert qids("President Donald Trump") == ["Q3"]
    assert qids("Trump, Donald") == ["Q3"]
    assert qids("Mr Donald Trump's") == ["Q3"]
    assert qids("the Greens") == ["Q5"]


def test_contradicting_initials_and_suffixes_do_not_meet() -> None:
    assert qids("George H.W. Bush") == ["Q2"]
    assert qids("George W Bush") == ["Q1"]
    assert qids("George Bush") == ["Q1", "Q2"]
    assert qids("George X. Bush") == []
    assert qids("Donald Trump Jr.") == []
    assert qids("Jesse Jackson") == []
    assert qids("Jesse Jackson, Jr") == ["Q4"]


def test_a_near_miss_is_no_match() -> None:
    assert qids("Donald Tramp") == []
    assert qids("Donald") == []
    assert qids("Trump") == []
    assert qids("") == []


def test_match_kinds_rank_labels_first() -> None:
    kinds = {match.item.qid: match.kind for match in GAZETTEER.matches("George Bush")}
    assert kinds == {"Q1": MatchKind.ALIAS, "Q2": MatchKind.REDUCED}
    assert GAZETTEER.matches("Donald Trump")[0].kind is MatchKind.LABEL


def test_first_names_and_surnames() -> None:
    assert GAZETTEER.given_gender("Donald") == "male"
    assert GAZETTEER.given_gender("Xyz") is None
    assert [item.qid for item in GAZETTEER.by_surname("Bush")] == ["Q1", "Q2"]


def test_domains_match_by_label() -> None:
    assert GAZETTEER.by_domain("www.record.example") == PAPER
    assert GAZETTEER.by_domain("otherrecord.example") is None
    assert GAZETTEER.by_domain("example") is None


def test_order_of_construction_does_not_matter() -> None:
    again = MemoryGazetteer(reversed(GAZETTEER.items))
    assert again.candidates("Leslie Vane") == GAZETTEER.candidates("Leslie Vane")
    assert again.items == GAZETTEER.items
    assert again.item("Q5") == GREENS
    assert len(again) == 8


def test_tenure_covers_as_far_as_the_dates_tell() -> None:
    tenure = Tenure("Mayor", start="2000-05", end="2008")
    assert tenure.covers("2000-05-31")
    assert not tenure.covers("2000-04-30")
    assert tenure.covers("2008-12-31")
    assert not tenure.covers("2009-01-01")
    assert Tenure("Member").covers("1900-01-01")


def test_surnames_with_particles_are_found_with_and_without_them() -> None:
    item = Item("Q99000001", "Ada Brenda van der Placeholder", EntityType.PERSON)
    gazetteer = MemoryGazetteer([item])
    assert gazetteer.by_surname("van der Placeholder") == gazetteer.by_surname("Placeholder") == (item,)
    assert gazetteer.by_surname("der Placeholder") == ()
