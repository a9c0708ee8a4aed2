"""When an article speaks, and whether an office or membership lies there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Article
from kg.wikidata.gazetteer import Item, Tenure

_YEAR = re.compile(r"(?<![\d,.-])(?:1[89]\d\d|20[0-4]\d)(?![\d-])")

UNDATED = 0.7
"""How much a tenure without dates counts in an article that has one."""

NEAR = 0.5
"""How much a tenure counts that ended, or was to begin, within a year."""

OTHER_TIME = 0.2
"""How much a tenure counts that the person did not hold at the time, unless the article says "former"."""

_LONG_GONE = 15


@dataclass(frozen=True, slots=True)
class Moments:
    """The day of publication, or, where it is not known, the years that the text names (ISO dates or YYYY)."""

    days: tuple[str, ...] = ()
    published: bool = False

    @property
    def day(self) -> str | None:
        """The day of publication, None where it is not known."""
        return self.days[0] if self.published else None

    def within(self, tenure: Tenure) -> bool:
        """Whether a dated tenure covers one of the moments."""
        return bool(tenure.start or tenure.end) and any(_covers(tenure, day) for day in self.days)

    def fit(self, tenure: Tenure, *, past: bool = False) -> float:
        """How well the tenure's time suits, 0 to 1; `past`: the article calls it a former one."""
        if not self.days:
            return 1.0
        if not (tenure.start or tenure.end):
            return UNDATED
        if self.within(tenure) or (past and any(_ended(tenure, day) for day in self.days)):
            return 1.0
        if min(_years_off(tenure, day) for day in self.days) <= 1 or self._may_be_later(tenure):
            return NEAR
        return OTHER_TIME

    def about(self, tenure: Tenure, slack: int = 2) -> bool:
        """Whether a membership may hold, with years of slack for what the data leaves out."""
        return not self.days or self._may_be_later(tenure) or any(_years_off(tenure, day) <= slack for day in self.days)

    def _may_be_later(self, tenure: Tenure) -> bool:
        """Whether the article, which has no date, may be of a time after the years that it names."""
        return not self.published and tenure.start is not None and not _before(tenure.start, self.days[0])

    def out_of_time(self, item: Item) -> float:
        """0 to 1: how far the moments lie from all that the item is known to have held; 0 where nothing is dated."""
        dated = [t for t in (*item.offices, *item.parties) if t.start or t.end]
        if not dated or not self.days:
            return 0.0
        begins = min(int((t.start or t.end or "0")[:4]) for t in dated)
        ends = max(9999 if t.end is None else int(t.end[:4]) for t in dated)
        offs = []
        for day in self.days:
            year = int(day[:4])
            early, late = max(0, begins - year - 1), max(0, year - ends - 1)
            early *= self.published
            offs.append(min(1.0, early / 3 if early else late / _LONG_GONE))
        return round(min(offs), 3)


def moments_of(article: Article) -> Moments:
    """The moments of an article."""
    if article.published is not None:
        return Moments((article.published.latest.isoformat(),), published=True)
    return Moments(tuple(sorted(set(_YEAR.findall(article.text)), reverse=True)))


def _covers(tenure: Tenure, day: str) -> bool:
    start, end = tenure.start or "", tenure.end or "9999"
    return not (_before(day, start) or _before(end, day))


def _ended(tenure: Tenure, day: str) -> bool:
    return tenure.end is not None and not _before(day, tenure.end)


def _before(one: str, other: str) -> bool:
    """Whether a date lies before another, as far as both are known."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _years_off(tenure: Tenure, day: str) -> int:
    year = int(day[:4])
    early = 0 if tenure.start is None else max(0, int(tenure.start[:4]) - year)
    late = 0 if tenure.end is None else max(0, year - int(tenure.end[:4]))
    return max(early, late)
