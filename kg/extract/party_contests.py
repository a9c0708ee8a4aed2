"""Who competes in a party's contest: "won the Republican nomination", "on the GOP side", "her Democratic primary"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import person_at
from kg.extract.offices import office_words
from kg.extract.party_holders import Holder, PhraseHolders, is_denied
from kg.extract.party_phrases import PartyPhrase, person_starting
from kg.extract.targets import subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading
from kg.nlp.roles import singular

_VERBS = frozenset(
    "win seek secure clinch capture claim lose enter join quit lead pursue chase dominate contest leave exit "
    "eye want deny upend shake roil top accept sweep earn gain near wrap lock declare crash announce".split()
)
_RUNS = frozenset(
    "run compete campaign bid vie stand drop bow emerge rise surge battle fight trail stay remain".split()
)
_CHANCES = frozenset(
    "bid campaign run race lead chance hope quest fight battle path victory rival win place spot position delegate "
    "support bout attempt effort march rise cusp verge brink edge pursuit candidacy nomination".split()
)
_AT_TOP = frozenset(["atop", "at", "on", "in", "from", "leading", "heading", "topping"])
_TOP = frozenset(["top", "head", "bottom"])
_PLACES = frozenset(["ticket", "side", "field", "race", "contest", "primary"])
_INTO = frozenset(["in", "for", "from", "into", "through", "to"])
_STEPS = 6


class ContestHolders:
    """The constructions around one phrase for a contest."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._holders = PhraseHolders(reading, lexicon)

    def find(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """The persons who compete; nobody where the phrase is for no contest."""
        noun = self._reading.doc[phrase.head]
        if (
            singular(noun.lower_) not in office_words().party_contests
            and noun.lower_ not in office_words().party_contests
        ):
            return
        yield from self._own(phrase)
        yield from self._before(phrase)
        yield from self._side(phrase)
        yield from self._climb(phrase, noun)

    def _own(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "her Democratic primary", "Ada Example's Republican nomination"."""
        doc = self._reading.doc
        for place in range(phrase.start, phrase.party.start):
            person = person_at(self._reading, place)
            if person is not None and (doc[place].tag_ == "PRP$" or doc[place].dep_ == "poss"):
                yield Holder(person, place, phrase.end, "nomination", 0.75)
                return

    def _before(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example on the GOP side", "having Ada Example at the top of the ticket"."""
        doc, place = self._reading.doc, phrase.start - 1
        if place > 2 and doc[place].lower_ == "of" and doc[place - 1].lower_ in _TOP:
            place -= 2
            place -= doc[place].lower_ == "the"
        elif singular(doc[phrase.head].lower_) not in ("side", "ticket"):
            return
        if place < 1 or doc[place].lower_ not in _AT_TOP:
            return
        mention = self._reading.mention_at(place - 1)
        person = person_at(self._reading, place - 1)
        if mention is not None and person is not None and mention.kind is MentionKind.NAME:
            yield Holder(person, mention.start, phrase.end, "side", 0.8)

    def _side(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "On the Republican side, front-runner Ada Example said"."""
        doc, before = self._reading.doc, phrase.start - 1
        if before < 0 or not doc[before].is_sent_start or doc[before].lower_ not in ("on", "in", "for"):
            return
        if doc[phrase.head].lower_ not in _PLACES or phrase.end >= len(doc) or doc[phrase.end].text != ",":
            return
        for place in range(phrase.end + 1, min(phrase.end + 9, len(doc))):
            name = person_starting(self._reading, self._lexicon, place)
            if name is not None:
                if doc[name.end - 1].dep_ in ("nsubj", "nsubjpass", "compound") or place == phrase.end + 1:
                    yield Holder(name.cluster, before, name.end, "side", 0.8)
                return
            if doc[place].pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "VERB") and doc[place].text != "-":
                return

    def _climb(self, phrase: PartyPhrase, noun: Token) -> Iterator[Holder]:
        """From the contest over "for", "in" and nouns like "bid" to a verb's subject or a person's noun."""
        token, doc = noun, self._reading.doc
        for _ in range(_STEPS):
            head, dep = token.head, token.dep_
            if head is token:
                return
            if dep in ("pobj", "conj", "compound", "nmod") and head.pos_ != "VERB":
                token = head
            elif dep == "prep" and head.pos_ in ("NOUN", "PROPN"):
                person = person_at(self._reading, head.i)
                one = singular(head.lower_)
                if person is not None and doc[token.i].lower_ in ("for", "in"):
                    return
                if one in office_words().party_people or head.lower_ in office_words().party_people:
                    yield from self._person_noun(phrase, head)
                    return
                if head.lower_ not in _CHANCES and one not in _CHANCES | office_words().party_contests:
                    return
                owners = [c for c in head.children if c.dep_ == "poss"]
                if owners:
                    yield from self._holder(phrase, owners)
                    return
                token = head
            elif dep == "prep" and head.pos_ == "ADV":
                token = head  # "run away from the Republican field"
            elif dep in ("prep", "dobj", "advmod") and head.pos_ in ("VERB", "AUX"):
                if dep == "prep" and token.lower_ not in _INTO:
                    return
                fits = head.lemma_ in (_VERBS if token.dep_ == "dobj" else _RUNS | _VERBS)
                if fits and not is_denied(head, phrase):
                    subject = subject_of(head)
                    yield from self._holder(phrase, [] if subject is None else [subject, *subject.conjuncts])
                return
            else:
                return

    def _person_noun(self, phrase: PartyPhrase, noun: Token) -> Iterator[Holder]:
        """ "the third candidate in the GOP race": whoever that noun phrase is given to."""
        start = max(noun.left_edge.i, noun.i - 8)
        plural = noun.tag_ in ("NNS", "NNPS")
        whole = PartyPhrase(phrase.party, start, phrase.end, noun.i, True, plural, True, False)
        found = False
        for holder in self._holders.find(whole):
            found = True
            yield Holder(holder.cluster, holder.start, holder.end, "nomination", 0.8)
        if not found:
            owners = [c for c in noun.children if c.dep_ == "poss"]
            yield from self._holder(phrase, owners) if singular(noun.lower_) == "rival" else ()

    def _holder(self, phrase: PartyPhrase, nouns: list[Token]) -> Iterator[Holder]:
        for noun in nouns:
            person = person_at(self._reading, noun.i)
            if person is not None and self._reading.type_of(person) is EntityType.PERSON:
                start, end = min(noun.i, phrase.party.start), max(phrase.end, noun.i + 1)
                yield Holder(person, start, end, "nomination", 0.7)
