"""Directions among a pipeline's word vectors, learnt once: towards persons' names, towards women's given names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Token

from kg.errors import ConfigError
from kg.nlp.lexicon import DATA


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A score of words: the log-odds by the projection of their unit vectors."""

    vector: np.ndarray
    offset: float

    def of(self, token: Token) -> float | None:
        """The score of a word as it is written; None where it has no vector."""
        return self._score(np.asarray(token.vector))

    def of_small(self, token: Token) -> float | None:
        """The score of the word in small letters."""
        return self._score(np.asarray(token.vocab[token.lower_].vector))

    def fits(self, doc: Doc) -> bool:
        """Whether the text was read by a pipeline with vectors of this kind."""
        return doc.vocab.vectors_length == len(self.vector)

    def _score(self, vector: np.ndarray) -> float | None:
        length = float(np.sqrt(vector @ vector))
        return None if length == 0 else float(vector @ self.vector) / length + self.offset


@cache
def load_genders(language: str = "en", *, folder: Path = DATA) -> Direction | None:
    """Towards women's given names, from `gender_weights.json`; None where a language has none."""
    path = folder / language / "gender_weights.json"
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Direction(np.array(content["direction"], dtype=np.float32), float(content["offset"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"the weights {str(path)!r} cannot be read ({error}); train them with bench/train_genders.py"
        ) from error
