"""Where the expressions of time of an article stand, and what they hang on by the parse."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kg.extract.time_words import TimeExpression, TimeWords, expressions, is_bare, time_words
from kg.nlp.reading import Reading

_MODIFIERS = frozenset(["prep", "npadvmod", "advmod", "nmod", "poss", "compound", "tmod"])
_BEFORE, _BEHIND = 6, 5
"""So many tokens at most before and behind a word of time belong to the expression."""
_FAR = 60
"""An expression further away, in a sentence without end, is not looked at."""
_SHAPES = ("dddd", "ddddx", "ddx")


@dataclass(frozen=True, slots=True)
class Placed:
    """An expression on tokens `[start, end)`; `root` is the one of them whose head lies outside."""

    expression: TimeExpression
    start: int
    end: int
    root: Token
    preposition: str
    head: Token


class TimePlaces:
    """Reads the expressions of one article, sentence by sentence where asked."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._doc: Doc = reading.doc
        self._words = time_words()
        self._places: dict[int, list[Placed]] = {}
        self._ends: dict[int, list[int]] = {}
        self._offsets, self._timed = _candidates(reading.doc, self._words)

    def near(self, token: int) -> list[Placed]:
        """The expressions of the token's sentence, not too far from it, that hang on something."""
        number = self._reading.sentence_of[token]
        found = self._places.get(number)
        if found is None:
            numbers = self._reading.sentence_of
            first, last = bisect_left(numbers, number), bisect_left(numbers, number + 1)
            found = []
            low, high = bisect_left(self._timed, first), bisect_left(self._timed, last)
            if low < high:
                text = self._reading.article.text
                start = self._doc[max(first, self._timed[low] - _BEFORE)].idx
                final = self._doc[min(last - 1, self._timed[high - 1] + _BEHIND)]
                stop = final.idx + len(final)
                for expression in expressions(text, start, stop, self._words):
                    placed = self._place(expression)
                    if placed is not None:
                        found.append(placed)
            self._places[number] = found
            self._ends[number] = [placed.end for placed in found]
        ends = self._ends[number]
        return found[bisect_left(ends, token - _FAR) : bisect_left(ends, token + _FAR)] if found else found

    def _place(self, expression: TimeExpression) -> Placed | None:
        start = bisect_left(self._offsets, expression.start)
        end = bisect_left(self._offsets, expression.end)
        core = max(start, bisect_left(self._offsets, expression.core + 1) - 1)
        preposition = expression.preposition
        if start >= end or any(self._reading.at[place] >= 0 for place in range(core, end)):
            return None
        if is_bare(expression.first) and not preposition and expression.last is None and not expression.first["short"]:
            return None
        root = next((t for t in self._doc[start:end] if not start <= t.head.i < end or t.head is t), None)
        if root is None or root.head is root:
            return None
        head = root.head
        if root.dep_ == "pobj" and root.i == start and start == core and head.dep_ == "prep":
            return None  # a preposition that is no preposition of time
        if preposition == "of" and head.lemma_ in self._words.parts and head.head.dep_ == "prep":
            return Placed(expression, head.head.i, end, head.head, head.head.lower_, head.head.head)
        if root.i == start < core and not any(start < c.i < end for c in root.children):
            # "on tonight's victory"; but "in the 1952 campaign" and "during Sunday's debate" are times
            named = next((c.lemma_.lower() for c in root.children if c.dep_ == "pobj"), "")
            if preposition not in ("in", "during", "at") or named not in self._words.occasions:
                return None
        ranged = expression.last is not None or expression.first["short"] is not None
        if root.dep_ not in _MODIFIERS and not (ranged and root.dep_ in ("nummod", "appos", "pobj")):
            return None
        return Placed(expression, start, end, root, preposition, head)


def _candidates(doc: Doc, words: TimeWords) -> tuple[list[int], list[int]]:
    """Where each token begins, and the tokens that an expression of time may stand on."""
    table = doc.to_array(["LOWER", "SHAPE", "IDX"])
    lowers, shapes = _hashes(words)
    rows = zip(table[:, 0].tolist(), table[:, 1].tolist(), strict=True)
    hits = [place for place, (lower, shape) in enumerate(rows) if lower in lowers or shape in shapes]
    return table[:, 2].tolist(), hits


@lru_cache(maxsize=8)
def _hashes(words: TimeWords) -> tuple[frozenset[int], frozenset[int]]:
    """SpaCy's numbers for the words and for the shapes of years and decades."""
    return frozenset(map(get_string_id, words.cores)), frozenset(map(get_string_id, _SHAPES))
