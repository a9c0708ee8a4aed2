"""holdsPosition: an office or job that grammar attaches to a person."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.base import Finding, Named, Scene
from kg.extract.offices import office_of, same_office
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, Role, TokenMention
from kg.nlp.roles import singular

RELATION = "holdsPosition"

_NO_OFFICES = frozenset(["member"])
"""Heads that say where somebody belongs and name no office."""
_BARE = frozenset("leader candidate nominee speaker chief editor secretary fellow".split())
"""Heads that say too little on their own behind "is"."""
_BODIES = (EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.PARTY)
_CONFIDENCE = {"title": 0.93, "apposition": 0.8, "predicate": 0.6, "description": 0.65}


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
    descriptions: dict[tuple[int, int], Role] = {}
    for role in reading.roles:
        if singular(reading.doc[role.head].lower_) in _NO_OFFICES:
            continue
        covered.update(range(role.full_start, role.end))
        if _is_occupation(scene, role):
            continue
        descriptions[role.full_start, role.end] = role
        for index in role.people:
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
