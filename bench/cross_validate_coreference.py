"""Annotates GUM's training documents, each with pronoun weights that were trained without it.

    python bench/cross_validate_coreference.py GAP_FOLDER GUM_FOLDER OUT.jsonl [--parses FOLDER]
    python SCORE/score.py coref GUM_FOLDER OUT.jsonl --split train

Five folds by document; speeches, on which nothing is trained, are annotated too. The rules, and the weights of lone
names, were made with these documents in sight: only the pronouns are truly cross-validated.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from coreference_data import Text, gum_documents, parsed, read_gap, read_gum
from train_coreference import FOLDS, START, THRESHOLD, Collector, train

from kg.extract.extractor import extract
from kg.model import Article
from kg.model.jsonl import annotation_line
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.ranker import Ranker
from kg.nlp.reader import Reader
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter


def fold_of(name: str) -> int:
    """The fold of a document, by its name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def main() -> None:
    """Train five times and annotate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gap", "gum", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--parses", type=Path, help="folder that keeps the parses between runs")
    options = parser.parse_args()
    nlp, lexicon = load_pipeline(), load_lexicon()
    sets: dict[str, list[Text]] = {
        "gap": list(read_gap(options.gap / "gap-development.tsv")),
        "gum": list(read_gum(options.gum, "train")),
        "gum-all": list(gum_documents(options.gum, "train")),
    }
    read = {
        name: parsed(nlp, texts, options.parses and options.parses / f"{name}.spacy") for name, texts in sets.items()
    }
    collector = Collector(nlp)
    examples = collector.examples(read["gap"] + read["gum"], START)
    examples = collector.examples(read["gap"] + read["gum"], Ranker(train(examples), THRESHOLD))
    lines: dict[str, str] = {}
    for fold in range(FOLDS):
        ranker = Ranker(train([e for e in examples if fold_of(e.document) != fold]), THRESHOLD)
        reader = Reader(nlp, lexicon, GazetteerKnowledge(load_starter()), ranker)
        for text, doc in read["gum-all"]:
            if fold_of(text.name) == fold:
                reading = reader.interpret(Article(text.name, text.text), doc)
                lines[text.name] = annotation_line(extract(reading, lexicon, ()))
    options.out.write_text("".join(f"{lines[name]}\n" for name in sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
