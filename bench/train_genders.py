"""Trains the direction among word vectors that tells women's given names from men's; writes it with its metrics.

    python bench/train_genders.py GAP_FOLDER kg/nlp/data/en/gender_weights.json

Learns from the shipped lists of given names and from GAP development: the first words of names that a gendered pronoun
means. Needs scikit-learn, which the program itself does not. Same data, same pipeline, same output.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from coreference_data import read_gap
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline

FOLDS = 5
STRENGTH = 5.0
FEMALE = frozenset(["she", "her", "hers", "herself"])


def genders(gap: Path) -> dict[str, bool]:
    """Given name -> whether it is a woman's; names given to both are left out."""
    told: dict[str, Counter[bool]] = defaultdict(Counter)
    for text in read_gap(gap / "gap-development.tsv"):
        for pronoun, (same, _) in text.labels.items():
            for start, end in same:
                words = text.text[start:end].split()
                if len(words) > 1 and words[0].isalpha():
                    told[words[0]][text.text[slice(*pronoun)].lower() in FEMALE] += 1
    found = {name: count[True] > count[False] for name, count in told.items() if len(count) == 1}
    found |= {name: gender == "female" for name, gender in load_lexicon().genders.items()}
    return found


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gap", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    vocab = load_pipeline().vocab
    female = genders(options.gap)
    names = sorted(name for name in female if vocab[name].has_vector and vocab[name].vector_norm)
    x = np.array([vocab[name].vector / vocab[name].vector_norm for name in names])
    y = np.array([female[name] for name in names])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    guess = cross_val_predict(model, x, y, cv=FOLDS, method="predict_proba")[:, 1]
    sure = np.abs(guess - 0.5) > 0.3
    model.fit(x, y)
    content = {
        "what": "direction among word vectors towards women's given names; written by bench/train_genders.py",
        "data": {"digest": hashlib.sha256(repr(sorted(female.items())).encode()).hexdigest()[:16], "names": len(names)},
        "cross_validated": {
            "accuracy": round(float(((guess > 0.5) == y).mean()), 3),
            "share_above_0.8": round(float(sure.mean()), 3),
            "accuracy_above_0.8": round(float(((guess > 0.5) == y)[sure].mean()), 3),
        },
        "offset": round(float(model.intercept_[0]), 3),
        "direction": [round(float(value), 3) for value in model.coef_[0]],
    }
    options.out.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    print(content["data"], content["cross_validated"])


if __name__ == "__main__":
    main()
