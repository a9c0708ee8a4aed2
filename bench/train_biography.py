"""Trains the heads of the biographical relations; weights, metrics and the digest of the data go together.

    python bench/train_biography.py KNOWLEDGENET_FOLDER NEWS_FOLDER kg/extract/data/en/biography_weights.json
        [--parses FOLDER] [--without-fold N]

KnowledgeNet says what lives look like; labelled news (texts and JSON claims) says what is no fact of a life. Needs
scikit-learn, which the program itself does not. Same data, same pipeline, same output. Metrics are over pairs of names
of KnowledgeNet, cross-validated over its folds; `--without-fold` trains on the other folds only (and on two thirds of
the news), so that the annotations of the rest can be scored end to end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin

from kg.extract.biography import BACKING, CHILD, EMPLOYER, HEADS, PARTY, SCHOOL, SPOUSE, candidates
from kg.extract.extractor import scene_of
from kg.extract.pair_features import features
from kg.extract.pairs import Pair, Pairs, Spot
from kg.model import Article
from kg.nlp.lexicon import load_lexicon
from kg.nlp.pipeline import load_pipeline, same_length
from kg.nlp.reader import Reader
from kg.wikidata.knowledge import GazetteerKnowledge
from kg.wikidata.starter import load_starter

FILE = "train_f123.json"
FOLDS = 3
NEWS_WEIGHT = 0.3
"""What a pair of a news article counts against one of KnowledgeNet."""
PROPERTIES = {
    "SPOUSE": SPOUSE,
    "CHILD_OF": CHILD,
    "EDUCATED_AT": SCHOOL,
    "EMPLOYEE_OR_MEMBER_OF": EMPLOYER,
    "POLITICAL_AFFILIATION": PARTY,
}
C = 0.3
"""How freely the weights may grow."""
RARE = 3
"""Features of fewer pairs are dropped."""
SMALL = 0.05
"""Smaller weights are dropped."""
GRID = [step / 20 for step in range(5, 16)]

Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """One pair of names in a labelled passage, and the facts of the passage that it states."""

    fold: int
    passage: str
    ends: tuple[int, int]
    features: tuple[str, ...]
    facts: frozenset[str]
    news: bool = False


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """The documents."""
    with (folder / FILE).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parse(rows: Sequence[dict[str, Any]], parses: Path | None) -> tuple[Reader, list[Doc]]:
    """The reader and the parses of all documents, kept under `parses` where that is given."""
    reader = Reader(load_pipeline(), load_lexicon(), GazetteerKnowledge(load_starter()))
    return reader, parsed([row["documentText"] for row in rows], reader, parses, "knowledgenet")


def parsed(texts: Sequence[str], reader: Reader, parses: Path | None, name: str) -> list[Doc]:
    """The parses of the texts, kept under `parses` where that is given."""
    nlp = reader.nlp
    kept = None if parses is None else parses / f"{name}.spacy"
    if kept is not None and kept.exists():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = list(nlp.pipe([same_length(text) for text in texts], batch_size=64))
    if kept is not None:
        attributes = [
            "ORTH",
            "SPACY",
            "TAG",
            "POS",
            "LEMMA",
            "DEP",
            "HEAD",
            "ENT_IOB",
            "ENT_TYPE",
            "MORPH",
            "SENT_START",
        ]
        DocBin(attrs=attributes, docs=docs).to_disk(kept)
    return docs


def examples(rows: Sequence[dict[str, Any]], reader: Reader, docs: Sequence[Doc]) -> dict[str, list[Example]]:
    """The labelled pairs of each head."""
    found: dict[str, list[Example]] = {head: [] for head in HEADS}
    for row, doc in zip(rows, docs, strict=True):
        article = Article(str(row["documentId"]), row["documentText"])
        pairs = Pairs(scene_of(reader.interpret(article, doc), reader.lexicon).reading, reader.lexicon)
        spans = _spans(pairs)
        for passage in row["passages"]:
            labelled = {PROPERTIES.get(p["propertyName"]) for p in passage["exhaustivelyAnnotatedProperties"]} - {None}
            for head in HEADS:
                if head in labelled:
                    found[head] += _of_passage(row, passage, head, pairs, spans)
    return found


def _of_passage(
    row: dict[str, Any], passage: dict[str, Any], head: str, pairs: Pairs, spans: dict[int, list[Span]]
) -> Iterator[Example]:
    names = {number: name for name, number in PROPERTIES.items()}
    facts = [f for f in passage["facts"] if f["humanReadable"].split("> <")[1] == names[head]]
    for pair in candidates(pairs, head):
        start = pairs.reading.doc[min(pair.first.start, pair.second.start)].idx
        if not passage["passageStart"] <= start < passage["passageEnd"]:
            continue
        ends = (pair.first.who, pair.second.who)
        ways = [ends, ends[::-1]] if head == SPOUSE else [ends]
        stated = frozenset(
            fact["factId"]
            for fact in facts
            for subject, target in ways
            if _refers(spans[subject], fact["subjectStart"], fact["subjectEnd"])
            and _refers(spans[target], fact["objectStart"], fact["objectEnd"])
        )
        yield Example(row["fold"], passage["passageId"], ends, tuple(features(pairs, pair)), stated)


def news_examples(folder: Path, reader: Reader, parses: Path | None) -> dict[str, list[Example]]:
    """The pairs of labelled news articles.

    The labels know employers and members only. Of family and school, a pair without a word that backs it is none, and
    the others are left out. A pair that is labelled elsewhere in its article is left out as well.
    """
    paths = sorted(folder.glob("*.txt"))
    articles = [Article(path.stem, path.read_bytes().decode()) for path in paths]
    docs = parsed([article.text for article in articles], reader, parses, "news")
    found: dict[str, list[Example]] = {head: [] for head in HEADS}
    for number, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        labels = json.loads(paths[number].with_suffix(".json").read_text(encoding="utf-8"))
        names = {e["id"]: {plain(n) for n in (e["name"], *e.get("mentions", []))} for e in labels["entities"]}
        types = {e["id"]: e["type"] for e in labels["entities"]}
        pairs = Pairs(scene_of(reader.interpret(article, doc), reader.lexicon).reading, reader.lexicon)
        for head in HEADS:
            gold = [
                (names[c["subject"]], names[c["object"]], c["evidence"])
                for c in labels["claims"]
                if c.get("object") and c["relation"] in ("worksFor", "memberOf")
                and (head == EMPLOYER or (c["relation"] == "memberOf" and types[c["object"]] == "Party"))
            ]  # fmt: skip
            for pair in candidates(pairs, head):
                row = tuple(features(pairs, pair))
                if head in BACKING:
                    facts = None if BACKING[head] & set(row) else frozenset[str]()
                else:
                    facts = _labelled(pairs, pair, gold)
                if facts is not None:
                    ends = (pair.first.who, pair.second.who)
                    found[head].append(Example(number % FOLDS + 1, article.id, ends, row, facts, news=True))
    return found


def _labelled(pairs: Pairs, pair: Pair, gold: Sequence[tuple[set[str], set[str], str]]) -> frozenset[str] | None:
    """The evidence of the label that the pair has, nothing where it has none, None where it has it elsewhere."""
    reading = pairs.reading
    first, second = (_names(pairs, spot) for spot in (pair.first, pair.second))
    fitting = [evidence for subjects, objects, evidence in gold if subjects & first and objects & second]
    sentence = reading.sentence_of[pair.first.start]
    low, high = pairs.bounds[sentence]
    words = reading.text(low, high)
    here = frozenset(evidence for evidence in fitting if evidence[:30] in words or words[:30] in evidence)
    return here if here or not fitting else None


def _names(pairs: Pairs, spot: Spot) -> set[str]:
    reading = pairs.reading
    forms = reading.clusters[spot.who].forms if 0 <= spot.who < len(reading.clusters) else ()
    return {plain(form) for form in (*forms, reading.text(spot.start, spot.end))}


def plain(name: str) -> str:
    """The name without case and article."""
    return name.casefold().removeprefix("the ")


def _spans(pairs: Pairs) -> dict[int, list[Span]]:
    """Where each entity is mentioned, pronouns of every kind included."""
    reading = pairs.reading
    spans: dict[int, list[Span]] = defaultdict(list)

    def add(who: int, start: int, end: int) -> None:
        span = reading.span(start, end)
        spans[who].append((span.start, span.end))

    for mention in (*reading.mentions, *pairs.relatives):
        add(mention.cluster, mention.start, mention.end)
    for spot in (spot for spots in (pairs.people, pairs.bodies) for row in spots.values() for spot in row):
        add(spot.who, spot.start, spot.end)
    for place, group in pairs.plural.items():
        for who in group:
            add(who, place, place + 1)
    return spans


def _refers(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in spans)


def fit(rows: Sequence[Example]) -> tuple[float, dict[str, float]]:
    """Bias and weights."""
    counts = Counter(name for row in rows for name in row.features)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    numbers = {name: number for number, name in enumerate(names)}
    labels = np.array([bool(row.facts) for row in rows])
    model = LogisticRegression(C=C, max_iter=500, solver="liblinear", random_state=0)
    model.fit(_matrix(rows, numbers), labels, sample_weight=[NEWS_WEIGHT if row.news else 1.0 for row in rows])
    pruned = {name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALL}
    return round(float(model.intercept_[0]), 3), pruned


def _matrix(rows: Sequence[Example], numbers: dict[str, int]) -> csr_matrix:
    places, ends = [], [0]
    for row in rows:
        places += sorted(numbers[name] for name in row.features if name in numbers)
        ends.append(len(places))
    return csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), len(numbers)))


def score(rows: Sequence[Example], bias: float, weights: dict[str, float]) -> list[float]:
    """The probability of each pair."""
    sums = [bias + sum(weights.get(name, 0.0) for name in row.features) for row in rows]
    return [float(1 / (1 + np.exp(-value))) for value in sums]


def figures(rows: Sequence[Example], probabilities: Sequence[float], threshold: float, gold: int) -> dict[str, float]:
    """Precision over pairs of entities, recall over facts."""
    claims: dict[tuple[str, tuple[int, int]], bool] = {}
    found: set[str] = set()
    for row, probability in zip(rows, probabilities, strict=True):
        if probability >= threshold:
            claims[row.passage, row.ends] = claims.get((row.passage, row.ends), False) or bool(row.facts)
            found |= row.facts
    precision = sum(claims.values()) / max(len(claims), 1)
    recall = len(found) / gold
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def train(rows: Sequence[Example], gold: int) -> dict[str, Any]:
    """Weights of one head, with the threshold and metrics that cross-validation gives."""
    probabilities: dict[int, float] = {}
    lives = [row for row in rows if not row.news]
    folds = sorted({row.fold for row in rows})
    for fold in folds if len(folds) > 1 else ():
        bias, weights = fit([row for row in rows if row.fold != fold])
        chosen = [number for number, row in enumerate(lives) if row.fold == fold]
        probabilities |= dict(zip(chosen, score([lives[n] for n in chosen], bias, weights), strict=True))
    ordered = [probabilities[number] for number in range(len(lives))]
    by_threshold = {t: figures(lives, ordered, t, gold) for t in GRID}
    # the middle of three neighbouring thresholds that are best together: a single best one is luck
    smooth = {
        t: sum(by_threshold[other]["f1"] for other in GRID[max(n - 1, 0) : n + 2]) / len(GRID[max(n - 1, 0) : n + 2])
        for n, t in enumerate(GRID)
    }
    threshold = max(GRID, key=lambda t: (smooth[t], t))
    bias, weights = fit(rows)
    return {
        "bias": bias,
        "threshold": threshold,
        "metrics": {
            "pairs": len(lives),
            "news pairs": len(rows) - len(lives),
            "facts": gold,
            **by_threshold[threshold],
        },
        "weights": dict(sorted(weights.items())),
    }


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 of the files, one after the other."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def main() -> None:
    """Trains and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("knowledgenet", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--parses", type=Path, help="folder in which parses are kept")
    parser.add_argument("--without-fold", type=int)
    args = parser.parse_args()
    rows = read_rows(args.knowledgenet)
    reader, docs = parse(rows, args.parses)
    found = examples(rows, reader, docs)
    news = news_examples(args.news, reader, args.parses)
    gold: Counter[str] = Counter()
    for row in rows:
        for passage in row["passages"]:
            for fact in passage["facts"]:
                head = PROPERTIES.get(fact["humanReadable"].split("> <")[1])
                if head and row["fold"] != args.without_fold:
                    gold[head] += 1
    kept = {head: [row for row in found[head] + news[head] if row.fold != args.without_fold] for head in HEADS}
    heads = {head: train(kept[head], gold[head]) for head in HEADS}
    content = {
        "data": digest([args.knowledgenet / FILE, *sorted(args.news.glob("*.txt")), *sorted(args.news.glob("*.json"))]),
        "heads": heads,
    }
    args.out.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    for head, row in heads.items():
        print(head, row["threshold"], row["metrics"], len(row["weights"]))


if __name__ == "__main__":
    main()
