"""Denials: who denies which charge, and whose charge it was where that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.cues import StanceCues, stance_cues
from kg.extract.ends import actors, owners, side
from kg.extract.frames import Stance
from kg.extract.judgement import sign_of
from kg.extract.stance import finding, stances
from kg.extract.targets import agent_of, child, is_passive, subject_of, with_particles
from kg.model import Polarity

_RELATIVE = frozenset(["that", "which", "who", "whom"])
_DEFINITE = frozenset(["the", "that", "those", "these", "this", "such"])
_BACK = 3
"""How many sentences back the accusation may stand that "the allegation" means."""


def denials(scene: Scene) -> Iterator[Finding]:
    """All findings of the relation denies; the object is the accuser, where he is named or plain."""
    cues = stance_cues()
    accusations = cache(lambda: tuple(stances(scene, "accuses")))
    for verb in scene.reading.doc:
        if verb.pos_ != "VERB" or scene.reading.skipped[verb.i]:
            continue
        particle = child(verb, "prt", "advmod")
        key = f"{verb.lemma_} {particle.lower_}" if particle is not None else verb.lemma_
        frames = cues.denials.get(key) or cues.denials.get(verb.lemma_, ())
        for preposition, what in frames:
            denied = _denied(verb, preposition, cues, anything=what == "any")
            if denied is not None:
                yield from _findings(scene, verb, denied, cues, accusations)
                break


def _denied(verb: Token, preposition: str, cues: StanceCues, *, anything: bool) -> Token | None:
    """The head of what is denied: a clause, a gerund or a noun for a charge."""
    if preposition != "-":
        for other in with_particles(verb):
            inner = child(other, "pobj") if other.lower_ == preposition else None
            if inner is not None and inner.lemma_ in cues.charges:
                return inner
        return None
    if is_passive(verb):
        noun = subject_of(verb)
    else:
        noun = child(verb, "dobj")
        if verb.dep_ == "relcl" and (noun is None or noun.lower_ in _RELATIVE):
            noun = verb.head
    if noun is not None and noun.pos_ == "NOUN":
        needs = cues.charges.get(noun.lemma_)
        if needs == "clause" and _clause_of(noun) is None:
            return None
        return noun if needs or (anything and sign_of(noun, cues) == "!") else None
    if not anything or is_passive(verb):
        return None
    return child(verb, "ccomp", "xcomp", "pcomp")


def _findings(
    scene: Scene, verb: Token, denied: Token, cues: StanceCues, accusations: Callable[[], Sequence[Finding]]
) -> Iterator[Finding]:
    agent = agent_of(verb)
    if agent is None:
        return
    for subject in actors(scene, agent, cues):
        accuser, pattern = None, "clause"
        if denied.pos_ == "NOUN":
            accuser, pattern = _accuser(scene, denied, subject, cues, accusations), "charge"
        stance = Stance("denies", subject, accuser, verb, pattern, (agent, denied), _detail(denied), verb)
        result = finding(scene, stance, cues)
        if result.polarity is Polarity.POSITIVE:
            yield result


def _detail(denied: Token) -> tuple[int, int]:
    """The clause that says what the charge is, else the whole noun phrase."""
    head = denied
    if denied.pos_ == "NOUN":
        head = _clause_of(denied) or denied
    start, end = head.left_edge.i, head.right_edge.i + 1
    for other in head.children:
        if other.dep_ == "conj" and head.pos_ != "NOUN" and _leaves(head, other):
            end = min(end, other.left_edge.i)
            while end > start + 1 and (head.doc[end - 1].dep_ == "cc" or head.doc[end - 1].is_punct):
                end -= 1
    if head.pos_ != "NOUN" and head.left_edge.lower_ == "that":
        start += 1
    return start, end


def _leaves(head: Token, other: Token) -> bool:
    """Whether a coordinated verb goes on with what the denier did: another tense, no subject of its own."""
    finite = ("VBD", "VBZ", "VBP")
    if child(other, "nsubj", "nsubjpass", "mark") is not None or other.tag_ not in finite:
        return False
    return other.tag_ != head.tag_ or child(other, "ccomp") is not None


def _clause_of(noun: Token) -> Token | None:
    """The clause that says what a claim or idea is."""
    clause = child(noun, "acl", "ccomp", "relcl")
    if clause is None or (clause.dep_ == "relcl" and clause.left_edge.lower_ != "that"):
        return None
    if clause.dep_ == "acl" and clause.tag_ == "VBG":
        return None
    return clause


def _accuser(
    scene: Scene, noun: Token, subject: int, cues: StanceCues, accusations: Callable[[], Sequence[Finding]]
) -> int | None:
    """Whose charge it was: its owner, its source, or the last one who accused the denier."""
    for cluster in owners(scene, noun, cues):
        if cluster != subject:
            return cluster
    for other in noun.children:
        if other.dep_ in ("prep", "agent") and other.lower_ in ("from", "by"):
            inner = child(other, "pobj")
            found = None if inner is None else side(scene, inner)
            if found is not None:
                return found
    if not any(other.dep_ == "det" and other.lower_ in _DEFINITE for other in noun.children):
        return None
    here = scene.reading.sentence_of[noun.i]
    last: Finding | None = None
    for earlier in accusations():
        if (
            earlier.object == subject
            and 0 <= here - scene.reading.sentence_of[earlier.trigger] <= _BACK
            and earlier.trigger < noun.i
        ):
            last = earlier
    return last.subject if last is not None and isinstance(last.subject, int) else None
