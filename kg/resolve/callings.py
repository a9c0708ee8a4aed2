"""What an article says a person is ("a retired nurse"), held against what an item is known as."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.model import Annotation, EntityType, MentionKind
from kg.resolve.offices import singular
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Item
from kg.wikidata.names import fold

BEFORE = 0.5
"""How much a calling counts that many had before they went into politics."""

_LONGEST = 80
_HEAD_ENDS = re.compile(r"[,;:(]|\b(?:of|from|for|at|in|with|who|whose|and|to|on|by|near|since)\b")


@dataclass(frozen=True, slots=True)
class Calling:
    """A noun for what a person does, and its field."""

    noun: str
    field: str


def callings_of(annotation: Annotation) -> Mapping[str, tuple[Calling, ...]]:
    """By person: the callings that the article's descriptions of them name."""
    found: dict[str, list[Calling]] = {}
    people = {entity.id for entity in annotation.entities if entity.type is EntityType.PERSON}
    text = annotation.article.text
    for mention in annotation.mentions:
        if mention.kind is not MentionKind.NOMINAL or mention.entity not in people:
            continue
        if calling := calling_in(text[mention.span.start : mention.span.end]):
            found.setdefault(mention.entity, []).append(calling)
    return {ident: tuple(dict.fromkeys(callings)) for ident, callings in found.items()}


def calling_in(description: str) -> Calling | None:
    """The calling that a description's head noun names: "a retired nurse from Leeds"; None for "a friend"."""
    head = _HEAD_ENDS.split(" ".join(description[:_LONGEST].split()), maxsplit=1)[0]
    words = fold(head).split(" ")
    noun = singular(words[-1])
    field = _fields().get(noun)
    return None if field is None else Calling(noun, field)


def calling_conflict(callings: tuple[Calling, ...], item: Item) -> float:
    """How much it counts that the item is known for other things than what the article says the person is.

    0 where one of the callings is the item's, or of its field, or where nothing tells what the item is; else 1, or
    BEFORE for what people are before they go into politics.
    """
    if not callings:
        return 0.0
    known = known_as(item)
    if not known and not item.offices and not item.parties:
        return 0.0
    fields = {_fields()[word] for word in known if word in _fields()}
    if any(calling.noun in known or calling.field in fields for calling in callings):
        return 0.0
    return min(BEFORE if calling.noun in _before() else 1.0 for calling in callings)


@lru_cache(maxsize=256)
def speaks_of_politics(words: frozenset[str]) -> bool:
    """Whether one of an article's words, folded, is an ordinary word of politics."""
    return any(word in _politics() or singular(word) in _politics() for word in words)


@lru_cache(maxsize=65536)
def known_as(item: Item) -> frozenset[str]:
    """The words of an item's description, occupations and offices, without those that say only where from."""
    texts = (item.description or "", *item.occupations, *(tenure.name for tenure in item.offices))
    words = {singular(word) for text in texts for word in fold(text).split(" ") if word}
    return frozenset(words - roles().ignored)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads(
        (Path(__file__).resolve().parent / "callings.json").read_text(encoding="utf-8")
    )
    return table


@lru_cache(maxsize=1)
def _fields() -> Mapping[str, str]:
    return {singular(word): field for field, words in _table()["fields"].items() for word in words.split()}


@lru_cache(maxsize=1)
def _before() -> frozenset[str]:
    return frozenset(singular(word) for word in _table()["before"].split())


@lru_cache(maxsize=1)
def _politics() -> frozenset[str]:
    return frozenset(_table()["politics"].split())
