"""How the time of a claim stands to the time of a statement with the same value (docs/wikidata.md has the table)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from kg.merge.periods import GRACE, YEAR, ClaimTime, Ending, Period, apart, within
from kg.model.dates import PartialDate
from kg.wikidata.item import Statement


class Standing(Enum):
    """What the two times say of each other."""

    FITS = "fits"
    """Both can be right."""
    PAST = "past"
    """It was over on the day of publication, and the claim may speak of the past."""
    FINER = "finer"
    """Both can be right, and the claim has a date that the statement lacks or has more coarsely."""
    EARLIER = "earlier"
    """The claim is about a time before the statement's."""
    LATER = "later"
    """The claim is about a time after the statement's end."""
    STOPS = "stops"
    """The claim knows an end that the statement lacks."""
    CONTRADICTS = "contradicts"
    """Statement and claim put the end of the same stint at times that cannot both be right."""


_BEST_FIRST = (
    Standing.FITS,
    Standing.FINER,
    Standing.PAST,
    Standing.STOPS,
    Standing.CONTRADICTS,
    Standing.EARLIER,  # before LATER: what lies between two stints is not after all that Wikidata has
    Standing.LATER,
)


@dataclass(frozen=True, slots=True)
class Stint:
    """Statements that follow each other without a gap, as the terms of one office do, with their time in all."""

    period: Period
    parts: tuple[tuple[Period, Statement], ...]

    def at(self, time: PartialDate | None, *, ends: bool = False) -> Statement:
        """The statement that is about `time`, else the first, or the last where it is about the end."""
        if time is not None:
            for period, statement in self.parts:
                if not period.begins_after(time) and not period.ends_before(time):
                    return statement
        return self.parts[-1 if ends else 0][1]


@dataclass(frozen=True, slots=True)
class Timed:
    """A standing, the statement that it is about, and why: its time, and what the claim says of that."""

    standing: Standing
    statement: Statement
    why: str


def stints(parts: Iterable[tuple[Period, Statement]]) -> list[Stint]:
    """Statements put together where one begins within three months of the end of the one before; in order of time."""
    found: list[list[tuple[Period, Statement]]] = []
    for part in sorted(parts, key=_order):
        before = _whole([period for period, _ in found[-1]]) if found else Period()
        end, start = None if before.start is None else before.end, part[0].start
        if end is not None and start is not None and start.earliest - end.latest <= GRACE:
            found[-1].append(part)
        else:
            found.append([part])
    return [Stint(_whole([period for period, _ in row]), tuple(row)) for row in found]


def _order(part: tuple[Period, Statement]) -> tuple[int, int]:
    period = part[0]
    start = 0 if period.start is None else period.start.earliest.toordinal()
    return start, period.end.latest.toordinal() if period.end is not None else 10**7


def _whole(row: Sequence[Period]) -> Period:
    first, last = row[0], max(row, key=lambda p: (p.end is None, 0 if p.end is None else p.end.latest.toordinal()))
    return Period(first.start, last.end, last.ending, last.by_death)


def timed(time: ClaimTime, stints: Sequence[Stint], *, present: bool, goes_on: bool) -> Timed:
    """How a claim stands to the stints of its value: to the one that fits best.

    `present` is true for a relation whose claims are about now where their words name no time; `goes_on` is true where
    Wikidata knows what came after those stints.
    """
    if time.ended and time.end is None:
        return _ended(time, stints)
    found = [_one(time, stint, single=len(stints) == 1, present=present, goes_on=goes_on) for stint in stints]
    standings = {one.standing for one in found}
    best = next(standing for standing in _BEST_FIRST if standing in standings)
    of_best = [one for one in found if one.standing is best]
    return of_best[-1] if best in (Standing.PAST, Standing.LATER) else of_best[0]


def _one(time: ClaimTime, stint: Stint, *, single: bool, present: bool, goes_on: bool) -> Timed:
    if time.point is not None:
        return _held(time.point, stint)
    if time.start is not None or time.end is not None:
        return _bounded(time, stint, single=single)
    return _now(time, stint, present=present, goes_on=goes_on)


def _held(point: PartialDate, stint: Stint) -> Timed:
    """A time at which it held, by the claim's own words."""
    period = stint.period
    if period.begins_after(point):
        return Timed(Standing.EARLIER, stint.parts[0][1], f"{period}; the claim is about {point}, before that")
    if period.ends_before(point):
        return Timed(Standing.LATER, stint.parts[-1][1], f"{period}; the claim is about {point}, after that")
    return Timed(Standing.FITS, stint.at(point), _fitting(period, point))


