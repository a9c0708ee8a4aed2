"""Reads sources into a staging file, and goes on where that was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kg.errors import SourceError
from kg.wikidata.building.options import Options, Report, Step
from kg.wikidata.building.sifting import Sieve, Sifted, sift
from kg.wikidata.building.sources import Checkpoint, Portion, Problem, Source, SourceChangedError, TruncatedError
from kg.wikidata.building.staging import Begun, Staging
from kg.wikidata.building.workers import Workers

_COMMIT_EVERY = 8
_PARALLEL_FROM = 16 << 20

_Texts = tuple[list[bytes], tuple[str, ...] | str, int]
_Sifter = Callable[[Iterable[_Texts]], Iterator[tuple[_Texts, Sifted]]]


@dataclass(frozen=True, slots=True)
class _Sift:
    """Sifts the texts of a portion."""

    sieve: Sieve

    def __call__(self, portion: _Texts) -> Sifted:
        return sift(*portion, self.sieve)


@dataclass(frozen=True, slots=True)
class Reading:
    """Sources on their way into a staging file; with `spare` workers are spared where they do not pay."""

    staging: Staging
    options: Options
    report: Report
    pool: Workers
    spare: bool

    def read(self, sources: Sequence[Source]) -> None:
        """Read what is not read yet.

        SourceChangedError where a source is not what it was when it was begun; SourceError where one cannot be read to
        its end.
        """
        left = []
        for number, source in enumerate(sources):
            begun = self.staging.begun(number)
            if begun is None or not begun.done:
                left.append((number, source, begun))
            elif begun.stamp != source.stamp:
                raise SourceChangedError(f"{source.name!r} was changed after it was read")
        here = self.spare and sum(source.size for _, source, _ in left) < _PARALLEL_FROM
        sifter = partial(self.pool.map, _Sift(Sieve(self.options.languages)), here=here)
        for number, source, begun in left:
            self._read(number, source, begun, sifter)

    def _read(self, number: int, source: Source, begun: Begun | None, sifter: _Sifter) -> None:
        """Read one source to its end, and commit now and then how far it got."""
        stamp, size = source.stamp, source.size
        checkpoint = begun.checkpoint if begun else Checkpoint()
        waiting: list[Portion] = []
        cut: list[TruncatedError] = []

        def tasks() -> Iterator[_Texts]:
            try:
                for portion in source.portions(checkpoint if begun else None):
                    waiting.append(portion)
                    yield portion.texts, portion.names or source.name, portion.first
            except TruncatedError as error:
                cut.append(error)

        every = _COMMIT_EVERY if size else 1
        unsaved = 0
        for _, sifted in sifter(tasks()):
            portion = waiting.pop(0)
            self.staging.add(sifted)
            self.staging.add_problems(portion.problems)
            checkpoint = portion.checkpoint
            unsaved += 1
            if unsaved >= every:
                self.staging.commit(number, Begun(stamp, checkpoint, done=False))
                unsaved = 0
            self.report.show(Step(source.name, portion.read, size))
        if cut:
            if not self.options.accept_truncated:
                self.staging.commit(number, Begun(stamp, checkpoint, done=False))
                raise SourceError(str(cut[0])) from cut[0]
            self.staging.add_problems([Problem(source.name, f"{cut[0]}; accepted as it is")])
            self.report.say(f"{cut[0]}; going on without the rest")
        self.staging.commit(number, Begun(stamp, checkpoint, done=True))
