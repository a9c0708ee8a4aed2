"""Verbs that take a stand on somebody by themselves: who, on whom, with which charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.cues import StanceCues, VerbFrame
from kg.extract.ends import actors, targets
from kg.extract.judgement import judge
from kg.extract.legal import is_legal_charge
from kg.extract.targets import agent_of, child, is_passive, subject_of, with_particles

_RELATIVE = frozenset(["who", "whom", "that", "which"])
_CLAUSAL = frozenset(["advcl", "ccomp", "parataxis", "cc", "prep", "xcomp"])
_STEPS = 3
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
    if _is_charged(verb, cues) or _is_asked(verb):
        return
    if verb.lemma_ == "charge" and is_legal_charge(scene, verb):
        return  # a step of the law, which is chargedWith
    for frame in cues.verbs.get(verb.lemma_, ()):
        if not _has_particle(verb, frame.particle):
            continue
        small = _named_charge(scene, verb) if frame.place == "n" else None
        place, detail = small if small is not None else (_place(verb, frame), _charge(verb, frame))
        if place is None:
            continue
        if verb.lemma_ in cues.denials and place.lemma_ in cues.charges:
            return
        if verb.lemma_ in cues.denials and cues.nouns.get(place.lemma_, ("", ""))[1] == "supports":
            return  # "disavowed X's endorsement" is no attack on X
        if frame.needed and detail is None:
            continue
        relation = _relation(scene, frame.relation, detail, cues)
        agent = agent_of(verb)
        if agent is None:
            agent = _agent_inside(verb, frame)
            if agent is not None and detail is not None:
                detail = (detail[0], min(detail[1], max(agent.head.i, detail[0] + 1)))
        if relation is None or agent is None:
            continue
        kind = "named" if frame.relation == "named" else "verb"
        meant = targets(scene, place, cues)
        acting = actors(scene, agent, cues)
        for subject in acting:
            for target, direct in meant:
                if target not in acting:
                    own = detail if detail or direct else (place.left_edge.i, place.i + 1)
                    label = f"{kind}{'' if direct else '-owner'}"
                    yield Stance(relation, subject, target, verb, label, (agent, place), own, verb)
        if meant:
            return


def _agent_inside(verb: Token, frame: VerbFrame) -> Token | None:
    """Who acts in "was accused of lying by X": parsers hang "by" on the charge."""
    if not is_passive(verb):
        return None
    for other in verb.children:
        charge = child(other, "pobj", "pcomp") if other.dep_ == "prep" and other.lower_ in frame.charge else None
        for inner in () if charge is None else charge.children:
            if inner.lower_ == "by" and inner.dep_ in ("prep", "agent"):
                return child(inner, "pobj")
    return None


def _is_charged(verb: Token, cues: StanceCues) -> bool:
    """Whether the verb is what somebody is charged with: its subject is the one charged, not the one who charges."""
    current = verb
    for _ in range(_STEPS):
        if current.dep_ == "pcomp" and current.head.lower_ in ("of", "for", "over", "with"):
            above = current.head.head
            frames = cues.verbs.get(above.lemma_, cues.verbs.get(above.head.lemma_, ()))
            return any(current.head.lower_ in frame.charge for frame in frames)
        if current.dep_ not in ("conj", "xcomp") or current.head == current:
            return False
        current = current.head
    return False


def _is_asked(verb: Token) -> bool:
    """Whether the clause is an indirect question ("asked whether he was calling X a liar")."""
    return verb.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in verb.children)


def _has_particle(verb: Token, particle: str) -> bool:
    words = [other.lower_ for other in verb.children if other.dep_ in ("prt", "advmod")]
    if particle == "-":
        return not any(other.dep_ == "prt" for other in verb.children)
    return particle in words


def _place(verb: Token, frame: VerbFrame) -> Token | None:
    """The noun that the frame's target stands in."""
    if frame.place not in ("o", "n"):
        direct = child(verb, "dobj")
        for other in (*with_particles(verb), *(direct.children if direct is not None else ())):
            if other.dep_ in ("prep", "agent") and other.lower_ == frame.place:
                return child(other, "pobj")
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


_NAMED = frozenset(["PERSON", "ORG", "GPE", "NORP"])


def _beside_name(verb: Token) -> list[Token]:
    """What parsers hang on the object though it belongs to the verb ("accused the chancellor of a ...")."""
    direct = child(verb, "dobj")
    if verb.lemma_ != "accuse" or direct is None:
        return []
    parts = [part for name in (direct, *direct.conjuncts) for part in name.children]
    # "accused the administration of Ada Example of waste": the first "of" says whose, and the second may hang on it.
    owners = [
        owner
        for part in parts
        if part.lower_ == "of" and (owner := child(part, "pobj")) is not None and owner.ent_type_
    ]
    theirs = {owner.head.i for owner in owners if owner.ent_type_ in _NAMED}
    return [part for part in parts if part.i not in theirs] + [part for owner in owners for part in owner.children]


def _charge(verb: Token, frame: VerbFrame) -> tuple[int, int] | None:
    """The words of the charge behind one of the frame's prepositions, or the predicate of the object."""
    head = child(verb, "oprd", "attr") if frame.relation == "named" else None
    agent = child(verb, "agent")
    actor = None if agent is None else child(agent, "pobj")
    behind = () if actor is None else actor.children  # "was accused by X of lying": parsers hang "of" on X
    if head is None:
        for other in (*verb.children, *behind, *_beside_name(verb)):
            if other.dep_ == "prep" and other.lower_ in frame.charge and other.i > verb.i:
                head = child(other, "pobj", "pcomp", "amod")
                if head is not None and head.ent_type_ not in ("DATE", "TIME"):
                    break
                head = None
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
