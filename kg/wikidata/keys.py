"""Which keys a name is stored and asked under; every gazetteer uses these, so that all answer alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, Match, MatchKind, keep_match, matches_order
from kg.wikidata.names import PersonName, fold, person_name
from kg.wikidata.scripts import romanise


@dataclass(frozen=True, slots=True)
class StoredNames:
    """The keys of one item.

    `names` are its names, folded, with how each meets; `shortened` are pairs of a person's name without the middle
    initials and those initials; `shorter` are people's names without any middle names; `surnames`, with and
    without particles, are sorted.
    """

    names: Mapping[str, MatchKind]
    shortened: tuple[tuple[str, str], ...] = ()
    shorter: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedName:
    """The keys that a name is looked up under.

    `key` is it folded. The rest is for people, and "" for a name of one word: `full` is without titles, `short` also
    without the middle initials, which are `initials`, and `shorter` without any middle names, whose first letters are
    `middle`.
    """

    key: str
    full: str = ""
    short: str = ""
    initials: str = ""
    shorter: str = ""
    middle: str = ""


def stored_names(item: Item) -> StoredNames:
    """The keys of an item's label and aliases; one in another script than Latin is stored romanised as well."""
    names: dict[str, MatchKind] = {}
    shortened: dict[tuple[str, str], None] = {}
    shorter: dict[str, None] = {}
    surnames: set[str] = set()
    for i, name in enumerate((item.label, *item.aliases)):
        kind = MatchKind.ALIAS if i else MatchKind.LABEL
        for spelling in spellings(name):
            names.setdefault(fold(spelling), kind)
            kind = MatchKind.ALIAS
    if item.type is EntityType.PERSON:
        for spelling in (spelling for name in (item.label, *item.aliases) for spelling in spellings(name)):
            person = person_name(spelling)
            if len(person.words) < 2:
                continue
            surnames |= {person.surname, person.last_name}
            names.setdefault(_with_suffix(person.full, person), MatchKind.ALIAS)
            shorter[_with_suffix(person.first_and_last, person)] = None
            if person.initials:
                shortened[_with_suffix(person.short, person), person.initials] = None
    names.pop("", None)
    known = {*names, *(key for key, _ in shortened)}
    fewer = (key for key in shorter if key not in known)
    return StoredNames(names, tuple(shortened), tuple(fewer), tuple(sorted(surnames)))


@lru_cache(maxsize=32768)
def asked_names(name: str) -> tuple[AskedName, ...]:
    """The keys to look a name up under: as it stands, and romanised where it is in another script than Latin."""
    return tuple(_asked(spelling) for spelling in spellings(name))


def spellings(name: str) -> tuple[str, ...]:
    """The name, and the name in Latin letters where folding leaves any others."""
    if name.isascii() or fold(name).isascii():
        return (name,)
    return (name, romanise(name))


def matches_among(
    name: str,
    named: Callable[[str], Iterable[Match]],
    shortened: Callable[[str], Iterable[tuple[str, Item]]],
) -> tuple[Match, ...]:
    """What `name` may mean, sorted, given the items stored under a key (see `StoredNames`).

    `named` answers those of that name; `shortened` answers people of that name without initials, with their initials.
    """
    found: dict[str, Match] = {}
    for i, asked in enumerate(asked_names(name)):
        for match in named(asked.key):
            keep_match(found, _romanised(match) if i else match)
        if not asked.full:
            continue
        if asked.full != asked.key:
            for match in named(asked.full):
                if match.item.type is EntityType.PERSON:
                    keep_match(found, _romanised(match) if i else match)
        for initials, item in shortened(asked.short):
            if not asked.initials or asked.initials == initials:
                keep_match(found, Match(item, MatchKind.REDUCED))
        if asked.initials:
            for match in named(asked.short):
                if match.item.type is EntityType.PERSON and not contradicts(match.item, asked.initials):
                    keep_match(found, Match(match.item, MatchKind.REDUCED))
    return tuple(sorted(found.values(), key=matches_order)) if found else ()


def _romanised(match: Match) -> Match:
    """A match of a name that is not written so: no label."""
    return Match(match.item, max(match.kind, MatchKind.ALIAS))


def _asked(name: str) -> AskedName:
    key = fold(name)
    person = person_name(name)
    if len(person.words) < 2:
        return AskedName(key)
    full, short, shorter = (_with_suffix(words, person) for words in (person.full, person.short, person.first_and_last))
    return AskedName(key, full, short, person.initials, shorter, person.middle)


def _with_suffix(words: str, person: PersonName) -> str:
    return f"{words} {person.suffix}".rstrip()


def middles(item: Item, shorter: str) -> set[str]:
    """The first letters of a person's middle names, in those names that are `shorter` without them."""
    names = (person_name(spelling) for name in (item.label, *item.aliases) for spelling in spellings(name))
    return {name.middle for name in names if _with_suffix(name.first_and_last, name) == shorter}


def contradicts(item: Item, initials: str) -> bool:
    """Whether a person is known by middle initials, and by no such ones."""
    known = {person_name(name).initials for name in (item.label, *item.aliases)} - {""}
    return bool(known) and initials not in known
