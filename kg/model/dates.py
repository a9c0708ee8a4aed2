"""Dates that keep their precision."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

DECADE, YEAR, MONTH, DAY = 8, 9, 10, 11
"""Wikidata's precision numbers (https://www.wikidata.org/wiki/Help:Dates#Precision)."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DECADE = re.compile(r"(\d{3})X")
_LONGEST = ((DAY, 1), (MONTH, 31), (YEAR, 366), (DECADE, 3653))
"""So many days at most lie in a unit of each precision, finest first."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A stretch of days within which a date lies: first day, last day, and Wikidata's precision number (8 to 11)."""

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
        return cls.of(*(int(part) for part in match.groups() if part))

    @classmethod
    def parse_time(cls, text: str) -> PartialDate:
        """Read what `str` writes: as `parse`, and decades `YYYX` and stretches `FIRST/LAST`; ValueError otherwise."""
        decade = _DECADE.fullmatch(text)
        if decade is not None:
            return cls.decade(int(decade.group(1)) * 10)
        first, bar, last = text.partition("/")
        if not bar:
            if _FORM.fullmatch(text) is None:
                raise ValueError(f"not a time: {text!r}; YYYX, YYYY, YYYY-MM, YYYY-MM-DD or FIRST/LAST is needed")
            return cls.parse(text)
        ends = [cls.parse(part) for part in (first, last) if _FORM.fullmatch(part)]
        if len(ends) != 2 or any(end.precision != DAY for end in ends):
            raise ValueError(f"not a time: {text!r}; both sides of the bar must be YYYY-MM-DD")
        return cls.between(ends[0].earliest, ends[1].latest)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """A year, a month or a day; ValueError where the calendar has none such."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), YEAR)
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), MONTH)
        return cls(date(year, month, day), date(year, month, day), DAY)

    @classmethod
    def decade(cls, year: int) -> PartialDate:
        """The ten years that start with 1990 for any of them."""
        first = year - year % 10
        return cls(date(max(first, 1), 1, 1), date(first + 9, 12, 31), DECADE)

    @classmethod
    def between(cls, first: date, last: date) -> PartialDate:
        """Some days in a row, with the finest precision whose unit is as long; ValueError where the last comes first.

        What is a day, month, year or decade is the same as that; a week has the precision of a month.
        """
        if last < first:
            raise ValueError(f"not a time: {last.isoformat()!r} comes before {first.isoformat()!r}")
        days = (last - first).days + 1
        for precision, longest in _LONGEST:
            if days <= longest:
                return cls(first, last, precision)
        raise ValueError(f"not a time: {first.isoformat()!r} to {last.isoformat()!r} is longer than a decade")

    def __str__(self) -> str:
        first = self.earliest
        unit = self._unit()
        if unit is None:
            return f"{first.isoformat()}/{self.latest.isoformat()}"
        return f"{first.year // 10:03}X" if unit == DECADE else first.isoformat()[: {YEAR: 4, MONTH: 7, DAY: 10}[unit]]

    def _unit(self) -> int | None:
        """The precision whose unit this is exactly, None where it is some other stretch."""
        first, span = self.earliest, (self.earliest, self.latest)
        whole = {
            DAY: PartialDate.of(first.year, first.month, first.day),
            MONTH: PartialDate.of(first.year, first.month),
            YEAR: PartialDate.of(first.year),
            DECADE: PartialDate.decade(first.year),
        }.get(self.precision)
        return self.precision if whole is not None and (whole.earliest, whole.latest) == span else None
