"""What needs eyes comes in order, and what was decided or skipped does not come again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.model import Annotation, Entity, Resolution
from kg.model.decision import Decisions, Verdict
from kg.rdf.namespaces import Namespaces
from kg.review.decide import Desk
from kg.review.file import read_decisions
from kg.review.judged import judged_claim
from kg.review.keys import entity_keys
from kg.review.material import Material
from kg.review.queue import ClaimTask, LinkTask, Task, Wanted, review_queue
from kg.wikidata.starter import load_starter

MEMBER_OF, HOLDS, ACCUSES, APPEARED, DENIES, SUPPORTS = range(6)


@pytest.fixture
def material(sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces) -> Material:
    return Material([sample], sample_resolution, load_starter(), namespaces)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "d.jsonl", "Orla", lambda: datetime(2031, 2, 3, 12, tzinfo=UTC))


@pytest.fixture
def queue(material: Material, desk: Desk) -> Callable[..., list[object]]:
    def made(reviewer: str = "Orla", other: Material | None = None, **wanted: object) -> list[object]:
        decisions = read_decisions(desk.path)
        tasks = review_queue(other or material, decisions, reviewer=reviewer, wanted=Wanted(**wanted))  # type: ignore[arg-type]
        return [_short(task) for task in tasks]

    return made


def _short(task: Task) -> object:
    return task.place[1] if isinstance(task, ClaimTask) else task.entity.name


def entity(material: Material, name: str) -> Entity:
    return next(one for one in material.resolution.entities if one.name == name)


def test_the_order_of_work(queue: Callable[..., list[object]]) -> None:
    assert queue() == [ACCUSES, SUPPORTS, "Basil Thornapple"]


def test_what_differs_from_wikidata_needs_eyes(
    queue: Callable[..., list[object]], material: Material, sample: Annotation
) -> None:
    other = replace(material, differs={(sample.article.key, MEMBER_OF): "another party"})
    assert queue(other=other) == [ACCUSES, SUPPORTS, "Basil Thornapple", MEMBER_OF]


def test_people_in_several_articles_without_an_item(queue: Callable[..., list[object]], material: Material) -> None:
    basil = entity(material, "Basil Thornapple")
    often = replace(basil, score=0.95, members=(*basil.members, ("elsewhere", "e1")))
    others = tuple(one for one in material.resolution.entities if one != basil)
    assert queue(other=replace(material, resolution=Resolution((*others, often))))[-1] == "Basil Thornapple"
    once = replace(basil, score=0.95)
    assert "Basil Thornapple" not in queue(other=replace(material, resolution=Resolution((*others, once))))


def test_filters_ask_for_all_that_fits(
    queue: Callable[..., list[object]], material: Material, sample: Annotation
) -> None:
    assert queue(relation="memberOf") == [MEMBER_OF]
    assert queue(relation="memberOf", below=0.9) == []
    assert queue(article=sample.article.key, links=False) == [
        *(ACCUSES, SUPPORTS),
        *(DENIES, HOLDS, MEMBER_OF, APPEARED),
    ]
    assert queue(article="another") == []
    assert queue(below=0.75, links=False) == [SUPPORTS, DENIES]
    assert queue(entity=entity(material, "Teapot Party")) == [MEMBER_OF, "Teapot Party"]
    assert queue(claims=False) == ["Basil Thornapple"]


def test_what_is_decided_does_not_come_again(
    queue: Callable[..., list[object]], material: Material, sample: Annotation, desk: Desk, namespaces: Namespaces
) -> None:
    desk.judge(Verdict.ACCEPT, judged_claim(sample, ACCUSES, namespaces))
    assert queue() == [SUPPORTS, "Basil Thornapple"]
    desk.link(entity_keys(entity(material, "Basil Thornapple"), material), None)
    assert queue() == [SUPPORTS]
    desk.undo()
    desk.undo()
    assert queue() == [ACCUSES, SUPPORTS, "Basil Thornapple"]


def test_a_skip_counts_for_its_reviewer_only(
    queue: Callable[..., list[object]], material: Material, sample: Annotation, desk: Desk, namespaces: Namespaces
) -> None:
    desk.skip(judged_claim(sample, ACCUSES, namespaces))
    desk.skip(entity_keys(entity(material, "Basil Thornapple"), material))
    assert queue() == [SUPPORTS]
    assert queue(again=True) == queue("Basil") == [ACCUSES, SUPPORTS, "Basil Thornapple"]


def test_tasks_say_why(material: Material) -> None:
    tasks = review_queue(material, Decisions(), reviewer="Orla")
    assert [task.why for task in tasks] == [
        "harms most where it is wrong",
        "low confidence",
        "left open, though somebody of that name is known",
    ]
    assert isinstance(tasks[2], LinkTask)
