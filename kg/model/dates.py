"""Dates that keep their precision."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

YEAR, MONTH, DAY = 9, 10, 11
"""Wikidata's precision numbers (https://www.wikidata.org/wiki/Help:Dates#Precision)."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day: its first and last day, and Wikidata's precision number (9, 10 or 11)."""

    earliest: date
    latest: date
    precision: int

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, a time behind `T` or a space ignored; ValueError otherwise."""
        plain = re.split(r"[T ]", text.strip(), maxsplit=1)[0]
        match = _FORM.fullmatch(plain)
        if match is None:
            raise ValueError(f"not a date: {text!r}; YYYY, YYYY-MM or YYYY-MM-DD is needed")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), YEAR)
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), MONTH)
        return cls(date(year, month, day), date(year, month, day), DAY)

    def __str__(self) -> str:
        return self.earliest.isoformat()[: {YEAR: 4, MONTH: 7, DAY: 10}[self.precision]]
