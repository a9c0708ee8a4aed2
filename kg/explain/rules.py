"""What the extractors' rules look for, in words, and how often their claims held on labelled articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.cues import rows

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


def load_rules(language: str = "en", folder: Path = DATA) -> Rules:
    """rules.tsv and rule_precision.tsv of one language; ConfigError where one is missing or broken."""
    place = folder / language
    if not place.is_dir():
        return Rules({}, {})
    try:
        meanings = {rule: meaning for rule, meaning in rows(place, "rules.tsv")}  # noqa: C416 - checks two columns
        records = {rule: Record(int(judged), int(right)) for rule, judged, right in rows(place, "rule_precision.tsv")}
    except ValueError as error:
        raise ConfigError(f"the tables of rules in {str(place)!r} are broken: {error}; correct them") from error
    return Rules(meanings, records)
