"""Makes decisions and puts them on file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import UsageError
from kg.model import Entity
from kg.model.decision import PAIR_VERDICTS, TIME_FORM, Decision, Decisions, JudgedClaim, NameKey, Verdict
from kg.review.file import add_decisions
from kg.review.lines import QID

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Desk:
    """One reviewer's place of work: the decisions file, the reviewer's name, and the clock."""

    path: Path
    reviewer: str
    now: Callable[[], datetime]

    def judge(self, verdict: Verdict, claim: JudgedClaim, *, reason: str = "") -> Decision | None:
        """Accept, reject or skip a claim; None where this reviewer has said so already."""
        return self._add(self._new(verdict, reason, claim=claim))

    def link(self, keys: Sequence[NameKey], qid: str | None, *, reason: str = "") -> Decision | None:
        """Say which item an entity is, or that it is none; None where this reviewer has said so already."""
        check_qid(qid)
        verdict = Verdict.NIL if qid is None else Verdict.LINK
        return self._add(self._new(verdict, reason, entities=tuple(keys), wikidata=qid))

    def pair(
        self, verdict: Verdict, keys: Sequence[NameKey], others: Sequence[NameKey], *, reason: str = ""
    ) -> Decision | None:
        """Say that two are the same, or never are; None where this reviewer has said so already."""
        check_apart(keys, others)
        return self._add(self._new(verdict, reason, entities=tuple(keys), others=tuple(others)))

    def skip(self, about: JudgedClaim | Sequence[NameKey]) -> Decision | None:
        """Do not ask this reviewer again."""
        if isinstance(about, JudgedClaim):
            return self.judge(Verdict.SKIP, about)
        return self._add(self._new(Verdict.SKIP, "", entities=tuple(about)))

    def undo(self, ident: str | None = None) -> Decision:
        """Take back a decision, given by the start of its id; this reviewer's last one where none is given.

        Returns what was taken back; UsageError where there is no such decision, or several, or it is undone already.
        """
        undone: list[Decision] = []

        def make(known: Decisions) -> Sequence[Decision]:
            decision = self._last(known) if ident is None else _meant(ident, known)
            undone.append(decision)
            return [self._new(Verdict.UNDO, "", undoes=decision.id)]

        add_decisions(self.path, make)
        return undone[0]

    def _last(self, known: Decisions) -> Decision:
        standing = {decision.id for decision in known.standing}
        own = [d for d in known.given if d.reviewer == self.reviewer and d.id in standing]
        if not own:
            raise UsageError(f"there is no decision of {self.reviewer!r} to undo in {str(self.path)!r}")
        return own[-1]

    def _new(
        self,
        verdict: Verdict,
        reason: str,
        *,
        claim: JudgedClaim | None = None,
        entities: tuple[NameKey, ...] = (),
        others: tuple[NameKey, ...] = (),
        wikidata: str | None = None,
        undoes: str | None = None,
    ) -> Decision:
        time = self.now().astimezone(UTC).strftime(TIME_FORM)
        return Decision(
            verdict, time, self.reviewer, claim, entities, others, wikidata, undoes, " ".join(reason.split())
        )

    def _add(self, decision: Decision) -> Decision | None:
        def make(known: Decisions) -> Sequence[Decision]:
            same = [other for other in known.standing if _about(other) == _about(decision)]
            if same and _said(same[-1]) == _said(decision) and decision.reason in ("", same[-1].reason):
                return []
            return [decision]

        added = add_decisions(self.path, make)
        return added[0] if added else None


def check_qid(qid: str | None) -> None:
    """UsageError where it is neither a QID nor None."""
    if qid is not None and not QID.fullmatch(qid):
        raise UsageError(f"{qid!r} is no QID; one such as Q42 is needed")


def check_apart(keys: Sequence[NameKey], others: Sequence[NameKey]) -> None:
    """UsageError where a name means both of two."""
    shared = min(set(keys) & set(others), default=None)
    if shared is not None:
        where = f"the article with the key {shared.article}" if shared.article else "every article"
        raise UsageError(
            f"both are called {shared.name!r} in {where}; name one of the two in one article, as ARTICLE:e3"
        )


def check_pair(verdict: Verdict, one: Entity, other: Entity) -> None:
    """UsageError where two are to be the same and are linked to different items."""
    if verdict is Verdict.SAME and one.wikidata and other.wikidata and one.wikidata != other.wikidata:
        raise UsageError(
            f"{one.name!r} is linked to {one.wikidata} and {other.name!r} to {other.wikidata}; link one of them to the "
            "item of the other instead"
        )


def _about(decision: Decision) -> object:
    if decision.claim is not None:
        return decision.claim.key
    if decision.verdict in PAIR_VERDICTS:
        return frozenset((decision.entities, decision.others))
    return decision.entities


def _said(decision: Decision) -> Decision:
    return replace(decision, time="", reason="")


def _meant(ident: str, known: Decisions) -> Decision:
    found = [decision for decision in known.all if decision.id.startswith(ident)]
    if len(ident) < _SHORTEST or not found:
        raise UsageError(f"{ident!r} is no decision; give at least {_SHORTEST} digits of an id, which --status shows")
    if len(found) > 1:
        raise UsageError(f"{ident!r} means {len(found)} decisions; give more digits of the id")
    decision = found[0]
    if decision.verdict is not Verdict.UNDO and decision not in known.standing:
        raise UsageError(f"the decision {decision.id} is undone already; decide again if that was wrong")
    return decision
