"""Groups of a party's people whose names stand in another clause or sentence: "both Tories", "Three Labour MPs"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from kg.extract.party_context import PartyContext
from kg.extract.party_holders import Holder, over_place
from kg.extract.party_lists import listed_people
from kg.extract.party_phrases import PartyPhrase, person_starting
from kg.model import MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention

_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_PAIR = 2
_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}
_NEAR, _FAR = 2, 6
"""How many sentences on "two" and "three or more" persons are named."""
_SOME = frozenset("other fellow rival two three four five several".split())


class PartyGroups:
    """What sentences around a phrase in the plural say of its people."""

    def __init__(self, reading: Reading, lexicon: Lexicon, context: PartyContext) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._context = context

    def find(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """The persons whom a phrase in the plural means, where no list stands beside it."""
        if phrase.plural and phrase.human and not self._reading.skipped[phrase.party.start]:
            yield from self._with(phrase)
            yield from self._two(phrase)
            yield from self._examples(phrase)
            yield from self._numbered(phrase)
            yield from self._continued(phrase)

    def _numbered(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Three Labour councillors were cleared. Ada Example, Bo Sample and Cy Test ...": as many names later on."""
        doc, here = self._reading.doc, self._reading.sentence_of[phrase.head]
        words = [token.lower_ for token in doc[phrase.start : phrase.party.start]]
        wanted = next((_NUMBERS[word] for word in words if word in _NUMBERS), 0)
        if wanted < _PAIR or doc[phrase.head].dep_ not in (*_SUBJECTS, "pobj", "dobj", "ROOT"):
            return
        for sentence in range(here + 1, here + 1 + (_NEAR if wanted == _PAIR else _FAR)):
            names = [m for m in self._context.people_in(sentence) if m.kind is MentionKind.NAME]
            for first in names:
                people = [first, *islice(self._following(first), max(_NUMBERS.values()))]
                if len({m.cluster for m in people}) != wanted or len(people) != wanted:
                    continue
                party, context = phrase.party.cluster, self._context
                if any(
                    not context.is_new(m.cluster, here) or context.agrees(m.cluster, party) is False for m in people
                ):
                    continue
                for person in people:
                    yield Holder(person.cluster, phrase.start, person.end, "numbered", 0.7)
                return

    def _following(self, first: TokenMention) -> Iterator[TokenMention]:
        """The names that commas and "and" join to a first one."""
        doc, place = self._reading.doc, first.end
        while place + 1 < len(doc):
            place = over_place(doc, place)
            step = place
            while step < len(doc) and (doc[step].text == "," or doc[step].lower_ == "and"):
                step += 1
            name = person_starting(self._reading, self._lexicon, step) if place < step < len(doc) else None
            if name is None:
                return
            yield name
            place = name.end

    def _continued(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Tory peers stayed away. Four peers spoke, including Ada Example": the noun without the party."""
        doc, here = self._reading.doc, self._reading.sentence_of[phrase.head]
        lemma = doc[phrase.head].lemma_.lower()
        if phrase.head < phrase.party.end:
            return
        place = phrase.end
        while place < len(doc) and self._reading.sentence_of[place] <= here + 1:
            token = doc[place]
            place += 1
            if token.tag_ != "NNS" or token.lemma_.lower() != lemma or self._reading.at[token.i] >= 0:
                continue
            start = token.i
            while start > phrase.end and doc[start - 1].pos_ in ("NUM", "ADJ", "ADV", "DET"):
                start -= 1
            bare = TokenMention(token.i, token.i + 1, MentionKind.NOMINAL, phrase.party.cluster)
            again = replace(phrase, party=bare, start=start, end=token.i + 1, head=token.i)
            for person in listed_people(self._reading, again):
                if self._context.agrees(person.cluster, phrase.party.cluster) is not False:
                    yield Holder(person.cluster, phrase.start, person.end, "continued", 0.7)

    def _two(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Both Democrats", "the Tory rivals" for two persons just named."""
        doc, here, party = self._reading.doc, self._reading.sentence_of[phrase.head], phrase.party.cluster
        rivals = phrase.definite and doc[phrase.start].lower_ == "the" and phrase.head >= phrase.party.end
        if not (phrase.both or rivals):
            return
        sentences = [here, here - 1] if phrase.both else [here]
        near = [m for s in sentences for m in self._context.people_in(s) if m.start < phrase.start]
        people = [p for p in dict.fromkeys(m.cluster for m in near) if self._context.agrees(p, party) is not False]
        sure = [p for p in people if self._context.agrees(p, party)]
        chosen = people if len(people) == _PAIR else sure
        if len(chosen) != _PAIR or (not phrase.both and not sure):
            return
        for person in chosen:
            start = min(m.start for m in near if m.cluster == person)
            yield Holder(person, start, phrase.end, "both", 0.7)

    def _with(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Democratic candidates went further, with Ada Example calling him a fool"."""
        doc, here = self._reading.doc, self._reading.sentence_of[phrase.head]
        noun = doc[phrase.head]
        if noun.dep_ not in _SUBJECTS:
            return
        for mention in self._context.people_in(here):
            if mention.start < phrase.end:
                continue
            place = mention.start - 1
            while place > phrase.end and mention.start - place < 6 and doc[place].pos_ in ("NOUN", "PROPN", "ADJ"):
                place -= 1
            if doc[place].lower_ != "with" or not self._acts(mention):
                continue
            joined = doc[place].head.i == noun.head.i or doc[place - 1].text == ","
            if joined and self._context.agrees(mention.cluster, phrase.party.cluster) is not False:
                yield Holder(mention.cluster, phrase.start, mention.end, "with", 0.75)

    def _acts(self, mention: TokenMention) -> bool:
        """Whether the person is the subject of what follows "with"."""
        doc = self._reading.doc
        last = doc[mention.end - 1]
        behind = mention.end < len(doc) and doc[mention.end].tag_ == "VBG"
        return behind or last.dep_ in _SUBJECTS or any(child.dep_ == "acl" for child in last.children)

    def _examples(self, phrase: PartyPhrase) -> Iterator[Holder]:
        """ "Other Republicans went home. Ada Example said": subjects that are known to be of the party."""
        doc, here, party = self._reading.doc, self._reading.sentence_of[phrase.head], phrase.party.cluster
        if doc[phrase.head].dep_ not in _SUBJECTS and doc[phrase.head].dep_ != "pobj":
            return
        if not any(token.lower_ in _SOME for token in doc[phrase.start : phrase.party.start]):
            return
        before = {m.cluster for back in (here - 1, here) for m in self._context.people_in(back)}
        for sentence in (here + 1, here + 2):
            for mention in self._context.people_in(sentence):
                acts = doc[mention.end - 1].dep_ in _SUBJECTS and mention.kind is MentionKind.NAME
                if acts and mention.cluster not in before and self._context.agrees(mention.cluster, party):
                    yield Holder(mention.cluster, phrase.start, mention.end, "example", 0.65)
