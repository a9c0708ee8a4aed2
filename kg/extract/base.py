"""What a relation module gets and gives, and the questions that all of them ask of a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Token

from kg.model import EntityType, Modality, Polarity, QuotationKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading

HYPOTHETICAL_MODALS = frozenset(["would", "could", "might", "may", "should", "must", "will", "'ll", "'d", "shall"])
NEGATORS = frozenset(["not", "n't", "never", "no", "neither", "nor", "hardly"])
_PLANS = frozenset("plan want intend threaten refuse decline expect hope promise prepare urge ask agree vow".split())


@dataclass(frozen=True, slots=True)
class Named:
    """An end of a claim that is no cluster of the reading: an office, or a party known by its letter only."""

    type: EntityType
    name: str
    start: int
    end: int
    alias: str | None = None
    """Another name of it, by which it may be known elsewhere ("Republican Party" for "R")."""
    pronouns: tuple[int, ...] = ()
    """The tokens of a person known by pronouns only; the first of them tells two such persons apart."""


End = int | Named
"""A cluster of the reading, or something named on tokens `[start, end)`."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: tokens of source, cue and content; `speaker` is a cluster.

    `content` are token ranges in text order (an interrupted quotation has several).
    """

    kind: QuotationKind
    content: tuple[tuple[int, int], ...]
    speaker: int | None = None
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    addressee: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a relation module may look at."""

    reading: Reading
    lexicon: Lexicon
    attributions: tuple[Attribution, ...]
    content_of: tuple[int, ...]
    """For each token the index of the innermost attribution whose content covers it, or -1."""
    shared: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What one relation module works out for the others that read the same article."""

    def speaker_at(self, token: int) -> int | None:
        """The cluster in whose words the token stands."""
        index = self.content_of[token]
        return None if index < 0 else self.attributions[index].speaker


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim before its ends have ids. Tokens `[start, end)` are the evidence.

    `trigger` is the token that made it (verb, noun, title). `pattern` names the rule within the relation.
    `detail` are tokens of the article's words for charge or role; `note` is used instead where given.
    """

    relation: str
    subject: End
    object: End | None
    start: int
    end: int
    pattern: str
    confidence: float
    trigger: int
    detail: tuple[int, int] | None = None
    note: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    attributed_to: int | None = None
    pronouns: tuple[tuple[int, int], ...] = ()
    """Pronouns that stand for an end besides the reading's: (cluster, token)."""
    qualifiers: tuple[tuple[str, str], ...] = ()
    """What narrows the claim, as in docs/annotations.md: (name, value), sorted."""


class Relation(Protocol):
    """What a module of `kg.extract.relations` offers: the relation's name and its finder."""

    RELATION: str

    def find(self, scene: Scene) -> Iterator[Finding]:
        """All findings of one article, in any order; duplicates are dropped by the caller."""


def person_at(reading: Reading, token: int) -> int | None:
    """The cluster at the token if it is a person."""
    cluster = reading.cluster_at(token)
    return cluster if cluster is not None and reading.type_of(cluster) is EntityType.PERSON else None


def polarity_of(verb: Token) -> Polarity:
    """Negative where the verb itself is negated ("did not accuse", "never said")."""
    negated = any(
        child.dep_ == "neg" or (child.lower_ in NEGATORS and child.dep_ == "advmod") for child in verb.children
    )
    return Polarity.NEGATIVE if negated else Polarity.POSITIVE


def modality_of(verb: Token) -> Modality:
    """Hypothetical under a modal, an if-clause or a verb of planning; else asserted."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in HYPOTHETICAL_MODALS:
            return Modality.HYPOTHETICAL
        if child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether"):
            return Modality.HYPOTHETICAL
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _PLANS:
        return Modality.HYPOTHETICAL
    return Modality.ASSERTED
