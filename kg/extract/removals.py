"""Who was suspended or expelled from which party or body."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.happening import HAPPENED, mood, noun_mood
from kg.extract.step_words import says, spots
from kg.extract.steps import BODIES, PERSON, Step, behind, ends, findings, owner
from kg.extract.targets import agent_of, child, is_passive, subject_of
from kg.model import EntityType

_PARTY = frozenset([EntityType.PARTY])
_BACK = 60
"""So many tokens back "the party" may have been named."""


def removals(scene: Scene, relation: str, verb_use: str, noun_use: str) -> Iterator[Finding]:
    """All findings of suspendedFrom or expelledFrom, whose words the two uses list."""
    steps = [*_removed(scene, relation, verb_use), *_removal_nouns(scene, relation, noun_use)]
    if relation == "suspendedFrom":
        steps += _whip_lost(scene)
    yield from findings(scene, steps)


def _removed(scene: Scene, relation: str, use: str) -> Iterator[Step]:
    for verb in spots(scene, use, "VERB", "ADJ"):
        if verb.dep_ == "amod" and verb.tag_ in ("VBN", "JJ", "VBD"):
            yield from _removed_attribute(scene, relation, verb)
            continue
        held = mood(verb)
        if held is None:
            continue
        passive = is_passive(verb)
        place = subject_of(verb) if passive else child(verb, "dobj")
        if place is None or (passive and child(verb, "dobj") is not None):
            continue
        body = _removing_body(scene, verb)
        for person in ends(scene, place, PERSON):
            if body is not None:
                yield Step(relation, person, body[0], verb, "verb", 0.9, held, (place, body[1]))
            else:
                yield Step(relation, person, None, verb, "verb-alone", 0.8 if passive else 0.75, held, (place,))


def _removing_body(scene: Scene, verb: Token) -> tuple[int, Token] | None:
    """From where somebody is removed, else who removes."""
    around = (*verb.children, *(c for o in verb.children if o.dep_ in ("prt", "advmod", "prep") for c in o.children))
    for other in around:
        if other.dep_ == "prep" and other.lower_ in ("from", "of"):
            inner = child(other, "pobj")
            if inner is not None and inner.lemma_ == "rank":
                inner = behind(inner, "of")
            if inner is None:
                continue
            for body in ends(scene, inner, BODIES):
                return body, inner
            if inner.lower_ == "party":
                return _the_party(scene, inner)
    agent = agent_of(verb)
    for body in ends(scene, agent, BODIES):
        return body, agent if agent is not None else verb
    return None


def _the_party(scene: Scene, noun: Token) -> tuple[int, Token] | None:
    """The only party named shortly before "the party"."""
    reading = scene.reading
    near: set[int] = set()
    for place in range(noun.i - 1, max(noun.i - _BACK, -1), -1):
        cluster = reading.cluster_at(place)
        if cluster is not None and reading.type_of(cluster) is EntityType.PARTY:
            near.add(cluster)
    return (near.pop(), noun) if len(near) == 1 else None


def _removed_attribute(scene: Scene, relation: str, word: Token) -> Iterator[Step]:
    """ "the suspended Labour MP X"."""
    person = ends(scene, word.head, PERSON)
    if not person:
        return
    for other in word.head.lefts:
        for party in ends(scene, other, _PARTY):
            yield Step(relation, person[0], party, word, "attribute", 0.85, HAPPENED, (word.head, other))
            return
    yield Step(relation, person[0], None, word, "attribute-alone", 0.75, HAPPENED, (word.head,))


def _removal_nouns(scene: Scene, relation: str, use: str) -> Iterator[Step]:
    """ "X's suspension from the party"."""
    for noun in spots(scene, use, "NOUN"):
        held, whose = noun_mood(noun), owner(noun) or behind(noun, "of")
        if held is None or whose is None:
            continue
        body = _removing_body(scene, noun)
        for person in ends(scene, whose, PERSON):
            parts = (whose,) if body is None else (whose, body[1])
            confidence = 0.75 if body is None else 0.85
            yield Step(relation, person, None if body is None else body[0], noun, "noun", confidence, held, parts)


def _whip_lost(scene: Scene) -> Iterator[Step]:
    """ "X lost the Labour whip", "X had the whip withdrawn", "the party withdrew the whip from X"."""
    for noun in spots(scene, "whip", "NOUN", "PROPN"):
        verb = noun.head
        if verb.dep_ == "prep" or verb.pos_ == "ADP":
            verb = verb.head
        if verb.pos_ != "VERB" or not says("unwhip", verb):
            continue
        held = mood(verb)
        if held is None:
            continue
        loser = _loser(verb, noun)
        party = next(((p, o) for o in noun.children for p in ends(scene, o, _PARTY)), None)
        for person in ends(scene, loser, PERSON):
            parts = (loser or noun, noun)
            yield Step("suspendedFrom", person, None if party is None else party[0], verb, "whip", 0.8, held, parts)


def _loser(verb: Token, whip: Token) -> Token | None:
    if verb.lemma_ == "lose":
        return subject_of(verb)
    if verb.lemma_ == "strip":
        return subject_of(verb) if is_passive(verb) else child(verb, "dobj")
    from_whom = behind(verb, "from") or behind(whip, "from")
    if from_whom is not None:
        return from_whom
    above = verb.head
    if above.lemma_ == "have" and verb.dep_ in ("ccomp", "xcomp"):
        return subject_of(above)
    if verb.dep_ in ("acl", "relcl") and verb.head == whip and whip.head.lemma_ == "have":
        return subject_of(whip.head)
    return None
