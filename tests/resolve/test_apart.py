from __future__ import annotations

from collections.abc import Callable

from kg.model import Annotation, Entity
from kg.resolve import link_article, resolve
from kg.wikidata.gazetteer import Gazetteer

Make = Callable[..., Annotation]


def run(gazetteer: Gazetteer, *annotations: Annotation) -> tuple[Entity, ...]:
    return resolve([link_article(annotation, gazetteer) for annotation in annotations], gazetteer).entities


def parts(entities: tuple[Entity, ...], name: str) -> list[int]:
    return sorted(len(entity.members) for entity in entities if entity.name == name)


def test_two_genders_are_two_people(make: Make, gazetteer: Gazetteer) -> None:
    texts = [("one", "female"), ("two", "male"), ("three", "male"), ("four", None)]
    articles = [make("Ulla Fabel sang.", ("e1", "Person", "Ulla Fabel", (), sex), article=a) for a, sex in texts]
    entities = run(gazetteer, *articles)
    assert parts(entities, "Ulla Fabel") == [1, 1, 2]
    assert len({entity.id for entity in entities}) == 3
    assert run(gazetteer, *reversed(articles)) == entities
    assert parts(run(gazetteer, *articles[1:]), "Ulla Fabel") == [3]


def test_parties_of_two_countries_are_two_people(make: Make, gazetteer: Gazetteer) -> None:
    def member(article: str, party: str, country: str) -> Annotation:
        return make(
            f"Ulla Fabel of the {party} spoke. {country} listened, all of {country}.",
            ("e1", "Person", "Ulla Fabel"),
            ("e2", "Party", party),
            claims=(("memberOf", "e1", "e2"),),
            article=article,
        )

    british = [member("one", "Labour", "Britain"), member("two", "Tories", "Britain")]
    american = member("three", "Republicans", "America")
    assert parts(run(gazetteer, *british), "Ulla Fabel") == [2]
    assert parts(run(gazetteer, *british, american), "Ulla Fabel") == [1, 2]


def test_a_link_is_taken_over_among_the_same_people(make: Make, gazetteer: Gazetteer) -> None:
    known = (("e2", "Person", "Barack Obama"), ("e3", "Person", "Hillary Clinton"))
    company = "Barack Obama and Hillary Clinton listened."
    sure = make(
        f"Representative Michael Howard of the Minnesota House spoke in the United States. {company}",
        ("e1", "Person", "Michael Howard"),
        *known,
        published="2020-02-01",
        article="one",
    )
    other = make(f"Michael Howard spoke. {company}", ("e1", "Person", "Michael Howard"), *known, article="two")
    alone = make("Michael Howard spoke.", ("e1", "Person", "Michael Howard"), article="three")
    assert link_article(sure, gazetteer).entities[0].wikidata == "Q58490782"
    linked = {e.id: {key for key, _ in e.members} for e in run(gazetteer, sure, other, alone)}
    assert alone.article.key not in linked["Q58490782"]
