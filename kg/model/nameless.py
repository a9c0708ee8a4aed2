"""Entities that an article never names: known by pronouns only, they are no nodes of a graph."""

from __future__ import annotations

from dataclasses import replace

from kg.model.annotation import Annotation, MentionKind


def without_nameless(annotation: Annotation) -> Annotation:
    """The annotation without entities that only pronouns mention, and without their claims.

    "He was educated at Example College", where nobody says who he is, stays in annotations.jsonl and goes no further.
    """
    named = {mention.entity for mention in annotation.mentions if mention.kind is not MentionKind.PRONOUN}
    pronouns = {mention.entity for mention in annotation.mentions if mention.kind is MentionKind.PRONOUN}
    nameless = pronouns - named
    if not nameless:
        return annotation
    kept = [
        number
        for number, claim in enumerate(annotation.claims)
        if not nameless & {claim.subject, claim.object, claim.attributed_to}
    ]
    new = {old: place for place, old in enumerate(kept)}
    claims = [annotation.claims[number] for number in kept]
    return replace(
        annotation,
        entities=tuple(entity for entity in annotation.entities if entity.id not in nameless),
        mentions=tuple(mention for mention in annotation.mentions if mention.entity not in nameless),
        claims=tuple(claim if claim.about is None else replace(claim, about=new.get(claim.about)) for claim in claims),
        quotations=tuple(
            replace(quotation, speaker=None) if quotation.speaker in nameless else quotation
            for quotation in annotation.quotations
        ),
    )
