"""Claims that answer other claims of the same article: denials of accusations, apologies and words taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.base import Finding
from kg.model import Claim, Modality, Polarity
from kg.nlp.reading import Reading

_ANSWERED = {
    "denies": frozenset(["accuses"]),
    "apologizesTo": frozenset(["accuses", "criticizes"]),
    "retracts": frozenset(["accuses", "criticizes"]),
}
"""Which relations a relation answers: a denial somebody else's, an apology or a retraction one's own."""
_OTHERS = frozenset(["denies"])


def link_answers(reading: Reading, claims: Sequence[Claim], findings: Sequence[Finding]) -> list[Claim]:
    """Let each denial, apology and retraction point to the claim that it answers, where something says so.

    `findings` are what the claims were made of, in the same order. The other end is named, or the two share a word of
    the charge, or the answer stands in the sentence of what it answers, or the next. Shared words count most, then
    nearness; an answer to something else answers nothing.
    """
    charges = [index for index, claim in enumerate(claims) if _is_said(claim)]
    return [
        replace(claim, about=_answered(reading, claims, findings, index, charges))
        if claim.relation in _ANSWERED
        else claim
        for index, claim in enumerate(claims)
    ]


def _answered(
    reading: Reading, claims: Sequence[Claim], findings: Sequence[Finding], number: int, charges: Sequence[int]
) -> int | None:
    claim, best, about = claims[number], None, None
    relations = _ANSWERED[claim.relation]
    mine = _content_words(reading, findings[number])
    for index in charges:
        charge = claims[index]
        if charge.relation not in relations:
            continue
        ends = (charge.object, charge.subject) if claim.relation in _OTHERS else (charge.subject, charge.object)
        if ends[0] != claim.subject or claim.object not in (None, ends[1]):
            continue
        shared = bool(mine & _content_words(reading, findings[index]))
        behind = claim.sentence - charge.sentence
        if not (shared or claim.object is not None or 0 <= behind <= 1):
            continue
        rank = (shared, -abs(behind))
        if best is None or rank > best:
            best, about = rank, index
    return about


def _is_said(claim: Claim) -> bool:
    return claim.polarity is Polarity.POSITIVE and claim.modality is not Modality.HYPOTHETICAL


def _content_words(reading: Reading, finding: Finding) -> set[str]:
    """The lemmas of the charge, in lower case, little words left out."""
    if finding.detail is None:
        return set()
    return {
        token.lemma_.lower() for token in reading.doc[slice(*finding.detail)] if token.is_alpha and not token.is_stop
    }
