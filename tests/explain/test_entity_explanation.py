from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.explain.entity import EntityExplanation, Occurrence, explain_entity
from kg.explain.entity_references import EntityPlace, find_entity, named, near
from kg.explain.entity_text import entity_text, found_text, local_entities_text
from kg.model import (
    Annotation,
    Article,
    Entity,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    PartialDate,
    Resolution,
    Span,
)
from kg.model.decision import Decision, Decisions, NameKey, Verdict
from kg.rdf.namespaces import Namespaces
from kg.resolve.linker import Explanation, Scored
from kg.resolve.publisher import OUTLET_ID
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.memory import MemoryGazetteer

ADA, OTHER_ADA = "Q99000001", "Q99000002"
NIL_ID = "person/bertram-sample-0a1b2c3d"
BASE = Namespaces("https://graph.invalid/kg")

ITEMS = (
    Item(
        ADA,
        "Ada Example",
        EntityType.PERSON,
        description="politician",
        birth="1960",
        parties=(Tenure("Lantern Party", "Q99000011", "1987", "2018"),),
        offices=(Tenure("Mayor of Saltmarsh", None, "2000"), Tenure("councillor", None, None, "1999")),
        prior=0.9,
    ),
    Item(OTHER_ADA, "Ada Example", EntityType.PERSON, description="chemist", prior=0.1),
    Item("Q99000021", "Saltmarsh Courier", EntityType.OUTLET, prior=0.9, domains=("courier.invalid",)),
)


def article_of(number: int, text: str, *people: tuple[str, str, str | None]) -> Annotation:
    """An article about persons: local id, name, QID; each mention of a name counts."""
    article = Article(
        f"row-{number}", text, title=f"Row {number}", published=PartialDate.of(2016, 4, 28), outlet="Saltmarsh Courier"
    )
    mentions = []
    for local, name, _ in people:
        start = text.find(name)
        while start >= 0:
            mentions.append(Mention(Span(start, start + len(name)), MentionKind.NAME, local))
            start = text.find(name, start + 1)
    entities = tuple(
        LocalEntity(local, EntityType.PERSON, name, wikidata=qid, score=0.9) for local, name, qid in people
    )
    return Annotation(article, entities=entities, mentions=tuple(sorted(mentions)))


ONE = article_of(
    1, "Ada Example met Bertram Sample. Ada Example smiled.", ("e1", "Ada Example", ADA), ("e2", "Bertram Sample", None)
)
TWO = article_of(2, "Ada Example left.", ("e1", "Ada Example", None))
THREE = article_of(3, "She left Ada Example.", ("e1", "Ada Example", ADA), ("e2", "she", None))
ARTICLES = (ONE, TWO, THREE)

ENTITIES = (
    Entity(
        ADA,
        EntityType.PERSON,
        "Ada Example",
        aliases=("Dame Ada",),
        wikidata=ADA,
        score=0.9,
        description="politician",
        members=tuple((one.article.key, "e1") for one in ARTICLES),
    ),
    Entity("Q99000021", EntityType.OUTLET, "Saltmarsh Courier", wikidata="Q99000021", score=0.9,
           members=((ONE.article.key, OUTLET_ID),)),
    Entity(NIL_ID, EntityType.PERSON, "Bertram Sample", score=0.9, members=((ONE.article.key, "e2"),)),
    Entity("person/ada-example-00000001", EntityType.PERSON, "Ada Example", score=0.5),
)  # fmt: skip
RESOLUTION = Resolution(ENTITIES)
GAZETTEER = MemoryGazetteer(ITEMS)


def decisions(**links: str | None) -> dict[str, Explanation]:
    """Local id -> a decision with both Adas as candidates, or with none."""
    scored = tuple(
        Scored(item, score, (("prior", item.prior, 2.0), ("name_label", 1.0, 1.0)))
        for item, score in ((ITEMS[0], 4.5), (ITEMS[1], 0.5))
    )
    return {
        local: Explanation(LocalEntity(local, EntityType.PERSON, "Ada Example"), qid, 0.9, "because", scored)
        for local, qid in links.items()
    }


