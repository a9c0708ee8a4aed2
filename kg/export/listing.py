"""The report's list of claims: which are listed, under whom, and with what number and anchor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.export.claims import ClaimRow
from kg.export.style import relation_style
from kg.model import Entity

_AROUND = 280
"""How many characters before and after the evidence are shown of a sentence that is longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences around the evidence, in three pieces; the middle one is the evidence itself."""

    before: str
    evidence: str
    after: str


@dataclass(frozen=True, slots=True)
class Card:
    """One listed claim: its number in the report and its passage."""

    number: int
    row: ClaimRow
    passage: Passage


@dataclass(frozen=True, slots=True)
class Section:
    """One entity's part of the list: the claims that it makes, and those that others make of it."""

    entity: Entity
    anchor: str
    cards: tuple[Card, ...]
    about: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The sections in the order of the page; `left_out` claims found no room."""

    sections: tuple[Section, ...]
    numbers: dict[tuple[str, int], int]
    anchors: dict[str, str]
    left_out: int


def list_claims(rows: Sequence[ClaimRow], *, limit: int) -> Listing:
    """At most `limit` claims, grouped by who makes them, the most talkative and most talked about first.

    Where there is no room for all, what people say of each other goes before careers, what counts before
    what does not, and the surer reading before the less sure one.
    """
    kept = sorted(rows, key=_importance)[:limit]
    subjects: dict[str, list[ClaimRow]] = defaultdict(list)
    objects: dict[str, list[ClaimRow]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    weight: Counter[str] = Counter()
    for row in kept:
        speech = relation_style(row.claim.relation).speech
        subjects[row.subject.id].append(row)
        entities[row.subject.id] = row.subject
        weight[row.subject.id] += 1 + speech
        if row.object is not None and speech and row.counted:
            objects[row.object.id].append(row)
            entities[row.object.id] = row.object
            weight[row.object.id] += 2
    order = sorted(entities, key=lambda key: (-weight[key], entities[key].name.casefold(), key))
    cards: dict[tuple[str, int], Card] = {}
    for entity in order:
        for row in sorted(subjects[entity], key=_reading_order):
            cards[row.key] = Card(len(cards) + 1, row, passage(row))
    anchors = _anchors(order)
    return Listing(
        sections=tuple(
            Section(
                entities[key],
                anchors[key],
                tuple(cards[row.key] for row in sorted(subjects[key], key=_reading_order)),
                tuple(cards[row.key] for row in sorted(objects[key], key=_reading_order)),
            )
            for key in order
        ),
        numbers={key: card.number for key, card in cards.items()},
        anchors=anchors,
        left_out=len(rows) - len(kept),
    )


def passage(row: ClaimRow) -> Passage:
    """The sentences around the evidence, cut at words where they are very long."""
    text, evidence, context = row.article.text, row.claim.evidence, row.context
    before, after = text[context.start : evidence.start], text[evidence.end : context.end]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return Passage(before, evidence.of(text), after)


def _importance(row: ClaimRow) -> tuple[object, ...]:
    speech = relation_style(row.claim.relation).speech
    return (not speech, not row.counted, -row.claim.confidence, row.article.id, row.key)


def _reading_order(row: ClaimRow) -> tuple[object, ...]:
    published = row.article.published
    date = "~" if published is None else str(published)
    return (not relation_style(row.claim.relation).speech, date, row.article.id, row.key)


def _anchors(ids: Iterable[str]) -> dict[str, str]:
    taken: set[str] = set()
    found: dict[str, str] = {}
    for key in ids:
        plain = "entity-" + re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")
        number, candidate = 1, plain
        while candidate in taken:
            number += 1
            candidate = f"{plain}-{number}"
        taken.add(candidate)
        found[key] = candidate
    return found
