"""Fits the linker's score to the share of right links, and tries weights learnt instead of set by hand.

    python bench/train_linker.py DATA_FOLDER [--keep FILE] [--learn] [--write]

DATA_FOLDER holds the extracts. Made-up articles (`namesake_texts`) about all people who share a name, and about as many
whose name nobody shares, are linked twice: with the person in the gazetteer, and with the person hidden, when no link
is right. Nor is one in the articles about strangers who bear a known name (`stranger_texts`). Half of the names, by
hash, fit the line of the confidence; the other half measures how far it can be trusted.
With --write the line and its figures go into kg/resolve/weights.json. --learn fits all weights by logistic regression
on the first half and prints what they do on the other. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from everybody import everybody
from namesake_texts import colleagues_of
from namesakes import Case, Without, beside, cases_of, kept, people, shared, stranger_cases
from sklearn.linear_model import LogisticRegression

from kg.model import Annotation, EntityType
from kg.resolve import explain_article
from kg.resolve.linker import Explanation, Scored, slack_of
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.names import person_name

WEIGHTS = Path(__file__).resolve().parents[1] / "kg" / "resolve" / "weights.json"
BINS = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """What was decided about the person whom an article is about; `truth` is None where no item is right."""

    case: Case
    truth: str | None
    explanation: Explanation

    @property
    def best_right(self) -> bool:
        """Whether the best candidate is the right item."""
        return self.explanation.candidates[0].item.qid == self.truth

    @property
    def right(self) -> bool:
        """Whether the decision is right, NIL included."""
        return self.explanation.wikidata == self.truth


def main() -> None:
    """Collect, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the extracts")
    parser.add_argument("--keep", type=Path, help="file of annotations to use again")
    parser.add_argument("--learn", action="store_true", help="learn all weights as well")
    parser.add_argument("--write", action="store_true", help="write the line into weights.json")
    arguments = parser.parse_args()
    found = samples(arguments.data, arguments.keep)
    tuned = [sample for sample in found if not sample.case.held_out]
    rest = [sample for sample in found if sample.case.held_out]
    print(f"{len(found)} decisions, {len(tuned)} to fit and {len(rest)} to measure")
    intercept, slope = line_of(tuned)
    error, bins = reliability(rest, intercept, slope)
    print(f"intercept {intercept:.3f}, slope {slope:.3f}; expected calibration error held out {error:.3f}")
    for row in bins:
        print("  score {:.2f}  right {:.2f}  of {}".format(*row))
    links, _ = reliability([sample for sample in rest if sample.explanation.wikidata is not None], intercept, slope)
    print(f"  of links alone {links:.3f}")
    print("hand-set", outcomes(rest))
    if arguments.learn:
        learn(tuned, rest)
    if arguments.write:
        write(intercept, slope, error, bins, found)


def samples(folder: Path, keep: Path | None) -> list[Sample]:
    """The decisions about everybody in question, with the person known and hidden."""
    rows = people(folder)
    gazetteer = everybody(folder)
    groups = shared(rows)
    names = Counter(person_name(row["label"]).short for row in rows)
    alone = [row for row in rows if names[person_name(row["label"]).short] == 1 and " " in row["label"].strip()]
    alone.sort(key=lambda row: hashlib.sha256(row["qid"].encode()).digest())
    many = sum(len(group) for group in groups.values())
    groups = groups | {person_name(row["label"]).short: [row] for row in alone[:many]}
    cases = [(case, text) for case, text in cases_of(groups, colleagues_of(rows)) if case.spelling == "plain"]
    annotations = kept(keep, [text for _, text in cases], gazetteer)
    without = Without(gazetteer)
    found = []
    for case, _ in cases:
        if case.id in annotations:
            for truth, source in ((case.qid, gazetteer), (None, without.hiding(case.qid))):
                explanation = about(case, annotations[case.id], source)
                if explanation is not None and explanation.candidates:
                    found.append(Sample(case, truth, explanation))
    cases = stranger_cases(rows)
    annotations = kept(beside(keep), [text for _, text in cases], gazetteer)
    for case, _ in cases:
        explanation = about(case, annotations[case.id], gazetteer) if case.id in annotations else None
        if explanation is not None and explanation.candidates:
            found.append(Sample(case, None, explanation))
    return found


