"""Who employs whom: the words for it, and the employer beside a job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
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
_CONTESTS = frozenset(["presidential", "election", "re-election", "senate", "congressional", "leadership"])


@dataclass(frozen=True, slots=True)
class EmploymentWords:
    """The lists of data/en/employment.tsv, a field a use."""

    job: frozenset[str]
    seat: frozenset[str]
    body: frozenset[str]
    alone: frozenset[str]
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
        numbers = reading.sentence_of
        self._starts = [i for i, number in enumerate(numbers) if i == 0 or numbers[i - 1] != number]
        self._taken_up = {m.start: m for m in outlet_mentions(reading) if m.kind is MentionKind.NOMINAL}

    def sentence_start(self, token: int) -> int:
        """The first token of the token's sentence."""
        return self._starts[self._reading.sentence_of[token]]

    def at(self, token: int) -> Employer | None:
        """What is named at the token, if it employs people: no party, no body on which one has a seat."""
        mention = self._reading.mention_at(token) or self._taken_up.get(token)
        if mention is None or self._reading.type_of(mention.cluster) not in _TYPES:
            return None
        whole = self._reading.clusters[mention.cluster].name.lower().split()
        inside = self._reading.doc[mention.start : mention.end]
        name = [token.lower_ for token in inside if not token.is_punct]
        words = self._words
        if not name or _is_party(name) or self._of_party(mention.end) or " ".join(name) in words.alone:
            return None
        if name[0] in words.alone and len(name) > 1 and name[1] in ("for", "of"):
            return None
        if {name[-1], whole[-1]} & words.body and not words.staffed & {*name, *whole}:
            return None
        return Employer(mention.cluster, mention.start, mention.end)

    def _of_party(self, end: int) -> bool:
        """Whether the name only says where a party is ("the Example Democratic Party chairwoman")."""
        cluster = self._reading.cluster_at(end) if end < len(self._reading.doc) else None
        return cluster is not None and self._reading.type_of(cluster) is EntityType.PARTY

    def inside(self, start: int, end: int, head: int) -> Employer | None:
        """The employer nearest before the head on tokens `[start, end)`, else the first behind it."""
        last: Employer | None = None
        place = start
        while place < end:
            found = self.at(place)
            place = place + 1 if found is None else max(found.end, place + 1)
            if found is None or found.start <= head < found.end or not self.employs(found, head):
                continue
            if found.start > head:
                return last or found
            last = found
        return last

    def before(self, start: int) -> Employer | None:
        """The employer whose possessive ends right before `start` ("the BBC's", "the BBC, whose")."""
        doc, place = self._reading.doc, start - 1
        if place < 1:
            return None
        if doc[place].lower_ == "whose":
            first = max(place - 5, 0)
            while place > first and (self._reading.at[place] < 0 or doc[place].lower_ == "whose"):
                place -= 1
            return self.at(place)
        return self.at(place - 1) if doc[place].tag_ == "POS" else None

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
        """An employer that nothing else knows: capitalised words before a small head, or behind "of"."""
        doc = self._reading.doc
        sentence = self.sentence_start(head)
        if doc[head].text[0].islower() and singular(doc[head].lower_) not in (
            "secretary",
            "minister",
            "envoy",
        ):
            first = stop = head
            while stop > start and doc[stop - 1].text[0].islower() and doc[stop - 1].pos_ in ("NOUN", "ADJ"):
                stop -= 1
            first = stop
            while first > sentence and self._is_free_capital(first - 1):
                first -= 1
            if first > sentence and self._is_cut(first - 1):
                return None
            acronym = stop - first == 1 and doc[first].text.isupper() and len(doc[first]) > 2
            if acronym or stop - first > (2 if first == sentence else 1):
                return self._name(first, stop)
        elif start < head and doc[start].text.isupper() and len(doc[start]) > 2 and self._is_free_capital(start):
            stop = start + 1
            while stop < head and (doc[stop].text == "-" or doc[stop].text.isupper()):
                stop += 1
            return self._name(start, stop)
        return self.unnamed_behind(head + 1)

    def _is_cut(self, place: int) -> bool:
        """Whether the name goes on before its first free word ("Commission for Racial Equality")."""
        doc = self._reading.doc
        if doc[place].lower_ in ("of", "for", "and", "on"):
            return place > 0 and doc[place - 1].text[0].isupper()
        return doc[place].text[0].isupper() and not doc[place].is_sent_start

    def unnamed_behind(self, place: int, *, words: int = 1) -> Employer | None:
        """At least so many capitalised words that nothing else knows behind the "of" or "for" at `place`."""
        doc = self._reading.doc
        if place + 1 >= len(doc) or doc[place].lower_ not in ("of", "for", "at", "from"):
            return None
        first = place + 1
        while first < min(place + 6, len(doc)) and doc[first].text[0].islower() and doc[first].pos_ in _CHAIN:
            first += 1
        stop = first
        while stop < len(doc) and (self._is_free_capital(stop) or (stop > first and self._joins(stop))):
            stop += 1
        return None if stop - first < words else self._name(first, stop)

    def _joins(self, place: int) -> bool:
        doc = self._reading.doc
        return doc[place].text in _JOINERS and place + 1 < len(doc) and self._is_free_capital(place + 1)

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


def _is_party(name: list[str]) -> bool:
    """Whether an organisation's words say that it is a party ("Example Party for Freedom")."""
    return name[-1] == "party" or any(word == "party" and after in ("for", "of") for word, after in pairwise(name))


def jobs(reading: Reading) -> Iterator[Token]:
    """The nouns for occupations that are no offices."""
    words = employment_words().job
    for token in reading.doc:
        if token.lower_ in words and token.pos_ in ("NOUN", "PROPN", "ADJ") and not reading.skipped[token.i]:
            yield token


def campaign_of(reading: Reading, start: int, head: int) -> Employer | None:
    """The campaign in "his campaign manager", "Example's campaign manager", "adviser to Example's campaign".

    It is called by the owner's last name, and found by that where the article names it.
    """
    doc = reading.doc
    for place in range(max(start - 3, 0), min(head + 8, len(doc))):
        person = person_at(reading, place)
        mention = reading.mention_at(place)
        if person is None or mention is None:
            continue
        stop = mention.end
        if stop < len(doc) and doc[stop].tag_ == "POS":
            stop += 1
        elif doc[place].tag_ != "PRP$":
            continue
        for end in range(stop, min(stop + 4, len(doc))):
            if doc[end].lower_ in ("campaign", "camp"):
                surname = reading.clusters[person].name.split()[-1]
                kind = all(t.like_num or t.lower_ in _CONTESTS for t in doc[stop:end])
                named = mention.kind is MentionKind.NAME and kind
                return _campaign(reading, surname, mention.start, end + 1, named=named)
            if doc[end].pos_ not in ("ADJ", "NOUN", "NUM", "PROPN"):
                break
    return None


def _campaign(reading: Reading, surname: str, start: int, end: int, *, named: bool) -> Employer:
    for number, cluster in enumerate(reading.clusters):
        words = [word.removesuffix("'s").rstrip("'") for word in cluster.name.replace("’", "'").split()]
        last = words[-1].lower() in ("campaign", "camp", "team")
        if cluster.type is EntityType.ORGANIZATION and last and surname in words[:-1]:
            return Employer(number, start, end)
    name = " ".join(reading.text(start, end).split()) if named else f"{surname} campaign"
    return Employer(Named(EntityType.ORGANIZATION, name, start, end), start, end)
