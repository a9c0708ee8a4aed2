"""Trains the decision on candidate stands and writes weights, metrics and the digest of the data together.

    python bench/train_stance.py LABELLED_FOLDER SCORER_FOLDER kg/extract/data/en/stance_weights.json

The labelled folder holds articles (.txt) and their claims (.json); the scorer's folder gives the matching of names.
Needs scikit-learn, which the program itself does not. Same data, same pipeline, same output.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labelled import arguments_of, digest, read_labelled
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

from kg.extract.base import Scene
from kg.extract.cues import stance_cues
from kg.extract.extractor import scene_of
from kg.extract.stance import all_stances
from kg.extract.stance_features import FeatureMaker, Features
from kg.extract.stance_pairs import SIDES, Pair, stance_pairs
from kg.extract.stance_scorer import STANDS, article_features, of_sentence
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline, parse_articles
from kg.nlp.reader import Reader
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter

FOLDS = 5
C_SENTENCE, C_ARTICLE = 0.15, 0.1
"""Inverse strength of the regularisation of the two regressions."""
RARE = 3
"""Features of fewer candidates are dropped."""
LEAST = {"hostile": 0.3, "hostile again": 0.3, "supports": 0.3}
"""From which probability a stand counts: against somebody the rules find no attack on, a further one, support."""
AFTER = 0.3
"""How much "neither" counts in a sentence behind one in which the two are labelled."""
SMALL = 0.02
"""Weights below this are dropped."""
CLASSES = ("neither", *STANDS)


@dataclass
class Text:
    """One labelled article: its candidates, their features, what each is, and how much that label counts."""

    name: str
    pairs: tuple[Pair, ...]
    features: list[Features]
    labels: list[int]
    weights: list[float]


def main() -> None:
    """Read, cross-validate, train on everything, write."""
    arguments = arguments_of(__doc__)
    texts = read(arguments.labelled)
    fold_of = [number % FOLDS for number in range(len(texts))]
    alone = [np.zeros((len(text.pairs), 2)) for text in texts]
    for fold in range(FOLDS):
        model = train_sentence([text for text, its in zip(texts, fold_of, strict=True) if its != fold])
        for number, text in enumerate(texts):
            if fold_of[number] == fold and text.pairs:
                alone[number] = model.predict(text.features)
    rows = [
        article_features(text.pairs, text.features, [(float(h), float(s)) for h, s in its])
        for text, its in zip(texts, alone, strict=True)
    ]
    metrics: dict[str, Any] = {}
    for stand in STANDS:
        metrics[stand] = cross_validated(texts, rows, fold_of, stand)
    sentence = train_sentence(texts)
    article = {stand: train_article(texts, rows, range(len(texts)), stand) for stand in STANDS}
    weights = sentence.readable()
    content = {
        "about": "trained by bench/train_stance.py",
        "data": digest(arguments.labelled),
        "articles": len(texts),
        "candidates": dict(
            Counter(CLASSES[y] for text in texts for y, n in zip(text.labels, text.weights, strict=True) if n)
        ),
        "metrics": metrics,
        "least": LEAST,
        "bias": weights[1],
        "article_bias": {stand: article[stand][1] for stand in STANDS},
        "article": {stand: article[stand][0] for stand in STANDS},
        "sentence": weights[0],
    }
    arguments.out.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(metrics, indent=1), len(weights[0]), "features")


def read(folder: Path) -> list[Text]:
    """The candidates of every article of the folder with their labels."""
    labelled, articles = read_labelled(folder)
    nlp, lexicon, cues = load_pipeline(), load_lexicon(), stance_cues()
    reader = Reader(nlp, lexicon, GazetteerKnowledge(load_starter()))
    found = []
    for article, doc in parse_articles(nlp, articles):
        scene = scene_of(reader.interpret(article, doc), lexicon)
        pairs = stance_pairs(scene, all_stances(scene, cues), cues)
        maker = FeatureMaker(scene, cues)
        labels, weights = label(scene, pairs, labelled[article.id].gold)
        found.append(Text(article.id, pairs, [maker.features(pair) for pair in pairs], labels, weights))
    return found


def label(scene: Scene, pairs: Sequence[Pair], claims: Sequence[Any]) -> tuple[list[int], list[float]]:
    """What each candidate is, by the labels whose evidence meets its sentence, and how much it counts.

    Optional labels do not count. Labels mark the first clear instance: before it the two are neither, after it they may
    well be again what they were, so that "neither" counts less there.
    """
    known: dict[tuple[int, int], list[tuple[int, bool, set[int]]]] = defaultdict(list)
    for claim in claims:
        if claim.relation not in ("accuses", "criticizes", "supports") or claim.object is None:
            continue
        if claim.polarity != "positive":
            continue
        sentences = {
            scene.reading.sentence_of[token.i]
            for start, end in claim.evidence
            for token in scene.reading.doc
            if token.idx < end and token.idx + len(token) > start
        }
        stand = 2 if claim.relation == "supports" else 1
        for holder in clusters(scene, claim.subject):
            for target in clusters(scene, claim.object):
                known[holder, target].append((stand, claim.optional, sentences))
    labels, weights = [], []
    for pair in pairs:
        said = known.get((pair.holder, pair.target), [])
        here = [(stand, optional) for stand, optional, sentences in said if pair.sentence in sentences]
        required = [stand for stand, optional in here if not optional]
        later = any(sentences and min(sentences) < pair.sentence for _, _, sentences in said)
        labels.append(required[0] if required else 0)
        weights.append(1.0 if required else 0.0 if here else AFTER if later else 1.0)
    return labels, weights


def clusters(scene: Scene, wanted: Any) -> list[int]:
    """The clusters of the reading that bear the labelled name, by the scorer's rule."""
    from common import Entity
    from score import argument_score

    scored = [
        (argument_score(Entity("", "", cluster.name, None), wanted), index)
        for index, cluster in enumerate(scene.reading.clusters)
        if cluster.type in SIDES
    ]
    best = max((score for score, _ in scored), default=0)
    return [index for score, index in scored if score == best and best > 0]


