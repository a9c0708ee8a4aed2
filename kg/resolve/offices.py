"""Whether words of an article mean an office: by the words that carry meaning, in one form each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.resolve.seats import LAWMAKER, LOWER, REGIONAL, REPRESENTATIVE, SENATOR, STATE, UPPER, bare, read, seats
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Tenure
from kg.wikidata.names import fold

_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th)?|(?:thir|four|fif|six|seven|eigh|nin|ten|eleven|twelf|twentie|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?:d|th)|second"
)
"""Ordinals, as of parliaments; "third" too."""
_ENOUGH = 0.7
_MISSED = 0.4
"""What is left of a title's fit for each telling word of it that an office lacks."""

_BARE = 0.5
_CALLED = 0.9
_GENERAL = 0.85
"""How much an office without telling words counts where its words stand beside a name."""

_NO_COUNTRY = 0.9
"""What a seat's name without its country is worth: "member of the House of Representatives"."""

_STATE_MP, _FEDERAL_MP, _STATE_SENATOR = 0.4, 0.55, 0.8
"""What "MP" is worth for a state's seat, "Queensland MP" for the nation's, and "Ohio senator" for the state's."""

_A_COUNCIL = 0.6
"""What a seat in a council is worth where the article's words do not say which: "regional councillor"."""

_FRONT_BENCH = 0.5
_ELSEWHERE = 0.3
"""How much of an office's words counts where the article names another region or house."""

_BODIES = frozenset(["member", "representative", "senate", "lord"])
_MP = frozenset(["member", "parliament"])
_COUNCILLOR = frozenset(["member", "council"])
_COUNCIL = _COUNCILLOR | frozenset(["regional", "county", "city", "borough", "district", "municipal", "town"])
_STATE_HOUSES = frozenset([LOWER, UPPER])
_ANYWHERE = frozenset([REGIONAL, SENATOR, REPRESENTATIVE])
"""Words of seats in a nation's parliament whose region no office tells."""

_FRONT_BENCHERS = frozenset(["spokesman", "spokeswoman", "spokesperson", "secretary", "minister", "whip", "critic"])


def title_fit(title: frozenset[str], office: str, *, home: bool = True) -> float:
    """The share of a title's words in an office's name; none where the office only serves another's.

    "President" is no "Senior Advisor to the President". Words of no weight alone ("leader") say little, and nothing
    where they are "member of the house". A member of a parliament may well be its "shadow health secretary", if the
    article is about its country (`home`).
    """
    own, served, _ = fold(office).partition(" to ")
    if not title or (served and not title & _named(own)):
        return 0.0
    share = max(_share(title, form) * worth for form, worth in forms(office))
    if title >= _COUNCILLOR and _named(fold(office)) - title - roles().common - _COUNCIL:
        if title - _named(fold(office)) - roles().common:
            return 0.0
        share *= _A_COUNCIL
    if _elsewhere(office, title):
        share *= _ELSEWHERE
    if title <= roles().weak:
        return 0.0 if "member" in title else min(share, 0.3)
    return max(share, _FRONT_BENCH) if home and share < _FRONT_BENCH and _on_front_bench(title, office) else share


def _share(title: frozenset[str], form: frozenset[str]) -> float:
    said = title - seats().region_words if form & _ANYWHERE else title
    return len(said & form) / len(said) * _MISSED ** len(said - form - (roles().common - _COUNCILLOR)) if said else 0.0


def _on_front_bench(title: frozenset[str], office: str) -> bool:
    """Whether a title is one that members of a parliament have beside their seat, and the office such a seat."""
    called = title & _FRONT_BENCHERS
    if (
        not called
        or "prime" in title
        or not ("shadow" in title or title & seats().portfolios or called & {"whip", "minister"})
    ):
        return False
    return any(form >= _MP for form, _ in forms(office))


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
    return best * _ELSEWHERE if best and _elsewhere(office, near) else best


