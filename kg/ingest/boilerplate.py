"""Lines of a news page that are not its article's prose: share links, photo credits, repeated headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.ingest.boilerplate_table import Table, table
from kg.model import Span

_LONGEST = 320
"""No expression of the table fits a longer line; a longer one is prose."""

_HEAD_LINES = 12
"""A headline is repeated at the top of a page, among the first lines."""

_TITLES_UNDER_LEAD = 5
_LONGEST_TITLE = 160

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_LETTER = re.compile(r"[^\W_]")
_SPACES = re.compile(r"\s+")
_EDGE = " *•·●►▶▸»«>→|-"
_SENTENCE_END = re.compile(r"""[.!?:;]["')\]]*$""")
_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset({"a", "an", "the"})

_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)
"""One character for one, so that offsets stay."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the spaces around it, and its plain form (empty for a line too long to be looked at)."""

    start: int
    end: int
    plain: str


def boilerplate_spans(text: str, title: str | None) -> tuple[Span, ...]:
    """The spans of `text`, sorted and apart from one another, that are not the article's own prose.

    Each is a line without the spaces around it, or a photo credit inside a line. A headline stays
    where it stands first. Time grows with the length of `text` only.
    """
    known = table()
    lines = list(_lines(text))
    repeats = _repeats(lines[:_HEAD_LINES], known)
    headline = None if title is None else _key(_plain(title))
    found: list[Span] = []
    titles_left = 0
    for index, line in enumerate(lines):
        plain = line.plain
        is_headline = index == 0 or (headline is not None and _key(plain) == headline)
        if not is_headline and known.lead.fullmatch(plain):
            found.append(Span(line.start, line.end))
            titles_left = _TITLES_UNDER_LEAD
        elif index in repeats or _is_no_prose(plain, known, is_headline=is_headline):
            found.append(Span(line.start, line.end))
        elif titles_left and _is_title(plain):
            found.append(Span(line.start, line.end))
            titles_left -= 1
        else:
            found.extend(_parts(text, line, known))
            titles_left = 0
    return tuple(found)


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        raw = match[0].strip()
        if raw:
            start = match.start() + match[0].index(raw)
            yield _Line(start, start + len(raw), _plain(raw) if len(raw) <= _LONGEST else "")


def _plain(line: str) -> str:
    """The form that the table is written for; the line itself where nothing but bullets is left."""
    spaced = _SPACES.sub(" ", line.translate(_STRAIGHT).replace("…", "..."))
    return spaced.strip(_EDGE) or spaced


def _is_no_prose(plain: str, known: Table, *, is_headline: bool) -> bool:
    if not plain:
        return False
    if known.anywhere.fullmatch(plain) or not _LETTER.search(plain):
        return True
    return not is_headline and known.below_headline.fullmatch(plain) is not None


def _is_title(plain: str) -> bool:
    return 0 < len(plain) <= _LONGEST_TITLE and not _SENTENCE_END.search(plain)


def _parts(text: str, line: _Line, known: Table) -> Iterator[Span]:
    """Bracketed credits inside a line, and the one behind a picture's caption."""
    raw = text[line.start : line.end]
    if any(mark in raw for mark in "([:"):
        for match in known.part.finditer(raw.translate(_STRAIGHT)):
            yield Span(line.start + match.start(), line.start + match.end())


def _repeats(head: Sequence[_Line], known: Table) -> frozenset[int]:
    """Which of the first lines repeat an earlier one, or another one with a picture's source behind it."""
    keys = [_key(line.plain) for line in head]
    found: set[int] = set()
    for index, line in enumerate(head):
        earlier = {key for key in keys[:index] if len(key) > 2}
        others = {key for key in (*keys[:index], *keys[index + 1 :]) if len(key) > 1}
        source = known.agency_end.fullmatch(line.plain)
        if (
            keys[index] in earlier
            or _key(line.plain.partition(" | ")[0]) in earlier
            or (source is not None and _key(source[1]) in others)
            or (line.plain.endswith("...") and _is_start(keys[index], earlier))
        ):
            found.add(index)
    return frozenset(found)


def _is_start(key: tuple[str, ...], others: set[tuple[str, ...]]) -> bool:
    return len(key) > 3 and any(other[: len(key)] == key for other in others)


def _key(plain: str) -> tuple[str, ...]:
    """The words of a line in lower case, articles left out."""
    return tuple(word for word in _WORD.findall(plain.lower()) if word not in _SMALL_WORDS)
