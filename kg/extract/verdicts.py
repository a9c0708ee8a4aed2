"""Verdicts inside somebody's words: what the clause says of the one who is, or owns, its subject."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Scene
from kg.extract.clauses import PREDICATES, Word, negated, vouched, weigh
from kg.extract.cues import StanceCues, speech_cues
from kg.extract.ends import owners, side
from kg.extract.frames import Stance
from kg.extract.judgement import sign_of
from kg.extract.moods import mood_of
from kg.extract.targets import SUBJECTS, child
from kg.model import Modality, Polarity

_RELATION = {"!": "accuses", "-": "criticizes", "+": "supports"}
_MODIFIERS = frozenset(["amod", "advmod", "conj", "compound"])
_CONDITIONS = frozenset(["if", "whether", "unless"])
_REACH = 40
"""How many tokens of a clause are weighed."""
_CLIMB = 5
_GAP = " .. "
_SKIPPED = 3
_LONGEST = 30
"""A longer verdict is cut behind its judging word."""


def verdicts(scene: Scene, cues: StanceCues) -> Iterator[Stance]:
    """The verdicts that speakers pass on others."""
    reading = scene.reading
    for mention in reading.mentions:
        token = reading.doc[mention.end - 1]
        index = scene.content_of[token.i]
        if index < 0 or reading.skipped[token.i]:
            continue
        speaker, target = scene.attributions[index].speaker, side(scene, token)
        if speaker is None or target is None or target == speaker or not is_stated(scene, index, cues):
            continue
        tied = _subject(token)
        if tied is None:
            noun = _judged_noun(scene, token, target, cues)
            if noun is not None:
                detail = (noun.left_edge.i, noun.right_edge.i + 1)
                yield Stance("criticizes", speaker, target, noun, "says-noun", (token, noun), detail, turned=True)
            continue
        subject, verb = tied
        if not vouched(scene, verb, index, cues):
            continue
        found, cued = _of_clause(scene, subject, verb, target, cues), _of_cue(scene, index, subject, verb)
        if found is None or (cued is not None and cued[1].sign == "!" and found[1].sign == "-"):
            found = cued or found
        if found is not None:
            rule, word = found
            detail = _predicate(word.token, verb)
            yield Stance(
                _RELATION[word.sign],
                speaker,
                target,
                word.token,
                f"says-{rule}",
                (token, verb),
                detail,
                verb,
                turned=True,
            )


def is_stated(scene: Scene, index: int, cues: StanceCues) -> bool:
    """Whether the words are said at all: not denied, asked, hoped, or left unsaid."""
    cue = scene.attributions[index].cue
    if cue is None:
        return True
    word = scene.reading.doc[cue[0]]
    above = word.head if word.dep_ in ("xcomp", "pcomp", "ccomp") else word
    if word.lemma_ in cues.hedges or negated(word) or above.lemma_ in cues.hedges:
        return False
    return word.pos_ != "VERB" or mood_of(word) == (Polarity.POSITIVE, Modality.ASSERTED)


def _predicate(word: Token, verb: Token) -> tuple[int, int]:
    """The words of the verdict: the predicate from its verb on."""
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


def _of_clause(scene: Scene, subject: Token, verb: Token, target: int, cues: StanceCues) -> tuple[str, Word] | None:
    """The rule and the word by which the clause judges: charge before fault, fault before praise."""
    words = list(weigh(scene, subject, verb, target, cues))
    direct = side(scene, subject) is not None
    suffix = "" if direct else "-owner"
    for sign in "!-":
        for word in words:
            if word.sign == sign and (direct or word.near or sign == "!"):
                rule = "turned" if word.turned else "predicate" if word.near else "clause"
                return rule + suffix, word
    if not direct:
        return None
    sign = _phrase(scene, verb, cues)
    if sign:
        return "phrase", Word(verb, sign, near=True, turned=False)
    for word in words:
        if word.sign == "+" and word.near and _is_praise(word.token, verb):
            return "praise", word
    return None


def _of_cue(scene: Scene, index: int, subject: Token, verb: Token) -> tuple[str, Word] | None:
    """A clause that is itself the content of an allegation or complaint."""
    cue = scene.attributions[index].cue
    if cue is None or side(scene, subject) is None:
        return None
    word = scene.reading.doc[cue[0]]
    speech = speech_cues()
    frames = (speech.nouns if word.pos_ == "NOUN" else speech.verbs).get(word.lemma_, "")
    sign = "!" if "A" in frames else "-" if "C" in frames else ""
    if not sign or verb.head != word:
        return None
    return "cue", Word(verb, sign, near=True, turned=False)


def _is_praise(word: Token, verb: Token) -> bool:
    """Whether a good word is said of the subject itself: predicates, and "did a great job"."""
    if word.pos_ == "VERB" or any(other.lower_ == "too" for other in word.children):
        return False
    head = word
    while head.head != verb and head.dep_ in _MODIFIERS:
        head = head.head
    future = any(other.dep_ == "aux" and other.tag_ == "MD" for other in verb.children)
    return not future and (head.dep_ in PREDICATES or (head.dep_ == "dobj" and verb.lemma_ == "do"))


def _phrase(scene: Scene, verb: Token, cues: StanceCues) -> str:
    """The sign of a set phrase in the clause."""
    if verb.lemma_ in cues.opposing:
        return ""
    first, last = max(verb.left_edge.i, verb.i - _REACH), min(verb.right_edge.i + 1, verb.i + _REACH)
    lemmas = [
        "not" if token.dep_ == "neg" or token.lower_ == "never" else token.lemma_.lower()
        for token in scene.reading.doc[first:last]
        if scene.content_of[token.i] >= 0 and not token.is_punct
    ]
    text = f" {' '.join(lemmas)} "
    return next((sign for phrase, sign in cues.phrases if _stands_in(phrase, text)), "")


def _stands_in(phrase: str, text: str) -> bool:
    """Whether the words of the phrase stand in the text, not denied; ".." in it is up to three words."""
    first, gap, last = phrase.partition(_GAP)
    place = text.find(f"{first} " if gap else first)
    if place < 0 or text[:place].endswith(" not"):
        return False
    if not gap:
        return True
    behind = text[place + len(first) :].split(" ")[1 : len(last.split()) + _SKIPPED + 1]
    return f" {last}" in f" {' '.join(behind)} "


def _judged_noun(scene: Scene, token: Token, target: int, cues: StanceCues) -> Token | None:
    """The noun of a charge that is the target's own: "X's lies", "a scurrilous attempt by X"."""
    noun = token.head
    if noun.pos_ == "ADP" and noun.lower_ in ("by", "of", "from"):
        noun = noun.head
    elif target not in owners(scene, noun, cues):
        return None
    if noun.pos_ not in ("NOUN", "PROPN") or negated(noun) or noun.head.lemma_ in cues.opposing:
        return None
    words = [noun, *(other for other in noun.children if other.dep_ in ("amod", "compound"))]
    return noun if any(sign_of(word, cues) == "!" for word in words) else None
