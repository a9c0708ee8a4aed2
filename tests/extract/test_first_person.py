from __future__ import annotations

from collections.abc import Callable

from kg.model import Annotation, MentionKind

Annotate = Callable[[str], Annotation]


def pronouns(annotation: Annotation) -> list[tuple[str, str]]:
    names = {entity.id: entity.name for entity in annotation.entities}
    text = annotation.article.text
    return [(m.span.of(text), names[m.entity]) for m in annotation.mentions if m.kind is MentionKind.PRONOUN]


def test_i_inside_a_quotation_is_who_says_it(annotate: Annotate) -> None:
    found = annotate('"I did my work," said Ada Example. Thomas Sample disagreed: "I never saw it."')
    assert pronouns(found) == [("I", "Ada Example"), ("my", "Ada Example"), ("I", "Thomas Sample")]


def test_i_outside_quotation_marks_is_nobody_named(annotate: Annotate) -> None:
    assert pronouns(annotate("Ada Example spoke. I was there.")) == []
