"""How many labelled claims could be found at all, by where their two ends stand.

    python bench/candidate_recall.py FOLDER SCORE [--json FILE]

FOLDER holds labelled articles (*.txt with *.json), SCORE the scoring toolkit, whose matching of names is used. Only
required labels count. A claim's end is found where an entity of the article matches its name (an office where a
phrase does, a party where its letter does). The columns are shares of the labels:

  found     both ends are found anywhere in the article
  passage   both stand in one sentence: by name, pronoun or description, or as speaker or addressee of its words; or a
            rule reads the pair out of neighbouring sentences ("the Nevada Democrat", "Three Labour MPs ...")
  evidence  the same for a sentence that the label's evidence touches
  proposed  a rule proposes the pair for this relation at any confidence
  hostile   the same, accuses for criticizes and back

`--json FILE` writes passage and proposed for `kg eval --add FILE`, which shows and judges them with other figures.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.evaluate.figures import Figure, wilson
from kg.evaluate.floors import Floors
from kg.evaluate.measure import Measured
from kg.evaluate.saved import json_text
from kg.evaluate.sets import KINDS, LabelledSet
from kg.extract.base import Finding, Named, Scene
from kg.extract.extractor import load_relations, scene_of
from kg.extract.offices import office_of
from kg.ingest.boilerplate import boilerplate_spans
from kg.model import Article, MentionKind
from kg.nlp.lexicon import Lexicon, load_lexicon
from kg.nlp.pipeline import load_pipeline
from kg.nlp.reader import Reader
from kg.nlp.reading import Reading
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter

RELATIONS = ("memberOf", "appearedOn", "accuses", "criticizes", "supports", "denies", "holdsPosition", "worksFor")
HOSTILE = ("accuses", "criticizes")
COLUMNS = ("found", "passage", "evidence", "proposed", "hostile")


class Candidate(NamedTuple):
    """An end as the scorer's name matching sees it, with the sentences in which it stands."""

    name: str
    sentences: frozenset[int]


def main() -> None:
    """Print the table of one folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="labelled articles")
    parser.add_argument("score", type=Path, help="folder of the scoring toolkit")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.score))
    sys.dont_write_bytecode = True  # the toolkit's folder may be somebody else's
    labelled = importlib.import_module("gold").load("claims", arguments.folder, None)
    lexicon = load_lexicon()
    reader = Reader(load_pipeline(), lexicon, GazetteerKnowledge(load_starter()))
    articles = [Article(a.id, a.text, boilerplate=boilerplate_spans(a.text, None)) for a in labelled]
    readings = {reading.article.id: reading for reading in reader.read(articles)}
    rows = counts(labelled, readings, lexicon)
    print(table(rows))
    if arguments.json is not None:
        arguments.json.write_text(figures_text(rows, arguments.folder, len(articles)), encoding="utf-8")


def counts(labelled: Iterable[Any], readings: Mapping[str, Reading], lexicon: Lexicon) -> dict[str, Counter[str]]:
    """Relation -> how many labels it has, and how many count in each column."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in labelled:
        for label, columns in outcomes(article.gold, scene_of(readings[article.id], lexicon)):
            found[label.relation].update([*columns, "labels"])
    return found


def table(rows: Mapping[str, Counter[str]]) -> str:
    """The shares of each relation, one line each."""
    lines = [f"{'':14}{'labels':>7}" + "".join(f"{column:>10}" for column in COLUMNS)]
    for relation in RELATIONS:
        row = rows[relation]
        columns = [column for column in COLUMNS if column != "hostile" or relation in HOSTILE]
        shares = "".join(f"{row[column] / max(row['labels'], 1):10.3f}" for column in columns)
        lines.append(f"{relation:14}{row['labels']:7}{shares}")
    return "\n".join(lines)


def figures_text(rows: Mapping[str, Counter[str]], folder: Path, articles: int) -> str:
    """The figures that have floors, as `kg eval --add` reads them."""
    labelled = LabelledSet(KINDS["claims"], folder)
    figures = {
        f"{relation}.{column}": Figure(
            f"{relation}.{column}",
            round(row[column] / row["labels"], 4),
            *wilson(row[column] / row["labels"], row["labels"]),
            "counts",
            row[column],
            row["labels"],
        )
        for relation, row in rows.items()
        for column in ("passage", "proposed")
    }
    label = labelled.label.replace("claims:", "candidates:")
    one = Measured(label, "candidates", labelled.split, labelled.digest(), articles, articles, figures)
    return json_text([one], Floors())


