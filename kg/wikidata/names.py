"""Names as keys: folding, honorifics, initials and suffixes, so that two spellings of one name meet."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORDS = json.loads((Path(__file__).resolve().parent / "name_words.json").read_text(encoding="utf-8"))
HONORIFICS: frozenset[str] = frozenset(_WORDS["honorifics"])
"""Folded words before a person's name that say nothing about an office."""

TITLES: frozenset[str] = frozenset(_WORDS["titles"])
"""Folded words before a person's name that name an office; they are cut off and kept as titles."""

PARTICLES: frozenset[str] = frozenset(_WORDS["particles"])
"""Folded words that a last name of several words may begin with."""

SUFFIXES: dict[str, str] = _WORDS["suffixes"]
POST_NOMINALS: frozenset[str] = frozenset(_WORDS["post_nominals"])

_SPECIAL = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')\s*$")
_INITIAL = re.compile(r"\b([^\W\d_])\.")
_OTHER = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"\b(\w) (?=\w\b)")
_PEERAGE = re.compile(r",\s*(?:\d+\w*\s+)?(?:Baron|Baroness|Viscount|Viscountess|Earl|Lord|Lady|Duke|Marquess)\b.*$")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without accents, punctuation, leading "the" and possessive ending; initials stand together.

    "The Côte d'Ivoire's" is "cote divoire", "U.S." is "us", "Wasserman-Schultz" is "wasserman schultz".
    """
    text = name.translate(_APOSTROPHES).casefold()
    if not text.isascii():
        text = text.translate(_SPECIAL)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.casefold().translate(_APOSTROPHES)
    text = _POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    text = _INITIAL.sub(r"\1", text)
    text = _OTHER.sub(" ", text).strip()
    text = _LETTERS.sub(r"\1", text)
    return text[4:] if text.startswith("the ") else text


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart; every part folded.

    `words` are the name's words without titles, suffix and peerage; `titles` the office words in front;
    `initials` the middle initials ("hw" in "George H. W. Bush"); `suffix` is one of SUFFIXES' values or "".
    """

    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    initials: str = ""
    suffix: str = ""

    @property
    def full(self) -> str:
        """The words in one string."""
        return " ".join(self.words)

    @property
    def surname(self) -> str:
        """The last word, "" where there is none."""
        return self.words[-1] if self.words else ""

    @property
    def short(self) -> str:
        """The full name without middle initials."""
        if not self.initials:
            return self.full
        return " ".join(
            word for i, word in enumerate(self.words) if not (0 < i < len(self.words) - 1 and _is_initials(word))
        )

    @property
    def last_name(self) -> str:
        """The last word, with the particles before it: "von der leyen"."""
        return " ".join(self.words[self._last_name :]) or self.surname

    @property
    def first_and_last(self) -> str:
        """The name without middle names: "ursula von der leyen"."""
        return " ".join((*self.words[:1], *self.words[self._last_name :]))

    @property
    def middle(self) -> str:
        """The first letters of what `first_and_last` leaves out; initials as they are."""
        return "".join(word if _is_initials(word) else word[0] for word in self.words[1 : self._last_name])

    @property
    def _last_name(self) -> int:
        """Where the last name begins."""
        if len(self.words) < 2:
            return 1
        return next((i for i, word in enumerate(self.words[1:-1], 1) if word in PARTICLES), len(self.words) - 1)


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """Take a name apart: "Blair, Tony", "Sen. Ted Cruz", "Harold Ford, Jr.", "John Mann, Baron Mann"."""
    plain = _PEERAGE.sub("", name)
    head, comma, tail = plain.partition(",")
    if comma:
        rest = fold(tail)
        plain = f"{head} {tail}" if rest in SUFFIXES or rest.split(" ")[0] in POST_NOMINALS else f"{tail} {head}"
    words = [word for word in fold(plain).split(" ") if word]
    suffix = ""
    while len(words) > 1 and (words[-1] in SUFFIXES or words[-1] in POST_NOMINALS):
        suffix = SUFFIXES.get(words.pop(), suffix)
    titles: list[str] = []
    while len(words) > 1 and (words[0] in HONORIFICS or words[0] in TITLES):
        word = words.pop(0)
        if word in TITLES:
            titles.append(word)
    initials = "".join(word for word in words[1:-1] if _is_initials(word))
    return PersonName(tuple(words), tuple(titles), initials, suffix)


def _is_initials(word: str) -> bool:
    return len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy"))
