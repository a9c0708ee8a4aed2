"""The words of departures, legal steps, meetings, interviews and apologies, and where they stand in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kg.extract.base import Scene
from kg.extract.cues import DATA, rows

_PARTICLES = frozenset(["prt", "advmod", "prep"])


@lru_cache(maxsize=8)
def step_words(folder: Path = DATA / "en") -> Mapping[str, frozenset[str]]:
    """The lists of data/en/steps.tsv: what a word does -> the words."""
    lists: dict[str, set[str]] = {}
    for word, use in rows(folder, "steps.tsv"):
        lists.setdefault(use, set()).add(word)
    return {use: frozenset(words) for use, words in lists.items()}


@lru_cache(maxsize=8)
def crimes(folder: Path = DATA / "en") -> frozenset[str]:
    """Lemmas of offences in law."""
    return frozenset(row[0] for row in rows(folder, "crimes.txt"))


_LONGEST = 500
"""In a sentence of more tokens nothing is looked for."""
_TRIGGERS = (
    "resign leave resignation leaving suspend suspension expel expulsion whip charge indict indictment penal pleads "
    "investigate inquiry sue suit action clear meet talk interview session tells asks sits guilty "
    "apologize apology sorry retract withdraw retraction chairs leads"
).split()


@lru_cache(maxsize=1)
def _wanted() -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The lemmas of all triggers, as spaCy numbers them."""
    words = step_words()
    lemmas = {word.split()[0] for use in _TRIGGERS for word in words.get(use, ())}
    return np.array(sorted(get_string_id(lemma) for lemma in lemmas), dtype=np.uint64)


@lru_cache(maxsize=2)
def _index(doc: Doc) -> Mapping[str, tuple[Token, ...]]:
    """The tokens of a text that may trigger a step, by lemma."""
    found: dict[str, list[Token]] = {}
    for place in np.flatnonzero(np.isin(doc.to_array("LEMMA"), _wanted())):
        token = doc[int(place)]
        found.setdefault(token.lemma_, []).append(token)
    return {lemma: tuple(tokens) for lemma, tokens in found.items()}


def spots(scene: Scene, use: str, *parts: str) -> Iterator[Token]:
    """The tokens of one use of the word lists, of these parts of speech, with their particle, no boilerplate."""
    index = _index(scene.reading.doc)
    for word in sorted(step_words().get(use, ())):
        lemma, _, particle = word.partition(" ")
        for token in index.get(lemma, ()):
            if token.pos_ not in parts or scene.reading.skipped[token.i] or _is_endless(scene, token.i):
                continue
            if particle and not any(
                o.lower_ == particle and o.dep_ in ("prt", "advmod", "prep") for o in token.children
            ):
                continue
            yield token


def _is_endless(scene: Scene, place: int) -> bool:
    """Whether the token's sentence is longer than anybody reads, so that its parse is costly and means little."""
    numbers = scene.reading.sentence_of
    start = bisect_left(numbers, numbers[place])
    return start + _LONGEST < len(numbers) and numbers[start + _LONGEST] == numbers[place]


def says(use: str, token: Token) -> bool:
    """Whether the token is a word of this use."""
    words = step_words().get(use, frozenset())
    return token.lemma_ in words or token.lower_ in words
