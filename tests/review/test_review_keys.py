"""The names that a decision goes by mean the entity at hand, and nobody else, before and after."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Article, Entity, EntityType, LocalEntity, Mention, MentionKind, Span
from kg.model.decision import Decision, Decisions, NameKey, Verdict
from kg.rdf.namespaces import Namespaces
from kg.resolve import OUTLET_ID, link_article, resolve
from kg.review.keys import entity_keys
from kg.review.material import Material
from kg.wikidata.starter import load_starter

PERSON = EntityType.PERSON
NAMES = ("Ulla Fabel", "Uta Fabel", "Fabel", "Angela Merkel", "John Mann", "Mrs Fabel")


def article(ident: str, *names: str, outlet: str | None = None) -> Annotation:
    """An article with a sentence for each of the names."""
    text = f"{ident}: in Berlin, Germany."
    entities, mentions, sentences = [], [], [Span(0, len(text))]
    for place, name in enumerate(names):
        start = len(text) + 1
        text += f" {name} sang song {place}."
        entities.append(LocalEntity(f"e{place}", PERSON, name))
        mentions.append(Mention(Span(start, start + len(name)), MentionKind.NAME, f"e{place}"))
        sentences.append(Span(start, len(text)))
    return Annotation(Article(ident, text, outlet=outlet), tuple(entities), tuple(mentions), sentences=tuple(sentences))


def material(*annotations: Annotation, decisions: Decisions | None = None) -> Material:
    linked = [link_article(annotation, load_starter()) for annotation in annotations]
    resolution = resolve(linked, load_starter(), decisions or Decisions())
    return Material(linked, resolution, load_starter(), Namespaces("https://example.org/kettle"))


def entity(found: Material, key: str, local: str) -> Entity:
    return found.entities[key, local]


def test_a_full_name_stands_for_every_article() -> None:
    one, two = article("one", "Ulla Fabel"), article("two", "Mrs Ulla Fabel", "Fabel")
    found = material(one, two)
    (key,) = entity_keys(entity(found, one.article.key, "e0"), found)
    assert key.article == ""
    assert key.name in ("Ulla Fabel", "Mrs Ulla Fabel")


def test_one_word_and_a_name_that_several_have_stand_for_their_article() -> None:
    one = article("one", "Fabel", "John Mann")
    found = material(one)
    for local in ("e0", "e1"):
        (key,) = entity_keys(entity(found, one.article.key, local), found)
        assert key.article == one.article.key


def test_one_article_alone_is_meant_where_it_is_asked_for() -> None:
    one, two = article("one", "Ulla Fabel"), article("two", "Ulla Fabel")
    found = material(one, two)
    whole = entity(found, one.article.key, "e0")
    (key,) = entity_keys(whole, found, only=[(two.article.key, "e0")])
    assert key == NameKey(PERSON, "Ulla Fabel", two.article.key)


def test_a_name_that_another_entity_of_the_graph_has_stands_for_its_articles() -> None:
    one, two = article("one", "Ulla Fabel"), article("two", "Ulla Fabel")
    near = NameKey(PERSON, "Ulla Fabel", two.article.key)
    link = Decision(Verdict.LINK, "2031-02-03T12:00:00Z", "Orla", entities=(near,), wikidata="Q99000001")
    found = material(one, two, decisions=Decisions.of([link]))
    assert entity_keys(entity(found, one.article.key, "e0"), found) == (NameKey(PERSON, "Ulla Fabel", one.article.key),)


def test_two_of_one_name_in_one_article_get_a_hint() -> None:
    one = article("one", "Fabel", "Fabel")
    found = material(one)
    first, second = (entity_keys(entity(found, one.article.key, local), found)[0] for local in ("e0", "e1"))
    assert first.hint != second.hint
    assert [found.sightings.of(key) for key in (first, second)] == [
        frozenset({(one.article.key, local)}) for local in ("e0", "e1")
    ]


def test_an_outlet_is_named_as_its_article_names_it() -> None:
    one = article("one", "Ulla Fabel", outlet="Daily Kettle")
    found = material(one)
    assert entity_keys(entity(found, one.article.key, OUTLET_ID), found) == (
        NameKey(EntityType.OUTLET, "Daily Kettle"),
    )


@given(st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), min_size=1, max_size=4))
def test_the_keys_of_an_entity_mean_its_members_and_no_others(texts: list[list[str]]) -> None:
    found = material(*(article(f"a{number}", *names) for number, names in enumerate(texts)))
    for one in found.resolution.entities:
        keys = entity_keys(one, found)
        assert found.sightings.of_all(keys) == frozenset(one.members)
        for place in one.members:
            assert found.sightings.of_all(entity_keys(one, found, only=[place])) == {place}
