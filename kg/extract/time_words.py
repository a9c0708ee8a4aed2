"""Expressions of time in a text, and the days that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from dateutil.relativedelta import relativedelta, weekday

from kg.extract.cues import DATA, rows
from kg.model.dates import DAY, MONTH, YEAR, PartialDate

_YEAR = r"(?:1[7-9]|20)\d\d"
_RANGES = frozenset(["to", "until", "till", "and", "-", "–", "—", "through"])
_STEPS = {"last": -1, "this": 0, "next": 1}
_NEEDED = {"years": YEAR, "decades": YEAR, "months": MONTH}
"""How precisely the day of writing must be known for words that count in this unit."""


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """The lists of data/en/time_words.tsv and the pattern made of them."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    ended: frozenset[str]
    then: frozenset[str]
    parts: frozenset[str]
    occasions: frozenset[str]
    start: frozenset[str]
    end: frozenset[str]
    lasting: frozenset[str]
    chosen: frozenset[str]
    pattern: re.Pattern[str]
    cores: frozenset[str]
    """Every expression holds one of these words, in lower case, or a number of four digits."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Characters `[start, end)` from the preposition on; `first` and, of a range, `last` are what it names.

    `vague` says that the words mean no exact time ("about ten years ago").
    """

    start: int
    end: int
    core: int
    preposition: str
    first: re.Match[str]
    last: re.Match[str] | None = None
    vague: bool = False


@lru_cache(maxsize=8)
def time_words(folder: Path = DATA / "en") -> TimeWords:
    """The words about time of one language."""
    table: dict[str, dict[str, str]] = {}
    for word, use, value in rows(folder, "time_words.tsv"):
        table.setdefault(use, {})[word] = value

    def numbers(use: str) -> dict[str, int]:
        return {word: int(value) for word, value in table.get(use, {}).items()}

    def words(use: str) -> frozenset[str]:
        return frozenset(table.get(use, ()))

    months, weekdays, days, counts = numbers("month"), numbers("weekday"), numbers("day"), numbers("number")
    units = table.get("unit", {})
    cores = {word.casefold().split()[-1] for group in (months, weekdays, days, units) for word in group}
    cores |= {f"{word}s" for word in units}
    return TimeWords(
        months,
        weekdays,
        days,
        counts,
        units,
        words("ended"),
        words("then"),
        words("part"),
        words("occasion"),
        words("start"),
        words("end"),
        words("lasting"),
        words("chosen"),
        _pattern(months, weekdays, days, counts, units),
        frozenset(cores),
    )


def _pattern(*lists: Mapping[str, object]) -> re.Pattern[str]:
    month, day_name, day, number, unit = (
        "|".join(re.escape(word) for word in sorted(group, key=lambda word: (-len(word), word))) for group in lists
    )
    return re.compile(
        rf"""(?<!\w)(?:(?P<prep>(?i:from|since|until|till|in|on|by|before|after|during|between|of|for|at|to|through))\s+)?
        (?:(?P<the>(?i:the))\s+)?
        (?:(?P<vague>(?i:about|around|nearly|almost|over|some|roughly|more\ than|less\ than|at\ least))\s+)?
        (?<![\w$£€.,])
        (?:(?:(?:{day_name}),?\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{month})\b(?:,?\s+(?P<y1>{_YEAR})\b|\s+(?P<s1>(?i:last|this|next))\s+year\b)?
        |(?:(?:{day_name}),?\s+)?(?P<m2>{month})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:,]\d|\w)(?:,?\s+(?P<y2>{_YEAR})\b)?
        |(?:(?i:early|late|mid)[\s-]+)?(?:(?P<r3>(?i:last|this|next))\s+)?(?P<m3>{month})(?!\w)(?:,?\s+(?:of\s+)?(?P<y3>{_YEAR})\b|\s+(?:of\s+)?(?P<s3>(?i:last|this|next))\s+year\b)?
        |(?P<n4>\d{{1,2}}|(?i:{number}))\s+(?P<u4>{unit})s?\s+ago\b
        |(?P<day>(?i:{day}))\b
        |(?:(?i:earlier|later|late|early)\s+)?(?P<r5>(?i:last|this|next))\s+(?P<u5>{unit})\b
        |(?:(?P<r6>(?i:last|this|next))\s+)?(?P<wd>{day_name})\b(?:\s+(?:morning|afternoon|evening|night)\b)?
        |(?:(?i:early|late|mid)[\s-]+)?(?:(?P<dec>{_YEAR[:-4]}\d0)s|['’](?P<dec2>[3-9]0)s)\b
        |(?:(?i:early|late|mid)[\s-]+)?(?P<y>{_YEAR})(?:[-–](?P<short>\d\d)(?!\d))?(?![\d%]|[.,]\d|s\b|-(?!\d{{4}}\b)\w)
        )""",
        re.VERBOSE,
    )


def expressions(text: str, start: int, end: int, words: TimeWords) -> Iterator[TimeExpression]:
    """The expressions in `text[start:end]`, a range ("from 1997 to 2007") as one."""
    waiting: re.Match[str] | None = None
    for match in words.pattern.finditer(text, start, end):
        if waiting is not None:
            between = text[waiting.end() : match.start()].strip() or (match["prep"] or "").lower()
            if between in _RANGES and _joins(waiting, between):
                yield _expression(waiting, match)
                waiting = None
                continue
            yield _expression(waiting, None)
        waiting = match
    if waiting is not None:
        yield _expression(waiting, None)


def _joins(first: re.Match[str], word: str) -> bool:
    opening = (first["prep"] or "").lower()
    return opening == "between" if word == "and" else opening in ("from", "between", "")


