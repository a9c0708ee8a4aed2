"""Figures in a file: written by `kg eval --json`, or by another program that measures something, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import ConfigError
from kg.evaluate.figures import Figure
from kg.evaluate.floors import Floors
from kg.evaluate.measure import Measured
from kg.ingest.skipped import Skipped


def json_text(measured: Iterable[Measured], floors: Floors) -> str:
    """Every figure of every set, with intervals, floors and digests."""
    row = {
        one.label: {
            "kind": one.kind,
            "split": one.split,
            "digest": one.digest,
            "articles": one.articles,
            "annotated": one.annotated,
            "skipped": [[skip.source, skip.reason] for skip in one.skipped],
            "figures": {
                name: {
                    "value": figure.value,
                    "low": figure.low,
                    "high": figure.high,
                    "interval": figure.interval or None,
                    "found": figure.pred,
                    "labelled": figure.gold,
                    "floor": floors.sets[one.label].floors.get(name) if one.label in floors.sets else None,
                }
                for name, figure in one.figures.items()
            },
        }
        for one in measured
    }
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def read_figures(path: Path) -> list[Measured]:
    """What a file of figures holds; ConfigError where it is none.

    A set needs `digest` and `figures`, a figure needs `value`; `kind`, `split`, counts and bounds may be left out.
    """
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return [_measured(label, one) for label, one in row.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"{str(path)!r} is no file of figures: {error!r}; name one that kg eval --json wrote"
        ) from error


def _measured(label: str, one: Mapping[str, Any]) -> Measured:
    figures = {
        name: Figure(
            name,
            float(figure["value"]),
            figure.get("low"),
            figure.get("high"),
            figure.get("interval") or "",
            figure.get("found"),
            figure.get("labelled"),
        )
        for name, figure in one["figures"].items()
    }
    return Measured(
        label,
        str(one.get("kind", label.partition(":")[0])),
        str(one.get("split", "")),
        str(one["digest"]),
        int(one.get("articles", 0)),
        int(one.get("annotated", 0)),
        figures,
        tuple(Skipped(source, reason) for source, reason in one.get("skipped", ())),
    )
