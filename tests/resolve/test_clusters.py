from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Article, Entity, EntityType, LocalEntity
from kg.resolve import OUTLET_ID, link_article, resolve
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]


def run(gazetteer: Gazetteer, *annotations: Annotation) -> tuple[Entity, ...]:
    return resolve([link_article(annotation, gazetteer) for annotation in annotations], gazetteer).entities


def by_name(entities: tuple[Entity, ...], name: str) -> list[Entity]:
    return [entity for entity in entities if entity.name == name]


def test_linked_entities_merge_by_qid(make: Make, gazetteer: Gazetteer) -> None:
    one = make("Labour won in Britain, a British day.", ("e1", "Party", "Labour"), article="one")
    two = make("The Labour Party lost in London, Britain.", ("e7", "Party", "Labour Party"), article="two")
    (entity,) = run(gazetteer, one, two)
    assert (entity.id, entity.wikidata, entity.name) == ("Q9630", "Q9630", "Labour Party")
    assert entity.type is EntityType.PARTY
    assert entity.aliases == ("Labour",)
    assert entity.description == "political party in the United Kingdom"
    assert entity.members == tuple(sorted([(one.article.key, "e1"), (two.article.key, "e7")]))


def test_a_linked_person_carries_the_gazetteers_gender(make: Make, gazetteer: Gazetteer) -> None:
    article = make("Angela Merkel spoke in Berlin, Germany.", ("e1", "Person", "Angela Merkel"))
    (entity,) = run(gazetteer, article)
    assert (entity.id, entity.gender) == ("Q567", "female")


def test_unlinked_people_merge_by_full_name(make: Make, gazetteer: Gazetteer) -> None:
    one = make("Ulla Fabel sang.", ("e1", "Person", "Ulla Fabel", ("Fabel",), "female"), article="one")
    two = make("Mrs. Ulla Fabel danced.", ("e1", "Person", "Mrs. Ulla Fabel"), article="two")
    three = make("Ulla Fabel slept.", ("e1", "Person", "Ulla Fabel"), article="three")
    (entity,) = run(gazetteer, one, two, three)
    assert entity.wikidata is None
    assert entity.id.startswith("person/ulla-fabel-")
    assert entity.name == "Ulla Fabel"
    assert entity.aliases == ("Fabel", "Mrs. Ulla Fabel")
    assert entity.gender == "female"
    assert len(entity.members) == 3


def test_one_word_never_joins_two_articles(make: Make, gazetteer: Gazetteer) -> None:
    one = make("Fabel sang.", ("e1", "Person", "Fabel"), ("e2", "Position", "chairman"), article="one")
    two = make("Mr Fabel sang.", ("e1", "Person", "Mr Fabel"), ("e2", "Position", "chairman"), article="two")
    entities = run(gazetteer, one, two)
    assert len(entities) == 4
    assert len({entity.id for entity in entities}) == 4


def test_initials_of_a_body_do_join(make: Make, gazetteer: Gazetteer) -> None:
    one = make("She told LBC so.", ("e1", "Outlet", "LBC"), article="one")
    two = make("He told LBC so.", ("e1", "Outlet", "LBC"), article="two")
    (entity,) = run(gazetteer, one, two)
    assert entity.id.startswith("outlet/lbc-")


def test_two_of_one_word_in_one_article_stay_apart(make: Make, gazetteer: Gazetteer) -> None:
    article = make(
        "Mr Fabel met Mrs Fabel.",
        ("e1", "Person", "Mr Fabel", (), "male"),
        ("e2", "Person", "Mrs Fabel", (), "female"),
    )
    entities = run(gazetteer, article)
    assert [len(entity.members) for entity in entities] == [1, 1]


def test_a_name_with_several_known_bearers_never_joins_unlinked(make: Make, gazetteer: Gazetteer) -> None:
    one = make("John Mann baked.", ("e1", "Person", "John Mann"), article="one")
    two = make("John Mann sang.", ("e1", "Person", "John Mann"), article="two")
    entities = run(gazetteer, one, two)
    assert [entity.wikidata for entity in entities] == [None, None]


def test_namesakes_with_different_qids_stay_apart(make: Make, gazetteer: Gazetteer) -> None:
    british = make(
        "Labour MP John Mann spoke in London, Britain.",
        ("e1", "Person", "John Mann"),
        ("e2", "Party", "Labour"),
        claims=(("memberOf", "e1", "e2"),),
        article="one",
    )
    australian = make(
        "John Mann sat in Queensland, Australia. Australian papers noted it.",
        ("e1", "Person", "John Mann"),
        article="two",
    )
    open_one = make("John Mann spoke in London, Britain.", ("e1", "Person", "John Mann"), article="three")
    entities = run(gazetteer, british, australian, open_one)
    assert {entity.wikidata for entity in by_name(entities, "John Mann")} == {"Q694967", "Q16022910", None}


