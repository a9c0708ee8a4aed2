"""From what a rule hopes to what its claims are worth: confidence as the share of right claims, by relation."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.cues import DATA

FILE = "calibration.json"
_LOWEST, _HIGHEST = 0.02, 0.99
"""No claim is surer or less sure than this: so many labelled articles do not tell more."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling by relation: relation -> (bias, slope) on the log-odds of the confidence.

    A relation that is not in the table keeps the confidence that its rules give (there are no labels for it).
    """

    lines: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __call__(self, relation: str, confidence: float) -> float:
        """The calibrated confidence, 0.02 to 0.99; monotone in `confidence`."""
        kept = min(max(confidence, _LOWEST), _HIGHEST)
        line = self.lines.get(relation)
        if line is None:
            return kept
        value = 1 / (1 + math.exp(-(line[0] + line[1] * math.log(kept / (1 - kept)))))
        return min(max(value, _LOWEST), _HIGHEST)


@dataclass(frozen=True, slots=True)
class Trust:
    """How sure a claim must be to be kept: at least `least`, and `least_of` its relation."""

    calibration: Calibration = field(default_factory=Calibration)
    least: float = 0.0
    least_of: Mapping[str, float] = field(default_factory=dict)

    def keeps(self, relation: str, confidence: float) -> bool:
        """Whether a claim of so much (calibrated) confidence is kept."""
        return confidence >= max(self.least, self.least_of.get(relation, 0.0))


@lru_cache(maxsize=8)
def load_calibration(language: str = "en", *, folder: Path = DATA) -> Calibration:
    """Read `calibration.json` of one language; no change where it has none, ConfigError where it is broken."""
    path = folder / language / FILE
    if not path.is_file():
        return Calibration()
    try:
        lines = json.loads(path.read_text(encoding="utf-8"))["lines"]
        found = {relation: (float(bias), float(slope)) for relation, (bias, slope) in lines.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"the calibration {str(path)!r} cannot be read ({error}); train it anew") from error
    if falling := sorted(relation for relation, (_, slope) in found.items() if slope <= 0):
        raise ConfigError(
            f"the calibration {str(path)!r} turns {falling[0]!r} round (slope of 0 or less); train it anew"
        )
    return Calibration(found)
