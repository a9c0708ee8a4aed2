"""Questions that times ask of the verbs which they hang on."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.time_places import Placed
from kg.extract.time_words import TimeWords

COMPLEMENTS = frozenset(["ccomp", "xcomp", "pcomp", "advcl"])


def holding_verb(noun: Token, words: TimeWords) -> Token | None:
    """The verb of "was mayor", "served as mayor", "was elected mayor", "left the BBC", "resigned from the BBC"."""
    if noun.pos_ in ("VERB", "AUX"):
        return noun
    above = noun.head
    lemma = above.lemma_.lower()
    known = lemma in words.start or lemma in words.end or lemma in words.lasting or lemma in words.chosen
    if noun.dep_ in ("attr", "oprd") or (noun.dep_ == "dobj" and known):
        return above if known else None
    if noun.dep_ == "pobj" and above.lower_ in ("as", "to", "from", "for", "at", "in"):
        lemma = above.head.lemma_.lower()
        if (
            lemma in words.start
            or lemma in words.chosen
            or lemma in words.end
            or (lemma in words.lasting and lemma != "be")
        ):
            return above.head
    return None


def is_crossed(placed: Placed, verb: Token) -> bool:
    """A clause between verb and time may be what the time belongs to."""
    return any(c.dep_ in COMPLEMENTS and verb.i < c.i < placed.start for c in verb.children)


def verb_of(token: Token) -> Token:
    """The token itself if it is a verb, else what it hangs on."""
    return token if token.pos_ in ("VERB", "AUX") else token.head


def has_modal(verb: Token) -> bool:
    """Whether a modal stands over the verb."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def is_coming(verb: Token) -> bool:
    """Whether the verb looks ahead: "will speak on Sunday"."""
    return any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "shall", "to") for c in verb.children)


def is_first_person(verb: Token) -> bool:
    """Whether the speaker himself is the verb's subject."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children)
