"""Measures links with an index that is not the shipped one, with the scoring toolkit.

    python bench/linking.py SCORER EXTRACTS [--index INDEX] [--news FOLDER@SPLIT] [--knowledgenet FOLDER] [--keep DIR]

The gazetteer is the starter index with the index given, or with all that the folder EXTRACTS holds. `news` is a set of
ELEVANT: precision for people and for all, and the share of right links among the labels that the index knows, for
people and for all, where the system has a name there. `knowledgenet`: F1 of the facts whose subject and object are both
in the index, and what share of the facts these are; every predicted fact with two QIDs counts for precision.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from everybody import everybody
from namesakes import kept, opened

from kg.model import Annotation, Article
from kg.model.jsonl import annotation_line
from kg.resolve import link_article
from kg.wikidata.gazetteer import Gazetteer


def main() -> None:
    """Annotate, link, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scorer", type=Path, help="folder of the scoring toolkit")
    parser.add_argument("extracts", type=Path, help="folder of the extracts")
    parser.add_argument("--index", type=Path, help="an index built from them")
    parser.add_argument("--news", action="append", default=[], metavar="FOLDER@SPLIT", help="a set of ELEVANT")
    parser.add_argument("--knowledgenet", type=Path, metavar="FOLDER")
    parser.add_argument("--keep", type=Path, help="folder for annotations to use again")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.scorer))
    gazetteer = opened(arguments.index) if arguments.index else everybody(arguments.extracts)
    for news in arguments.news:
        folder, _, split = news.partition("@")
        report_news(Path(folder), split or "news-fair", gazetteer, arguments.keep)
    if arguments.knowledgenet:
        report_facts(arguments.knowledgenet, gazetteer, arguments.keep)


def report_news(folder: Path, split: str, gazetteer: Gazetteer, keep: Path | None) -> None:
    """Print the figures of one set of ELEVANT."""
    gold = importlib.import_module("gold").load("linking", folder, split)
    linked = annotated(gold, gazetteer, keep, f"linking-{split}")
    known = gazetteer.qids()
    figures = scored("linking", gold, linked, frozenset(known))
    print(f"{split}: {figures['in_kb_labels']} of {sum(len(a.gold.labels) for a in gold)} labels are in the index")
    for name in ("person", "all"):
        tally = figures[name]
        print(f"  {name:8} precision {tally.p:.3f} of {tally.n_pred:.0f}, recall {tally.r:.3f} of {tally.n_gold:.0f}")
    counts: Counter[str] = Counter()
    for article in gold:
        annotation = linked[article.id]
        entities = {entity.id: entity for entity in annotation.entities}
        for label in article.gold.labels:
            seen = [
                entities[mention.entity].wikidata
                for mention in annotation.mentions
                if mention.kind.value == "name"
                and mention.span.start < label.span[1]
                and label.span[0] < mention.span.end
            ]
            if label.qid in known and not label.optional and seen:
                counts.update({"all": 1, "person": label.person})
                counts.update({"all right": label.qid in seen, "person right": label.person and label.qid in seen})
    for name in ("person", "all"):
        right, total = counts[f"{name} right"], counts[name]
        print(f"  {name:8} accuracy on what the index knows {right / max(1, total):.3f} ({right} of {total})")


def report_facts(folder: Path, gazetteer: Gazetteer, keep: Path | None) -> None:
    """Print F1 on the facts that the index covers, and how many these are."""
    gold = importlib.import_module("gold").load("knowledgenet", folder, "train_f123")
    linked = annotated(gold, gazetteer, keep, "knowledgenet")
    known, properties = gazetteer.qids(), importlib.import_module("score").PROPERTIES
    five = {name for names in properties.values() for name in names}
    everything: set[tuple[str, int, tuple[str, str, str]]] = set()
    covered = set()
    narrowed = []
    for article in gold:
        passages = []
        for number, passage in enumerate(article.gold):
            facts = []
            for fact in passage.facts:
                inside = fact.subject_qid in known and fact.object_qid in known
                facts.append(fact if inside else fact._replace(subject_qid="", object_qid=""))
                if fact.property in five and fact.subject_qid and fact.object_qid:
                    key = (article.id, number, (fact.property, fact.subject_qid, fact.object_qid))
                    everything.add(key)
                    covered |= {key} if inside else set()
            passages.append(passage._replace(facts=facts))
        narrowed.append(article._replace(gold=passages))
    figures = scored("knowledgenet", narrowed, linked, frozenset())
    tally = figures["link"]
    print(
        f"knowledgenet, five properties: {len(covered)} of {len(everything)} linked facts are covered by the index "
        f"({len(covered) / len(everything):.3f}); on these F1 {tally.f1:.3f} (precision {tally.p:.3f} of "
        f"{tally.n_pred:.0f} predicted, recall {tally.r:.3f} of {tally.n_gold:.0f})"
    )
    for name, part in figures.items():
        if name.startswith("link.") and (part.n_gold or part.n_pred):
            print(f"  {name[5:]:24} F1 {part.f1:.3f}, {part.n_pred:.0f} predicted, {part.n_gold:.0f} covered")


def annotated(gold: Sequence[Any], gazetteer: Gazetteer, keep: Path | None, name: str) -> dict[str, Annotation]:
    """The linked annotations by article."""
    articles = [Article(article.id, article.text) for article in gold]
    found = kept(None if keep is None else keep / f"{name}.pickle", articles, gazetteer, names_too=True)
    return {key: link_article(annotation, gazetteer) for key, annotation in found.items()}


def scored(kind: str, gold: Sequence[Any], linked: dict[str, Annotation], known: frozenset[str]) -> dict[str, Any]:
    """The toolkit's figures."""
    score, common = importlib.import_module("score"), importlib.import_module("common")
    path = Path(tempfile.mkdtemp()) / "linked.jsonl"
    try:
        path.write_text("".join(annotation_line(a) + "\n" for a in linked.values()), encoding="utf-8")
        outputs = common.read_annotations(path, {article.id: article.text for article in gold})
    finally:
        shutil.rmtree(path.parent)
    figures: dict[str, Any] = score.SCORERS[kind](list(gold), outputs, known)
    return figures


if __name__ == "__main__":
    main()