def about(case: Case, annotation: Annotation, gazetteer: Gazetteer) -> Explanation | None:
    """The decision about the person of the case."""
    surname = case.key.split(" ")[-1]
    for explanation in explain_article(annotation, gazetteer):
        entity = explanation.entity
        if entity.type is EntityType.PERSON and surname in person_name(entity.name).full.split(" "):
            return explanation
    return None


def line_of(found: Sequence[Sample]) -> tuple[float, float]:
    """Intercept and slope of the log-odds that the best candidate is right, over the slack of its score."""
    x = np.array([[slack_of(sample.explanation.candidates)] for sample in found])
    y = np.array([sample.best_right for sample in found])
    model = LogisticRegression(C=100.0).fit(x, y)
    return float(model.intercept_[0]), float(model.coef_[0][0])


def reliability(
    found: Sequence[Sample], intercept: float, slope: float
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error of the scores of links and NILs, and mean score, share of right ones, size a bin."""
    pairs = []
    for sample in found:
        sure = 1 / (1 + math.exp(-(intercept + slope * slack_of(sample.explanation.candidates))))
        linked = sample.explanation.wikidata is not None
        pairs.append((sure if linked else 1 - sure, sample.best_right if linked else not sample.best_right))
    pairs.sort()
    bins, error = [], 0.0
    for part in np.array_split(np.array(pairs, dtype=float), BINS):
        score, right = float(part[:, 0].mean()), float(part[:, 1].mean())
        bins.append((round(score, 3), round(right, 3), len(part)))
        error += abs(score - right) * len(part) / len(pairs)
    return error, bins


def outcomes(found: Sequence[Sample]) -> dict[str, int]:
    """How the decisions come out."""
    counts: Counter[str] = Counter()
    for sample in found:
        known = "known" if sample.truth else sample.case.spelling.replace("plain", "hidden")
        linked = sample.explanation.wikidata is not None
        counts[f"{known}: {'right' if sample.right else 'wrong' if linked else 'open'}"] += 1
    return dict(sorted(counts.items()))


def learn(tuned: Sequence[Sample], rest: Sequence[Sample]) -> None:
    """Fit the weights of people's features and print what they decide on the other half."""
    names = sorted(
        {name for sample in tuned for scored in sample.explanation.candidates for name, _, _ in scored.features}
    )

    def row(scored: Scored) -> list[float]:
        values = {name: value for name, value, _ in scored.features}
        return [values.get(name, 0.0) for name in names]

    x = [row(scored) for sample in tuned for scored in sample.explanation.candidates]
    y = [scored.item.qid == sample.truth for sample in tuned for scored in sample.explanation.candidates]
    model = LogisticRegression(C=1.0, max_iter=2000).fit(np.array(x), np.array(y))
    for name, weight in sorted(zip(names, model.coef_[0], strict=True), key=lambda pair: -abs(pair[1])):
        print(f"  {name:18} {weight:6.2f}  by hand {weights().features[name]:5.2f}")
    for least, margin in ((0.0, 0.5), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (1.0, 2.0)):
        counts: Counter[str] = Counter()
        for sample in rest:
            order = sorted(
                ((model.decision_function(np.array([row(s)]))[0], s.item.qid) for s in sample.explanation.candidates),
                reverse=True,
            )
            lead = order[0][0] - order[1][0] if len(order) > 1 else math.inf
            linked = order[0][1] if order[0][0] >= least and lead >= margin else None
            known = "known" if sample.truth else "hidden"
            counts[f"{known}: {'right' if linked == sample.truth else 'wrong' if linked else 'open'}"] += 1
        print(f"learnt, at {least} with margin {margin}", dict(sorted(counts.items())))


def write(intercept: float, slope: float, error: float, bins: list[tuple[float, float, int]], found: list[Any]) -> None:
    """Put the line and its figures into weights.json."""
    ids = hashlib.sha256("\n".join(sorted({sample.case.id for sample in found})).encode()).hexdigest()[:16]
    calibration = {
        "about": "fitted by bench/train_linker.py on made-up articles about half of the names; measured on the others",
        "data": ids,
        "decisions": len(found),
        "expected_error": round(error, 3),
        "bins": [list(row) for row in bins],
    }
    text = WEIGHTS.read_text(encoding="utf-8")
    text = re.sub(r'"slope": [-\d.]+', f'"slope": {slope:.3f}', text)
    text = re.sub(r'"intercept": [-\d.]+', f'"intercept": {intercept:.3f}', text)
    text = re.sub(r'  "calibration": .*\n', f'  "calibration": {json.dumps(calibration)},\n', text)
    WEIGHTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
