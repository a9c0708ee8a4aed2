"""Claims of a build beside Wikidata: which verdicts come out, how long it takes, and the rare ones in full.

    python bench/beside_wikidata.py OUT [--index INDEX] [--rows-as-documents] [--show conflicts,outOfDate]

OUT is a folder with annotations.jsonl. Rows of tables can only agree; `--rows-as-documents` takes them for Wikidata's
own documents, to see what would come of a full index. Articles without a date take the one in their id (2016-04-28).
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kg.merge.compare import compare_all
from kg.merge.known import Source
from kg.merge.statements import wikidata_quads
from kg.model import Annotation, PartialDate
from kg.model.nameless import without_nameless
from kg.ontology import load_ontology
from kg.rdf.namespaces import Namespaces
from kg.resolve import resolve
from kg.resources import shipped
from kg.run.artifacts import read_annotations
from kg.run.names import ANNOTATIONS
from kg.wikidata.item import WikidataItem
from kg.wikidata.opening import open_gazetteer

Result = TypeVar("Result")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _RowsAsDocuments:
    """A gazetteer whose statements all have ids."""

    def __init__(self, gazetteer: Source) -> None:
        self._gazetteer = gazetteer
        self.item = gazetteer.item

    def statements(self, qid: str) -> WikidataItem | None:
        found = self._gazetteer.statements(qid)
        if found is None:
            return None
        rows = enumerate(found.statements)
        return replace(found, statements=tuple(s if s.id else replace(s, id=f"{qid}$row-{n}") for n, s in rows))


def _dated(annotation: Annotation) -> Annotation:
    article = annotation.article
    day = _DATE.search(article.id)
    if article.published is not None or day is None:
        return annotation
    return replace(annotation, article=replace(article, published=PartialDate.parse(day[0])))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", default="")
    parser.add_argument("--rows-as-documents", action="store_true")
    parser.add_argument("--show", default="conflicts,outOfDate,morePrecise")
    arguments = parser.parse_args()
    gazetteer = open_gazetteer(arguments.index)
    annotations = [without_nameless(_dated(found)) for found in read_annotations(arguments.out / ANNOTATIONS)]
    resolution = resolve(annotations, gazetteer)
    ontology, namespaces = load_ontology(shipped("ontology")), Namespaces()
    known: Source = _RowsAsDocuments(gazetteer) if arguments.rows_as_documents else gazetteer
    comparisons, seconds = _timed(lambda: compare_all(annotations, resolution, known, ontology, namespaces))
    quads, writing = _timed(lambda: wikidata_quads(resolution, known, namespaces))
    claims = sum(len(annotation.claims) for annotation in annotations)
    counts = Counter(comparison.verdict.value for comparison in comparisons)
    print(
        f"{len(annotations)} articles, {claims} claims, {len(comparisons)} compared in {seconds:.2f} s: {dict(counts)}"
    )
    print(f"{len(quads)} quads of statements in {writing:.2f} s")
    wanted = arguments.show.split(",")
    by_key, lookup = {a.article.key: a for a in annotations}, resolution.lookup()
    for comparison in comparisons:
        if comparison.verdict.value not in wanted:
            continue
        annotation = by_key[comparison.article]
        claim = annotation.claims[comparison.claim]
        names = [lookup[comparison.article, end].name for end in (claim.subject, claim.object) if end is not None]
        sentence = annotation.sentences[claim.sentence].of(annotation.article.text)
        print(f"\n{comparison.verdict.value}: {f' {claim.relation} '.join(names)} ({annotation.article.published})")
        print(f"  {comparison.reason}\n  {' '.join(sentence.split())}")


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    begin = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begin


if __name__ == "__main__":
    main()
