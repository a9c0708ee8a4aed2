"""What people of a given name are called, and what names are behind a nickname."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path


def other_names(given: str) -> tuple[str, ...]:
    """The folded names that a folded given name may stand for, or be called by: "dan" and "daniel"."""
    return _table().get(given, ())


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    groups = json.loads((Path(__file__).resolve().parent / "nicknames.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, *nicknames in groups:
        for nickname in nicknames:
            found[name][nickname] = None
            found[nickname][name] = None
    return {name: tuple(others) for name, others in found.items()}
