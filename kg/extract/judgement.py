"""Whether words praise, find fault, or charge with wrongdoing."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.base import NEGATORS, Scene
from kg.extract.cues import StanceCues

_PARTS = {"NOUN": "n", "PROPN": "n", "ADJ": "a", "VERB": "v", "ADV": "a"}
_FLIP = {"+": "-", "-": "", "!": ""}


def sign_of(token: Token, cues: StanceCues) -> str:
    """The sign of one word ("+", "-", "!" or ""), whatever the words around it."""
    part = _PARTS.get(token.pos_)
    if part is None:
        return ""
    signs = cues.signs
    found = signs.get((token.lemma_, part)) or signs.get((token.lower_, part))
    if found:
        return found
    if token.tag_ == "VBD":
        return ""  # what somebody did is no quality: "the boat that he bought"
    for other in "na":
        found = signs.get((token.lower_, other))
        if found:
            return found
    return ""


def judge(scene: Scene, words: tuple[int, int] | None, cues: StanceCues) -> str:
    """The sign of a charge or predicate: wrongdoing before fault before praise; a negation turns it."""
    if words is None:
        return ""
    signs = set()
    flipped = False
    for token in scene.reading.doc[words[0] : words[1]]:
        if token.lower_ in NEGATORS:
            flipped = True
        sign = sign_of(token, cues)
        if sign:
            signs.add(_FLIP[sign] if flipped else sign)
    return next((sign for sign in "!-+" if sign in signs), "")