@pytest.fixture
def linker(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Explanation]]:
    """What the linker says, by article id; tests may change it."""
    said = {"row-1": decisions(e1=ADA, e2=None), "row-2": decisions(e1=None), "row-3": decisions(e1=ADA)}

    def explain_article(annotation: Annotation, _gazetteer: object) -> Sequence[Explanation]:
        return tuple(said[annotation.article.id].values())

    monkeypatch.setattr("kg.explain.entity.explain_article", explain_article)
    return said


def explained(number: int = 0, **more: object) -> EntityExplanation:
    entity = ENTITIES[number]
    iri = BASE.entity(entity.id).value
    return explain_entity(entity, ARTICLES, GAZETTEER, RESOLUTION, iri=iri, **more)  # type: ignore[arg-type]


def plain(found: EntityExplanation, **more: object) -> str:
    return " ".join(entity_text(found, **more).split())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        (ADA, EntityPlace(ENTITIES[0])),
        (f"wd:{ADA}", EntityPlace(ENTITIES[0])),
        (f"<http://www.wikidata.org/entity/{ADA}>", EntityPlace(ENTITIES[0])),
        (NIL_ID, EntityPlace(ENTITIES[2])),
        (f"https://graph.invalid/kg/entity/{NIL_ID}", EntityPlace(ENTITIES[2])),
        ("row-1:e2", EntityPlace(ENTITIES[2], ONE.article.key, "e2")),
        (f"row-1:{OUTLET_ID}", EntityPlace(ENTITIES[1], ONE.article.key, OUTLET_ID)),
        ("row-1:0", None),
        ("row-9:e2", None),
        ("Ada Example", None),
        ("00aa11", None),
        ("https://graph.invalid/kg/claim/00aa11bb22cc33dd", None),
    ],
)
def test_forms_that_name_entities_only(reference: str, wanted: EntityPlace | None) -> None:
    assert find_entity(reference, ARTICLES, RESOLUTION, BASE) == wanted


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("Q99000099", "'Q99000099' is no entity of this graph; give a name"),
        ("person/bertram-sample-0a1b2c3e", f"did you mean '{NIL_ID}'"),
        ("row-1:e9", "has no entity 'e9'; its entities are e1 to e2"),
        ("row-3:e2", "never names its e2"),
    ],
)
def test_entities_that_are_not_there(reference: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_entity(reference, ARTICLES, RESOLUTION, BASE)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("ada example", [ADA, "person/ada-example-00000001"]),
        ("Dame Ada", [ADA]),
        ("Mr Bertram Sample", []),
        ("Sample", [NIL_ID]),
        ("courier", ["Q99000021"]),
        ("…", []),
    ],
)
def test_names(name: str, ids: list[str]) -> None:
    assert [entity.id for entity in named(name, RESOLUTION)] == ids


def test_near_names() -> None:
    assert near("Bertran Sampel", RESOLUTION) == "; did you mean 'Bertram Sample'?"


@pytest.mark.usefixtures("linker")
def test_what_the_entity_is_and_in_which_articles() -> None:
    found = explained()
    assert found.item == ITEMS[0]
    assert found.iri == f"http://www.wikidata.org/entity/{ADA}"
    assert [one.article.id for one in found.clearest] == ["row-1", "row-3", "row-2"]
    assert found.clearest[0].names == (("Ada Example", 2),)
    assert (found.others, found.left_out, found.alone) == ((), 0, False)
    assert [one.id for one in found.namesakes] == ["person/ada-example-00000001"]


@pytest.mark.usefixtures("linker")
def test_one_article_alone() -> None:
    found = explained(article=TWO.article.key)
    assert [one.article.id for one in found.clearest] == ["row-2"]
    assert [one.article.id for one in found.others] == ["row-1", "row-3"]


@pytest.mark.usefixtures("linker")
def test_the_clearest_and_one_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explain.entity.CLEAREST", 2)
    found = explained()
    assert [one.article.id for one in found.clearest] == ["row-1", "row-2"]
    assert [one.article.id for one in found.others] == ["row-3"]
    assert len(explained(everything=True).clearest) == 3
    monkeypatch.setattr("kg.explain.entity.MOST", 1)
    assert (len(explained().clearest), explained().left_out) == (1, 2)
    assert "and 2 more articles; --all explains every one" in plain(explained())
    assert explained(everything=True).left_out == 0


