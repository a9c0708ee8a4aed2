"""Who employs whom: the words for it, and the employer beside a job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from kg.extract.cues import DATA, rows
from kg.model import EntityType
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_EMPLOYERS = frozenset([EntityType.ORGANIZATION, EntityType.OUTLET])
_PHRASE = frozenset(["NOUN", "PROPN", "ADJ", "DET", "NUM"])
_REACH = 6


@dataclass(frozen=True, slots=True)
class EmploymentWords:
    """The lists of data/en/employment.tsv."""

    jobs: frozenset[str]
    seats: frozenset[str]
    bodies: frozenset[str]
    staffed: frozenset[str]
    prepositions: frozenset[str]
    works: frozenset[str]
    runs: frozenset[str]
    joins: frozenset[str]
    leaves: frozenset[str]


@lru_cache(maxsize=8)
def employment_words(folder: Path = DATA / "en") -> EmploymentWords:
    """The words about working for somebody."""
    lists: dict[str, set[str]] = {}
    for word, use in rows(folder, "employment.tsv"):
        lists.setdefault(use, set()).add(word)
    names = ("job", "seat", "body", "staffed", "at", "for", "runs", "joins", "leaves")
    return EmploymentWords(*(frozenset(lists.get(name, ())) for name in names))


def is_seat(noun: Token) -> bool:
    """Whether the noun names a seat that one is elected to, not a job."""
    return bool({noun.lower_, singular(noun.lower_)} & employment_words().seats)


def employer_at(reading: Reading, token: int) -> TokenMention | None:
    """The mention at the token of something that employs people: no party, place, or body on which one has a seat."""
    mention = reading.mention_at(token)
    if mention is None or reading.type_of(mention.cluster) not in _EMPLOYERS:
        return None
    words = employment_words()
    name = [token.lower_ for token in reading.doc[mention.start : mention.end] if not token.is_punct]
    whole = reading.clusters[mention.cluster].name.lower().split()
    if {name[-1], whole[-1]} & words.bodies and not words.staffed & {*name, *whole}:
        return None
    return mention


def employer_inside(reading: Reading, start: int, end: int) -> TokenMention | None:
    """The first employer named on tokens `[start, end)`."""
    for place in range(start, end):
        mention = employer_at(reading, place)
        if mention is not None:
            return mention
    return None


def employer_before(reading: Reading, start: int) -> TokenMention | None:
    """The employer whose possessive ends right before `start` ("the BBC's")."""
    place = start - 1
    if place < 1 or reading.doc[place].tag_ != "POS":
        return None
    return employer_at(reading, place - 1)


def employer_behind(reading: Reading, end: int) -> TokenMention | None:
    """The employer in the prepositional phrase that starts at `end` ("at the controversial Example Institute")."""
    doc = reading.doc
    if end >= len(doc) or doc[end].lower_ not in employment_words().prepositions:
        return None
    for place in range(end + 1, min(end + 1 + _REACH, len(doc))):
        mention = employer_at(reading, place)
        if mention is not None:
            return mention
        if reading.at[place] >= 0 or not (doc[place].pos_ in _PHRASE or doc[place].text == "-"):
            return None
    return None


def jobs(reading: Reading) -> Iterator[Token]:
    """The nouns for occupations that are no offices."""
    words = employment_words().jobs
    for token in reading.doc:
        if token.lower_ in words and token.pos_ in ("NOUN", "PROPN", "ADJ") and not reading.skipped[token.i]:
            yield token
