"""Seats on committees, courts, cabinets and parliaments: who is a member or chairs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import End, Finding, Named, modality_of, person_at, polarity_of
from kg.extract.targets import is_passive, subject_of
from kg.model import EntityType, MentionKind, Modality, Polarity
from kg.nlp.reading import Reading, Role, TokenMention
from kg.nlp.roles import singular

_SEAT = re.compile(
    r"(?<!national )(committee|panel|commission|cabinet|court|board|caucus|inquiry|senate|congress|parliament|house"
    r"|commons|lords|legislature)$",
    re.IGNORECASE,
)
_SEAT_HEADS = frozenset("member chairman chairwoman chair co-chairman vice-chairman democrat republican".split())
_HEADS = frozenset(["chair", "head", "join", "rejoin", "lead"])
_GIVEN = frozenset(["elect", "appoint", "name", "confirm", "reelect", "return", "assign"])
_IN = frozenset(["senate", "congress", "cabinet", "house", "parliament", "commons", "lords"])
_OTHERS = frozenset(["minister", "member", "colleague"])
_JUDGES = frozenset(["justice", "justices", "judge", "judges"])
_RANKS = frozenset(["chief", "associate", "retired", "late"])
_COMMON = frozenset("committee panel commission court board inquiry caucus".split())


@dataclass(frozen=True, slots=True)
class _Bodies:
    """The bodies that an article names: by last word, each with where it is named first; its supreme courts."""

    by_word: Mapping[str, Sequence[tuple[int, int]]]
    supreme: frozenset[int]

    def before(self, word: str, place: int) -> int | None:
        """The only body named before `place` whose name ends with the word."""
        named = self.by_word.get(word, ())
        sole = bool(named) and named[0][0] < place and (len(named) < 2 or named[1][0] >= place)
        return named[0][1] if sole else None


def seats(reading: Reading, relation: str) -> Iterator[Finding]:
    """Members and chairs of committees, courts and cabinets."""
    by_word: dict[str, dict[int, int]] = {}
    supreme = set()
    for body in sorted(reading.mentions, key=lambda mention: mention.start):
        if _is_seat(reading, body):
            last = reading.doc[body.end - 1].lower_
            by_word.setdefault(last, {}).setdefault(body.cluster, body.start)
            if last == "court" and reading.doc[body.end - 2].lower_ == "supreme":
                supreme.add(body.cluster)
            yield from _by_verb(reading, relation, body)
            yield from _with_others(reading, relation, body)
    named = {word: [(start, cluster) for cluster, start in firsts.items()] for word, firsts in by_word.items()}
    bodies = _Bodies(named, frozenset(supreme))
    for role in reading.roles:
        head = _head(reading, role)
        if head is not None:
            for seat in _of_role(reading, role, head, bodies):
                yield from _by_role(reading, relation, role, seat, head)
        elif reading.doc[role.head].lower_ in _JUDGES and role.link in ("title", "apposition"):
            yield from _on_bench(reading, relation, role, bodies)


def _on_bench(reading: Reading, relation: str, role: Role, bodies: _Bodies) -> Iterator[Finding]:
    """ "Supreme Court Justice Ada Example", and "Justice Bo Sample" where the article names one supreme court."""
    inside = [m for m in (reading.mention_at(i) for i in range(role.start, role.end)) if m is not None]
    courts = {m.cluster for m in inside if _is_seat(reading, m) and reading.doc[m.end - 1].lower_ == "court"}
    justice = reading.doc[role.head].text in ("Justice", "Justices")
    if not courts and justice and {t.lower_ for t in reading.doc[role.start : role.head]} <= _RANKS:
        courts = set(bodies.supreme)
    if len(courts) == 1:
        for index in role.people:
            person = reading.mentions[index]
            start, end = min(role.full_start, person.start), max(role.end, person.end)
            yield Finding(
                relation, person.cluster, next(iter(courts)), start, end, "bench", 0.75, role.head, note="justice"
            )


def _is_seat(reading: Reading, mention: TokenMention) -> bool:
    named = mention.kind is MentionKind.NAME and reading.type_of(mention.cluster) is EntityType.ORGANIZATION
    return named and _SEAT.search(reading.text(mention.start, mention.end)) is not None


def _head(reading: Reading, role: Role) -> str | None:
    """The word for the seat, in the singular where the lists have it so."""
    word = reading.doc[role.head].lower_
    return next((form for form in (word, singular(word)) if form in _SEAT_HEADS), None)


def _of_role(reading: Reading, role: Role, head: str, bodies: _Bodies) -> Iterator[tuple[End, int]]:
    """The bodies that a role names, each with a token of its name; of a mere member's any body."""
    described = _described(reading, role, bodies)
    if described is not None:
        yield described
        return
    doc = reading.doc
    for place in range(role.start, role.end):
        mention = reading.mention_at(place)
        if mention is None or mention.start != place or mention.kind is not MentionKind.NAME:
            continue
        before = place - 1 - (doc[place - 1].pos_ == "DET")
        belongs = mention.end <= role.head or doc[before].lower_ in ("of", "on", "in")
        whole = mention.end in (role.head, role.end) or doc[mention.end].pos_ not in ("NOUN", "PROPN", "ADJ")
        own = head == "member" and reading.type_of(mention.cluster) is EntityType.ORGANIZATION
        if belongs and whole and (own or _is_seat(reading, mention)):
            yield mention.cluster, place


