"""Seats in parliaments and councils as the press calls them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation, EntityType
from kg.resolve import link_article
from kg.resolve.geography import count_places, tokens
from kg.resolve.offices import beside, content, near_fit, title_fit
from kg.resolve.parties import party_names
from kg.resolve.seats import bare, has_seats, read
from kg.resolve.surroundings import Surroundings, surroundings
from kg.wikidata.gazetteer import Gazetteer, Item, Tenure
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]

COMMONS, QUEENSLAND = "Member of Parliament", "Member of the Queensland Legislative Assembly"
CONGRESS, SENATE = "United States representative", "United States senator"
MINNESOTA = "member of the Minnesota House of Representatives"
OHIO_SENATE = "member of the Ohio State Senate"
COUNCIL = "Member of the Regional Council of Sampleshire"
DEPUTIES = "member of the French National Assembly"


@pytest.mark.parametrize(
    ("title", "right", "wrong"),
    [
        ("queensland state mp", QUEENSLAND, COMMONS),
        ("queensland parliamentarian", QUEENSLAND, COMMONS),
        ("queensland mp", QUEENSLAND, COMMONS),
        ("queensland state mp", QUEENSLAND, "Member of the Victorian Legislative Assembly"),
        ("australian mp", "Member of the Australian House of Representatives", QUEENSLAND),
        ("sampletown mp", COMMONS, QUEENSLAND),
        ("mp for sampletown", COMMONS, QUEENSLAND),
        ("mp", COMMONS, "Member of the Scottish Parliament"),
        ("msp", "Member of the Scottish Parliament", COMMONS),
        ("liberal democrat mp", COMMONS, "Member of the House of Lords"),
        ("minnesota state representative", MINNESOTA, CONGRESS),
        ("congressman", CONGRESS, "Permanent Representative to the European Union"),
        ("ohio senator", SENATE, CONGRESS),
        ("ohio state senator", OHIO_SENATE, SENATE),
        ("quebec mna", "member of the National Assembly of Quebec", DEPUTIES),
        ("mpp", "Member of the Legislative Assembly of Ontario", COMMONS),
        ("french republicains deputy", DEPUTIES, "member of the Senate of France"),
        ("french senator", "member of the Senate of France", DEPUTIES),
        ("danish lawmaker", "Member of the Folketing", "ambassador to Sweden"),
        ("state lawmaker", MINNESOTA, CONGRESS),
        ("french regional councillor", COUNCIL, DEPUTIES),
        ("alderman", "Member of the Sampletown City Council", COMMONS),
        ("british ambassador to sweden", "ambassador to Sweden", "ambassador to Norway"),
        ("britain s ambassador to sweden", "ambassador to Sweden", "ambassador to Norway"),
        ("belgian mp", "Member of the Chamber of Representatives of Belgium", "ambassador to Norway"),
        ("mhk", "Member of the House of Keys", COMMONS),
        ("shadow health secretary", COMMONS, "ambassador to Sweden"),
        ("upper house mp", "Member of the Queensland Legislative Council", QUEENSLAND),
        ("member of congress", CONGRESS, COMMONS),
        ("mla", "Member of the Fifteenth Odisha Legislative Assembly", COMMONS),
        ("member of the regional council of sampleshire", COUNCIL, "Member of the Regional Council of Exampleton"),
    ],
)
def test_a_title_fits_one_office_and_not_the_other(title: str, right: str, wrong: str) -> None:
    assert title_fit(content(title), right) >= 0.5
    assert title_fit(content(title), right) - title_fit(content(title), wrong) >= 0.3


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("deputy leader", DEPUTIES),
        ("deputy prime minister", DEPUTIES),
        ("spokesman", COMMONS),
        ("health spokesman", "ambassador to Sweden"),
        ("state secretary", QUEENSLAND),
        ("ambassador to sweden", "ambassador to Norway"),
        ("councillor", COMMONS),
        ("lawmaker", "Mayor of Sampletown"),
    ],
)
def test_titles_that_mean_no_such_seat(title: str, office: str) -> None:
    assert title_fit(content(title), office) < 0.5


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("the queensland state mp", QUEENSLAND, COMMONS),
        ("member for sampletown in the queensland parliament", QUEENSLAND, COMMONS),
        ("new south wales labor mp", "Member of the New South Wales Legislative Council", COMMONS),
        ("a regional councillor in sampleshire", COUNCIL, "Member of the Regional Council of Exampleton"),
        ("the msp", "Member of the Scottish Parliament", COMMONS),
        ("a member of the house of representatives", "Member of the Australian House of Representatives", COMMONS),
        ("a deputy since 2007", DEPUTIES, "member of the Senate of France"),
        ("a minnesota state lawmaker", MINNESOTA, CONGRESS),
        ("the odisha mla", "Member of the Fifteenth Odisha Legislative Assembly", "Member of the 16th Lok Sabha"),
        ("who sits in the house of commons", COMMONS, "member of the Senate of Canada"),
        ("who sits at westminster", COMMONS, QUEENSLAND),
        ("elected to the queensland legislative assembly", QUEENSLAND, COMMONS),
        ("a member of the congress of deputies", "Member of the Congreso de los Diputados", CONGRESS),
    ],
)
def test_words_beside_a_name_mean_one_office_and_not_the_other(text: str, right: str, wrong: str) -> None:
    near = beside(text.split(" "))
    assert near_fit(right, near) >= 0.5
    assert near_fit(right, near) - near_fit(wrong, near) >= 0.3


def test_phrases_in_their_one_form() -> None:
    assert read(("a", "new", "south", "wales", "labor", "mp")) == ("a", "new-south-wales", "labor", "regional-seat")
    assert read(("the", "mp", "in", "queensland")) == ("the", "mp", "in", "queensland")
    assert read(("his", "deputy", "leader")) == ("his", "deputy", "leader")
    assert bare("french prime minister") == "prime minister"
    assert bare("french") == "french"
    assert bare("canada s prime minister") == "prime minister"
    assert bare("sample s deputy") == "deputy"
    assert bare("mp of the year") == "mp of the year"


def near_of(make: Make, text: str, name: str, *forms: str) -> Surroundings:
    annotation = make(text, ("e1", "Person", name, forms))
    _, folded, starts = tokens(text)
    return surroundings(annotation, folded, starts, {"e1"})


@pytest.mark.parametrize(
    "opening",
    [
        "A member of the House of Commons",
        "The Labour MP since 2004",
        "Britain's ambassador to Sweden",
        "First elected to the House of Commons in 2001",
        "As a backbencher",
        "Now a peer",
    ],
)
def test_an_apposition_that_opens_a_sentence(make: Make, opening: str) -> None:
    found = near_of(make, f"Ada Example spoke. {opening}, Example has made it her own.", "Ada Example", "Example")
    assert beside(tokens(opening)[1]) <= found.near["e1"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ambassador, Example said, had lied.",
        "The ambassador, Example and Sample left.",
        "In the eyes of the ambassador, Example is right.",
        "When the ambassador left, Example wept.",
        'The ambassador said: "Go", Example wept.',
        "The ambassador. Example wept.",
        "The ambassador met Bo Sample, Example wept.",
    ],
)
def test_what_opens_a_sentence_and_is_no_apposition(make: Make, sentence: str) -> None:
    annotation = make(
        f"Ada Example spoke. {sentence}", ("e1", "Person", "Ada Example", ("Example",)), ("e2", "Person", "Bo Sample")
    )
    _, folded, starts = tokens(annotation.article.text)
    assert "ambassador" not in surroundings(annotation, folded, starts, {"e1"}).near["e1"]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Ada Example (Lib Dem) spoke.", " liberal democrats "),
        ("Ada Example (D-Minn.) spoke.", " democratic party "),
        ("Ada Example (R-OH) spoke.", " republican party "),
        ("Ada Example (Con, Sampletown) spoke.", " conservative party "),
        ("Ada Example (Liberal) spoke.", " liberal party "),
    ],
)
def test_the_party_in_brackets(make: Make, text: str, party: str) -> None:
    assert party in near_of(make, text, "Ada Example").phrases["e1"]


def test_other_brackets_give_no_party(make: Make) -> None:
    phrases = near_of(make, "Ada Example (left) and (D) spoke to Con.", "Ada Example").phrases["e1"]
    assert not any("party" in phrase for phrase in phrases)


def test_a_branch_goes_by_the_party_s_name(gazetteer: Gazetteer) -> None:
    names = dict(party_names(Tenure("Liberal Party of Australia (Sample Division)"), gazetteer))
    assert names["liberal party"] == 1.0
    assert names["liberal"] == 0.8
    assert dict(party_names(Tenure("The Sample Party"), gazetteer))["sample party"] == 1.0
    assert "workers" not in dict(party_names(Tenure("Workers of Sampleland"), gazetteer))


def known(*items: Item) -> Gazetteer:
    return LayeredGazetteer([load_starter(), MemoryGazetteer(items, digest="invented")])


def test_a_state_s_mp_is_told_from_a_nation_s(make: Make) -> None:
    """Without a date, a party, or another word of the country."""
    state = Item(
        "Q99000031", "Ulla Fabel", EntityType.PERSON, country="Q408", offices=(Tenure(QUEENSLAND),), prior=0.05
    )
    nation = Item("Q99000032", "Ulla Fabel", EntityType.PERSON, country="Q145", offices=(Tenure(COMMONS),), prior=0.4)
    gazetteer = known(state, nation)
    for text, wanted in (
        ("Ulla Fabel, the Queensland state MP, spoke.", state.qid),
        ("Ulla Fabel, the MP, spoke in Britain.", nation.qid),
        ("Ulla Fabel spoke.", None),
    ):
        linked = link_article(make(text, ("e1", "Person", "Ulla Fabel")), gazetteer)
        assert linked.entities[0].wikidata == wanted


def test_the_words_around_a_title_bind_it(make: Make) -> None:
    """The recogniser finds the office "MP" alone in "upper house MP"."""
    state = Item(
        "Q99000033",
        "Ulla Fabel",
        EntityType.PERSON,
        country="Q408",
        offices=(Tenure("Member of the New South Wales Legislative Council"),),
        prior=0.1,
    )
    nation = Item("Q99000034", "Ulla Fabel", EntityType.PERSON, country="Q145", offices=(Tenure(COMMONS),), prior=0.2)
    for text, wanted in (
        ("New South Wales upper house MP Ulla Fabel spoke.", state.qid),
        ("British MP Ulla Fabel spoke.", nation.qid),
    ):
        annotation = make(
            text, ("e1", "Person", "Ulla Fabel"), ("e2", "Position", "MP"), claims=(("holdsPosition", "e1", "e2"),)
        )
        assert link_article(annotation, known(state, nation)).entities[0].wikidata == wanted


@pytest.mark.parametrize(
    ("text", "country"),
    [("In British Columbia and Quebec", "Q16"), ("The Western Australian budget", "Q408"), ("Madhya Pradesh", "Q668")],
)
def test_regions_point_to_their_country(gazetteer: Gazetteer, text: str, country: str) -> None:
    raw, folded, _ = tokens(text)
    found = count_places(raw, folded, gazetteer)
    assert max(found, key=lambda qid: found[qid]) == country
    assert country not in count_places(["Columbia", "Pradesh"], ["columbia", "pradesh"], gazetteer)


def test_bodies_of_seats() -> None:
    assert has_seats("house of representatives")
    assert has_seats("sampletown city council")
    assert not has_seats("white house")
    assert not has_seats("sampletown rowing club")


def test_a_minister_of_another_country_is_no_member_of_this_one_s_parliament() -> None:
    title = content("deputy minister of tourism")
    assert title_fit(title, COMMONS) >= 0.5
    assert title_fit(title, COMMONS, home=False) < 0.3
