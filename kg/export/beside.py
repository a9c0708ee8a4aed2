"""What the report says of claims beside Wikidata's statements, and of what people decided about claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.export.claims import ClaimRow
from kg.export.listing import Passage, passage
from kg.export.words import date_words, span_words
from kg.merge.properties import LABELS
from kg.merge.verdict import Comparison, Verdict
from kg.model import PartialDate
from kg.model.decision import Decision
from kg.model.decision import Verdict as Judgement
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, Text, Time
from kg.wikidata.times import partial_date

ClaimKey = tuple[str, int]
"""What tells one claim from every other: `ClaimRow.key`."""

_QID = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict's name, what stands in front of Wikidata's words on a claim, and what it means."""

    name: str
    lead: str
    meaning: str


WORDS = {
    Verdict.AGREES: VerdictWords(
        "Agree", "agrees with Wikidata", "Wikidata has a statement that says the same, or says it more precisely"
    ),
    Verdict.ADDS: VerdictWords(
        "Not in Wikidata", "Wikidata has no such statement", "Wikidata knows the subject and has no such statement"
    ),
    Verdict.MORE_PRECISE: VerdictWords(
        "More precise", "more precise than Wikidata", "The article gives a narrower value or a finer date"
    ),
    Verdict.OUT_OF_DATE: VerdictWords(
        "Newer", "Wikidata is out of date", "Wikidata’s statement stops before what the article tells"
    ),
    Verdict.CONFLICTS: VerdictWords(
        "Differ", "differs from Wikidata", "As they are written, the two cannot both be true; either may be wrong"
    ),
}
"""In the order of the report."""


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody decided of a claim: whether to keep it, and that in words ("accepted by A. B. on 3 May 2031")."""

    accepted: bool
    words: str


def reviews_of(judged: Mapping[ClaimKey, Decision]) -> dict[ClaimKey, Review]:
    """The accepts and rejects in force, by claim."""
    return {key: review_of(decision) for key, decision in judged.items()}


def review_of(decision: Decision) -> Review:
    """An accept or a reject in words."""
    accepted = decision.verdict is Judgement.ACCEPT
    said = f"{'accepted' if accepted else 'rejected'} by {decision.reviewer or 'a reviewer'}"
    day = date_words(PartialDate.of(decision.when.year, decision.when.month, decision.when.day))
    return Review(accepted, f"{said} on {day}" + (f": {decision.reason}" if decision.reason else ""))


@dataclass(frozen=True, slots=True)
class Beside:
    """One claim's verdict in words: `lead`, then Wikidata's `statement` ("" where it has none), `address` of the item.

    `reason` is why, in a sentence.
    """

    verdict: Verdict
    lead: str
    statement: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The claims that have a verdict, in the order of articles."""

    verdict: Verdict
    words: VerdictWords
    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that differs from what Wikidata has, with its passage."""

    row: ClaimRow
    passage: Passage
    beside: Beside


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All that the report says of Wikidata; empty tuples where nothing was compared.

    `from_tables` counts claims beside a statement that only an index's table tells, not a record of Wikidata's.
    """

    by_claim: Mapping[ClaimKey, Beside]
    tallies: tuple[Tally, ...]
    differences: tuple[Difference, ...]
    from_tables: int = 0

    @property
    def compared(self) -> int:
        """How many claims could be compared."""
        return len(self.by_claim)


def compare(
    rows: Sequence[ClaimRow], comparisons: Iterable[Comparison], *, label_of: Callable[[str], str | None]
) -> Comparisons:
    """The comparisons of the claims in `rows`; `label_of` names an item by its QID."""
    known = {row.key for row in rows}
    shown = [one for one in comparisons if (one.article, one.claim) in known]
    by_claim = {(one.article, one.claim): in_words(one, label_of) for one in shown}
    groups: dict[Verdict, list[ClaimRow]] = {verdict: [] for verdict in WORDS}
    for row in rows:
        if row.key in by_claim:
            groups[by_claim[row.key].verdict].append(row)
    differences = [Difference(row, passage(row), by_claim[row.key]) for row in groups[Verdict.CONFLICTS]]
    return Comparisons(
        by_claim,
        tuple(Tally(verdict, words, tuple(groups[verdict])) for verdict, words in WORDS.items()) if by_claim else (),
        tuple(sorted(differences, key=_order)),
        sum(one.statement is not None and one.statement.id is None for one in shown),
    )


def kept(rows: Iterable[ClaimRow], reviews: Mapping[ClaimKey, Review]) -> tuple[ClaimRow, ...]:
    """The claims that nobody rejected; a rejected denial answers nothing."""
    rejected = {key for key, review in reviews.items() if not review.accepted}
    if not rejected:
        return tuple(rows)
    return tuple(
        replace(row, denials=tuple(index for index in row.denials if (row.article_key, index) not in rejected))
        for row in rows
        if row.key not in rejected
    )


def statement_words(statement: Statement, label_of: Callable[[str], str | None]) -> str:
    """Such as "Labour Party (member of political party), 1987 to 2018"."""
    name = LABELS.get(statement.property, statement.property)
    times = _times(statement)
    return f"{_value(statement.main, label_of)} ({name})" + (f", {times}" if times else "")


def in_words(one: Comparison, label_of: Callable[[str], str | None]) -> Beside:
    """A comparison in words; `label_of` names an item by its QID."""
    item = one.item if _QID.fullmatch(one.item) else ""
    return Beside(
        one.verdict,
        WORDS[one.verdict].lead,
        "" if one.statement is None else statement_words(one.statement, label_of),
        f"https://www.wikidata.org/wiki/{item}#{one.property}" if item else "",
        one.reason,
    )


def _value(snak: Snak, label_of: Callable[[str], str | None]) -> str:
    if snak.type is SnakType.NOVALUE:
        return "no value"
    if snak.type is SnakType.SOMEVALUE:
        return "an unknown value"
    match snak.value:
        case EntityRef(qid):
            return label_of(qid) or qid
        case Text(text):
            return text
        case Time() as time:
            found = partial_date(time)
            return time.time if found is None else span_words(found)
    return "a value of another kind"


def _times(statement: Statement) -> str:
    start, end, point = (_time(statement.qualifier(name)) for name in ("P580", "P582", "P585"))
    if start and end:
        return f"{start} to {end}"
    if start or end:
        return f"from {start}" if start else f"until {end}"
    return point


def _time(snak: Snak | None) -> str:
    if snak is None or snak.type is SnakType.NOVALUE:
        return ""
    if isinstance(snak.value, Time):
        found = partial_date(snak.value)
        return "an unreadable date" if found is None else span_words(found)
    return "an unknown date"


def _order(difference: Difference) -> tuple[object, ...]:
    row = difference.row
    return (row.subject.name.casefold(), row.subject.id, -row.claim.confidence, row.article.id, row.key)
