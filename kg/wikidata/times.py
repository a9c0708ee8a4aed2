"""Wikidata's times to dates that keep their precision, and back.

Precision numbers and the two calendars: https://www.mediawiki.org/wiki/Wikibase/DataModel#Dates_and_times
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kg.model.dates import DAY, DECADE, MONTH, YEAR, PartialDate
from kg.wikidata.item import GREGORIAN, JULIAN, Snak, Time

_FORM = re.compile(r"([+-]?)([0-9]{1,16})-([0-9]{2})-([0-9]{2})(?:T.*)?")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FINEST = 14
# The Julian day number of 31 December of the year 0 is 1721425 in the proleptic Gregorian calendar.
_ORDINAL_ZERO = 1721425


def partial_date(time: Time) -> PartialDate | None:
    """The stretch of days that a time means; None where a PartialDate cannot hold it or the calendar has no such day.

    That is: centuries and coarser, years before 1 or after 9999, other calendars than the two. Times of the day count
    as their day, and a date with less in it than its precision says ("1950-00-00" as a day) as what is in it. A Julian
    day becomes the Gregorian day that it was; Julian months, years and decades keep their number, as in Wikidata's own
    RDF.
    """
    match = _FORM.fullmatch(time.time)
    if match is None or match[1] == "-" or time.calendar not in (GREGORIAN, JULIAN):
        return None
    year, month, day = int(match[2]), int(match[3]), int(match[4])
    precision = min(time.precision, DAY) if DECADE <= time.precision <= _FINEST else 0
    if not precision or not 1 <= year <= date.max.year:
        return None
    if precision == DAY and not day:
        precision = MONTH
    if precision == MONTH and not month:
        precision = YEAR
    try:
        if precision == DECADE:
            return PartialDate.decade(year)
        if precision == YEAR:
            return PartialDate.of(year)
        if precision == MONTH:
            return PartialDate.of(year, month)
        if time.calendar == JULIAN:
            found = gregorian(year, month, day)
            return None if found is None else PartialDate(found, found, DAY)
        return PartialDate.of(year, month, day)
    except ValueError:
        return None


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day that a Julian date means, in the (proleptic) Gregorian calendar; None where there is none such."""
    leap = month == 2 and year % 4 == 0
    longest = (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1 <= month <= 12 and 1 <= day <= longest[month - 1]):
        return None
    # The Julian day number of a Julian date, the year starting in March (Explanatory Supplement, 2013, chapter 15).
    shift = (14 - month) // 12
    years = year + 4800 - shift
    number = day + (153 * (month + 12 * shift - 3) + 2) // 5 + 365 * years + years // 4 - 32083
    ordinal = number - _ORDINAL_ZERO
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


@lru_cache(maxsize=32768)
def iso(time: Time) -> str | None:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for what is coarser than a year or has no PartialDate."""
    found = partial_date(time)
    return None if found is None or found.precision < YEAR else str(found)


def iso_of(snak: Snak | None) -> str | None:
    """The same of a snak's value; None where it has none, or another kind."""
    return iso(snak.value) if snak is not None and isinstance(snak.value, Time) else None


def time_of(text: str) -> Time:
    """The Gregorian time of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; ValueError otherwise."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date: {text!r}; YYYY, YYYY-MM or YYYY-MM-DD is needed")
    year, month, day = match[1], match[2] or "00", match[3] or "00"
    PartialDate.of(*(int(part) for part in match.groups() if part))
    return Time(f"+{year}-{month}-{day}T00:00:00Z", DAY if match[3] else MONTH if match[2] else YEAR)
