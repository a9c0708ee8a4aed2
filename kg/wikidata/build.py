"""Builds a Wikidata index from dumps, JSON lines, folders and rows: streamed, resumable, the same bytes every time."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kg.errors import IndexFormatError, SourceError
from kg.model import EntityType
from kg.wikidata.assembly import Assembled, Assembler, Choice, circles
from kg.wikidata.index_writer import Prepared, write_prepared
from kg.wikidata.sifting import Sieve, Sifted, sift
from kg.wikidata.sources import Checkpoint, Portion, Problem, Source, SourceChangedError, TruncatedError
from kg.wikidata.staging import LISTED, VERSION, Begun, Staged, Staging, staging_path
from kg.wikidata.workers import Workers

ALL_KINDS = frozenset(EntityType)
LEAST: Mapping[EntityType, int] = {EntityType.PLACE: 10}
"""How many sitelinks an item needs, by kind: of places only countries and the larger ones are wanted."""
_COMMIT_EVERY = 8
_PARALLEL_FROM = 16 << 20
_PARALLEL_FROM_ROWS = 10_000
_SPAN = 250


@dataclass(frozen=True, slots=True)
class Options:
    """What an index is to hold.

    Names are of `languages`, the first one first, with their variants and what holds in all languages. Items are of
    `kinds`, with at least `least` sitelinks of their kind where a source tells their number.
    """

    languages: tuple[str, ...] = ("en",)
    kinds: frozenset[EntityType] = ALL_KINDS
    least: Mapping[EntityType, int] = field(default_factory=lambda: LEAST)
    accept_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far reading or writing got: what of (a source, or the index), done of total (bytes or entries)."""

    what: str
    done: int
    total: int
    writing: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: items by kind, how many were skipped, the first of them, and how many were not known enough."""

    counts: Mapping[EntityType, int]
    skipped: int
    problems: tuple[Problem, ...]
    below: int


def build_index(
    sources: Sequence[Source],
    out: Path,
    options: Options,
    *,
    show: Callable[[Step], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> Built:
    """Build the index `out` from the sources, or go on where an earlier build of the same was stopped.

    Of items that several sources hold, documents say more than rows, and what was read last more than what was read
    first. `show` is told the progress, `say` a sentence now and then. Progress lies beside `out` until it is written;
    the index itself appears whole or not at all. SourceError where a source cannot be read to its end; what was read
    is kept for the next try. `workers` processes read along; by default as many as pay.
    """
    with _opened(out) as staging:
        try:
            _begin(staging, _plan(sources, options), say)
            try:
                _read_all(sources, staging, options, show, say, workers)
            except SourceChangedError as error:
                say(f"{error}; starting over")
                staging.begin(_plan(sources, options))
                _read_all(sources, staging, options, show, say, workers)
            return _write(sources, out, staging, options, show, workers)
        except sqlite3.Error as error:
            raise IndexFormatError(
                f"{str(staging.path)!r} cannot be written ({error}); make room there, then run the same command again"
            ) from error


def _write(
    sources: Sequence[Source],
    out: Path,
    staging: Staging,
    options: Options,
    show: Callable[[Step], None],
    workers: int | None,
) -> Built:
    """Write the index of all that was staged, and remove that."""
    staging.finish()
    tally = _Tally(*staging.problems)
    total = staging.size
    if workers is None:
        workers = _useful_workers() if total >= _PARALLEL_FROM_ROWS else 0
    staged = Staged(staging.path)
    assembler = Assembler(staging.path, Choice(options.languages, options.kinds, options.least))
    try:
        tally.add_problems(circles(staged))
        with Workers(assembler, workers) as pool:
            entries = _entries(pool.map(staged.spans(_SPAN)), tally, Step(out.name, 0, total, writing=True), show)
            first = next(entries, None)
            if first is None:
                staging.remove()
                raise _nothing(sources, tally)
            write_prepared(out, chain((first,), entries), meta=_meta(sources, staging, options))
    finally:
        assembler.close()
        staged.close()
    staging.remove()
    return Built(tally.counts, tally.skipped, tuple(tally.problems), tally.below)


class _Tally:
    """What there is to say of a build once it is done."""

    def __init__(self, skipped: int, problems: Iterable[Problem]) -> None:
        self.skipped, self.problems = skipped, list(problems)
        self.counts: Counter[EntityType] = Counter()
        self.below = 0
        self._room = len(self.problems) + LISTED

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.skipped += 1
            if len(self.problems) < self._room:
                self.problems.append(problem)


def _entries(
    assembled: Iterable[tuple[tuple[int, int, int], Assembled]],
    tally: _Tally,
    begin: Step,
    show: Callable[[Step], None],
) -> Iterator[Prepared]:
    for (_, _, done), part in assembled:
        tally.add_problems(part.problems)
        tally.below += part.below
        tally.counts.update(entry.type for entry in part.entries)
        yield from part.entries
        show(replace(begin, done=done))


def _useful_workers() -> int:
    return min(os.cpu_count() or 1, 8)


def _nothing(sources: Sequence[Source], tally: _Tally) -> SourceError:
    problems = tally.problems
    names = ", ".join(repr(source.name) for source in sources)
    why = (
        f"; {tally.skipped} lines were skipped, the first: {problems[0].place}: {problems[0].reason}"
        if problems
        else ""
    )
    return SourceError(f"nothing of {names} can be put into an index{why}")


def _opened(out: Path) -> Staging:
    if out.is_dir():
        raise IndexFormatError(f"{str(out)!r} is a folder; name a file for the index with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexFormatError(
            f"{str(out.parent)!r} cannot be made ({error.strerror}); choose another --out"
        ) from error
    if not os.access(out.parent, os.W_OK):
        raise IndexFormatError(f"nothing can be written to {str(out.parent)!r}; choose another --out")
    return Staging(staging_path(out))


def _plan(sources: Sequence[Source], options: Options) -> str:
    """What must be the same for a build to go on from what was staged."""
    return json.dumps(
        {
            "version": VERSION,
            "sources": [source.name for source in sources],
            **_options(options),
        }
    )


def _options(options: Options) -> dict[str, object]:
    return {
        "languages": list(options.languages),
        "kinds": sorted(options.kinds),
        "least": {kind.value: least for kind, least in sorted(options.least.items()) if least},
    }


def _begin(staging: Staging, plan: str, say: Callable[[str], None]) -> None:
    if staging.plan == plan:
        say("going on where an earlier build was stopped")
        return
    if staging.plan is not None:
        say("what an earlier build left is of other sources or options; starting over")
    staging.begin(plan)


def _read_all(
    sources: Sequence[Source],
    staging: Staging,
    options: Options,
    show: Callable[[Step], None],
    say: Callable[[str], None],
    workers: int | None,
) -> None:
    sieve = Sieve(options.languages)
    open_ones = []
    for number, source in enumerate(sources):
        begun = staging.begun(number)
        if begun is None or not begun.done:
            open_ones.append((number, source, begun))
        elif begun.stamp != source.stamp:
            raise SourceChangedError(f"{source.name!r} was changed after it was read")
    if workers is None:
        size = sum(source.size for _, source, _ in open_ones)
        workers = _useful_workers() if size >= _PARALLEL_FROM else 0
    with Workers(_Sift(sieve), workers) as pool:
        for number, source, begun in open_ones:
            _read(number, source, begun, staging, options, pool, show, say)


@dataclass(frozen=True, slots=True)
class _Sift:
    """Sifts portions; what is left of a portion with its result needs no texts."""

    sieve: Sieve

    def __call__(self, portion: tuple[list[bytes], tuple[str, ...] | str, int]) -> Sifted:
        return sift(*portion, self.sieve)


def _read(
    number: int,
    source: Source,
    begun: Begun | None,
    staging: Staging,
    options: Options,
    pool: Workers[tuple[list[bytes], tuple[str, ...] | str, int], Sifted],
    show: Callable[[Step], None],
    say: Callable[[str], None],
) -> None:
    """Read one source to its end, and commit now and then how far it got."""
    stamp, size = source.stamp, source.size
    checkpoint = begun.checkpoint if begun else Checkpoint()
    waiting: list[Portion] = []
    cut: list[TruncatedError] = []

    def tasks() -> Iterator[tuple[list[bytes], tuple[str, ...] | str, int]]:
        try:
            for portion in source.portions(checkpoint if begun else None):
                waiting.append(portion)
                yield portion.texts, portion.names or source.name, portion.first
        except TruncatedError as error:
            cut.append(error)

    every = _COMMIT_EVERY if size else 1
    unsaved = 0
    for _, sifted in pool.map(tasks()):
        portion = waiting.pop(0)
        staging.add(sifted)
        staging.add_problems(portion.problems)
        checkpoint = portion.checkpoint
        unsaved += 1
        if unsaved >= every:
            staging.commit(number, Begun(stamp, checkpoint, done=False))
            unsaved = 0
        show(Step(source.name, portion.read, size))
    if cut:
        if not options.accept_truncated:
            staging.commit(number, Begun(stamp, checkpoint, done=False))
            raise SourceError(str(cut[0])) from cut[0]
        staging.add_problems([Problem(source.name, f"{cut[0]}; accepted as it is")])
        say(f"{cut[0]}; going on without the rest")
    staging.commit(number, Begun(stamp, checkpoint, done=True))


def _meta(sources: Sequence[Source], staging: Staging, options: Options) -> dict[str, str]:
    read = []
    for number, source in enumerate(sources):
        begun = staging.begun(number)
        assert begun is not None
        checkpoint = begun.checkpoint
        # What has no digest may have come twice after an interruption.
        known = {"texts": checkpoint.texts, "digest": checkpoint.digest} if checkpoint.digest else {}
        read.append({"name": source.title, **known})
    return {
        "sources": json.dumps(read, ensure_ascii=False),
        "options": json.dumps(_options(options)),
        "modified": staging.modified,
    }