@pytest.mark.usefixtures("linker")
def test_the_text_of_a_linked_entity() -> None:
    text = plain(explained())
    table = weights()
    assert text.startswith(
        f"Ada Example (Person) entity http://www.wikidata.org/entity/{ADA} link Wikidata {ADA}, score 0.90"
    )
    assert "life born 1960" in text
    assert "Lantern Party (1987 to 2018)" in text
    assert "Mayor of Saltmarsh (from 2000), councillor (until 1999)" in text
    assert "also “Dame Ada”" in text
    assert "3 articles: whatever links to the item is this entity" in text
    assert "person/ada-example-00000001 (Person, 0 articles)" in text
    assert "article 'row-1', Row 1, Saltmarsh Courier, 2016-04-28: e1 named “Ada Example” 2 times" in text
    assert f"decision {ADA}, 0.90: because (score 4.50 of {table.threshold:.2f} needed; 4.00 ahead of the next" in text
    assert (
        f"candidate 1 {ADA} Ada Example (Person, politician): 4.50 +1.80 prior 0.90 x 2.00: {table.help['prior']}"
        in text
    )
    assert f"candidate 2 {OTHER_ADA} Ada Example (Person, chemist): 0.50" in text


@pytest.mark.usefixtures("linker")
def test_a_link_that_another_article_gave() -> None:
    text = plain(explained(article=TWO.article.key))
    assert f"this article alone leaves it open; {ADA} is taken over from other articles" in text
    assert "elsewhere row-1:e1 Q99000001, 0.90 “Ada Example” 2 times" in text


def test_a_record_that_is_not_what_the_linker_says_today(linker: dict[str, dict[str, Explanation]]) -> None:
    linker["row-1"] = decisions(e1=OTHER_ADA)
    text = plain(explained(article=ONE.article.key))
    assert f"warning: recorded is {ADA}, 0.90; index, weights or program have changed since" in text
    assert f"this article alone would link {OTHER_ADA}; that it is {ADA} was decided elsewhere" in text
    linker["row-1"] = decisions(e2=ADA)
    assert f"this article alone would link {ADA}; the graph leaves it open" in plain(explained(2))


def decided(verdict: Verdict, *names: str, **more: object) -> Decisions:
    """One decision on persons of these names; of a pair the second name is the other side."""
    keys = tuple(NameKey(EntityType.PERSON, name) for name in names)
    decision = Decision(verdict, "2031-05-03T10:00:00Z", "A. B.", entities=keys[:1], others=keys[1:], **more)  # type: ignore[arg-type]
    return Decisions.of([decision])


@pytest.mark.usefixtures("linker")
def test_what_a_reviewer_decided_stands_above_the_linker() -> None:
    decisions = decided(Verdict.LINK, "Ada Example", wikidata=ADA, reason="her own site says so")
    found = explained(article=TWO.article.key, decisions=decisions)
    assert found.clearest[0].link == ADA
    text = plain(found)
    assert f"decided A. B. on 2031-05-03: {ADA} (“her own site says so”)" in text
    said = (
        f"decision {ADA}, decided by A. B. on 2031-05-03 (“her own site says so”); the linker alone: NIL, 0.90: because"
    )
    assert said in text
    assert "taken over" not in text
    assert "decided" not in plain(explained(2, decisions=decisions))
    nil = plain(explained(2, decisions=decided(Verdict.NIL, "Bertram Sample")))
    assert "decided A. B. on 2031-05-03: NIL " in nil


@pytest.mark.usefixtures("linker")
def test_whom_a_reviewer_joined_and_parted() -> None:
    never = decided(Verdict.NEVER, "Ada Example", "Bertram Sample")
    assert f"decided A. B. on 2031-05-03: never the same as {NIL_ID}" in plain(explained(decisions=never))
    assert f"decided A. B. on 2031-05-03: never the same as {ADA}" in plain(explained(2, decisions=never))
    same = decided(Verdict.SAME, "Bertram Sample", "Ada Example")
    joined = replace(ENTITIES[0], members=(*ENTITIES[0].members, *ENTITIES[2].members))
    found = explain_entity(joined, ARTICLES, GAZETTEER, Resolution((joined,)), iri="x", decisions=same)
    assert "decided A. B. on 2031-05-03: the same as Ada Example" in plain(found)


