"""From the name of an outlet up the parse to what somebody does there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from kg.extract.base import person_at
from kg.extract.cues import DATA, rows
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_MODIFIERS = frozenset(["poss", "compound", "nmod", "amod", "npadvmod"])
_OF = frozenset(["of", "from", "for", "at", "with"])
_OBJECTS = frozenset(["dobj", "dative", "iobj"])
_STAFF = frozenset(["reporter", "journalist", "interviewer", "blogger", "crew"])
_EVERYBODYS = frozenset(["Twitter", "Facebook", "Instagram", "YouTube", "Snapchat", "Reddit"])
_DEFINITE = frozenset(["the", "this", "that", "same"])
_STEPS = 6
_REACH = 4
"""Within so many sentences "the programme" takes up an outlet."""


@dataclass(frozen=True, slots=True)
class AppearanceCues:
    """The table of data/en/appearances.tsv: use -> lemma -> how the person appears."""

    table: Mapping[str, Mapping[str, str]]

    def mode(self, use: str, word: Token | str) -> str | None:
        """How somebody appears by this word in this use, or None where it has no such use."""
        lemma = word if isinstance(word, str) else word.lemma_.lower()
        return self.table.get(use, {}).get(lemma)


@lru_cache(maxsize=8)
def appearance_cues(folder: Path = DATA / "en") -> AppearanceCues:
    """The words that tie persons to outlets."""
    table: dict[str, dict[str, str]] = {}
    for lemma, use, mode in rows(folder, "appearances.tsv"):
        table.setdefault(use, {})[lemma] = mode
    return AppearanceCues(table)


@dataclass(frozen=True, slots=True)
class Link:
    """Where the climb from an outlet ended.

    `token` is the verb or the noun for an occasion; `kind` is "object", "subject", "agent", "event" or the
    preposition that stands between; `hosts` are clusters of the outlet's own people met on the way; `mode` is
    how one appears on the occasion.
    """

    token: Token
    kind: str
    hosts: tuple[int, ...]
    mode: str = ""


def outlet_mentions(reading: Reading) -> Iterator[TokenMention]:
    """The outlets named in the article's own prose, and "the programme" behind them, in text order.

    Networks on which everybody writes are left out. "The programme" takes up only what looks like one, and
    "the paper" only what does not.
    """
    cues = appearance_cues()
    doc, place = reading.doc, 0
    last: dict[bool, TokenMention] = {}
    while place < len(doc):
        mention = reading.mention_at(place)
        if reading.skipped[place]:
            place += 1
        elif mention is not None:
            cluster = reading.clusters[mention.cluster]
            if cluster.type is EntityType.OUTLET and cluster.name not in _EVERYBODYS:
                last[_is_programme(reading, mention, cues)] = mention
                yield mention
            place = max(mention.end, place + 1)
        else:
            it = _taken_up(reading, place, last, cues) if last else None
            if it is not None:
                yield TokenMention(place, place + 1, MentionKind.NOMINAL, it.cluster)
            place += 1


def _taken_up(
    reading: Reading, place: int, last: Mapping[bool, TokenMention], cues: AppearanceCues
) -> TokenMention | None:
    """The outlet that "the programme" or "the paper" at `place` means."""
    noun = reading.doc[place]
    kind = cues.mode("it", noun) if noun.text[0].islower() else None
    it = None if kind is None else last.get(kind == "programme")
    if it is None or place == 0 or reading.doc[place - 1].lower_ not in _DEFINITE or _names_another(noun):
        return None
    return it if reading.sentence_of[place] - reading.sentence_of[it.start] <= _REACH else None


def _is_programme(reading: Reading, mention: TokenMention, cues: AppearanceCues) -> bool:
    """Whether a name looks like a programme's: in quotation marks, after its broadcaster, before "show"."""
    doc = reading.doc
    if mention.start > 0 and doc[mention.start - 1].is_quote:
        return True
    inside = doc[mention.start : mention.end]
    return cues.mode("it", inside[-1]) == "programme" or any(token.tag_ == "POS" for token in inside)


def _names_another(noun: Token) -> bool:
    return any(other.dep_ in ("compound", "appos", "poss", "relcl", "prep") for other in noun.children)


def head_of(reading: Reading, mention: TokenMention) -> Token:
    """The token of the mention on which the rest of it hangs."""
    doc = reading.doc
    for i in range(mention.end - 1, mention.start - 1, -1):
        if not mention.start <= doc[i].head.i < mention.end or doc[i].head.i == i:
            return doc[i]
    return doc[mention.end - 1]


def is_staff(token: Token, role_heads: frozenset[str]) -> bool:
    """Whether the common noun means somebody who works for an outlet ("reporter", "host")."""
    one = singular(token.lower_)
    return token.pos_ in ("NOUN", "PROPN") and (token.lower_ in role_heads or one in role_heads or one in _STAFF)


def climb(reading: Reading, mention: TokenMention, role_heads: frozenset[str]) -> Link | None:
    """From the outlet over its people, parts and conjuncts to the verb or the occasion that it hangs on."""
    climber = _Climber(reading, role_heads)
    head = head_of(reading, mention)
    return climber.from_token(head) or climber.from_before(mention, head)


