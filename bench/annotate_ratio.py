"""The whole annotate stage against bare `nlp.pipe` on the same texts, in one process and at the same batch size.

    python bench/annotate_ratio.py FOLDER [--articles 200] [--rounds 5] [--profile 25] [--index FILE]

FOLDER holds .txt articles. Annotating is: telling the language, parsing, names, offices, pronouns, quotations, claims
and linking; reading files and finding boilerplate is done before the clock starts. Each round times both, in turn; the
ratio of the medians is what counts. Times are this process's processor time, since other work on the machine would
count otherwise. With --index what comes after the parse is timed without and with a Wikidata index, which remembers
nothing of earlier rounds.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import statistics
import time
from pathlib import Path

from kg.annotator import Annotator
from kg.config import Settings
from kg.ingest.reader import read_inputs
from kg.model import Article
from kg.nlp.pipeline import load_pipeline, same_length
from kg.ontology import load_ontology
from kg.resources import shipped
from kg.wikidata.index import open_index
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.starter import load_starter

BATCH = 32
"""The batch size of kg.nlp.pipeline.parse_articles."""


def main() -> None:
    """Print the times of each round and the ratio, and what takes longest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", type=int, default=0, metavar="N", help="list the N functions that take longest")
    parser.add_argument("--index", type=Path, help="a Wikidata index to look names up in as well")
    arguments = parser.parse_args()
    articles = [item for item in read_inputs([arguments.folder]) if isinstance(item, Article)][: arguments.articles]
    texts = [same_length(article.text) for article in articles]
    nlp = load_pipeline()
    annotator = Annotator(Settings(), load_ontology(shipped("ontology")), load_starter())
    annotator.reader(nlp)
    list(annotator.annotate(articles[:BATCH]))
    bare, whole = [], []
    for number in range(arguments.rounds):
        gc.collect()
        start = time.process_time()
        for _ in nlp.pipe(texts, batch_size=BATCH):
            pass
        bare.append(time.process_time() - start)
        gc.collect()
        start = time.process_time()
        for _ in annotator.annotate(articles):
            pass
        whole.append(time.process_time() - start)
        print(f"round {number + 1}: nlp.pipe {bare[-1]:.2f} s, annotate {whole[-1]:.2f} s", flush=True)
    pairs = sorted(one / other for one, other in zip(whole, bare, strict=True))
    ratio = statistics.median(whole) / statistics.median(bare)
    own = (statistics.median(whole) - statistics.median(bare)) / len(articles) * 1000
    print(
        f"{len(articles)} articles, {sum(map(len, texts))} characters: annotate takes {ratio:.2f} times nlp.pipe "
        f"(rounds {pairs[0]:.2f} to {pairs[-1]:.2f}); {own:.1f} ms an article are ours"
    )
    if arguments.index:
        _with_index(annotator, articles, arguments.index, arguments.rounds)
    if arguments.profile:
        _profile(annotator, articles, arguments.profile)


def _with_index(annotator: Annotator, articles: list[Article], path: Path, rounds: int) -> None:
    """Time what comes after the parse without and with an index, in turn, and print what the index adds."""
    parsed = dict(annotator.reader().parse(articles))
    without, among = [], []
    for number in range(rounds):
        for index, times in ((None, without), (path, among))[:: 1 if number % 2 else -1]:
            gazetteer = load_starter() if index is None else LayeredGazetteer((load_starter(), open_index(index)))
            one = Annotator(Settings(), load_ontology(shipped("ontology")), gazetteer)
            reader = one.reader(annotator.reader().nlp)
            reader.parse = lambda some: ((article, parsed[article]) for article in some)  # type: ignore[method-assign]
            gc.collect()
            start = time.process_time()
            for _ in one.annotate(articles):
                pass
            times.append((time.process_time() - start) / len(articles) * 1000)
        print(f"round {number + 1}, after the parse: without {without[-1]:.2f} ms, with the index {among[-1]:.2f} ms")
    print(f"the index adds {statistics.median(among) - statistics.median(without):.2f} ms an article")


def _profile(annotator: Annotator, articles: list[Article], most: int) -> None:
    """List the functions of this project, and what they call in others, by their own time."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in annotator.annotate(articles):
        pass
    profile.disable()
    stats = pstats.Stats(profile)
    rows = sorted(stats.stats.items(), key=lambda row: -row[1][2])  # type: ignore[attr-defined]
    shown = 0
    for (file, line, name), (_, calls, own, cumulative, _) in rows:
        if any(part in file for part in ("thinc", "numpy", "spacy/pipeline", "spacy/language")):
            continue
        place = "/".join(Path(file).parts[-3:])
        print(f"{own:7.3f} s own {cumulative:7.3f} s with callees {calls:9} calls  {place}:{line} {name}")
        shown += 1
        if shown == most:
            break


if __name__ == "__main__":
    main()
