from __future__ import annotations

from kg.model import (
    Annotation,
    Article,
    Claim,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    Quotation,
    QuotationKind,
    Span,
)
from kg.model.nameless import without_nameless

TEXT = "He left. Ada Example denied it, she said."
HE, ADA = "e1", "e2"


def claim(subject: str, object_: str | None, about: int | None = None) -> Claim:
    return Claim("denies", subject, object_, Span(0, 8), 0, "denies:test", 0.5, about=about)


def test_who_is_known_by_pronouns_only_goes_with_all_claims() -> None:
    annotation = Annotation(
        article=Article("a", TEXT),
        entities=(LocalEntity(HE, EntityType.PERSON, "he"), LocalEntity(ADA, EntityType.PERSON, "Ada Example")),
        mentions=(
            Mention(Span(0, 2), MentionKind.PRONOUN, HE),
            Mention(Span(9, 20), MentionKind.NAME, ADA),
            Mention(Span(32, 35), MentionKind.PRONOUN, ADA),
        ),
        claims=(claim(HE, ADA), claim(ADA, None), claim(ADA, None, about=1), claim(ADA, None, about=0)),
        quotations=(Quotation(QuotationKind.INDIRECT, Span(0, 8), speaker=HE),),
    )
    found = without_nameless(annotation)
    assert [entity.id for entity in found.entities] == [ADA]
    assert {mention.entity for mention in found.mentions} == {ADA}
    assert [(c.subject, c.about) for c in found.claims] == [(ADA, None), (ADA, 0), (ADA, None)]
    assert found.quotations[0].speaker is None


def test_entities_without_any_mention_stay() -> None:
    annotation = Annotation(article=Article("a", TEXT), entities=(LocalEntity(ADA, EntityType.PERSON, "Ada Example"),))
    assert without_nameless(annotation) == annotation
