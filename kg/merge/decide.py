"""The verdict on one claim. Pure: the same claim and the same statements give the same verdict.

docs/wikidata.md, "Beside Wikidata", is the decision table; tests/merge/cases.yaml has a case for each of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.merge.case import PRESENT, Case, Match, Place, ended_by, home, matches
from kg.merge.known import Known, Likeness, is_only_words, stated_as, usable, value_of
from kg.merge.periods import ClaimTime, Period, period_of
from kg.merge.properties import FATHER, MOTHER, PARTY, SPOUSE, named
from kg.merge.timing import Standing, Timed, stints, timed
from kg.merge.verdict import Verdict
from kg.model import Modality, Polarity
from kg.model.dates import PartialDate
from kg.wikidata.item import Rank, SnakType, Statement

_SURE = (Verdict.AGREES, Verdict.MORE_PRECISE)
_ONE = frozenset((SPOUSE, FATHER, MOTHER, PARTY))
"""Properties of which people have one at a time, so that an unknown value may well be the claim's."""
_UNSURE_KIN = frozenset(("P1039", "P1480", "P5102"))
"""Qualifiers of a parent that is not simply the father or mother: kinship, circumstances, nature of the statement."""
_SHOWN = 3
"""So many of Wikidata's other values at most are named in a reason."""
_OTHER_KIN = re.compile(r"step|adopt|foster|god|grand|in-law", re.IGNORECASE)

_SAME = {
    Standing.FITS: Verdict.AGREES,
    Standing.PAST: Verdict.AGREES,
    Standing.FINER: Verdict.MORE_PRECISE,
    Standing.EARLIER: Verdict.ADDS,
    Standing.LATER: Verdict.OUT_OF_DATE,
    Standing.STOPS: Verdict.OUT_OF_DATE,
    Standing.CONTRADICTS: Verdict.CONFLICTS,
}
_BROADER = {**_SAME, Standing.FINER: Verdict.AGREES}
_NARROWER = dict.fromkeys(Standing, Verdict.MORE_PRECISE) | {
    Standing.EARLIER: Verdict.ADDS,
    Standing.LATER: Verdict.ADDS,
}
_ROW = dict.fromkeys((Standing.FITS, Standing.PAST, Standing.FINER), Verdict.AGREES)
"""What rows of some facts can say: that they agree. What they lack, Wikidata may have."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, where the statement stands or would stand, the statement if there is one, and why in a sentence."""

    verdict: Verdict
    place: Place
    statement: Statement | None
    reason: str


def decide(case: Case, known: Known) -> Decision | None:
    """The verdict on a claim; None where the two cannot be compared or Wikidata's item is not known."""
    if case.claim.modality is Modality.HYPOTHETICAL:
        return None
    if case.subject.wikidata is None:
        if case.relation.name != "spouseOf" or case.object.wikidata is None:
            return None
        case = case.turned()
    found = matches(case, known)
    if case.claim.polarity is Polarity.NEGATIVE:
        return _denied(case, found, known)
    return _matched(case, [match for match in found if usable(match.statement)], known) or _unmatched(
        case, found, known
    )


# A statement with the claim's value is there


def _matched(case: Case, found: Sequence[Match], known: Known) -> Decision | None:
    """The verdict by the statements with a value like the claim's, the likest first; None where there are none."""
    groups = (
        [m for m in found if m.likeness in (Likeness.SAME, Likeness.BY_NAME) and not m.beside],
        [m for m in found if m.likeness is Likeness.BROADER and not m.beside],
        [m for m in found if m.beside],
        [m for m in found if m.likeness is Likeness.NARROWER],
    )
    decisions = [made for group in groups if group and (made := _by_time(case, group, known)) is not None]
    return next((made for made in decisions if made.verdict in _SURE), decisions[0] if decisions else None)


def _by_time(case: Case, group: Sequence[Match], known: Known) -> Decision | None:
    """The verdict by the statements of one likeness, by what both say of the time."""
    present = case.relation.name in PRESENT
    parts = [(match.period, match.statement) for match in group]
    result = timed(case.time, stints(parts), present=present, goes_on=present and _goes_on(group, known))
    match = next(m for m in group if m.statement is result.statement)
    verdict = _verdict(match, result, known)
    if verdict is None:
        return None
    return Decision(verdict, match.place, match.statement, f"{_has(match, known)}, {result.why}.")


