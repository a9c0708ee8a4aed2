"""Which language an article is written in, where that is beyond doubt and not the one that was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from kg.errors import ConfigError

TABLE = Path(__file__).parent / "data" / "languages.tsv"
_WINDOW = 240
"""So many characters are judged at once."""
_WINDOWS = 5
"""So many places of a long text are looked at."""
_SHORTEST = 120
"""A text with fewer characters is not judged."""
_AGREE = 0.8
"""So many of the places must be in one and the same other language."""
_SURE = 0.9
"""And each of them with at least this probability."""
_MOST_CAPITALISED = 0.6
"""Where more of the words are capitalised, a text is a list of names or a headline, which tell no language."""
_NO_PROSE = re.compile(r"\S*(?:https?:|www\.|@)\S*|\d+|[^\w\s'’-]+")


class Identifier(Protocol):
    """What names the language of a piece of text, with a probability."""

    def classify(self, text: str) -> tuple[str, float]:
        """ISO 639 code and probability."""


class LanguageCheck:
    """Tells texts in another language than `expected` (an ISO 639 code) from those in it.

    Short texts, lists of names, text in capitals and texts of several languages get the benefit of the doubt.
    """

    def __init__(self, expected: str, identifier: Identifier | None = None) -> None:
        self._fitting = {expected, *language_table().get(expected, ("", ()))[1]}
        self._identifier = identifier

    def other(self, text: str) -> str | None:
        """The code of the other language that the text is in, None where it is, or may be, in the expected one."""
        pieces = _pieces(text)
        if not pieces or not _is_prose(pieces):
            return None
        if self._identifier is None:
            self._identifier = _shipped_identifier()
        needed, missed = len(pieces) * _AGREE, 0
        found: dict[str, int] = {}
        for piece in pieces:
            code, probability = self._identifier.classify(piece)
            if code in self._fitting or code not in language_table() or probability < _SURE:
                missed += 1
                if len(pieces) - missed < needed:
                    return None
            else:
                found[code] = found.get(code, 0) + 1
        best = max(sorted(found), key=lambda code: found[code])
        return best if found[best] >= needed else None


def language_name(code: str) -> str:
    """The English name of a language, the code itself where the table lacks it."""
    return language_table().get(code, (code, ()))[0]


@cache
def language_table(path: Path = TABLE) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Code -> (name, codes of the languages that a detector takes it for); ConfigError when the table is missing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(f"the table of languages {str(path)!r} is missing; install the package again") from error
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: (name, tuple(near.split(",")) if near else ()) for code, name, near in rows}


def _pieces(text: str) -> list[str]:
    """Up to five pieces of the text, spread over it, without addresses, numbers and marks."""
    if len(text) < _SHORTEST:
        return []
    count = min(max(len(text) // _WINDOW, 1), _WINDOWS)
    step = len(text) // count
    raw = [text[number * step : number * step + _WINDOW] for number in range(count)]
    pieces = (" ".join(_NO_PROSE.sub(" ", piece).split()) for piece in raw)
    kept = [piece for piece in pieces if len(piece) >= _SHORTEST // 2]
    return kept if len(kept) * 2 > count else []


def _is_prose(pieces: Sequence[str]) -> bool:
    words = [word for piece in pieces for word in piece.split()]
    capitalised = sum(word[0].isupper() for word in words)
    return len(words) > 0 and capitalised <= len(words) * _MOST_CAPITALISED


@cache
def _shipped_identifier() -> Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes half a second to load

    identifier: Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
