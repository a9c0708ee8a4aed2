"""Which claims the accepts and rejects are about, whatever happened to the claims since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.model import Annotation, Claim
from kg.model.decision import Decision, Decisions, JudgedClaim, Verdict
from kg.model.sentences import plain_sentence, sentences_around
from kg.rdf.claim_nodes import ClaimNode, claim_nodes
from kg.rdf.namespaces import Namespaces

ClaimPlace = tuple[str, int]
"""An article's key, and the place of a claim in its annotation's claims."""


def judged_claim(annotation: Annotation, index: int, namespaces: Namespaces) -> JudgedClaim:
    """The claim as a decision keeps it."""
    return _judged(annotation, claim_nodes(annotation, namespaces)[index], annotation.article.key)


def judged_claims(
    decisions: Decisions, annotations: Iterable[Annotation], namespaces: Namespaces
) -> dict[ClaimPlace, Decision]:
    """The accept or reject in force of each claim that has one."""
    return dict(_in_force(decisions.on_claims, annotations, namespaces))


def skipped_claims(
    decisions: Decisions, annotations: Iterable[Annotation], namespaces: Namespaces, *, reviewer: str
) -> dict[ClaimPlace, Decision]:
    """The skips of one reviewer, by claim."""
    skips = [d for d in decisions.standing if d.verdict is Verdict.SKIP and d.claim is not None]
    return dict(_in_force([d for d in skips if d.reviewer == reviewer], annotations, namespaces))


def without_rejected(
    annotations: Sequence[Annotation], decisions: Decisions, namespaces: Namespaces
) -> list[Annotation]:
    """The annotations without the claims that people rejected; a denial of one of those answers nothing."""
    judged = judged_claims(decisions, annotations, namespaces)
    gone: dict[str, set[int]] = defaultdict(set)
    for (key, index), decision in judged.items():
        if decision.verdict is Verdict.REJECT:
            gone[key].add(index)
    if not gone:
        return list(annotations)
    return [_without(annotation, gone.get(annotation.article.key, set())) for annotation in annotations]


def _without(annotation: Annotation, gone: set[int]) -> Annotation:
    if not gone:
        return annotation
    kept = [index for index in range(len(annotation.claims)) if index not in gone]
    new = {old: place for place, old in enumerate(kept)}
    claims = [annotation.claims[index] for index in kept]
    return replace(
        annotation,
        claims=tuple(claim if claim.about is None else replace(claim, about=new.get(claim.about)) for claim in claims),
    )


def _in_force(
    by_time: Sequence[Decision], annotations: Iterable[Annotation], namespaces: Namespaces
) -> Iterator[tuple[ClaimPlace, Decision]]:
    of_article: dict[str, list[Decision]] = defaultdict(list)
    for decision in by_time:
        if decision.claim is not None:
            of_article[decision.claim.article].append(decision)
    for key, annotation in _by_key(annotations, of_article).items():
        for index, decision in _of_article(annotation, key, of_article[key], namespaces):
            yield (key, index), decision


def _by_key(annotations: Iterable[Annotation], wanted: Iterable[str]) -> dict[str, Annotation]:
    wanted = set(wanted)
    if not wanted:
        return {}
    return {key: annotation for annotation in annotations if (key := annotation.article.key) in wanted}


def _of_article(
    annotation: Annotation, article: str, by_time: Sequence[Decision], namespaces: Namespaces
) -> Iterator[tuple[int, Decision]]:
    """By claim key; what then is left over, by all that tells a claim whose sentence or words were cut otherwise."""
    claims = [_judged(annotation, item, article) for item in claim_nodes(annotation, namespaces)]
    found: dict[int, Decision] = {}
    left: list[Decision] = []
    for decision in by_time:
        wanted = decision.claim
        assert wanted is not None
        same_key = [index for index, claim in enumerate(claims) if claim.key == wanted.key]
        for index in same_key:
            if claims[index].says == wanted.says:
                found[index] = decision
        if not same_key:
            left.append(decision)
    again: dict[int, Decision] = {}
    for decision in left:
        assert decision.claim is not None
        alike = [
            index
            for index, claim in enumerate(claims)
            if index not in found and _alike(claim, annotation.claims[index], decision.claim, annotation)
        ]
        if len({claims[index].key for index in alike}) == 1:
            again |= dict.fromkeys(alike, decision)
    yield from sorted((found | again).items())


def _alike(now: JudgedClaim, claim: Claim, then: JudgedClaim, annotation: Annotation) -> bool:
    """The same relation between the same two, in a sentence or with a detail of which one holds the other."""
    return (
        now.relation == then.relation
        and now.says == then.says
        and _named(annotation, claim.subject, then.subject)
        and (now.object is None) == (then.object is None)
        and (then.object is None or claim.object is None or _named(annotation, claim.object, then.object))
        and _nested(now.sentence, then.sentence)
        and _nested(now.detail or "", then.detail or "")
    )


def _named(annotation: Annotation, local: str, name: str) -> bool:
    entity = next(entity for entity in annotation.entities if entity.id == local)
    return plain_sentence(name) in {plain_sentence(other) for other in (entity.name, *entity.aliases)}


def _nested(one: str, other: str) -> bool:
    short, long = sorted((plain_sentence(one), plain_sentence(other)), key=len)
    return short in long


def _judged(annotation: Annotation, item: ClaimNode, article: str) -> JudgedClaim:
    claim = item.claim
    names = {entity.id: entity.name for entity in annotation.entities}
    return JudgedClaim(
        key=item.key,
        article=article,
        article_id=annotation.article.id,
        relation=claim.relation,
        subject=names[claim.subject],
        object=None if claim.object is None else names[claim.object],
        detail=claim.detail,
        sentence=" ".join(sentences_around(annotation, claim.evidence).of(annotation.article.text).split()),
        polarity=claim.polarity,
        modality=claim.modality,
    )
