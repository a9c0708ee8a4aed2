"""Which of a pronoun's candidates it means: a log-linear ranker with learnt weights."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from kg.errors import ConfigError
from kg.nlp.lexicon import DATA

Features = dict[str, float]
NOBODY = -1
"""Stands among the candidates for "none of them"."""
Chooser = Callable[[Token, Mapping[int, Features]], int | None]
"""Picks a cluster (or None) from the candidates of a pronoun."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Log-linear weights by feature name; below `threshold` the best candidate is not taken."""

    weights: Mapping[str, float]
    threshold: float

    def __call__(self, token: Token, candidates: Mapping[int, Features]) -> int | None:  # noqa: ARG002 - a Chooser
        """The most probable person, or None where nobody is probable enough."""
        best, probability = NOBODY, 0.0
        for cluster, share in self.probabilities(candidates).items():
            if cluster != NOBODY and share > probability:
                best, probability = cluster, share
        return None if best == NOBODY or probability < self.threshold else best

    def probabilities(self, candidates: Mapping[int, Features]) -> dict[int, float]:
        """For each candidate (and for nobody) the probability that the pronoun means it."""
        get = self.weights.get
        scores = {c: sum(get(name, 0.0) * value for name, value in f.items()) for c, f in candidates.items()}
        highest = max(scores.values())
        shares = {c: math.exp(score - highest) for c, score in scores.items()}
        total = sum(shares.values())
        return {c: share / total for c, share in shares.items()}


def load_ranker(language: str = "en", *, folder: Path = DATA) -> Ranker:
    """Read `pronoun_weights.json` of one language; ConfigError when it is missing or broken."""
    path = folder / language / "pronoun_weights.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ranker({str(k): float(v) for k, v in content["weights"].items()}, float(content["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"the weights {str(path)!r} cannot be read ({error}); train them with bench/train_coreference.py"
        ) from error
