"""Who heads which party or body: by an office beside the name, and by verbs of heading."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.happening import HAPPENED, Mood, mood
from kg.extract.step_words import spots, step_words
from kg.extract.steps import BODIES, PERSON, Step, ends, findings
from kg.extract.targets import child, is_passive, subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Role, TokenMention
from kg.nlp.roles import singular

_CONFIDENCE = {"title": 0.93, "apposition": 0.9, "predicate": 0.85, "description": 0.82}
_BEHIND = frozenset(["of", "at", "for"])
_REACH = 4
_TWO_WORDS = frozenset(["director general", "general secretary", "chief executive", "chief constable"])
_STAFF = frozenset(["chief", "director", "leader", "head"])
"""Nouns that in an outlet name many people."""
_LEADERS = frozenset(["leader", "co-leader"])


def leaders(scene: Scene) -> Iterator[Finding]:
    """All findings of heads."""
    yield from findings(scene, [*_by_office(scene), *_by_verb(scene)])


def _by_office(scene: Scene) -> Iterator[Step]:
    reading = scene.reading
    described: dict[tuple[int, int], Role] = {}
    for role in reading.roles:
        if role.plural or not _is_chair(reading.doc[role.head]):
            continue
        described[role.full_start, role.end] = role
        for index in role.people:
            yield from _step(scene, role, reading.mentions[index], role.link)
    if described:
        for mention in reading.mentions:
            role_there = described.get((mention.start, mention.end))
            if mention.kind is MentionKind.NOMINAL and role_there is not None:
                yield from _step(scene, role_there, mention, "description")


def _is_chair(head: Token) -> bool:
    """Whether the noun is one for the head of a body, "director general" and "general secretary" included."""
    word, before = singular(head.lower_), head.nbor(-1).lower_ if head.i else ""
    return word in step_words()["chair"] or f"{before} {word}" in _TWO_WORDS


def _step(scene: Scene, role: Role, person: TokenMention, link: str) -> Iterator[Step]:
    body = _body(scene, role)
    if body is None or scene.reading.type_of(person.cluster) is not EntityType.PERSON:
        return
    doc = scene.reading.doc
    held = _held(doc[role.head])
    if held is None or (link == "description" and doc[role.head].dep_ in ("attr", "oprd")):
        return
    left = role.former or _is_left(doc[role.head])
    yield Step(
        "heads",
        person.cluster,
        body.cluster,
        doc[role.head],
        link,
        _CONFIDENCE.get(link, 0.8),
        held,
        (doc[body.start], doc[person.start]),
        note="former" if left else None,
    )


def _held(head: Token) -> Mood | None:
    """Whether the office is held: "is the leader" is, "wants to be leader" and "stands as leader" are open."""
    if head.dep_ in ("attr", "oprd") and head.head.pos_ in ("VERB", "AUX"):
        return mood(head.head)
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        verb = head.head.head
        if verb.lemma_ in ("run", "nominate", "replace", "succeed") or (verb.lemma_ == "stand" and not _is_left(head)):
            return None
    return HAPPENED


def _is_left(head: Token) -> bool:
    """ "resigned as leader"."""
    if head.dep_ != "pobj" or head.head.lower_ != "as":
        return False
    verb = head.head.head
    particles = {other.lower_ for other in verb.children if other.dep_ in ("prt", "advmod")}
    down = verb.lemma_ in ("stand", "step") and "down" in particles
    return down or verb.lemma_ in ("resign", "quit", "retire", "resignation")


def _body(scene: Scene, role: Role) -> TokenMention | None:
    """The party or body that the office is the head of, None where it is another office in it."""
    reading, doc = scene.reading, scene.reading.doc
    for place in range(max(role.full_start - 1, 0), role.head):
        token = doc[place]
        if token.lower_ in step_words()["under"] and place >= role.full_start and reading.at[place] < 0:
            return None
    if role.head + 1 < len(doc) and doc[role.head + 1].text == "-" and not doc[role.head].whitespace_:
        return None
    if role.head + 1 < len(doc) and doc[role.head + 1].lower_ in _BEHIND:
        found = _after(scene, role)
    elif role.head + 1 < len(doc) and doc[role.head + 1].lower_ in ("in", "on") and role.link != "title":
        return None
    else:
        found = _before(scene, role)
    if found is None or not _is_headed(scene, role, found):
        return None
    return found


def _after(scene: Scene, role: Role) -> TokenMention | None:
    """The body right behind "of" ("chairman of the Example Committee"), not what it only qualifies."""
    reading, doc = scene.reading, scene.reading.doc
    for place in range(role.head + 2, min(role.head + 2 + _REACH, len(doc))):
        mention = reading.mention_at(place)
        if mention is not None:
            last = doc[mention.end - 1]
            owns = mention.end < len(doc) and doc[mention.end].tag_ == "POS"
            qualifies = last.dep_ in ("compound", "nmod", "amod", "poss") and last.head.i >= mention.end
            return None if owns or qualifies or _is_unit(scene, role, mention) else mention
        if doc[place].pos_ not in ("DET", "ADJ", "PROPN"):
            return None
    return None


def _is_unit(scene: Scene, role: Role, mention: TokenMention) -> bool:
    """Whether the name goes on: "head of Example Research at the Example Bank", "director of Democrats for Example"."""
    doc, end = scene.reading.doc, mention.end
    if end + 1 >= len(doc):
        return False
    longer = doc[end].lower_ == "for" and doc[end + 1].text[0].isupper()
    return longer or (doc[role.head].lower_ == "head" and doc[end].lower_ == "at")


def _before(scene: Scene, role: Role) -> TokenMention | None:
    """The body right before the head noun ("Labour leader", "the bank's chief executive")."""
    reading, doc = scene.reading, scene.reading.doc
    for place in range(role.head - 1, max(role.head - _REACH - 2, -1), -1):
        mention = reading.mention_at(place)
        if mention is not None:
            return None if _is_branch(scene, mention) else mention
        if doc[place].lower_ not in step_words()["plain"] and doc[place].tag_ != "POS":
            return None
    return None


def _is_branch(scene: Scene, mention: TokenMention) -> bool:
    """Whether a place or another body before the name makes it a part of it ("the Ohio Republican chairman")."""
    reading, doc, place = scene.reading, scene.reading.doc, mention.start - 1
    if place < 0:
        return False
    before = doc[place]
    if before.tag_ == "POS":
        return True
    if before.lower_ in scene.lexicon.modifiers:
        return False
    if before.dep_ not in ("compound", "amod", "nmod") or before.is_punct:
        return False
    return reading.at[place] >= 0 or before.ent_type_ in ("GPE", "NORP", "LOC", "ORG") or before.text[0].isupper()


def _is_headed(scene: Scene, role: Role, mention: TokenMention) -> bool:
    reading = scene.reading
    cluster = reading.clusters[mention.cluster]
    if cluster.type not in BODIES:
        return False
    head = singular(reading.doc[role.head].lower_)
    if head in _LEADERS:
        if cluster.canonical in step_words()["party"] or _is_chamber(cluster.name):
            return False
    elif _is_chamber(cluster.name):
        return False
    if cluster.type is EntityType.OUTLET and head in _STAFF and reading.doc[role.head - 1].lower_ != "executive":
        return head == "head" and reading.doc[role.head + 1].lower_ == "of"
    return not (head in ("president", "secretary") and cluster.type is EntityType.PARTY)


def _is_chamber(name: str) -> bool:
    words = [word for word in name.lower().split() if word != "the"]
    return bool(words) and words[-1] in step_words()["chamber"]


def _by_verb(scene: Scene) -> Iterator[Step]:
    """ "X, who chairs the Example Committee", "X led Labour"."""
    for use, confidence in (("chairs", 0.88), ("leads", 0.8)):
        for verb in spots(scene, use, "VERB"):
            place = child(verb, "dobj")
            if place is None or is_passive(verb) or _has_complement(verb):
                continue
            held, subject = mood(verb), subject_of(verb)
            if held is None or subject is None:
                continue
            bodies = [c for c in ends(scene, place, BODIES) if not _is_chamber(scene.reading.clusters[c].name)]
            if use == "leads" and not _is_relative(verb) and not _is_party(scene, bodies):
                continue
            for person in ends(scene, subject, PERSON):
                for body in bodies[:1]:
                    yield Step("heads", person, body, verb, use, confidence, held, (subject, place))


def _has_complement(verb: Token) -> bool:
    """ "led the party to believe", "headed off the committee"."""
    return any(o.dep_ in ("prt", "oprd") or (o.dep_ == "xcomp" and o.pos_ == "VERB") for o in verb.children)


def _is_relative(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(o.dep_ == "nsubj" and o.lower_ in ("who", "that") for o in verb.children)


def _is_party(scene: Scene, bodies: list[int]) -> bool:
    return bool(bodies) and scene.reading.type_of(bodies[0]) is EntityType.PARTY