def _verdict(match: Match, result: Timed, known: Known) -> Verdict | None:
    if not known.genuine(match.place.item):
        return None if match.likeness is Likeness.NARROWER else _ROW.get(result.standing)
    if match.beside:
        return _ROW.get(result.standing)
    if match.likeness is Likeness.NARROWER:
        return _NARROWER[result.standing]
    verdict = (_BROADER if match.likeness is Likeness.BROADER else _SAME)[result.standing]
    sure = match.likeness is Likeness.SAME or (match.likeness is Likeness.BROADER and match.place.value.wikidata)
    if not sure and verdict in (Verdict.CONFLICTS, Verdict.MORE_PRECISE):
        return Verdict.AGREES
    return verdict


def _goes_on(group: Sequence[Match], known: Known) -> bool:
    """Whether Wikidata has another value of the same property that began after the last of these."""
    place = group[0].place
    document = known.document(place.item)
    ends = [match.period.end for match in group]
    if document is None or any(end is None for end in ends):
        return False
    last = max(end.earliest for end in ends if end is not None)
    known_ones = {id(match.statement) for match in group}
    others = (s for s in document.all(place.property) if usable(s) and id(s) not in known_ones)
    starts = (period_of(other).start for other in others)
    return any(start is not None and start.latest >= last for start in starts)


# No such statement is there


def _unmatched(case: Case, found: Sequence[Match], known: Known) -> Decision | None:
    place = home(case, known)
    document = None if place is None else known.document(place.item)
    if place is None or document is None or not known.genuine(place.item):
        return None
    linked = place.value.wikidata is not None
    if is_only_words(place.value):
        return None
    for match in found:
        if linked and match.likeness is Likeness.SAME and not match.beside:
            why = ", but deprecated: it holds that for wrong"
            return Decision(Verdict.CONFLICTS, match.place, match.statement, f"{_has(match, known)}{why}.")
    best = document.truthy(place.property)
    name = named(place.property)
    for statement in best:
        period = period_of(statement)
        if statement.main.type is SnakType.SOMEVALUE and place.property in _ONE and stated_as(statement) is None:
            result = timed(case.time, stints([(period, statement)]), present=False, goes_on=False)
            later = result.standing in (Standing.EARLIER, Standing.LATER)
            why = f"Wikidata has an unknown value under {name}, {result.why}"
            return Decision(Verdict.ADDS if later else Verdict.MORE_PRECISE, place, statement, f"{why}.")
    if best and all(statement.main.type is SnakType.NOVALUE for statement in best) and linked:
        for statement in best:
            period = period_of(statement)
            if not period.dated or (case.time.reference is not None and period.covers(case.time.reference)):
                why = f"Wikidata says that there is no {name}, {period}"
                return Decision(Verdict.CONFLICTS, place, statement, f"{why}; the claim has it {case.time}.")
    other = _other_parent(case, place, known) or _other_party(case, place, known)
    if other is not None:
        return other
    if not linked and any(map(known.nameless, document.all(place.property))):
        return None
    return Decision(Verdict.ADDS, place, None, _lacks(place, known))


def _other_parent(case: Case, place: Place, known: Known) -> Decision | None:
    """A conflict where Wikidata names one father or mother, and the claim another."""
    document = known.document(place.item)
    if place.property not in (FATHER, MOTHER) or document is None or place.value.wikidata is None:
        return None
    there = [statement for statement in document.all(place.property) if usable(statement)]
    if len(there) != 1 or _OTHER_KIN.search(case.claim.detail or ""):
        return None
    (statement,) = there
    other = value_of(statement)
    if other is None or any(snak.property in _UNSURE_KIN for snak in statement.qualifiers):
        return None
    why = f"Wikidata has {known.label(other)} ({other}), and nobody else, under {named(place.property)}"
    return Decision(Verdict.CONFLICTS, place, statement, f"{why}.")


