"""The whole main job against bare `nlp.pipe` on the same texts, in one process.

    python bench/build_ratio.py FOLDER [--articles 200] [--rounds 3]

FOLDER holds .txt articles. Each round times both, in turn; the ratio of the two medians is what counts, since
machines are noisy. The pipeline is loaded before the clock starts, for both.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from kg import annotator, pipeline
from kg.config import Settings
from kg.nlp.pipeline import load_pipeline


def main() -> None:
    """Print the times of each round and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch-size", type=int, help="of the bare nlp.pipe (default: spaCy's own)")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.txt"))[: arguments.articles]
    texts = [path.read_text(encoding="utf-8") for path in files]
    bare_nlp, own_nlp = load_pipeline(), load_pipeline()
    for nlp in (bare_nlp, own_nlp):
        list(nlp.pipe(texts[:8]))
    bare, whole = [], []
    for number in range(arguments.rounds):
        gc.collect()
        start = time.perf_counter()
        for _ in bare_nlp.pipe(texts, batch_size=arguments.batch_size):
            pass
        bare.append(time.perf_counter() - start)
        gc.collect()
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(annotator, "load_pipeline", return_value=own_nlp),
        ):
            start = time.perf_counter()
            result = pipeline.build(files, Path(folder) / "out", Settings(), now=lambda: datetime.now(UTC))
            whole.append(time.perf_counter() - start)
        print(f"round {number + 1}: nlp.pipe {bare[-1]:.2f} s, build {whole[-1]:.2f} s, {result.claims} claims")
    ratio = statistics.median(whole) / statistics.median(bare)
    print(f"{len(files)} articles, {sum(map(len, texts))} characters: build takes {ratio:.2f} times nlp.pipe")


if __name__ == "__main__":
    main()
