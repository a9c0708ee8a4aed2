"""What annotate hands on: one article's entities, mentions, claims and quotations."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.article import Article
from kg.model.spans import Span


class EntityType(StrEnum):
    """The kinds of entity."""

    PERSON = "Person"
    PARTY = "Party"
    ORGANIZATION = "Organization"
    OUTLET = "Outlet"
    POSITION = "Position"
    PLACE = "Place"
    OTHER = "Other"


class MentionKind(StrEnum):
    """How a mention refers."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Polarity(StrEnum):
    """Whether the passage says that the claim holds."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the passage puts the claim: states it, says that somebody states it, or only imagines it."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    HYPOTHETICAL = "hypothetical"


class QuotationKind(StrEnum):
    """How the content is given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


NIL = None
"""Decided to be in no knowledge base; stands where a QID would stand."""


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """The cluster of one entity's mentions in one article; `id` is local to the article ("e1").

    `name` is the fullest form seen. `wikidata` is a QID or NIL; `score` (0 to 1) is how sure the linker is of that
    decision. `gender` is "male", "female" or None, as far as the article's own words tell.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = NIL
    score: float = 0.0
    gender: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that names, describes or pronominalises a local entity."""

    span: Span
    kind: MentionKind
    entity: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What ONE passage asserts, between clusters.

    `subject` and `object` are local entity ids; `object` is None for an accusation with no named target or a denial
    with no named accuser. `detail` are the article's own words (charge, role). `confidence` is 0 to 1. `sentence` is
    the number of the sentence of the evidence, from 0. `attributed_to` is the local id of who says so, where it is
    not the article. `about` is the index, in the same annotation's claims, of the claim that a denial answers.
    `extractor` names the relation module and the pattern that fired ("accuses:verb").
    """

    relation: str
    subject: str
    object: str | None
    evidence: Span
    sentence: int
    extractor: str
    confidence: float
    detail: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    attributed_to: str | None = None
    about: int | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Source, cue and content of one attribution; `speaker` is a local entity id."""

    kind: QuotationKind
    content: Span
    speaker: str | None = None
    source: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that annotate found in one article; every tuple is sorted, so that equal input gives equal bytes.

    `sentences` are the sentences' spans in text order; `annotator` is a digest of whatever else decides the result
    (code version, pipeline, data files, gazetteer). `language` is the article's language (ISO 639) where
    that is not the one that the annotator reads: then the names are there, but no claims.
    """

    article: Article
    entities: tuple[LocalEntity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    sentences: tuple[Span, ...] = ()
    annotator: str = field(default="")
    language: str | None = None
