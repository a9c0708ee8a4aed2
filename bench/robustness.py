"""Time per token of odd input against that of normal articles: the whole annotate stage, and spaCy alone.

    python bench/robustness.py [FOLDER] [--only PART_OF_NAME] [--rounds 3]

FOLDER holds normal .txt articles (default: an invented one). A text without spaces counts one token for six characters.
Times are processor time. A ratio above 3 is marked; where spaCy alone is above 3 as well, the fault is not ours.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from odd_texts import NORMAL, ODD_TEXTS

from kg.annotator import Annotator
from kg.config import Settings
from kg.model import Annotation, Article
from kg.nlp.pipeline import load_pipeline, same_length
from kg.ontology import load_ontology
from kg.resources import shipped
from kg.wikidata.starter import load_starter

LIMIT = 3.0


def main() -> None:
    """Print one line a text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    nlp = load_pipeline()
    annotator = Annotator(Settings(), load_ontology(shipped("ontology")), load_starter())
    annotator.reader(nlp)
    normal = [NORMAL] * 20
    if arguments.folder is not None:
        normal = [path.read_text(encoding="utf-8") for path in sorted(arguments.folder.glob("*.txt"))[:40]]

    def annotate(texts: list[str]) -> list[object]:
        return list(annotator.annotate([Article(str(number), text) for number, text in enumerate(texts)]))

    def parse(texts: list[str]) -> list[object]:
        return list(nlp.pipe([same_length(text) for text in texts], batch_size=32))

    def measured(work: Callable[[list[str]], list[object]], texts: list[str]) -> float:
        times = []
        for _ in range(arguments.rounds):
            start = time.process_time()
            work(texts)
            times.append(time.process_time() - start)
        return statistics.median(times)

    def tokens(texts: list[str]) -> float:
        return sum(max(len(nlp.make_doc(same_length(text))), len(text) / 6) for text in texts)

    annotate(normal[:4])
    size = tokens(normal)
    whole, bare = measured(annotate, normal) / size, measured(parse, normal) / size
    print(f"{'normal articles':46} {size:7.0f} tokens  {whole * 1e6:6.1f} us a token, spaCy {bare * 1e6:6.1f}")
    worst = 0.0
    for name, text in ODD_TEXTS.items():
        if arguments.only not in name:
            continue
        texts = [text()]
        size = tokens(texts)
        found = annotate(texts)[0]
        ratio = measured(annotate, texts) / size / whole
        alone = measured(parse, texts) / size / bare
        worst = max(worst, ratio)
        said = f"{len(found.claims)} claims" if isinstance(found, Annotation) else "skipped"
        mark = "  <<<" if ratio > LIMIT else ""
        print(f"{name:46} {size:7.0f} tokens  {ratio:5.2f} times, spaCy {alone:5.2f} times  {said}{mark}", flush=True)
    print(f"worst: {worst:.2f} times (at most {LIMIT:.0f})")


if __name__ == "__main__":
    main()
