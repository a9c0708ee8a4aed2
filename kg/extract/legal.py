"""Legal steps: who is charged, investigated, sued or cleared, by whom and of what; never an accusation by word."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.cues import stance_cues
from kg.extract.happening import DENIED, HAPPENED, Mood, mood, noun_mood
from kg.extract.step_words import says, spots
from kg.extract.steps import (
    AGENTS,
    Step,
    behind,
    doer,
    each,
    ends,
    findings,
    is_crime,
    is_law,
    legal_agent,
    owner,
    wording,
)
from kg.extract.targets import agent_of, child, is_passive
from kg.model import EntityType

_OWNING = frozenset(["verb", "inquiry"])
"""Patterns that name what somebody did as well as him."""
_SUBJECTS = frozenset(["subject", "target", "focus"])
_BODIES = frozenset([EntityType.PERSON, EntityType.ORGANIZATION])
_SUERS = AGENTS
_CRIMINAL = frozenset(["criminal", "felony", "federal", "corruption", "fraud", "bribery", "perjury", "misdemeanor"])
Words = tuple[int, int] | None


def charges(scene: Scene) -> Iterator[Finding]:
    """All findings of chargedWith: the charged, and who charges where he is named; the detail is the charge."""
    yield from findings(scene, [*_charged(scene), *_indicted(scene), *_facing(scene), *_pleading(scene)])


def is_legal_charge(scene: Scene, verb: Token) -> bool:
    """Whether a verb of charging tells of a charge by those who do so by office, not of words."""
    return legal_agent(scene, verb, "charger") is not None


def _charge_of(verb: Token) -> Words:
    for other in verb.children:
        if other.dep_ == "prep" and other.lower_ in ("with", "for", "on", "over") and other.i > verb.i:
            inner = child(other, "pobj", "pcomp")
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                return wording(inner)
    return None


def _charged(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "charge", "VERB"):
        held = mood(verb)
        if held is None:
            continue
        charge, agent, passive = _charge_of(verb), agent_of(verb), is_passive(verb)
        legal = legal_agent(scene, verb, "charger")
        place = doer(scene, verb) if passive else child(verb, "dobj")
        if place is None or (agent is not None and legal is None):
            continue
        if charge is None and legal is None and not (passive and held[0] is DENIED[0]):
            continue
        if legal is None and charge is not None and not is_crime(scene, charge):
            continue
        if legal is not None and charge is None and not passive:
            continue
        yield from each(scene, "chargedWith", place, legal, verb, "verb", 0.9, held, charge)


def _indicted(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "indict", "VERB"):
        held = mood(verb)
        place = doer(scene, verb) if is_passive(verb) else child(verb, "dobj")
        if held is not None and place is not None:
            yield from each(scene, "chargedWith", place, agent_of(verb), verb, "indicted", 0.9, held, _charge_of(verb))
    for noun in spots(scene, "indictment", "NOUN"):
        held = noun_mood(noun)
        place = behind(noun, "of", "against") or owner(noun)
        if held is not None:
            yield from each(scene, "chargedWith", place, behind(noun, "by"), noun, "indictment", 0.85, held, None)


def _penal(scene: Scene, noun: Token) -> Words:
    """The words of a charge in law that the noun names ("corruption charges", "charges of perjury")."""
    inner = behind(noun, "of", "for", "over", "relating", "under")
    words = None if inner is None else wording(inner)
    if is_crime(scene, words):
        return words
    modifiers = [other for other in noun.lefts if other.dep_ in ("amod", "compound", "nmod")]
    if any(other.lower_ in _CRIMINAL or is_crime(scene, (other.i, other.i + 1)) for other in modifiers):
        return wording(noun)
    return None


def _facing(scene: Scene) -> Iterator[Step]:
    """ "X faces corruption charges", "prosecutors filed charges of perjury against X"."""
    for noun in spots(scene, "penal", "NOUN"):
        verb = noun.head
        if noun.dep_ not in ("dobj", "nsubjpass") or verb.pos_ != "VERB":
            continue
        charge = _penal(scene, noun)
        if charge is None:
            continue
        held = noun_mood(noun)
        if says("faces", verb) and any(other.lower_ == "no" for other in noun.lefts):
            continue
        if says("faces", verb):
            held = mood(verb) if held == HAPPENED or held is None or held[1] != HAPPENED[1] else held
            if held is not None:
                yield from each(scene, "chargedWith", doer(scene, verb), None, verb, "faces", 0.85, held, charge)
        elif says("lays", verb) and held is not None:
            place = behind(noun, "against") or behind(verb, "against")
            yield from each(
                scene, "chargedWith", place, legal_agent(scene, verb, "charger"), noun, "filed", 0.85, held, charge
            )


def _pleading(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "pleads", "VERB"):
        predicate = child(verb, "acomp", "oprd", "advmod", "dobj")
        if predicate is None or predicate.lower_ not in ("guilty", "innocent"):
            continue
        inner = behind(predicate, "to", "of") or behind(verb, "to")
        charge = None if inner is None else wording(inner)
        yield from each(scene, "chargedWith", doer(scene, verb), None, verb, "pleads", 0.85, HAPPENED, charge)


def investigations(scene: Scene) -> Iterator[Finding]:
    """All findings of investigatedFor: who is looked into, by which body, over what."""
    yield from findings(scene, [*_investigated(scene), *_inquiries(scene)])


def _investigated(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "investigate", "VERB"):
        held = mood(verb)
        if held is None:
            continue
        passive = is_passive(verb)
        place = doer(scene, verb) if passive else child(verb, "dobj")
        agent = agent_of(verb)
        asked = child(verb, "ccomp") if place is None else None
        if asked is not None and not is_passive(asked) and asked.left_edge.lower_ in ("whether", "if"):
            place = child(asked, "nsubj")
            bodies = _inquirer(scene, agent)
            if place is not None and (bodies or (agent is not None and is_law(scene, agent))):
                yield from _looked_into(
                    scene, place, bodies, agent, verb, "whether", held, (asked.left_edge.i, asked.right_edge.i + 1)
                )
            continue
        if place is None:
            continue
        if _is_press(scene, agent):
            continue
        bodies = _inquirer(scene, agent)
        if agent is not None and not bodies and not is_law(scene, agent) and not passive:
            continue
        reason = behind(verb, "for", "over")
        detail = None if reason is None else wording(reason)
        yield from _looked_into(scene, place, bodies, agent, verb, "verb", held, detail)


def _inquirer(scene: Scene, token: Token | None) -> list[int]:
    """Who inquires: a body, or a person who does so by office."""
    if token is None:
        return []
    found = ends(scene, token, _BODIES)
    return [c for c in found if scene.reading.type_of(c) is not EntityType.PERSON or is_law(scene, token)]


def _is_press(scene: Scene, token: Token | None) -> bool:
    return bool(ends(scene, token, frozenset([EntityType.OUTLET])))


def _is_another(scene: Scene, noun: Token) -> bool:
    """Whether the noun is a person or a body, not something that its owner did or has."""
    heads = scene.lexicon.role_heads
    return (
        says("another", noun) or noun.lemma_ in heads or noun.lower_ in heads or noun.lemma_ in stance_cues().relatives
    )


def _looked_into(
    scene: Scene,
    place: Token,
    bodies: list[int],
    agent: Token | None,
    trigger: Token,
    pattern: str,
    held: Mood,
    detail: Words,
) -> Iterator[Step]:
    """Whoever is named himself, or whose doing is named."""
    subjects, at = ends(scene, place, AGENTS), place
    label, confidence = pattern, 0.88
    if not subjects and pattern in _OWNING and not says("victim", place) and not _is_another(scene, place):
        at = owner(place) or behind(place, "by", "against") or place
        subjects = ends(scene, at, AGENTS)
        if owner(place) is not None:
            whole = wording(place)
            detail = detail or (None if whole is None else (min(at.i + 2, place.i), whole[1]))
        label, confidence = f"{pattern}-doing", 0.82
    for subject in subjects:
        for body in [c for c in bodies if c != subject] or (None,):
            parts = (at,) if body is None or agent is None else (at, agent)
            yield Step("investigatedFor", subject, body, trigger, label, confidence, held, parts, detail)


def _inquiries(scene: Scene) -> Iterator[Step]:
    for noun in spots(scene, "inquiry", "NOUN", "PROPN"):
        held = noun_mood(noun)
        if held is None:
            continue
        by = owner(noun) or behind(noun, "by") or next((o for o in noun.lefts if o.dep_ in ("compound", "nmod")), None)
        if noun.head.lower_ == "under" and noun.dep_ == "pobj":
            yield from _under(scene, noun, behind(noun, "by"))
            continue
        if noun.dep_ == "dobj" and says("faces", noun.head):
            yield from _faced(scene, noun)
            continue
        above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
        if above is not None and above.lemma_ in _SUBJECTS and above.dep_ == "attr":
            yield from _is_subject(scene, noun, above)
            continue
        place = behind(noun, "into", "of")
        if place is None or place.pos_ == "VERB" or _is_press(scene, by):
            continue
        if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and _is_press(scene, doer(scene, noun.head)):
            continue
        if noun.tag_ == "NNS" and noun.head.dep_ != "ROOT" and not _inquirer(scene, by):
            above = noun.head.head if noun.head.pos_ == "ADP" else noun.head
            if says("answers", above):
                continue
        agent = by
        if not _inquirer(scene, agent):
            verb = noun.head
            agent = doer(scene, verb) if verb.pos_ == "VERB" and noun.dep_ == "dobj" and says("opens", verb) else None
        reason = behind(noun, "for", "over")
        detail = None if reason is None else wording(reason)
        yield from _looked_into(scene, place, _inquirer(scene, agent), agent, noun, "inquiry", held, detail)


def _faced(scene: Scene, noun: Token) -> Iterator[Step]:
    """ "X faces an inquiry by the FBI"."""
    held, place, by = mood(noun.head), doer(scene, noun.head), behind(noun, "by", "from")
    inner = behind(noun, "into", "for", "over")
    if held is not None and place is not None and not any(other.lower_ == "no" for other in noun.lefts):
        detail = None if inner is None else wording(inner)
        yield from _looked_into(scene, place, _inquirer(scene, by), by, noun, "faces", held, detail)


def _is_subject(scene: Scene, noun: Token, word: Token) -> Iterator[Step]:
    """ "X is the subject of an FBI investigation"."""
    held, place = mood(word.head), doer(scene, word.head)
    by = behind(noun, "by") or next((o for o in noun.lefts if o.dep_ in ("compound", "nmod", "poss")), None)
    inner = behind(noun, "into", "for", "over")
    if held is not None and place is not None:
        detail = None if inner is None else wording(inner)
        yield from _looked_into(scene, place, _inquirer(scene, by), by, noun, "subject", held, detail)


def _under(scene: Scene, noun: Token, by: Token | None) -> Iterator[Step]:
    """ "X is under investigation by the FBI"."""
    above = noun.head.head
    if above.pos_ in ("VERB", "AUX"):
        place, held = doer(scene, above), mood(above)
        by = by or behind(above, "by")
    else:
        place, held = above, HAPPENED
    if held is None or place is None:
        return
    reason = behind(noun, "for", "over") or behind(above, "for", "over")
    detail = None if reason is None else wording(reason)
    for subject in ends(scene, place, AGENTS):
        for body in _inquirer(scene, by) or (None,):
            parts = (place, noun) if body is None or by is None else (place, noun, by)
            yield Step("investigatedFor", subject, body, noun, "under", 0.88, held, parts, detail)
