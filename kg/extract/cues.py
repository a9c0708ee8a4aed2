"""The word lists of the extractors, read from `data/<language>`: a second language is a second folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigError

DATA = Path(__file__).parent / "data"
PATTERNS = "patterns.tsv"
"""The word patterns of a language that has them instead of rules."""


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """Words that introduce speech: lemma -> letters of the frames that it takes (see data/en/speech.tsv)."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    light: frozenset[str]
    """Verbs whose subject owns the noun that is their object."""


def rows(folder: Path, name: str) -> list[list[str]]:
    """The tab-separated rows of a word list, comments left out; ConfigError when the file is missing."""
    try:
        content = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"the word list {name!r} is missing in {str(folder)!r}; add it") from error
    lines = (line.rstrip() for line in content.splitlines())
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=8)
def speech_cues(folder: Path = DATA / "en") -> SpeechCues:
    """The words of speech and thought of one language."""
    table = rows(folder, "speech.tsv")
    return SpeechCues(
        verbs={lemma: frames for lemma, part, frames in table if part == "v"},
        nouns={lemma: frames for lemma, part, frames in table if part == "n"},
        light=frozenset(lemma for lemma, part, _ in table if part == "l"),
    )


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """How a verb takes a stand: where its target stands, which relation it makes, what leads to the charge.

    `place` is "o" (object), "n" (object with a predicate) or a preposition; `charge` are prepositions, one of
    which must be there where `needed`.
    """

    particle: str
    place: str
    relation: str
    charge: frozenset[str]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Idiom:
    """A verb's noun that makes it a set phrase, what leads to the target, and what the phrase says of him.

    `noun` is the object, or "to:defence". `places` are prepositions, "poss", or "-" for the verb's own object. One of
    `needs` must stand at the noun, if there are any.
    """

    noun: str
    places: frozenset[str]
    relation: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceCues:
    """Words that take a stand (data/en/stance_*.tsv) and words that judge (data/en/evaluative.tsv)."""

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[frozenset[str], str]]
    adjectives: Mapping[str, tuple[frozenset[str], str]]
    people: Mapping[str, str]
    getters: Mapping[str, frozenset[str]]
    idioms: Mapping[str, tuple[Idiom, ...]]
    demanding: frozenset[str]
    demanded: frozenset[str]
    """What is demanded of somebody by whoever finds fault with him: resign, apologise."""
    signs: Mapping[tuple[str, str], str]
    """(lemma, part of speech n, a or v) -> "+", "-" or "!"."""
    phrases: tuple[tuple[str, str], ...]
    """(lemmas with a space at either end, sign), longest first."""
    denials: Mapping[str, tuple[tuple[str, str], ...]]
    """lemma (with particle) -> (preposition or "-", "any" or "charge")."""
    mouthpieces: frozenset[str]
    relatives: frozenset[str]
    vague: frozenset[str]
    charges: Mapping[str, str]
    """Noun -> "clause" where only a clause behind it makes it a charge, else "-"."""
    opposing: frozenset[str]
    factive: frozenset[str]
    """Words over a clause that make it the speaker's own."""
    hearsay: frozenset[str]
    hedges: frozenset[str]
    reversing: frozenset[str]
    """Verbs that take a noun's stand back."""
    light: frozenset[str]
    carriers: frozenset[str]
    ties: Mapping[str, str]
    """Word beside a name -> "ally" or "rival" of whoever is named beside it."""
    confidence: Mapping[str, float]
    """Pattern, or "hypothetical" and "negative" as factors -> confidence."""


@lru_cache(maxsize=8)
def stance_cues(folder: Path = DATA / "en") -> StanceCues:
    """The words of accusing, criticizing, supporting and denying of one language."""
    verbs: dict[str, list[VerbFrame]] = {}
    for lemma, particle, place, relation, charge in rows(folder, "stance_verbs.tsv"):
        words = frozenset(charge.removeprefix("!").split(","))
        frame = VerbFrame(particle, place, relation, words, needed=charge.startswith("!"))
        verbs.setdefault(lemma, []).append(frame)
    denials: dict[str, tuple[tuple[str, str], ...]] = {}
    for lemma, preposition, what in rows(folder, "denial_verbs.tsv"):
        denials[lemma] = (*denials.get(lemma, ()), (preposition, what))
    return StanceCues(
        verbs={lemma: tuple(frames) for lemma, frames in verbs.items()},
        nouns=_placed(rows(folder, "stance_nouns.tsv")),
        adjectives=_placed(rows(folder, "stance_adjectives.tsv")),
        people=dict(_pairs(folder, "stance_people.tsv")),
        getters={lemma: frozenset(places.split(",")) for lemma, places in rows(folder, "stance_getters.tsv")},
        idioms=_idioms(rows(folder, "stance_idioms.tsv")),
        demanding=frozenset(word for word, kind in rows(folder, "stance_demands.tsv") if kind == "v"),
        demanded=frozenset(word for word, kind in rows(folder, "stance_demands.tsv") if kind == "d"),
        signs={(lemma, part): sign for lemma, part, sign in rows(folder, "evaluative.tsv")},
        phrases=tuple(
            sorted(
                ((f" {phrase} ", sign) for phrase, sign in rows(folder, "evaluative_phrases.tsv")),
                key=lambda entry: (-len(entry[0]), entry),
            )
        ),
        denials=denials,
        mouthpieces=_words(folder, "mouthpieces.txt"),
        relatives=_words(folder, "relatives.txt"),
        vague=_words(folder, "vague.txt"),
        charges=dict(_pairs(folder, "charges.tsv")),
        opposing=_words(folder, "opposing.txt"),
        factive=_words(folder, "factive.txt"),
        hearsay=_words(folder, "hearsay.txt"),
        hedges=_words(folder, "hedges.txt"),
        reversing=_words(folder, "reversing_verbs.txt"),
        light=_words(folder, "light_verbs.txt"),
        carriers=_words(folder, "carriers.txt"),
        ties=dict(_pairs(folder, "stance_ties.tsv")),
        confidence={name: float(value) for name, value in rows(folder, "stance_confidence.tsv")},
    )


def _words(folder: Path, name: str) -> frozenset[str]:
    return frozenset(row[0] for row in rows(folder, name))


def _pairs(folder: Path, name: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in rows(folder, name)]


def _placed(table: list[list[str]]) -> dict[str, tuple[frozenset[str], str]]:
    return {lemma: (frozenset(places.split(",")), relation) for lemma, places, relation in table}


def _idioms(table: list[list[str]]) -> dict[str, tuple[Idiom, ...]]:
    found: dict[str, list[Idiom]] = {}
    for verb, noun, places, relation, needs in table:
        needed = frozenset() if needs == "-" else frozenset(needs.split(","))
        found.setdefault(verb, []).append(Idiom(noun, frozenset(places.split(",")), relation, needed))
    return {verb: tuple(idioms) for verb, idioms in found.items()}
