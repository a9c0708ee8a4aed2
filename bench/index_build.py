"""The rate of `kg wikidata build` against the bare limit of the same file: decompress it and parse every line.

    python bench/index_build.py DATA [--megabytes 200] [--compression bz2] [--share 0.5] [--workers N]

DATA holds `entity_json/` (genuine entity documents) and rows of people (`people_dev.jsonl.gz`). The file is made of
both: the documents over and over under other QIDs, and the rows as documents, `--share` of the bytes from the former.
A real dump's ballast (nine of ten items are of no use, and most of them are dropped without a parse) is not in it, so
real dumps go faster. The bare limit uses the same parser (orjson) and the same decompression, in one thread; also shown
is the standard library's way (bz2.open or gzip.open, a line at a time).
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from kg.wikidata.building.dump import FileSource
from kg.wikidata.flat import item_from_row
from kg.wikidata.item_json import document_of

OPEN = {"": open, "gz": gzip.open, "bz2": bz2.open}
FIRST = 1_000_000_000


def documents(folder: Path) -> Iterator[bytes]:
    """The genuine items over and over, each time under a QID of its own."""
    texts = []
    for path in sorted(folder.glob("Q*.json")):
        document = json.loads(path.read_bytes())
        if document.get("type") == "item":
            texts.append((path.stem.encode(), orjson.dumps(document)))
    number = FIRST
    while True:
        for qid, text in texts:
            number += 1
            new = f"Q{number}".encode()
            yield text.replace(b'"id":"' + qid + b'"', b'"id":"' + new + b'"').replace(qid + b"$", new + b"$")


def people(path: Path) -> Iterator[bytes]:
    """The rows of people as documents, over and over under other QIDs."""
    with gzip.open(path, "rb") as stream:
        rows = [json.loads(line) for line in stream]
    number = 2 * FIRST
    while True:
        for row in rows:
            number += 1
            yield orjson.dumps(document_of(item_from_row({**row, "qid": f"Q{number}"})))


def make(data: Path, out: Path, compression: str, size: int, share: float) -> tuple[int, int]:
    """Write a dump of about `size` bytes (unpacked); bytes and lines."""
    chance = random.Random(4)
    of_documents, of_people = documents(data / "entity_json"), people(data / "people_dev.jsonl.gz")
    written = {True: 0, False: 0}
    lines = 0
    with OPEN[compression](out, "wb") as stream:
        stream.write(b"[\n")
        while sum(written.values()) < size:
            genuine = written[True] <= share * sum(written.values()) if chance.random() < 0.9 else chance.random() < 0.5
            text = next(of_documents if genuine else of_people)
            written[genuine] += len(text)
            lines += 1
            stream.write(text + b",\n")
        stream.write(b"]\n")
    return sum(written.values()), lines


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of processors."""

    clock: float
    work: float

    def line(self, what: str, size: int) -> str:
        """A line for the terminal."""
        return f"{what:26} {self.clock:6.1f} s {size / self.clock / 1e6:6.1f} MB/s {self.work:6.1f} s of processors"


def spent(work: Callable[[], object]) -> Spent:
    """What a function takes, with its processes."""
    before, start = processors(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - start, processors() - before)


def processors() -> float:
    """Seconds of processors that this process and its children have used."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def bare(path: Path, compression: str) -> None:
    """Decompress and parse every line, in this thread."""
    for portion in FileSource(path, compression).bare():
        for text in portion.texts:
            parse(text)


def standard(path: Path, compression: str) -> None:
    """The same with the standard library's decompression."""
    with OPEN[compression](path, "rb") as stream:
        for line in stream:
            parse(line)


def parse(line: bytes) -> object:
    """A line of a dump."""
    text = line.strip(b" ,\r\n")
    return orjson.loads(text) if len(text) > 1 else None


def main() -> None:
    """Make the file, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--compression", choices=tuple(OPEN), default="bz2")
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"dump.json.{arguments.compression}".rstrip("."))
        size, lines = make(arguments.data, path, arguments.compression, arguments.megabytes * 10**6, arguments.share)
        print(f"{size / 1e6:.0f} MB in {lines} lines, {path.stat().st_size / 1e6:.1f} MB as {path.name}")
        out = Path(folder, "index")
        command = [sys.executable, "-m", "kg.cli", "wikidata", "build", "--from", str(path), "--out", str(out)]
        if arguments.workers is not None:
            command += ["--workers", str(arguments.workers)]
        for _ in range(arguments.rounds):
            limit = spent(lambda: bare(path, arguments.compression))
            usual = spent(lambda: standard(path, arguments.compression))
            ours = spent(lambda: build(command))
            print(limit.line("bare, our decompression", size))
            print(usual.line("bare, standard library", size))
            print(ours.line("kg wikidata build", size))
            clock, work = limit.clock / ours.clock, limit.work / ours.work
            print(f"ratio of rates {clock:.2f} by the clock, {work:.2f} by processor time, {os.cpu_count()} processors")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"the largest process of the build had {memory / 1024:.0f} MB; index {out.stat().st_size / 1e6:.1f} MB")


def build(command: list[str]) -> None:
    """Run a build, and say what it says."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr)
    print(done.stdout.strip())


if __name__ == "__main__":
    main()
