"""Who says so: claims between quotation marks carry their speaker."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Annotation, Claim, Modality


def claim_of(annotation: Annotation, relation: str) -> tuple[Claim, str | None]:
    claim = next(c for c in annotation.claims if c.relation == relation)
    names = {entity.id: entity.name for entity in annotation.entities}
    return claim, None if claim.attributed_to is None else names[claim.attributed_to]


def test_an_office_in_somebodys_words_is_his(annotate: Callable[[str], Annotation]) -> None:
    text = '"I never met the Labour MP Bertram Sample," said Ada Example.'
    for relation in ("memberOf", "holdsPosition"):
        claim, speaker = claim_of(annotate(text), relation)
        assert speaker == "Ada Example"
        assert claim.modality is Modality.ASSERTED


def test_the_reporters_own_words_are_nobodys(annotate: Callable[[str], Annotation]) -> None:
    _, speaker = claim_of(annotate("Ada Example said that she never met the Labour MP Bertram Sample."), "memberOf")
    assert speaker is None


def test_what_somebody_is_said_to_have_said(annotate: Callable[[str], Annotation]) -> None:
    text = '"Bertram Sample accused Cora Testwell of fraud," said Ada Example.'
    claim, speaker = claim_of(annotate(text), "accuses")
    assert speaker == "Ada Example"
    assert claim.modality is Modality.REPORTED
