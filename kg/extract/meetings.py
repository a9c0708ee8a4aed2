"""Who met whom, and who interviewed whom."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from kg.extract.base import Finding, Scene, modality_of
from kg.extract.happening import Mood, mood, noun_mood
from kg.extract.step_words import says, spots, step_words
from kg.extract.steps import PERSON, Step, behind, ends, findings, is_law, owner
from kg.extract.targets import agent_of, child, is_passive, subject_of
from kg.model import EntityType
from kg.nlp.roles import singular

_SIDES = frozenset([EntityType.PERSON, EntityType.ORGANIZATION])
_DURING = frozenset(["after", "at", "in", "during", "following", "before", "from", "for"])
_STEPS = 4
_BEFORE = 5
"""So many tokens before a name may say for whom the person works."""


def meetings(scene: Scene) -> Iterator[Finding]:
    """All findings of metWith, one for each two who meet, in the order in which the text has them."""
    seen: set[tuple[frozenset[int], object, object]] = set()
    for found in findings(scene, [*_met(scene), *_meeting_nouns(scene)]):
        if isinstance(found.subject, int) and isinstance(found.object, int):
            pair = frozenset([found.subject, found.object])
            key = (pair, found.polarity, found.modality)
            if key not in seen:
                seen.add(key)
                yield found


def _pairs(
    scene: Scene,
    one: Token | None,
    other: Token | None,
    trigger: Token,
    pattern: str,
    confidence: float,
    held: Mood,
) -> Iterator[Step]:
    """The one side with the other; at least one of two is a person."""
    if one is None or other is None:
        return
    firsts, seconds = ends(scene, one, _SIDES), ends(scene, other, _SIDES)
    for first in firsts:
        for second in seconds:
            if second not in firsts and _has_person(scene, first, second):
                yield Step("metWith", first, second, trigger, pattern, confidence, held, (one, other))


def _has_person(scene: Scene, *clusters: int) -> bool:
    return any(scene.reading.type_of(cluster) is EntityType.PERSON for cluster in clusters)


def _met(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "sits", "VERB"):
        held = mood(verb)
        if held is not None:
            yield from _pairs(scene, subject_of(verb), _behind_down(verb), verb, "sat-down", 0.8, held)
    for verb in spots(scene, "meet", "VERB"):
        held, subject = mood(verb), subject_of(verb)
        if held is None or subject is None:
            continue
        direct = child(verb, "dobj")
        if is_passive(verb):
            agent = agent_of(verb)
            if agent is not None and ends(scene, agent, PERSON):
                yield from _pairs(scene, subject, agent, verb, "met-by", 0.75, held)
            continue
        if verb.dep_ == "relcl" and direct is None and child(verb, "nsubj") is not None and subject != verb.head:
            yield from _pairs(scene, subject, verb.head, verb, "met", 0.8, held)
            continue
        if direct is not None:
            if direct.lower_ in ("whom", "who", "that") and verb.dep_ == "relcl":
                direct = verb.head
            yield from _pairs(scene, subject, direct, verb, "met", 0.88, held)
            continue
        other = behind(verb, "with")
        if other is not None:
            yield from _pairs(scene, subject, other, verb, "met-with", 0.88, held)
        else:
            yield from _each_other(scene, subject, verb, held)


def _each_other(scene: Scene, subject: Token, trigger: Token, held: Mood) -> Iterator[Step]:
    """ "A and B met"."""
    together = ends(scene, subject, PERSON)
    if len(together) == 2 and len(subject.conjuncts) == 1:
        first, second = together
        parts = (subject, *subject.conjuncts)
        yield Step("metWith", first, second, trigger, "together", 0.82, held, parts)


def _meeting_nouns(scene: Scene) -> Iterator[Step]:
    for noun in spots(scene, "talk", "NOUN"):
        held = noun_mood(noun)
        if held is None:
            continue
        between = behind(noun, "between")
        if between is not None:
            yield from _each_other(scene, between, noun, held)
            continue
        other = behind(noun, "with")
        verb = noun.head
        if other is None and noun.dep_ == "dobj" and verb.pos_ == "VERB" and says("light", verb):
            other = behind(verb, "with")
        if other is None:
            continue
        mine = owner(noun)
        if mine is not None and ends(scene, mine, _SIDES):
            yield from _pairs(scene, mine, other, noun, "noun", 0.85, held)
        elif noun.dep_ == "dobj" and verb.pos_ == "VERB" and says("light", verb):
            yield from _pairs(scene, subject_of(verb), other, noun, "held", 0.85, held)
        elif noun.dep_ == "pobj" and noun.head.lower_ in _DURING and noun.head.head.pos_ == "VERB":
            yield from _pairs(scene, subject_of(noun.head.head), other, noun, "during", 0.75, held)


def interviews(scene: Scene) -> Iterator[Finding]:
    """All findings of interviewedBy: who is interviewed by which person."""
    press = _Press(scene)
    steps = [*_interviewed(scene, press), *_sessions(scene, press), *_told(scene, press), *_asked(scene, press)]
    yield from findings(scene, steps)


class _Press:
    """Who interviews by trade, as far as the article's words tell."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known: dict[int, bool] = {}

    def is_press(self, cluster: int) -> bool:
        """Whether a noun for somebody of the press, or the name of an outlet, stands beside the person's name."""
        if cluster not in self._known:
            named = cluster in self._by_trade
            self._known[cluster] = named or any(self._of_outlet(*place) for place in self._places.get(cluster, ()))
        return self._known[cluster]

    @cached_property
    def _by_trade(self) -> frozenset[int]:
        reading = self._scene.reading
        return frozenset(
            reading.mentions[index].cluster
            for role in reading.roles
            if singular(reading.doc[role.head].lower_) in step_words()["press"]
            for index in role.people
        )

    @cached_property
    def _places(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for mention in self._scene.reading.mentions:
            found.setdefault(mention.cluster, []).append((mention.start, mention.end))
        return found

    def _of_outlet(self, start: int, end: int) -> bool:
        """ "the BBC's X", "Sky News host X", "X of the Quayside Courier"."""
        reading, doc = self._scene.reading, self._scene.reading.doc
        place = start - 1
        while place >= max(start - _BEFORE, 0):
            token = doc[place]
            cluster = reading.cluster_at(place)
            if cluster is not None:
                return reading.type_of(cluster) is EntityType.OUTLET
            if singular(token.lower_) in step_words()["press"]:
                return True
            named = token.pos_ in ("ADJ", "NOUN", "PROPN") and token.dep_ in ("compound", "amod", "nmod")
            if token.tag_ != "POS" and token.text != "-" and not named:
                break
            place -= 1
        if end + 1 < len(doc) and (doc[end].lower_ in ("of", "from") or doc[end].text in (",", "(")):
            after = end + 1 + (doc[end + 1].lower_ in ("of", "the"))
            after += after < len(doc) and doc[after].lower_ == "the"
            cluster = reading.cluster_at(after) if after < len(doc) else None
            return (
                cluster is not None
                and reading.type_of(cluster) is EntityType.OUTLET
                and doc[end].lower_ in ("of", "from")
            )
        return False


def _interviewed(scene: Scene, press: _Press) -> Iterator[Step]:
    for verb in spots(scene, "interview", "VERB"):
        held, agent = mood(verb), agent_of(verb)
        place = subject_of(verb) if is_passive(verb) else child(verb, "dobj")
        if held is None or agent is None or place is None or is_law(scene, agent):
            continue
        for guest in ends(scene, place, PERSON):
            for host in ends(scene, agent, PERSON):
                if not press.is_press(guest):
                    yield Step("interviewedBy", guest, host, verb, "verb", 0.88, held, (place, agent))


def _sessions(scene: Scene, press: _Press) -> Iterator[Step]:
    """ "said in an interview with Y", "gave an interview to Y", "Y's interview with X"."""
    for noun in spots(scene, "session", "NOUN"):
        held = noun_mood(noun)
        other = behind(noun, "with", "by", "to") or (
            behind(noun.head, "with", "to") if noun.head.pos_ == "VERB" and noun.dep_ == "dobj" else None
        )
        if held is None or other is None:
            continue
        mine = owner(noun)
        if mine is None or not ends(scene, mine, PERSON):
            mine = _around(noun)
        if mine is None:
            continue
        for one in ends(scene, mine, PERSON):
            for second in ends(scene, other, PERSON):
                pair = _guest_and_host(press, one, second)
                if pair is not None and one != second:
                    guest, host = pair
                    yield Step("interviewedBy", guest, host, noun, "session", 0.88, held, (mine, other))


def _guest_and_host(press: _Press, one: int, other: int) -> tuple[int, int] | None:
    if press.is_press(other) and not press.is_press(one):
        return one, other
    if press.is_press(one) and not press.is_press(other):
        return other, one
    return None


def _around(noun: Token) -> Token | None:
    """The subject of the verb that the noun hangs on."""
    current = noun
    for _ in range(_STEPS):
        if current.head == current:
            return None
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return subject_of(current)
    return None


def _told(scene: Scene, press: _Press) -> Iterator[Step]:
    """ "X told the BBC's Y"."""
    for verb in spots(scene, "tells", "VERB"):
        held, speaker = mood(verb), subject_of(verb)
        hearer = child(verb, "dobj", "dative") if verb.lemma_ == "tell" else behind(verb, "to", "with")
        if held is None or speaker is None or hearer is None or is_passive(verb):
            continue
        for guest in ends(scene, speaker, PERSON):
            for host in ends(scene, hearer, PERSON):
                if press.is_press(host) and not press.is_press(guest):
                    yield Step("interviewedBy", guest, host, verb, "told", 0.88, held, (speaker, hearer))


def _asked(scene: Scene, press: _Press) -> Iterator[Step]:
    """ "asked by the BBC's Y whether she would stay, X said", "X sat down with CNN's Y"."""
    for use in ("asks", "sits"):
        for verb in spots(scene, use, "VERB"):
            held = mood(verb)
            if use == "asks":
                host_at, guest_at = agent_of(verb), subject_of(verb) if is_passive(verb) else child(verb, "dobj")
                held = held and (held[0], modality_of(verb))  # the question mark is that of the words asked
            else:
                host_at, guest_at = _behind_down(verb), subject_of(verb)
            if held is None or host_at is None or guest_at is None:
                continue
            for guest in ends(scene, guest_at, PERSON):
                for host in ends(scene, host_at, PERSON):
                    if press.is_press(host) and not press.is_press(guest):
                        yield Step("interviewedBy", guest, host, verb, use, 0.85, held, (guest_at, host_at))


def _behind_down(verb: Token) -> Token | None:
    """With whom somebody sits down."""
    for other in verb.children:
        if other.lower_ == "down" and (found := behind(other, "with")) is not None:
            return found
    return behind(verb, "with")
