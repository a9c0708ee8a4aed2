"""How far kg:confidence can be trusted: measured precision by confidence, and by rule, on labelled articles.

    kg annotate LABELLED --out annotations.jsonl
    python bench/reliability.py SCORE LABELLED annotations.jsonl [--bins 5] [--rules FILE]

SCORE is the folder of the scoring toolkit, whose matching of claims with labels is used; LABELLED a folder of articles
with their claims. Claims that match an optional label, and relations that the labels leave out, are not judged. Prints
Markdown: for each relation and each bin of confidence the number of claims, their mean confidence and the share that is
right; then the expected calibration error (mean distance of the two, weighted by claims). `--rules` writes counts by
rule (kg/explain/data/en/rule_precision.tsv), neither texts nor labels.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from kg.evaluate.figures import wilson
from kg.evaluate.reliability import Judged, expected_error, reliability
from kg.model import Annotation
from kg.run.artifacts import read_annotations


@dataclass(frozen=True, slots=True)
class Rows:
    """The judged claims of one relation, and those of each rule."""

    relations: dict[str, list[Judged]]
    rules: dict[str, list[bool]]


def main() -> None:
    """Judge, print the tables, and write the counts by rule where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("toolkit", type=Path)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("--bins", type=int, default=5)
    parser.add_argument("--rules", type=Path)
    arguments = parser.parse_args()
    found = judge(arguments.toolkit, arguments.labelled, arguments.annotations)
    print("| relation | confidence | claims | mean confidence | right | 95 % interval |")
    print("|---|---|---|---|---|---|")
    everything = list(chain.from_iterable(found.relations.values()))
    for relation, claims in [*sorted(found.relations.items()), ("all", everything)]:
        for row in reliability(claims, bins=arguments.bins):
            low, high = wilson(row.right, row.count)
            print(
                f"| {relation} | {row.low:.2f} to {row.high:.2f} | {row.count} | {row.confidence:.2f} | "
                f"{row.right:.2f} | {low:.2f} to {high:.2f} |"
            )
        error = expected_error(claims, bins=arguments.bins)
        print(f"| {relation} | calibration error | {len(claims)} | | {error:.3f} | |")
    if arguments.rules is not None:
        write_rules(arguments.rules, found.rules)


def judge(toolkit: Path, labelled: Path, annotations: Path) -> Rows:
    """Match the claims of an annotations file with the labels, by the toolkit's own rules."""
    sys.path.insert(0, str(toolkit.resolve()))
    sys.dont_write_bytecode = True  # the toolkit's folder may be somebody else's
    score, gold, common = (importlib.import_module(name) for name in ("score", "gold", "common"))
    articles = gold.load("claims", labelled, None)
    outputs = common.read_annotations(annotations, {article.id: article.text for article in articles})
    own = {annotation.article.id: annotation for annotation in read_annotations(annotations)}
    relations: dict[str, list[Judged]] = defaultdict(list)
    rules: dict[str, list[bool]] = defaultdict(list)
    for article in articles:
        if article.id in own:
            for judged, rule, relation in _of_article(score, article, outputs[article.id], own[article.id]):
                relations[relation].append(judged)
                rules[rule].append(judged.right)
    return Rows(dict(relations), dict(rules))


def _of_article(score: Any, article: Any, output: Any, own: Annotation) -> Iterable[tuple[Judged, str, str]]:
    """The claims of one article that are judged. The toolkit's claims are ours, in the same order."""
    kept = [
        (theirs, ours) for theirs, ours in zip(output.claims, own.claims, strict=True) if ours.relation in score.GUIDE
    ]
    pairs = score.match_claims(article.gold, [theirs for theirs, _ in kept], merge=())
    label = {place: article.gold[number] for number, place in pairs}
    for place, (_, claim) in enumerate(kept):
        if place in label and label[place].optional:
            continue
        yield Judged(claim.confidence, place in label), claim.extractor, claim.relation


def write_rules(path: Path, rules: dict[str, Sequence[bool]]) -> None:
    """The counts by rule, sorted, under the comment lines that the file has."""
    head = (
        [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        if path.exists()
        else []
    )
    counts = Counter({rule: len(claims) for rule, claims in rules.items()})
    lines = [f"{rule}\t{counts[rule]}\t{sum(rules[rule])}" for rule in sorted(rules)]
    path.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
