"""Figures of one set with 95 % intervals: from resampled articles where their counts are known, else from totals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.toolkit import Counts

_ROUNDS = 2000
_SEED = 0
_Z = 1.959964
"""The 97.5 % point of the normal distribution."""

Numbers = NDArray[np.float64]

_WEIGHTS = {
    "content_overlap": "attribution",
    "content_exact": "attribution",
    "quoted_content_overlap": "quoted_attribution",
    "quoted_content_exact": "quoted_attribution",
    "evidence_overlap": "all",
    "modality_accuracy": "all",
}
"""Rates that are means over the hits of a tally."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `low` and `high` bound it at 95 %, or are None; `interval` says how they were found.

    `pred` and `gold` are the counts behind a tally: found by the program, and labelled.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    interval: str = ""
    pred: float | None = None
    gold: float | None = None


def figures_of(row: Mapping[str, Any], counts: Counts | None) -> dict[str, Figure]:
    """All figures of a toolkit's row by name, sorted as they come.

    `counts` of the same run give the intervals; where they do not add up to the row's counts they are not used.
    """
    table = None if counts is None else _Resampled(counts)
    found: dict[str, Figure] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            for part in ("f1", "p", "r"):
                found[f"{name}.{part}"] = _tally_figure(name, part, value, table, row)
        elif isinstance(value, float) and not name.endswith(("_low", "_high")):
            found[name] = _rate_figure(name, value, table)
    found.update(_evenness(found, table))
    return found


def wilson(share: float, count: float) -> tuple[float, float]:
    """The Wilson interval of a share of `count` trials; (0, 1) for none."""
    if count <= 0:
        return 0.0, 1.0
    spread = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    middle = share + _Z**2 / (2 * count)
    scale = 1 + _Z**2 / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _tally_figure(
    name: str, part: str, value: Mapping[str, float], table: _Resampled | None, row: Mapping[str, Any]
) -> Figure:
    pred, gold = value["pred"], value["gold"]
    said = (row.get(f"{name}_{part}_low"), row.get(f"{name}_{part}_high"))
    bounds: tuple[float, float] | None
    if isinstance(said[0], float) and isinstance(said[1], float):
        bounds, how = (said[0], said[1]), "toolkit"
    else:
        bounds = None if table is None else table.tally(name, part, value)
        how = "articles"
    if bounds is None or bounds[0] == bounds[1]:  # drawing one article again and again tells nothing
        trials = {"p": pred, "r": gold, "f1": (pred + gold) / 2}[part]
        if not trials:
            return Figure(f"{name}.{part}", value[part], pred=pred, gold=gold)
        bounds, how = wilson(value[part], trials), "counts"
    return Figure(f"{name}.{part}", value[part], *bounds, how, pred, gold)


def _rate_figure(name: str, value: float, table: _Resampled | None) -> Figure:
    bounds = None if table is None else table.rate(name, value)
    if bounds is None or bounds[0] == bounds[1]:
        return Figure(name, value)
    return Figure(name, value, *bounds, "articles")


def _evenness(found: Mapping[str, Figure], table: _Resampled | None) -> dict[str, Figure]:
    """How even the two genders are, from 0 to 1, beside the toolkit's `bias`, which lies on either side of 1."""
    bias = found.get("bias")
    if bias is None:
        return {}
    value = round(min(bias.value, 1 / bias.value), 4) if bias.value else 0.0
    return {"evenness": _rate_figure("evenness", value, table)}


class _Resampled:
    """Figures of the set when its articles are drawn again with replacement, many times."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        size = len(next(iter(counts.tallies.values()), ()))
        rng = np.random.default_rng(_SEED)
        self._draws = rng.multinomial(size, np.full(size, 1 / size), size=_ROUNDS) if size else None
        self._sums: dict[str, Numbers] = {}

    def tally(self, name: str, part: str, value: Mapping[str, float]) -> tuple[float, float] | None:
        """The interval of P, R or F1; None where the articles' counts are not those of `value`."""
        rows = self._counts.tallies.get(name)
        if rows is None or self._draws is None:
            return None
        total = np.asarray(rows, dtype=float).sum(axis=0)
        if abs(total[1] - value["pred"]) > 1e-6 or abs(total[3] - value["gold"]) > 1e-6:
            return None
        return _bounds(self._part(name, part))

    def rate(self, name: str, value: float) -> tuple[float, float] | None:
        """The interval of a rate that is a mean over hits, or made of tallies; None for any other."""
        if self._draws is None:
            return None
        derived = _DERIVED.get(name)
        try:
            if derived is not None:
                return _bounds(derived(self._part))
            weights = np.asarray(self._counts.tallies[_WEIGHTS[name]], dtype=float)[:, 0]
            rates = np.asarray(self._counts.rates[name], dtype=float)
        except KeyError:
            return None
        if not weights.sum() or abs((rates * weights).sum() / weights.sum() - value) > 1e-3:
            return None
        return _bounds(_divide(self._draws @ (rates * weights), self._draws @ weights))

    def _part(self, name: str, part: str) -> Numbers:
        """P, R or F1 of a tally in every round."""
        if name not in self._sums:
            assert self._draws is not None
            self._sums[name] = self._draws @ np.asarray(self._counts.tallies[name], dtype=float)
        hit_pred, pred, hit_gold, gold = self._sums[name].T
        precision, recall = _divide(hit_pred, pred), _divide(hit_gold, gold)
        if part != "f1":
            return precision if part == "p" else recall
        none = np.isnan(precision) & np.isnan(recall)
        precision, recall = np.nan_to_num(precision), np.nan_to_num(recall)
        f1 = np.nan_to_num(_divide(2 * precision * recall, precision + recall))
        return np.where(none, np.nan, f1)


Part = Callable[[str, str], Numbers]


def _bias(part: Part) -> Numbers:
    return _divide(part("feminine", "f1"), part("masculine", "f1"))


def _even(part: Part) -> Numbers:
    bias = _bias(part)
    return np.minimum(bias, _divide(np.ones_like(bias), bias))


def _mean_f1(variant: str) -> Callable[[Part], Numbers]:
    def mean(part: Part) -> Numbers:
        parts: list[Numbers] = [part(f"{variant}.{name}", "f1") for name in ("muc", "b3", "ceaf")]
        return np.asarray(np.mean(np.stack(parts), axis=0), dtype=np.float64)

    return mean


_DERIVED: dict[str, Callable[[Part], Numbers]] = {
    "bias": _bias,
    "evenness": _even,
    "named.conll": _mean_f1("named"),
    "any.conll": _mean_f1("any"),
}
"""Rates that are made of tallies."""


def _divide(part: Numbers, whole: Numbers) -> Numbers:
    """Shares; NaN where there is nothing to divide by, since such a draw of articles says nothing."""
    shares: Numbers = np.full_like(part, np.nan, dtype=np.float64)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _bounds(values: Numbers) -> tuple[float, float] | None:
    """The middle 95 % of what the draws say; None where none says anything."""
    said = values[~np.isnan(values)]
    if not said.size:
        return None
    low, high = np.quantile(said, [0.025, 0.975])
    return float(low), float(high)
