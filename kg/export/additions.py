"""Which reviewed claims may be offered to Wikidata, and as what.

Only what somebody accepted, only relations of `PROPERTIES`, and only what a machine can add without spoiling what is
there. An accusation, a criticism or a legal step is never offered, whatever the ontology or a comparison says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.export.claims import ClaimRow
from kg.export.quickstatements import (
    END_TIME,
    POINT_IN_TIME,
    START_TIME,
    Addition,
    calendar_unit,
    reference_url,
)
from kg.merge.known import Known, Likeness
from kg.merge.verdict import Comparison, Verdict
from kg.model import PartialDate
from kg.wikidata.item import EntityRef, Rank, Statement, Time, WikidataItem
from kg.wikidata.times import partial_date

PROPERTIES: Mapping[str, frozenset[str]] = {
    "memberOf": frozenset(("P102", "P463")),
    "holdsPosition": frozenset(("P39",)),
    "worksFor": frozenset(("P108",)),
    "educatedAt": frozenset(("P69",)),
    "spouseOf": frozenset(("P26",)),
    "childOf": frozenset(("P22", "P25", "P40")),
}
"""The relations that may be offered, and as which properties. It stands here and not in the ontology, so that no
change there can send more to Wikidata."""

TIMES = {"startTime": START_TIME, "endTime": END_TIME, "pointInTime": POINT_IN_TIME}
"""A claim's qualifiers and Wikidata's."""

ADDITIONS = (Verdict.ADDS, Verdict.MORE_PRECISE, Verdict.OUT_OF_DATE)
"""The verdicts that say that Wikidata could learn something."""

_PARENTS = ("P22", "P25")
_OTHER_KIN = re.compile(r"step|adopt|foster|god|grand|in-law|\bward\b", re.IGNORECASE)
"""Nouns of family that say childOf and mean no father or mother."""

_ENDED = ("ended", "endTimeText")
_QID = re.compile(r"Q[1-9][0-9]*")


class LeftOut(StrEnum):
    """Why a claim that Wikidata could learn from is not offered; the value says it in a report's words."""

    NOT_REVIEWED = "not reviewed"
    UNLINKED = "subject or object without a QID"
    NO_URL = "the article has no web address"
    NO_DATE = "the article says that it was so at an earlier time, without a date"
    NOTHING_NEW = "nothing that can be added to the statement that is there"
    COARSER_DATE = "Wikidata has another date there, which has to be corrected by hand"
    OTHER_KIN = "a parent by marriage or adoption, or Wikidata names another; who is what has to be said by hand"
    OTHER_VALUE = "Wikidata says it with a narrower value, or with another item of that name"
    SEVERAL = (
        "Wikidata has this value already, with another time or rank; which statement is meant has to be said by hand"
    )
    TIMES_DISAGREE = "the articles, or article and Wikidata, give times that do not fit together"


@dataclass(frozen=True, slots=True)
class Selection:
    """What may be offered, and how many claims are left out for which reason; `statements` counts distinct ones."""

    additions: tuple[Addition, ...]
    left_out: Mapping[LeftOut, int]
    statements: int

    @property
    def candidates(self) -> int:
        """How many claims Wikidata could learn from."""
        return len(self.additions) + sum(self.left_out.values())


def select(
    rows: Iterable[ClaimRow],
    comparisons: Iterable[Comparison],
    *,
    accepted: Collection[tuple[str, int]],
    known: Known,
) -> Selection:
    """The additions among the comparisons of the claims in `rows`.

    `accepted` are the keys of the claims that somebody accepted (`ClaimRow.key`).
    """
    by_key = {row.key: row for row in rows}
    left_out: Counter[LeftOut] = Counter()
    found: list[Addition] = []
    for comparison in comparisons:
        row = by_key.get((comparison.article, comparison.claim))
        if row is None or not _offered(row, comparison):
            continue
        if row.key not in accepted:
            left_out[LeftOut.NOT_REVIEWED] += 1
            continue
        made = _addition(row, comparison, known)
        if isinstance(made, LeftOut):
            left_out[made] += 1
        else:
            found.append(made)
    agreed = _agreed(found)
    if len(agreed) < len(found):
        left_out[LeftOut.TIMES_DISAGREE] += len(found) - len(agreed)
    ordered = {reason: left_out[reason] for reason in LeftOut if left_out[reason]}
    return Selection(tuple(agreed), ordered, len({_statement(addition) for addition in agreed}))


def _offered(row: ClaimRow, comparison: Comparison) -> bool:
    """Whether a claim is of the kind that may be offered at all."""
    return (
        comparison.property in PROPERTIES.get(row.claim.relation, ())
        and comparison.verdict in ADDITIONS
        and not comparison.negative
        and row.counted
    )


def _addition(row: ClaimRow, comparison: Comparison, known: Known) -> Addition | LeftOut:
    value = comparison.value
    if value is None or not _QID.fullmatch(value) or not _QID.fullmatch(comparison.item):
        return LeftOut.UNLINKED
    if reference_url(row.article) is None:
        return LeftOut.NO_URL
    times = _times(row)
    if times is None:
        return LeftOut.NO_DATE
    item = known.document(comparison.item)
    if row.claim.relation == "childOf" and (
        _OTHER_KIN.search(row.claim.detail or "") or _parent(comparison, value, item)
    ):
        return LeftOut.OTHER_KIN
    if _otherwise(row, comparison, known):
        return LeftOut.OTHER_VALUE
    there = _there(comparison, value, item)
    if len(there) > 1:
        return LeftOut.SEVERAL
    if there:
        if comparison.verdict is Verdict.ADDS or there[0].rank is Rank.DEPRECATED:
            return LeftOut.SEVERAL
        kept = _new_times(times, there[0], comparison.verdict)
        if isinstance(kept, LeftOut):
            return kept
        times = kept
    if not _ordered(times):
        return LeftOut.TIMES_DISAGREE
    qualifiers = tuple((name, times[name]) for name in TIMES.values() if name in times)
    return Addition(comparison.item, comparison.property, value, qualifiers, row.article)


