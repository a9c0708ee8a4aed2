"""Decisions and claims in a line."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explain.lines import plain
from kg.model import Modality, Polarity
from kg.model.decision import Decision, JudgedClaim, NameKey, Verdict

_CLAIM_WORDS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.SKIP: "skipped"}


def claim_words(claim: JudgedClaim) -> str:
    """Such as "Ada Example accuses Bertram Sample: lying (negative)"."""
    mood = [
        word.value for word in (claim.polarity, claim.modality) if word not in (Polarity.POSITIVE, Modality.ASSERTED)
    ]
    said = f" ({', '.join(mood)})" if mood else ""
    detail = f": {claim.detail}" if claim.detail else ""
    return plain(f"{claim.subject} {claim.relation} {claim.object or '(nobody named)'}{detail}{said}")


def decision_words(decision: Decision) -> str:
    """What was decided, without who and when."""
    reason = f" ({decision.reason})" if decision.reason else ""
    return plain(f"{_what(decision)}{reason}")


def decision_row(decision: Decision) -> str:
    """The id, when, who and what."""
    return f"{decision.id}  {decision.time}  " + plain(f"{decision.reviewer}: {decision_words(decision)}")


def _what(decision: Decision) -> str:
    if decision.claim is not None:
        return f"{_CLAIM_WORDS[decision.verdict]}: {claim_words(decision.claim)}, in {decision.claim.article_id!r}"
    names, others = _names(decision.entities), _names(decision.others)
    match decision.verdict:
        case Verdict.LINK:
            return f"{names} is {decision.wikidata}"
        case Verdict.NIL:
            return f"{names} is in no knowledge base"
        case Verdict.SAME:
            return f"{names} is the same as {others}"
        case Verdict.NEVER:
            return f"{names} is never the same as {others}"
        case Verdict.UNDO:
            return f"undone: {decision.undoes}"
        case _:
            return f"skipped: {names}"


def _names(keys: Iterable[NameKey]) -> str:
    return ", ".join(f"{key.name!r}" + (f" in the article {key.article}" if key.article else "") for key in keys)