def _elsewhere(office: str, near: frozenset[str]) -> bool:
    """Whether the words name another region than the office does, or the other house."""
    words = set().union(*(form for form, _ in forms(office)))
    for kind in (seats().region_words, _STATE_HOUSES):
        mine, said = words & kind, near & kind
        if mine and said and not mine & said:
            return True
    return False


@lru_cache(maxsize=16384)
def forms(office: str) -> tuple[tuple[frozenset[str], float], ...]:
    """The contents of an office's name and of what the press calls it, with what each is worth."""
    folded = f" {fold(office)} "
    own = _named(folded.strip())
    found = [(own, 1.0)]
    tables = (*roles().called.items(), *seats().called.items())
    where = own & seats().region_words
    for called in (_named(called) for part, called in tables if f" {part} " in folded):
        found += [(called, _CALLED), (called | where, _CALLED)]
    found += _seat_forms(folded, own)
    abroad = own & seats().countries
    if abroad and own & _BODIES:
        found.append((own - abroad, _NO_COUNTRY))
    if "council" in own and "member" in own:
        found.append((own & _COUNCIL, _A_COUNCIL))
    return tuple((form, worth) for form, worth in dict.fromkeys(found) if form) or ((frozenset(), 0.0),)


def _seat_forms(folded: str, own: frozenset[str]) -> Iterable[tuple[frozenset[str], float]]:
    """What else a seat in a parliament goes by: "state MP", "Queensland parliamentarian", "lawmaker"."""
    table = seats()
    if not own & _BODIES and not any(f" {phrase} " in folded for phrase in table.legislature):
        return
    where = own & table.region_words
    house = next((kind for phrase, kind in table.houses.items() if f" {phrase} " in folded), None)
    if house is None and where:
        house = next((kind for phrase, kind in table.chambers.items() if f" {phrase} " in folded), None)
    if house is not None:
        yield frozenset((STATE, house, *where)), _CALLED
        yield frozenset((STATE, *where)), _CALLED
        yield frozenset((STATE,)), _CALLED
        yield frozenset((LAWMAKER,)), _CALLED
        yield _MP, _STATE_MP
        if where:
            yield frozenset((REGIONAL, *where)), _CALLED
            yield frozenset((SENATOR if house == UPPER else REPRESENTATIVE, *where)), _STATE_SENATOR
    elif any(f" {phrase} " in folded for phrase in table.legislature):
        yield frozenset((LAWMAKER,)), _CALLED
        yield frozenset((REGIONAL,)), _FEDERAL_MP
        if "senate" in own:
            yield frozenset((SENATOR,)), 1.0
        if {"house", "representative"} <= own:
            yield frozenset((REPRESENTATIVE,)), 1.0


@lru_cache(maxsize=16384)
def content(phrase: str) -> frozenset[str]:
    """The words of a folded title that carry meaning; nationality, party and constituency are left out."""
    return _named(bare(phrase))


@lru_cache(maxsize=16384)
def _named(phrase: str) -> frozenset[str]:
    words = (w for w in read(tuple(phrase.split(" "))) if w and w not in roles().ignored and not _NUMBER.fullmatch(w))
    return frozenset().union(*(expand(word) for word in words))


def beside(words: Sequence[str]) -> frozenset[str]:
    """The folded words that stand beside a name, in the forms of `forms`."""
    return frozenset().union(*(expand(word) for word in read(tuple(words))))


@lru_cache(maxsize=65536)
def expand(word: str) -> frozenset[str]:
    """A word in its one form, or the words that it stands for ("mp")."""
    same = roles().same.get(word)
    if same is not None:
        return frozenset(same)
    return frozenset((word if word in seats().region_words else singular(word),))


def singular(word: str) -> str:
    """A word without the s of the plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def ground_of(tenure: Tenure) -> str:
    """What colleagues share: the QID or folded name of an office of many holders, "" for any other."""
    name = fold(tenure.name)
    return (tenure.qid or name) if _named(name) & _BODIES else ""


def _weight(word: str) -> int:
    return 1 if word in roles().common else 2
