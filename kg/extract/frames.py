"""Verbs and nouns that take a stand on somebody by themselves: who, on whom, with which charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import StanceCues, VerbFrame
from kg.extract.ends import actors, side, targets
from kg.extract.judgement import judge
from kg.extract.targets import agent_of, child, is_passive, subject_of


_RELATIVE = frozenset(["who", "whom", "that", "which"])
_CLAUSAL = frozenset(["advcl", "ccomp", "parataxis", "cc", "prep", "xcomp"])
_SMALL_CLAUSE = 30
"""So many tokens at most hold the name and the predicate of "called X a liar"."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One stand that a trigger expresses, before polarity, modality and attribution are read.

    `parts` are the tokens that the evidence must cover; `detail` is a range of tokens.
    """

    relation: str
    subject: int
    object: int | None
    trigger: Token
    pattern: str
    parts: tuple[Token, ...]
    detail: tuple[int, int] | None = None
    verb: Token | None = None
    """The verb whose negation and mood count."""
    turned: bool = False
    """Whether the verb's negation is already counted in the relation."""


def verb_stances(scene: Scene, verb: Token, cues: StanceCues) -> Iterator[Stance]:
    """The stands that a verb of the list takes on its object."""
    for frame in cues.verbs.get(verb.lemma_, ()):
        if not _has_particle(verb, frame.particle):
            continue
        found = _named_charge(scene, verb) if frame.place == "n" else None
        if found is None:
            found = _place(verb, frame), _charge(verb, frame)
        place, detail = found
        if place is None:
            continue
        if verb.lemma_ in cues.denials and place.lemma_ in cues.charges:
            return
        relation = _relation(scene, frame.relation, detail, cues)
        agent = agent_of(verb)
        if relation is None or agent is None:
            continue
        kind = "named" if frame.relation == "named" else "verb"
        for subject in actors(scene, agent, cues):
            for target, direct in targets(scene, place, cues):
                if target != subject:
                    own = detail if detail or direct else (place.left_edge.i, place.i + 1)
                    label = f"{kind}{'' if direct else '-owner'}"
                    yield Stance(relation, subject, target, verb, label, (agent, place), own, verb)
        return


def _has_particle(verb: Token, particle: str) -> bool:
    words = [other.lower_ for other in verb.children if other.dep_ in ("prt", "advmod")]
    if particle == "-":
        return not any(other.dep_ == "prt" for other in verb.children)
    return particle in words


def _place(verb: Token, frame: VerbFrame) -> Token | None:
    """The noun that the frame's target stands in."""
    if frame.place not in ("o", "n"):
        for other in verb.children:
            if other.dep_ in ("prep", "agent") and other.lower_ == frame.place:
                return child(other, "pobj")
            if other.dep_ in ("prt", "advmod"):
                for inner in other.children:
                    if inner.dep_ == "prep" and inner.lower_ == frame.place:
                        return child(inner, "pobj")
        return None
    if is_passive(verb):
        return subject_of(verb) if child(verb, "dobj") is None else None
    found = child(verb, "dobj", "dative")
    later = child(verb, "conj") if found is None else None
    if later is not None and later.pos_ == "VERB" and child(later, "nsubj", "ccomp") is None:
        return child(later, "dobj")
    if verb.dep_ == "relcl":
        if found is None and child(verb, "nsubj") is not None:
            return verb.head if child(verb, "ccomp", "xcomp") is None else None
        if found is not None and found.lower_ in _RELATIVE:
            return verb.head
    return found


def _charge(verb: Token, frame: VerbFrame) -> tuple[int, int] | None:
    """The words of the charge behind one of the frame's prepositions, or the predicate of the object."""
    head = child(verb, "oprd", "attr") if frame.relation == "named" else None
    if head is None:
        for other in verb.children:
            if other.dep_ == "prep" and other.lower_ in frame.charge and other.i > verb.i:
                head = child(other, "pobj", "pcomp", "amod")
                if head is not None:
                    break
    return None if head is None else (head.left_edge.i, head.right_edge.i + 1)


