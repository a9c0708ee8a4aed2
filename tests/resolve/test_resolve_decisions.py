"""What reviewers decided about entities stands above the linker, across articles, after any change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Article, Entity, EntityType, LocalEntity, Span
from kg.model.decision import Decision, Decisions, NameKey, Verdict
from kg.resolve import OUTLET_ID, link_article, resolve
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]

PERSON = EntityType.PERSON
ULLA = NameKey(PERSON, "Ulla Fabel")


def decide(verdict: Verdict, *entities: NameKey, others: tuple[NameKey, ...] = (), **rest: str) -> Decision:
    decide.second += 1  # type: ignore[attr-defined]
    time = f"2031-02-03T04:{decide.second // 60:02}:{decide.second % 60:02}Z"  # type: ignore[attr-defined]
    return Decision(verdict, time, "Orla", entities=entities, others=others, **rest)  # type: ignore[arg-type]


decide.second = 0  # type: ignore[attr-defined]


def link(qid: str, *keys: NameKey) -> Decision:
    return decide(Verdict.LINK, *keys, wikidata=qid)


def same(one: NameKey, other: NameKey) -> Decision:
    return decide(Verdict.SAME, one, others=(other,))


def never(one: NameKey, other: NameKey) -> Decision:
    return decide(Verdict.NEVER, one, others=(other,))


def run(gazetteer: Gazetteer, annotations: list[Annotation], *decisions: Decision) -> dict[str, Entity]:
    linked = [link_article(annotation, gazetteer) for annotation in annotations]
    found = resolve(linked, gazetteer, Decisions.of(decisions)).entities
    return {entity.id: entity for entity in found}


def holder(found: dict[str, Entity], annotation: Annotation, local: str) -> Entity:
    (entity,) = [one for one in found.values() if (annotation.article.key, local) in one.members]
    return entity


@pytest.fixture
def two(make: Make) -> list[Annotation]:
    """Two articles that name Ulla Fabel, and one that names Fabel only."""
    return [
        make("Ulla Fabel sang.", ("e1", "Person", "Ulla Fabel"), article="one"),
        make("Mrs. Ulla Fabel danced.", ("e7", "Person", "Mrs. Ulla Fabel", ("Fabel",)), article="two"),
        make("Fabel slept.", ("e1", "Person", "Fabel"), article="three"),
    ]


def test_a_link_holds_in_every_article(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    found = run(gazetteer, two, link("Q99000001", ULLA))
    entity = found["Q99000001"]
    assert [local for _, local in entity.members].count("e7") == 1
    assert (len(entity.members), entity.wikidata, entity.score, entity.name) == (2, "Q99000001", 1.0, "Mrs. Ulla Fabel")
    assert holder(found, two[2], "e1").wikidata is None


def test_a_link_in_one_article_holds_there_only(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    key = replace(ULLA, article=two[0].article.key)
    found = run(gazetteer, two, link("Q99000001", key))
    assert found["Q99000001"].members == ((two[0].article.key, "e1"),)
    assert holder(found, two[1], "e7").wikidata is None


def test_one_article_stands_above_every_article_and_later_above_earlier(
    gazetteer: Gazetteer, two: list[Annotation]
) -> None:
    near = link("Q99000001", replace(ULLA, article=two[0].article.key))
    far, later = link("Q99000002", ULLA), link("Q99000003", ULLA)
    found = run(gazetteer, two, near, later, far)
    assert holder(found, two[0], "e1").id == "Q99000001"
    assert holder(found, two[1], "e7").id == "Q99000003"


def test_nil_stands_above_a_sure_link_and_is_not_taken_over(make: Make, gazetteer: Gazetteer) -> None:
    article = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"))
    other = make("Angela Merkel met people in Berlin, Germany.", ("e1", "Person", "Angela Merkel"), article="b")
    assert holder(run(gazetteer, [article, other]), article, "e1").id == "Q567"
    nil = decide(Verdict.NIL, NameKey(PERSON, "Angela Merkel", article.article.key))
    found = run(gazetteer, [article, other], nil)
    assert holder(found, article, "e1").wikidata is None
    assert holder(found, article, "e1").score == 1.0
    assert holder(found, other, "e1").id == "Q567"


def test_undone_is_as_if_never_decided(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    decision = link("Q99000001", ULLA)
    undo = Decision(Verdict.UNDO, "2031-03-01T00:00:00Z", "Orla", undoes=decision.id)
    assert run(gazetteer, two, decision, undo) == run(gazetteer, two)


def test_decisions_survive_another_extraction(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    """Other local ids, other offsets, other spellings, a middle initial found."""
    changed = [
        replace(two[0], entities=(LocalEntity("e9", PERSON, "ULLA  FABEL"),), mentions=(), sentences=(Span(0, 4),)),
        replace(two[1], entities=(LocalEntity("e2", PERSON, "Ulla B. Fabel", ("Ulla Fabel",)),), mentions=()),
        two[2],
    ]
    found = run(gazetteer, changed, link("Q99000001", ULLA))
    assert {local for _, local in found["Q99000001"].members} == {"e9", "e2"}


def test_decisions_survive_another_index(two: list[Annotation], make: Make) -> None:
    empty = MemoryGazetteer(())
    merkel = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"), article="m")
    given = [
        link("Q99000001", ULLA),
        link("Q567", NameKey(PERSON, "Fabel", two[2].article.key)),
        decide(Verdict.NIL, NameKey(PERSON, "Angela Merkel")),
    ]
    for gazetteer in (load_starter(), empty):
        found = run(gazetteer, [*two, merkel], *given)
        assert len(found["Q99000001"].members) == 2
        assert found["Q567"].members == ((two[2].article.key, "e1"),)
        assert holder(found, merkel, "e1").wikidata is None


def test_same_joins_unlinked_ones(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    found = run(gazetteer, two, same(NameKey(PERSON, "Fabel", two[2].article.key), ULLA))
    (entity,) = found.values()
    assert len(entity.members) == 3
    assert entity.id == holder(run(gazetteer, two), two[0], "e1").id, "the fuller name's own identity"


def test_same_gives_the_link_of_one_to_the_other(make: Make, gazetteer: Gazetteer) -> None:
    linked = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"))
    nick = make("Mutti spoke.", ("e1", "Person", "Mutti"), article="b")
    found = run(
        gazetteer, [linked, nick], same(NameKey(PERSON, "Mutti", nick.article.key), NameKey(PERSON, "Angela Merkel"))
    )
    assert len(found["Q567"].members) == 2
    assert "Mutti" in found["Q567"].aliases


def test_same_of_two_linked_ones_follows_the_given_link(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    fabel = NameKey(PERSON, "Fabel", two[2].article.key)
    given = [link("Q99000001", ULLA), link("Q99000002", fabel), same(fabel, ULLA)]
    assert set(run(gazetteer, two, *given)) == {"Q99000002"}, "the later link"


def test_same_with_one_that_is_nil_is_nil(make: Make, gazetteer: Gazetteer) -> None:
    linked = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"))
    nick = make("Mutti spoke.", ("e1", "Person", "Mutti"), article="b")
    mutti = NameKey(PERSON, "Mutti", nick.article.key)
    found = run(gazetteer, [linked, nick], decide(Verdict.NIL, mutti), same(mutti, NameKey(PERSON, "Angela Merkel")))
    (entity,) = [one for one in found.values() if one.type is PERSON]
    assert (entity.wikidata, len(entity.members)) == (None, 2)


def test_never_takes_one_name_apart(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    keys = [replace(ULLA, article=annotation.article.key) for annotation in two[:2]]
    found = run(gazetteer, two, never(keys[0], keys[1]))
    one, other = holder(found, two[0], "e1"), holder(found, two[1], "e7")
    assert one.id != other.id
    assert one.wikidata is other.wikidata is None
    assert len(found) == 3


def test_never_takes_the_less_sure_link_away(make: Make, gazetteer: Gazetteer) -> None:
    sure = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"))
    other = make("Angela Merkel baked in Berlin, Germany.", ("e1", "Person", "Angela Merkel"), article="b")
    keys = [NameKey(PERSON, "Angela Merkel", a.article.key) for a in (sure, other)]
    found = run(gazetteer, [sure, other], never(*keys))
    assert sorted(entity.wikidata or "" for entity in found.values() if entity.type is PERSON) == ["", "Q567"]
    found = run(gazetteer, [sure, other], link("Q567", keys[1]), never(*keys))
    assert holder(found, other, "e1").id == "Q567"
    assert holder(found, sure, "e1").wikidata is None


def test_never_in_one_article_leaves_every_other_together(make: Make, gazetteer: Gazetteer) -> None:
    texts = [make(f"Ulla Fabel sang {n} times.", ("e1", "Person", "Ulla Fabel"), article=n) for n in "abcd"]
    found = run(gazetteer, texts, never(ULLA, replace(ULLA, article=texts[2].article.key)))
    assert sorted(len(entity.members) for entity in found.values()) == [1, 3]
    assert len(holder(found, texts[2], "e1").members) == 1


def test_of_same_and_never_the_later_counts(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    fabel = NameKey(PERSON, "Fabel", two[2].article.key)
    assert len(run(gazetteer, two, never(fabel, ULLA), same(fabel, ULLA))) == 1
    assert len(run(gazetteer, two, same(fabel, ULLA), never(fabel, ULLA))) == 2


def test_never_is_kept_through_third_ones(make: Make, gazetteer: Gazetteer) -> None:
    texts = [make(f"{n} Fabel sang.", ("e1", "Person", f"{n} Fabel"), article=n) for n in ("Ulla", "Uta", "Una")]
    ulla, uta, una = (NameKey(PERSON, f"{n} Fabel") for n in ("Ulla", "Uta", "Una"))
    given = [same(ulla, uta), same(uta, una), never(ulla, una)]
    found = run(gazetteer, texts, *given)
    assert holder(found, texts[0], "e1") != holder(found, texts[2], "e1")
    assert len(found) == 2


def test_the_hint_tells_two_of_one_name_apart(make: Make, gazetteer: Gazetteer) -> None:
    text = "Mr Fabel sang. Then Mr Fabel the younger slept."
    article = make(text, ("e1", "Person", "Mr Fabel"), ("e2", "Person", "Mr Fabel"))
    mentions = tuple(replace(m, entity=e) for m, e in zip(article.mentions[::2], ("e1", "e2"), strict=True))
    article = replace(article, mentions=mentions, sentences=(Span(0, 14), Span(15, len(text))))
    key = NameKey(PERSON, "Mr Fabel", article.article.key, "then mr FABEL the younger slept.")
    found = run(gazetteer, [article], link("Q99000001", key))
    assert found["Q99000001"].members == ((article.article.key, "e2"),)


def test_the_outlet_of_an_article_is_linked_too(make: Make, gazetteer: Gazetteer) -> None:
    article = make("Ulla Fabel sang.", ("e1", "Person", "Ulla Fabel"), outlet="Daily Kettle")
    found = run(gazetteer, [article], link("Q99000005", NameKey(EntityType.OUTLET, "The Daily Kettle")))
    assert found["Q99000005"].members == ((article.article.key, OUTLET_ID),)


def test_what_nothing_matches_changes_nothing(gazetteer: Gazetteer, two: list[Annotation]) -> None:
    nobody = NameKey(PERSON, "Nobody Here")
    body = NameKey(EntityType.PARTY, "Ulla Fabel")
    given = [link("Q99000001", nobody), decide(Verdict.NIL, body), same(nobody, ULLA), never(ULLA, nobody)]
    assert run(gazetteer, two, *given) == run(gazetteer, two)


NAMES = ("Ulla Fabel", "Uta Fabel", "Fabel", "Angela Merkel")
ARTICLES = tuple(
    Annotation(
        Article(f"a{number}", f"{number}. In Berlin, Germany."),
        tuple(LocalEntity(f"e{place}", PERSON, name) for place, name in enumerate(names)),
    )
    for number, names in enumerate((NAMES[:2], NAMES[:3], NAMES[1:], NAMES[3:] + NAMES[:1], NAMES[2:] + NAMES[2:3]))
)
keys = st.builds(
    NameKey,
    st.just(PERSON),
    st.sampled_from(NAMES),
    st.sampled_from(["", *(annotation.article.key for annotation in ARTICLES)]),
)
stamps = st.integers(0, 59).map("2031-02-03T04:05:{:02}Z".format)
rulings = st.one_of(
    st.builds(
        Decision,
        st.just(Verdict.LINK),
        stamps,
        st.just("Orla"),
        entities=st.tuples(keys),
        wikidata=st.sampled_from(["Q99000001", "Q99000002"]),
    ),
    st.builds(Decision, st.just(Verdict.NIL), stamps, st.just("Orla"), entities=st.tuples(keys)),
    st.builds(
        Decision,
        st.sampled_from([Verdict.SAME, Verdict.NEVER]),
        stamps,
        st.just("Orla"),
        entities=st.tuples(keys),
        others=st.tuples(keys),
    ),
)


@given(st.lists(rulings, max_size=7), st.permutations(ARTICLES))
def test_every_member_is_in_one_entity_whatever_is_decided(given_: list[Decision], order: list[Annotation]) -> None:
    starter = load_starter()
    linked = [link_article(annotation, starter) for annotation in order]
    found = resolve(linked, starter, Decisions.of(given_)).entities
    members = [member for entity in found for member in entity.members]
    everybody = [(a.article.key, e.id) for a in ARTICLES for e in a.entities]
    assert sorted(members) == sorted(everybody)
    assert len({entity.id for entity in found}) == len(found)
    assert all(entity.wikidata in (None, entity.id) for entity in found)
    again = resolve(list(reversed(linked)), starter, Decisions.of(reversed(given_))).entities
    assert again == found


def test_a_hint_holds_where_sentences_are_cut_otherwise_and_means_nobody_where_it_is_gone(
    make: Make, gazetteer: Gazetteer
) -> None:
    text = "Mr Fabel sang. Then Mr Fabel the younger slept."
    article = make(text, ("e1", "Person", "Mr Fabel"), ("e2", "Person", "Mr Fabel"))
    mentions = tuple(replace(m, entity=e) for m, e in zip(article.mentions[::2], ("e1", "e2"), strict=True))
    key = NameKey(PERSON, "Mr Fabel", article.article.key, "mr fabel the younger slept.")
    cut = replace(article, mentions=mentions, sentences=(Span(0, 14), Span(15, len(text))))
    assert run(gazetteer, [cut], link("Q99000001", key))["Q99000001"].members == ((article.article.key, "e2"),)
    gone = replace(key, hint="mr fabel the elder woke.")
    assert "Q99000001" not in run(gazetteer, [cut], link("Q99000001", gone))
