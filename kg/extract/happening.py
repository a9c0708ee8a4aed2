"""Whether what a verb or noun tells of happened, did not happen, or is open: planned, offered, feared, asked for."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.base import NEGATORS, modality_of, polarity_of
from kg.extract.moods import mood_of
from kg.extract.step_words import says
from kg.extract.targets import child
from kg.model import Modality, Polarity

Mood = tuple[Polarity, Modality]

HAPPENED: Mood = (Polarity.POSITIVE, Modality.ASSERTED)
OPEN: Mood = (Polarity.POSITIVE, Modality.HYPOTHETICAL)
DENIED: Mood = (Polarity.NEGATIVE, Modality.ASSERTED)

_OUGHT = frozenset(["should", "must", "ought", "shall", "need"])
_UNTIL = frozenset(["until", "before", "once", "when", "if", "unless", "whether"])
_PAST = frozenset(["had", "has", "have", "'d", "'s", "'ve", "did"])
_NONE = frozenset(["no", "any", "neither", "without"])
_STEPS = 5


def mood(verb: Token) -> Mood | None:
    """Whether the deed happened, did not, or is open; None where others only ask for it."""
    polarity, modality = mood_of(verb)
    helpers = {other.lower_ for other in verb.children if other.dep_ == "aux"}
    if helpers & _OUGHT or (modality is Modality.HYPOTHETICAL and "have" in helpers):
        return None
    if _in_question(verb):
        modality = Modality.HYPOTHETICAL
    current, result = verb, (polarity, modality)
    for _ in range(_STEPS):
        step = _above(current)
        if step is None:
            return None
        above, result = _join(result, step)
        if above is None:
            break
        current = above
    return result


def _in_question(verb: Token) -> bool:
    """Whether a question mark closes the clause or one around it; relative and adverbial clauses ask nothing."""
    current = verb
    for _ in range(_STEPS):
        if any(other.text == "?" for other in current.children):
            return True
        if current.head == current or current.dep_ in ("relcl", "advcl"):
            return False
        current = current.head
    return False


def _join(result: Mood, step: tuple[Token | None, Mood]) -> tuple[Token | None, Mood]:
    above, (polarity, modality) = step
    mixed = polarity if result[0] is Polarity.POSITIVE else result[0]
    return above, (mixed, result[1] if result[1] is not Modality.ASSERTED else modality)


def _above(verb: Token) -> tuple[Token | None, Mood] | None:
    """The word over a verb, and what it says of the deed; None where it asks for it."""
    head = verb.head
    infinitive = any(other.dep_ == "aux" and other.lower_ == "to" for other in verb.children)
    if any(other.dep_ == "mark" and other.lower_ in ("if", "unless", "whether") for other in verb.children):
        return None, OPEN
    if head == verb:
        return None, OPEN if infinitive else HAPPENED
    if verb.dep_ == "advcl" and verb.tag_ in ("VBP", "VBZ", "VB") and _opens_with(verb, _UNTIL):
        return None, OPEN
    if verb.dep_ == "conj":
        if any(other.dep_ in ("nsubj", "nsubjpass") for other in verb.children):
            return (head, HAPPENED) if head.dep_ in ("ccomp", "advcl") else (None, HAPPENED)
        return head, HAPPENED
    if verb.dep_ == "xcomp" or (infinitive and verb.dep_ in ("ccomp", "acl", "relcl", "advcl")):
        return _over_infinitive(verb, head, infinitive=infinitive)
    if verb.dep_ == "pcomp":
        return _over_gerund(verb)
    if verb.dep_ == "acl" and head.pos_ == "NOUN" and says("open", head) and verb.tag_ != "VBN":
        return None, OPEN
    if verb.dep_ == "ccomp":
        if says("denied", head) and head.lemma_ == "deny":
            return None, DENIED
        if says("demand", head) and verb.tag_ == "VB":
            return None
        if says("doubt", head) and polarity_of(head) is Polarity.NEGATIVE:
            return None, DENIED
        if says("open", head) and verb.tag_ not in ("VBD", "VBZ"):
            return None, OPEN
        return head, _clause_mood(head)
    return None, HAPPENED


def _opens_with(verb: Token, words: frozenset[str]) -> bool:
    return any(other.dep_ in ("mark", "advmod", "prep") and other.lower_ in words for other in verb.lefts)


def _clause_mood(head: Token) -> Mood:
    """What a condition over a whole report says of it; who says it, and whether he would, does not matter."""
    if any(other.dep_ == "mark" and other.lower_ in ("if", "unless") for other in head.children):
        return OPEN
    return HAPPENED


def _over_infinitive(verb: Token, head: Token, *, infinitive: bool) -> tuple[Token | None, Mood] | None:
    if says("denied", head):
        return None, DENIED
    if says("demand", head):
        return None
    if head.lemma_ == "have" and any(other.lower_ == "yet" for other in (*head.children, *verb.lefts)):
        return None, DENIED
    helpers = {other.lower_ for other in head.children if other.dep_ == "aux"}
    if helpers & _OUGHT or (head.lemma_ == "have" and (head.tag_ != "VBD" and not helpers & _PAST)):
        return None  # "has to resign"
    if "have" in helpers and modality_of(head) is Modality.HYPOTHETICAL:
        return None  # "would have had to resign"
    if says("real", head):
        return head, mood_of(head) if head.pos_ in ("VERB", "AUX") else HAPPENED
    if not infinitive:
        return (None, OPEN) if says("open", head) else (head, HAPPENED)
    return None, OPEN


def _over_gerund(verb: Token) -> tuple[Token | None, Mood] | None:
    preposition = verb.head
    above = preposition.head
    if preposition.lower_ in ("without", "than", "instead"):
        return None, DENIED
    if preposition.lower_ == "from" and says("denied", above):
        return None, DENIED
    if preposition.lower_ in ("of", "about", "for", "on", "into"):
        if says("demand", above) or says("open", above):
            return None, OPEN
        if preposition.lower_ == "of" and above.pos_ == "NOUN":
            return None, OPEN
    if says("denied", above):
        return None, DENIED
    return None, HAPPENED


def noun_mood(noun: Token) -> Mood | None:
    """The same for a noun ("her resignation"), by its determiner and by what stands over it."""
    for other in noun.lefts:
        if other.lower_ in _NONE or other.lower_ in NEGATORS:
            return DENIED if other.lower_ != "any" else None
        if other.dep_ == "amod" and says("open", other):
            return OPEN
    current = noun
    for _ in range(_STEPS):
        head = current.head
        if head == current:
            return HAPPENED
        if head.pos_ in ("VERB", "AUX"):
            return _governed(current, head)
        if head.pos_ in ("NOUN", "PROPN", "ADJ") and current.dep_ in ("prep", "compound", "dobj", "pobj"):
            if says("demand", head):
                return None
            if says("open", head):
                return OPEN
            if says("denied", head):
                return DENIED
        elif head.pos_ == "ADP" and head.lower_ == "without":
            return DENIED
        current = head
    return HAPPENED


def _governed(noun: Token, verb: Token) -> Mood | None:
    """What the verb over the noun, or over its preposition, says of the deed."""
    taken = noun.dep_ in ("dobj", "pobj") or (noun.dep_ == "prep" and noun.lower_ in ("for", "on", "at", "in"))
    if noun.dep_ == "nsubjpass" or taken:
        if says("demand", verb) and (noun.dep_ != "prep" or noun.lower_ == "for"):
            return None
        if says("denied", verb) and noun.dep_ != "prep":
            return DENIED
        if says("open", verb) and noun.dep_ in ("dobj", "nsubjpass") and child(verb, "xcomp") is None:
            return OPEN
    if noun.dep_ in ("dobj", "nsubjpass", "attr"):
        return mood(verb)
    return HAPPENED
