from __future__ import annotations

from kg.model import Annotation, Article, Claim, EntityType, LocalEntity, Span
from kg.resolve.open_names import open_names

PERSON, PARTY, OFFICE, PLACE = EntityType.PERSON, EntityType.PARTY, EntityType.POSITION, EntityType.PLACE


def annotation(ident: str, entities: list[LocalEntity], *claims: tuple[str, str]) -> Annotation:
    made = tuple(Claim("criticizes", one, other, Span(0, 3), 0, "test", 1.0) for one, other in claims)
    return Annotation(Article(ident, f"Text of {ident}."), tuple(entities), (), made)


def test_whom_most_claims_are_about_comes_first() -> None:
    first = annotation(
        "a",
        [
            LocalEntity("e1", PERSON, "Ada Example"),
            LocalEntity("e2", PERSON, "Bob Sample"),
            LocalEntity("e3", PARTY, "Reds"),
        ],
        ("e2", "e3"),
    )
    second = annotation("b", [LocalEntity("e1", PERSON, "Ada Example"), LocalEntity("e2", PERSON, "Zoe Filler")])
    expected = (("Bob Sample", PERSON), ("Reds", PARTY), ("Ada Example", PERSON), ("Zoe Filler", PERSON))
    assert open_names([first, second]) == expected
    assert open_names([second, first]) == expected


def test_what_is_linked_is_not_open() -> None:
    assert open_names([annotation("a", [LocalEntity("e1", PERSON, "Ada Example", wikidata="Q99000001")])]) == ()


def test_one_word_may_be_anybody() -> None:
    lone = [
        LocalEntity("e1", PERSON, "Example"),
        LocalEntity("e2", PERSON, "Sen. Example"),
        LocalEntity("e3", OFFICE, "mayor"),
        LocalEntity("e4", PLACE, "Example Town"),
    ]
    assert open_names([annotation("a", lone)]) == ()
    assert open_names([annotation("a", [LocalEntity("e1", OFFICE, "mayor of Example Town")])]) == (
        ("mayor of Example Town", OFFICE),
    )


def test_the_most_frequent_spelling_is_asked_for_once() -> None:
    spelt = [
        annotation(name, [LocalEntity("e1", PERSON, name)]) for name in ("ADA EXAMPLE", "Ada Example", "Ada-Example")
    ]
    again = annotation("again", [LocalEntity("e1", PERSON, "Ada Example")])
    assert open_names([*spelt, again]) == (("Ada Example", PERSON),)
