"""Fits confidence to the share of right claims, by relation, and writes the lines with their cross-validated figures.

    python bench/train_calibration.py LABELLED_FOLDER SCORER_FOLDER kg/extract/data/en/calibration.json

Platt scaling (Platt 1999) on the log-odds of what the rules give, fitted over all claims whose relation is labelled;
claims that match an optional label count nowhere. Needs SciPy and scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from labelled import arguments_of, digest, read_labelled
from scipy.optimize import minimize

from kg.extract.extractor import extract, load_relations
from kg.model.jsonl import annotation_line
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline, parse_articles
from kg.nlp.reader import Reader
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter

FOLDS = 5
BIAS_SPREAD, SLOPE_SPREAD = 1.0, 0.3
"""How far bias and slope may be expected from 0 and 1 (standard deviations of the prior)."""
FEWEST = 20
"""A relation with fewer judged claims gets no line of its own."""
BINS = 5

Sample = tuple[float, bool, int]
"""Log-odds of the raw confidence, whether the claim is right, and the fold of its article."""


def main() -> None:
    """Annotate, match, cross-validate, fit, write."""
    arguments = arguments_of(__doc__)
    lines, metrics = {}, {}
    for relation, samples in sorted(judged(arguments.labelled).items()):
        if len(samples) < FEWEST:
            continue
        metrics[relation] = cross_validated(samples)
        bias, slope = fit(samples)
        lines[relation] = [round(bias, 4), round(slope, 4)]
    content = {
        "about": "fitted by bench/train_calibration.py: bias and slope on the log-odds of the rules' confidence",
        "data": digest(arguments.labelled),
        "metrics": metrics,
        "lines": lines,
    }
    arguments.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for relation, figures in metrics.items():
        print(relation, {name: value for name, value in figures.items() if name != "reliability"})


def judged(folder: Path) -> dict[str, list[Sample]]:
    """The judged claims of every labelled relation."""
    import common  # the scorer's reader of annotations
    import score

    labelled, articles = read_labelled(folder)
    nlp, lexicon, relations = load_pipeline(), load_lexicon(), load_relations()
    reader = Reader(nlp, lexicon, GazetteerKnowledge(load_starter()))
    found: dict[str, list[Sample]] = defaultdict(list)
    for number, (article, doc) in enumerate(parse_articles(nlp, articles)):
        annotation = extract(reader.interpret(article, doc), lexicon, relations)
        claims = [c for c in annotation.claims if c.relation in score.GUIDE]
        parsed = common.parse_annotation(json.loads(annotation_line(annotation))).claims
        parsed = [c for c in parsed if c.relation in score.GUIDE]
        pairs = {p: g for g, p in score.match_claims(labelled[article.id].gold, parsed, merge=())}
        for place, claim in enumerate(claims):
            label = pairs.get(place)
            if label is not None and labelled[article.id].gold[label].optional:
                continue
            odds = math.log(claim.confidence / (1 - claim.confidence)) if 0 < claim.confidence < 1 else 5.0
            found[claim.relation].append((odds, label is not None, number % FOLDS))
    return found


def fit(samples: Sequence[Sample]) -> tuple[float, float]:
    """Bias and slope: the likeliest, where before any claim a line that changes nothing (0, 1) is held likeliest."""
    odds = np.array([x for x, _, _ in samples])
    right = np.array([y for _, y, _ in samples], dtype=float)

    def loss(line: Any) -> float:
        total = line[0] + line[1] * odds
        prior = (line[0] / BIAS_SPREAD) ** 2 / 2 + ((line[1] - 1) / SLOPE_SPREAD) ** 2 / 2
        return float(np.logaddexp(0, total).sum() - (right * total).sum() + prior)

    found = minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B", bounds=[(-5, 5), (0.1, 3)])
    return float(found.x[0]), float(found.x[1])


def cross_validated(samples: Sequence[Sample]) -> dict[str, Any]:
    """Brier score and calibration error before and after, and the reliability curve (count, confidence, right)."""
    raw, fitted = [], []
    for fold in range(FOLDS):
        bias, slope = fit([s for s in samples if s[2] != fold])
        for odds, right, its in samples:
            if its == fold:
                raw.append((1 / (1 + math.exp(-odds)), right))
                fitted.append((1 / (1 + math.exp(-(bias + slope * odds))), right))
    return {
        "claims": len(samples),
        "right": round(float(np.mean([y for _, y, _ in samples])), 3),
        "brier before": brier(raw),
        "brier": brier(fitted),
        "error before": error(raw),
        "error": error(fitted),
        "reliability": curve(fitted),
    }


def brier(pairs: Sequence[tuple[float, bool]]) -> float:
    """Mean squared distance of confidence and truth."""
    return round(float(np.mean([(p - y) ** 2 for p, y in pairs])), 4)


def curve(pairs: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Bins of equally many claims: count, mean confidence, share right."""
    chunks = np.array_split(np.array(sorted(pairs), dtype=float), min(BINS, len(pairs)))
    return [[len(c), round(float(c[:, 0].mean()), 3), round(float(c[:, 1].mean()), 3)] for c in chunks if len(c)]


def error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over those bins."""
    return round(sum(n * abs(p - y) for n, p, y in curve(pairs)) / len(pairs), 4)


if __name__ == "__main__":
    main()
