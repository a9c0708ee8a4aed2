"""When a statement holds and when a claim says that something held, as far as either tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kg.merge.properties import END, START
from kg.model import Claim
from kg.model.dates import PartialDate
from kg.wikidata.item import SnakType, Statement, Time
from kg.wikidata.times import partial_date

GRACE = timedelta(days=92)
"""An office is in the news so long before it begins (the elect); stints so close follow each other."""
YEAR = timedelta(days=366)
"""Dates that differ by no more may mean the same event."""


class Ending(StrEnum):
    """What a statement says of its end."""

    OPEN = "open"
    """Nothing."""
    ONGOING = "ongoing"
    """That there is none yet ("no value")."""
    UNKNOWN = "unknown"
    """That there is one, at an unknown time, or at one that no PartialDate can hold."""
    DATED = "dated"


@dataclass(frozen=True, slots=True)
class Period:
    """The time of a statement; `start` is None where none is given or known, `end` where it is not DATED.

    `by_death` is true where the end is a death, which need not stand on the statement.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    ending: Ending = Ending.OPEN
    by_death: bool = False

    @property
    def dated(self) -> bool:
        """Whether anything is said of its time."""
        return self.start is not None or self.ending is not Ending.OPEN

    @property
    def open(self) -> bool:
        """Whether it goes on, as far as is said."""
        return self.ending in (Ending.OPEN, Ending.ONGOING)

    def begins_after(self, time: PartialDate, grace: timedelta = timedelta()) -> bool:
        """Whether it surely begins later than `time`, and by more than `grace`."""
        return self.start is not None and self.start.earliest - time.latest > grace

    def ends_before(self, time: PartialDate) -> bool:
        """Whether it is surely over when `time` begins."""
        return self.end is not None and self.end.latest < time.earliest

    def covers(self, time: PartialDate) -> bool:
        """Whether by its dates it surely holds during all of `time`; an undated one never does."""
        if self.start is None or self.start.latest > time.earliest:
            return False
        return self.open or (self.end is not None and self.end.earliest >= time.latest)

    def overlaps(self, other: Period) -> bool:
        """Whether the two, by their dates, surely hold at the same time for a day or more."""
        if self.start is None or other.start is None:
            return False
        later = max(self.start.latest, other.start.latest)
        ends = [period.end.earliest for period in (self, other) if period.end is not None]
        unknown = any(period.ending is Ending.UNKNOWN for period in (self, other))
        return not unknown and all(later < end for end in ends)

    def __str__(self) -> str:
        start = f"from {self.start}" if self.start is not None else ""
        end = {
            Ending.OPEN: "without an end" if start else "",
            Ending.ONGOING: "still going on",
            Ending.UNKNOWN: "ended at an unknown time",
            Ending.DATED: f"to {self.end}",
        }[self.ending]
        if self.ending in (Ending.ONGOING, Ending.UNKNOWN) and start:
            return f"{start}, {end}"
        return " ".join(part for part in (start, end) if part) or "without dates"


def period_of(statement: Statement, died: PartialDate | None = None) -> Period:
    """The period of a statement: the first of its starts, the last of its ends; `died` ends what has no end."""
    starts = [date for date, _ in _dates(statement, START) if date is not None]
    ends = _dates(statement, END)
    start = min(starts, key=lambda time: time.earliest, default=None)
    if not ends:
        if died is not None:
            return Period(start, died, Ending.DATED, by_death=True)
        return Period(start)
    known = [date for date, _ in ends if date is not None]
    if len(known) == len(ends):
        return Period(start, max(known, key=lambda time: time.latest), Ending.DATED)
    if all(kind is SnakType.NOVALUE for _, kind in ends):
        return Period(start, None, Ending.ONGOING)
    return Period(start, None, Ending.UNKNOWN)


def _dates(statement: Statement, property_id: str) -> list[tuple[PartialDate | None, SnakType]]:
    return [
        (partial_date(snak.value) if isinstance(snak.value, Time) else None, snak.type)
        for snak in statement.qualifiers
        if snak.property == property_id
    ]


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """What the words of a claim say of its time, and when they were published.

    `vague` is true for words that name no day ("then", "in those days"). An end that lies after publication is a plan
    and is not here.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    point: PartialDate | None = None
    ended: bool = False
    vague: bool = False
    published: PartialDate | None = None

    @property
    def undated(self) -> bool:
        """Whether the words name no time at all."""
        return not (self.start or self.end or self.point or self.ended or self.vague)

    @property
    def reference(self) -> PartialDate | None:
        """A stretch in which the claim says that it held; for words without a time, the date of publication."""
        if self.point is not None:
            return self.point
        first, last = self.start or self.end, self.end or self.start
        if first is not None and last is not None:
            return _stretch(first, last)
        return self.published if self.undated else None

    def __str__(self) -> str:
        if self.point is not None:
            return f"for {self.point}"
        words = [f"{word} {time}" for word, time in (("from", self.start), ("to", self.end)) if time is not None]
        if words:
            return " ".join(words)
        if self.published is None:
            return "at no known time"
        return f"on {self.published}" if not self.ended else f"before {self.published}"


def claim_time(claim: Claim, published: PartialDate | None) -> ClaimTime:
    """The time of a claim, from its qualifiers and its article's date."""
    values = dict(claim.qualifiers)
    times = {name: _parsed(values.get(name)) for name in ("startTime", "endTime", "pointInTime")}
    end = times["endTime"]
    if end is not None and published is not None and end.earliest > published.latest:
        end = None
    return ClaimTime(
        start=times["startTime"],
        end=end,
        point=times["pointInTime"],
        ended=values.get("ended") == "true" or (claim.relation == "heads" and claim.detail == "former"),
        vague="atThatTime" in values or any(name.endswith("Text") for name in values),
        published=published,
    )


def _parsed(text: str | None) -> PartialDate | None:
    """A time as annotations have it; None for one that cannot be read, which no graph can be made of."""
    try:
        return None if text is None else PartialDate.parse_time(text)
    except ValueError:
        return None


def _stretch(first: PartialDate, last: PartialDate) -> PartialDate:
    """The days that surely lie between two dates; the first date where none do."""
    start, end = first.latest, last.earliest
    return PartialDate(start, end, min(first.precision, last.precision)) if start < end else first


def within(inner: PartialDate, outer: PartialDate) -> bool:
    """Whether `inner` is a finer date inside `outer`."""
    inside = outer.earliest <= inner.earliest and inner.latest <= outer.latest
    return inside and (inner.earliest, inner.latest) != (outer.earliest, outer.latest)


def apart(one: PartialDate, other: PartialDate) -> timedelta:
    """How much time surely lies between two dates; none where they may be the same day."""
    gap = max(one.earliest - other.latest, other.earliest - one.latest)
    return max(gap, timedelta())
