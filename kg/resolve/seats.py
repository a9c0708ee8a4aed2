"""Seats in parliaments and councils as the press calls them, in the words of one form that offices have too.

"Queensland state MP" is no "MP"; "state senator" no "senator"; "deputy" is a seat, "deputy leader" none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATE, REGIONAL, LAWMAKER, DEPUTY = "state-seat", "regional-seat", "lawmaker", "deputy-seat"
"""A seat said to be a state's; one said with a region's name, a state's or a nation's; any legislator's; a deputy's."""

LOWER, UPPER = "state-lower", "state-upper"
SENATOR, REPRESENTATIVE = "regional-senator", "regional-representative"

BOUND = frozenset([STATE, REGIONAL, LOWER, UPPER])
"""What stands for "MP" where words around it say whose: "upper house MP"."""

_LONGEST = 6
_SEATED = frozenset(["parliament", "congress", "council", "assembly", "commons", "lords", "senate", "legislature"])
_SENATORS = frozenset(["senator", "sen", "senators"])
_REPRESENTATIVES = frozenset(["representative", "rep", "congressman", "congresswoman", "representatives"])
_TAIL = (" for ", " from ", " since ", " representing ")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Folded phrases with the words of the one form that each stands for, and their first words."""

    phrases: Mapping[str, str]
    firsts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seats:
    """The tables of seats.json, folded."""

    nationalities: frozenset[str]
    nations: frozenset[str]
    parties: frozenset[str]
    regions: Phrases
    bound: frozenset[str]
    legislators: Phrases
    said: Phrases
    behind_deputy: frozenset[str]
    constituent: tuple[str, ...]
    houses: Mapping[str, str]
    chambers: Mapping[str, str]
    countries: frozenset[str]
    called: Mapping[str, str]
    legislature: frozenset[str]
    portfolios: frozenset[str]
    brackets: Mapping[str, str]
    lands: Mapping[str, tuple[str, ...]]
    region_words: frozenset[str]


@lru_cache(maxsize=1)
def seats() -> Seats:
    """The table in seats.json."""
    row = json.loads((Path(__file__).resolve().parent / "seats.json").read_text(encoding="utf-8"))
    return Seats(
        nationalities=frozenset(row["nationalities"]),
        nations=frozenset(row["nations"]),
        parties=frozenset(row["parties"]),
        regions=_phrases(row["regions"]),
        bound=frozenset(row["bound"]),
        legislators=_phrases(dict.fromkeys(row["legislators"], "")),
        said=_phrases(row["said"]),
        behind_deputy=frozenset(row["behind_deputy"]),
        constituent=tuple(sorted(row["constituent"], key=lambda noun: -len(noun))),
        houses=row["houses"],
        chambers=row["chambers"],
        countries=frozenset(row["countries"]),
        called=row["called"],
        legislature=frozenset(row["legislature"]),
        portfolios=frozenset(row["portfolios"]),
        brackets=row["brackets"],
        lands={country: tuple(names) for country, names in row["lands"].items()},
        region_words=frozenset(row["regions"].values()),
    )


def has_seats(body: str) -> bool:
    """Whether the members of a body hold an office by that, by its folded name: a parliament, no "white house"."""
    return not _SEATED.isdisjoint(body.split(" ")) or any(f" {name} " in f" {body} " for name in seats().legislature)


def _phrases(table: Mapping[str, str]) -> Phrases:
    return Phrases(table, frozenset(phrase.split(" ")[0] for phrase in table))


@lru_cache(maxsize=32768)
def read(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words, with seats and regions in their one form."""
    table = seats()
    found: list[str] = []
    region = -1
    """Where, in `found`, a region's name stands that nothing but a party or nation parts from here."""
    i = 0
    while i < len(words):
        word = words[i]
        if match := _longest(words, i, table.regions):
            found.append(table.regions.phrases[match])
            region = len(found)
            i += match.count(" ") + 1
            continue
        if word in table.bound and (match := _longest(words, i + 1, table.legislators)):
            found.append(STATE)
            i += match.count(" ") + 2
            continue
        near_region = region == len(found)
        if near_region and (match := _longest(words, i, table.legislators)):
            found.append(REGIONAL)
            i += match.count(" ") + 1
            continue
        if near_region and word in _SENATORS | _REPRESENTATIVES | {"parliament"}:
            found.append(REGIONAL if word == "parliament" else SENATOR if word in _SENATORS else REPRESENTATIVE)
        elif match := _longest(words, i, table.said):
            found.extend(table.said.phrases[match].split(" "))
            i += match.count(" ")
        elif word in ("deputy", "deputies"):
            seat = i + 1 == len(words) or words[i + 1] in table.behind_deputy
            found.append(DEPUTY if seat else word)
        elif near_region and (word in table.parties or word in table.nationalities):
            found.append(word)
            region = len(found)
        else:
            found.append(word)
        i += 1
    return tuple(found)


@lru_cache(maxsize=16384)
def bare(phrase: str) -> str:
    """A folded title without what says nothing of the office: nationality, party, constituency."""
    table = seats()
    owner, _, owned = phrase.partition(" s ")
    words = (owned if owned and owner in table.nations else phrase.replace(" s ", " ")).split(" ")
    while len(words) > 1:
        size = next((n for n in (2, 1) if len(words) > n and " ".join(words[:n]) in table.nationalities), 0)
        if not size:
            break
        words = words[size:]
    text = f" {' '.join(words)} "
    for noun in table.constituent:
        at = text.find(f" {noun} ")
        if at < 0:
            continue
        end = at + len(noun) + 2
        tail = text[end - 1 :]
        if tail.strip() and not tail.startswith(_TAIL):
            continue
        return " ".join((*_kept(tuple(text[:at].split())), noun))
    return text.strip()


def _kept(front: tuple[str, ...]) -> tuple[str, ...]:
    """Of the words in front of a seat those that say which house: a region, "state"; no party and no constituency."""
    table = seats()
    kept: list[str] = []
    i = 0
    while i < len(front):
        if match := _longest(front, i, table.regions):
            kept += match.split(" ")
            i += match.count(" ") + 1
            continue
        if front[i] in table.bound or front[i] in _HOUSES:
            kept.append(front[i])
        i += 1
    return tuple(kept)


_HOUSES = frozenset(["upper", "lower", "house", "euro", "european", "shadow", "dail", "life", "hereditary"])


def _longest(words: Sequence[str], i: int, table: Phrases) -> str:
    """The longest phrase of the table that begins at a word, "" where none does."""
    if i >= len(words) or words[i] not in table.firsts:
        return ""
    for size in range(min(_LONGEST, len(words) - i), 0, -1):
        if (phrase := " ".join(words[i : i + size])) in table.phrases:
            return phrase
    return ""