def _now(time: ClaimTime, stint: Stint, *, present: bool, goes_on: bool) -> Timed:
    """No time in the claim's words: at the date of publication, or before it where the words may be about the past."""
    period, day = stint.period, time.published
    statement = stint.at(day, ends=True)
    if day is None:
        return Timed(Standing.FITS, statement, f"{period}; the article has no date")
    if period.begins_after(day, GRACE):
        return Timed(Standing.EARLIER, stint.parts[0][1], f"{period}; the article is of {day}, before that")
    if period.begins_after(day):
        return Timed(Standing.FITS, stint.parts[0][1], f"{period}; the article is of {day}, shortly before that")
    if not period.ends_before(day):
        return Timed(Standing.FITS, statement, _fitting(period, day))
    over = f"{period}; the article is of {day}, after that"
    if not present or time.vague or period.by_death:
        return Timed(Standing.PAST, statement, f"{over}, and may speak of the past")
    if goes_on:
        return Timed(Standing.PAST, statement, f"{over}, and Wikidata knows what came next")
    return Timed(Standing.LATER, statement, over)


def _fitting(period: Period, day: PartialDate) -> str:
    if period.covers(day):
        return f"{period}; {day} lies within"
    return f"{period}; {day} {'may lie within' if period.dated else 'is not excluded'}"


def _bounded(time: ClaimTime, stint: Stint, *, single: bool) -> Timed:
    """A start, an end, or both, by the claim's own words."""
    period, start, end = stint.period, time.start, time.end
    whole = f"{period}; the claim has it {time}"
    if period.ends_before(start or end):  # type: ignore[arg-type]  # one of them is there
        if start is not None or apart(period.end, end) > YEAR:  # type: ignore[arg-type]  # it has an end
            return Timed(Standing.LATER, stint.parts[-1][1], f"{whole}, after that")
    elif end is not None and period.begins_after(end):
        return Timed(Standing.EARLIER, stint.parts[0][1], f"{whole}, before that")
    at_end = _end_standing(end, period, single=single)
    if at_end in (Standing.STOPS, Standing.CONTRADICTS):
        return Timed(at_end, stint.at(end, ends=True), whole)
    finer_start = start is not None and (period.start is None or within(start, period.start))
    if finer_start or at_end is Standing.FINER:
        statement = stint.at(start) if finer_start else stint.at(end, ends=True)
        return Timed(Standing.FINER, statement, whole)
    return Timed(Standing.FITS, stint.at(start or end), whole)


def _end_standing(end: PartialDate | None, period: Period, *, single: bool) -> Standing:
    if end is None:
        return Standing.FITS
    if _lacks_end(period, end):
        return Standing.STOPS if period.start is not None or period.ending is Ending.ONGOING else Standing.FINER
    if period.end is None:
        return Standing.FINER
    if apart(end, period.end) <= YEAR:
        return Standing.FINER if within(end, period.end) and not period.by_death else Standing.FITS
    if end.earliest > period.end.latest:
        return Standing.FITS if period.by_death else Standing.STOPS
    return Standing.CONTRADICTS if single and period.covers(end) else Standing.FITS


def _lacks_end(period: Period, time: PartialDate) -> bool:
    """Whether nothing ended it by `time`, as far as Wikidata says: it is open, or ends with a death long after."""
    if period.by_death and period.end is not None:
        return period.end.earliest - time.latest > YEAR
    return period.open


def _ended(time: ClaimTime, stints: Sequence[Stint]) -> Timed:
    """Over, and the words do not say when: before publication. The last stint that had begun by then decides."""
    day = time.published
    begun = [stint for stint in stints if day is None or not stint.period.begins_after(day)]
    if not begun:
        first = stints[0]
        why = f"{first.period}; by the article of {day} it was over before that"
        return Timed(Standing.EARLIER, first.parts[0][1], why)
    stint = begun[-1]
    period, statement = stint.period, stint.at(time.start or day, ends=True)
    said = f"{period}; the article{'' if day is None else f' of {day}'} says that it is over"
    if time.start is not None and (period.start is None or within(time.start, period.start)):
        finer = Timed(Standing.FINER, statement, said)
    else:
        finer = Timed(Standing.FITS, statement, said)
    if day is None:
        return finer
    if _lacks_end(period, day) and (period.start is not None or period.ending is Ending.ONGOING):
        return Timed(Standing.STOPS, statement, said)
    if period.end is None or period.end.earliest <= day.latest:
        return finer
    earlier = [stint for stint in begun[:-1] if stint.period.end is not None]
    if earlier:
        return Timed(Standing.FITS, earlier[-1].parts[-1][1], said)
    strong = len(stints) == 1 and period.covers(day) and apart(day, period.end) > YEAR
    return Timed(Standing.CONTRADICTS if strong else Standing.FITS, statement, said)
