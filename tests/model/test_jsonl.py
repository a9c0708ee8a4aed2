"""Annotations survive the way through their JSON line."""

from __future__ import annotations

import json

from kg.model import (
    Annotation,
    Article,
    Claim,
    Entity,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    Modality,
    PartialDate,
    Polarity,
    Quotation,
    QuotationKind,
    Span,
)
from kg.model.jsonl import annotation_line, entity_line, parse_annotation, parse_entity

ANNOTATION = Annotation(
    article=Article(
        "a", "Ada Example attacked Bo Sample.", "T", PartialDate.parse("2016-04"), None, "The Made-up Post"
    ),
    entities=(
        LocalEntity("e1", EntityType.PERSON, "Ada Example", ("Example",), None, 0.4, "female"),
        LocalEntity("e2", EntityType.PERSON, "Bo Sample", (), "Q1", 0.9),
    ),
    mentions=(Mention(Span(0, 11), MentionKind.NAME, "e1"), Mention(Span(21, 30), MentionKind.NAME, "e2")),
    claims=(
        Claim(
            "criticizes",
            "e1",
            "e2",
            Span(0, 31),
            0,
            "criticizes:verb",
            0.7,
            "attacked",
            Polarity.NEGATIVE,
            Modality.REPORTED,
            "e2",
            0,
            (("startTime", "2016"),),
        ),
    ),
    quotations=(Quotation(QuotationKind.INDIRECT, Span(12, 20), "e1", Span(0, 11), None),),
    sentences=(Span(0, 31),),
    annotator="x",
)


def test_round_trip() -> None:
    assert parse_annotation(annotation_line(ANNOTATION)) == ANNOTATION


def test_contract_keys() -> None:
    row = json.loads(annotation_line(ANNOTATION))
    assert {"article", "entities", "mentions", "claims", "quotations"} <= row.keys()
    assert row["claims"][0]["evidence"] == {"start": 0, "end": 31}
    assert row["quotations"][0]["cue"] is None


def test_entity_round_trip() -> None:
    entity = Entity(
        "person/ada-example-0a1b2c3d",
        EntityType.PERSON,
        "Ada Example",
        ("Example",),
        None,
        0.4,
        None,
        None,
        (("k", "e1"),),
    )
    assert parse_entity(entity_line(entity)) == entity
