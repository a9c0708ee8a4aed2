"""How much a person's full name says by itself."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from kg.wikidata.names import person_name

_COMMON_PART = 0.5


@lru_cache(maxsize=16384)
def rarity(name: str) -> float:
    """0 for a name of one word or of two common ones ("John Smith"), 1 for one of two rare ones, 0.5 between.

    A third name that is no initial adds half.
    """
    person = person_name(name)
    words = person.short.split(" ")
    if len(words) < 2:
        return 0.0
    given, surnames = _common()
    value = (words[0] not in given and len(words[0]) > 1) * _COMMON_PART + (words[-1] not in surnames) * _COMMON_PART
    return min(1.0, value + _COMMON_PART * (len(words) > 2))


@lru_cache(maxsize=1)
def _common() -> tuple[frozenset[str], frozenset[str]]:
    table = json.loads((Path(__file__).resolve().parent / "common_names.json").read_text(encoding="utf-8"))
    return frozenset(table["given"]), frozenset(table["surnames"])
