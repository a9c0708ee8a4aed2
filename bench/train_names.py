"""Trains what tells single capitalised words that name persons from others; writes weights, metrics and data digest.

    python bench/train_names.py GAP_FOLDER GUM_FOLDER CLAIMS_FOLDER kg/nlp/data/en/name_weights.json [--parses FOLDER]

First a direction among the pipeline's word vectors, from words that the recogniser labels as other things to words that
it labels PERSON; then weights of readable features, with the labels of GAP (persons only), GUM and the articles of
CLAIMS_FOLDER. Needs scikit-learn, which the program itself does not. Same data, same pipeline, same output.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from coreference_data import Text, parsed, read_gap, read_gum_entities
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from spacy.tokens import Doc, Token

from kg.nlp.directions import Direction
from kg.nlp.lexicon import Lexicon, load_lexicon
from kg.nlp.lone_names import NameModel, candidates, features, surroundings
from kg.nlp.pipeline import load_pipeline

FOLDS = 5
SURE = 0.8
"""A word whose occurrences agree in their label less than this teaches no direction."""
THRESHOLD = 0.8
RARE = 4
OTHERS = frozenset(["ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"])

Labels = dict[int, bool]
"""Where a word starts, whether it names a person; other words are unlabelled."""


@dataclass(frozen=True)
class Word:
    """One word of one text: the set, the text, its features and whether it names a person."""

    source: str
    document: str
    features: Mapping[str, float]
    person: bool


def gap_labels(text: Text) -> Labels:
    """The last words of GAP's names."""
    spans = {s for pronoun in text.labels.values() for side in pronoun for s in side}
    return {start + text.text[start:end].rfind(" ") + 1: True for start, end in spans}


def claims_texts(folder: Path) -> Iterator[tuple[Text, Labels]]:
    """Articles with labelled entities: surnames of people, and the forms of everything else that is one word."""
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / row["article"]).read_bytes().decode("utf-8")
        person: dict[str, bool] = {}
        for entity in row["entities"]:
            for form in [entity["name"], *entity.get("mentions", [])]:
                if entity["type"] == "Person":
                    person[form.split()[-1]] = True
                elif entity["type"] != "Position" and " " not in form:
                    person.setdefault(form, False)
        yield Text(path.stem, text), _everywhere(text, person)


def _everywhere(text: str, person: Mapping[str, bool]) -> Labels:
    labels: Labels = {}
    for word, is_person in person.items():
        place = text.find(word)
        while place >= 0:
            labels[place] = is_person
            place = text.find(word, place + 1)
    return labels


def direction(docs: Sequence[Doc]) -> tuple[np.ndarray, float, dict[str, float]]:
    """The direction among unit vectors with its offset, and for each word that taught it the score without it."""
    labelled: dict[str, Counter[bool]] = defaultdict(Counter)
    tokens: dict[str, Token] = {}
    for doc in docs:
        for token in doc:
            ends = token.i + 1 == len(doc) or token.nbor().ent_iob_ != "I"
            if token.pos_ != "PROPN" or not token.text[0].isupper() or token.text.isupper() or not ends:
                continue
            if token.ent_type_ == "PERSON" or (token.ent_type_ in OTHERS and token.ent_iob_ == "B"):
                labelled[token.text][token.ent_type_ == "PERSON"] += 1
                tokens[token.text] = token
    words = sorted(w for w, c in labelled.items() if max(c.values()) >= SURE * sum(c.values()) and len(w) > 2)
    words = [w for w in words if tokens[w].has_vector and tokens[w].vector_norm]
    x = np.array([tokens[w].vector / tokens[w].vector_norm for w in words])
    y = np.array([labelled[w][True] > labelled[w][False] for w in words])
    model = LogisticRegression(max_iter=1000)
    held_out = cross_val_predict(model, x, y, cv=FOLDS, method="decision_function")
    model.fit(x, y)
    return model.coef_[0], float(model.intercept_[0]), dict(zip(words, map(float, held_out), strict=True))


def words_of(
    source: str,
    texts: Sequence[tuple[Text, Doc, Labels]],
    lexicon: Lexicon,
    model: NameModel,
    held: Mapping[str, float],
) -> Iterator[Word]:
    """Every labelled word; those that taught the direction get the score that they had without them."""
    for text, doc, labels in texts:
        counts = surroundings(doc)
        for word, tokens in candidates(doc, lexicon):
            told = [labels[t.idx] for t in tokens if t.idx in labels]
            if told:
                found = features(tokens, lexicon, model, counts)
                if word in held:
                    found["vector"] = held[word] / 4
                yield Word(source, text.name, found, sum(told) * 2 > len(told))


def evaluate(words: Sequence[Word], scores: np.ndarray) -> dict[str, dict[str, int]]:
    """For each set the persons found and missed and the others taken for persons, at the threshold."""
    table: dict[str, dict[str, int]] = {}
    for word, score in zip(words, scores, strict=True):
        row = table.setdefault(word.source, {"found": 0, "missed": 0, "wrong": 0, "others": 0})
        row[
            ("found" if word.person else "wrong") if score >= THRESHOLD else ("missed" if word.person else "others")
        ] += 1
    return table


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gap", "gum", "claims", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--parses", type=Path, help="folder that keeps the parses between runs")
    options = parser.parse_args()
    nlp, lexicon = load_pipeline(), load_lexicon()
    gap = list(read_gap(options.gap / "gap-development.tsv"))
    labelled = {
        "gap": [(text, gap_labels(text)) for text in gap],
        "gum": list(read_gum_entities(options.gum, "train")),
        "claims": list(claims_texts(options.claims)),
    }
    sets = {
        name: [
            (text, doc, labels)
            for (text, doc), (_, labels) in zip(
                parsed(nlp, [t for t, _ in pairs], options.parses and options.parses / f"{name}.spacy"),
                pairs,
                strict=True,
            )
        ]
        for name, pairs in labelled.items()
    }
    digest = hashlib.sha256(
        "\0".join(
            f"{t.name}\0{t.text}\0{sorted(ls.items())}" for pairs in labelled.values() for t, ls in pairs
        ).encode()
    )
    vector, offset, held = direction([doc for texts in sets.values() for _, doc, _ in texts])
    vector, offset = np.round(vector.astype(float), 3), round(offset, 3)
    model = NameModel({}, Direction(vector.astype(np.float32), offset), THRESHOLD)
    words = [w for name, texts in sets.items() for w in words_of(name, texts, lexicon, model, held)]
    seen = Counter(name for word in words for name, value in word.features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= RARE)
    x = np.array([[word.features.get(name, 0.0) for name in names] for word in words])
    y = np.array([word.person for word in words])
    learner = LogisticRegression(max_iter=2000, fit_intercept=False)
    groups = [word.document for word in words]
    scores = cross_val_predict(learner, x, y, cv=GroupKFold(FOLDS), groups=groups, method="predict_proba")[:, 1]
    learner.fit(x, y)
    content = {
        "what": "which single capitalised words name persons; written by bench/train_names.py",
        "data": {"digest": digest.hexdigest()[:16], "words": dict(sorted(Counter(w.source for w in words).items()))},
        "cross_validated": evaluate(words, scores),
        "threshold": THRESHOLD,
        "weights": {name: round(float(w), 3) for name, w in zip(names, learner.coef_[0], strict=True)},
        "offset": offset,
        "direction": vector.tolist(),
    }
    options.out.write_text(json.dumps(content, indent=None, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({k: v for k, v in content.items() if k != "direction"}, indent=1))


if __name__ == "__main__":
    main()
