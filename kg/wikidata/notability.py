"""How well known an item is (0 to 1), from its number of sitelinks or, where that is unknown, from what is known."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from pathlib import Path

_TABLE = json.loads((Path(__file__).resolve().parent / "offices.json").read_text(encoding="utf-8"))
_FAME = tuple((float(score), re.compile("|".join(patterns))) for score, patterns in _TABLE["fame"])
MOST = 0.95
_MOST_SITELINKS = 150
# Labels are often put in by the hundred; a quarter of their number is what three in four people with as many have of
# sitelinks, up to thirty labels.
_LABELS_A_LINK = 4
_MOST_LABELS = 32


def prior_of(sitelinks: int) -> float:
    """How well known an item with so many sitelinks is: 0 for none, 0.95 for 150 and more, by their logarithm."""
    if sitelinks <= 0:
        return 0.0
    return round(min(MOST, MOST * math.log1p(sitelinks) / math.log1p(_MOST_SITELINKS)), 3)


def notability(sitelinks: int | None, *, languages: int = 0, offices: Iterable[str] = ()) -> float:
    """How well known somebody is: the most of what sitelinks, the rank of the offices and the label languages say.

    Without a count of sitelinks the languages stand in for it, for less than they usually come with. More of anything
    never makes less of it, so of two who are alike in the rest the one with a count is never behind.
    """
    office = max((score for name in offices for score, pattern in _FAME if pattern.match(name)), default=0.0)
    return max(prior_of(sitelinks or 0), prior_of(min(languages, _MOST_LABELS) // _LABELS_A_LINK), office)
