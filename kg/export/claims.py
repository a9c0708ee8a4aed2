"""Claims of all articles in one flat list, local ids replaced by entities: what every export starts from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import ExportError
from kg.model import Annotation, Article, Claim, Entity, Modality, Polarity, Resolution, Span

DENIES = "denies"
"""The relation whose claims answer other claims."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim with its article and entities; `article_key` is the article's key, which is dear to compute.

    `index` is the claim's place in its article's claims. `denials` are the places, in the same article, of
    the denials that answer it. `context` covers the whole sentences around the evidence.
    """

    article: Article
    article_key: str
    index: int
    claim: Claim
    subject: Entity
    object: Entity | None
    attributed_to: Entity | None
    denials: tuple[int, ...]
    context: Span

    @property
    def key(self) -> tuple[str, int]:
        """What tells one claim from every other."""
        return (self.article_key, self.index)

    @property
    def counted(self) -> bool:
        """Whether the claim is positive and asserted or reported, so that tables and graphs count it."""
        return is_counted(self.claim)


def is_counted(claim: Claim) -> bool:
    """Whether the passage says that the claim holds: positive, and asserted or reported."""
    return claim.polarity is Polarity.POSITIVE and claim.modality is not Modality.HYPOTHETICAL


def claim_rows(annotations: Iterable[Annotation], resolution: Resolution) -> tuple[ClaimRow, ...]:
    """The claims of `annotations`, sorted by article id and place; an article that comes twice counts once.

    ExportError where a claim names an entity that `resolution` does not hold.
    """
    entities = resolution.lookup()
    by_key = {annotation.article.key: annotation for annotation in annotations}
    ordered = sorted(by_key.items(), key=lambda item: (item[1].article.id, item[0]))
    return tuple(row for key, annotation in ordered for row in _rows(annotation, key, entities))


def _rows(annotation: Annotation, article_key: str, entities: dict[tuple[str, str], Entity]) -> Iterable[ClaimRow]:
    def entity(local: str) -> Entity:
        found = entities.get((article_key, local))
        if found is None:
            raise ExportError(
                f"article {annotation.article.id!r} has a claim about entity {local!r}, which the resolution "
                "does not know; resolve these annotations again"
            )
        return found

    def optional(local: str | None) -> Entity | None:
        return None if local is None else entity(local)

    answers: dict[int, list[int]] = {}
    for index, claim in enumerate(annotation.claims):
        if claim.relation == DENIES and claim.about is not None and is_counted(claim):
            answers.setdefault(claim.about, []).append(index)
    for index, claim in enumerate(annotation.claims):
        yield ClaimRow(
            article=annotation.article,
            article_key=article_key,
            index=index,
            claim=claim,
            subject=entity(claim.subject),
            object=optional(claim.object),
            attributed_to=optional(claim.attributed_to),
            denials=tuple(answers.get(index, ())),
            context=_context(claim.evidence, annotation.sentences),
        )


def _context(evidence: Span, sentences: Sequence[Span]) -> Span:
    around = [sentence for sentence in sentences if sentence.overlaps(evidence)]
    starts = [evidence.start, *(sentence.start for sentence in around)]
    ends = [evidence.end, *(sentence.end for sentence in around)]
    return Span(min(starts), max(ends))
