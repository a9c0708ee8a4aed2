"""Texts in capitals, put into ordinary case so that the pipeline reads them; every character keeps its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spacy.language import Language

from kg.nlp.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 600
"""So many characters tell whether a text is in capitals."""
_FEWEST = 60
"""Fewer letters tell nothing."""
_SHARE = 0.95
"""So many of the letters are capitals in such a text."""
_PHRASE = 5
"""The most words of a phrase of the word lists that is looked up."""
_OPEN = re.compile(r"(?:^|[.!?][\"”')]*\s+[\"“]?|\n\s*\n\s*[\"“]?|[,:]\s+[\"“])$")
"""What stands before the first word of a sentence."""
_BEFORE = 6
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "'s", "’s", "n't", "n’t", "'ll", "'d", "'re", "'ve")
_CALENDAR = frozenset(
    "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY JANUARY FEBRUARY APRIL JUNE JULY SEPTEMBER OCTOBER "
    "NOVEMBER DECEMBER".split()
)
_VOWELS = frozenset("AEIOUY")


def in_capitals(text: str) -> bool:
    """Whether a text is written in capitals from the start to the end."""
    for part in (text[:_SAMPLE], text):
        capitals, small = sum(map(str.isupper, part)), sum(map(str.islower, part))
        if capitals + small < _FEWEST or capitals < (capitals + small) * _SHARE:
            return False
    return True


class Recaser:
    """Gives a text in capitals the case that its words have elsewhere.

    Names are what the word lists know, what stands behind a title or a given name (and the same word elsewhere), and
    what no dictionary knows; all other words are made small. A surname that is a plain word as well is found only so.
    """

    def __init__(self, lexicon: Lexicon, nlp: Language) -> None:
        self._phrases = {
            tuple(_words(phrase.upper())): [match.group() for match in _WORD.finditer(phrase)]
            for phrase in (*lexicon.parties, *lexicon.outlets, *lexicon.bodies)
            if phrase[:1].isupper()
        }
        self._titles = {title.upper().rstrip("."): title.rstrip(".") for title in lexicon.titles if " " not in title}
        self._given = {name.upper(): name for name in lexicon.genders}
        self._ordinary = _dictionary(nlp, "verb", "adj", "adv")
        self._known = self._ordinary | _dictionary(nlp, "noun")
        self._stop = {word.upper() for word in nlp.Defaults.stop_words}

    def __call__(self, text: str) -> str:
        """The text in ordinary case, in the same length; any text that is not in capitals comes back as it is."""
        if not in_capitals(text):
            return text
        places = [(match.start(), match.group()) for match in _WORD.finditer(text)]
        words = [word for _, word in places]
        new = self._recased(words)
        parts, last = [], 0
        for (start, word), recased in zip(places, new, strict=True):
            opens = recased.islower() and _OPEN.search(text[max(start - _BEFORE, 0) : start]) is not None
            shown = recased[:1].upper() + recased[1:] if opens else recased
            parts += [text[last:start], shown if len(shown) == len(word) else word]
            last = start + len(word)
        return "".join([*parts, text[last:]])

    def _recased(self, words: list[str]) -> list[str]:
        new: list[str | None] = [None] * len(words)
        titled: Counter[str] = Counter()
        place = 0
        while place < len(words):
            phrase = self._phrase(words, place)
            if phrase:
                new[place : place + len(phrase)] = phrase
                place += len(phrase)
                continue
            word, behind = words[place], words[place + 1] if place + 1 < len(words) else "THE"
            opens_name = behind not in self._stop and len(behind) > 1
            if word in self._titles and word not in self._given:
                new[place] = self._titles[word]
                titled[behind] += 2 * (opens_name and behind not in self._given)
                if opens_name and place + 2 < len(words) and (behind in self._given or not self._is_known(behind)):
                    last = words[place + 2]
                    titled[last] += 2 * (last not in self._stop and len(last) > 2)
            elif word in self._given and opens_name and not (word.lower() in self._ordinary and self._is_known(behind)):
                new[place] = self._given[word]
                titled[behind] += 1 + (not self._is_known(behind))
            place += 1
        surnames = {word for word, times in titled.items() if times > 1}
        return [done or self._word(word, surnames) for done, word in zip(new, words, strict=True)]

    def _phrase(self, words: list[str], place: int) -> list[str]:
        """The longest phrase of the word lists that starts here."""
        for size in range(min(_PHRASE, len(words) - place), 0, -1):
            phrase = self._phrases.get(tuple(words[place : place + size]))
            if phrase is not None and len(phrase) == size:
                return phrase
        return []

    def _word(self, word: str, surnames: set[str]) -> str:
        if word in surnames or word in _CALENDAR:
            return _name(word)
        if self._is_known(word):
            return "I" if word == "I" else word.lower()
        return _name(word) if _VOWELS & set(word) else word

    def _is_known(self, word: str) -> bool:
        if word in self._stop or len(word) == 1:
            return True
        low = word.lower()
        if low in self._known:
            return True
        if low.endswith("ies") and low[:-3] + "y" in self._known:
            return True
        return any(
            low.endswith(ending) and (low[: -len(ending)] in self._known or low[: -len(ending)] + "e" in self._known)
            for ending in _ENDINGS
        )


def _name(word: str) -> str:
    head, mark, tail = word.partition("'") if "'" in word else word.partition("’")
    if mark and len(head) == 1:
        return head + mark + tail.capitalize()  # O'Example
    return head.capitalize() + mark + tail.lower()


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in _WORD.finditer(text))


def _dictionary(nlp: Language, *kinds: str) -> frozenset[str]:
    """The words of some kinds that the pipeline's lemmatizer lists, in lower case; none where it lists none."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if "lemmatizer" in nlp.pipe_names else None
    if lookups is None:
        return frozenset()
    tables = [lookups.get_table(name) for name in ("lemma_index", "lemma_exc") if lookups.has_table(name)]
    return frozenset(word for table in tables for kind in kinds for word in table.get(kind, ()))
