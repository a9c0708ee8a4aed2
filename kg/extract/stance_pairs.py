"""Candidates of a stand: somebody beside somebody else in one sentence, whatever the words between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import StanceCues
from kg.extract.frames import Stance
from kg.extract.judgement import sign_of
from kg.model import EntityType
from kg.nlp.reading import TokenMention

SIDES = frozenset([EntityType.PERSON, EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET])
_FINDING_FAULT = frozenset(["-", "!"])
_SECOND = frozenset(["you", "your"])
_MOST = 8
"""Of a sentence with more names than this only so many are taken: the others are lists."""


@dataclass(frozen=True, slots=True)
class Place:
    """One way in which the two meet: tokens of the target and, where he is no speaker, of the holder.

    `layer` is the index of the attribution in whose content the target stands, or -1 for the reporter's own words.
    """

    target: Token
    kind: str
    holder: Token | None
    layer: int


@dataclass(frozen=True, slots=True)
class Pair:
    """That `holder` takes a stand on `target` (clusters) in a sentence is to be decided.

    `here` are what the rules find between the two in this sentence, `elsewhere` in others, `back` the other way round.
    """

    holder: int
    target: int
    sentence: int
    places: tuple[Place, ...]
    here: tuple[Stance, ...] = ()
    elsewhere: tuple[Stance, ...] = ()
    back: tuple[Stance, ...] = ()
    count: int = 1
    """In how many sentences of the article the two meet, holder and target not exchanged."""


def stance_pairs(scene: Scene, stances: Sequence[Stance], cues: StanceCues) -> tuple[Pair, ...]:
    """The candidates worth a decision, sorted: the holder speaks, a word judges, or the rules know the two."""
    reading = scene.reading
    known: dict[tuple[int, int], list[Stance]] = defaultdict(list)
    for stance in stances:
        if stance.object is not None:
            known[stance.subject, stance.object].append(stance)
    bounds = sentence_bounds(scene)
    judged = list(accumulate((sign in _FINDING_FAULT for sign in signs(scene, cues)), initial=0))
    loud = [
        any(judged[end] > judged[start] for start, end in attribution.content) for attribution in scene.attributions
    ]
    names: dict[int, list[TokenMention]] = defaultdict(list)
    for mention in reading.mentions:
        if reading.type_of(mention.cluster) in SIDES and not reading.skipped[mention.start]:
            names[reading.sentence_of[mention.start]].append(mention)
    addressed = _addressed(scene)
    met: dict[tuple[int, int], list[tuple[int, list[Place]]]] = defaultdict(list)
    for sentence in sorted({*names, *addressed}):
        together: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for holder, target, place in _meetings(scene, names[sentence][:_MOST], addressed[sentence]):
            together[holder, target].append(place)
        for pair, places in together.items():
            met[pair].append((sentence, places))
    found = []
    for (holder, target), meetings in sorted(met.items()):
        rules, back = known[holder, target], known[target, holder]
        for sentence, places in meetings:
            start, end = bounds[sentence]
            spoken = any(place.holder is None for place in places)
            loudly = judged[end] > judged[start] or any(place.layer >= 0 and loud[place.layer] for place in places)
            if not (rules or back or spoken or loudly):
                continue
            here = tuple(s for s in rules if reading.sentence_of[s.trigger.i] == sentence)
            elsewhere = tuple(s for s in rules if reading.sentence_of[s.trigger.i] != sentence)
            found.append(Pair(holder, target, sentence, tuple(places), here, elsewhere, tuple(back), len(meetings)))
    return tuple(sorted(found, key=lambda pair: (pair.sentence, pair.holder, pair.target)))


def signs(scene: Scene, cues: StanceCues) -> tuple[str, ...]:
    """The sign of each token ("+", "-", "!" or ""); worked out once."""
    found = scene.shared.get("signs")
    if not isinstance(found, tuple):
        found = tuple(sign_of(token, cues) for token in scene.reading.doc)
        scene.shared["signs"] = found
    return found


def sentence_bounds(scene: Scene) -> dict[int, tuple[int, int]]:
    """The tokens of each sentence."""
    return {number: (sent.start, sent.end) for number, sent in enumerate(scene.reading.doc.sents)}


def root_of(scene: Scene, mention: TokenMention) -> Token:
    """The token of a mention by which it hangs on the rest of the sentence."""
    doc = scene.reading.doc
    for place in range(mention.end - 1, mention.start - 1, -1):
        head = doc[place].head.i
        if head == place or not mention.start <= head < mention.end:
            return doc[place]
    return doc[mention.end - 1]


def _addressed(scene: Scene) -> dict[int, list[tuple[int, Token]]]:
    """By sentence: the clusters that "you" and "your" inside somebody's words mean."""
    found: dict[int, list[tuple[int, Token]]] = defaultdict(list)
    for index, attribution in enumerate(scene.attributions):
        if attribution.addressee is None:
            continue
        for start, end in attribution.content:
            for token in scene.reading.doc[start:end]:
                inside = scene.content_of[token.i] == index and scene.reading.at[token.i] < 0
                if inside and token.lower_ in _SECOND:
                    found[scene.reading.sentence_of[token.i]].append((attribution.addressee, token))
    return found


def _meetings(
    scene: Scene, mentions: Sequence[TokenMention], addressed: Sequence[tuple[int, Token]]
) -> list[tuple[int, int, Place]]:
    """(holder, target, place) for each target of one sentence: its speaker, and who else stands in the same layer."""
    tokens = [(mention.cluster, root_of(scene, mention), mention.kind.value) for mention in mentions]
    found = []
    for target, token, kind in (*tokens, *((cluster, token, "addressee") for cluster, token in addressed)):
        layer = scene.content_of[token.i]
        speaker = None if layer < 0 else scene.attributions[layer].speaker
        if speaker is not None and speaker != target and scene.reading.type_of(speaker) in SIDES:
            found.append((speaker, target, Place(token, kind, None, layer)))
        for holder, other, _ in tokens:
            if holder != target and scene.content_of[other.i] == layer:
                found.append((holder, target, Place(token, kind, other, layer)))
    return found
