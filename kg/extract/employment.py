"""Who employs whom: the words for it, and the employer beside a job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from kg.extract.appearances import outlet_mentions
from kg.extract.base import End, Named, person_at
from kg.extract.cues import DATA, rows
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_TYPES = frozenset([EntityType.ORGANIZATION, EntityType.OUTLET])
_CHAIN = frozenset(["NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "CCONJ", "PRON"])
_JOINERS = frozenset(["of", "for", "the", "and", "&", "-", "No"])
_REACH = 12


@dataclass(frozen=True, slots=True)
class EmploymentWords:
    """The lists of data/en/employment.tsv, a field a use."""

    job: frozenset[str]
    seat: frozenset[str]
    body: frozenset[str]
    staffed: frozenset[str]
    at: frozenset[str]
    works: frozenset[str]
    runs: frozenset[str]
    airs: frozenset[str]
    joins: frozenset[str]
    ministry: frozenset[str]
    clerk: frozenset[str]
    air: frozenset[str]


@lru_cache(maxsize=8)
def employment_words(folder: Path = DATA / "en") -> EmploymentWords:
    """The words about working for somebody."""
    lists: dict[str, set[str]] = {}
    for word, use in rows(folder, "employment.tsv"):
        lists.setdefault(use, set()).add(word)
    return EmploymentWords(*(frozenset(lists.get(field.name, ())) for field in fields(EmploymentWords)))


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation or outlet named on tokens `[start, end)`."""

    end_of_claim: End
    start: int
    end: int


def is_seat(noun: Token) -> bool:
    """Whether the noun names a seat that one is elected to, not a job."""
    return bool({noun.lower_, singular(noun.lower_)} & employment_words().seat)


