"""Whom a party's phrase means where no name stands beside it: "the Nevada Democrat", "both Tories"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extract.base import person_at
from kg.extract.offices import office_words
from kg.extract.party_holders import Holder
from kg.extract.party_phrases import PartyPhrase
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, Role, TokenMention
from kg.nlp.roles import singular

_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_OWNED = frozenset(["party", "its", "their"])
_SPEAKERS = frozenset(["spokesman", "spokeswoman", "leader", "chairman", "chairwoman"])
_BACK = 2
"""How many sentences back a description looks for whom it means."""
_WINDOW, _MOST = 80, 80
"""So many sentences back, and so many mentions of a sentence, are looked at, however long a text is."""
_TWICE = 2
"""Who is meant by "the nominee" is named so many times as often as anybody else of the party."""


class PartyContext:
    """What an article's sentences say together; `told` are the parties that its grammar gives to persons."""

    def __init__(self, reading: Reading, told: Mapping[int, frozenset[int]]) -> None:
        self._reading = reading
        self._told = told
        self._in_sentence: dict[int, list[TokenMention]] = {}
        self._first: dict[int, int] = {}
        self._parties: dict[int, list[TokenMention]] = {}
        for mention in sorted(reading.mentions, key=lambda m: m.start):
            kind = reading.type_of(mention.cluster)
            if kind is EntityType.PERSON:
                sentence = reading.sentence_of[mention.start]
                self._in_sentence.setdefault(sentence, []).append(mention)
                self._first.setdefault(mention.cluster, sentence)
            elif kind is EntityType.PARTY:
                self._parties.setdefault(reading.sentence_of[mention.start], []).append(mention)

    def people_in(self, sentence: int) -> Sequence[TokenMention]:
        """The mentions of persons in a sentence, in text order."""
        return self._in_sentence.get(sentence, ())[:_MOST]

    def is_new(self, person: int, sentence: int) -> bool:
        """Whether the person is not mentioned up to the end of the sentence."""
        return self._first.get(person, sentence + 1) > sentence

    def agrees(self, person: int, party: int) -> bool | None:
        """Whether the person is of the party by the article's grammar or the gazetteer; None where neither knows."""
        told, known = self._told.get(person, frozenset()), self._reading.clusters[person].known_parties
        name = (self._reading.clusters[party].canonical or "").casefold()
        if party in told or name in known:
            return True
        return False if told or known else None

    def find(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """The persons whom a phrase without a name means."""
        if self._reading.skipped[phrase.party.start]:
            return
        if not phrase.human:
            yield from self._competing(phrase)
            return
        yield from self._owner(phrase)
        if phrase.plural:
            yield from self._competing(phrase)
        elif phrase.definite:
            yield from self._described(phrase)

    def _competing(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "In the Democratic primaries, Ada Example is ahead of Bo Sample": who is known to be of the party."""
        doc, here = self._reading.doc, self._reading.sentence_of[phrase.head]
        words = {doc[phrase.head].lower_, singular(doc[phrase.head].lower_)}
        if not words & _RACES and not self._is_asked(phrase):
            return
        for mention in self.people_in(here):
            if self.agrees(mention.cluster, phrase.party.cluster):
                start, end = min(mention.start, phrase.start), max(mention.end, phrase.end)
                yield Holder(mention.cluster, start, end, "race", 0.65)

    def _is_asked(self, phrase: PartyPhrase) -> bool:
        """ "Among Republicans, Ada Example leads": the party's voters, whom polls ask."""
        doc = self._reading.doc
        return phrase.plural and phrase.human and phrase.start > 0 and doc[phrase.start - 1].lower_ == "among"

    def _owner(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example and her Democratic rivals": she too, where she is known to be of the party."""
        for place in range(phrase.start, phrase.party.start):
            owner = person_at(self._reading, place)
            if owner is not None and self.agrees(owner, phrase.party.cluster):
                yield Holder(owner, place, phrase.end, "rival", 0.65)
                return

    def _described(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "The Republican front-runner", "the Nevada Democrat" for a person of the sentences before."""
        doc, party = self._reading.doc, phrase.party.cluster
        noun = doc[phrase.head]
        if doc[phrase.start].lower_ != "the" or noun.dep_ in ("attr", "appos", "oprd"):
            return
        person = self._bearer(phrase) if noun.lower_ in office_words().party_bearers else self._last_subject(phrase)
        if person is not None:
            sure = 0.75 if self.agrees(person, party) else 0.65
            yield Holder(person, phrase.start, phrase.end, "meant", sure)

    def _bearer(self, phrase: PartyPhrase) -> int | None:
        """The person of the party whom the article names far more often than any other up to here."""
        here, party = self._reading.sentence_of[phrase.head], phrase.party.cluster
        counts = Counter(
            mention.cluster
            for sentence in range(max(here - _WINDOW, 0), here + 1)
            for mention in self.people_in(sentence)
            if mention.start < phrase.start and self.agrees(mention.cluster, party)
        )
        ranked = counts.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[1][1] * _TWICE <= ranked[0][1]):
            return ranked[0][0]
        numbered = any(token.like_num for token in self._reading.doc[phrase.start : phrase.party.start])
        near = {m.cluster for s in (here - 1, here) for m in self.people_in(s) if m.start < phrase.start}
        fitting = {person for person in near if self.agrees(person, party)}
        return next(iter(fitting)) if len(fitting) == 1 and not numbered else None

    def _last_subject(self, phrase: PartyPhrase) -> int | None:
        """The subject of the nearest sentence before, where nothing says that it is of another party."""
        here, party = self._reading.sentence_of[phrase.head], phrase.party.cluster
        for sentence in range(here - 1, here - 1 - _BACK, -1):
            people = {m.cluster for m in self.people_in(sentence)}
            fitting = {p for p in people if self.agrees(p, party)}
            if len(fitting) == 1:
                return next(iter(fitting))
            subjects = {p for p in self._subjects_in(sentence) if self.agrees(p, party) is None}
            if fitting:
                acting = fitting & self._subjects_in(sentence)
                return next(iter(acting)) if len(acting) == 1 else None
            if len(subjects) > 1:
                return None
            if subjects:
                return next(iter(subjects))
        return None

    def _subjects_in(self, sentence: int) -> set[int]:
        """The persons that are subjects in a sentence."""
        doc = self._reading.doc
        return {m.cluster for m in self.people_in(sentence) if doc[m.end - 1].dep_ in _SUBJECTS}

    def owned_offices(self) -> Iterator[tuple[TokenMention, Holder]]:
        """Party and holder: "the party's leader, Ada Example", "Spokesman Bo Sample" after "The Tories"."""
        nominals = {
            mention.end: mention
            for mention in self._reading.mentions
            if mention.kind is MentionKind.NOMINAL and self._reading.type_of(mention.cluster) is EntityType.PERSON
        }
        for role in self._reading.roles:
            people = [self._reading.mentions[index] for index in role.people]
            if role.link not in ("title", "apposition", "predicate"):
                described = nominals.get(role.end) if self._reading.doc[role.head].dep_ == "appos" else None
                people = [described] if described is not None and described.start <= role.head else []
            party = self._antecedent(role) if people else None
            for person in people if party is not None else ():
                if party is not None and self.agrees(person.cluster, party.cluster) is not False:
                    start, end = min(role.full_start, person.start), max(role.end, person.end)
                    yield party, Holder(person.cluster, start, end, "party-office", 0.7)

    def _antecedent(self, role: Role) -> TokenMention | None:
        """The party to which an office belongs that names none."""
        reading, doc = self._reading, self._reading.doc
        places = range(max(role.full_start - 2, 0), role.end)
        named = {reading.type_of(cluster) for i in places if (cluster := reading.cluster_at(i)) is not None}
        words = {token.lower_ for token in doc[max(role.full_start - 2, 0) : role.head]}
        if named & (_BODIES if "party" not in words else _BODIES - {EntityType.ORGANIZATION}):
            return None
        here = reading.sentence_of[role.head]
        if "party" in words or (doc[role.full_start].lower_ in _OWNED and doc[role.head].lower_ in _SPEAKERS):
            before = [m for m in self._parties.get(here, ()) if m.start < role.full_start]
            for found in (before, *(self._parties.get(here - back, ()) for back in (1, 2, 3))):
                if found:
                    return found[-1] if len({m.cluster for m in found}) == 1 else None
            return None
        if doc[role.head].lower_ in _SPEAKERS and role.link == "title" and doc[role.full_start].is_sent_start:
            return self._sole_subject(here - 1)
        return None

    def _sole_subject(self, sentence: int) -> TokenMention | None:
        """The party that is a sentence's subject and the only one in it."""
        found: Sequence[TokenMention] = self._parties.get(sentence, ())
        subjects = [m for m in found if self._reading.doc[m.end - 1].dep_ in _SUBJECTS]
        return subjects[0] if len(subjects) == 1 and len({m.cluster for m in found}) == 1 else None


_RACES = frozenset("nomination primary caucus race contest field debate ticket".split())
_BODIES = frozenset([EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET])


def told_parties(findings: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Person -> parties, from pairs of clusters."""
    told: dict[int, frozenset[int]] = {}
    for person, party in findings:
        told[person] = told.get(person, frozenset()) | {party}
    return told
