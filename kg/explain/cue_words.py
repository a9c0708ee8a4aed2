"""Words that turn what a passage says: into its opposite, a thought, or somebody's report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.explain.rules import DATA
from kg.extract.cues import rows
from kg.model import Claim, Modality, Polarity, Span

_WHAT = {Polarity.NEGATIVE: "negative", Modality.HYPOTHETICAL: "hypothetical", Modality.REPORTED: "reported"}


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word of the text at `span`, and what it does there."""

    words: str
    span: Span
    why: str


def cue_words(
    text: str, claim: Claim, sentence: Span, *, what: Polarity | Modality, language: str = "en", folder: Path = DATA
) -> tuple[CueWord, ...]:
    """The listed words that can make a claim `what`: those of its evidence, or else those of its sentence.

    They are looked up, not read off the parse: each may be the reason, and the rule decides.
    """
    table = _table(folder / language)
    kind = _WHAT.get(what)
    if table is None or kind is None:
        return ()
    for place in (claim.evidence, sentence):
        found = [
            CueWord(match.group(), Span(match.start(), match.end()), table[1][match.group().casefold()][1])
            for match in table[0].finditer(text, place.start, place.end)
            if table[1][match.group().casefold()][0] == kind
        ]
        if found:
            return tuple(found)
    return ()


@cache
def _table(folder: Path) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]] | None:
    if not folder.is_dir():
        return None
    known = {word.casefold(): (kind, why) for word, kind, why in rows(folder, "cue_words.tsv")}
    longest = sorted(known, key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(word).replace("'", "['’]") for word in longest)
    plain = {word.replace("'", mark): value for word, value in known.items() for mark in "'’"}
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE), plain
