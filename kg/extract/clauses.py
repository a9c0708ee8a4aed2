"""What a clause says of its subject, and whether the one whose words it stands in vouches for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import NEGATORS, Scene
from kg.extract.cues import StanceCues
from kg.extract.ends import side
from kg.extract.judgement import sign_of
from kg.extract.targets import child, is_passive
from kg.model import MentionKind

PREDICATES = frozenset(["acomp", "attr", "oprd"])
_MODIFIERS = frozenset(["amod", "advmod", "compound", "nmod", "conj", "npadvmod"])
_THROUGH = frozenset(["conj", "parataxis", "csubj"])
_CONDITIONS = frozenset(["if", "whether", "unless", "lest"])
_BY_DOING = frozenset(["by", "in", "without"])
_RELATIVE = frozenset(["who", "that", "which"])
_NEGATING = frozenset(["nothing", "nobody", "none", "few", "little"])
_STEPS = 12
_REACH = 40
"""How many tokens of a clause are weighed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A judging word of a clause: its sign after negation, whether it stands in the verb's own predicate."""

    token: Token
    sign: str
    near: bool
    turned: bool


def negated(word: Token) -> bool:
    """Whether a negation hangs on the word, or it is all that "nothing" is ("nothing illegal")."""
    if word.head.lower_ == "nothing":
        return True
    return any(
        other.dep_ == "neg" or other.lower_ in NEGATORS or (other.lower_ in _NEGATING and other.dep_ != "npadvmod")
        for other in word.children
    )


def asks(scene: Scene, verb: Token) -> bool:
    """Whether the clause is a question or a condition."""
    for other in verb.children:
        if other.text == "?" or (other.dep_ == "mark" and other.lower_ in _CONDITIONS):
            return True
    end = verb.right_edge.i
    return any(token.text == "?" for token in scene.reading.doc[max(end - 1, verb.i) : end + 2])


def vouched(scene: Scene, verb: Token, index: int, cues: StanceCues) -> bool:
    """Whether the speaker of the attribution himself says what the clause says.

    He does at the top of his words and under what he knows or calls a fact; he does not where the clause is a
    question, a condition, somebody's story, or denied.
    """
    current = verb
    for _ in range(_STEPS):
        head = current.head
        if head == current:
            return not asks(scene, current)
        outside = scene.content_of[head.i] != index
        if _is_conditional(current):
            return False
        if outside:
            return not asks(scene, current)
        if current.dep_ == "ccomp" or (current.dep_ == "xcomp" and current.tag_ != "VB"):
            if not _vouches(head, cues):
                return False
        elif current.dep_ == "advcl":
            if current.tag_ == "VB" or _marker(current) in cues.hedges:
                return False
        elif current.dep_ in ("acl", "relcl"):
            over = _around_noun(current, cues)
            if over is None:
                return False
            head = over
        elif current.dep_ not in _THROUGH:
            return False
        current = head
    return False


def _is_conditional(verb: Token) -> bool:
    return any(other.dep_ == "mark" and other.lower_ in _CONDITIONS for other in verb.children)


def _marker(clause: Token) -> str:
    return next((other.lower_ for other in clause.children if other.dep_ in ("mark", "advmod")), "")


def _vouches(verb: Token, cues: StanceCues) -> bool:
    """Whether a verb over a clause makes it the speaker's own ("I know that", "it is clear that")."""
    if negated(verb) or any(negated(other) for other in verb.children if other.dep_ in PREDICATES):
        return False
    if verb.lemma_ == "be":
        return any(other.lemma_ in cues.factive for other in verb.children if other.dep_ in PREDICATES)
    if verb.lemma_ == "make":
        return any(other.lemma_ == "clear" for other in verb.children)
    return verb.lemma_ in cues.factive


def _around_noun(clause: Token, cues: StanceCues) -> Token | None:
    """The verb of the clause that holds the noun of a clause, None where the noun makes it hearsay."""
    noun = clause.head
    if clause.dep_ == "acl" or _that_clause(clause):
        if clause.dep_ == "acl" and clause.tag_ not in ("VBG", "VBN") and noun.lemma_ not in cues.factive:
            return None
        if clause.dep_ == "relcl" and noun.lemma_ in cues.hearsay:
            return None
    current = noun
    for _ in range(_STEPS):
        if negated(current) or current.head == current:
            return None if negated(current) else current
        if current.pos_ in ("VERB", "AUX"):
            return None if current.lemma_ in cues.opposing else current
        current = current.head
    return None


def _that_clause(clause: Token) -> bool:
    return clause.left_edge.lower_ == "that" and clause.left_edge.dep_ == "mark"


