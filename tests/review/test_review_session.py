"""One sitting: keys in, decisions on file, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Annotation, Entity, EntityType, Resolution
from kg.model.decision import Decision, NameKey, Verdict
from kg.rdf.namespaces import Namespaces
from kg.resolve.members import Place
from kg.review.decide import Desk
from kg.review.file import read_decisions
from kg.review.material import Material
from kg.review.queue import review_queue
from kg.review.session import Session, Terminal
from kg.review.show import task_line
from kg.wikidata.starter import load_starter

Sit = Callable[..., tuple[int, str]]


@pytest.fixture
def material(sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces) -> Material:
    return Material([sample], sample_resolution, load_starter(), namespaces)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "d.jsonl"


@pytest.fixture
def sit(material: Material, path: Path) -> Sit:
    def find(name: str) -> tuple[Entity, tuple[Place, ...] | None]:
        for entity in material.resolution.entities:
            if name in (entity.name, entity.id):
                return entity, None
        raise UsageError(f"{name!r} is no entity")

    def sitting(*answers: str, reviewer: str = "Orla", other: Material | None = None) -> tuple[int, str]:
        given, shown = iter(answers), []

        def ask(question: str) -> str | None:
            shown.append(question)
            return next(given, None)

        now = lambda: datetime(2031, 2, 3, 12, tzinfo=UTC)  # noqa: E731
        used = other or material
        session = Session(used, Desk(path, reviewer, now), Terminal(ask, shown.append, 100), find)
        count = session.run(review_queue(used, read_decisions(path), reviewer=reviewer))
        assert next(given, None) is None, "every answer was asked for"
        return count, "\n".join(shown)

    return sitting


def standing(path: Path) -> list[Verdict]:
    return [decision.verdict for decision in read_decisions(path).standing]


def only(path: Path) -> Decision:
    (decision,) = read_decisions(path).standing
    return decision


def test_a_claim_is_shown_with_its_passage_and_its_article(sit: Sit) -> None:
    count, shown = sit("e")
    assert count == 0
    words = " ".join(shown.split())
    assert "[1 of 3]" in words
    assert "Orla Quillfeather accuses Basil Thornapple: hoarding the biscuits" in words
    assert "[[Orla Quillfeather accused Basil Thornapple of hoarding the biscuits]]" in words
    assert "'kettle-1', Biscuit row, Daily Kettle, 2031-02" in words
    assert "0.81, by accuses:verb" in words
    assert "Wikidata Q99999999901, 0.93; treasurer" in words


def test_accept_reject_with_a_reason_and_accept_a_nil(sit: Sit, path: Path) -> None:
    count, shown = sit("a", "R", " he is  another ", "a")
    assert count == 3
    decisions = read_decisions(path).standing
    assert sorted(d.verdict for d in decisions) == ["accept", "nil", "reject"]
    assert [d.reason for d in decisions if d.verdict is Verdict.REJECT] == ["he is another"]
    assert "left open, though somebody of that name is known" in shown
    assert sit() == (0, "")


def test_the_end_of_input_is_the_end(sit: Sit, path: Path) -> None:
    assert sit("a")[0] == 1
    assert sit("r")[0] == 0, "the reason was not given any more"
    assert standing(path) == [Verdict.ACCEPT]


def test_it_goes_on_where_it_was_left(sit: Sit, path: Path) -> None:
    sit("a", "e")
    _, shown = sit("k", "e")
    assert "[1 of 2]" in shown
    _, shown = sit("e")
    assert "[1 of 1]" in shown
    assert "Basil Thornapple (Person)" in shown
    assert standing(path) == [Verdict.ACCEPT, Verdict.SKIP] or standing(path) == [Verdict.SKIP, Verdict.ACCEPT]
    assert "[1 of 2]" in sit("e", reviewer="Basil")[1]


def test_undo_goes_back_to_its_claim(sit: Sit, path: Path) -> None:
    count, shown = sit("a", "u", "r", "", "u", "u", "e")
    assert shown.count("[1 of 3]") == 3
    assert "there is no decision of 'Orla' to undo" in shown
    assert (count, standing(path)) == (0, [])


def test_undo_reaches_back_to_an_earlier_sitting(sit: Sit, path: Path) -> None:
    sit("a", "e")
    _, shown = sit("u", "e")
    assert "undone: accepted: Orla Quillfeather accuses" in shown
    assert standing(path) == []


def test_the_end_of_a_claim_gets_an_item_and_the_claim_is_asked_again(sit: Sit, path: Path) -> None:
    _, shown = sit("q", "2", "q99000042", "a", "e")
    assert "whom: 1 Orla Quillfeather, 2 Basil Thornapple" in shown
    assert "Q99000042: not in the index at hand" in shown
    link, accept = sorted(read_decisions(path).standing, key=lambda d: d.verdict, reverse=True)
    assert accept.verdict is Verdict.ACCEPT
    assert (link.wikidata, link.entities) == ("Q99000042", (NameKey(EntityType.PERSON, "Basil Thornapple"),))


def test_one_article_only(sit: Sit, path: Path, material: Material, sample: Annotation) -> None:
    elsewhere = replace(sample, article=replace(sample.article, id="kettle-2"), claims=())
    entities = tuple(
        replace(e, members=tuple(sorted((*e.members, *((elsewhere.article.key, local) for _, local in e.members)))))
        for e in material.resolution.entities
    )
    two = replace(material, annotations=[sample, elsewhere], resolution=Resolution(entities))
    _, shown = sit("x", "1", "1", "e", other=two)
    assert "in all 2 articles that name Orla Quillfeather, or in this one: a 1 > " in shown
    assert only(path).entities == (NameKey(EntityType.PERSON, "Orla Quillfeather", sample.article.key),)
    sit("u", "x", "1", "a", "e", other=two)
    assert only(path).entities == (NameKey(EntityType.PERSON, "Orla Quillfeather"),)


def test_same_and_never(sit: Sit, path: Path) -> None:
    sit("s", "2", "Orla Quillfeather", "e")
    assert only(path).verdict is Verdict.SAME
    assert [key.name for key in only(path).entities] == ["Basil Thornapple"]
    assert [key.name for key in only(path).others] == ["Orla Quillfeather"]
    sit("u", "n", "2", "Orla Quillfeather", "e")
    assert only(path).verdict is Verdict.NEVER


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("y",), "'y' is no key"),
        (("?",), "never the same as another entity"),
        (("q", "3"), "no number from 1 to 2"),
        (("q", "1", "9"), "there is no list to choose from"),
        (("q", "1", "Orla"), "'ORLA' is no QID"),
        (("q", ""), "accuses"),
        (("s", "1", "Nobody"), "'Nobody' is no entity"),
        (("s", "1", "Orla Quillfeather"), "that is the very entity"),
        (("k", "k", "r"), "there is no link to reject"),
    ],
)
def test_a_wrong_answer_is_said_and_asked_again(sit: Sit, path: Path, answers: tuple[str, ...], words: str) -> None:
    count, shown = sit(*answers, "e")
    assert count == 0
    assert words in shown
    assert all(verdict is Verdict.SKIP for verdict in standing(path))


def test_two_linked_to_different_items_are_not_made_the_same(sit: Sit, material: Material, path: Path) -> None:
    basil = next(e for e in material.resolution.entities if e.name == "Basil Thornapple")
    linked = replace(basil, id="Q99000042", wikidata="Q99000042")
    entities = tuple(e for e in material.resolution.entities if e != basil)
    other = replace(material, resolution=Resolution((*entities, linked)))
    _, shown = sit("s", "2", "Orla Quillfeather", "e", other=other)
    assert "link one of them to the item of the other instead" in shown
    assert standing(path) == []


def test_a_known_name_has_candidates_to_choose_from(sit: Sit, path: Path, material: Material) -> None:
    def merkel(local: object) -> object:
        return replace(local, name="Angela Merkel") if getattr(local, "id", "") == "e2" else local  # type: ignore[type-var]

    (annotation,) = material.annotations
    named = replace(annotation, entities=tuple(merkel(local) for local in annotation.entities))  # type: ignore[arg-type]
    other = replace(material, annotations=[named])
    _, shown = sit("q", "2", "1", "e", other=other)
    assert "1  Q567 Angela Merkel" in shown
    assert only(path).wikidata == "Q567"


def test_hidden_characters_do_not_reach_the_terminal(material: Material, sample: Annotation, sit: Sit) -> None:
    claims = list(sample.claims)
    claims[2] = replace(claims[2], detail="red\x1b[31m\u202e alert")
    odd = replace(sample, claims=tuple(claims))
    other = replace(material, annotations=[odd])
    _, shown = sit("e", other=other)
    task = review_queue(other, read_decisions(Path("none")), reviewer="Orla")[0]
    for words in (shown, task_line(task, other)):
        assert "\x1b" not in words
        assert "\u202e" not in words
