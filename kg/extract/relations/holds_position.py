"""holdsPosition: an office or job that grammar attaches to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.base import Finding, Named, Scene, modality_of, polarity_of
from kg.extract.offices import office_of, same_office
from kg.extract.party_lists import listed_people
from kg.extract.party_phrases import PartyPhrase
from kg.model import EntityType, MentionKind, Modality, Polarity
from kg.nlp.reading import Reading, Role, TokenMention
from kg.nlp.roles import singular

RELATION = "holdsPosition"

_NO_OFFICES = frozenset(["member"])
"""Heads that say where somebody belongs and name no office."""
_BARE = frozenset("leader candidate nominee speaker chief editor secretary fellow".split())
"""Heads that say too little on their own behind "is"."""
_BODIES = (EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.PARTY)
_CONFIDENCE = {
    "title": 0.93,
    "apposition": 0.8,
    "predicate": 0.6,
    "description": 0.65,
    "equal": 0.7,
    "during": 0.7,
    "listed": 0.7,
}
_SERVES = frozenset("serve work act appoint elect sit resign retire quit return step leave".split())
_NONE = frozenset(["no", "not", "any", "next", "another"])
_ELECTED = frozenset("candidate nominee senator congressman congresswoman governor mayor councillor mp mep msp".split())
"""Offices that a list names people of; "leaders" and "ministers" say too little of each."""
_TERMS = frozenset("time tenure term year month day week career stint use work role job record period service".split())
"""Whose they are held the office that they are spent in: "her years as mayor"."""


def find(scene: Scene) -> Iterator[Finding]:
    """One finding a person and office: the one with the fullest name of the office."""
    kept: list[Finding] = []
    for finding in sorted(_all(scene), key=lambda f: (-_words(f), f.start)):
        name = _name(finding)
        if not any(other.subject == finding.subject and same_office(_name(other), name) for other in kept):
            kept.append(finding)
    yield from kept


def _name(finding: Finding) -> str:
    assert isinstance(finding.object, Named)
    return finding.object.name


def _words(finding: Finding) -> int:
    return len(_name(finding).split())


def _all(scene: Scene) -> Iterator[Finding]:
    """Offices by title ("Labour MP X"), apposition, predicate and description ("the minister said"), and titles."""
    reading = scene.reading
    covered: set[int] = set()
    closest = {index: role for role in reading.roles for index in role.people if role.link == "title"}
    descriptions: dict[tuple[int, int], Role] = {}
    for role in reading.roles:
        if singular(reading.doc[role.head].lower_) in _NO_OFFICES:
            continue
        covered.update(range(role.full_start, role.end))
        if _is_occupation(scene, role):
            continue
        descriptions[role.full_start, role.end] = role
        for index in role.people:
            if role.plural and closest.get(index, role) is not role:
                continue  # "Reps. Ada Example and Bo Sample; Ohio Rep. Cy Test"
            yield _finding(scene, role, reading.mentions[index], role.link)
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME and mention.title in scene.lexicon.title_roles:
            start = _title_start(reading, mention)
            if start is not None and start not in covered:
                end = start + len(mention.title.split())
                office = Named(EntityType.POSITION, mention.title, start, end)
                yield Finding(RELATION, mention.cluster, office, start, mention.end, "title", 0.9, start)
        elif mention.kind is MentionKind.NOMINAL and (mention.start, mention.end) in descriptions:
            role = descriptions[mention.start, mention.end]
            if reading.mention_at(role.head) is mention:
                yield _finding(scene, role, mention, "description")
    yield from _equated(scene, [role for role in descriptions.values() if not role.people and not role.plural])
    for role in descriptions.values():
        if role.plural and not role.people:
            yield from _listed(scene, role)


def _listed(scene: Scene, role: Role) -> Iterator[Finding]:
    """ "Senate candidates who stay away include Ada Example": the people of a list that an office opens."""
    if singular(scene.reading.doc[role.head].lower_) not in _ELECTED:
        return
    start = TokenMention(role.start, role.start + 1, MentionKind.NOMINAL, -1)
    phrase = PartyPhrase(start, role.full_start, role.head + 1, role.head, True, True, False, False)
    for person in listed_people(scene.reading, phrase):
        yield _finding(scene, role, person, "listed")


def _equated(scene: Scene, roles: Iterable[Role]) -> Iterator[Finding]:
    """Offices of whom a pronoun stands for: "while she was mayor", "her years as mayor"."""
    reading = scene.reading
    open_roles = {role.head: role for role in roles}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NOMINAL and reading.type_of(mention.cluster) is EntityType.PERSON:
            for head in range(mention.start, mention.end):
                role = open_roles.get(head)
                if role is not None and not mention.start <= reading.doc[head].head.i < mention.end:
                    if _is_stated(reading, mention, role) and not _is_occupation(
                        scene, replace(role, link="predicate")
                    ):
                        yield _finding(scene, role, mention, "equal")
                    break
    for head, role in open_roles.items():
        owner = _owner_during(reading, reading.doc[head])
        if owner is not None:
            yield _finding(scene, role, owner, "during")


def _is_stated(reading: Reading, mention: TokenMention, role: Role) -> bool:
    """Whether the clause says that the person held the office: no wish, no comparison, no denial."""
    doc, noun = reading.doc, reading.doc[role.head]
    before = doc[mention.start : role.head]
    if any(token.tag_ in ("JJR", "JJS") or token.lower_ in _NONE for token in before):
        return False
    if doc[mention.start].lower_ in ("a", "an") and any(token.pos_ == "ADJ" for token in doc[role.start : role.head]):
        return False  # "a prudent chancellor"
    verb = noun.head if noun.dep_ == "attr" else noun.head.head if noun.head.lower_ == "as" else None
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return noun.dep_ == "appos"
    fits = noun.dep_ == "attr" or verb.lemma_ in _SERVES
    plain = polarity_of(verb) is Polarity.POSITIVE and modality_of(verb) is Modality.ASSERTED
    return fits and plain and verb.tag_ != "VB"


def _owner_during(reading: Reading, noun: Token) -> TokenMention | None:
    """The person of "her years as mayor", "his use of a car as minister"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "as":
        return None
    above = noun.head.head
    while above.dep_ == "pobj" and above.head.lower_ == "of":
        above = above.head.head
    if above.lemma_.lower() not in _TERMS:
        return None
    owner = next((child for child in above.children if child.dep_ == "poss"), None)
    mention = None if owner is None else reading.mention_at(owner)
    if mention is None or reading.type_of(mention.cluster) is not EntityType.PERSON:
        return None
    return mention


