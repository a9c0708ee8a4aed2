"""Relative pronouns: "who", "which" and "where" mean the name before them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Token

from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, TokenMention

_PEOPLE = frozenset(["who", "whom", "whose", "that"])
_BODIES = frozenset(["which", "where", "whose", "that"])
_TAG_IDS = np.array([get_string_id(tag) for tag in ("WP", "WDT", "WP$", "WRB")], dtype=np.uint64)
_REACH = 5
"""How far up the clause's verb lies at most."""
_BEHIND = 15
"""How many tokens behind its name a relative pronoun stands at most."""
_PLACES = 9
"""How many tokens back "where" looks for a body whose place or year stands between ("in 1990, where")."""


def relative_pronouns(reading: Reading) -> Iterator[TokenMention]:
    """A mention for each relative pronoun whose clause belongs to a name, or to what is said of one."""
    for place in np.flatnonzero(np.isin(reading.doc.to_array("TAG"), _TAG_IDS)).tolist():
        if reading.at[place] >= 0 or reading.skipped[place]:
            continue
        token = reading.doc[place]
        word = token.lower_
        if word not in _PEOPLE and word not in _BODIES:
            continue
        cluster = _meant(reading, token)
        if cluster is None:
            continue
        person = reading.type_of(cluster) is EntityType.PERSON
        if word in (_PEOPLE if person else _BODIES):
            yield TokenMention(token.i, token.i + 1, MentionKind.PRONOUN, cluster)


def _meant(reading: Reading, token: Token) -> int | None:
    """The cluster that the clause of the pronoun is about."""
    if token.lower_ == "where":
        return _place(reading, token)
    clause = token
    for _ in range(_REACH):
        if clause.dep_ == "relcl" or clause.head.i == clause.i:
            break
        clause = clause.head
    owner = clause.head
    if clause.dep_ != "relcl" or owner.i > token.i:
        return None
    mention = reading.mention_at(owner.i)
    if mention is None and token.lower_ in ("who", "whom", "whose"):
        owner = _described(owner)
        mention = reading.mention_at(owner.i)
    if mention is None or mention.end > token.i or token.i - owner.i > _BEHIND * 3:
        return None
    return mention.cluster


def _described(noun: Token) -> Token:
    """Whom the noun describes: "X was a politician who", "X, a politician who"."""
    while noun.dep_ == "conj" and noun.head.pos_ == noun.pos_:
        noun = noun.head
    if noun.dep_ == "appos":
        return noun.head
    if noun.dep_ == "attr":
        return next((child for child in noun.head.children if child.dep_ == "nsubj"), noun)
    return noun


def _place(reading: Reading, token: Token) -> int | None:
    """The nearest body before "where" that stands in the same sentence, a place or year apart."""
    for place in range(token.i - 1, max(token.i - _PLACES, -1), -1):
        if reading.sentence_of[place] != reading.sentence_of[token.i] or reading.doc[place].pos_ == "VERB":
            return None
        mention = reading.mention_at(place)
        if mention is not None and mention.kind is MentionKind.NAME:
            type_ = reading.type_of(mention.cluster)
            if type_ in (EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.PARTY):
                return mention.cluster
    return None