def test_a_link_is_taken_over_on_common_ground_only(make: Make, gazetteer: Gazetteer) -> None:
    sure = make(
        "Labour MP John Mann spoke in London, Britain.",
        ("e1", "Person", "John Mann"),
        ("e2", "Party", "Labour"),
        claims=(("memberOf", "e1", "e2"),),
        article="one",
    )
    ground = make("John Mann spoke in London, Britain.", ("e1", "Person", "John Mann"), article="two")
    none = make("John Mann baked a cake.", ("e1", "Person", "John Mann"), article="three")
    woman = make("John Mann spoke in London, Britain.", ("e1", "Person", "John Mann", (), "female"), article="four")
    assert link_article(ground, gazetteer).entities[0].wikidata is None
    entities = run(gazetteer, sure, ground, none, woman)
    (linked,) = [entity for entity in entities if entity.wikidata == "Q694967"]
    assert {key for key, _ in linked.members} == {sure.article.key, ground.article.key}
    assert sum(entity.wikidata is None for entity in entities) == 2


def test_an_outlets_country_is_common_ground(make: Make, gazetteer: Gazetteer) -> None:
    sure = make(
        "Labour MP John Mann spoke in London, Britain.",
        ("e1", "Person", "John Mann"),
        ("e2", "Party", "Labour"),
        claims=(("memberOf", "e1", "e2"),),
        article="one",
    )
    known = make("John Mann wrote.", ("e1", "Person", "John Mann"), outlet="The Guardian", article="two")
    foreign = make("John Mann wrote.", ("e1", "Person", "John Mann"), outlet="nytimes.com", article="three")
    entities = run(gazetteer, sure, known, foreign)
    (linked,) = [entity for entity in entities if entity.wikidata == "Q694967"]
    assert {key for key, _ in linked.members} == {sure.article.key, known.article.key}


def test_the_articles_outlet_is_an_entity(make: Make, gazetteer: Gazetteer) -> None:
    named = make("Nothing.", outlet="The Guardian", article="one")
    address = make("Nothing.", outlet="www.nytimes.com", article="two")
    page = make("Nothing.", outlet="Mail & News Online", url="https://www.bbc.co.uk/news/1", article="three")
    unknown = make("Nothing.", outlet="The Example Post", article="four")
    silent = make("Nothing.", url="https://www.bbc.co.uk/news/1", article="five")
    entities = run(gazetteer, named, address, page, unknown, silent)
    found = {entity.members[0][0]: entity for entity in entities}
    assert found[named.article.key].id == "Q11148"
    assert found[address.article.key].id == "Q9684"
    assert found[page.article.key].id == "Q9531"
    assert found[unknown.article.key].id.startswith("outlet/example-post-")
    assert silent.article.key not in found
    assert {member for entity in entities for _, member in entity.members} == {OUTLET_ID}


def test_an_outlet_as_publisher_and_as_source_is_one(make: Make, gazetteer: Gazetteer) -> None:
    one = make("He told the BBC so.", ("e1", "Outlet", "BBC"), outlet="The Times", article="one")
    two = make("She said so.", outlet="BBC", article="two")
    entities = run(gazetteer, one, two)
    (bbc,) = [entity for entity in entities if entity.id == "Q9531"]
    assert {member for _, member in bbc.members} == {"e1", OUTLET_ID}


def test_nil_ids_are_stable_and_do_not_depend_on_the_run(make: Make, gazetteer: Gazetteer) -> None:
    article = make("Fabel met Ulla Fabel.", ("e1", "Person", "Fabel"), ("e2", "Person", "Ulla Fabel"))
    other = make("Ulla Fabel left, says Fabel.", ("e1", "Person", "Ulla Fabel"), ("e2", "Person", "Fabel"))
    alone = resolve([article], gazetteer).lookup()
    together = resolve([other, article], gazetteer).lookup()
    for local in ("e1", "e2"):
        key = (article.article.key, local)
        assert alone[key].id == together[key].id
    assert alone[article.article.key, "e2"].id == "person/ulla-fabel-b27194e7"


def test_order_does_not_matter_and_every_local_entity_is_in_one(make: Make, gazetteer: Gazetteer) -> None:
    annotations = [
        link_article(
            make(
                f"Ulla Fabel met Person{i} and Labour in London, Britain.",
                ("e1", "Person", "Ulla Fabel"),
                ("e2", "Person", f"Person{i}"),
                ("e3", "Party", "Labour"),
                outlet="BBC",
                article=str(i),
            ),
            gazetteer,
        )
        for i in range(5)
    ]
    forward = resolve(annotations, gazetteer)
    assert forward == resolve(list(reversed(annotations)), gazetteer)
    assert [e.id for e in forward.entities] == sorted(e.id for e in forward.entities)
    members = [member for entity in forward.entities for member in entity.members]
    assert len(members) == len(set(members)) == 20


names = st.text(min_size=1, max_size=25).filter(lambda name: name.strip() != "")


@given(st.lists(st.tuples(st.sampled_from(list(EntityType)), names), max_size=6))
def test_any_names_give_clean_ids(pairs: list[tuple[EntityType, str]]) -> None:
    import re

    local = tuple(LocalEntity(f"e{i}", kind, name) for i, (kind, name) in enumerate(pairs))
    resolution = resolve([Annotation(Article("a", "text"), local)], load_starter())
    for entity in resolution.entities:
        assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}", entity.id)
    assert len(resolution.lookup()) == len(local)


def test_no_articles_no_entities(gazetteer: Gazetteer) -> None:
    assert resolve([], gazetteer).entities == ()
