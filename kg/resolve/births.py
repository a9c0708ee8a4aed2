"""Birth dates and ages that stand behind a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.resolve.moments import Moments

REACH = 90
"""How many characters behind a name are read."""

_LIFETIME = 25
"""Fewer years between two in brackets are a term of office rather than a life."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_YEAR = r"(?P<year>1[5-9]\d\d|20[01]\d)"
_DAY_FIRST = r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[A-Z]\w+),? "
_MONTH_FIRST = r"(?P<month2>[A-Z]\w+) (?P<day2>\d{1,2}),? "
_DATE = rf"(?:{_DAY_FIRST}|{_MONTH_FIRST})?{_YEAR}"
_BORN = re.compile(rf"^[^.;()]{{0,30}}\(?(?:born|b\.)(?: on| in)? {_DATE}")
_LIFE = re.compile(rf"^[ ,]*\((?:[^()]{{0,25}}[;,] )??{_DATE} ?[–—-] ?(?:[^()]{{0,20}}(?P<end>\d{{4}}))?\)")
_AGE = re.compile(r"^(?:,? aged|,|,? \() ?(?P<age>[2-9]\d|10\d)(?=[,.)]| years? old|-year-old| and )")


@dataclass(frozen=True, slots=True)
class Births:
    """What an article says of when a person was born: ISO dates, or years, and ages."""

    dates: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()

    def agree(self, birth: str, moments: Moments) -> float:
        """1 for the very day, 0.5 for the year or an age that fits, -1 for another year, 0 where nothing tells."""
        found = [_compared(date, birth) for date in self.dates]
        if moments.day is not None:
            year = int(moments.day[:4])
            found += [0.5 if 0 <= year - int(birth[:4]) - age <= 1 else -1.0 for age in self.ages]
        return max(found, default=0.0)


def births_behind(texts: Iterable[str]) -> Births:
    """Read the texts that follow a person's names."""
    dates: list[str] = []
    ages: list[int] = []
    for text in texts:
        if match := _BORN.match(text):
            dates.append(_iso(match))
        elif match := _LIFE.match(text):
            if match["day"] or match["day2"] or (match["end"] and int(match["end"]) - int(match["year"]) >= _LIFETIME):
                dates.append(_iso(match))
        elif match := _AGE.match(text):
            ages.append(int(match["age"]))
    return Births(tuple(dict.fromkeys(dates)), tuple(dict.fromkeys(ages)))


def _iso(match: re.Match[str]) -> str:
    month = (match["month"] or match["month2"] or "").casefold()
    day = match["day"] or match["day2"]
    if month not in _MONTHS or not day:
        return match["year"]
    return f"{match['year']}-{_MONTHS.index(month) + 1:02}-{int(day):02}"


def _compared(date: str, birth: str) -> float:
    if date == birth and len(birth) == len("2000-01-01"):
        return 1.0
    return 0.5 if abs(int(date[:4]) - int(birth[:4])) == 0 else -1.0
