"""The scoring toolkit's counts article by article, for intervals. Run as a program of its own, never imported.

    python per_article.py SCORE_DIR SET DATA_DIR ANNOTATIONS OUT [--split NAME] [--kb FILE]

Writes {"tallies": {figure: [[hit_pred, n_pred, hit_gold, n_gold], ...]}, "rates": {figure: [value, ...]}} with one
place an article. It asks the toolkit's own functions, so nothing of it is loaded into the process that measures; where
the toolkit is another one, this fails and the intervals come from the counts alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Score each article by itself; where a figure looks at the whole set, by what the set loses without it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("toolkit", type=Path)
    parser.add_argument("set")
    parser.add_argument("data", type=Path)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--kb", type=Path)
    args = parser.parse_args()
    sys.path[0] = str(args.toolkit.resolve())  # in place of this file's own folder
    score, gold, common = (importlib.import_module(name) for name in ("score", "gold", "common"))
    articles = gold.load(args.set, args.data, args.split)
    outputs = common.read_annotations(args.annotations, {article.id: article.text for article in articles})
    known = frozenset(args.kb.read_text(encoding="utf-8").split()) if args.kb else frozenset()

    def judged(some: list[Any]) -> dict[str, Any]:
        figures: dict[str, Any] = score.SCORERS[args.set](some, outputs, known)
        return figures

    whole = judged(articles)
    singles = [judged([article]) for article in articles]
    tallies = {name: [_counts(single[name]) for single in singles] for name, value in whole.items() if _is_tally(value)}
    if any(_differ(_total(rows), _counts(whole[name])) for name, rows in tallies.items()):
        rest = [judged([other for other in articles if other is not article]) for article in articles]
        tallies = {
            name: [[a - b for a, b in zip(_counts(whole[name]), _counts(one[name]), strict=True)] for one in rest]
            for name in tallies
        }
    rates = {name: [single[name] for single in singles] for name, value in whole.items() if not _is_tally(value)}
    args.out.write_text(json.dumps({"tallies": tallies, "rates": rates}), encoding="utf-8")


def _is_tally(value: object) -> bool:
    return hasattr(value, "n_gold")


def _counts(tally: Any) -> list[float]:
    return [tally.hit_pred, tally.n_pred, tally.hit_gold, tally.n_gold]


def _total(rows: list[list[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _differ(one: list[float], other: list[float]) -> bool:
    return any(abs(a - b) > 1e-6 for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    main()
