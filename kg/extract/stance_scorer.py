"""The learnt decision on candidate stands: two logistic regressions over readable features.

The first looks at one sentence, the second at what the first says of all sentences in which the two meet. Weights are
trained by `bench/train_stance.py` with scikit-learn; to apply them takes no library.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.cues import DATA
from kg.extract.stance_features import Features
from kg.extract.stance_pairs import Pair

STANDS = ("hostile", "supports")
"""What a candidate may be, besides neither."""
_MOST = 50
"""So many other sentences on either side count at most."""
_NEAR = 2
"""Sentences at most this far apart speak of one thing."""
_CARRIED = (
    "holder speaker",
    "holder speaker in direct",
    "rule supports",
    "holder is target's ally",
    "holder is target's rival",
    "target acts",
    "clause negated",
    "target is pronoun",
    "target is name",
    "fault in clause",
    "charge in clause",
    "praise in clause",
    "fault in quotation",
    "charge in quotation",
    "praise in quotation",
    "rule accuses elsewhere",
    "rule criticizes elsewhere",
    "rule supports elsewhere",
    "rule accuses back",
    "rule criticizes back",
)
"""Features of the sentence that the second regression sees again."""
_ELSEWHERE = (" elsewhere", " back")
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Weights:
    """`sentence` gives each feature its weights for hostile and for supports, against neither.

    `article` has one weight for each stand. `bias` and `article_bias` are what stands without any feature. `least` is
    the probability from which a stand counts.
    """

    sentence: Mapping[str, tuple[float, float]]
    bias: tuple[float, float]
    article: Mapping[str, Mapping[str, float]]
    article_bias: Mapping[str, float]
    least: Mapping[str, float]


@lru_cache(maxsize=4)
def load_weights(folder: Path = DATA / "en") -> Weights:
    """Read `stance_weights.json` of one language; ConfigError when it is missing or broken."""
    path = folder / "stance_weights.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Weights(
            sentence={name: (float(h), float(s)) for name, (h, s) in found["sentence"].items()},
            bias=(float(found["bias"][0]), float(found["bias"][1])),
            article={stand: dict(found["article"][stand]) for stand in STANDS},
            article_bias={stand: float(found["article_bias"][stand]) for stand in STANDS},
            least={name: float(value) for name, value in found["least"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"the weights {str(path)!r} cannot be read ({error}); train them anew") from error


def of_sentence(features: Features) -> Features:
    """The features that speak of the sentence itself, not of what the rules find elsewhere."""
    return {name: value for name, value in features.items() if not name.endswith(_ELSEWHERE)}


def sentence_probabilities(features: Features, weights: Weights) -> tuple[float, float]:
    """How likely the sentence by itself is hostile, and how likely it supports."""
    hostile, supports = weights.bias
    for name, value in features.items():
        weight = weights.sentence.get(name)
        if weight is not None:
            hostile += weight[0] * value
            supports += weight[1] * value
    top = max(hostile, supports, 0.0)
    parts = math.exp(hostile - top), math.exp(supports - top), math.exp(-top)
    return parts[0] / sum(parts), parts[1] / sum(parts)


def _around(indexes: list[int], index: int) -> list[int]:
    """Of ascending indexes those next to one of them; two people who meet in a thousand sentences have no more."""
    place = bisect_left(indexes, index)
    return indexes[max(place - _MOST, 0) : place + _MOST + 1]


def article_features(
    pairs: Sequence[Pair], features: Sequence[Features], alone: Sequence[tuple[float, float]]
) -> list[Features]:
    """What the second regression sees of each pair: its own sentence, and the others in which the two meet."""
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        places[pair.holder, pair.target].append(index)
    found = []
    for index, pair in enumerate(pairs):
        others = [other for other in _around(places[pair.holder, pair.target], index) if other != index]
        near = [other for other in others if abs(pairs[other].sentence - pair.sentence) <= _NEAR]
        back = _around(places.get((pair.target, pair.holder), []), index)
        hostile, supports = alone[index]
        row: Features = {
            "sentence hostile": _log_odds(hostile),
            "sentence supports": _log_odds(supports),
            "sentence neither": _log_odds(1 - hostile - supports),
            "other sentences": len(others),
        }
        for stand, which in (("hostile", 0), ("supports", 1)):
            row[f"another sentence {stand}"] = max((alone[other][which] for other in others), default=0.0)
            row[f"other sentences {stand}"] = (
                sum(alone[other][which] for other in others) / len(others) if others else 0.0
            )
            row[f"near sentence {stand}"] = max((alone[other][which] for other in near), default=0.0)
            row[f"{stand} back"] = max((alone[other][which] for other in back), default=0.0)
        for name in _CARRIED:
            if value := features[index].get(name, 0.0):
                row[name] = value
        if "rule accuses" in features[index] or "rule criticizes" in features[index]:
            row["rule hostile"] = 1
        found.append(row)
    return found


def probability(row: Features, stand: str, weights: Weights) -> float:
    """How likely the stand is, all sentences in which the two meet considered."""
    table = weights.article[stand]
    total = weights.article_bias[stand] + sum(table.get(name, 0.0) * value for name, value in row.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def reasons(
    features: Features, row: Features, stand: str, weights: Weights, *, most: int = 12
) -> list[tuple[str, float]]:
    """The features that count most for or against the stand, with what each adds to its log-odds, strongest first.

    Those of the sentence count by the weight that the sentence has in the whole.
    """
    which = STANDS.index(stand)
    share = weights.article[stand].get(f"sentence {stand}", 0.0)
    found = [
        (name, share * weights.sentence[name][which] * value)
        for name, value in features.items()
        if name in weights.sentence
    ]
    found += [
        (name, weights.article[stand].get(name, 0.0) * value)
        for name, value in row.items()
        if not name.startswith("sentence ")
    ]
    return sorted(((n, v) for n, v in found if abs(v) >= 0.05), key=lambda part: (-abs(part[1]), part[0]))[:most]


def _log_odds(share: float) -> float:
    kept = min(max(share, _FLOOR), 1 - _FLOOR)
    return math.log(kept / (1 - kept))