def _named_charge(scene: Scene, verb: Token) -> tuple[Token, tuple[int, int]] | None:
    """Target and predicate in `called X a liar`, `branded X's plan "a mess"`, by order of words.

    Parsers disagree on such small clauses; the words' order does not.
    """
    doc, reading = scene.reading.doc, scene.reading
    limit = min(verb.right_edge.i + 1, verb.i + _SMALL_CLAUSE)
    place = None
    for start in range(verb.i + 1, min(verb.i + 3, limit)):
        mention = reading.mention_at(start)
        if mention is not None:
            place = doc[mention.end - 1]
            if mention.end < limit and doc[mention.end].tag_ == "POS":
                place = place.head
            break
    if place is None or place.i + 1 >= limit or place.i <= verb.i:
        return None
    start = place.i + 1
    end = limit
    for other in verb.children:
        if other.i > start and (other.dep_ in _CLAUSAL or other.dep_ == "conj"):
            end = min(end, other.left_edge.i)
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    if start >= end or doc[start].lower_ in ("to", "on", "out", "by", "up", "back", "for", "that"):
        return None
    while end > start and (doc[end - 1].is_punct or doc[end - 1].pos_ == "CCONJ"):
        end -= 1
    return (place, (start, end)) if end > start else None


def _relation(scene: Scene, relation: str, detail: tuple[int, int] | None, cues: StanceCues) -> str | None:
    """The relation of a frame, where the charge decides between accusing, criticizing and supporting."""
    if relation == "charged":
        return "accuses" if judge(scene, detail, cues) == "!" else "criticizes"
    if relation == "named":
        return {"!": "accuses", "-": "criticizes", "+": "supports"}.get(judge(scene, detail, cues))
    return relation


def adjective_stances(scene: Scene, word: Token, cues: StanceCues) -> Iterator[Stance]:
    """ "X is critical of Y", "X, angry at Y, left"."""
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
    """ "X's attack on Y", "criticism of Y by X", "X launched an attack on Y", "Y came under fire from X"."""
    entry = cues.nouns.get(noun.lemma_)
    if entry is None:
        return
    places, relation = entry
    target_noun: Token | None = None
    source: Token | None = None
    for other in noun.children:
        if other.dep_ in ("prep", "agent"):
            inner = child(other, "pobj")
            if inner is None:
                continue
            if other.lower_ in places and target_noun is None:
                target_noun = inner
            elif other.lower_ in ("by", "from"):
                source = inner
        elif other.dep_ == "poss":
            source = other
    verb = noun.head if noun.dep_ == "dobj" else None
    kind = "noun"
    if source is None and verb is not None:
        source, kind = agent_of(verb), "noun-light"
    if target_noun is None and verb is not None and verb.lemma_ in cues.getters:
        for other in (*verb.children, *noun.children):
            if other.dep_ in ("prep", "agent") and other.lower_ in cues.getters[verb.lemma_]:
                source = child(other, "pobj")
                target_noun, kind = agent_of(verb), "noun-get"
    if target_noun is None or source is None:
        return
    made = "criticizes" if relation == "charged" else relation
    found = actors(scene, source, cues)
    if not found and source.dep_ == "compound":
        own = side(scene, source)
        found = [] if own is None else [own]
    for subject in found:
        for target, direct in targets(scene, target_noun, cues):
            if target != subject:
                label = f"{kind}{'' if direct else '-owner'}"
                yield Stance(made, subject, target, noun, label, (source, target_noun), None, verb)


def people_stances(scene: Scene, noun: Token, cues: StanceCues) -> Iterator[Stance]:
    """ "Trump supporter X", "X, a supporter of Y", "X is a critic of Y"."""
    relation = cues.people.get(noun.lemma_, "-")
    if relation == "-":
        return
    target = owner_of_person(scene, noun)
    if target is None:
        return
    holders: list[int] = []
    parts = [noun]
    if noun.dep_ == "appos":
        holders, parts = actors(scene, noun.head, cues), [noun.head]
    elif noun.dep_ in ("compound", "nmod"):
        cluster = side(scene, noun.head)
        holders, parts = ([] if cluster is None else [cluster]), [noun.head]
    elif noun.dep_ == "attr":
        subject = subject_of(noun.head)
        if subject is not None:
            holders, parts = actors(scene, subject, cues), [subject]
    else:
        for other in noun.children:
            if other.dep_ == "appos":
                holders, parts = actors(scene, other, cues), [other]
    for subject in holders:
        if subject != target:
            yield Stance(relation, subject, target, noun, "person", tuple(parts), None, None)


def owner_of_person(scene: Scene, noun: Token) -> int | None:
    """Of whom somebody is a supporter or critic."""
    for other in noun.children:
        if other.dep_ in ("poss", "compound", "nmod"):
            found = side(scene, other)
            if found is not None:
                return found
        if other.dep_ == "prep" and other.lower_ == "of":
            inner = child(other, "pobj")
            if inner is not None:
                return side(scene, inner)
    mention = scene.reading.mention_at(noun.i - 1) if noun.i > 0 and noun.dep_ == "compound" else None
    return None if mention is None else side(scene, scene.reading.doc[noun.i - 1])