class Employers:
    """Finds employers in one article."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._role_heads = lexicon.role_heads
        self._titles = lexicon.titles
        self._words = employment_words()
        self._taken_up = {m.start: m for m in outlet_mentions(reading) if m.kind is MentionKind.NOMINAL}

    def at(self, token: int) -> Employer | None:
        """What is named at the token, if it employs people: no party, no body on which one has a seat."""
        mention = self._reading.mention_at(token) or self._taken_up.get(token)
        if mention is None or self._reading.type_of(mention.cluster) not in _TYPES:
            return None
        whole = self._reading.clusters[mention.cluster].name.lower().split()
        name = [
            token.lower_ for token in self._reading.doc[mention.start : mention.end] if not token.is_punct
        ]
        if {*name[:1], *name[-1:], whole[-1]} & self._words.body and not self._words.staffed & {
            *name,
            *whole,
        }:
            return None
        return Employer(mention.cluster, mention.start, mention.end)

    def _of_party(self, end: int) -> bool:
        """Whether the name only says where a party is ("the Example Democratic Party chairwoman")."""
        cluster = self._reading.cluster_at(end) if end < len(self._reading.doc) else None
        return cluster is not None and self._reading.type_of(cluster) is EntityType.PARTY

    def inside(self, start: int, end: int, head: int) -> Employer | None:
        """The first employer named on tokens `[start, end)` whose name is not the job itself."""
        place = start
        while place < end:
            found = self.at(place)
            if found is not None and not found.start <= head < found.end and self.employs(found, head):
                return found
            place = place + 1 if found is None else max(found.end, place + 1)
        return None

    def before(self, start: int) -> Employer | None:
        """The employer whose possessive ends right before `start` ("the BBC's")."""
        place = start - 1
        if place < 1 or self._reading.doc[place].tag_ != "POS":
            return None
        return self.at(place - 1)

    def behind(self, end: int, *, chain: bool = True) -> Employer | None:
        """The employer in the prepositional phrases from `end` on ("for politics at the Example Institute").

        Without `chain`, only in the first of them.
        """
        doc, reading = self._reading.doc, self._reading
        if end >= len(doc) or doc[end].lower_ not in self._words.at:
            return None
        prepositions = 0
        for place in range(end, min(end + _REACH, len(doc))):
            token = doc[place]
            prepositions += token.pos_ == "ADP"
            found = self.at(place)
            if found is not None:
                return found if doc[found.start - 1].pos_ != "CCONJ" else None
            mention = reading.mention_at(place)
            if mention is not None and not self._owns_or_joins(mention):
                return None
            linked = token.pos_ in _CHAIN or token.tag_ in ("POS", "HYPH")
            if not linked or (prepositions > 1 and not chain):
                return None
        return None

    def _owns_or_joins(self, mention: TokenMention) -> bool:
        """Whether the name only belongs to what follows ("Mr Example's council", "anti-Example")."""
        doc = self._reading.doc
        hyphens = [doc[i].text for i in (mention.start - 1, mention.end) if 0 <= i < len(doc)]
        return "-" in hyphens or (mention.end < len(doc) and doc[mention.end].tag_ == "POS")

    def employs(self, employer: Employer, head: int) -> bool:
        """Whether such a body can employ somebody of such a title: a minister is one of a ministry only."""
        doc = self._reading.doc
        if singular(doc[head].lower_) not in ("secretary", "minister", "undersecretary"):
            return True
        if head > 0 and doc[head - 1].lower_ in self._words.clerk:
            return True
        return doc[employer.end - 1].lower_ in self._words.ministry

    def unnamed(self, start: int, head: int) -> Employer | None:
        """An employer that nothing else knows: capitalised words before a head in lower case, or behind "of"."""
        doc = self._reading.doc
        if doc[head].text[0].islower() and singular(doc[head].lower_) not in (
            "secretary",
            "minister",
            "envoy",
        ):
            first = head
            while first > start and self._is_free_capital(first - 1):
                first -= 1
            if (
                first < head
                and (head - first > 1 or doc[first].text.isupper())
                and not doc[first].is_sent_start
            ):
                return self._name(first, head)
            if first < head and doc[first].is_sent_start and head - first > 2:
                return self._name(first, head)
        elif (
            start < head
            and doc[start].text.isupper()
            and len(doc[start]) > 2
            and self._is_free_capital(start)
        ):
            stop = start + 1
            while stop < head and (doc[stop].text == "-" or doc[stop].text.isupper()):
                stop += 1
            return self._name(start, stop)
        return self._after_of(head + 1)

    def _after_of(self, place: int) -> Employer | None:
        doc = self._reading.doc
        if place + 1 >= len(doc) or doc[place].lower_ not in ("of", "for", "at"):
            return None
        first = place + 1
        while first < min(place + 6, len(doc)) and doc[first].text[0].islower() and doc[first].pos_ in _CHAIN:
            first += 1
        stop = first
        while stop < len(doc) and (
            self._is_free_capital(stop)
            or (
                stop > first
                and doc[stop].lower_ in _JOINERS
                and stop + 1 < len(doc)
                and doc[stop + 1].text[0].isupper()
            )
        ):
            stop += 1
        return None if stop == first else self._name(first, stop)

    def _is_free_capital(self, place: int) -> bool:
        token = self._reading.doc[place]
        return (
            token.text[0].isupper()
            and token.pos_ in ("PROPN", "NOUN", "VERB", "ADV", "DET", "ADJ", "X")
            and self._reading.at[place] < 0
            and token.ent_type_ in ("", "ORG", "PRODUCT", "FAC", "WORK_OF_ART")
            and token.lower_ not in self._role_heads
            and token.text not in self._titles
        )

    def _name(self, start: int, end: int) -> Employer:
        name = " ".join(self._reading.text(start, end).split())
        return Employer(Named(EntityType.ORGANIZATION, name, start, end), start, end)


def jobs(reading: Reading) -> Iterator[Token]:
    """The nouns for occupations that are no offices."""
    words = employment_words().job
    for token in reading.doc:
        if token.lower_ in words and token.pos_ in ("NOUN", "PROPN", "ADJ") and not reading.skipped[token.i]:
            yield token


def campaign_of(reading: Reading, start: int, head: int) -> Employer | None:
    """The campaign named elsewhere in the article of the person who owns the job ("his campaign manager")."""
    doc = reading.doc
    place = next((i for i in range(start, head) if doc[i].lower_ == "campaign"), None)
    if place is None:
        return None
    owners = [i for i in range(max(start - 3, 0), place) if person_at(reading, i) is not None]
    for number, cluster in enumerate(reading.clusters):
        words = cluster.name.replace("’", "'").split()
        if cluster.type is not EntityType.ORGANIZATION or words[-1].lower() not in (
            "campaign",
            "camp",
            "team",
        ):
            continue
        for owner in owners:
            person = person_at(reading, owner)
            if person is not None:
                surname = reading.clusters[person].name.split()[-1]
                if any(word.removesuffix("'s").rstrip("'") == surname for word in words[:-1]):
                    return Employer(number, place, place + 1)
    return None
