"""People whom a passage never names: "He was educated at Example College." where nobody says who he is.

They are ends of biographical claims only, and known by their pronouns; nothing else takes a stand against "he".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Token

from kg.model import MentionKind
from kg.nlp.reading import Reading

_WORDS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "I": ("i", "me", "my", "myself"),
}
_OF_WORD = {word: name for name, words in _WORDS.items() for word in words}
_IDS = np.array(sorted(get_string_id(word) for word in _OF_WORD), dtype=np.uint64)
_GAP = 3
"""A pronoun so many sentences behind the last one means somebody else."""
_DEEP = 20


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A person known by pronouns only: the pronoun, and the tokens that stand for the person, in text order."""

    name: str
    places: tuple[int, ...]


def unnamed_people(reading: Reading) -> tuple[Unnamed, ...]:
    """The pronouns that nothing in the reading resolves, grouped by person while they follow each other closely."""
    groups: list[list[int]] = []
    names: list[str] = []
    latest: dict[str, int] = {}
    for place in np.flatnonzero(np.isin(reading.doc.to_array("LOWER"), _IDS)).tolist():
        if reading.at[place] >= 0 or reading.skipped[place]:
            continue
        token = reading.doc[place]
        if token.pos_ != "PRON":
            continue
        name = _OF_WORD[token.lower_]
        number = latest.get(name)
        if number is None or reading.sentence_of[token.i] - reading.sentence_of[groups[number][-1]] >= _GAP:
            number = latest[name] = len(groups)
            groups.append([])
            names.append(name)
        groups[number].append(token.i)
    return tuple(Unnamed(name, tuple(places)) for name, places in zip(names, groups, strict=True))


def without_impossible(reading: Reading) -> Reading:
    """The reading without pronouns that were given to a person named further inside their own phrase.

    In "She was the daughter of Ada Example" and "his wife, Ada Example", pronoun and name are two people.
    """
    firsts = _first_names(reading)
    wrong = {
        number
        for number, mention in enumerate(reading.mentions)
        if mention.kind is MentionKind.PRONOUN and _holds(reading, mention.start, firsts.get(mention.cluster, -1))
    }
    if not wrong:
        return reading
    new = {old: place for place, old in enumerate(n for n in range(len(reading.mentions)) if n not in wrong)}
    return replace(
        reading,
        mentions=tuple(mention for number, mention in enumerate(reading.mentions) if number not in wrong),
        at=tuple(-1 if number < 0 or number in wrong else new[number] for number in reading.at),
    )


def _first_names(reading: Reading) -> dict[int, int]:
    """For each cluster the token of its first name."""
    firsts: dict[int, int] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME:
            firsts[mention.cluster] = min(firsts.get(mention.cluster, mention.end - 1), mention.end - 1)
    return firsts


def _holds(reading: Reading, pronoun: int, name: int) -> bool:
    """Whether the name stands behind the pronoun in the phrase of the pronoun's head."""
    if name < pronoun or reading.sentence_of[name] != reading.sentence_of[pronoun]:
        return False
    top = _first_conjunct(reading.doc[pronoun]).head
    token = reading.doc[name]
    for _ in range(_DEEP):
        if token.i == top.i:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token
