"""Who is sued, and who is cleared or acquitted."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.happening import HAPPENED, Mood, mood, noun_mood
from kg.extract.step_words import says, spots
from kg.extract.steps import AGENTS, Step, behind, doer, each, ends, findings, is_law, legal_agent, owner, wording
from kg.extract.targets import agent_of, child, is_passive


def suits(scene: Scene) -> Iterator[Finding]:
    """All findings of suedBy: the sued, who sues where he is named, and over what."""
    yield from findings(scene, [*_sued(scene), *_suit_nouns(scene)])


def _sued(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "sue", "VERB"):
        held = mood(verb)
        place = doer(scene, verb) if is_passive(verb) else child(verb, "dobj")
        if held is None or place is None:
            continue
        reason = behind(verb, "for", "over")
        detail = None if reason is None else wording(reason)
        yield from each(scene, "suedBy", place, agent_of(verb), verb, "verb", 0.9, held, detail)


def _suit_nouns(scene: Scene) -> Iterator[Step]:
    for noun in (*spots(scene, "suit", "NOUN"), *spots(scene, "action", "NOUN")):
        verb = noun.head
        place = behind(noun, "against") or (behind(verb, "against") if verb.pos_ == "VERB" else None)
        faced = place is None and noun.dep_ == "dobj" and says("faces", verb)
        if faced:
            place = doer(scene, verb)
        if place is None or (says("action", noun) and not _is_legal_action(noun)):
            continue
        held = mood(verb) if faced else noun_mood(noun)
        if held is None:
            continue
        by = owner(noun) or behind(noun, "by", "from")
        if by is None and verb.pos_ == "VERB" and noun.dep_ == "dobj" and says("files", verb):
            by = doer(scene, verb)
        elif by is None and verb.pos_ == "VERB" and noun.dep_ == "nsubjpass":
            by = behind(verb, "by")
        reason = behind(noun, "for", "over")
        detail = None if reason is None else wording(reason)
        yield from each(scene, "suedBy", place, by, noun, "noun", 0.85, held, detail)


def _is_legal_action(noun: Token) -> bool:
    return any(other.lower_ in ("legal", "libel", "court", "class", "civil") for other in noun.lefts)


def clearances(scene: Scene) -> Iterator[Finding]:
    """All findings of clearedOf: who was cleared or acquitted, by which body, of what."""
    yield from findings(scene, [*_cleared(scene), *_not_guilty(scene), *_no_charges(scene)])


def _cleared(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "clear", "VERB"):
        held, passive = mood(verb), is_passive(verb)
        place = doer(scene, verb) if passive else child(verb, "dobj")
        if held is None or place is None:
            continue
        agent = agent_of(verb)
        inner = behind(verb, "of", "over") or behind(place, "of")
        detail = None if inner is None else wording(inner)
        legal = agent is not None and is_law(scene, agent, "law", "judges")
        if verb.lemma_ in ("clear", "vindicate") and not legal and (detail is None or behind(verb, "of") is None):
            continue
        if agent is not None and not legal and ends(scene, agent, AGENTS):
            continue
        yield from each(scene, "clearedOf", place, agent if legal else None, verb, "verb", 0.88, held, detail)


def _not_guilty(scene: Scene) -> Iterator[Step]:
    """ "X was found not guilty of fraud"."""
    for word in spots(scene, "guilty", "ADJ"):
        verb = word.head
        if not any(o.dep_ == "neg" or o.lower_ == "not" for o in (*word.children, *verb.children)):
            continue
        finder = verb if verb.lemma_ in ("find", "acquit") else verb.head
        if finder.lemma_ != "find":
            continue
        held = mood(finder)
        place = doer(scene, finder) if is_passive(finder) else child(finder, "dobj") or child(word, "nsubj")
        if place is None and verb != finder:
            place = child(verb, "nsubj") or verb
        if place is None or held is None:
            continue
        inner = behind(word, "of") or behind(verb, "of")
        detail = None if inner is None else wording(inner)
        yield from each(
            scene, "clearedOf", place, legal_agent(scene, finder), word, "guilty", 0.88, (HAPPENED[0], held[1]), detail
        )


def _no_charges(scene: Scene) -> Iterator[Step]:
    """ "no charges against X", "X will face no charges", "the charges against X were dropped"."""
    for noun in spots(scene, "penal", "NOUN"):
        verb = noun.head
        none = any(other.lower_ == "no" for other in noun.lefts)
        dropped = verb.pos_ == "VERB" and says("drops", verb) and noun.dep_ in ("dobj", "nsubjpass")
        if not none and not dropped:
            continue
        place = behind(noun, "against") or (behind(verb, "against") if verb.pos_ == "VERB" else None)
        by = legal_agent(scene, verb) if verb.pos_ == "VERB" else None
        held: Mood | None = HAPPENED
        if none and verb.pos_ == "VERB" and says("faces", verb):
            place, by = doer(scene, verb), None
        elif dropped:
            held = mood(verb)
        if place is None or held is None:
            continue
        yield from each(scene, "clearedOf", place, by, noun, "charges", 0.82, held, None)
