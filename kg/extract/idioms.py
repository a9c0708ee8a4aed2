"""Set phrases that take a stand ("took aim at X", "gave X her backing"), and demands that somebody resign."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import Idiom, StanceCues
from kg.extract.ends import actors, side, targets
from kg.extract.frames import Stance
from kg.extract.targets import agent_of, child, is_passive

_DOWN = frozenset(["step", "stand"])
_MANY = frozenset("array barrage couple flurry host litany number range series slew string stream volley".split())
_PREPOSITIONS = frozenset(["on", "for", "upon"])


def idiom_stances(scene: Scene, verb: Token, cues: StanceCues) -> Iterator[Stance]:
    """The stands of a verb with the noun that makes it a set phrase."""
    if is_passive(verb):
        return
    for idiom in cues.idioms.get(verb.lemma_, ()):
        noun = _noun(verb, idiom.noun)
        if noun is None or (idiom.needs and not any(c.lower_ in idiom.needs for c in noun.children)):
            continue
        target = _target(verb, noun, idiom)
        agent = agent_of(verb)
        if target is not None and agent is not None:
            yield from _stances(scene, idiom.relation, verb, agent, target, cues, "idiom")
            return


def demand_stances(scene: Scene, verb: Token, cues: StanceCues) -> Iterator[Stance]:
    """ "X called on Y to resign", "X demanded that Y apologise": X finds fault with Y."""
    agent = agent_of(verb)
    if agent is None or is_passive(verb):
        return
    for place in (verb, *(c for c in verb.children if c.dep_ == "prep" and c.lower_ in _PREPOSITIONS)):
        for clause in place.children:
            if (
                clause.dep_ not in ("ccomp", "xcomp", "pcomp", "advcl")
                or clause.i < verb.i
                or not _leaves(clause, cues)
            ):
                continue
            target = child(clause, "nsubj") or child(place, "dobj", "pobj")
            if target is not None and side(scene, target) is not None:
                yield from _stances(scene, "criticizes", verb, agent, target, cues, "demand")
                return
    for clause in verb.children:  # "called on Y to resign" where the infinitive hangs on the verb
        if clause.dep_ in ("xcomp", "advcl", "ccomp") and clause.i > verb.i and _leaves(clause, cues):
            for other in verb.children:
                inner = child(other, "pobj") if other.dep_ == "prep" and other.lower_ in _PREPOSITIONS else None
                if inner is not None and inner.i < clause.i and side(scene, inner) is not None:
                    yield from _stances(scene, "criticizes", verb, agent, inner, cues, "demand")
                    return


def _stances(
    scene: Scene, relation: str, verb: Token, agent: Token, place: Token, cues: StanceCues, pattern: str
) -> Iterator[Stance]:
    acting = actors(scene, agent, cues)
    for subject in acting:
        for target, direct in targets(scene, place, cues):
            if target not in acting:
                label = pattern if direct else f"{pattern}-owner"
                yield Stance(relation, subject, target, verb, label, (agent, place), None, verb)


def _noun(verb: Token, wanted: str) -> Token | None:
    """The object of the verb, or of one of its prepositions ("to:defence")."""
    preposition, _, lemma = wanted.rpartition(":")
    for other in verb.children:
        if other.i < verb.i:
            continue
        if not preposition and other.dep_ in ("dobj", "attr", "npadvmod"):
            if other.lemma_ == lemma:
                return other
            many = child(other, "prep") if other.lemma_ in _MANY else None
            inner = None if many is None or many.lower_ != "of" else child(many, "pobj")
            if inner is not None and inner.lemma_ == lemma:
                return inner
        if preposition and other.dep_ == "prep" and other.lower_ == preposition:
            inner = child(other, "pobj")
            if inner is not None and inner.lemma_ == lemma:
                return inner
    return None


def _target(verb: Token, noun: Token, idiom: Idiom) -> Token | None:
    """Where the target stands: behind a preposition at noun or verb, as the one given to, or as owner of the noun."""
    for holder in (noun, verb):
        for other in holder.children:
            if other.dep_ in ("prep", "dative") and other.lower_ in idiom.places and other.i > noun.i:
                inner = child(other, "pobj")
                if inner is not None:
                    return inner
            if holder is noun and other.dep_ == "prep" and other.lower_ == "of":  # "a charge of racism against X"
                charge = child(other, "pobj")
                for below in () if charge is None else charge.children:
                    if below.dep_ == "prep" and below.lower_ in idiom.places:
                        inner = child(below, "pobj")
                        if inner is not None:
                            return inner
    if "to" in idiom.places:
        given = child(verb, "dative")
        if given is not None and verb.i < given.i < noun.i and child(given, "pobj") is None:
            return given
    if "poss" in idiom.places:
        return child(noun, "poss")
    if "-" in idiom.places:
        return child(verb, "dobj")
    return None


def _leaves(clause: Token, cues: StanceCues) -> bool:
    """Whether the clause says that somebody goes or apologises; not where it is denied."""
    if any(other.dep_ == "neg" for other in clause.children):
        return False
    if clause.lemma_ in cues.demanded:
        return True
    return clause.lemma_ in _DOWN and any(c.lower_ in ("down", "aside") for c in clause.children)