def _times(row: ClaimRow) -> dict[str, PartialDate | None] | None:
    """Wikidata's qualifiers for a claim; None where it held at an earlier time that is not told."""
    given = dict(row.claim.qualifiers)
    times: dict[str, PartialDate | None] = {}
    for name, property_id in TIMES.items():
        if name in given and (time := _parsed(given[name])) is not None:
            times[property_id] = time
    if END_TIME not in times and any(name in given for name in ("endTime", *_ENDED)):
        times[END_TIME] = None
    return None if "atThatTime" in given and not times else times


def _parsed(text: str) -> PartialDate | None:
    try:
        return calendar_unit(PartialDate.parse_time(text))
    except ValueError:
        return None


def _parent(comparison: Comparison, value: str, item: WikidataItem | None) -> bool:
    """Whether Wikidata names somebody else as the father or the mother."""
    if comparison.property not in _PARENTS or item is None:
        return False
    named = [one.main.value for one in item.all(comparison.property) if one.rank is not Rank.DEPRECATED]
    return any(other not in (None, EntityRef(value)) for other in named)


def _otherwise(row: ClaimRow, comparison: Comparison, known: Known) -> bool:
    """Whether Wikidata has the same thing already under another item."""
    ends = [end for end in (row.subject, row.object) if end is not None and end.wikidata == comparison.value]
    statement = comparison.statement
    if statement is None or not ends or statement.property != comparison.property:
        return False
    return known.likeness(ends[0], statement) in (Likeness.BROADER, Likeness.BY_NAME)


def _there(comparison: Comparison, value: str, item: WikidataItem | None) -> tuple[Statement, ...]:
    """The statements that a command for this value may meet."""
    known = item.all(comparison.property) if item is not None else ()
    if comparison.statement is not None and comparison.statement.property == comparison.property and not known:
        known = (comparison.statement,)
    return tuple(statement for statement in known if statement.main.value == EntityRef(value))


def _new_times(
    times: Mapping[str, PartialDate | None], there: Statement, verdict: Verdict
) -> dict[str, PartialDate | None] | LeftOut:
    """The times that a statement lacks; LeftOut where nothing can be added to it."""
    new = {name: time for name, time in times.items() if there.qualifier(name) is None}
    if verdict is Verdict.OUT_OF_DATE and END_TIME not in new:
        ended = there.qualifier(END_TIME) is not None
        return LeftOut.COARSER_DATE if END_TIME in times else LeftOut.SEVERAL if ended else LeftOut.NOTHING_NEW
    if not new:
        return LeftOut.COARSER_DATE if times else LeftOut.NOTHING_NEW
    return new if _ordered({**_written(there), **new}) else LeftOut.TIMES_DISAGREE


def _written(statement: Statement) -> dict[str, PartialDate | None]:
    """The times of a statement."""
    values = {name: snak.value for name in TIMES.values() if (snak := statement.qualifier(name)) is not None}
    return {name: partial_date(value) for name, value in values.items() if isinstance(value, Time)}


def _ordered(times: Mapping[str, PartialDate | None]) -> bool:
    start, end = times.get(START_TIME), times.get(END_TIME)
    return start is None or end is None or start.earliest <= end.latest


def _agreed(additions: Iterable[Addition]) -> list[Addition]:
    """The additions whose times fit those of other articles on the same statement; each time is given once, the finest.

    QuickStatements would put two dates for one thing side by side.
    """
    groups: dict[tuple[str, str, str], list[Addition]] = defaultdict(list)
    for addition in additions:
        groups[_statement(addition)].append(addition)
    found: list[Addition] = []
    for group in groups.values():
        best = _finest(group)
        if best is not None:
            found += [
                replace(addition, qualifiers=tuple(pair for pair in addition.qualifiers if pair in best))
                for addition in group
            ]
    return found


def _finest(group: Iterable[Addition]) -> set[tuple[str, PartialDate | None]] | None:
    """The finest time of each kind; None where two cannot both be true."""
    given: dict[str, list[PartialDate]] = defaultdict(list)
    unknown: set[str] = set()
    for addition in group:
        for name, time in addition.qualifiers:
            if time is None:
                unknown.add(name)
            else:
                given[name].append(time)
    apart = [name for name, times in given.items() if max(t.earliest for t in times) > min(t.latest for t in times)]
    if apart and apart != [POINT_IN_TIME]:
        return None
    for name in apart:  # it may have been so at both times
        del given[name]
    best = {name: min(times, key=lambda t: (t.latest - t.earliest, t)) for name, times in given.items()}
    pairs: set[tuple[str, PartialDate | None]] = set(best.items())
    return pairs | {(name, None) for name in unknown - best.keys()} if _ordered(best) else None


def _statement(addition: Addition) -> tuple[str, str, str]:
    return (addition.item, addition.property, addition.value)
