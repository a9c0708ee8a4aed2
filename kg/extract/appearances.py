"""From the name of an outlet up the parse to what somebody does there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from kg.extract.base import person_at
from kg.extract.cues import DATA, rows
from kg.model import EntityType
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_MODIFIERS = frozenset(["poss", "compound", "nmod", "amod", "npadvmod"])
_OF = frozenset(["of", "from", "for", "at", "with"])
_OBJECTS = frozenset(["dobj", "dative", "iobj"])
_STEPS = 6


@dataclass(frozen=True, slots=True)
class AppearanceCues:
    """The table of data/en/appearances.tsv: use -> lemma -> how the person appears."""

    table: Mapping[str, Mapping[str, str]]

    def mode(self, use: str, lemma: str) -> str | None:
        """How somebody appears by this word in this use, or None where it has no such use."""
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

    `token` is the verb or the noun for an occasion; `kind` is "object", "subject", "agent", "event" or the preposition
    that stands between; `hosts` are clusters of the outlet's own people met on the way.
    """

    token: Token
    kind: str
    hosts: tuple[int, ...]


def head_of(reading: Reading, mention: TokenMention) -> Token:
    """The token of the mention on which the rest of it hangs."""
    doc = reading.doc
    for i in range(mention.end - 1, mention.start - 1, -1):
        if not mention.start <= doc[i].head.i < mention.end or doc[i].head.i == i:
            return doc[i]
    return doc[mention.end - 1]


def is_staff(reading: Reading, token: Token, role_heads: frozenset[str]) -> bool:
    """Whether the common noun means somebody who works for an outlet ("reporter", "host")."""
    return token.pos_ in ("NOUN", "PROPN") and (
        token.lower_ in role_heads or singular(token.lower_) in role_heads or token.lower_ in _STAFF
    )


_STAFF = frozenset(
    ["reporter", "reporters", "journalist", "journalists", "interviewer", "blogger", "staff", "crew"]
)


def climb(reading: Reading, mention: TokenMention, role_heads: frozenset[str]) -> Link | None:
    """From the outlet over its people, parts and conjuncts to the verb or the occasion that it hangs on."""
    cues = appearance_cues()
    token = head_of(reading, mention)
    hosts: list[int] = []
    for _ in range(_STEPS):
        parent, dep = token.head, token.dep_
        if parent is token:
            return None
        if dep in ("conj", "appos"):
            if person_at(reading, parent) is not None:
                return None
            token = parent
            continue
        if dep in _MODIFIERS:
            person = person_at(reading, parent)
            if person is not None:
                hosts.append(person)
            elif cues.mode("event", parent.lemma_.lower()) is not None:
                return Link(parent, "event", tuple(hosts))
            elif is_staff(reading, parent, role_heads):
                hosts += _named(reading, parent)
            elif not _is_part(parent, cues):
                return None
            token = parent
            continue
        if dep in ("pobj", "pcomp") and parent.dep_ == "agent":
            return Link(parent.head, "agent", tuple(hosts))
        if dep == "pobj":
            step = _over_preposition(reading, parent, role_heads, hosts)
            if isinstance(step, Link) or step is None:
                return step
            token = step
            continue
        if dep in _OBJECTS:
            return Link(parent, "object", tuple(hosts))
        if dep == "nsubj":
            return Link(parent, "subject", tuple(hosts))
        return None
    return None


def _over_preposition(
    reading: Reading, preposition: Token, role_heads: frozenset[str], hosts: list[int]
) -> Link | Token | None:
    """What is behind "on O", "of O", "with O": the end of the climb, or the noun to climb on from."""
    cues = appearance_cues()
    word, above = preposition.lower_, preposition.head
    if above.pos_ in ("VERB", "AUX"):
        return Link(above, word, tuple(hosts))
    person = person_at(reading, above)
    if person is not None:
        if word in _OF:
            hosts.append(person)
            return above
        # "Pence, on WIBC radio", or a wrong attachment to the name before: the name's own verb decides.
        return Link(above.head, word, tuple(hosts)) if above.head.pos_ == "VERB" else None
    if cues.mode("event", above.lemma_.lower()) is not None:
        return Link(above, "event", tuple(hosts))
    if is_staff(reading, above, role_heads) and word in _OF:
        hosts += _named(reading, above)
        return above
    if _is_part(above, cues):
        return above
    if word in ("on", "in", "to") and above.dep_ in ("dobj", "pobj", "attr", "acomp", "npadvmod"):
        verb = above.head if above.dep_ != "pobj" else above.head.head
        return Link(verb, word, tuple(hosts)) if verb.pos_ in ("VERB", "AUX") else None
    return None


def _is_part(token: Token, cues: AppearanceCues) -> bool:
    return cues.mode("part", token.lemma_.lower()) is not None


def _named(reading: Reading, noun: Token) -> list[int]:
    """The persons named beside a description ("host Ada Example")."""
    return [
        person
        for other in noun.children
        if other.dep_ in ("appos", "compound") and (person := person_at(reading, other)) is not None
    ]


def outlet_mentions(reading: Reading) -> list[TokenMention]:
    """The named outlets of the article's own prose, without the networks on which everybody writes."""
    return [
        mention
        for mention in reading.mentions
        if reading.type_of(mention.cluster) is EntityType.OUTLET
        and reading.clusters[mention.cluster].name not in _EVERYBODYS
        and not reading.skipped[mention.start]
    ]


_EVERYBODYS = frozenset(["Twitter", "Facebook", "Instagram", "YouTube", "Snapchat", "Reddit", "Medium"])
