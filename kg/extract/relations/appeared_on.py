"""appearedOn: a person speaks to, in or on a named outlet."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.appearances import AppearanceCues, Link, appearance_cues, climb, outlet_mentions
from kg.extract.base import Finding, Scene, modality_of, person_at, polarity_of
from kg.extract.targets import child, is_passive, subject_of
from kg.model import Polarity
from kg.nlp.reading import Reading, TokenMention

RELATION = "appearedOn"

_CONFIDENCE = {
    "told": 0.85,
    "on": 0.75,
    "in": 0.7,
    "to": 0.8,
    "asked": 0.75,
    "event": 0.8,
    "author": 0.7,
    "guest": 0.6,
}
_AUTHORS = frozenset(
    ["article", "column", "op-ed", "ed", "essay", "piece", "editorial", "post", "blog", "letter"]
)
_REFUSALS = frozenset(
    ["decline", "refuse", "cancel", "avoid", "skip", "boycott", "reject", "request", "demand"]
)


def find(scene: Scene) -> Iterator[Finding]:
    """Persons who tell an outlet, speak or write there, are interviewed by it, or debate on it."""
    reading = scene.reading
    cues = appearance_cues()
    links = [
        (mention, link)
        for mention in outlet_mentions(reading)
        if (link := climb(reading, mention, scene.lexicon.role_heads)) is not None
    ]
    staff = {(host, mention.cluster) for mention, link in links for host in link.hosts}
    for mention, link in links:
        for person, place, trigger, mode, pattern in _appearances(reading, cues, link):
            own = (person, mention.cluster) in staff or person in link.hosts
            if own and mode != "article":
                continue
            polarity = polarity_of(trigger)
            yield Finding(
                relation=RELATION,
                subject=person,
                object=mention.cluster,
                start=min(place.start, trigger.i, mention.start),
                end=max(place.end, trigger.i + 1, mention.end),
                pattern=pattern,
                confidence=_CONFIDENCE[pattern] - (0.1 if polarity is Polarity.NEGATIVE else 0.0),
                trigger=trigger.i,
                note=mode,
                polarity=polarity,
                modality=modality_of(trigger),
                attributed_to=scene.speaker_at(trigger.i),
            )


_Appearance = tuple[int, TokenMention, Token, str, str]
"""Person, their mention, the verb or noun that says so, how they appear, pattern."""


def _appearances(reading: Reading, cues: AppearanceCues, link: Link) -> Iterator[_Appearance]:
    token, lemma = link.token, link.token.lemma_.lower()
    if link.kind == "event":
        yield from _at_event(reading, cues, token, cues.mode("event", lemma) or "interview")
    elif link.kind == "object":
        mode = cues.mode("told", lemma)
        if mode is not None and not is_passive(token):
            yield from _with(reading, subject_of(token), token, mode, "told")
    elif link.kind == "agent" or (link.kind == "by" and is_passive(token)):
        mode = cues.mode("asks", lemma)
        if mode is not None:
            yield from _with(reading, subject_of(token), token, mode, "asked")
    elif link.kind == "subject":
        yield from _asked(reading, cues, token)
    elif link.kind == "on":
        if cues.mode("not_on", lemma) is None:
            yield from _with(reading, subject_of(token), token, cues.mode("on", lemma) or "interview", "on")
    else:
        mode = cues.mode(link.kind, lemma)
        if mode is not None:
            yield from _with(reading, subject_of(token), token, mode, "in" if link.kind == "in" else "to")


def _with(
    reading: Reading, subject: Token | None, trigger: Token, mode: str, pattern: str
) -> Iterator[_Appearance]:
    for person, mention in _persons(reading, subject):
        yield person, mention, trigger, mode, pattern


def _persons(reading: Reading, token: Token | None) -> list[tuple[int, TokenMention]]:
    """The persons whom a noun phrase names, coordinated ones included."""
    found = []
    for one in [] if token is None else [token, *token.conjuncts]:
        for place in (one, *(other for other in one.children if other.dep_ == "appos")):
            person, mention = person_at(reading, place), reading.mention_at(place)
            if person is not None and mention is not None:
                found.append((person, mention))
                break
    return found


def _asked(reading: Reading, cues: AppearanceCues, verb: Token) -> Iterator[_Appearance]:
    """The outlet or its reporter asks somebody, or speaks with somebody."""
    lemma = verb.lemma_.lower()
    mode = cues.mode("asks", lemma)
    if mode == "interview":
        yield from _with(reading, child(verb, "dobj", "dative"), verb, mode, "asked")
    mode = cues.mode("hears", lemma)
    if mode is not None:
        for preposition in verb.children:
            if preposition.dep_ == "prep" and preposition.lower_ in ("with", "to", "from"):
                yield from _with(reading, child(preposition, "pobj"), verb, mode, "asked")


def _at_event(reading: Reading, cues: AppearanceCues, noun: Token, mode: str) -> Iterator[_Appearance]:
    """Who gives the interview, writes the piece or takes part in the debate."""
    found = list(_with(reading, child(noun, "poss"), noun, mode, "event"))
    found += _authors(reading, noun, mode)
    if not found:
        found += _doers(reading, cues, noun, mode)
    if not found or mode == "debate" or noun.lemma_ == "panel":
        for preposition in noun.children:
            if preposition.lower_ in ("with", "of", "between") and preposition.dep_ == "prep":
                found += _with(reading, child(preposition, "pobj"), noun, mode, "guest")
    yield from found


def _authors(reading: Reading, noun: Token, mode: str) -> Iterator[_Appearance]:
    if mode == "article":
        for other in noun.children:
            by = other if other.lower_ == "by" else child(other, "agent") if other.dep_ == "acl" else None
            if by is not None:
                yield from _with(reading, child(by, "pobj"), noun, mode, "author")


def _doers(reading: Reading, cues: AppearanceCues, noun: Token, mode: str) -> Iterator[_Appearance]:
    """The subject of the clause in which the occasion stands ("In an interview with O, X said")."""
    head = noun
    while head.dep_ in ("conj", "appos") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    above = head.head
    if head.dep_ == "dobj" and above.lemma_ not in _REFUSALS:
        if cues.mode("held", above.lemma_) is not None:
            yield from _with(reading, subject_of(above), above, mode, "event")
    elif head.dep_ == "pobj" and above.dep_ in ("prep", "pcomp", "advmod", "mark"):
        place = above.head
        if place.pos_ in ("NOUN", "PROPN") and person_at(reading, place) is None:
            if cues.mode("words", place.lemma_) is not None:
                owner = child(place, "poss")
                if owner is not None:
                    yield from _with(reading, owner, place, mode, "event")
                    return
            place = place.head if place.dep_ in ("dobj", "nsubj", "attr", "nsubjpass") else place
        elif person_at(reading, place) is not None:
            place = place.head
        if place.pos_ in ("VERB", "AUX") and place.lemma_ not in _REFUSALS:
            subject = subject_of(place)
            found = list(_with(reading, subject, place, mode, "event"))
            if not found and subject is not None and cues.mode("words", subject.lemma_) is not None:
                found = list(_with(reading, child(subject, "poss"), place, mode, "event"))
            yield from found
