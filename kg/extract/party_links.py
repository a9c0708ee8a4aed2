"""Who belongs to a party by "of", "for", "whose leader", "joined", "fellow" and the party's genitive."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import person_at
from kg.extract.offices import office_words
from kg.extract.party_holders import Holder, is_denied, owner_of
from kg.extract.party_phrases import PartyPhrase, person_starting
from kg.extract.targets import subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention

_LEAVES = frozenset(["quit", "leave", "abandon", "ditch", "desert"])
_JOINS = frozenset(["join", "represent", "lead", "rejoin", "chair", "head", "found"])
_LEADS = frozenset("but and meanwhile speaking also , responding replying".split())
_TURNS = frozenset(["defect", "switch"])


class PartyLinks:
    """The constructions around a party's own name."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._lexicon = lexicon

    def find(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """Every person whom the words around the name tie to the party."""
        party = phrase.party
        yield from self._whose(party)
        yield from self._genitive(party)
        yield from self._of(party)
        yield from self._verb(party)
        yield from self._fellow(phrase)
        if phrase.head == party.end - 1 and not phrase.human and self._stands_alone(party):
            owner = owner_of(self._reading, party)
            if owner is not None:
                yield Holder(owner.cluster, owner.start, party.end, "owned", 0.85)

    def _stands_alone(self, party: TokenMention) -> bool:
        """Whether the party's name is a noun of its own, not one that describes what follows."""
        doc = self._reading.doc
        open_ = party.end < len(doc) and doc[party.end].pos_ in ("NOUN", "PROPN", "ADJ", "PRON", "NUM")
        return not open_ and doc[party.end - 1].dep_ not in ("amod", "compound", "nmod")

    def _person(self, place: int) -> TokenMention | None:
        """The person whose name starts here, with or without a title."""
        return person_starting(self._reading, self._lexicon, place) if place < len(self._reading.doc) else None

    def _whose(self, party: TokenMention) -> Iterator[Holder]:
        """ "the National Front, whose leader, Ada Example,"."""
        doc = self._reading.doc
        place = party.end + 1 if party.end < len(doc) and doc[party.end].text == "," else party.end
        if place + 2 >= len(doc) or doc[place].lower_ != "whose":
            return
        if doc[place + 1].lower_ in office_words().party_offices:
            person = self._person(place + (3 if doc[place + 2].text == "," else 2))
            if person is not None:
                yield Holder(person.cluster, party.start, person.end, "whose", 0.85)

    def _genitive(self, party: TokenMention) -> Iterator[Holder]:
        """ "Labour's Ada Example", "Labour's Mr Example"."""
        doc = self._reading.doc
        if party.end + 1 < len(doc) and doc[party.end].tag_ == "POS":
            person = self._person(party.end + 1)
            if person is not None:
                yield Holder(person.cluster, party.start, person.end, "possessive", 0.85)

    def _of(self, party: TokenMention) -> Iterator[Holder]:
        """ "Ada Example of the SNP", "Bo Sample, for the Lib Dems,", "For the Tories, Cy Test said"."""
        doc, place = self._reading.doc, party.start - 1
        if place > 0 and doc[place].lower_ == "the":
            place -= 1
        if place < 0:
            return
        word = doc[place].lower_
        if place > 0 and (word in ("of", "from") or (word == "for" and doc[place - 1].text == ",")):
            before = place - 1 if doc[place - 1].text != "," else place - 2
            cluster, mention = person_at(self._reading, before), self._reading.mention_at(before)
            ends = party.end >= len(doc) or word != "for" or doc[party.end].is_punct or doc[party.end].pos_ == "VERB"
            if cluster is not None and mention is not None and mention.kind is MentionKind.NAME and ends:
                yield Holder(cluster, mention.start, party.end, "of-party", 0.8)
        elif word == "for" and self._opens(place) and party.end + 1 < len(doc):
            behind = party.end + 1 if doc[party.end].text == "," else party.end
            for index in range(behind, min(behind + 6, len(doc))):
                person = self._person(index)
                if person is not None:
                    yield Holder(person.cluster, place, person.end, "for-party", 0.7)
                    return

    def _opens(self, place: int) -> bool:
        """Whether a sentence starts here, or behind "But", "Meanwhile" or "Speaking"."""
        doc = self._reading.doc
        while (
            place > 0 and not doc[place].is_sent_start and (doc[place].text == "," or doc[place - 1].lower_ in _LEADS)
        ):
            place -= 1
        return bool(doc[place].is_sent_start)

    def _verb(self, party: TokenMention) -> Iterator[Holder]:
        """ "Ada Example joined the Greens", "left Labour", "defected to the Tories", "is Labour"."""
        token = self._reading.doc[party.end - 1]
        verb, note = token.head, None
        if token.dep_ == "dobj" and verb.lemma_ in _JOINS | _LEAVES:
            note = "left" if verb.lemma_ in _LEAVES else None
        elif (
            token.dep_ == "pobj"
            and token.head.lower_ in ("to", "for", "as")
            and token.head.head.lemma_ in _TURNS | _LEAVES
        ):
            verb = token.head.head
        elif not (token.dep_ == "attr" and verb.lemma_ in ("be", "become", "remain")):
            return
        phrase = PartyPhrase(party, party.start, party.end, party.end - 1, False, False, False, False)
        subject = None if is_denied(verb, phrase) else subject_of(verb)
        person = None if subject is None else person_at(self._reading, subject.i)
        if subject is not None and person is not None:
            start, end = min(subject.left_edge.i, party.start), max(party.end, subject.i + 1)
            yield Holder(person, max(start, party.start - 40), end, "verb", 0.75, note)

    def _fellow(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example met a fellow Labour member", "her fellow Republicans": both ends belong to the party."""
        doc, party = self._reading.doc, phrase.party
        if not any(token.lower_ == "fellow" for token in doc[max(party.start - 2, 0) : party.start]):
            return
        for place in range(phrase.start, party.start):
            owner = person_at(self._reading, place)
            if owner is not None:
                yield Holder(owner, place, phrase.end, "fellow", 0.85, "fellow member")
                return
        noun = doc[phrase.head]
        while noun.dep_ in ("compound", "amod", "nmod", "appos", "conj") and noun.head.i != noun.i:
            noun = noun.head
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if verb.pos_ not in ("VERB", "AUX"):
            return
        for other in verb.children:
            if other.dep_ in ("nsubj", "nsubjpass", "dobj") and other.i != noun.i:
                person = person_at(self._reading, other.i)
                if person is not None and self._reading.type_of(person) is EntityType.PERSON:
                    start, end = min(other.i, party.start), max(phrase.end, other.i + 1)
                    yield Holder(person, start, end, "fellow", 0.8, "fellow member")
