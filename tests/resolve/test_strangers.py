"""Who is in no index and bears the name of somebody who is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.model import Annotation, EntityType, Mention, MentionKind, Span
from kg.resolve import explain, link_article
from kg.resolve.callings import BEFORE, Calling, calling_conflict, calling_in, speaks_of_politics
from kg.resolve.parties import alike
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]

BRITAIN = next(item for item in load_starter().places if item.qid == "Q145")
AUSTRALIA = next(item for item in load_starter().places if item.qid == "Q408")
MP = Item(
    "Q99000101",
    "Adalind Examplewood",
    EntityType.PERSON,
    birth="1960-02-03",
    country="Q145",
    offices=(Tenure("Member of Parliament", None, "2010-05-06", "2019-11-06"),),
    prior=0.3,
)
NAME = ("e1", "Person", "Adalind Examplewood")


def known(*people: Item) -> MemoryGazetteer:
    return MemoryGazetteer([BRITAIN, AUSTRALIA, *people], digest="strangers")


def features(annotation: Annotation, *people: Item) -> dict[str, float]:
    return {name: value for name, value, _ in explain(annotation, "e1", known(*people)).candidates[0].features}


def linked(annotation: Annotation, *people: Item) -> str | None:
    return link_article(annotation, known(*people)).entities[0].wikidata


def described(annotation: Annotation, phrase: str) -> Annotation:
    start = annotation.article.text.index(phrase)
    mention = Mention(Span(start, start + len(phrase)), MentionKind.NOMINAL, "e1")
    return replace(annotation, mentions=tuple(sorted((*annotation.mentions, mention))))


def test_a_rare_name_is_not_enough(make: Make) -> None:
    bare = make("Adalind Examplewood was pulled from the river on Sunday.", NAME, published="2015-03-01")
    assert linked(bare, MP) is None
    assert "rare_name" not in features(bare, MP)
    assert features(bare, MP)["unsupported"] == 1.0


def test_a_rare_name_counts_in_an_article_about_the_country_and_politics(make: Make) -> None:
    text = "Adalind Examplewood told the British press that Britain waits for {}."
    british = make(text.format("the election"), NAME, published="2015-03-01")
    assert features(british, MP)["rare_name"] == 1.0
    assert features(british, MP)["unsupported"] == pytest.approx(0.3)
    assert linked(british, MP) == MP.qid
    weather = make(text.format("the rain"), NAME, published="2015-03-01")
    assert features(weather, MP)["unsupported"] == 1.0
    assert linked(weather, MP) is None
    potter = replace(MP, offices=(), description="British potter")
    assert features(weather, potter)["rare_name"] == 1.0


def test_the_famous_need_no_context(make: Make) -> None:
    bare = make("Adalind Examplewood smiled.", NAME)
    assert linked(bare, replace(MP, prior=0.9)) == MP.qid
    assert linked(bare, replace(MP, prior=0.5)) is None


def test_the_famous_stay_in_the_news(make: Make) -> None:
    late = make("Adalind Examplewood told the British press that Britain waits.", NAME, published="2033-03-01")
    assert features(late, replace(MP, prior=0.9))["out_of_time"] == pytest.approx(
        features(late, MP)["out_of_time"] / 2, abs=0.001
    )
    assert linked(late, replace(MP, prior=0.9)) == MP.qid
    namesake = replace(MP, qid="Q99000102", prior=0.1)
    shared = features(late, replace(MP, prior=0.9), namesake)
    assert shared["out_of_time"] == features(late, MP)["out_of_time"]


def test_a_nurse_is_no_member_of_parliament(make: Make) -> None:
    text = "Adalind Examplewood, a retired nurse from Britain, thanked the British voters."
    nurse = described(make(text, NAME, published="2015-03-01"), "a retired nurse from Britain")
    assert features(nurse, MP)["calling_conflict"] == pytest.approx(1.0 - 0.5 * MP.prior)
    assert linked(nurse, MP) is None
    friend = described(make(text.replace("nurse", "friend"), NAME, published="2015-03-01"), "a retired friend")
    assert "calling_conflict" not in features(friend, MP)
    assert linked(friend, MP) == MP.qid


def test_a_nurse_who_is_in_parliament(make: Make) -> None:
    text = "Adalind Examplewood MP, a former nurse, spoke to the British press."
    annotation = described(make(text, NAME, published="2015-03-01"), "a former nurse")
    assert "calling_conflict" not in features(annotation, MP)
    assert linked(annotation, MP) == MP.qid


def test_words_of_politics() -> None:
    assert speaks_of_politics(frozenset(["the", "voters"]))
    assert speaks_of_politics(frozenset(["parliament"]))
    assert not speaks_of_politics(frozenset(["the", "kiln", "was", "on"]))


@pytest.mark.parametrize(
    ("description", "noun"),
    [
        ("a retired nurse from Leeds", "nurse"),
        ("the jazz drummer", "drummer"),
        ("A pastry\n chef who sings", "chef"),
        ("a friend of the nurse", None),
        ("the attorney general", None),
        ("the minister", None),
        ("chief executive officer", None),
        ("", None),
    ],
)
def test_callings_in_descriptions(description: str, noun: str | None) -> None:
    found = calling_in(description)
    assert (found and found.noun) == noun


def test_callings_against_items() -> None:
    drummer, lawyer = Calling("drummer", "music"), Calling("lawyer", "law")
    assert calling_in("a drummer") == drummer
    assert calling_conflict((drummer,), MP) == 1.0
    assert calling_conflict((lawyer,), MP) == calling_conflict((lawyer, drummer), MP) == BEFORE
    assert calling_conflict((), MP) == 0.0
    assert calling_conflict((drummer,), replace(MP, description="British musician and politician")) == 0.0
    assert calling_conflict((drummer,), replace(MP, occupations=("politician", "drummer"))) == 0.0
    assert calling_conflict((drummer, lawyer), replace(MP, occupations=("solicitor",))) == 0.0
    nothing_known = replace(MP, offices=())
    assert calling_conflict((drummer,), nothing_known) == 0.0


def test_a_seat_in_another_body(make: Make) -> None:
    peer = replace(MP, offices=(Tenure("Member of the House of Lords", None, "2010-05-06"),))
    text = "Adalind Examplewood MP spoke to the British press in Britain."
    annotation = make(text, ("e1", "Person", "Adalind Examplewood"), published="2015-03-01")
    claimed = make(
        text,
        NAME,
        ("e2", "Position", "MP"),
        claims=(("holdsPosition", "e1", "e2"),),
        published="2015-03-01",
    )
    assert features(claimed, peer)["office_conflict"] == 1.0
    assert linked(claimed, peer) is None
    assert linked(claimed, MP) == MP.qid
    assert linked(annotation, MP) == MP.qid


def test_a_council_of_another_region(make: Make) -> None:
    councillor = replace(MP, offices=(Tenure("Member of the Regional Council of Quimbyland", None, "2010"),))
    text = "Adalind Examplewood, member of the Regional Council of {}, spoke in Britain."
    for region, value in (("Quimbyland", True), ("Placeholdia", False)):
        annotation = make(
            text.format(region),
            NAME,
            ("e2", "Position", f"member of the Regional Council of {region}"),
            claims=(("holdsPosition", "e1", "e2"),),
            published="2015-03-01",
        )
        found = features(annotation, councillor)
        assert (max(found.get("office", 0.0), found.get("office_near", 0.0)) > 0.5) is value
        assert (linked(annotation, councillor) == councillor.qid) is value


def test_the_dead_hold_no_office(make: Make) -> None:
    undated = replace(MP, offices=(Tenure("Member of Parliament"),), death="2001-05-01")
    given = {
        text: features(
            make(text, NAME, ("e2", "Position", "MP"), claims=(("holdsPosition", "e1", "e2"),), published=day), undated
        )
        for text, day in (
            ("Adalind Examplewood MP spoke in Britain.", "2015-03-01"),
            ("Adalind Examplewood MP talked in Britain.", "1999-03-01"),
            ("The late MP Adalind Examplewood is missed in Britain.", "2015-03-01"),
        )
    }
    after, before, late = (max(found.get("office", 0.0), found.get("office_near", 0.0)) for found in given.values())
    assert after < 0.3 < before
    assert late > 0.3


def test_an_office_of_another_country_counts_less(make: Make) -> None:
    claims = (("holdsPosition", "e1", "e2"),)
    abroad, home = (
        features(make(text, NAME, ("e2", "Position", "MP"), claims=claims, published="2015-03-01"), MP)
        for text in (
            "Adalind Examplewood MP spoke. Australia and the Australians in Canberra, Australia, listened. A Briton.",
            "Adalind Examplewood MP spoke. Britain listened.",
        )
    )
    assert 0.0 < max(abroad.get("office", 0.0), abroad.get("office_near", 0.0)) < home["office"]


def test_a_country_that_stands_aside_speaks_against(make: Make) -> None:
    text = "Adalind Examplewood met {} in Canberra, Australia. Australia and the Australians waited."
    aside = make(text.format("a Briton"), NAME, published="2015-03-01")
    equal = make("Adalind Examplewood met a Briton and an Australian.", NAME, published="2015-03-01")
    assert features(aside, MP)["country_absent"] > 0.3
    assert "country_absent" not in features(equal, MP)


def test_the_best_known_bearer_is_not_meant_without_a_word(make: Make) -> None:
    famous, other = replace(MP, prior=0.85), replace(MP, qid="Q99000102", prior=0.1)
    bare = make("Adalind Examplewood waited.", NAME, published="2015-03-01")
    assert linked(bare, famous) == famous.qid
    assert linked(bare, famous, other) is None
    assert "in_office" not in features(bare, famous, other)
    assert linked(bare, replace(famous, prior=0.98), other) == famous.qid
    british = make("Adalind Examplewood waited in Britain, the British press says.", NAME, published="2015-03-01")
    assert linked(british, famous, other) == famous.qid


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("labour", "welsh labour", True),
        ("liberal democrats", "liberal democrats", True),
        ("liberal party", "liberal democrats", False),
        ("democratic party", "social democratic and labour party", False),
        ("conservative party", "conservative and unionist party", True),
        ("party", "labour party", False),
    ],
)
def test_names_of_parties(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is alike(other, one) is same


def test_every_feature_has_a_sentence() -> None:
    assert all(len(weights().help[name]) > 10 for name in ("calling_conflict", "rare_name", "unsupported"))