def outcomes(gold: Iterable[Any], scene: Scene) -> Iterator[tuple[Any, set[str]]]:
    """Each required label of an article with the columns that it counts in."""
    matches = matcher()
    findings = [finding for relation in load_relations() for finding in relation.find(scene)]
    named = clusters(scene)
    ends = [*named, *offices(scene), *letters(scene.reading, findings)]
    sentences = SentenceSpans(scene.reading)
    for label in gold:
        if label.optional or label.relation not in RELATIONS:
            continue
        columns = set()
        subjects = [end for end in named if matches(end.name, label.subject)]
        objects = [end for end in ends if label.object is not None and matches(end.name, label.object)]
        if subjects and (objects or label.object is None):
            columns.add("found")
        passages = union(subjects) & (union(subjects) if label.object is None else union(objects))
        if passages:
            columns.add("passage")
        if any(passages & sentences.between(start, end) for start, end in label.evidence):
            columns.add("evidence")
        proposed = {
            finding.relation
            for finding in findings
            if matches(end_name(scene.reading, finding.subject), label.subject)
            and matches(end_name(scene.reading, finding.object), label.object)
        }
        if label.relation in proposed:
            columns |= {"passage", "proposed"}
        if proposed & set(HOSTILE):
            columns.add("hostile")
        yield label, columns


def matcher() -> Callable[[str | None, Any], bool]:
    """The scorer's comparison of a name with a labelled end; None stands for no end."""
    score, entity = importlib.import_module("score").argument_score, importlib.import_module("common").Entity

    def matches(name: str | None, want: Any) -> bool:
        return bool(score(None if name is None else entity("", "", name, None), want))

    return matches


def union(ends: Sequence[Candidate]) -> frozenset[int]:
    """The sentences in which any of the ends stands."""
    return frozenset().union(*(end.sentences for end in ends))


def clusters(scene: Scene) -> list[Candidate]:
    """The article's entities, each with the sentences that mention it or that it says or is told."""
    reading = scene.reading
    places: dict[int, set[int]] = defaultdict(set)
    for mention in reading.mentions:
        places[mention.cluster].add(reading.sentence_of[mention.start])
    for attribution in scene.attributions:
        said = {reading.sentence_of[token] for start, end in attribution.content for token in range(start, end)}
        for cluster in (attribution.speaker, attribution.addressee):
            if cluster is not None:
                places[cluster] |= said
    return [Candidate(reading.clusters[cluster].name, frozenset(found)) for cluster, found in places.items()]


def offices(scene: Scene) -> list[Candidate]:
    """The phrases and titles that name an office."""
    reading, found = scene.reading, []
    for role in reading.roles:
        found.append(Candidate(office_of(reading, role).name, frozenset([reading.sentence_of[role.head]])))
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME and mention.title in scene.lexicon.title_roles:
            found.append(Candidate(mention.title, frozenset([reading.sentence_of[mention.start]])))
    return found


def letters(reading: Reading, findings: Iterable[Finding]) -> list[Candidate]:
    """Ends that only a rule names, such as the party of "(R-Ohio)"."""
    return [
        Candidate(end.name, frozenset([reading.sentence_of[end.start]]))
        for finding in findings
        for end in (finding.subject, finding.object)
        if isinstance(end, Named)
    ]


def end_name(reading: Reading, end: int | Named | None) -> str | None:
    """The name under which a claim's end is written."""
    if end is None or isinstance(end, Named):
        return None if end is None else end.name
    return reading.clusters[end].name


class SentenceSpans:
    """Which sentences characters of the article belong to."""

    def __init__(self, reading: Reading) -> None:
        self._starts = [token.idx for token in reading.doc if token.is_sent_start or token.i == 0]

    def between(self, start: int, end: int) -> frozenset[int]:
        """The numbers of the sentences that touch the characters `[start, end)`."""
        return frozenset(range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)))


if __name__ == "__main__":
    main()
