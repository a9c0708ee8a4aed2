"""Nouns and adjectives that take a stand on somebody by themselves: who, and on whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Scene, polarity_of
from kg.extract.cues import StanceCues
from kg.extract.ends import actors, side, targets
from kg.extract.frames import Stance
from kg.extract.steps import is_law
from kg.extract.targets import agent_of, child, subject_of
from kg.model import Polarity

_THEIRS = frozenset(["their", "its"])
_HEAPS = frozenset(
    "amount array avalanche barrage bit chorus deal deluge flood flurry hail line lot mountain number series share "
    "storm stream string torrent volley wave".split()
)
"""Nouns that only say how much of it there is ("faced a barrage of criticism")."""
_OF_WHOM = frozenset(["of", "to"])
_CLIMB = 4


def adjective_stances(scene: Scene, word: Token, cues: StanceCues) -> Iterator[Stance]:
    """Stands of an adjective: "X is critical of Y", "X, angry at Y, left"."""
    places, relation = cues.adjectives[word.lemma_]
    made = "criticizes" if relation == "charged" else relation
    verb = word.head if word.dep_ in ("acomp", "attr", "oprd") else None
    agent = subject_of(word) if verb is None else subject_of(verb)
    if agent is None:
        return
    for other in word.children:
        inner = child(other, "pobj") if other.dep_ in ("prep", "agent") and other.lower_ in places else None
        if inner is None:
            continue
        for subject in actors(scene, agent, cues):
            for target, direct in targets(scene, inner, cues):
                if target != subject:
                    label = f"adjective{'' if direct else '-owner'}"
                    yield Stance(made, subject, target, word, label, (agent, inner), None, verb)


def noun_stances(scene: Scene, noun: Token, cues: StanceCues) -> Iterator[Stance]:
    """Stands of a noun: "X's attack on Y", "criticism of Y by X", "Y came under fire from X"."""
    places, relation = cues.nouns[noun.lemma_]
    made = "criticizes" if relation == "charged" else relation
    verb = noun.head if noun.dep_ == "dobj" else None
    if verb is not None and verb.lemma_ in cues.reversing:
        return
    taken = frozenset() if verb is None else cues.getters.get(verb.lemma_, frozenset())
    target: Token | None = None
    source: Token | None = None
    for other in noun.children:
        inner = child(other, "pobj") if other.dep_ in ("prep", "agent") else None
        if inner is not None and other.lower_ == "of" and "of" in taken:
            source = inner
        elif inner is not None and other.lower_ in places and target is None:
            target = inner
        elif inner is not None and other.lower_ in ("by", "from"):
            source = inner
        elif other.dep_ == "poss":
            source = other
    kind = "noun"
    if target is not None and verb is not None and (source is None or source.lower_ in _THEIRS):
        source, kind = agent_of(verb), "noun-light"
    elif target is None or source is None:
        (target, source, verb), kind = _getter(noun, source, cues), "noun-get"
    if target is None or source is None:
        return
    if noun.lemma_ == "charge" and is_law(scene, source, "charger"):
        return  # a step of the law, which is chargedWith
    if kind == "noun-get" and verb is not None and polarity_of(verb) is Polarity.NEGATIVE:
        return
    for subject in actors(scene, source, cues):
        for cluster, direct in targets(scene, target, cues):
            if cluster != subject:
                label = f"{kind}{'' if direct else '-owner'}"
                yield Stance(made, subject, cluster, noun, label, (source, target), None, verb)


def _getter(noun: Token, source: Token | None, cues: StanceCues) -> tuple[Token | None, Token | None, Token | None]:
    """Target, source and verb in "Y faced criticism from X", "Y came under fire from X"."""
    current = noun
    for _ in range(_CLIMB):
        head = current.head
        if head == current:
            return None, None, None
        if head.pos_ in ("NOUN", "PROPN") and head.lemma_ not in _HEAPS:
            return None, None, None
        if head.pos_ == "VERB":
            places = cues.getters.get(head.lemma_, frozenset())
            for other in (*noun.children, *head.children):
                if source is None and other.dep_ in ("prep", "agent") and other.lower_ in places:
                    source = child(other, "pobj")
            return (agent_of(head), source, head) if places else (None, None, None)
        current = head
    return None, None, None


def people_stances(scene: Scene, noun: Token, cues: StanceCues) -> Iterator[Stance]:
    """Stands of a word for a person: "Y supporter X", "X, a supporter of Y", "X is a critic of Y"."""
    relation = cues.people.get(noun.lemma_, "-")
    if relation == "-":
        return
    target = _follows(scene, noun)
    if target is None:
        return
    holders: list[int] = []
    parts = [noun]
    listed = noun.head if noun.dep_ == "conj" else noun
    if listed.dep_ == "appos":
        holders, parts = actors(scene, listed.head, cues), [listed.head]
    elif noun.dep_ in ("compound", "nmod"):
        cluster = side(scene, noun.head)
        holders, parts = ([] if cluster is None else [cluster]), [noun.head]
    elif noun.dep_ == "attr" or (noun.dep_ == "pobj" and noun.head.lower_ == "as"):
        verb = noun.head if noun.dep_ == "attr" else noun.head.head
        subject = subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
        if subject is not None:
            holders, parts = actors(scene, subject, cues), [subject]
    else:
        for other in noun.children:
            if other.dep_ == "appos":
                holders, parts = actors(scene, other, cues), [other]
    for holder in holders:
        if holder != target:
            yield Stance(relation, holder, target, noun, "person", tuple(parts))


def _follows(scene: Scene, noun: Token) -> int | None:
    """Of whom somebody is a supporter or critic."""
    for other in noun.children:
        if other.dep_ in ("poss", "compound", "nmod"):
            found = side(scene, other)
            if found is not None:
                return found
        if other.dep_ == "prep" and other.lower_ in _OF_WHOM:
            inner = child(other, "pobj")
            if inner is not None:
                return side(scene, inner)
    mention = scene.reading.mention_at(noun.i - 1) if noun.i > 0 and noun.dep_ == "compound" else None
    return None if mention is None else side(scene, scene.reading.doc[noun.i - 1])