def weigh(scene: Scene, subject: Token, verb: Token, target: int, cues: StanceCues) -> Iterator[Word]:
    """The judging words of the predicate: what the subject is, does, or does by doing.

    Clauses about others, and what the verb only works against, are left out.
    """
    passive = is_passive(verb)
    stack = [(verb, True, negated(verb))]
    seen = 0
    while stack and seen < _REACH:
        current, near, turned = stack.pop()
        seen += 1
        sign = _sign(scene, current, cues, passive=passive and current == verb)
        if sign and not _has_agent(current):
            if turned or (current != verb and negated(current)):
                if sign == "+":
                    yield Word(current, "-", near, turned=True)
            elif sign != "-" or not _hedged(current):
                yield Word(current, sign, near, turned=False)
        if current.lemma_ in cues.opposing or _attacks(current, cues):
            continue
        for other in current.children:
            if other == subject or scene.content_of[other.i] < 0:
                continue
            step = _step(scene, current, other, verb, target, cues)
            if step:
                below = other.pos_ in ("VERB", "AUX") and negated(other)
                stack.append((other, near and step == "near", below or (turned and other.dep_ != "advcl")))


def _sign(scene: Scene, word: Token, cues: StanceCues, *, passive: bool) -> str:
    """The sign of a word; what is done to somebody is no charge against him."""
    if _in_name(scene, word):
        return ""
    return cues.signs.get((word.lower_, "a"), "") if passive else sign_of(word, cues)


def _step(scene: Scene, current: Token, other: Token, verb: Token, target: int, cues: StanceCues) -> str:
    """ "near" or "far" where a word below another one still speaks of the clause's subject, else ""."""
    dep = other.dep_
    if current.pos_ in ("VERB", "AUX"):
        if dep in PREDICATES or dep == "dobj":
            return "near" if dep != "dobj" or current == verb or current.lemma_ in cues.light else "far"
        if dep == "advmod":
            return "near"
        if dep in ("xcomp", "conj", "advcl"):
            return "" if _leaves(scene, current, other, target) else "far"
        if dep == "prep":
            return (
                "far" if other.lower_ == "as" or (other.lower_ in _BY_DOING and _is_doing(current, other, cues)) else ""
            )
        return ""
    if current.pos_ == "ADP":
        return "far" if dep in ("pobj", "pcomp", "amod") else ""
    if current.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "ADV", "NUM"):
        if dep in _MODIFIERS:
            return "near" if _is_own(current, cues) else ""
        if dep == "prep" and current.pos_ == "ADJ":
            return "far" if current.lemma_ not in cues.opposing else ""
        if dep == "prep" and other.lower_ == "of" and current.lemma_ in cues.carriers:
            return "far"
        if dep == "appos":
            return "far" if _is_own(current, cues) and current.dep_ in PREDICATES else ""
        if dep == "relcl" and current.dep_ in PREDICATES:
            own = child(other, "nsubj")
            return "far" if own is not None and own.lower_ in _RELATIVE else ""
    return ""


def _is_own(noun: Token, cues: StanceCues) -> bool:
    """Whether what modifies the noun is said of the subject: predicates, and objects of "make" or "lead"."""
    current = noun
    while current.dep_ in ("conj", "amod", "advmod", "compound", "nmod", "npadvmod") and current.head != current:
        current = current.head
    if current.pos_ in ("VERB", "AUX") or current.dep_ in PREDICATES or current.dep_ in ("advmod", "ccomp", "ROOT"):
        return True
    if current.dep_ == "dobj":
        return current.head.lemma_ in cues.light
    return current.dep_ == "pobj"


def _is_doing(verb: Token, preposition: Token, cues: StanceCues) -> bool:
    """Whether a preposition under the verb says what the subject is ("as") or does ("by lying", "engage in")."""
    if preposition.lower_ == "as":
        return True
    if preposition.lower_ not in _BY_DOING:
        return False
    if child(preposition, "pcomp") is not None:
        return not is_passive(verb)
    return preposition.lower_ == "in" and verb.lemma_ in cues.light


def _leaves(scene: Scene, current: Token, clause: Token, target: int) -> bool:
    """Whether a clause below the verb is about another one, or only imposed on the subject."""
    own = child(clause, "nsubj", "nsubjpass")
    if own is not None:
        return clause.dep_ == "advcl" or side(scene, own) != target
    if clause.dep_ == "xcomp":
        return is_passive(current) or child(current, "dobj") is not None
    if clause.dep_ == "advcl":
        return clause.tag_ != "VBG" or _marker(clause) not in ("", "by", "while")
    return False


def _hedged(word: Token) -> bool:
    """Whether a weak word only says what somebody cannot do ("insufficient to prove")."""
    return word.pos_ == "ADJ" and child(word, "xcomp") is not None


def _in_name(scene: Scene, word: Token) -> bool:
    """Whether the word is part of a name, which judges nobody."""
    mention = scene.reading.mention_at(word)
    return mention is not None and mention.kind is MentionKind.NAME


def _attacks(word: Token, cues: StanceCues) -> bool:
    """Whether a verb charges somebody else, so that the bad words behind it are not about its subject."""
    return any(
        frame.place == "o" and frame.particle == "-" and frame.relation in ("accuses", "charged")
        for frame in cues.verbs.get(word.lemma_, ())
    )


def _has_agent(word: Token) -> bool:
    """Whether a participle tells of what somebody else did ("jobs stolen by X")."""
    return word.tag_ == "VBN" and child(word, "agent") is not None
