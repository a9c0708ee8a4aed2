"""What departures, legal steps, meetings and apologies share: who takes part, in which words, and the finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import End, Finding, Scene
from kg.extract.cues import stance_cues
from kg.extract.ends import side, together
from kg.extract.happening import Mood
from kg.extract.step_words import crimes, says, step_words
from kg.extract.targets import agent_of, child, subject_of
from kg.model import EntityType, Modality, Polarity

PERSON = frozenset([EntityType.PERSON])
BODIES = frozenset([EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET])
AGENTS = PERSON | BODIES

_OPEN, _NEGATIVE = 0.9, 0.9
"""Factors of the confidence of what is only thinkable, and of what is said not to be."""
_AFTERWARDS = frozenset(["relcl", "parataxis", "punct", "advcl"])
_MOST = 12
"""Of a longer list of names only so many take part."""


def ends(scene: Scene, token: Token | None, types: frozenset[EntityType]) -> list[int]:
    """The clusters of these types that a noun phrase names: itself, its conjuncts, or what it is in apposition to."""
    if token is None:
        return []
    found: list[int] = []
    for part in together(scene, token)[:_MOST]:
        cluster = _named(scene, part)
        if cluster is None or cluster in found or scene.reading.type_of(cluster) not in types:
            continue
        if part.tag_ in ("NNS", "NNPS") and types == AGENTS and scene.reading.type_of(cluster) is EntityType.PARTY:
            continue  # "Republicans" are some of them
        found.append(cluster)
    return found


def _named(scene: Scene, token: Token) -> int | None:
    mention = scene.reading.mention_at(token)
    if mention is not None and mention.end - mention.start == 1 and token.text in stance_cues().vague:
        return None
    cluster = side(scene, token)
    if cluster is not None:
        return cluster
    if token.lower_ in ("i", "me", "my"):
        return scene.speaker_at(token.i)
    if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN"):
        return side(scene, token.head)
    for other in token.children:
        if other.dep_ == "appos" and token.tag_ not in ("NNS", "NNPS"):
            return side(scene, other)
    return None


def behind(token: Token, *prepositions: str) -> Token | None:
    """The noun or gerund behind the first of the prepositions that hangs on the token."""
    for other in token.children:
        if other.lower_ in prepositions and other.dep_ in ("prep", "agent", "dative") and other.i > token.i:
            inner = child(other, "pobj", "pcomp")
            if inner is not None:
                return inner
    return None


def owner(noun: Token) -> Token | None:
    """Whose the noun is, by a possessive."""
    return child(noun, "poss")


def doer(scene: Scene, verb: Token) -> Token | None:
    """The subject of a verb, None where "who" would stand for what is no person: the parse passed a name over."""
    found, own = subject_of(verb), child(verb, "nsubj", "nsubjpass")
    if found is not None and own is not None and own.lower_ == "who":
        cluster = scene.reading.cluster_at(found)
        if cluster is not None and scene.reading.type_of(cluster) is not EntityType.PERSON:
            return None
    return found


def is_anothers(scene: Scene, noun: Token) -> bool:
    """Whether "welcomed his apology" makes "his" somebody else than the subject, whatever the pronoun was taken for."""
    verb, whose = noun.head, owner(noun)
    if noun.dep_ != "dobj" or whose is None or whose.tag_ != "PRP$" or not says("greets", verb):
        return False
    own = subject_of(verb)
    return own is not None and scene.reading.cluster_at(own) == scene.reading.cluster_at(whose)


def wording(token: Token, limit: int = 30) -> tuple[int, int] | None:
    """The tokens of a phrase, relative clauses and what follows a comma left out."""
    start, end = token.left_edge.i, min(token.right_edge.i + 1, token.left_edge.i + limit)
    for other in token.children:
        if other.i > token.i and (other.dep_ in _AFTERWARDS or other.lower_ == "by"):
            end = min(end, other.left_edge.i)
    for place in range(token.i + 1, end - 1):
        if token.doc[place].dep_ == "cc" and token.doc[place + 1].pos_ == "ADP":
            end = place
            break
    while end > start and (token.doc[end - 1].is_punct or token.doc[end - 1].is_space):
        end -= 1
    return (start, end) if end > start else None


def is_crime(scene: Scene, words: tuple[int, int] | None) -> bool:
    """Whether the words name an offence in law."""
    if words is None:
        return False
    listed = crimes()
    return any(token.lemma_.lower() in listed or token.lower_ in listed for token in scene.reading.doc[slice(*words)])


def is_law(scene: Scene, token: Token, *uses: str) -> bool:
    """Whether a noun phrase names who inquires or judges, or is a word of other uses; people are so by office."""
    lists = step_words()
    words = frozenset().union(*(lists[use] for use in uses or ("law",)))
    mention = scene.reading.mention_at(token)
    inside = [token, *token.lefts]
    if mention is not None:
        inside += scene.reading.doc[max(mention.start - 3, 0) : mention.end]
        if scene.reading.type_of(mention.cluster) is EntityType.PERSON:
            words = lists["official"]
        elif any(word in words for word in scene.reading.clusters[mention.cluster].name.lower().split()):
            return True
    return any(part.lemma_.lower() in words or part.lower_ in words for part in inside)


@dataclass(frozen=True, slots=True)
class Step:
    """One finding before evidence and attribution are read; the evidence covers `parts`."""

    relation: str
    subject: End
    object: End | None
    trigger: Token
    pattern: str
    confidence: float
    mood: Mood
    parts: tuple[Token, ...] = ()
    detail: tuple[int, int] | None = None
    note: str | None = None


def findings(scene: Scene, steps: Iterable[Step]) -> Iterator[Finding]:
    """The findings of the steps; what names neither object nor detail is dropped where the same subject has more."""
    made = [_finding(scene, step) for step in steps if step.subject != step.object]
    known = {_held(found) for found in made if found.object is not None or found.detail is not None}
    for found in made:
        if found.object is not None or found.detail is not None or _held(found) not in known:
            yield found


def _held(found: Finding) -> tuple[End, Polarity, bool]:
    return found.subject, found.polarity, found.modality is Modality.HYPOTHETICAL


def _finding(scene: Scene, step: Step) -> Finding:
    reading = scene.reading
    polarity, modality = step.mood
    speaker = scene.speaker_at(step.trigger.i)
    attributed = speaker if speaker != step.subject else None
    if attributed is not None and modality is Modality.ASSERTED:
        modality = Modality.REPORTED
    sentence = reading.sentence_of[step.trigger.i]
    places = [step.trigger.i]
    for part in step.parts:
        mention = reading.mention_at(part)
        places += [part.i] if mention is None else [mention.start, mention.end - 1]
    for given in (step.subject, step.object):
        if given is not None and not isinstance(given, int):
            places += [given.start, given.end - 1]
    if step.detail is not None:
        places += [step.detail[0], step.detail[1] - 1]
    inside = [place for place in places if reading.sentence_of[place] == sentence]
    return Finding(
        relation=step.relation,
        subject=step.subject,
        object=step.object,
        start=min(inside),
        end=max(inside) + 1,
        pattern=step.pattern,
        confidence=_confidence(step),
        trigger=step.trigger.i,
        detail=step.detail,
        note=step.note,
        polarity=polarity,
        modality=modality,
        attributed_to=attributed,
    )


def _confidence(step: Step) -> float:
    polarity, modality = step.mood
    factor = _OPEN if modality is Modality.HYPOTHETICAL else 1.0
    return step.confidence * (factor * _NEGATIVE if polarity is Polarity.NEGATIVE else factor)


def each(
    scene: Scene,
    relation: str,
    place: Token | None,
    other: Token | None,
    trigger: Token,
    pattern: str,
    confidence: float,
    held: Mood,
    detail: tuple[int, int] | None,
) -> Iterator[Step]:
    """A step for each one concerned, and each body named."""
    bodies = ends(scene, other, AGENTS)
    for subject in ends(scene, place, AGENTS):
        for body in bodies or (None,):
            parts = tuple(part for part in (place, other if body is not None else None) if part is not None)
            yield Step(relation, subject, body, trigger, pattern, confidence, held, parts, detail)


def legal_agent(scene: Scene, verb: Token, *uses: str) -> Token | None:
    """Who charges or inquires, if it is somebody who does so by office."""
    agent = agent_of(verb)
    return agent if agent is not None and is_law(scene, agent, *uses) else None
