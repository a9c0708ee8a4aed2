"""Apologies, and words that are taken back."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.base import Finding, Scene
from kg.extract.happening import mood, noun_mood
from kg.extract.step_words import says, spots
from kg.extract.steps import Step, behind, each, findings, is_anothers, owner, wording
from kg.extract.targets import agent_of, child, is_passive, subject_of

_HEARERS = ("to",)
_REASONS = ("for", "over", "about")


def apologies(scene: Scene) -> Iterator[Finding]:
    """All findings of apologizesTo: who apologizes, to whom where that is said, for what."""
    yield from findings(scene, [*_apologized(scene), *_apology_nouns(scene), *_sorry(scene)])


def _words(reason: Token | None) -> tuple[int, int] | None:
    return None if reason is None else wording(reason)


def _apologized(scene: Scene) -> Iterator[Step]:
    for verb in spots(scene, "apologize", "VERB"):
        held = mood(verb)
        if held is not None and not is_passive(verb):
            whom, why = behind(verb, *_HEARERS), behind(verb, *_REASONS)
            if why is None and whom is not None:
                why = behind(whom, *_REASONS)
            yield from each(scene, "apologizesTo", subject_of(verb), whom, verb, "verb", 0.87, held, _words(why))


def _apology_nouns(scene: Scene) -> Iterator[Step]:
    """ "X issued an apology to Y", "X's apology to Y", "Y received an apology from X"."""
    for noun in spots(scene, "apology", "NOUN"):
        held, verb = noun_mood(noun), noun.head
        if held is None or is_anothers(scene, noun):
            continue
        whom, why, who = behind(noun, *_HEARERS), behind(noun, *_REASONS), owner(noun) or behind(noun, "from", "by")
        if verb.pos_ == "VERB" and noun.dep_ == "dobj":
            if says("gives", verb):
                held, who = mood(verb), who or subject_of(verb)
                whom = whom or child(verb, "dative") or behind(verb, *_HEARERS)
                if whom is not None and whom.lower_ == "to":
                    whom = child(whom, "pobj")
                why = why or behind(verb, *_REASONS)
            elif says("takes", verb):
                held, whom = mood(verb), whom or subject_of(verb)
                who = who or behind(verb, "from")
        if held is not None and who is not None:
            yield from each(scene, "apologizesTo", who, whom, noun, "noun", 0.8, held, _words(why))


def _sorry(scene: Scene) -> Iterator[Step]:
    """ "X said sorry to Y for the leak"."""
    for word in spots(scene, "sorry", "ADJ", "INTJ", "NOUN", "ADV"):
        verb = word.head
        if verb.lemma_ == "say" and word.i > verb.i and word.dep_ in ("dobj", "acomp", "oprd", "ccomp", "intj"):
            held = mood(verb)
            if held is not None:
                whom = behind(verb, *_HEARERS) or behind(word, *_HEARERS)
                why = behind(verb, *_REASONS) or behind(word, *_REASONS)
                if why is None and whom is not None:
                    why = behind(whom, *_REASONS)
                yield from each(scene, "apologizesTo", subject_of(verb), whom, verb, "sorry", 0.78, held, _words(why))


def retractions(scene: Scene) -> Iterator[Finding]:
    """All findings of retracts: who takes words back; the object is whom they were about, where that is said."""
    yield from findings(scene, [*_retracted(scene), *_retraction_nouns(scene)])


def _retracted(scene: Scene) -> Iterator[Step]:
    for use in ("retract", "withdraw"):
        for verb in spots(scene, use, "VERB"):
            words = subject_of(verb) if is_passive(verb) else child(verb, "dobj")
            held = mood(verb)
            if held is None or words is None:
                continue
            if not says("words", words) and use == "withdraw":
                continue
            if words.pos_ not in ("NOUN", "PRON"):
                continue
            who = agent_of(verb) if not is_passive(verb) or agent_of(verb) is not None else owner(words)
            about = behind(words, "about", "against", "on")
            yield from each(scene, "retracts", who, about, verb, "verb", 0.85, held, _words(words))


def _retraction_nouns(scene: Scene) -> Iterator[Step]:
    for noun in spots(scene, "retraction", "NOUN"):
        held, verb = noun_mood(noun), noun.head
        who = owner(noun) or behind(noun, "by", "from")
        if who is None and verb.pos_ == "VERB" and noun.dep_ == "dobj" and says("gives", verb):
            who, held = subject_of(verb), mood(verb)
        if held is not None and who is not None:
            yield from each(scene, "retracts", who, None, noun, "noun", 0.8, held, _words(behind(noun, "of")))
