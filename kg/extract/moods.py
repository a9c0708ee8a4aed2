"""Whether what a verb says holds, does not hold, or is only imagined."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.base import modality_of, polarity_of
from kg.model import Modality, Polarity

_REFUSALS = frozenset(
    ["refuse", "decline", "fail", "stop", "avoid", "hesitate", "refrain", "forget", "resist", "cease", "loath", "shy"]
)
_WITHOUT = frozenset(["without", "instead", "short", "rather", "from", "than", "against"])
_NOBODY = frozenset(["nobody", "none"])
_QUESTIONS = frozenset(["ask", "wonder", "question", "inquire", "enquire"])
_STEPS = 3


def mood_of(verb: Token) -> tuple[Polarity, Modality]:
    """Polarity and modality of a verb, those that it takes over from the verbs above it included."""
    polarity, modality = polarity_of(verb), modality_of(verb)
    if polarity is Polarity.POSITIVE and (_is_refused(verb) or _is_nobodys(verb)):
        polarity = Polarity.NEGATIVE
        if verb.dep_ == "xcomp":
            modality = Modality.ASSERTED
    if modality is Modality.ASSERTED and _is_asked(verb):
        modality = Modality.HYPOTHETICAL
    if verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children):
        head_polarity, head_modality = mood_of(verb.head) if verb.head != verb else (polarity, modality)
        return head_polarity if polarity is Polarity.POSITIVE else polarity, head_modality
    if verb.dep_ == "xcomp" and polarity is Polarity.POSITIVE and verb.head.pos_ in ("VERB", "AUX"):
        polarity = polarity_of(verb.head)
    return polarity, modality


def _is_refused(verb: Token) -> bool:
    """Whether the verb stands under one of not doing: "refused to call", "stopped short of accusing"."""
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in _REFUSALS
    if verb.dep_ != "pcomp":
        return False
    current = verb.head
    for _ in range(_STEPS):
        if current.lower_ in _WITHOUT:
            return current.lower_ not in ("from", "against") or current.head.lemma_ in _REFUSALS
        if current.pos_ not in ("ADP", "ADV", "SCONJ"):
            return False
        current = current.head
    return False


def _is_nobodys(verb: Token) -> bool:
    return any(other.dep_ == "nsubj" and other.lower_ in _NOBODY for other in verb.children)


def _is_asked(verb: Token) -> bool:
    """Whether the clause is a question."""
    if verb.dep_ == "ccomp" and verb.head.lemma_ in _QUESTIONS:
        return True
    return any(other.text == "?" for other in verb.children)
