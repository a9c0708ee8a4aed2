from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation, EntityType
from kg.resolve import explain, link_article
from kg.resolve.births import Births, births_behind
from kg.resolve.geography import country_of
from kg.resolve.moments import Moments
from kg.wikidata.gazetteer import Gazetteer, Item, Tenure
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]

ELDER = Item(
    "Q99000011",
    "Ulla Fabel",
    EntityType.PERSON,
    birth="1931-05-02",
    country="Q145",
    parties=(Tenure("Welsh Labour", "Q99000021", "1970", "1990"),),
    offices=(Tenure("Member of Parliament", None, "1970", "1990"),),
    prior=0.2,
)
YOUNGER = Item(
    "Q99000012",
    "Ulla Fabel",
    EntityType.PERSON,
    birth="1968-11-30",
    country="Q145",
    offices=(Tenure("Member of the House of Lords", None, "2010", None),),
    employers=(Tenure("Placeholder Institute", "Q99000022"),),
    occupations=("lawyer",),
    prior=0.2,
)
UNKNOWN = Item("Q99000013", "Ulla Fabel", EntityType.PERSON, country="Q145", prior=0.2)
LONE = Item(
    "Q99000014",
    "Zuleika Zzyzx",
    EntityType.PERSON,
    country="Q145",
    parties=(Tenure("Placeholder Labour Party", "Q99000023"),),
    offices=(Tenure("Mayor of Placeholder", None),),
    prior=0.1,
)
PARTY = Item("Q99000023", "Placeholder Labour Party", EntityType.PARTY, country="Q145", prior=0.4)


def known(*items: Item) -> Gazetteer:
    return LayeredGazetteer([load_starter(), MemoryGazetteer(items, digest="invented")])


def qid(annotation: Annotation, gazetteer: Gazetteer, local: str = "e1") -> str | None:
    return {e.id: e.wikidata for e in link_article(annotation, gazetteer).entities}[local]


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (" (born 3 May 1926) is a politician", Births(("1926-05-03",))),
        (" (26 September 1908 – 19 February 1985) was", Births(("1908-09-26",))),
        (" (May 3, 1926 - June 4, 2001)", Births(("1926-05-03",))),
        (", born in 1944, left", Births(("1944",))),
        (", 56, said", Births(ages=(56,))),
        (" (56), said", Births(ages=(56,))),
        (" (1901–1987)", Births(("1901",))),
        (", aged 41, said", Births(ages=(41,))),
        (" won 56, lost 12", Births()),
        (" (1997–2003)", Births()),
        (" was elected in 1997", Births()),
    ],
)
def test_births_behind_a_name(behind: str, found: Births) -> None:
    assert births_behind([behind]) == found


@pytest.mark.parametrize(
    ("births", "value"),
    [
        (Births(("1931-05-02",)), 1.0),
        (Births(("1931",)), 0.5),
        (Births(("1968-11-30",)), -1.0),
        (Births(ages=(78,)), 0.5),
        (Births(ages=(79,)), 0.5),
        (Births(ages=(60,)), -1.0),
        (Births(), 0.0),
    ],
)
def test_births_agree_or_not(births: Births, value: float) -> None:
    assert births.agree("1931-05-02", Moments(("2010-06-01",), published=True)) == value


def test_day_of_birth_and_age_tell_namesakes_apart(make: Make) -> None:
    gazetteer = known(ELDER, YOUNGER)
    born = make("Ulla Fabel (born 2 May 1931) baked bread in Britain.", ("e1", "Person", "Ulla Fabel"))
    assert qid(born, gazetteer) == ELDER.qid
    aged = make(
        "Ulla Fabel, 42, a lawyer, baked bread in Britain.",
        ("e1", "Person", "Ulla Fabel"),
        published="2011-03-01",
    )
    assert qid(aged, gazetteer) == YOUNGER.qid
    assert qid(make("Ulla Fabel baked bread in Britain.", ("e1", "Person", "Ulla Fabel")), gazetteer) is None


def test_offices_beside_the_name_at_the_time(make: Make) -> None:
    gazetteer = known(ELDER, YOUNGER)
    text = "Ulla Fabel, who sits as an MP, baked bread. {} listened, all of {}."
    entity = ("e1", "Person", "Ulla Fabel")
    assert qid(make(text.format("Britain", "Britain"), entity, published="1980-02-02"), gazetteer) == ELDER.qid
    assert qid(make("The peer Ulla Fabel spoke in Britain.", entity, published="2012-02-02"), gazetteer) == YOUNGER.qid
    assert qid(make("The peer Ulla Fabel spoke in Britain.", entity, published="1980-02-02"), gazetteer) is None


