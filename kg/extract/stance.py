"""Stands that somebody takes on somebody: from triggers on the parse to findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.cues import StanceCues, stance_cues
from kg.extract.frames import Stance, verb_stances
from kg.extract.idioms import demand_stances, idiom_stances
from kg.extract.judged import judged_stances
from kg.extract.moods import mood_of
from kg.extract.nouns import adjective_stances, noun_stances, people_stances
from kg.extract.verdicts import verdicts
from kg.model import Modality, Polarity

_NEAR = 40
_SHARED = "stances"


def stances(scene: Scene, relation: str) -> Iterator[Finding]:
    """All findings of one of the relations accuses, criticizes and supports."""
    cues = stance_cues()
    ruled = all_stances(scene, cues)
    for stance in ruled:
        if stance.relation == relation:
            yield finding(scene, stance, cues)
    for found in judged_stances(scene, ruled, cues):
        if found.relation == relation:
            yield found


def all_stances(scene: Scene, cues: StanceCues) -> Sequence[Stance]:
    """The stands that the rules find in the article, worked out once for all relations."""
    known = scene.shared.get(_SHARED)
    if known is None:
        of_tokens = (stance for token in scene.reading.doc for stance in _of_token(scene, token, cues))
        known = scene.shared[_SHARED] = [*of_tokens, *verdicts(scene, cues)]
    return cast(Sequence[Stance], known)


def _of_token(scene: Scene, token: Token, cues: StanceCues) -> Iterator[Stance]:
    if scene.reading.skipped[token.i]:
        return
    if token.pos_ in ("VERB", "AUX"):
        if token.lemma_ in cues.verbs:
            yield from verb_stances(scene, token, cues)
        if token.lemma_ in cues.idioms:
            yield from idiom_stances(scene, token, cues)
        if token.lemma_ in cues.demanding:
            yield from demand_stances(scene, token, cues)
    elif token.pos_ in ("NOUN", "PROPN"):
        if token.lemma_ in cues.nouns:
            yield from noun_stances(scene, token, cues)
        if token.lemma_ in cues.people:
            yield from people_stances(scene, token, cues)
    elif token.pos_ == "ADJ" and token.lemma_ in cues.adjectives:
        yield from adjective_stances(scene, token, cues)


def finding(scene: Scene, stance: Stance, cues: StanceCues) -> Finding:
    """The finding of a stand: evidence, polarity, modality, and who says so."""
    polarity, modality = (Polarity.POSITIVE, Modality.ASSERTED) if stance.verb is None else mood_of(stance.verb)
    if stance.turned:
        polarity = Polarity.POSITIVE
    speaker = scene.speaker_at(stance.trigger.i)
    attributed = speaker if speaker != stance.subject else None
    if attributed is not None and modality is Modality.ASSERTED:
        modality = Modality.REPORTED
    confidence = cues.confidence[stance.pattern]
    if modality is Modality.HYPOTHETICAL:
        confidence *= cues.confidence["hypothetical"]
    if polarity is Polarity.NEGATIVE:
        confidence *= cues.confidence["negative"]
    start, end = _evidence(scene, stance)
    return Finding(
        relation=stance.relation,
        subject=stance.subject,
        object=stance.object,
        start=start,
        end=end,
        pattern=stance.pattern,
        confidence=confidence,
        trigger=stance.trigger.i,
        detail=stance.detail,
        polarity=polarity,
        modality=modality,
        attributed_to=attributed,
    )


def _evidence(scene: Scene, stance: Stance) -> tuple[int, int]:
    """From the first to the last of the tokens that matter, kept inside the trigger's sentence."""
    reading = scene.reading
    sentence = reading.sentence_of[stance.trigger.i]
    places = [stance.trigger.i]
    for part in stance.parts:
        mention = reading.mention_at(part)
        places += [part.i] if mention is None else [mention.start, mention.end - 1]
    if stance.detail is not None:
        places += [stance.detail[0], stance.detail[1] - 1]
    inside = [place for place in places if reading.sentence_of[place] == sentence]
    start, end = min(inside), max(inside) + 1
    for cluster in (stance.subject, stance.object):
        near = _nearest(scene, cluster, start, end, sentence)
        if near is not None:
            start, end = min(start, near[0]), max(end, near[1])
    return start, end


def _nearest(scene: Scene, cluster: int | None, start: int, end: int, sentence: int) -> tuple[int, int] | None:
    """The mention of the cluster nearest to the evidence in its sentence, None where it holds one."""
    reading = scene.reading
    if cluster is None or any(reading.cluster_at(place) == cluster for place in range(start, end)):
        return None
    for distance in range(1, _NEAR):
        for place in (end - 1 + distance, start - distance):
            if 0 <= place < len(reading.doc) and reading.sentence_of[place] == sentence:
                mention = reading.mention_at(place)
                if mention is not None and mention.cluster == cluster:
                    return mention.start, mention.end
    return None
