"""Frozen types that the stages hand on; standard library only."""

from __future__ import annotations

from kg.model.annotation import (
    NIL,
    Annotation,
    Claim,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quotation,
    QuotationKind,
)
from kg.model.article import Article, content_hash
from kg.model.dates import PartialDate
from kg.model.entity import Entity, Resolution
from kg.model.spans import Span

__all__ = [
    "NIL",
    "Annotation",
    "Article",
    "Claim",
    "Entity",
    "EntityType",
    "LocalEntity",
    "Mention",
    "MentionKind",
    "Modality",
    "PartialDate",
    "Polarity",
    "Quotation",
    "QuotationKind",
    "Resolution",
    "Span",
    "content_hash",
]
