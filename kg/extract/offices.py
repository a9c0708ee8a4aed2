"""What an office is called: with or without the party's word, in one form for its abbreviations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.extract.base import Named
from kg.model import EntityType
from kg.nlp.reading import Reading, Role
from kg.nlp.roles import singular

_FURTHER = 5
_MEMBERS = frozenset(["mp", "mep", "msp"])
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Word lists about offices and parties.

    Heads of party offices, nouns for party people, party words that mean persons, what they compete for,
    whom a race is about, short forms.
    """

    party_offices: frozenset[str]
    party_people: frozenset[str]
    party_persons: frozenset[str]
    party_contests: frozenset[str]
    party_bearers: frozenset[str]
    party_words: dict[str, str]
    short_forms: dict[str, str]


@cache
def office_words(language: str = "en") -> OfficeWords:
    """The lists of one language."""
    folder = _DATA / language
    return OfficeWords(
        party_offices=frozenset(_lines(folder / "party_offices.txt")),
        party_people=frozenset(_lines(folder / "party_people.txt")),
        party_persons=frozenset(_lines(folder / "party_persons.txt")),
        party_contests=frozenset(_lines(folder / "party_contests.txt")),
        party_bearers=frozenset(_lines(folder / "party_bearers.txt")),
        party_words=dict(_pair(line) for line in _lines(folder / "party_words.tsv")),
        short_forms=dict(_pair(line) for line in _lines(folder / "office_forms.tsv")),
    )


def _pair(line: str) -> tuple[str, str]:
    short, full = line.split("\t")
    return short, full


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def office_of(reading: Reading, role: Role) -> Named:
    """The office that a role names; a party's word stays only in the name of a party's own office.

    What stands before the word goes with it: "Ohio Republican Sens." are "Sens.".
    """
    start = role.start
    head = reading.doc[role.head].lower_
    if not {head, singular(head)} & office_words().party_offices:
        place = start
        while place < role.head:
            mention = reading.mention_at(place)
            place = place + 1 if mention is None else max(mention.end, place + 1)
            if mention is not None and reading.type_of(mention.cluster) is EntityType.PARTY and place <= role.head:
                start = place
        while start < role.head and reading.doc[start].text in ("'s", "'", "-"):
            start += 1
    end = _office_end(reading, role)
    return Named(EntityType.POSITION, " ".join(reading.text(start, end).split()), start, end)


def _office_end(reading: Reading, role: Role) -> int:
    """Past what still belongs to an office's name: "for Ms Example's campaign", "MP for Ham and Leigh"."""
    doc, end = reading.doc, role.end
    if end + 1 >= len(doc) or end - 1 <= role.head or role.link == "title":
        return end
    last = doc[end - 1]
    if doc[end].tag_ == "POS" and last.dep_ == "poss" and end < last.head.i < end + _FURTHER:
        return int(last.head.i) + 1
    if last.dep_ in ("amod", "compound", "nmod") and end <= last.head.i < end + _FURTHER:
        between = doc[end : last.head.i + 1]
        if all(token.pos_ in ("ADJ", "NOUN", "PROPN", "CCONJ") for token in between):
            return int(last.head.i) + 1
    if doc[role.head].lower_ in _MEMBERS and doc[end].lower_ == "and" and doc[end + 1].pos_ == "PROPN":
        behind = reading.cluster_at(end + 1)
        if behind is None or reading.type_of(behind) is not EntityType.PERSON:
            end += 2
            while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].dep_ not in ("nsubj", "appos"):
                end += 1
    return end


def office_key(name: str) -> tuple[str, ...]:
    """The words of an office's name in one form: lower case, abbreviations written out."""
    forms = office_words().short_forms
    return tuple(forms.get(word, word) for word in name.casefold().replace("’", "'").split())


def same_office(a: str, b: str) -> bool:
    """Whether one name is the other or its end ("Ohio Gov." and "governor")."""
    short, long = sorted((office_key(a), office_key(b)), key=len)
    return long[len(long) - len(short) :] == short
