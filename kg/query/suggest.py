"""What is nearest to a word that is not known, for messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

_NEAR = 0.6
_MOST = 3


def did_you_mean(word: str, known: Iterable[str], *, fold: Callable[[str], str] = str.casefold) -> str:
    """`; did you mean 'a' or 'b'?` with up to three of `known`, nearest first; "" where none is near.

    A name is near if it, or one of its words, resembles `word`, or if it holds all words of `word`.
    """
    wanted = fold(word)
    if not wanted:
        return ""
    scored = sorted((-_nearness(wanted, fold(name)), name) for name in set(known) if name)
    near = [repr(name) for score, name in scored[:_MOST] if -score >= _NEAR]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _nearness(wanted: str, name: str) -> float:
    words = name.split()
    if set(wanted.split()) <= set(words):
        return 0.9
    best = _ratio(wanted, name)
    for word in words if len(words) > 1 else ():
        best = max(best, 0.9 * _ratio(wanted, word))
    return best


def _ratio(one: str, other: str) -> float:
    short, long = sorted((len(one), len(other)))
    if 2 * short < _NEAR * (short + long):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0.0
