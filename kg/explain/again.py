"""A recorded claim beside what annotating its article anew gives."""

from __future__ import annotations

from collections.abc import Sequence

from kg.explain.explanation import Again
from kg.explain.references import ClaimPlace
from kg.extract.base import Finding, Scene
from kg.extract.reasons import reasons_for
from kg.model import Annotation, Claim


def compare(
    place: ClaimPlace, anew: Annotation, scene: Scene | None, findings: Sequence[Finding], *, same_program: bool
) -> Again:
    """The claim as it is found anew, with the word that set its rule off and the features of a learnt score.

    `scene` and `findings` are what the extractors saw of the article; None and nothing where they saw nothing.
    """
    claim = _same_claim(place, anew)
    if claim is None:
        return Again(same_program, None)
    finding = None if scene is None else _finding_of(claim, scene, findings)
    if scene is None or finding is None:
        return Again(same_program, claim)
    return Again(
        same_program,
        claim,
        scene.reading.doc[finding.trigger].text,
        round(finding.confidence, 2),
        reasons_for(scene, finding),
    )


def _same_claim(place: ClaimPlace, anew: Annotation) -> Claim | None:
    """The claim with the same relation and names whose evidence overlaps most; None where there is none."""
    recorded = place.annotation.claims[place.index]
    wanted = _names(place.annotation, recorded)
    best: tuple[int, Claim] | None = None
    for claim in anew.claims:
        shared = min(claim.evidence.end, recorded.evidence.end) - max(claim.evidence.start, recorded.evidence.start)
        same = claim.relation == recorded.relation and claim.polarity is recorded.polarity
        if same and shared > 0 and _names(anew, claim) == wanted and (best is None or shared > best[0]):
            best = shared, claim
    return None if best is None else best[1]


def _names(annotation: Annotation, claim: Claim) -> tuple[str, str | None]:
    names = {entity.id: entity.name for entity in annotation.entities}
    return names[claim.subject], None if claim.object is None else names[claim.object]


def _finding_of(claim: Claim, scene: Scene, findings: Sequence[Finding]) -> Finding | None:
    """The finding that the claim was made of: the surest with its rule and evidence."""
    fitting = [
        finding
        for finding in findings
        if f"{finding.relation}:{finding.pattern}" == claim.extractor
        and scene.reading.span(finding.start, finding.end) == claim.evidence
        and finding.polarity is claim.polarity
        and scene.reading.sentence_of[finding.trigger] == claim.sentence
    ]
    return max(fitting, key=lambda finding: (finding.confidence, -finding.trigger), default=None)
