"""Invented articles, people, parties and outlets (press.yaml), and short ways to annotate them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import yaml

from kg.export.claims import ClaimRow
from kg.merge.verdict import Comparison, Verdict
from kg.model import (
    Annotation,
    Article,
    Claim,
    Entity,
    EntityType,
    LocalEntity,
    Modality,
    PartialDate,
    Polarity,
    Resolution,
    Span,
)
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, Time

PRESS = Path(__file__).parent / "export" / "press.yaml"


def _cast() -> dict[str, Entity]:
    people, parties, outlets = EntityType.PERSON, EntityType.PARTY, EntityType.OUTLET
    found = (
        Entity("Q990000001", people, "Ottoline Brackwater", score=0.97, gender="female"),
        Entity("Q990000002", people, "Quillon Marshferret", score=0.94, gender="male"),
        Entity("Q990000003", people, "Peregrine Thistlewick", score=0.91, gender="male"),
        Entity("Q990000004", people, "Dagny Ollerenquist", score=0.88, gender="female"),
        Entity("Q990000005", people, "Fenwick Umberleigh", score=0.83, gender="male"),
        Entity("person/isolde-crabtreen-1f00aa01", people, "Isolde Crabtreen", gender="female"),
        Entity("person/bartolo-nettlefinch-1f00aa02", people, "Bartolo Nettlefinch", gender="male"),
        Entity("person/mirabel-quaystone-1f00aa03", people, "Mirabel Quaystone"),
        Entity("Q990000011", parties, "Lantern Party", score=0.99),
        Entity("Q990000012", parties, "Harbour League", score=0.99),
        Entity("party/orchard-alliance-1f00bb01", parties, "Orchard Alliance"),
        Entity("Q990000021", outlets, "Saltmarsh Courier", score=0.9),
        Entity("outlet/radio-windlass-1f00cc01", outlets, "Radio Windlass"),
        Entity("outlet/channel-thirty-nine-1f00cc02", outlets, "Channel Thirty-Nine"),
        Entity("organization/tidewater-audit-office-1f00dd01", EntityType.ORGANIZATION, "Tidewater Audit Office"),
        Entity("position/harbour-secretary-1f00ee01", EntityType.POSITION, "Harbour Secretary"),
        Entity("position/mayor-of-saltmarsh-1f00ee02", EntityType.POSITION, "Mayor of Saltmarsh"),
    )
    return {entity.name: replace(entity, wikidata=entity.id if entity.id.startswith("Q") else None) for entity in found}


CAST = _cast()


@dataclass(frozen=True)
class Said:
    """One claim: relation, subject, object, the evidence's words, and what differs from the rule."""

    relation: str
    subject: str
    object: str | None
    evidence: str
    detail: str | None = None
    modality: str = "asserted"
    polarity: str = "positive"
    confidence: float = 0.82
    by: str | None = None
    about: int | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()


def annotate(article: Article, *said: Said) -> Annotation:
    """The annotation of `article` with the given claims, in their order; a sentence ends with . ! or ?"""
    names = sorted({name for claim in said for name in (claim.subject, claim.object, claim.by) if name})
    local = {name: f"e{place}" for place, name in enumerate(names, start=1)}
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"\S[^.!?]*[.!?]+[”\"]?", article.text))
    entities = tuple(LocalEntity(local[name], CAST[name].type, name, wikidata=CAST[name].wikidata) for name in names)
    claims = tuple(_claim(claim, article.text, local, sentences) for claim in said)
    return Annotation(article=article, entities=entities, claims=claims, sentences=sentences)


def _claim(said: Said, text: str, local: dict[str, str], sentences: tuple[Span, ...]) -> Claim:
    start = text.index(said.evidence)
    return Claim(
        relation=said.relation,
        subject=local[said.subject],
        object=local[said.object] if said.object else None,
        evidence=Span(start, start + len(said.evidence)),
        sentence=sum(sentence.end <= start for sentence in sentences),
        extractor=f"{said.relation}:test",
        confidence=said.confidence,
        detail=said.detail,
        polarity=Polarity(said.polarity),
        modality=Modality(said.modality),
        attributed_to=local[said.by] if said.by else None,
        about=said.about,
        qualifiers=said.qualifiers,
    )


def resolve(*annotations: Annotation) -> Resolution:
    """Every entity of the cast that the annotations name, found by its name."""
    members: dict[str, list[tuple[str, str]]] = {}
    for annotation in annotations:
        for entity in annotation.entities:
            members.setdefault(entity.name, []).append((annotation.article.key, entity.id))
    found = [replace(CAST[name], members=tuple(sorted(places))) for name, places in members.items()]
    return Resolution(tuple(sorted(found, key=lambda entity: entity.id)))


def story(text: str, *, number: int = 1, title: str | None = None, **known: str | None) -> Article:
    """An article; `known` may hold `outlet`, `published` and `url`."""
    published = known.get("published")
    return Article(
        f"saltmarsh-{number:02d}",
        text,
        title=title,
        published=PartialDate.parse(published) if published else None,
        outlet=known.get("outlet"),
        url=known.get("url"),
    )


def compared(rows: Iterable[ClaimRow]) -> list[Comparison]:
    """Parties, offices and employers beside Wikidata: every verdict in turn, whatever Wikidata would have."""
    since = Snak("P580", SnakType.VALUE, Time("+2019-00-00T00:00:00Z", 9))
    lantern = Statement(Snak("P102", SnakType.VALUE, EntityRef("Q990000011")), qualifiers=(since,))
    chosen = (row for row in rows if row.claim.relation in ("memberOf", "holdsPosition", "worksFor"))
    return [
        Comparison(
            article=row.article_key,
            claim=row.index,
            node="https://graph.invalid/claim/1",
            verdict=verdict,
            item=row.subject.id,
            property="P102",
            value="Q990000011",
            reason=f"<because> of {row.subject.name}",
            confidence=0.8,
            statement=None if verdict is Verdict.ADDS else lantern,
        )
        for row, verdict in zip(chosen, cycle(Verdict), strict=False)
    ]


def press() -> tuple[tuple[Annotation, ...], Resolution]:
    """The articles of press.yaml, annotated and resolved."""
    rows = yaml.safe_load(PRESS.read_text(encoding="utf-8"))
    found = tuple(
        annotate(
            story(
                row["text"],
                number=number,
                title=row["title"],
                outlet=row["outlet"],
                published=row["published"],
                url=f"https://news.invalid/saltmarsh/{number}",
            ),
            *(
                Said(relation, subject, target, evidence, **rest)
                for relation, subject, target, evidence, rest in row["claims"]
            ),
        )
        for number, row in enumerate(rows, start=1)
    )
    return found, resolve(*found)
