"""Builds a Wikidata index from dumps, JSON lines, folders and rows: streamed, resumable, the same bytes every time."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kg.errors import IndexFormatError, SourceError
from kg.model import EntityType
from kg.wikidata.assembly import Assembly, Choice
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.sifting import Sieve, Sifted, sift
from kg.wikidata.sources import Checkpoint, Portion, Problem, Source, SourceChangedError, TruncatedError
from kg.wikidata.staging import VERSION, Begun, Staging, staging_path
from kg.wikidata.workers import Workers

ALL_KINDS = frozenset(EntityType)
LEAST: Mapping[EntityType, int] = {EntityType.PLACE: 10}
"""How many sitelinks an item needs, by kind: of places only countries and the larger ones are wanted."""
_COMMIT_EVERY = 8
_PARALLEL_FROM = 16 << 20


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
            return _write(sources, out, staging, options, show)
        except sqlite3.Error as error:
            raise IndexFormatError(
                f"{str(staging.path)!r} cannot be written ({error}); make room there, then run the same command again"
            ) from error


def _write(
    sources: Sequence[Source], out: Path, staging: Staging, options: Options, show: Callable[[Step], None]
) -> Built:
    """Write the index of all that was staged, and remove that."""
    staging.finish()
    count, listed = staging.problems
    assembly = Assembly(staging, Choice(options.languages, options.kinds, options.least))
    entries = _shown(assembly.entries(), out, staging.size, show)
    first = next(entries, None)
    if first is None:
        staging.remove()
        raise _nothing(sources, count + assembly.skipped, (*listed, *assembly.problems))
    write_index(out, chain((first,), entries), meta=_meta(sources, staging, options))
    staging.remove()
    return Built(assembly.counts, count + assembly.skipped, (*listed, *assembly.problems), assembly.below)


def _nothing(sources: Sequence[Source], skipped: int, problems: Sequence[Problem]) -> SourceError:
    names = ", ".join(repr(source.name) for source in sources)
    why = f"; {skipped} lines were skipped, the first: {problems[0].place}: {problems[0].reason}" if problems else ""
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
        workers = min(os.cpu_count() or 1, 8) if size >= _PARALLEL_FROM else 0
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


def _shown(entries: Iterator[Entry], out: Path, total: int, show: Callable[[Step], None]) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % 1000 == 0:
            show(Step(out.name, done, total, writing=True))
