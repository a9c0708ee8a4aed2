"""What the comparison of one claim with Wikidata says (docs/wikidata.md, "Beside Wikidata")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.wikidata.item import Statement


class Verdict(StrEnum):
    """How a claim stands to what Wikidata has; the values are the local names in the ontology."""

    AGREES = "agrees"
    """Wikidata has a statement that says the same, or says it more precisely."""
    ADDS = "adds"
    """Wikidata's item is known and has no such statement."""
    CONFLICTS = "conflicts"
    """The two cannot both be true."""
    MORE_PRECISE = "morePrecise"
    """The claim says the same more precisely: a narrower value, a finer date, or a date that Wikidata lacks."""
    OUT_OF_DATE = "outOfDate"
    """Wikidata's statement stops before what the claim tells: an end that it lacks, or a later time."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim with its one verdict.

    `article` is the article's key, `claim` the claim's place in its annotation's claims, `node` the claim's IRI, and
    `confidence` the claim's own. `item` is the QID on which Wikidata's statement stands or would stand, `property`
    the statement's property, and `value` the QID of what the claim gives as its value, None for NIL: for most relations
    item and value are subject and object, for a statement from the other side they are turned around. `statement` is
    what the claim was compared with, None where Wikidata has nothing near, and `statement_iri` its IRI in the Wikidata
    graph. `reason` says why in a sentence. `negative` is true for a claim that denies ("is no member of").
    """

    article: str
    claim: int
    node: str
    verdict: Verdict
    item: str
    property: str
    value: str | None
    reason: str
    confidence: float
    statement: Statement | None = None
    statement_iri: str | None = None
    negative: bool = False