def _expression(first: re.Match[str], last: re.Match[str] | None) -> TimeExpression:
    core = next(first.start(group) for group in _GROUPS if first[group] is not None)
    end = (last or first).end()
    vague = first["vague"] is not None or (last is not None and last["vague"] is not None)
    return TimeExpression(first.start(), end, core, (first["prep"] or "").lower(), first, last, vague)


_GROUPS = ("d1", "m2", "r3", "m3", "n4", "day", "r5", "r6", "wd", "dec", "dec2", "y")


def is_bare(match: re.Match[str]) -> bool:
    """Whether it is a month or year alone, which needs a preposition to be a time ("May", "2016")."""
    return bool((match["m3"] and not match["y3"] and not match["r3"] and not match["s3"]) or match["y"])


def time_of(
    match: re.Match[str], published: PartialDate | None, words: TimeWords, *, coming: bool, year: int | None = None
) -> PartialDate | None:
    """The days that the words mean in an article of that date; None where they do not say.

    `coming` says that they look ahead. `year` is used where the words have none.
    """
    try:
        return _absolute(match, words, year) or (
            None if published is None else _relative(match, published, words, coming=coming)
        )
    except (ValueError, OverflowError):  # the 31st of June; years that no calendar has
        return None


def year_of(match: re.Match[str]) -> int | None:
    """The year that the words name."""
    found = match["y1"] or match["y2"] or match["y3"] or match["y"]
    return int(found) if found else None


def _absolute(match: re.Match[str], words: TimeWords, year: int | None) -> PartialDate | None:
    named = year_of(match) or year
    if match["dec"]:
        return PartialDate.decade(int(match["dec"]))
    if match["dec2"]:
        return PartialDate.decade(1900 + int(match["dec2"]))
    if match["y"]:
        return PartialDate.of(int(match["y"]))
    month = match["m1"] or match["m2"] or match["m3"]
    if named is None or month is None:
        return None
    day = match["d1"] or match["d2"]
    return PartialDate.of(named, words.months[month], int(day) if day else None)


def _relative(match: re.Match[str], published: PartialDate, words: TimeWords, *, coming: bool) -> PartialDate | None:
    unit = words.units.get(match["u4"] or match["u5"] or "")
    if published.precision < _NEEDED.get(unit or "", DAY):
        return None
    today = published.earliest
    beside = match["s1"] or match["s3"]
    if beside:
        return _absolute(match, words, today.year + _STEPS[beside.lower()])
    if match["u4"]:
        count = match["n4"].lower()
        return _ago(today, words.numbers[count] if count in words.numbers else int(count), unit)
    if unit is not None:
        return None if match["the"] else _around(today, _STEPS[match["r5"].lower()], unit)
    if match["day"]:
        return _day(today + timedelta(days=words.days[match["day"].lower()]))
    if match["wd"]:
        return _weekday(today, words.weekdays[match["wd"]], (match["r6"] or "").lower(), coming=coming)
    return _month(match, today, words, coming=coming)


def _ago(today: date, count: int, unit: str | None) -> PartialDate | None:
    """Round numbers of years, and numbers of decades, are no exact times."""
    if unit == "days":
        return _day(today - timedelta(days=count))
    if unit == "weeks":
        return _around(today, -count, "weeks")
    if unit == "months":
        return _around(today, -count, "months")
    if unit == "years" and count % 10:
        return _around(today, -count, "years")
    return None


def _around(today: date, step: int, unit: str) -> PartialDate | None:
    """The calendar week, month or year so many steps from today's."""
    if unit == "weeks":
        monday = today + relativedelta(weeks=step, weekday=weekday(0, -1))
        return PartialDate.between(monday, monday + timedelta(days=6))
    if unit == "weekends":
        saturday = today + relativedelta(weeks=min(step, 0), weekday=weekday(5, -1))
        return PartialDate.between(saturday, saturday + timedelta(days=1)) if step < 0 else None
    if unit == "months":
        there = today + relativedelta(months=step)
        return PartialDate.of(there.year, there.month)
    return PartialDate.of(today.year + step) if unit == "years" else None


def _weekday(today: date, wanted: int, asked: str, *, coming: bool) -> PartialDate | None:
    """ "on Tuesday" is the last or the next one, today included; "last Tuesday" and "next Tuesday" leave a choice."""
    if asked == "last":
        near = today - timedelta(days=1) + relativedelta(weekday=weekday(wanted, -1))
        # Two days after a Tuesday "last Tuesday" may be that of the week before.
        return _day(near) if (today - near).days > 3 else PartialDate.between(near - timedelta(days=7), near)
    if asked == "next":
        near = today + timedelta(days=1) + relativedelta(weekday=weekday(wanted, 1))
        return PartialDate.between(near, near + timedelta(days=7))
    return _day(today + relativedelta(weekday=weekday(wanted, 1 if coming or asked == "this" else -1)))


def _month(match: re.Match[str], today: date, words: TimeWords, *, coming: bool) -> PartialDate | None:
    """The month, or day in it, that was last or comes next.

    "in October" in an article of October leaves open which: writers of this October say "this month".
    """
    month = words.months[match["m1"] or match["m2"] or match["m3"]]
    day = match["d1"] or match["d2"]
    asked = (match["r3"] or "").lower()
    here, there = ((today.month, today.day), (month, int(day))) if day else ((today.month, 0), (month, 0))
    if here == there and not day and asked != "this":
        return None
    year = today.year + (there < here if coming or asked == "next" else -(there > here))
    return PartialDate.of(year, month, int(day) if day else None)


def _day(day: date) -> PartialDate:
    return PartialDate(day, day, DAY)
