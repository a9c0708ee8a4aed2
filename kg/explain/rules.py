"""What the extractors' rules look for, in words, and how often their claims held on labelled articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.cues import DATA as EXTRACT
from kg.extract.cues import PATTERNS, rows

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Record:
    """Of so many claims of a rule that were compared with labels, so many were right."""

    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules by name ("accuses:verb"); a meaning may stand for the rule of every relation ("*:verb")."""

    meanings: Mapping[str, str]
    records: Mapping[str, Record]

    def meaning(self, rule: str) -> str | None:
        """What the rule looks for; None where nobody has written it down."""
        return self.meanings.get(rule) or self.meanings.get("*:" + rule.partition(":")[2])


def load_rules(language: str = "en", folder: Path = DATA, extract: Path = EXTRACT) -> Rules:
    """rules.tsv and rule_precision.tsv of one language, and its word patterns, which speak for themselves.

    What a language lacks is left out; ConfigError where a table is broken.
    """
    place, patterns = folder / language, extract / language / PATTERNS
    meanings: dict[str, str] = {}
    records: dict[str, Record] = {}
    try:
        if patterns.is_file():
            for relation, name, _, pattern, *_ in rows(patterns.parent, patterns.name):
                meanings[f"{relation}:pattern-{name}"] = f"the words “{pattern}” in a row (docs/languages.md)"
        if place.is_dir():
            for rule, meaning in rows(place, "rules.tsv"):
                meanings[rule] = meaning
            for rule, judged, right in rows(place, "rule_precision.tsv"):
                records[rule] = Record(int(judged), int(right))
    except ValueError as error:
        raise ConfigError(f"the tables of rules in {str(place)!r} are broken: {error}; correct them") from error
    return Rules(meanings, records)
