"""Labelled words as lines for a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

_LABEL = 14
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories that would move the cursor, colour the terminal or turn the reading direction."""

Row = tuple[str, str]
"""A label, empty where the line above goes on, and words."""


def rows_text(rows: Iterable[Row], *, width: int) -> str:
    """One or more lines a row, the words beside the labels, `width` characters a line."""
    lines: list[str] = []
    for label, words in rows:
        lines += textwrap.wrap(
            plain(words),
            width,
            initial_indent=f"  {label:<{_LABEL}}",
            subsequent_indent=" " * (_LABEL + 2),
            break_long_words=False,
        )
    return "".join(f"{line}\n" for line in lines)


def plain(words: str) -> str:
    """The words on one line, without characters that a terminal would obey."""
    if words.isprintable():
        return " ".join(words.split())
    shown = (" " if unicodedata.category(character) in _HIDDEN else character for character in words)
    return " ".join("".join(shown).split())
