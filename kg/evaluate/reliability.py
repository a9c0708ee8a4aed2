"""Whether confidence means what it says: claims by bins of confidence, and the share of them that is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's confidence (0 to 1), and whether a label says that it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims with a confidence from `low` up to `high`: their mean confidence, and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(claims: Iterable[Judged], *, bins: int = 5) -> tuple[Bin, ...]:
    """So many bins of equal width, empty ones left out; 1.0 belongs to the last."""
    if bins < 1:
        raise ValueError(f"{bins!r} bins; at least 1 is needed")
    sorted_in: list[list[Judged]] = [[] for _ in range(bins)]
    for claim in claims:
        sorted_in[min(int(claim.confidence * bins), bins - 1)].append(claim)
    return tuple(
        Bin(
            number / bins,
            (number + 1) / bins,
            len(some),
            sum(claim.confidence for claim in some) / len(some),
            sum(claim.right for claim in some) / len(some),
        )
        for number, some in enumerate(sorted_in)
        if some
    )


def expected_error(claims: Sequence[Judged], *, bins: int = 5) -> float:
    """The distance of mean confidence and share right, over the bins, weighted by claims; 0 for no claims."""
    rows = reliability(claims, bins=bins)
    total = sum(row.count for row in rows)
    return sum(row.count * abs(row.confidence - row.right) for row in rows) / total if total else 0.0
