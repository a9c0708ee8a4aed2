"""worksFor: a person is employed by, speaks for, edits or hosts an organisation or outlet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.base import Finding, Scene, modality_of, person_at, polarity_of
from kg.extract.employment import (
    employer_at,
    employer_before,
    employer_behind,
    employer_inside,
    employment_words,
    is_seat,
    jobs,
)
from kg.extract.targets import agent_of, child, subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, Role, TokenMention

RELATION = "worksFor"

_CONFIDENCE = {
    "title": 0.85,
    "apposition": 0.85,
    "predicate": 0.75,
    "description": 0.6,
    "job": 0.75,
    "owner": 0.8,
    "of": 0.7,
    "verb": 0.65,
}
_OF = frozenset(["of", "from", "with", "at"])


def find(scene: Scene) -> Iterator[Finding]:
    """Offices and occupations with an employer beside them, "O's X", "X of O", and verbs of working."""
    reading = scene.reading
    yield from _by_roles(reading)
    yield from _by_jobs(reading)
    yield from _by_names(reading)
    yield from _by_verbs(reading)


def _by_roles(reading: Reading) -> Iterator[Finding]:
    spans = {(m.start, m.end): m for m in reading.mentions if m.kind is MentionKind.NOMINAL}
    for role in reading.roles:
        if is_seat(reading.doc[role.head]):
            continue
        people = [reading.mentions[index] for index in role.people]
        link = role.link
        if not people and (role.full_start, role.end) in spans:
            people, link = [spans[role.full_start, role.end]], "description"
        employer = _of_role(reading, role) if people else None
        if employer is None:
            continue
        for person in people:
            start = min(role.full_start, employer.start, person.start)
            end = max(role.end, employer.end, person.end)
            note = _job(reading, role, employer)
            yield _finding(person, employer, start, end, link, role.head, note)


def _of_role(reading: Reading, role: Role) -> TokenMention | None:
    """The employer inside the office's name, before it or behind it."""
    return (
        employer_inside(reading, role.full_start, role.end)
        or employer_before(reading, role.full_start)
        or employer_before(reading, role.start)
        or employer_behind(reading, role.end)
    )


def _job(reading: Reading, role: Role, employer: TokenMention) -> str:
    """The office without the employer's name."""
    doc = reading.doc
    start, end = role.start, role.end
    if start <= employer.start < role.head:
        start = min(employer.end, role.head)
        while start < role.head and (doc[start].tag_ == "POS" or doc[start].is_punct):
            start += 1
    elif role.head < employer.start < end:
        end = employer.start
        while end > role.head + 1 and (doc[end - 1].pos_ in ("ADP", "DET", "ADJ") or doc[end - 1].is_punct):
            end -= 1
    words = " ".join(reading.text(start, end).split())
    return f"former {words}" if role.former else words


def _by_jobs(reading: Reading) -> Iterator[Finding]:
    """Occupations such as "journalist": the person by title, apposition or copula, the employer beside it."""
    doc = reading.doc
    for noun in jobs(reading):
        person = _holder(reading, noun)
        if person is None:
            continue
        start = noun.i
        while start > 0 and doc[start - 1].pos_ in ("NOUN", "ADJ", "PROPN") and reading.at[start - 1] < 0:
            start -= 1
        employer = (
            employer_at(reading, start - 1)
            or employer_before(reading, start)
            or employer_behind(reading, noun.i + 1)
        )
        if employer is not None:
            low, high = min(start, employer.start, person.start), max(noun.i + 1, employer.end, person.end)
            note = " ".join(reading.text(start, noun.i + 1).split())
            yield _finding(person, employer, low, high, "job", noun.i, note)


def _holder(reading: Reading, noun: Token) -> TokenMention | None:
    """The person who has the occupation."""
    for place in (noun.i + 1, noun.i + 2):
        if place < len(reading.doc) and person_at(reading, place) is not None:
            mention = reading.mention_at(place)
            if (
                mention is not None
                and mention.kind is MentionKind.NAME
                and (place == noun.i + 1 or mention.title)
            ):
                return mention
    places: list[Token] = []
    if noun.dep_ in ("appos", "compound", "nmod"):
        places.append(noun.head)
    elif noun.dep_ == "attr":
        subject = subject_of(noun.head)
        places += [] if subject is None else [subject]
    places += [other for other in noun.children if other.dep_ == "appos"]
    for token in places:
        if person_at(reading, token.i) is not None:
            return reading.mention_at(token.i)
    return None


def _by_names(reading: Reading) -> Iterator[Finding]:
    """Names side by side: "the BBC's X", "X of the Y League", "X, from Y"."""
    doc = reading.doc
    for person in reading.mentions:
        if (
            person.kind is not MentionKind.NAME
            or reading.type_of(person.cluster) is not EntityType.PERSON
            or reading.skipped[person.start]
        ):
            continue
        start = person.start - len(person.title.split())
        owner = employer_before(reading, start)
        if owner is not None:
            yield _finding(person, owner, owner.start, person.end, "owner", person.start)
        place = person.end
        if place + 1 < len(doc) and doc[place].text == ",":
            place += 1
        if place < len(doc) and doc[place].lower_ in _OF:
            employer = employer_behind(reading, place)
            if employer is not None and (doc[place].lower_ in ("of", "from") or place > person.end):
                yield _finding(person, employer, person.start, employer.end, "of", person.start)


def _by_verbs(reading: Reading) -> Iterator[Finding]:
    """Verbs of working for, running, joining and leaving."""
    words = employment_words()
    for verb in reading.doc:
        if verb.pos_ != "VERB" or reading.skipped[verb.i]:
            continue
        lemma = verb.lemma_.lower()
        if lemma in words.works:
            for preposition in verb.children:
                if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("for", "at", "by"):
                    yield from _by_verb(reading, verb, child(preposition, "pobj"))
        elif lemma in words.runs or lemma in words.joins or lemma in words.leaves:
            yield from _by_verb(reading, verb, child(verb, "dobj"))


def _by_verb(reading: Reading, verb: Token, target: Token | None) -> Iterator[Finding]:
    employer = None if target is None else employer_at(reading, target.i)
    subject = agent_of(verb) if verb.lemma_ not in ("employ", "hire") else subject_of(verb)
    if employer is None or subject is None or person_at(reading, subject.i) is None:
        return
    person = reading.mention_at(subject.i)
    if person is not None:
        start, end = min(person.start, verb.i, employer.start), max(person.end, verb.i + 1, employer.end)
        finding = _finding(person, employer, start, end, "verb", verb.i, verb.text)
        yield replace(finding, polarity=polarity_of(verb), modality=modality_of(verb))


def _finding(
    person: TokenMention,
    employer: TokenMention,
    start: int,
    end: int,
    pattern: str,
    trigger: int,
    note: str | None = None,
) -> Finding:
    return Finding(
        relation=RELATION,
        subject=person.cluster,
        object=employer.cluster,
        start=start,
        end=end,
        pattern=pattern,
        confidence=_CONFIDENCE[pattern],
        trigger=trigger,
        note=note,
    )