def test_an_outlet_that_a_reviewer_linked() -> None:
    key = NameKey(EntityType.OUTLET, "Saltmarsh Courier")
    decision = Decision(Verdict.LINK, "2031-05-03T10:00:00Z", "", entities=(key,), wikidata="Q99000022")
    text = plain(explained(1, decisions=Decisions.of([decision])))
    assert "decision Q99000022, decided by a reviewer on 2031-05-03" in text


def test_an_unlinked_entity_by_the_linker_itself() -> None:
    found = explained(2)
    assert found.item is None
    text = plain(found)
    assert "link no Wikidata item (NIL), score 0.90" in text
    assert "decision NIL" in text
    assert "no item of this name is known" in text
    assert "candidate" not in text


def test_names_that_are_nearly_the_same_are_shown() -> None:
    near_miss = article_of(4, "Ada Exampel left.", ("e1", "Ada Exampel", None))
    entity = Entity(
        "person/ada-exampel-00000002", EntityType.PERSON, "Ada Exampel", members=((near_miss.article.key, "e1"),)
    )
    found = explain_entity(entity, [near_miss], GAZETTEER, Resolution((entity,)), iri="x")
    assert {item.qid for item in found.clearest[0].similar} == {ADA, OTHER_ADA}
    assert f"near names not taken, since the name is another: Ada Example ({ADA}, politician), Ada Example" in plain(
        found
    )
    assert explained(2).clearest[0].similar == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bertram Sample", "2 articles: no item is linked, and full name and type are the same in all of them"),
        ("Sample", "only: a name of one word, or of several people in the index, never joins two articles"),
        ("Ada Example", "only: a name of one word, or of several people in the index, never joins two articles"),
    ],
)
def test_how_unlinked_entities_are_joined(name: str, words: str) -> None:
    members = ((ONE.article.key, "e2"), (TWO.article.key, "e1"))
    entity = replace(ENTITIES[2], name=name, members=members)
    found = explain_entity(entity, ARTICLES, GAZETTEER, RESOLUTION, iri="x")
    assert words in plain(found)


def test_an_outlet_is_what_the_article_says() -> None:
    found = explained(1)
    assert [one.outlet for one in found.clearest] == [True]
    assert "the article says that it is from this outlet" in plain(found)


@pytest.mark.usefixtures("linker")
def test_an_item_that_the_index_lacks() -> None:
    found = replace(explained(), item=None)
    assert "the item is not in the index at hand" in plain(found)


@pytest.mark.usefixtures("linker")
def test_more_candidates_than_are_shown() -> None:
    found = explained(article=ONE.article.key)
    occurrence = found.clearest[0]
    assert occurrence.decision is not None
    many = replace(occurrence.decision, candidates=occurrence.decision.candidates * 3)
    found = replace(found, clearest=(replace(occurrence, decision=many),))
    assert "3 more candidates with lower scores; --all shows them" in plain(found)
    assert "candidate 6" in plain(found, everything=True)


def test_lists() -> None:
    lines = found_text("Ada Example", named("Ada Example", RESOLUTION)).splitlines()
    assert lines == [
        "'Ada Example' may mean 2 entities; explain one by its id:",
        "  Q99000001  Ada Example (Person, 3 articles; politician)",
        "  person/ada-example-00000001  Ada Example (Person, 0 articles)",
    ]
    assert "and 10 more; give more of the name" in found_text("x", ENTITIES[:1] * 30)
    assert local_entities_text(ONE, RESOLUTION).splitlines() == [
        "and 2 entities:",
        "    e1  Ada Example (Person) Q99000001",
        f"    e2  Bertram Sample (Person) {NIL_ID}",
    ]
    assert local_entities_text(TWO, None).splitlines()[1] == "    e1  Ada Example (Person) no QID"


def test_a_terminal_obeys_no_name() -> None:
    local = LocalEntity("e1", EntityType.PERSON, "Ada\x1b[31m Example")
    entity = replace(ENTITIES[3], name=local.name)
    occurrence = Occurrence(ONE.article, local, (("Ada\u202e Example", 1),), None)
    found = EntityExplanation(entity, "x", None, (occurrence,), (), 0, (), False)
    text = entity_text(found)
    assert "\x1b" not in text
    assert "\u202e" not in text