class _Climber:
    """One climb; `hosts` collects the outlet's people."""

    def __init__(self, reading: Reading, role_heads: frozenset[str]) -> None:
        self._reading = reading
        self._role_heads = role_heads
        self._cues = appearance_cues()
        self._hosts: list[int] = []

    def from_before(self, mention: TokenMention, head: Token) -> Link | None:
        """By the preposition or verb right before the name, where the parse broke inside the name."""
        doc, place = self._reading.doc, mention.start - 1
        if head.dep_ in _MODIFIERS and head.head.i >= mention.end and not _comma_between(head, head.head):
            return None
        while place > 0 and (doc[place].is_quote or doc[place].pos_ == "DET" or doc[place].tag_ == "POS"):
            place -= 1
        if place < 0 or mention.start - place > 4:
            return None
        before = doc[place]
        self._hosts.clear()
        if before.pos_ == "ADP":
            step = self._over_preposition(before)
            return self.from_token(step) if isinstance(step, Token) else step
        told = before.pos_ == "VERB" and self._cues.mode("told", before) is not None
        return Link(before, "object", ()) if told else None

    def from_token(self, token: Token) -> Link | None:
        """Up the parse from the head of the name."""
        for _ in range(_STEPS):
            parent, dep = token.head, token.dep_
            step: Link | Token | None = None
            if parent is token:
                return None
            if dep in ("conj", "appos"):
                step = None if self._person(parent) is not None else parent
            elif dep in _MODIFIERS:
                step = None if _comma_between(token, parent) else self._over_modified(parent)
            elif dep == "pobj" and parent.dep_ == "agent":
                step = self._event_before(parent.head) or self._link(parent.head, "agent")
            elif dep in ("pobj", "pcomp"):
                step = self._over_preposition(parent)
            elif dep in _OBJECTS:
                step = self._link(parent, "object")
            elif dep == "nsubj":
                told = token.i > parent.i and self._cues.mode("told", parent) is not None
                step = self._link(parent, "object" if told else "subject")
            if step is None or isinstance(step, Link):
                return step
            token = step
        return None

    def _over_modified(self, noun: Token) -> Link | Token | None:
        """What the outlet's name modifies: its person, an occasion, one of its staff, a part of it."""
        person = self._person(noun)
        if person is not None:
            self._hosts.append(person)
        elif self._cues.mode("event", noun) is not None:
            return self._link(noun, "event")
        elif is_staff(noun, self._role_heads):
            self._hosts += self._named(noun)
        elif self._cues.mode("part", noun) is None:
            return None
        return noun

    def _over_preposition(self, preposition: Token) -> Link | Token | None:
        """What is behind "on O", "of O", "with O": the end of the climb, or the noun to climb on from."""
        word, above = preposition.lower_, preposition.head
        if above.pos_ in ("VERB", "AUX"):
            aired = self._event_before(above) if word in ("on", "by", "in") else None
            return aired or self._event_given(above) or self._link(above, word)
        person = self._person(above)
        if person is not None:
            if word in _OF:
                self._hosts.append(person)
                return above
            # "Pence, on WIBC radio", or a wrong attachment to the name before: the name's own verb decides.
            return self._link(above.head, word) if above.head.pos_ == "VERB" else None
        if self._cues.mode("event", above) is not None:
            return self._link(above, "event")
        if is_staff(above, self._role_heads) and word in _OF:
            self._hosts += self._named(above)
            return above
        if self._cues.mode("part", above) is not None:
            return above
        if word in ("on", "in", "to") and above.dep_ in ("dobj", "pobj", "attr", "acomp", "npadvmod"):
            verb = above.head if above.dep_ != "pobj" else above.head.head
            return self._link(verb, word) if verb.pos_ in ("VERB", "AUX") else None
        return None

    def _event_given(self, verb: Token) -> Link | None:
        """The interview that somebody gives to the outlet, where the outlet hangs on the verb."""
        if self._cues.mode("held", verb) is not None:
            for other in verb.children:
                if other.dep_ == "dobj" and self._cues.mode("event", other) is not None:
                    return self._link(other, "event")
        return None

    def _event_before(self, verb: Token) -> Link | None:
        """The occasion that is hosted by the outlet or airs on it."""
        if self._cues.mode("aired", verb) is None:
            return None
        nouns = [other for other in verb.children if other.dep_ in ("nsubj", "nsubjpass")]
        if verb.dep_ in ("acl", "relcl"):
            nouns.append(verb.head)
        elif not nouns:
            # The parser takes "an interview with X aired on O" for a clause.
            start = max(verb.i - 8, 0)
            nouns = [token for token in self._reading.doc[start : verb.i] if token.pos_ == "NOUN"]
        for noun in reversed(nouns):
            parts = [noun, *(other for other in noun.children if other.dep_ == "compound")]
            for part in parts:
                if self._cues.mode("event", part) is not None:
                    return Link(noun, "event", tuple(self._hosts), self._cues.mode("event", part) or "")
        return None

    def _link(self, token: Token, kind: str) -> Link:
        mode = self._cues.mode("event", token) if kind == "event" else None
        return Link(token, kind, tuple(self._hosts), mode or "")

    def _person(self, token: Token) -> int | None:
        return person_at(self._reading, token.i)

    def _named(self, noun: Token) -> list[int]:
        """The persons named beside a description ("host Ada Example")."""
        people = [self._person(other) for other in noun.children if other.dep_ in ("appos", "compound")]
        return [person for person in people if person is not None]


def _comma_between(token: Token, parent: Token) -> bool:
    low, high = sorted((token.i, parent.i))
    return high - low < 4 and any(other.text == "," for other in token.doc[low:high])
