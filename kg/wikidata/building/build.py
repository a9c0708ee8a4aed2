"""Builds a Wikidata index from dumps, JSON lines, folders and rows: streamed, resumable, the same bytes every time."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.errors import IndexFormatError, SourceError
from kg.model import EntityType
from kg.wikidata.building.assembly import Assembled, Assembler, Choice, circles
from kg.wikidata.building.options import Built, Options, Report, Step
from kg.wikidata.building.reading import Reading
from kg.wikidata.building.sources import Problem, Source, SourceChangedError
from kg.wikidata.building.staging import LISTED, VERSION, Staged, Staging, staging_path
from kg.wikidata.building.workers import Workers
from kg.wikidata.index_writer import Prepared, write_prepared

_PARALLEL_FROM = 2_000
_SPAN = 250
_MOST_WORKERS = 8


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
                return _build(sources, out, staging, options, Report(show, say), workers)
            except SourceChangedError as error:
                say(f"{error}; starting over")
                staging.begin(_plan(sources, options))
                return _build(sources, out, staging, options, Report(show, say), workers)
        except sqlite3.Error as error:
            raise IndexFormatError(
                f"{str(staging.path)!r} cannot be written ({error}); make room there, then run the same command again"
            ) from error


def _build(
    sources: Sequence[Source], out: Path, staging: Staging, options: Options, report: Report, workers: int | None
) -> Built:
    spare = workers is None
    with Workers(min(os.cpu_count() or 1, _MOST_WORKERS) if workers is None else workers) as pool:
        Reading(staging, options, report, pool, spare).read(sources)
        staging.finish()
        tally = _Tally(*staging.problems)
        total = staging.size
        staged = Staged(staging.path)
        assembler = Assembler(staging.path, Choice(options.languages, options.kinds, options.least))
        try:
            tally.add_problems(circles(staged))
            spans = pool.map(assembler, staged.spans(_SPAN), here=spare and total < _PARALLEL_FROM)
            entries = _entries(spans, tally, Step(out.name, 0, total, writing=True), report.show)
            first = next(entries, None)
            if first is not None:
                write_prepared(out, chain((first,), entries), meta=_meta(sources, staging, options))
        finally:
            assembler.close()
            staged.close()
    staging.remove()
    if first is None:
        raise _nothing(sources, tally)
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