def test_a_bearer_of_whom_no_office_is_known_may_have_it(make: Make) -> None:
    entity = ("e1", "Person", "Ulla Fabel")
    article = make("The peer Ulla Fabel spoke in Britain.", entity, published="2012-02-02")
    scored = explain(article, "e1", known(YOUNGER, UNKNOWN)).candidates
    values = {s.item.qid: {name for name, _, _ in s.features} for s in scored}
    assert "office_unknown" in values[UNKNOWN.qid]
    scored = explain(article, "e1", known(YOUNGER, ELDER)).candidates
    values = {s.item.qid: {name for name, _, _ in s.features} for s in scored}
    assert "office_of_other" in values[ELDER.qid]


def test_employer_and_occupation_support(make: Make) -> None:
    article = make(
        "Ulla Fabel, a lawyer at the Placeholder Institute, spoke in Britain.",
        ("e1", "Person", "Ulla Fabel"),
        published="2012-02-02",
    )
    best = explain(article, "e1", known(ELDER, YOUNGER)).candidates[0]
    assert best.item == YOUNGER
    assert {"occupation", "employer"} <= {name for name, _, _ in best.features}


def test_a_spelling_needs_support(make: Make) -> None:
    gazetteer = known(LONE)
    entities = (("e1", "Person", "Zuleika Zzyzxx"), ("e2", "Position", "Mayor of Placeholder"))
    text = "Zuleika Zzyzxx, the Mayor of Placeholder, spoke. Britain listened, all of Britain."
    article = make(text, *entities, claims=(("holdsPosition", "e1", "e2"),))
    assert qid(article, gazetteer) == LONE.qid
    assert qid(make(text.replace("the Mayor of Placeholder", "a baker"), entities[0]), gazetteer) is None


def test_a_nickname_needs_support(make: Make) -> None:
    item = Item("Q99000051", "Daniel Zzyzx", EntityType.PERSON, offices=(Tenure("Mayor of Placeholder"),), prior=0.3)
    text = "Dan Zzyzx, the Mayor of Placeholder, baked bread."
    assert qid(make(text, ("e1", "Person", "Dan Zzyzx")), known(item)) == item.qid
    bare = make("Dan Zzyzx baked bread.", ("e1", "Person", "Dan Zzyzx"))
    assert qid(bare, known(item)) is None
    assert "nickname" in explain(bare, "e1", known(item)).reason


def test_a_members_party_is_meant_by_a_part_of_its_name(make: Make) -> None:
    article = make(
        "Zuleika Zzyzx, the Mayor of Placeholder, left Labour. Britain listened, all of Britain.",
        ("e1", "Person", "Zuleika Zzyzx"),
        ("e2", "Party", "Labour"),
        claims=(("memberOf", "e1", "e2"),),
    )
    features = {
        s.item.qid: {name for name, _, _ in s.features} for s in explain(article, "e2", known(LONE, PARTY)).candidates
    }
    assert {"name_part", "member"} <= features[PARTY.qid]


def test_a_branch_is_not_meant_by_the_whole_partys_name(make: Make) -> None:
    branch = Item("Q99000071", "Placeholder Labour Party", EntityType.PARTY, ("Labour",), country="Q145", prior=0.5)
    text = "{} won in Britain. Britain cheered."
    short = make(text.format("Labour"), ("e1", "Party", "Labour"))
    assert qid(short, known(branch)) == "Q9630"
    whole = make(text.format("Placeholder Labour Party"), ("e1", "Party", "Placeholder Labour Party"))
    assert qid(whole, known(branch)) == branch.qid


def test_bodies_named_in_full(make: Make) -> None:
    body = Item("Q99000031", "Quimby Symphony Orchestra", EntityType.ORGANIZATION)
    short = Item("Q99000032", "Quimby", EntityType.ORGANIZATION)
    other = Item("Q99000033", "Quimby", EntityType.ORGANIZATION)
    text = "Quimby heard the Quimby Symphony Orchestra in the Senate."
    article = make(text, ("e1", "Organization", "Quimby Symphony Orchestra"), ("e2", "Organization", "Quimby"))
    assert qid(article, known(body, short)) == body.qid
    assert qid(article, known(body, short), "e2") == short.qid
    assert qid(article, known(body, short, other), "e2") is None
    senate = Item("Q99000034", "Council", EntityType.ORGANIZATION)
    assert qid(make("The Council met.", ("e1", "Organization", "Council")), known(senate)) is None


def test_the_country_that_description_or_office_names() -> None:
    gazetteer = load_starter()
    assert (
        country_of(Item("Q99000041", "X", EntityType.PARTY, description="political party in Norway"), gazetteer)
        == "Q20"
    )
    seat = Item("Q99000042", "X", EntityType.PERSON, offices=(Tenure("Member of the Queensland Legislative Assembly"),))
    assert country_of(seat, gazetteer) == "Q408"
    away = Item("Q99000043", "X", EntityType.PERSON, offices=(Tenure("ambassador to Canada"),))
    assert country_of(away, gazetteer) is None
