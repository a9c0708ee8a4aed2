"""Names that sound alike or are one or two edits apart: for names that no gazetteer knows as they are written.

An edit is a letter that is left out, put in, replaced, or changes place with the next. Whoever uses these answers
should remember that a similar name is most often another person's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Protocol

from rapidfuzz.distance import OSA

from kg.model import EntityType
from kg.wikidata.gazetteer import MOST_SIMILAR, Item, Match, MatchKind, keep_match, matches_order
from kg.wikidata.keys import AskedName, asked_names, contradicts, middles

_TABLE = json.loads((Path(__file__).resolve().parent / "sounds.json").read_text(encoding="utf-8"))
_RULES = tuple((re.compile(pattern), instead) for pattern, instead in _TABLE["rules"])
_DROPPED = frozenset(_TABLE["dropped"])

_SHORTEST_SOUND = 4
_SHORTEST_WORD = 4
_LONG_WORD = 8
"""A word of so many letters may be two edits away from another."""

_LONG_NAME = 10
"""A name of so many letters may be two edits away from another."""

_LONGEST = 200
_MOST_WORDS = 6
_MOST_SPELLINGS = 4096
_PREFIX = 7
"""Only so many letters of a word are varied: those that follow are compared when it is found."""


class Neighbours(Protocol):
    """What is stored for similar names; in what order things are answered does not matter."""

    def sounding(self, sound: str) -> Iterable[str]:
        """The keys of names of that sound."""

    def near(self, variants: Collection[str]) -> Iterable[str]:
        """The words that have one of these variants."""

    def known(self, keys: Sequence[str]) -> Iterable[str]:
        """Those of the keys that names are stored under."""


@lru_cache(maxsize=32768)
def sound_of(key: str) -> str:
    """What the spellings of a folded name have in common; "" for one that is too short, or not of Latin letters.

    "qaddafi", "gadhafi" and "kadhafi" are of one sound, and so are "yeltsin" and "jelzin".
    """
    if not key.isascii():
        return ""
    words = key.split(" ")
    sound = "".join(_sound_of_word(word) for i, word in enumerate(words) if not i or word not in _DROPPED)
    return sound if len(sound) >= _SHORTEST_SOUND else ""


@lru_cache(maxsize=32768)
def _sound_of_word(word: str) -> str:
    for pattern, instead in _RULES:
        word = pattern.sub(instead, word)
    return word


def edits_allowed(word: str) -> int:
    """How many edits a word may be away from another: none for short words, other scripts and numbers."""
    if len(word) < _SHORTEST_WORD or not word.isascii() or not word.isalpha():
        return 0
    return 1 if len(word) < _LONG_WORD else 2


def variants_of(word: str) -> set[str]:
    """The word's beginning with as many letters left out as edits are allowed, and fewer; empty where none are.

    Two words that are so many edits apart share a variant (https://github.com/wolfgarbe/SymSpell).
    """
    edits = edits_allowed(word)
    if not edits:
        return set()
    found = latest = {word[:_PREFIX]}
    for _ in range(edits):
        latest = {variant[:i] + variant[i + 1 :] for variant in latest for i in range(len(variant))}
        found = found | latest
    return found


def words_of(key: str) -> Iterator[str]:
    """The words of a stored name that others may be similar to."""
    return (word for word in key.split(" ") if edits_allowed(word))


def similar_among(
    name: str,
    neighbours: Neighbours,
    named: Callable[[str], Iterable[Match]],
    shortened: Callable[[str], Iterable[tuple[str, Item]]],
    shorter: Callable[[str], Iterable[Item]],
) -> tuple[Match, ...]:
    """Whose name is written or sounds like `name`, given what is stored (see `kg.wikidata.keys.matches_among`).

    `shorter` answers the people whose name is that without their middle names.
    Sorted by kind, edits, then the best known first; no more than MOST_SIMILAR. What has the name itself is left out.
    """
    if len(name) > _LONGEST:
        return ()
    met: dict[str, tuple[MatchKind, int, AskedName]] = {}
    for asked in asked_names(name):
        for form in dict.fromkeys(form for form in (asked.key, asked.full, asked.short) if form):
            if form.isascii():
                for kind, edits, key in _keys(form, neighbours):
                    if key not in met or (kind, edits) < met[key][:2]:
                        met[key] = (kind, edits, asked)
    own = {form for asked in asked_names(name) for form in (asked.key, asked.full, asked.short)}
    found: dict[str, Match] = {}
    for item in _with_other_middle_names(name, own, named, shortened, shorter):
        keep_match(found, Match(item, MatchKind.SHORTER))
    for (kind, edits), keys in groupby(sorted(met, key=lambda key: (met[key][:2], key)), key=lambda key: met[key][:2]):
        if len(found) >= MOST_SIMILAR:
            break
        for key in keys:
            if key not in own:
                for item in _meant(key, met[key][2], named, shortened):
                    keep_match(found, Match(item, kind, edits))
    return tuple(sorted(found.values(), key=matches_order)[:MOST_SIMILAR])


def _with_other_middle_names(
    name: str,
    own: Collection[str],
    named: Callable[[str], Iterable[Match]],
    shortened: Callable[[str], Iterable[tuple[str, Item]]],
    shorter: Callable[[str], Iterable[Item]],
) -> Iterator[Item]:
    """People who are named without middle names here and with them there."""
    for asked in asked_names(name):
        if not asked.full:
            continue
        if asked.middle == asked.initials:
            for item in shorter(asked.shorter):
                if not asked.initials or asked.initials in middles(item, asked.shorter):
                    yield item
        elif asked.shorter not in own:
            for match in named(asked.shorter):
                if match.item.type is EntityType.PERSON and not contradicts(match.item, asked.middle):
                    yield match.item
            for initials, item in shortened(asked.shorter):
                if initials == asked.middle:
                    yield item


def _meant(
    key: str,
    asked: AskedName,
    named: Callable[[str], Iterable[Match]],
    shortened: Callable[[str], Iterable[tuple[str, Item]]],
) -> Iterator[Item]:
    """The items of a key, without those people whose initials are others than those asked for."""
    for match in named(key):
        person = match.item.type is EntityType.PERSON
        if not (person and asked.initials and contradicts(match.item, asked.initials)):
            yield match.item
    for initials, item in shortened(key):
        if not asked.initials or asked.initials == initials:
            yield item


def _keys(form: str, neighbours: Neighbours) -> Iterator[tuple[MatchKind, int, str]]:
    """The stored names that are like a folded one: how, by how many edits, and which."""
    sound = sound_of(form)
    if sound:
        for key in neighbours.sounding(sound):
            if _short_words_agree(form, key):
                yield MatchKind.SPELLING, OSA.distance(form, key), key
    near = _near(form, neighbours)
    if near:
        for key in neighbours.known(list(near)):
            yield MatchKind.SIMILAR, near[key], key


def _short_words_agree(form: str, key: str) -> bool:
    """Whether short words that stand in the same place are the same: too little is left of "Ali" and "Eli"."""
    words, others = form.split(" "), key.split(" ")
    if len(words) != len(others):
        return True
    return all(max(map(len, pair)) >= _SHORTEST_WORD for pair in zip(words, others, strict=True) if pair[0] != pair[1])


def _near(form: str, neighbours: Neighbours) -> dict[str, int]:
    """Names made of known words in place of those of `form`, with their edits; not `form` itself."""
    words = form.split(" ")
    if len(words) > _MOST_WORDS:
        return {}
    most = 1 if sum(map(len, words)) < _LONG_NAME else 2
    names: dict[str, int] = {"": 0}
    for word in words:
        near = _words_near(word, min(most, edits_allowed(word)), neighbours)
        within = [[(word, 0), *(pair for pair in near if pair[1] <= left)] for left in range(most + 1)]
        names = {
            f"{name} {other}" if name else other: edits + more
            for name, edits in names.items()
            for other, more in within[most - edits]
        }
        if len(names) > _MOST_SPELLINGS:
            names = dict(sorted(names.items(), key=lambda pair: (pair[1], pair[0]))[:_MOST_SPELLINGS])
    names.pop(form, None)
    return names


def _words_near(word: str, most: int, neighbours: Neighbours) -> list[tuple[str, int]]:
    if not most:
        return []
    found = ((other, OSA.distance(word, other, score_cutoff=most)) for other in neighbours.near(variants_of(word)))
    return [(other, edits) for other, edits in found if 0 < edits <= min(most, edits_allowed(other))]
