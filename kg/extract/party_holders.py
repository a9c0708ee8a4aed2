"""Whom grammar gives a party's noun phrase to: names behind it, before it, in its predicate, or that it lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.base import NEGATORS, person_at
from kg.extract.party_phrases import PartyPhrase, person_starting
from kg.extract.targets import subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.role_holders import over_insertion

_DASHES = frozenset([",", "-", "--"])
_COPULAS = frozenset(["be", "become", "remain"])
_AS_VERBS = frozenset(
    "run stand serve elect register emerge campaign win govern sit begin start return reelect re-elect lose surge rise "
    "remain arise claim".split()
)
_ASIDE = frozenset("for years decades once formerly now long himself herself until recently previously also".split())
_NOUNS = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "DET"])
_REACH = 10
_DESCRIBE = frozenset(["JJ", "NN", "VBG", "VBN", "JJS", "RB"])
_FROM = frozenset(["of", "from", "in"])


@dataclass(frozen=True, slots=True)
class Holder:
    """A person to whom a phrase is given: the cluster, the tokens that show it, the rule and how sure it is."""

    cluster: int
    start: int
    end: int
    pattern: str
    confidence: float
    note: str | None = None


class PhraseHolders:
    """The constructions around one phrase for persons."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._nominals: dict[int, list[TokenMention]] = {}
        for mention in reading.mentions:
            if mention.kind is MentionKind.NOMINAL and reading.type_of(mention.cluster) is EntityType.PERSON:
                self._nominals.setdefault(mention.end, []).append(mention)

    def find(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """Every person whom the phrase is grammatically given to."""
        yield from self._title(phrase)
        if phrase.human:
            yield from self._apposition(phrase)
            yield from self._nominal(phrase)
            yield from self._predicate(phrase)
            yield from self._as(phrase)
            yield from self._led(phrase)
            yield from self._all(phrase)

    def _title(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Republican rival Ada Example", "the GOP hopefuls, Ada Example and Bo Sample", "a Tory, Cy Test,"."""
        doc = self._reading.doc
        place, bare = phrase.end, phrase.head == phrase.party.end - 1
        if not phrase.human and not bare:
            return
        apart = place < len(doc) and doc[place].text in _DASHES
        first = self._name(phrase.end)
        pattern, confidence = "before-name", 0.85
        if first is None and phrase.human:
            first = self._over_and(place)
        if first is None and phrase.human and apart and not doc[place].is_sent_start:
            first = self._name(place + 1) or self._over_office(place + 1)
            if first is not None and not self._closes(first, phrase):
                first = None
            pattern, confidence = "apposition", 0.8
        if first is None or (bare and not phrase.human and self._is_plain(phrase)):
            return
        yield Holder(first.cluster, phrase.party.start, first.end, pattern, confidence)
        if phrase.plural:
            for other in self._following(first):
                yield Holder(other.cluster, phrase.party.start, other.end, pattern, confidence - 0.05)

    def _is_plain(self, phrase: PartyPhrase) -> bool:
        """Whether the party's own name merely stands before a person's ("told Labour Ada Example")."""
        following = self._reading.doc[phrase.party.end]
        return following.text not in self._lexicon.titles and self._reading.doc[phrase.party.end - 1].dep_ not in (
            "compound",
            "nmod",
            "amod",
        )

    def _name(self, place: int) -> TokenMention | None:
        """The person whose name starts here, titles and offices of one word before it skipped."""
        return person_starting(self._reading, self._lexicon, place) if place < len(self._reading.doc) else None

    def _over_and(self, place: int) -> TokenMention | None:
        """ "contender and former surgeon Ada Example": the name that ends a coordinated title."""
        doc = self._reading.doc
        if place + 1 >= len(doc) or doc[place].lower_ not in ("and", "&"):
            return None
        return self._over_office(place + 1)

    def _over_office(self, place: int) -> TokenMention | None:
        """The name behind an office that starts here ("former Ohio governor Ada Example")."""
        doc = self._reading.doc
        for index in range(place, min(place + _REACH, len(doc))):
            name = self._name(index)
            if name is not None:
                return name if index > place else None
            token = doc[index]
            if token.is_sent_start or (token.pos_ not in _NOUNS and token.lower_ != "of"):
                return None
            if token.tag_ in ("NNS", "NNPS"):
                return None
        return None

    def _closes(self, name: TokenMention, phrase: PartyPhrase) -> bool:
        """Whether the apposition ends behind the name, or the phrase is a subject that cannot be listed."""
        doc, stop = self._reading.doc, name.end
        if stop + 1 < len(doc) and doc[stop].lower_ in _FROM:
            stop += 1
            while stop < len(doc) and (doc[stop].ent_type_ == "GPE" or doc[stop].pos_ == "PROPN"):
                stop += 1
        if phrase.plural:
            return next(self._following(name), None) is not None
        return stop >= len(doc) or doc[stop].is_punct or doc[stop].is_space or doc[phrase.head].dep_ == "nsubj"

    def _following(self, first: TokenMention) -> Iterator[TokenMention]:
        """The further persons of a list, over places, states in brackets and offices between the commas."""
        doc, place = self._reading.doc, first.end
        while place + 1 < len(doc):
            place = over_place(doc, place)
            step = place
            while step < len(doc) and (doc[step].text in (",", ";") or doc[step].lower_ in ("and", "or")):
                step += 1
            if step == place or step >= len(doc):
                return
            name = self._name(step) or self._over_office(step)
            if name is None:
                return
            yield name
            place = name.end

    def _apposition(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example, a lifelong Republican", "Ada Example of Ohio, his only Tory rival", "Ada Example (Labour)"."""
        doc = self._reading.doc
        start, determined = phrase.start, phrase.definite or phrase.start < phrase.party.start
        if start > 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ == "one":
            start, determined = start - 2, True
        elif phrase.plural:
            return
        place = start - 1
        while place > 0 and start - place < 5 and doc[place].lower_ in _ASIDE:
            place -= 1
        if place > 1 and doc[place].lemma_ in _COPULAS and doc[place - 1].lower_ == "who":
            place -= 2
        over = over_insertion(doc, place)
        if over < 1 or (over == place and doc[place].text not in ("(", *_DASHES)):
            return
        place = over
        determined = determined or doc[place].text == "("
        if doc[phrase.head].dep_ == "nsubj" and doc[place].text == "-":
            return  # "the letter - to Ada Example - the Utah Republican writes"
        if doc[place - 1].text == ")":
            place = next((k for k in range(place - 1, max(place - 9, 0), -1) if doc[k].text == "("), place)
        if place < 1:
            return
        mention = self._reading.mention_at(place - 1)
        person = person_at(self._reading, place - 1)
        if person is None or mention is None or mention.kind is not MentionKind.NAME or not determined:
            return
        yield Holder(person, mention.start, phrase.end, "apposition", 0.88)

    def _nominal(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "The Republican front-runner said", where that is known to mean Ada Example."""
        for mention in self._nominals.get(phrase.end, ()):
            if mention.start <= phrase.party.start and not any(
                token.pos_ == "ADP" for token in self._reading.doc[mention.start : phrase.party.start]
            ):
                yield Holder(mention.cluster, mention.start, mention.end, "description", 0.75)

    def _predicate(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example is a Republican", "is one of the Democrats who", "remains the front-runner of the GOP"."""
        doc = self._reading.doc
        noun = doc[phrase.head]
        if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
            noun = noun.head.head
        if noun.dep_ not in ("attr", "oprd") or noun.head.lemma_ not in _COPULAS or is_denied(noun.head, phrase):
            return
        for person, place in self._subjects(noun.head):
            yield Holder(person, min(place, phrase.start), max(place + 1, phrase.end), "predicate", 0.75)

    def _as(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Ada Example ran as a Democrat", "As a Republican, Ada Example voted"."""
        doc, before = self._reading.doc, phrase.start - 1
        if phrase.plural or before < 0 or doc[before].lower_ != "as" or phrase.start == phrase.party.start:
            return
        verb = doc[before].head
        fits = verb.lemma_ in _AS_VERBS or doc[before].is_sent_start
        if verb.pos_ not in ("VERB", "AUX") or not fits or is_denied(verb, phrase):
            return
        for person, place in self._subjects(verb):
            yield Holder(person, min(place, before), max(place + 1, phrase.end), "as", 0.75)

    def _led(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Senate Republicans, led by Ada Example"."""
        doc, place = self._reading.doc, phrase.end
        place += place < len(doc) and doc[place].text == ","
        if place + 2 < len(doc) and doc[place].lower_ in ("led", "headed") and doc[place + 1].lower_ == "by":
            name = self._name(place + 2) or self._over_office(place + 2)
            if name is not None:
                yield Holder(name.cluster, phrase.start, name.end, "led", 0.8)

    def _all(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Sens. Ada Example and Bo Sample, both Republicans"."""
        doc, place = self._reading.doc, phrase.start - 1
        if not phrase.plural or doc[phrase.start].lower_ not in ("both", "all") or place < 2 or doc[place].text != ",":
            return
        place -= 1
        while place >= 0:
            mention = self._reading.mention_at(place)
            if mention is None or person_at(self._reading, place) is None or mention.kind is not MentionKind.NAME:
                return
            yield Holder(mention.cluster, mention.start, phrase.end, "apposition", 0.85)
            place = mention.start - 1
            while place >= 0 and (doc[place].text in self._lexicon.titles or doc[place].lower_ in (",", "and")):
                place -= 1

    def _subjects(self, verb: Token) -> Iterator[tuple[int, int]]:
        """The persons that are the verb's subject, with their token."""
        subject = subject_of(verb)
        for noun in [] if subject is None else [subject, *subject.conjuncts]:
            person = person_at(self._reading, noun.i)
            if person is not None:
                yield person, noun.i


def is_denied(verb: Token, phrase: PartyPhrase) -> bool:
    """Whether the clause denies or only imagines it; "is not the only Republican" does not deny it."""
    for other in verb.children:
        if other.dep_ == "aux" and other.tag_ == "MD":
            return True
        if other.dep_ == "mark" and other.lower_ in ("if", "whether", "unless"):
            return True
        if other.dep_ == "neg" or (other.dep_ == "advmod" and other.lower_ in NEGATORS):
            return not any(token.lower_ == "only" for token in verb.doc[phrase.start : phrase.end])
    return False


def over_place(doc: Doc, place: int) -> int:
    """Past "of Ohio", "(D-W.Va.)" and ", R-Ky.," behind a name of a list, up to the comma that separates names."""
    if place < len(doc) and doc[place].text == "(":
        close = next((k for k in range(place, min(place + 8, len(doc))) if doc[k].text.endswith(")")), None)
        return place if close is None else close + 1
    if place + 1 < len(doc) and doc[place].lower_ in _FROM and doc[place + 1].pos_ in ("PROPN", "NUM"):
        place += 2
        while place < len(doc) and doc[place].pos_ == "PROPN":
            place += 1
        return place
    letter = place + 1
    while letter < len(doc) and doc[letter].is_space:
        letter += 1
    if letter + 2 < len(doc) and doc[place].text == "," and doc[letter].text in ("R", "D", "I"):
        comma = next((k for k in range(letter, min(letter + 6, len(doc))) if doc[k].text == ","), None)
        return place if comma is None or doc[letter + 1].text != "-" else comma
    return place


def owner_of(reading: Reading, party: TokenMention) -> TokenMention | None:
    """The person of "Ada Example's ruling Popular Party", whose own party that is."""
    doc, place = reading.doc, party.start - 1
    while place > 0 and party.start - place < 6 and (doc[place].tag_ in _DESCRIBE or doc[place].text == "-"):
        place -= 1
    if place < 0:
        return None
    owner = reading.mention_at(place if doc[place].tag_ == "PRP$" else place - 1)
    if (
        owner is None
        or doc[place].tag_ not in ("POS", "PRP$")
        or reading.type_of(owner.cluster) is not EntityType.PERSON
    ):
        return None
    return owner