class Sentence:
    """The first regression, over the features of one sentence."""

    def __init__(self, rows: Sequence[Features], labels: Sequence[int], weights: Sequence[float]) -> None:
        self._names = DictVectorizer()
        matrix = self._names.fit_transform([of_sentence(row) for row in rows])
        self._kept = np.asarray((matrix != 0).sum(0)).ravel() >= RARE
        self._model = LogisticRegression(C=C_SENTENCE, max_iter=1000)
        self._model.fit(matrix[:, self._kept], labels, sample_weight=weights)

    def predict(self, rows: Sequence[Features]) -> Any:
        """Probabilities of hostile and supports."""
        matrix = self._names.transform([of_sentence(row) for row in rows])
        return self._model.predict_proba(matrix[:, self._kept])[:, 1:]

    def readable(self) -> tuple[dict[str, list[float]], list[float]]:
        """Weights by feature, and the bias, both against neither."""
        names = [name for name, kept in zip(self._names.feature_names_, self._kept, strict=True) if kept]
        against = self._model.coef_[1:] - self._model.coef_[0]
        bias = self._model.intercept_[1:] - self._model.intercept_[0]
        table = {
            name: [round(float(h), 3), round(float(s), 3)]
            for name, h, s in zip(names, against[0], against[1], strict=True)
            if max(abs(h), abs(s)) >= SMALL
        }
        return table, [round(float(value), 3) for value in bias]


def train_sentence(texts: Sequence[Text]) -> Sentence:
    """Train on every candidate whose label counts."""
    chosen = [part for text in texts for part in zip(text.features, text.labels, text.weights, strict=True) if part[2]]
    rows, labels, weights = zip(*chosen, strict=True)
    return Sentence(rows, labels, weights)


def train_article(
    texts: Sequence[Text], rows: Sequence[Sequence[Features]], chosen: Sequence[int], stand: str
) -> tuple[dict[str, float], float]:
    """Weights and bias of the second regression for one stand."""
    taken = [
        (row, int(y == CLASSES.index(stand)), weight)
        for number in chosen
        for row, y, weight in zip(rows[number], texts[number].labels, texts[number].weights, strict=True)
        if weight
    ]
    names = DictVectorizer(sparse=False)
    matrix = names.fit_transform([row for row, _, _ in taken])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=C_ARTICLE, max_iter=1000)
    model.fit(scaler.transform(matrix), [y for _, y, _ in taken], sample_weight=[weight for _, _, weight in taken])
    weights = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - float((weights * scaler.mean_).sum())
    table = {name: round(float(w), 4) for name, w in zip(names.feature_names_, weights, strict=True)}
    return table, round(float(bias), 4)


def cross_validated(
    texts: Sequence[Text], rows: Sequence[Sequence[Features]], fold_of: Sequence[int], stand: str
) -> dict[str, Any]:
    """Average precision over all candidates and over those on which the rules are silent, and a reliability table."""
    found: list[tuple[float, int, bool]] = []
    for fold in range(FOLDS):
        weights, bias = train_article(texts, rows, [n for n, its in enumerate(fold_of) if its != fold], stand)
        for number, its in enumerate(fold_of):
            if its != fold:
                continue
            text = texts[number]
            for row, y, counts, pair in zip(rows[number], text.labels, text.weights, text.pairs, strict=True):
                if counts == 1.0:
                    total = bias + sum(weights.get(name, 0.0) * value for name, value in row.items())
                    share = float(1 / (1 + np.exp(-total)))
                    found.append((share, int(y == CLASSES.index(stand)), not pair.here))
    silent = [(p, y) for p, y, quiet in found if quiet]
    table = []
    for low in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = [(p, y) for p, y, _ in found if low <= p < low + 0.1]
        if inside:
            mean, right = (float(np.mean([part[i] for part in inside])) for i in (0, 1))
            table.append([len(inside), round(mean, 3), round(right, 3)])
    return {
        "average precision": round(
            float(average_precision_score([y for _, y, _ in found], [p for p, _, _ in found])), 3
        ),
        "average precision where rules are silent": round(
            float(average_precision_score([y for _, y in silent], [p for p, _ in silent])), 3
        ),
        "reliability (count, probability, right)": table,
    }


if __name__ == "__main__":
    main()
