"""Trains the ranker of pronouns on GAP and GUM and writes weights, metrics and the digest of the data together.

    python bench/train_coreference.py GAP_FOLDER GUM_FOLDER kg/nlp/data/en/pronoun_weights.json [--parses FOLDER]

Needs SciPy, which the program itself does not. Same data, same pipeline, same output.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from coreference_data import Span, Text, parsed, read_gap, read_gum
from scipy.optimize import minimize
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import Article, EntityType, MentionKind
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.ranker import NOBODY, Features, Ranker
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter

FOLDS = 5
ROUNDS = 2
L2 = 8.0
RARE = 8
"""Features of fewer pronouns are dropped."""
GUM_WEIGHT = 1.5
"""How much more a pronoun of ordinary text counts than one of GAP."""
THRESHOLD = 0.4
START = Ranker(
    {"gender:sure": 2, "gender:likely": 1.5, "rank=0": 1, "rank=1": 0.5, "some_subject@0": 1, "some_subject@1": 1}
    | {"dist=0": 3, "dist=1": 2.5, "dist=2": 1, "after": -1},
    0.3,
)
"""The hand weights with which other pronouns are resolved in the first round."""


@dataclass(frozen=True)
class Example:
    """One pronoun: its candidates, which of them are right, and the document."""

    document: str
    gap: bool
    candidates: dict[int, Features]
    right: frozenset[int]


class Collector:
    """Reads texts with gold choices where they are known, and keeps what the ranker was asked."""

    def __init__(self, nlp: Language) -> None:
        self._asked: list[tuple[Token, dict[int, Features]]] = []
        self._gold: dict[int, frozenset[int]] = {}
        self._ranker = START
        self._reader = Reader(nlp, load_lexicon(), GazetteerKnowledge(load_starter()), self._choose)

    def examples(self, texts: Iterable[tuple[Text, Doc]], ranker: Ranker) -> list[Example]:
        """Every labelled pronoun that has candidates; unlabelled ones are resolved by `ranker`."""
        found = []
        for text, doc in texts:
            self._ranker, self._gold = ranker, {}
            article = Article(text.name, text.text)
            self._gold = _gold_clusters(text, self._reader.interpret(article, doc))
            self._asked = []
            self._reader.interpret(article, doc)
            for token, candidates in self._asked:
                right = self._gold.get(token.i, frozenset()) & candidates.keys()
                if token.i in self._gold and (right or text.complete):
                    found.append(Example(text.name, not text.complete, candidates, right or frozenset([NOBODY])))
        return found

    def _choose(self, token: Token, candidates: Mapping[int, Features]) -> int | None:
        self._asked.append((token, dict(candidates)))
        gold = self._gold.get(token.i)
        if gold is None or len(gold) > 1:
            return self._ranker(token, candidates)
        return next((c for c in gold if c in candidates and c != NOBODY), None)


def _gold_clusters(text: Text, reading: Reading) -> dict[int, frozenset[int]]:
    """Token of a labelled pronoun -> the clusters that it may mean; with open labels all that are not excluded.

    Where labels are open, a pronoun whose name was not found tells nothing and is left out.
    """
    starts = {token.idx: token.i for token in reading.doc}
    everybody = frozenset([NOBODY, *(m.cluster for m in reading.mentions)])
    named = [m for m in reading.mentions if m.kind is MentionKind.NAME]
    people = [m for m in named if reading.type_of(m.cluster) is EntityType.PERSON]
    spans = [(reading.span(m.start, m.end), m.cluster) for m in people]

    def clusters(places: list[Span], *, inside: bool) -> Counter[int]:
        return Counter(
            cluster
            for start, end in places
            for span, cluster in spans
            if (start <= span.start and span.end <= end and (not inside or span.start - start < 25))
        )

    gold = {}
    for span, (same, other) in text.labels.items():
        place = starts.get(span[0])
        if place is None:
            continue
        right = clusters([s for s in same if s[1] - s[0] < 60], inside=True)
        if right:
            gold[place] = frozenset([right.most_common(1)[0][0]])
        elif text.complete:
            gold[place] = frozenset([NOBODY])
        elif not same:
            gold[place] = everybody - clusters(other, inside=False).keys()
    return gold


class Model:
    """The examples as arrays, and the penalised likelihood of weights."""

    def __init__(self, examples: list[Example], names: list[str]) -> None:
        column = {name: i for i, name in enumerate(names)}
        rows = [(e, c) for e in examples for c in e.candidates]
        self._x = np.zeros((len(rows), len(names)))
        for i, (example, cluster) in enumerate(rows):
            for name, value in example.candidates[cluster].items():
                if name in column:
                    self._x[i, column[name]] = value
        self._right = np.array([c in e.right for e, c in rows])
        sizes = [len(e.candidates) for e in examples]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._group = np.repeat(np.arange(len(examples)), sizes)
        self._weight = np.array([1.0 if e.gap else GUM_WEIGHT for e in examples])

    def fit(self) -> np.ndarray:
        """The weights of the greatest penalised likelihood."""
        return minimize(self._loss, np.zeros(self._x.shape[1]), jac=True, method="L-BFGS-B").x

    def _loss(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = self._x @ w
        scores -= np.maximum.reduceat(scores, self._starts)[self._group]
        e = np.exp(scores)
        right = e * self._right
        total, good = np.add.reduceat(e, self._starts), np.add.reduceat(right, self._starts)
        loss = (self._weight * (np.log(total) - np.log(good))).sum() + L2 * (w @ w) / 2
        share = (e / total[self._group] - right / good[self._group]) * self._weight[self._group]
        return float(loss), self._x.T @ share + L2 * w


def train(examples: list[Example]) -> dict[str, float]:
    """Weights by feature name."""
    seen = Counter(name for e in examples for name in {n for f in e.candidates.values() for n, v in f.items() if v})
    names = sorted(name for name, count in seen.items() if count >= RARE)
    return {n: round(float(w), 3) for n, w in zip(names, Model(examples, names).fit(), strict=True) if abs(w) >= 5e-4}


def cross_validate(examples: list[Example]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of the chosen persons at some thresholds, by set, folds split by document."""
    fold = {e.document: int(hashlib.sha256(e.document.encode()).hexdigest(), 16) % FOLDS for e in examples}
    tallies: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for number in range(FOLDS):
        ranker = Ranker(train([e for e in examples if fold[e.document] != number]), 0.0)
        for e in (e for e in examples if fold[e.document] == number):
            shares = ranker.probabilities(e.candidates)
            best = max((c for c in shares if c != NOBODY), key=lambda c: shares[c])
            closed = len(e.right) == 1
            for threshold in (0.0, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
                tally = tallies["gap" if e.gap else "gum", threshold]
                tally["gold"] += closed and NOBODY not in e.right
                if shares[best] >= threshold:
                    tally["chosen"] += closed or best not in e.right
                    tally["right"] += closed and best in e.right
    return {
        f"{name}@{threshold}": {
            "p": round(t["right"] / max(t["chosen"], 1), 3),
            "r": round(t["right"] / max(t["gold"], 1), 3),
            "f1": round(2 * t["right"] / max(t["chosen"] + t["gold"], 1), 3),
        }
        for (name, threshold), t in sorted(tallies.items())
    }


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gap", type=Path)
    parser.add_argument("gum", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--parses", type=Path, help="folder that keeps the parses between runs")
    options = parser.parse_args()
    nlp = load_pipeline()
    sets = {
        "gap": list(read_gap(options.gap / "gap-development.tsv")),
        "gum": list(read_gum(options.gum, "train")),
    }
    texts = [
        pair
        for name, members in sets.items()
        for pair in parsed(nlp, members, options.parses and options.parses / f"{name}.spacy")
    ]
    digest = hashlib.sha256("\0".join(f"{t.name}\0{t.text}\0{sorted(t.labels.items())}" for t, _ in texts).encode())
    collector = Collector(nlp)
    ranker = START
    examples: list[Example] = []
    for _ in range(ROUNDS):
        examples = collector.examples(texts, ranker)
        ranker = Ranker(train(examples), THRESHOLD)
    content = {
        "what": "weights of the ranker of third-person pronouns; written by bench/train_coreference.py",
        "data": {
            "digest": digest.hexdigest()[:16],
            "pronouns": {"gap": sum(e.gap for e in examples), "gum": sum(not e.gap for e in examples)},
        },
        "cross_validated": cross_validate(examples),
        "threshold": THRESHOLD,
        "weights": dict(sorted(ranker.weights.items())),
    }
    options.out.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, row in content["cross_validated"].items():  # type: ignore[attr-defined]
        print(name, row)


if __name__ == "__main__":
    main()
