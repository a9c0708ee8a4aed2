"""Whether words of an article mean an office: by the words that carry meaning, in one form each."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Tenure
from kg.wikidata.names import fold

_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")
_ENOUGH = 0.7
_MISSED = 0.4
"""What is left of a title's fit for each telling word of it that an office lacks."""

_BARE = 0.5
_CALLED = 0.9
_GENERAL = 0.85
"""How much an office without telling words counts where its words stand beside a name."""

_BODIES = frozenset(["member", "representative", "senate", "lord"])


def title_fit(title: frozenset[str], office: str) -> float:
    """The share of a title's words in an office's name; none where the office only serves another's.

    "President" is no "Senior Advisor to the President". Words of no weight alone ("leader") say little, and nothing
    where they are "member of the house".
    """
    own, served, _ = fold(office).partition(" to ")
    if not title or (served and not title & content(own)):
        return 0.0
    share = max(
        len(title & form) / len(title) * worth * _MISSED ** len(title - form - roles().common)
        for form, worth in forms(office)
    )
    if title <= roles().weak:
        return 0.0 if "member" in title else min(share, 0.3)
    return share


def near_fit(office: str, near: frozenset[str]) -> float:
    """How much of an office's name stands in the words around a person's name; rare words count twice."""
    best = 0.0
    for form, worth in forms(office):
        strong = form - roles().weak
        if not strong or not strong & near:
            continue
        total = sum(_weight(word) for word in form)
        share = sum(_weight(word) for word in form & near) / total
        if share >= _ENOUGH and (strong - roles().common <= near):
            bare = _BARE if total == 1 and worth == 1.0 else 1.0 if strong - roles().common else _GENERAL
            best = max(best, share * worth * bare)
    return best


@lru_cache(maxsize=16384)
def forms(office: str) -> tuple[tuple[frozenset[str], float], ...]:
    """The contents of an office's name and of what the press calls it, with what each is worth."""
    folded = f" {fold(office)} "
    found = [(content(folded.strip()), 1.0)]
    found += [(content(called), _CALLED) for part, called in roles().called.items() if f" {part} " in folded]
    return tuple((form, worth) for form, worth in found if form) or ((frozenset(), 0.0),)


@lru_cache(maxsize=16384)
def content(phrase: str) -> frozenset[str]:
    """The words of a folded phrase that carry meaning."""
    words = (word for word in phrase.split(" ") if word and word not in roles().ignored and not _NUMBER.fullmatch(word))
    return frozenset().union(*(expand(word) for word in words))


@lru_cache(maxsize=65536)
def expand(word: str) -> frozenset[str]:
    """A word in its one form, or the words that it stands for ("mp")."""
    same = roles().same.get(word)
    return frozenset(same) if same is not None else frozenset((singular(word),))


def singular(word: str) -> str:
    """A word without the s of the plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def ground_of(tenure: Tenure) -> str:
    """What colleagues share: the QID or folded name of an office of many holders, "" for any other."""
    name = fold(tenure.name)
    return (tenure.qid or name) if content(name) & _BODIES else ""


def _weight(word: str) -> int:
    return 1 if word in roles().common else 2
