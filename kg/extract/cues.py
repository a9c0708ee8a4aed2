"""The word lists of the extractors, read from `data/<language>`: a second language is a second folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """Words that introduce speech: lemma -> letters of the frames that it takes (see data/en/speech.tsv)."""

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    light: frozenset[str]
    """Verbs whose subject owns the noun that is their object."""


def rows(folder: Path, name: str) -> list[list[str]]:
    """The tab-separated rows of a word list, comments left out; ConfigError when the file is missing."""
    try:
        content = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"the word list {name!r} is missing in {str(folder)!r}; add it") from error
    lines = (line.rstrip() for line in content.splitlines())
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=8)
def speech_cues(folder: Path = DATA / "en") -> SpeechCues:
    """The words of speech and thought of one language."""
    table = rows(folder, "speech.tsv")
    return SpeechCues(
        verbs={lemma: frames for lemma, part, frames in table if part == "v"},
        nouns={lemma: frames for lemma, part, frames in table if part == "n"},
        light=frozenset(lemma for lemma, part, _ in table if part == "l"),
    )
