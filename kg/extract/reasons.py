"""What a learnt score saw of a finding: its features, and what each added. Asked for by `kg explain` only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extract.base import End, Finding, Scene
from kg.extract.biography import CHILD, EMPLOYER, PARTY, SCHOOL, SPOUSE, candidates, load_heads
from kg.extract.cues import stance_cues
from kg.extract.judged import PATTERN as JUDGED
from kg.extract.judged import judge_pairs
from kg.extract.pair_features import features
from kg.extract.pairs import Pair, Pairs, Spot
from kg.extract.stance import all_stances
from kg.extract.stance_scorer import load_weights
from kg.extract.stance_scorer import reasons as stance_reasons

Reason = tuple[str, float]
"""A feature's name, and what it added to the score on the logistic scale."""
_HEADS = {
    "spouseOf": (SPOUSE,),
    "childOf": (CHILD,),
    "educatedAt": (SCHOOL,),
    "worksFor": (EMPLOYER,),
    "memberOf": (EMPLOYER, PARTY),
}
BIAS = "(where every score starts)"


def reasons_for(scene: Scene, finding: Finding) -> tuple[Reason, ...]:
    """The features of the score behind a finding, where it starts and then the strongest first.

    None where its rule has no learnt score.
    """
    for provider in _PROVIDERS:
        if found := provider(scene, finding):
            return tuple(sorted(found, key=lambda reason: (reason[0] != BIAS, -abs(reason[1]), reason[0])))
    return ()


def _biography(scene: Scene, finding: Finding) -> Sequence[Reason]:
    """Those of the biographical heads."""
    if finding.pattern not in ("learnt", "kin"):
        return ()
    pairs = Pairs(scene.reading, scene.lexicon)
    best: tuple[float, list[Reason]] = (0.0, [])
    for name in _HEADS.get(finding.relation, ()):
        head = load_heads()[name]
        for pair in candidates(pairs, name):
            if not _joins(pair, finding):
                continue
            seen = features(pairs, pair)
            probability = head.probability(seen)
            if probability > best[0]:
                added = [(feature, head.weights[feature]) for feature in seen if feature in head.weights]
                best = (probability, [(BIAS, head.bias), *added])
    return best[1]


def _joins(pair: Pair, finding: Finding) -> bool:
    """Whether the pair stands in the evidence and its two are the finding's ends."""
    if not all(finding.start <= spot.start and spot.end <= finding.end for spot in (pair.first, pair.second)):
        return False
    ends = (finding.subject, finding.object)
    straight = _is(pair.first, ends[0]) and _is(pair.second, ends[1])
    return straight or (_is(pair.first, ends[1]) and _is(pair.second, ends[0]))


def _is(spot: Spot, end: End | None) -> bool:
    if end is None:
        return False
    return spot.who == end if isinstance(end, int) else spot.start == end.start or spot.start in end.pronouns


def _stance(scene: Scene, finding: Finding) -> Sequence[Reason]:
    """Those of the decision on stands."""
    if finding.pattern != JUDGED:
        return ()
    stand = "supports" if finding.relation == "supports" else "hostile"
    cues = stance_cues()
    for judged in judge_pairs(scene, all_stances(scene, cues), cues):
        pair = judged.pair
        here = pair.sentence == scene.reading.sentence_of[finding.trigger]
        if here and (pair.holder, pair.target) == (finding.subject, finding.object):
            return stance_reasons(judged.features, judged.row, stand, load_weights())
    return ()


_PROVIDERS: tuple[Callable[[Scene, Finding], Sequence[Reason]], ...] = (_biography, _stance)
"""Each knows the findings of one learnt score and says nothing of others."""
