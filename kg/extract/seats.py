"""Seats on committees, courts, cabinets and parliaments: who is a member or chairs them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.base import Finding, modality_of, person_at, polarity_of
from kg.model import EntityType, MentionKind, Modality, Polarity
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_SEAT = re.compile(
    r"(?<!national )(committee|panel|commission|cabinet|court|board|caucus|inquiry|senate|congress)$", re.IGNORECASE
)
_SEAT_HEADS = frozenset("member chairman chairwoman chair co-chairman vice-chairman democrat republican".split())


def seats(reading: Reading, relation: str) -> Iterator[Finding]:
    """Members and chairs of committees, courts and cabinets."""
    for body in reading.mentions:
        if (
            body.kind is MentionKind.NAME
            and reading.type_of(body.cluster) is EntityType.ORGANIZATION
            and _SEAT.search(reading.text(body.start, body.end))
        ):
            yield from _chairs(reading, relation, body)
    for role in reading.roles:
        head = singular(reading.doc[role.head].lower_)
        if not role.people or (head not in _SEAT_HEADS and reading.doc[role.head].lower_ not in _SEAT_HEADS):
            continue
        for place in range(role.start, role.end):
            mention = reading.mention_at(place)
            if mention is None or mention.start != place or mention.kind is not MentionKind.NAME:
                continue
            if reading.type_of(mention.cluster) is EntityType.ORGANIZATION and _SEAT.search(
                reading.text(mention.start, mention.end)
            ):
                for index in role.people:
                    person = reading.mentions[index]
                    start, end = min(role.full_start, person.start), max(role.end, person.end)
                    yield Finding(
                        relation, person.cluster, mention.cluster, start, end, "seat", 0.7, mention.start, note=head
                    )


def _chairs(reading: Reading, relation: str, body: TokenMention) -> Iterator[Finding]:
    """ "Ada Example, who chairs the Judiciary Committee", "Bo Sample sits on the Rules Committee"."""
    token = reading.doc[body.end - 1]
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ == "on":
        verb = verb.head
        fits = verb.lemma_ in ("sit", "serve")
    else:
        fits = token.dep_ == "dobj" and verb.lemma_ in ("chair", "head", "join", "lead")
    if not fits or polarity_of(verb) is not Polarity.POSITIVE or modality_of(verb) is not Modality.ASSERTED:
        return
    for child in verb.children:
        if child.dep_ == "nsubj":
            subject = verb.head if child.lower_ in ("who", "that") and verb.dep_ == "relcl" else child
            person = person_at(reading, subject.i)
            if person is not None:
                start, end = min(subject.i, body.start), max(subject.i + 1, body.end)
                yield Finding(relation, person, body.cluster, start, end, "seat-verb", 0.75, verb.i, note=verb.lemma_)