def _other_party(case: Case, place: Place, known: Known) -> Decision | None:
    """Another party at the same time, where one excludes the other: Wikidata dates them, and none meet."""
    document, value, time = known.document(place.item), place.value.wikidata, case.time.reference
    if place.property != PARTY or document is None or value is None or time is None or case.time.vague:
        return None
    there = [statement for statement in document.all(PARTY) if usable(statement)]
    died = ended_by(case, known)
    periods = [period_of(statement, died) for statement in there]
    pairs = [(a, b) for i, a in enumerate(periods) for b in periods[i + 1 :]]
    if any(period.start is None for period in periods) or any(a.overlaps(b) for a, b in pairs):
        return None
    for statement, period in zip(there, periods, strict=True):
        other = value_of(statement)
        if other is None or not period.covers(time) or not known.rivals(value, other):
            continue
        has = f"Wikidata has {known.label(other)} ({other}) under {named(PARTY)}, {period}"
        if case.time.start is not None and period.open:
            why = f"{has}; by the claim there is another party {case.time}"
            return Decision(Verdict.OUT_OF_DATE, place, statement, f"{why}.")
        return Decision(Verdict.CONFLICTS, place, statement, f"{has}; {_when(case.time, time)} lies within.")
    return None


def _when(time: ClaimTime, reference: PartialDate) -> str:
    return f"the article's date, {reference}," if time.undated else str(reference)


# The claim says that it is not so


def _denied(case: Case, found: Sequence[Match], known: Known) -> Decision | None:
    """Wikidata denies it too, or says that it was so on that day; its silence is no denial."""
    time = case.time.point or case.time.published
    place = home(case, known)
    if place is None or not known.genuine(place.item):
        return None
    alike = [m for m in found if m.likeness in (Likeness.SAME, Likeness.BROADER) and not m.beside]
    there = [match for match in alike if usable(match.statement) and known.genuine(match.place.item)]
    for match in there:
        if time is not None and match.period.covers(time) and match.place.value.wikidata is not None:
            why = f"{_has(match, known)}, {match.period}; {time} lies within, and the claim denies it"
            return Decision(Verdict.CONFLICTS, match.place, match.statement, f"{why}.")
    if there:
        over = time is not None and all(m.period.ends_before(time) or m.period.begins_after(time) for m in there)
        if not over:
            return None
        last = there[-1]
        why = f"{_has(last, known)}, {last.period}, and so not on {time}"
        return Decision(Verdict.AGREES, last.place, last.statement, f"{why}.")
    for match in alike:
        if match.likeness is Likeness.SAME:
            why = ", but deprecated: it holds that for wrong, as the claim does"
            return Decision(Verdict.AGREES, match.place, match.statement, f"{_has(match, known)}{why}.")
    document = known.document(place.item)
    for statement in () if document is None else document.truthy(place.property):
        period: Period = period_of(statement)
        if statement.main.type is SnakType.NOVALUE and (not period.dated or (time is not None and period.covers(time))):
            why = f"Wikidata says that there is no {named(place.property)}, {period}"
            return Decision(Verdict.AGREES, place, statement, f"{why}.")
    return None


# Words


def _has(match: Match, known: Known) -> str:
    """`Wikidata has Lantern Party (Q99000011) under member of political party (P102)`, with what else to know of it."""
    value, other = match.place.value, value_of(match.statement)
    what = f"“{stated_as(match.statement)}”" if other is None else f"{known.label(other)} ({other})"
    part = "an office" if match.beside else "a kind or a part"
    asides = {
        Likeness.SAME: "",
        Likeness.BY_NAME: ", another item of that name," if value.wikidata else ", by its name,",
        Likeness.BROADER: f", {part} of {value.name},",
        Likeness.NARROWER: f", of which {value.name} is a kind or a part,",
    }
    document = known.document(match.place.item)
    statements = () if document is None else document.all(match.statement.property)
    beside = any(s.rank is Rank.PREFERRED for s in statements) and match.statement.rank is Rank.NORMAL
    where = f" of {known.label(match.place.item)}" if match.turned else ""
    rank = ", though not preferred" if beside else ""
    who = "Wikidata" if known.genuine(match.place.item) else "The index"
    return f"{who} has {what}{asides[match.likeness]} under {named(match.statement.property)}{where}{rank}"


def _lacks(place: Place, known: Known) -> str:
    """What is not there, and what there is instead."""
    document = known.document(place.item)
    statements = () if document is None else document.truthy(place.property)
    others = [other for statement in statements if (other := value_of(statement)) is not None]
    shown = [f"{known.label(other)} ({other})" for other in dict.fromkeys(others)]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    instead = f", and has {', '.join(shown[:_SHOWN])}{more} there" if shown else ""
    return f"Wikidata lacks {place.value.name} under {named(place.property)} of {known.label(place.item)}{instead}."
