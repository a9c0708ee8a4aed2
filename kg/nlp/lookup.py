"""Where a text has tokens of some word or tag, found without touching the other tokens."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from spacy.tokens import Doc


def places_of_words(doc: Doc, words: Iterable[str]) -> list[int]:
    """The tokens that are one of the words, given in small letters."""
    return _places(doc, "LOWER", words)


def places_of_tags(doc: Doc, tags: Iterable[str]) -> list[int]:
    """The tokens with one of the fine-grained tags."""
    return _places(doc, "TAG", tags)


def mixed_words(doc: Doc) -> list[int]:
    """The tokens that have both small and capital letters, or none that has two forms."""
    if len(doc) == 0:
        return []
    flags = doc.to_array(["IS_LOWER", "IS_UPPER", "IS_SPACE", "IS_PUNCT"])
    found: list[int] = np.flatnonzero(flags.sum(axis=1) == 0).tolist()
    return found


def _places(doc: Doc, attribute: str, values: Iterable[str]) -> list[int]:
    if len(doc) == 0:
        return []
    strings = doc.vocab.strings
    wanted = np.array(sorted(strings[value] for value in values if value in strings), dtype=np.uint64)
    found: list[int] = np.flatnonzero(np.isin(doc.to_array(attribute), wanted)).tolist()
    return found
