"""Who left which office, party or body."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import End, Finding, Named, Scene
from kg.extract.happening import Mood, mood, noun_mood
from kg.extract.offices import office_of
from kg.extract.step_words import says, spots
from kg.extract.steps import BODIES, PERSON, Step, behind, ends, findings, is_anothers, owner
from kg.extract.targets import child, is_passive, subject_of
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, Role

_PARTS = frozenset(["board", "rank", "leadership", "panel", "committee"])
"""Nouns for a part of the body behind "of"."""
_LONGEST = 9
"""So many words at most name the post that somebody leaves."""
_PREDICATES = frozenset(["in", "with", "without", "facing", "divided", "reeling"])


def resignations(scene: Scene) -> Iterator[Finding]:
    """All findings of resignedFrom; the object is the office, party or body where it is said."""
    yield from findings(scene, [*_resigned(scene), *_left_party(scene), *_resignation_nouns(scene)])


def _resigned(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "resign", "VERB"):
        if is_passive(verb) and verb.lemma_ != "resign":
            continue
        subject, held = subject_of(verb), mood(verb)
        if held is None or subject is None:
            continue
        left = list(_left(scene, verb))
        if not left and (verb.lemma_ == "quit" and child(verb, "dobj", "xcomp") is not None):
            continue
        if not left and child(verb, "dobj") is not None and not says("post", child(verb, "dobj") or verb):
            continue
        for person in ends(scene, subject, PERSON):
            if verb.lemma_ == "defect" and not left:
                continue
            yield from _leaving(scene, person, left, verb, (subject,), held, "verb", 0.9)


def _leaving(
    scene: Scene,
    person: int,
    left: list[tuple[End, Token]],
    trigger: Token,
    parts: tuple[Token, ...],
    held: Mood,
    pattern: str,
    confidence: float,
) -> Iterator[Step]:
    for thing, place in left:
        yield Step("resignedFrom", person, thing, trigger, pattern, confidence, held, (*parts, place))
    if not left:
        title = _title(scene, parts[0])
        if title is None:
            yield Step("resignedFrom", person, None, trigger, f"{pattern}-alone", 0.8, held, parts)
        else:
            yield Step("resignedFrom", person, title, trigger, f"{pattern}-title", 0.8, held, parts)


def _left(scene: Scene, word: Token) -> Iterator[tuple[End, Token]]:
    """What a verb of resigning, or a noun, says was left, with its token."""
    around = [word, *(o for o in word.children if o.dep_ in ("prt", "advmod", "prep"))]
    if word.pos_ == "NOUN" and word.dep_ == "dobj":
        around.append(word.head)  # "submitted her resignation as chancellor"
    direct = child(word, "dobj")
    if direct is not None and word.pos_ == "VERB":
        if says("post", direct):
            around.append(direct)
            yield from _office(scene, direct, bare=False)
        elif says("whip", direct):
            for other in direct.children:
                for party in ends(scene, other, BODIES):
                    yield party, other
        else:
            yield from _things(scene, direct)
    if word.i + 1 < len(word.doc) and word.nbor().lower_ == "as":
        around.append(word.nbor().head)  # "her resignation as chancellor came early"
    for part in dict.fromkeys(around):
        for preposition in part.children:
            if preposition.i < word.i or preposition.dep_ != "prep":
                continue
            inner = child(preposition, "pobj")
            if inner is None:
                continue
            if preposition.lower_ == "as":
                yield from _office(scene, inner, bare=True)
            elif preposition.lower_ == "from" or (preposition.lower_ == "of" and word.pos_ == "VERB"):
                yield from _things(scene, inner)


def _things(scene: Scene, token: Token) -> Iterator[tuple[End, Token]]:
    """The party, body or office that a noun phrase names."""
    inner = behind(token, "of") if token.lemma_ in _PARTS else None
    bodies = ends(scene, token, BODIES) or ends(scene, inner, BODIES)
    if bodies:
        yield bodies[0], token
    elif says("post", token):
        for other in token.lefts:
            if other.dep_ in ("compound", "nmod", "poss"):
                yield from ((body, other) for body in ends(scene, other, BODIES))
        yield from _office(scene, token, bare=False)
        for preposition in token.children:
            if preposition.dep_ == "prep" and preposition.lower_ == "as":
                inner = child(preposition, "pobj")
                if inner is not None:
                    yield from _office(scene, inner, bare=True)
    else:
        yield from _office(scene, token, bare=False)


def _office(scene: Scene, token: Token, *, bare: bool) -> Iterator[tuple[End, Token]]:
    """The office that a noun names; where it must be one ("as"), also one that no list knows."""
    reading = scene.reading
    if reading.mention_at(token) is not None and reading.type_of(reading.cluster_at(token) or 0) in PERSON:
        mention = reading.mention_at(token)
        if mention is None or mention.kind is not MentionKind.NOMINAL:
            return
    role = _role_before(reading, token.i + 1)
    if role is not None and token.i < role.end:
        yield _whole_office(scene, office_of(reading, role)), token
        return
    if not bare or token.pos_ not in ("NOUN", "PROPN"):
        if not (says("post", token) and token.dep_ == "dobj"):
            return
        if token.lemma_ not in ("chairmanship", "leadership"):
            return
    start = token.left_edge.i
    while start < token.i and reading.doc[start].pos_ in ("DET", "PRON", "PUNCT", "SPACE"):
        start += 1
    end = token.i + 1
    for preposition in token.children:
        inner = child(preposition, "pobj") if preposition.i == end and preposition.lower_ in ("of", "for") else None
        if inner is not None:
            end = max(end, min(inner.i + 1, start + _LONGEST))
    if 0 < end - start <= _LONGEST:
        yield Named(EntityType.POSITION, " ".join(reading.text(start, end).split()), start, end), token


def _whole_office(scene: Scene, office: Named) -> Named:
    """The office without the occasion on which it ends ("MP at the next election")."""
    reading, end = scene.reading, office.start + 1
    while end < office.end and not (reading.doc[end].lower_ == "at" and reading.at[office.end - 1] < 0):
        end += 1
    return Named(office.type, " ".join(reading.text(office.start, end).split()), office.start, end)


def _title(scene: Scene, name: Token) -> Named | None:
    """The office right before the name of who resigned ("Home Secretary X resigned")."""
    reading = scene.reading
    mention = reading.mention_at(name)
    role = None if mention is None else _role_before(reading, mention.start)
    if role is None or role.link != "title" or role.plural or says("seatless", reading.doc[role.head]):
        return None
    if not any(reading.mentions[index] == mention for index in role.people):
        return None
    if role.former and "then" not in {token.lower_ for token in reading.doc[role.full_start : role.start]}:
        return None
    return office_of(reading, role)


def _role_before(reading: Reading, place: int) -> Role | None:
    """The last office that starts before the token."""
    index = bisect_left(reading.roles, place, key=lambda role: role.start)
    return reading.roles[index - 1] if index else None


def _left_party(scene: Scene) -> Iterator[Step]:
    """ "X left Labour", "X left the cabinet"."""
    for verb in spots(scene, "leave", "VERB"):
        place, held = child(verb, "dobj"), mood(verb)
        subject = subject_of(verb)
        if place is None or subject is None or held is None or is_passive(verb) or child(verb, "oprd", "acomp"):
            continue
        if any(_describes(other) and other.i > place.i for other in (*verb.children, *place.children)):
            continue
        bodies = [b for b in ends(scene, place, BODIES) if _is_party_or_cabinet(scene, b)]
        for person in ends(scene, subject, PERSON):
            for body in bodies[:1]:
                yield Step("resignedFrom", person, body, verb, "left", 0.75, held, (subject, place))


def _describes(word: Token) -> bool:
    """Whether the word opens what is said of the party that was left behind ("left Labour in ruins")."""
    inner = child(word, "pobj")
    return word.lower_ in _PREDICATES and (inner is None or inner.ent_type_ not in ("DATE", "TIME"))


def _is_party_or_cabinet(scene: Scene, body: int) -> bool:
    cluster = scene.reading.clusters[body]
    return cluster.type is EntityType.PARTY or cluster.name.lower().split()[-1] == "cabinet"


def _resignation_nouns(scene: Scene) -> Iterator[Step]:
    for noun in spots(scene, "resignation", "NOUN"):
        held, whose = noun_mood(noun), owner(noun) or behind(noun, "of", "by")
        if whose is None or held is None or is_anothers(scene, noun):
            continue
        for person in ends(scene, whose, PERSON):
            yield from _leaving(scene, person, list(_left(scene, noun)), noun, (whose,), held, "noun", 0.85)
    for noun in spots(scene, "leaving", "NOUN"):
        held, whose = noun_mood(noun), owner(noun)
        if whose is None or held is None:
            continue
        left = [pair for pair in _left(scene, noun) if not isinstance(pair[0], int) or _counts(scene, pair[0])]
        for person in ends(scene, whose, PERSON):
            if left:
                yield from _leaving(scene, person, left, noun, (whose,), held, "noun", 0.8)


def _counts(scene: Scene, body: int) -> bool:
    return scene.reading.type_of(body) is not EntityType.OUTLET
