"""Verdicts inside somebody's words: what the speaker's clause says of the one who is its subject or owns it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import NEGATORS, Scene, modality_of
from kg.extract.cues import StanceCues
from kg.extract.ends import owners, side
from kg.extract.frames import Stance
from kg.extract.judgement import sign_of
from kg.extract.targets import SUBJECTS, child
from kg.model import Modality

_RELATION = {"!": "accuses", "-": "criticizes", "+": "supports"}
_PREDICATES = frozenset(["acomp", "attr", "oprd"])
_OWN_CLAUSES = frozenset(["ccomp", "advcl", "conj", "parataxis", "relcl", "csubj"])
_SMALL_BE = frozenset(["be", "become", "remain", "seem", "look", "sound", "prove"])
_REACH = 40
"""How many tokens of a clause are weighed."""
_CLIMB = 5
_LONGEST = 30
"""A longer verdict is cut behind its judging word."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A judging word of a clause, its sign after negation, and how near to the clause's verb it stands."""

    token: Token
    sign: str
    near: bool
    turned: bool


def verdicts(scene: Scene, cues: StanceCues) -> Iterator[Stance]:
    """The verdicts that speakers pass on others."""
    reading = scene.reading
    for mention in reading.mentions:
        token = reading.doc[mention.end - 1]
        index = scene.content_of[token.i]
        if index < 0 or reading.skipped[token.i]:
            continue
        speaker, target = scene.attributions[index].speaker, side(scene, token)
        if speaker is None or target is None or target == speaker:
            continue
        tied = _subject(token)
        if tied is not None:
            subject, verb = tied
            found = _of_clause(scene, token, subject, verb, target, cues)
        else:
            found = _of_noun(scene, token, target, cues)
        if found is not None:
            rule, word, parts, verb_ = found
            mood = "" if verb_ is None or modality_of(verb_) is Modality.ASSERTED else "-would"
            yield Stance(
                _RELATION[word.sign],
                speaker,
                target,
                word.token,
                f"says-{rule}{word.sign}{mood}",
                parts,
                _predicate(word.token, verb_),
                verb_,
                turned=True,
            )


def _predicate(word: Token, verb: Token | None) -> tuple[int, int]:
    """The words of the verdict: the predicate from its verb on, or the judging word's noun phrase."""
    if verb is None:
        head = word.head if word.dep_ in ("amod", "compound") else word
        return head.left_edge.i, head.right_edge.i + 1
    subject = child(verb, "nsubj", "nsubjpass")
    start = verb.left_edge.i if subject is None else subject.right_edge.i + 1
    start = min(start, word.i)
    end = max(verb.right_edge.i, word.i) + 1
    if end - start > _LONGEST:
        end = max(word.i + 1, min(word.right_edge.i + 1, start + _LONGEST))
    return start, end


def _subject(token: Token) -> tuple[Token, Token] | None:
    """The subject noun that the name is, belongs to or is coordinated with, and the subject's verb."""
    current = token
    for _ in range(_CLIMB):
        if current.dep_ in SUBJECTS:
            return current, current.head
        if current.dep_ == "pobj" and current.head.lower_ in ("of", "by"):
            current = current.head.head
        elif current.dep_ in ("poss", "conj", "compound", "appos", "nmod"):
            current = current.head
        else:
            return None
    return None


def _of_clause(
    scene: Scene, token: Token, subject: Token, verb: Token, target: int, cues: StanceCues
) -> tuple[str, _Word, tuple[Token, ...], Token] | None:
    if _asks(scene, verb):
        return None
    words = list(_weigh(scene, subject, verb, target, cues))
    direct = side(scene, subject) is not None
    for sign in "!-":
        for word in words:
            if word.sign == sign:
                if word.turned:
                    rule = "turned"
                elif word.near:
                    rule = "predicate"
                else:
                    rule = "clause"
                return rule + ("" if direct else "-owner"), word, (token, verb), verb
    for word in words:
        if word.sign == "+" and word.near and word.token.pos_ != "VERB":
            return "praise" + ("" if direct else "-owner"), word, (token, verb), verb
    return None


def _weigh(
    scene: Scene, subject: Token, verb: Token, target: int, cues: StanceCues
) -> Iterator[_Word]:
    """The judging words that the clause's verb governs, other people's clauses left out."""
    negated = _negated(verb)
    stack = [(verb, True, negated)]
    seen = 0
    while stack and seen < _REACH:
        current, near, turned = stack.pop()
        seen += 1
        sign = sign_of(current, cues)
        if sign and current is not subject:
            flips = turned or (current is not verb and _negated(current))
            if not flips:
                yield _Word(current, sign, near, False)
            elif sign == "+":
                yield _Word(current, "-", near, True)
        for other in current.children:
            if other is subject or (other.dep_ in _OWN_CLAUSES and _of_another(scene, other, target)):
                continue
            if scene.content_of[other.i] < 0 or current.lemma_ in cues.opposing:
                continue
            beside = near and current is verb and other.dep_ in (*_PREDICATES, "dobj")
            below = near and current is not verb and other.dep_ in ("amod", "advmod", "conj", "compound")
            stack.append((other, beside or below, turned and (other.dep_ in _PREDICATES or current is not verb)))


def _of_another(scene: Scene, clause: Token, target: int) -> bool:
    """Whether the clause has a subject of its own that is not the target."""
    own = child(clause, "nsubj", "nsubjpass")
    return own is not None and side(scene, own) != target


def _asks(scene: Scene, verb: Token) -> bool:
    """Whether the clause is a question or a condition."""
    doc = scene.reading.doc
    end = verb.right_edge.i
    if any(token.text == "?" for token in doc[end : end + 2]):
        return True
    return any(other.dep_ == "mark" and other.lower_ in ("if", "whether", "unless") for other in verb.children)


def _negated(word: Token) -> bool:
    return any(other.dep_ == "neg" or other.lower_ in NEGATORS for other in word.children)


def _of_noun(
    scene: Scene, token: Token, target: int, cues: StanceCues
) -> tuple[str, _Word, tuple[Token, ...], Token | None] | None:
    """ "X's failure", "this cheap stunt by X": a judging noun or a judged thing that is X's own."""
    noun = token.head
    if noun.pos_ == "ADP" and noun.lower_ in ("by", "of", "from"):
        noun = noun.head
    if noun.pos_ not in ("NOUN", "PROPN") or (target not in owners(scene, noun) and token.head.lower_ != "from"):
        return None
    pointed = noun.dep_ == "attr" and noun.head.lemma_ in _SMALL_BE
    rule = "noun-pointed" if pointed else "noun"
    for word in (noun, *noun.children):
        if word is noun or word.dep_ in ("amod", "compound"):
            sign = sign_of(word, cues)
            if sign and sign != "+" and not _negated(noun):
                return rule + ("" if word is noun else "-mod"), _Word(word, sign, True, False), (token, noun), None
    return None