def _described(reading: Reading, role: Role, bodies: _Bodies) -> tuple[End, int] | None:
    """A committee without capitals: named in full after "of", or taken up from before ("committee chairman")."""
    doc = reading.doc
    last = next((i for i in range(role.end - 1, role.start - 1, -1) if doc[i].lower_ in _COMMON), None)
    if last is None or _is_named(reading, last):
        return None
    first = last
    floor = role.head + 1 if last > role.head else role.start
    while first > floor and doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ"):
        cluster = reading.cluster_at(first - 1)
        if cluster is not None and reading.type_of(cluster) is EntityType.PARTY:
            break
        first -= 1
    if first < last and doc[first].text[0].isupper():
        name = " ".join(reading.text(first, last + 1).split())
        return Named(EntityType.ORGANIZATION, name, first, last + 1), first
    taken_up = bodies.before(doc[last].lower_, role.full_start)
    return None if taken_up is None else (taken_up, last)


def _is_named(reading: Reading, place: int) -> bool:
    mention = reading.mention_at(place)
    return mention is not None and mention.kind is MentionKind.NAME


def _by_role(reading: Reading, relation: str, role: Role, body: tuple[End, int], head: str) -> Iterator[Finding]:
    """The people whom grammar gives the role, and the subjects of "became members" and "is one of the members"."""
    people = {(reading.mentions[i].cluster, reading.mentions[i].start, reading.mentions[i].end) for i in role.people}
    if not people:
        noun = reading.doc[role.head]
        if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in ("one", "some", "two"):
            noun = noun.head.head
        if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
            people = {(person, place, place + 1) for person, place in _subjects(reading, noun.head)}
    for person, start, end in sorted(people):
        yield Finding(
            relation, person, body[0], min(role.full_start, start), max(role.end, end), "seat", 0.7, body[1], note=head
        )


def _subjects(reading: Reading, verb: Token) -> Iterator[tuple[int, int]]:
    """The persons that are the subject of a verb which is neither denied nor imagined."""
    if polarity_of(verb) is not Polarity.POSITIVE or modality_of(verb) is not Modality.ASSERTED:
        return
    subject = subject_of(verb)
    for noun in [] if subject is None else [subject, *subject.conjuncts]:
        person = person_at(reading, noun.i)
        if person is not None:
            yield person, noun.i


def _by_verb(reading: Reading, relation: str, body: TokenMention) -> Iterator[Finding]:
    """ "Ada Example, who chairs the Judiciary Committee", "sits on it", "was elected to it", "was in the Cabinet"."""
    token = reading.doc[body.end - 1]
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ == "rest":
        token = token.head.head  # "along with the rest of the Cabinet"
        while token.dep_ == "pobj" and token.head.dep_ == "prep":
            token = token.head.head
        verb, fits = token.head if token.dep_ == "dobj" else token, token.pos_ == "VERB" or token.dep_ == "dobj"
    elif token.dep_ == "pobj":
        verb, word = token.head.head, token.head.lower_
        fits = (word in ("on", "in") and verb.lemma_ in ("sit", "serve")) or (
            word == "to" and verb.lemma_ in _GIVEN and is_passive(verb)
        )
        fits = fits or (word == "in" and verb.lemma_ == "be" and token.lower_ in _IN)
    else:
        verb = token.head
        fits = token.dep_ == "dobj" and verb.lemma_ in _HEADS
    if not fits:
        return
    for person, place in _subjects(reading, verb):
        start, end = min(place, body.start), max(place + 1, body.end)
        yield Finding(relation, person, body.cluster, start, end, "seat-verb", 0.75, verb.i, note=verb.lemma_)


def _with_others(reading: Reading, relation: str, body: TokenMention) -> Iterator[Finding]:
    """ "Ada Example and other Cabinet ministers"."""
    doc, place = reading.doc, body.start - 1
    if body.end >= len(doc) or singular(doc[body.end].lower_) not in _OTHERS or place < 2:
        return
    if doc[place].lower_ not in ("other", "fellow") or doc[place - 1].lower_ != "and":
        return
    mention = reading.mention_at(place - 2)
    if mention is not None and reading.type_of(mention.cluster) is EntityType.PERSON:
        yield Finding(
            relation, mention.cluster, body.cluster, mention.start, body.end + 1, "seat-others", 0.75, body.start
        )
