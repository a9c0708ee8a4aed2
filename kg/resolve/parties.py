"""Names of parties, as the press has them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.wikidata.gazetteer import Gazetteer, Tenure
from kg.wikidata.names import fold

_DIRECTIONS = frozenset(
    """
    christian communist conservative democrat democratic democrats green labor labour liberal liberals people peoples
    progressive republican social socialist workers
    """.split()
)
"""Words by which parties of one country differ."""

_PARTY = re.compile(r"\w+(?: \w+)? party(?= of )")
"""The part of a party's name that comes before its country: "liberal party of australia (some division)"."""


@lru_cache(maxsize=16384)
def party_names(tenure: Tenure, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """Folded names of a party with what each is worth beside a person; short ones are words of all days."""
    item = None if tenure.qid is None else gazetteer.item(tenure.qid)
    known = (tenure.name, *((item.label, *item.aliases) if item else ()))
    names = {fold(name).removeprefix("the ") for name in known}
    short = {match[0] for name in names if (match := _PARTY.match(name))}
    bare = {name.removesuffix(" party") for name in names | short}
    return tuple(
        sorted((name, 1.0 if " " in name or name in names else 0.8) for name in names | short | bare if len(name) > 2)
    )


@lru_cache(maxsize=16384)
def alike(one: str, other: str) -> bool:
    """Whether the names of two parties may mean one: all telling words of one stand in the other ("Welsh Labour").

    What the other has besides may name a country or the like, and no further direction ("Liberal Democrats").
    """
    a, b = (frozenset(name.split(" ")) - {"party", "of", "the", "and"} for name in (one, other))
    return bool(a) and bool(b) and (a <= b or b <= a) and not (a ^ b) & _DIRECTIONS
