"""The lines of annotations.jsonl and entities.jsonl, to and from the frozen types.

An annotation's line keeps to the output contract (docs/annotations.md): article, entities, mentions, claims,
quotations. Keys beyond it (`sentences`, `annotator`, `language`, `boilerplate`, a claim's `sentence`, `extractor`,
`attributedTo`, `about`) are added, none is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.model.annotation import (
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
from kg.model.article import Article
from kg.model.dates import PartialDate
from kg.model.entity import Entity
from kg.model.spans import Span


def annotation_line(annotation: Annotation) -> str:
    """One JSON object without a line end."""
    return _dump(
        {
            "article": _article(annotation.article),
            "entities": [_local_entity(entity) for entity in annotation.entities],
            "mentions": [{**_span(m.span), "kind": m.kind.value, "entity": m.entity} for m in annotation.mentions],
            "claims": [_claim(claim) for claim in annotation.claims],
            "quotations": [_quotation(quotation) for quotation in annotation.quotations],
            "sentences": [[s.start, s.end] for s in annotation.sentences],
            "annotator": annotation.annotator,
            **({} if annotation.language is None else {"language": annotation.language}),
        }
    )


def parse_annotation(line: str) -> Annotation:
    """The annotation of one line; ValueError, KeyError or TypeError where the line breaks the contract."""
    row = json.loads(line)
    return Annotation(
        article=_parse_article(row["article"]),
        entities=tuple(_parse_local_entity(e) for e in row["entities"]),
        mentions=tuple(Mention(_parse_span(m), MentionKind(m["kind"]), m["entity"]) for m in row["mentions"]),
        claims=tuple(_parse_claim(c) for c in row["claims"]),
        quotations=tuple(_parse_quotation(q) for q in row["quotations"]),
        sentences=tuple(Span(start, end) for start, end in row.get("sentences", ())),
        annotator=row.get("annotator", ""),
        language=row.get("language"),
    )


def entity_line(entity: Entity) -> str:
    """One JSON object without a line end."""
    return _dump(
        {
            "id": entity.id,
            "type": entity.type.value,
            "name": entity.name,
            "aliases": list(entity.aliases),
            "wikidata": entity.wikidata,
            "score": entity.score,
            "gender": entity.gender,
            "description": entity.description,
            "members": [list(member) for member in entity.members],
        }
    )


def parse_entity(line: str) -> Entity:
    """The entity of one line; ValueError, KeyError or TypeError where the line is not one."""
    row = json.loads(line)
    return Entity(
        id=row["id"],
        type=EntityType(row["type"]),
        name=row["name"],
        aliases=tuple(row["aliases"]),
        wikidata=row["wikidata"],
        score=row["score"],
        gender=row["gender"],
        description=row["description"],
        members=tuple((key, local) for key, local in row["members"]),
    )


def _dump(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": "))


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _optional_span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else _span(span)


def _article(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "published": None if article.published is None else str(article.published),
        "url": article.url,
        "outlet": article.outlet,
        "text": article.text,
        "boilerplate": [[s.start, s.end] for s in article.boilerplate],
        "source": article.source,
    }


def _local_entity(entity: LocalEntity) -> dict[str, object]:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "wikidata": entity.wikidata,
        "score": entity.score,
        "gender": entity.gender,
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "relation": claim.relation,
        "subject": claim.subject,
        "object": claim.object,
        "detail": claim.detail,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "confidence": claim.confidence,
        "evidence": _span(claim.evidence),
        "qualifiers": dict(claim.qualifiers),
        "sentence": claim.sentence,
        "extractor": claim.extractor,
        "attributedTo": claim.attributed_to,
        "about": claim.about,
    }


def _quotation(quotation: Quotation) -> dict[str, object]:
    return {
        "speaker": quotation.speaker,
        "kind": quotation.kind.value,
        "source": _optional_span(quotation.source),
        "cue": _optional_span(quotation.cue),
        "content": _span(quotation.content),
    }


def _parse_span(row: Mapping[str, int]) -> Span:
    return Span(row["start"], row["end"])


def _parse_optional_span(row: Mapping[str, int] | None) -> Span | None:
    return None if row is None else _parse_span(row)


def _parse_article(row: Mapping[str, Any]) -> Article:
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        published=None if row["published"] is None else PartialDate.parse(row["published"]),
        url=row["url"],
        outlet=row["outlet"],
        boilerplate=tuple(Span(start, end) for start, end in row.get("boilerplate", ())),
        source=row.get("source", ""),
    )


def _parse_local_entity(row: Mapping[str, Any]) -> LocalEntity:
    return LocalEntity(
        id=row["id"],
        type=EntityType(row["type"]),
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        wikidata=row["wikidata"],
        score=row["score"],
        gender=row.get("gender"),
    )


def _parse_claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        relation=row["relation"],
        subject=row["subject"],
        object=row["object"],
        evidence=_parse_span(row["evidence"]),
        sentence=row.get("sentence", 0),
        extractor=row.get("extractor", ""),
        confidence=row["confidence"],
        detail=row["detail"],
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        attributed_to=row.get("attributedTo"),
        about=row.get("about"),
        qualifiers=tuple(sorted(row["qualifiers"].items())),
    )


def _parse_quotation(row: Mapping[str, Any]) -> Quotation:
    return Quotation(
        kind=QuotationKind(row["kind"]),
        content=_parse_span(row["content"]),
        speaker=row["speaker"],
        source=_parse_optional_span(row["source"]),
        cue=_parse_optional_span(row["cue"]),
    )
