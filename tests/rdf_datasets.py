"""Hypothesis strategies for annotations of any text, and their entities."""

from __future__ import annotations

from hypothesis import strategies as st

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
    Resolution,
    Span,
)
from kg.ontology import Ontology
from kg.rdf.vocab import MARKS, TIMES

LOCAL_IDS = ("e1", "e2", "e3")

texts = st.text(st.characters(exclude_categories=()))
some_text = st.text(st.characters(exclude_categories=()), min_size=1)
scores = st.floats(0, 1)
dates = st.dates().map(str).flatmap(lambda day: st.sampled_from([day[:4], day[:7], day])).map(PartialDate.parse)


def _is_plain(name: str) -> bool:
    """Whether a qualifier's name asks for no form of its value, as those of times do."""
    return name not in TIMES and name not in MARKS


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def claims(draw: st.DrawFn, length: int, ontology: Ontology, others: int) -> Claim:
    relation = draw(st.sampled_from(ontology.relations))
    targets = st.sampled_from(LOCAL_IDS)
    return Claim(
        relation=relation.name,
        subject=draw(st.sampled_from(LOCAL_IDS)),
        object=draw(st.none() | targets if relation.object_optional else targets),
        evidence=draw(spans(length)),
        sentence=0,
        extractor=draw(texts),
        confidence=draw(scores),
        detail=draw(st.none() | texts),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        attributed_to=draw(st.none() | st.sampled_from(LOCAL_IDS)),
        about=draw(st.none() | st.integers(0, others - 1)),
        qualifiers=tuple(draw(st.lists(st.tuples(some_text.filter(_is_plain), texts), max_size=2))),
    )


@st.composite
def annotations(draw: st.DrawFn, ontology: Ontology) -> Annotation:
    """An annotation that keeps to the model's contract, with claims that may be equal or share a sentence."""
    text = draw(some_text)
    length = len(text)
    article = Article(
        id=draw(some_text),
        text=text,
        title=draw(st.none() | texts),
        published=draw(st.none() | dates),
        url=draw(st.none() | texts | texts.map("https://kettle.example/".__add__)),
        outlet=draw(st.none() | texts),
    )
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    count = draw(st.integers(0, 4))
    found = [draw(claims(length, ontology, count)) for _ in range(count)]
    quotations = st.builds(
        Quotation,
        st.sampled_from(QuotationKind),
        spans(length),
        st.none() | st.sampled_from(LOCAL_IDS),
        st.none() | spans(length),
        st.none() | spans(length),
    )
    mentions = st.builds(Mention, spans(length), st.sampled_from(MentionKind), st.sampled_from(LOCAL_IDS))
    return Annotation(
        article=article,
        entities=tuple(LocalEntity(local, draw(st.sampled_from(EntityType)), draw(texts)) for local in LOCAL_IDS),
        mentions=tuple(draw(st.lists(mentions, max_size=4))),
        claims=tuple(found),
        quotations=tuple(draw(st.lists(quotations, max_size=2))),
        sentences=tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)),
        annotator=draw(texts),
    )


@st.composite
def resolutions(draw: st.DrawFn, annotation: Annotation) -> Resolution:
    """Entities for all local ids and perhaps the outlet, some linked, some of several local ids."""
    key = annotation.article.key
    outlet = ("@outlet",) if draw(st.booleans()) else ()
    groups: dict[int, list[str]] = {}
    for local in (*LOCAL_IDS, *outlet):
        groups.setdefault(draw(st.integers(0, 3)), []).append(local)
    entities = []
    for number, members in groups.items():
        linked = draw(st.booleans())
        entity_id = f"Q{9_999_999_990 + number}" if linked else f"person/{draw(some_slug)}-{number:08x}"
        entities.append(
            Entity(
                id=entity_id,
                type=draw(st.sampled_from(EntityType)),
                name=draw(some_text),
                aliases=tuple(draw(st.lists(some_text, max_size=2))),
                wikidata=entity_id if linked else None,
                score=draw(scores),
                gender=draw(st.none() | st.sampled_from(["male", "female"])),
                description=draw(st.none() | texts),
                members=tuple(sorted((key, local) for local in members)),
            )
        )
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.id)))


some_slug = st.text(min_size=1, max_size=8)
