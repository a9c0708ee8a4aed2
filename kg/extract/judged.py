"""Stands that no rule finds but the learnt decision is sure enough of, as findings.

Hostile ones come out as criticizes: what makes an accusation is a cue word, which a rule sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.cues import StanceCues
from kg.extract.frames import Stance
from kg.extract.moods import mood_of
from kg.extract.speech import Range, trimmed
from kg.extract.stance_features import FeatureMaker, Features, clause_region
from kg.extract.stance_pairs import Pair, Place, sentence_bounds, stance_pairs
from kg.extract.stance_scorer import (
    STANDS,
    article_features,
    load_weights,
    probability,
    sentence_probabilities,
)
from kg.extract.verdicts import is_stated
from kg.model import Modality

PATTERN = "judged"
_HOSTILE = frozenset(["accuses", "criticizes"])
_ALLY = "holder is target's ally"
"""Somebody's spokesman, aide or relative is not held to attack him without a rule that sees it."""
_LONGEST = 40
"""A charge of more tokens is cut to the clause."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its features and the probability of each stand."""

    pair: Pair
    features: Features
    row: Features
    """What the second regression saw."""
    likely: dict[str, float]


def judge_pairs(scene: Scene, stances: Sequence[Stance], cues: StanceCues) -> tuple[Judged, ...]:
    """Every candidate of the article with its probabilities; worked out once."""
    found = scene.shared.get("judged")
    if isinstance(found, tuple):
        return found
    weights = load_weights()
    pairs = stance_pairs(scene, stances, cues)
    maker = FeatureMaker(scene, cues)
    features = [maker.features(pair) for pair in pairs]
    alone = [sentence_probabilities(row, weights) for row in features]
    rows = article_features(pairs, features, alone)
    judged = tuple(
        Judged(pair, own, row, {stand: probability(row, stand, weights) for stand in STANDS})
        for pair, own, row in zip(pairs, features, rows, strict=True)
    )
    scene.shared["judged"] = judged
    return judged


def judged_stances(scene: Scene, stances: Sequence[Stance], cues: StanceCues) -> tuple[Finding, ...]:
    """One finding at most for each holder, target and kind of stand: the likeliest sentence of those above the bar."""
    found = scene.shared.get("judged stances")
    if isinstance(found, tuple):
        return found
    least = load_weights().least
    best: dict[tuple[int, int, str], Judged] = {}
    for judged in judge_pairs(scene, stances, cues):
        pair = judged.pair
        if pair.here or not _is_said(scene, pair, cues):
            continue
        for stand in STANDS:
            if stand == "hostile" and _ALLY in judged.features:
                continue
            known = any((stance.relation in _HOSTILE) == (stand == "hostile") for stance in pair.elsewhere)
            bar = least.get(f"{stand} again", 1.1) if known else least[stand]
            key = (pair.holder, pair.target, stand)
            if judged.likely[stand] >= bar and (key not in best or judged.likely[stand] > best[key].likely[stand]):
                best[key] = judged
    bounds = sentence_bounds(scene) if best else {}
    findings = tuple(_finding(scene, best[key], key[2], bounds[best[key].pair.sentence]) for key in sorted(best))
    scene.shared["judged stances"] = findings
    return findings


def _is_said(scene: Scene, pair: Pair, cues: StanceCues) -> bool:
    """Whether the holder says it at all, where he speaks: not denied, asked, hoped, or left unsaid."""
    spoken = [place.layer for place in pair.places if place.holder is None]
    return not spoken or any(is_stated(scene, layer, cues) for layer in spoken)


def _finding(scene: Scene, judged: Judged, stand: str, sentence: Range) -> Finding:
    reading, pair = scene.reading, judged.pair
    place = next((place for place in pair.places if place.holder is None), pair.places[0])
    clause = clause_region(scene, place, sentence)
    detail = _detail(scene, place, pair.sentence, clause)
    relation = "supports" if stand == "supports" else "criticizes"
    start, end = detail or clause
    places = [start, end - 1, place.target.i]
    if place.holder is not None:
        places.append(place.holder.i)
    elif place.layer >= 0:
        source = scene.attributions[place.layer].source
        if source is not None and reading.sentence_of[source[0]] == pair.sentence:
            places += [source[0], source[1] - 1]
    modality = Modality.ASSERTED
    if place.holder is not None:
        modality = mood_of(_verb(place.holder))[1]
    speaker = scene.speaker_at(place.target.i)
    attributed = speaker if speaker != pair.holder else None
    if attributed is not None and modality is Modality.ASSERTED:
        modality = Modality.REPORTED
    return Finding(
        relation=relation,
        subject=pair.holder,
        object=pair.target,
        start=min(places),
        end=max(places) + 1,
        pattern=PATTERN,
        confidence=judged.likely[stand],
        trigger=place.target.i,
        detail=detail,
        modality=modality,
        attributed_to=attributed,
    )


def _verb(token: Token) -> Token:
    """The verb above a token."""
    current = token
    while current.pos_ not in ("VERB", "AUX") and current.head != current:
        current = current.head
    return current


def _detail(scene: Scene, place: Place, sentence: int, clause: Range) -> Range | None:
    """What is held against or said for the target: the speaker's words in this sentence, or the clause."""
    if place.holder is not None or place.layer < 0:
        return None
    reading = scene.reading
    for start, end in scene.attributions[place.layer].content:
        if start <= place.target.i < end:
            while reading.sentence_of[start] < sentence:
                start += 1
            while reading.sentence_of[end - 1] > sentence:
                end -= 1
            if end - start > _LONGEST:
                start, end = clause
            cut = trimmed(reading, [(start, end)])
            return cut[0] if cut else None
    return None
