"""Runs the case folders: tests/extract/<relation>/cases.yaml.

A file is a list of cases:

    - text: Ada Example told the BBC that she would stay.
      claims:                       # all of these must be found (default: none)
        - {subject: Ada Example, object: BBC}
      not:                          # and none of these (default: none); `object` may be left out for "any"
        - {subject: Bertram Sample, object: BBC}
      open: true                    # other claims of this relation may be found as well (default: false)
      note: why the case is there

`subject` and `object` are the names of the entities (`object: null` for a claim without one). `detail`,
`polarity` and `modality` are compared where a claim gives them; without `polarity` a claim must be positive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract.extractor import load_relations
from kg.model import Annotation, Claim, Span

Case = Mapping[str, Any]

FOLDER = Path(__file__).parent
CASE_KEYS = {"text", "claims", "not", "open", "note"}
CLAIM_KEYS = {"subject", "object", "detail", "polarity", "modality"}


def _cases(path: Path) -> list[Case]:
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(cases, list):
        raise TypeError(f"{path} must be a list of cases")
    for number, case in enumerate(cases):
        if not isinstance(case, dict) or "text" not in case or not case.keys() <= CASE_KEYS:
            raise ValueError(f"case {number} of {path} needs a text and no keys but {sorted(CASE_KEYS)}: {case!r}")
        for claim in (*case.get("claims", ()), *case.get("not", ())):
            if not isinstance(claim, dict) or "subject" not in claim or not claim.keys() <= CLAIM_KEYS:
                raise ValueError(
                    f"case {number} of {path}: a claim has a subject and only {sorted(CLAIM_KEYS)}: {claim}"
                )
        if lost := [claim for claim in case.get("claims", ()) if "object" not in claim]:
            raise ValueError(f"case {number} of {path}: a wanted claim needs its object or null: {lost[0]!r}")
    return cases


def _parameters() -> list[Any]:
    return [
        pytest.param(path.parent.name, case, id=f"{path.parent.name}-{number:03}-{case['text'][:50].strip()}")
        for path in sorted(FOLDER.glob("*/cases.yaml"))
        for number, case in enumerate(_cases(path))
    ]


def _plain(text: str) -> str:
    words = text.casefold().replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class _Found:
    """One claim with the names of its ends."""

    def __init__(self, claim: Claim, annotation: Annotation) -> None:
        names = {entity.id: entity.name for entity in annotation.entities}
        self.claim = claim
        self.subject = names[claim.subject]
        self.object = None if claim.object is None else names[claim.object]
        self.evidence = claim.evidence.of(annotation.article.text)

    def fits(self, wanted: Mapping[str, Any]) -> bool:
        if _plain(self.subject) != _plain(wanted["subject"]):
            return False
        if "object" in wanted:
            target = wanted["object"]
            if target is None or self.object is None:
                if target is not self.object:
                    return False
            elif _plain(target) != _plain(self.object):
                return False
        if "detail" in wanted and _plain(wanted["detail"] or "") != _plain(self.claim.detail or ""):
            return False
        if wanted.get("polarity", "positive") != self.claim.polarity.value:
            return False
        return wanted.get("modality", self.claim.modality.value) == self.claim.modality.value

    def __repr__(self) -> str:
        claim = self.claim
        return (
            f"{self.subject} -> {self.object} (detail {claim.detail!r}, {claim.polarity.value}, "
            f"{claim.modality.value}, {claim.extractor}, in {self.evidence!r})"
        )


@pytest.mark.parametrize(("relation", "case"), _parameters())
def test_case(relation: str, case: Case, annotate: Callable[[str], Annotation]) -> None:
    annotation = annotate(case["text"])
    found = [_Found(claim, annotation) for claim in annotation.claims if claim.relation == relation]
    used: set[int] = set()
    for wanted in case.get("claims", ()):
        match = next((i for i, one in enumerate(found) if i not in used and one.fits(wanted)), None)
        assert match is not None, f"not found: {wanted}; found are {found}"
        used.add(match)
    for unwanted in case.get("not", ()):
        wrong = [one for one in found if one.fits(unwanted)]
        assert not wrong, f"must not be found: {wrong}"
    if not case.get("open", False):
        extra = [one for i, one in enumerate(found) if i not in used]
        assert not extra, f"found besides what is wanted: {extra}"


def test_every_relation_has_cases_and_every_case_folder_a_relation() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/cases.yaml")}
    assert folders == {relation.RELATION for relation in load_relations()}


@pytest.mark.parametrize("relation", [relation.RELATION for relation in load_relations()])
def test_cases_have_negatives(relation: str) -> None:
    cases: Sequence[Case] = _cases(FOLDER / relation / "cases.yaml")
    assert any(not case.get("claims") for case in cases), f"{relation} needs texts that yield nothing"


def test_evidence_and_mentions_stand_in_the_text(annotate: Callable[[str], Annotation]) -> None:
    for parameter in _parameters():
        annotation = annotate(parameter.values[1]["text"])
        length = len(annotation.article.text)
        spans: list[Span] = [claim.evidence for claim in annotation.claims]
        spans += [mention.span for mention in annotation.mentions]
        assert all(0 <= span.start < span.end <= length for span in spans)