def _finding(scene: Scene, role: Role, mention: TokenMention, link: str) -> Finding:
    return Finding(
        RELATION,
        mention.cluster,
        office_of(scene.reading, role),
        min(role.full_start, mention.start),
        max(role.end, mention.end),
        link,
        _CONFIDENCE[link],
        role.head,
        note="former" if role.former else None,
    )


def _is_occupation(scene: Scene, role: Role) -> bool:
    """Whether the phrase says what somebody is rather than which office they hold ("an insurance executive").

    Weak heads need the name of a body, party or outlet; "is a candidate" and "is the leader" need more words.
    """
    reading = scene.reading
    if role.link == "title":
        return False
    head = singular(reading.doc[role.head].lower_)
    if head in scene.lexicon.weak_roles or reading.doc[role.head].lower_ in scene.lexicon.weak_roles:
        return not any(_is_body(reading, place) for place in range(role.start, role.end))
    return role.link == "predicate" and role.end - role.start == 1 and head in _BARE


def _is_body(reading: Reading, place: int) -> bool:
    cluster = reading.cluster_at(place)
    return cluster is not None and reading.type_of(cluster) in _BODIES


def _title_start(reading: Reading, mention: TokenMention) -> int | None:
    """Where the office title before the name starts, other titles between them skipped."""
    words = len(mention.title.split())
    for start in range(mention.start - words, max(mention.start - words - 3, -1), -1):
        if " ".join(token.text for token in reading.doc[start : start + words]) == mention.title:
            return start
    return None
