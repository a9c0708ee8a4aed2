"""How fast an index of a million names is written, opened and asked, by one process and by two at once.

    python bench/index_lookup.py DATA_FOLDER [--names 1000000] [--seed 4] [--index FILE] [--no-write]

DATA_FOLDER holds people_dev.jsonl.gz (flat rows of people). New people are made of their first and last names, drawn
as often as they occur, each with the facts of one of the people; of one surname in three a letter is changed, so that
there are as many different words as among a million real people, and closer together. One in six has a second name.
Each question is asked once, of an index that remembers nothing; times are wall-clock, by question.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import ItemFormatError
from kg.wikidata.flat import item_from_row, summary_from_row
from kg.wikidata.index import open_index
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.names import person_name

FIRST = 10_000_000_000
"""QIDs far out of range: these people do not exist."""

ASKED = 16_000
"""Questions are made of so many names, from all parts of the index."""


def main() -> None:
    """Write the index unless told otherwise, and print what it takes to ask it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--index", type=Path, help="where to write the index, and leave it")
    parser.add_argument("--no-write", action="store_true", help="ask the index that is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.index or Path(folder) / "index"
        if not arguments.no_write:
            _write(path, arguments.folder, arguments.names, arguments.seed)
        _ask(path, arguments.names, arguments.seed)
        print("two processes at once:")
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            reports = pool.starmap(_figures, [(path, arguments.names, arguments.seed + i) for i in range(2)])
        for report in reports:
            print("\n".join(report))


def _write(path: Path, folder: Path, names: int, seed: int) -> None:
    people = _people(folder)
    started, used = time.perf_counter(), time.process_time()
    for _ in _entries(people, names, seed):
        pass
    making = time.perf_counter() - started
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, used = time.perf_counter(), time.process_time()
    write_index(path, _entries(people, names, seed), meta={"source": "invented people"})
    took = time.perf_counter() - started - making
    size = path.stat().st_size
    print(
        f"{names} names written in {took:.0f} s ({names / took:.0f} a second; processor "
        f"{time.process_time() - used - making:.0f} s), {size / 1e6:.0f} MB ({size / names:.0f} bytes a name); "
        f"{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB of memory",
        flush=True,
    )


def _ask(path: Path, names: int, seed: int) -> None:
    started = time.perf_counter()
    index = open_index(path)
    opened = time.perf_counter() - started
    started = time.perf_counter()
    index.candidates("Ada Example")
    print(f"opened in {opened * 1000:.1f} ms, first question {(time.perf_counter() - started) * 1000:.1f} ms")
    print("\n".join(_figures(path, names, seed)), flush=True)


def _figures(path: Path, names: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    every = max(1, names // ASKED)
    known = [item.label for i, item in enumerate(open_index(path).items()) if i % every == 0]
    draw.shuffle(known)
    firsts, lasts = ([name.split()[i] for name in known] for i in (0, -1))
    draw.shuffle(lasts)
    strangers = [
        f"{first} {''.join(reversed(last.lower())).capitalize()}" for first, last in zip(firsts, lasts, strict=True)
    ]
    index = open_index(path)
    return [
        _timed("exact, known names", index.matches, [_written(name, i) for i, name in enumerate(known)]),
        _timed("exact, unknown names", index.matches, strangers),
        _timed("exact, the same again", index.matches, strangers[-1000:] * 3),
        _timed("similar, with one letter wrong", index.similar, [_wrong(name, draw) for name in known[:2000]]),
        _timed(
            "similar, with two letters wrong", index.similar, [_wrong(_wrong(n, draw), draw) for n in known[2000:3000]]
        ),
        _timed("similar, another spelling", index.similar, [_respelt(name) for name in known[3000:5000]]),
        _timed("similar, unknown names", index.similar, strangers[:2000]),
        _timed("facts (statements)", index.statements, [index.candidates(name)[0].qid for name in known[:3000]]),
        _timed("by surname", index.by_surname, list(dict.fromkeys(lasts))[:1000]),
    ]


def _timed(what: str, ask: Callable[[str], Sequence[object] | object], questions: Sequence[str]) -> str:
    times: list[int] = []
    answered = 0
    for question in questions:
        started = time.perf_counter_ns()
        answer = ask(question)
        times.append(time.perf_counter_ns() - started)
        answered += bool(answer)
    times.sort()
    median, late = statistics.median(times) / 1000, times[len(times) * 95 // 100] / 1000
    return f"  {what}: median {median:.0f} us, 95 % within {late:.0f} us ({answered} of {len(times)} answered)"


def _written(name: str, i: int) -> str:
    """The name as an article may write it."""
    *firsts, last = name.split()
    return (name, f"Senator {name}", f"{last}, {' '.join(firsts)}", name.upper())[i % 4]


def _wrong(name: str, draw: random.Random) -> str:
    """The name with a letter of its longest word left out, replaced, or followed by another."""
    longest = max(name.split(), key=len)
    i = draw.randrange(len(longest))
    instead = draw.choice(("", draw.choice(string.ascii_lowercase), longest[i] + draw.choice(string.ascii_lowercase)))
    return name.replace(longest, longest[:i] + instead + longest[i + 1 :], 1)


def _respelt(name: str) -> str:
    """The name spelt another way with the same sound."""
    for old, new in (
        ("ck", "k"),
        ("k", "ck"),
        ("ll", "l"),
        ("i", "y"),
        ("v", "w"),
        ("u", "o"),
        ("a", "e"),
        ("n", "nn"),
    ):
        if old in name[1:]:
            return name[0] + name[1:].replace(old, new, 1)
    return name + name[-1]


def _people(folder: Path) -> list[Entry]:
    people: list[Entry] = []
    with gzip.open(folder / "people_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            try:
                people.append(Entry(summary_from_row(row), item_from_row(row)))
            except ItemFormatError:
                continue
    return people


def _entries(people: Sequence[Entry], names: int, seed: int) -> Iterator[Entry]:
    draw = random.Random(seed)
    parts = [person_name(person.item.label).full.title().split() for person in people]
    plain = [words for words in parts if len(words) > 1 and "".join(words).isalpha()]
    firsts, lasts = [words[0] for words in plain], [words[-1] for words in plain]
    made = 0
    while made < names:
        facts = draw.choice(people)
        first, last = draw.choice(firsts), draw.choice(lasts)
        if draw.random() < 1 / 3:
            i = draw.randrange(len(last))
            last = (last[:i] + draw.choice(string.ascii_lowercase) + last[i + 1 :]).capitalize()
        label = f"{first} {last}"
        aliases = (f"{first} {draw.choice(firsts)} {last}",) if draw.random() < 1 / 6 else ()
        qid = f"Q{FIRST + made}"
        item = replace(facts.item, qid=qid, label=label, aliases=aliases, prior=round(draw.random() ** 3, 3))
        yield Entry(item, replace(facts.document, id=qid, labels={"en": label}, aliases={}))
        made += 1 + len(aliases)


if __name__ == "__main__":
    main()
