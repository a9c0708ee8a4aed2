"""What a build of an index is told, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.model import EntityType
from kg.wikidata.building.sources import Problem

ALL_KINDS = frozenset(EntityType)
LEAST: Mapping[EntityType, int] = {EntityType.PLACE: 10}
"""How many sitelinks an item needs, by kind: of places only countries and the larger ones are wanted."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an index is to hold.

    Names are of `languages`, the first one first, with their variants and what holds in all languages. Items are of
    `kinds`, with at least `least` sitelinks of their kind where a source tells their number.
    """

    languages: tuple[str, ...] = ("en",)
    kinds: frozenset[EntityType] = ALL_KINDS
    least: Mapping[EntityType, int] = field(default_factory=lambda: LEAST)
    accept_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far reading or writing got: what of (a source, or the index), done of total (bytes or entries)."""

    what: str
    done: int
    total: int
    writing: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: items by kind, how many were skipped, the first of them, and how many were not known enough."""

    counts: Mapping[EntityType, int]
    skipped: int
    problems: tuple[Problem, ...]
    below: int


@dataclass(frozen=True, slots=True)
class Report:
    """Who is told how a build goes on: `show` its steps, `say` a sentence now and then."""

    show: Callable[[Step], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None
