from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kg.model import (
    Annotation,
    Article,
    Claim,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    PartialDate,
    Span,
)
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.starter import load_starter

Make = Callable[..., Annotation]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_starter()


@pytest.fixture
def make() -> Make:
    """An annotation: entities (id, type, name[, aliases[, gender]]), claims (relation, subject, object)."""

    def build(
        text: str,
        *entities: tuple[object, ...],
        claims: tuple[tuple[str, str, str], ...] = (),
        published: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        article: str = "a",
    ) -> Annotation:
        local, mentions = [], []
        for entity in entities:
            ident, kind, name, aliases, gender = (*entity, *((), None)[len(entity) - 3 :])
            local.append(LocalEntity(str(ident), EntityType(kind), str(name), tuple(aliases), gender=gender))  # type: ignore[arg-type]
            for form in (name, *aliases):  # type: ignore[misc]
                for match in re.finditer(rf"\b{re.escape(str(form))}\b", text):
                    span = Span(match.start(), match.end())
                    mentions.append(Mention(span, MentionKind.NAME, str(ident)))
        made = tuple(
            Claim(relation, subject, target, Span(0, min(5, len(text))), 0, f"{relation}:test", 0.9)
            for relation, subject, target in claims
        )
        day = None if published is None else PartialDate.parse(published)
        return Annotation(
            Article(article, text, published=day, outlet=outlet, url=url),
            tuple(local),
            tuple(sorted(set(mentions))),
            made,
        )

    return build
