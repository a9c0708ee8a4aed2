from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from kg.errors import SourceError, WorkerError
from kg.wikidata.building.workers import Workers


@pytest.mark.parametrize("number", [0, 1, 3])
def test_results_in_order(number: int) -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for i in range(40):
            taken.append(i)
            yield i

    with Workers(number) as pool:
        for i, (task, result) in enumerate(pool.map(abs, tasks())):
            assert (task, result) == (i, i)
            # No more tasks are taken than can be worked on.
            assert len(taken) <= i + 1 + max(number, 1)
        assert list(pool.map(abs, [-5])) == [(-5, 5)]
        # Another function may follow.
        assert list(pool.map(str, [-5])) == [(-5, "-5")]
        assert list(pool.map(int, ["7"], here=True)) == [("7", 7)]


def test_large_tasks_and_results() -> None:
    with Workers(2) as pool:
        texts = [bytes([97 + i]) * 3_000_000 for i in range(6)]
        assert [result for _, result in pool.map(bytes.upper, texts)] == [text.upper() for text in texts]


@pytest.mark.parametrize("number", [0, 2])
def test_exceptions_are_raised_here(number: int) -> None:
    with Workers(number) as pool, pytest.raises(ValueError, match="invalid literal"):
        list(pool.map(int, ["1", "x", "2"]))


def test_a_worker_that_dies() -> None:
    with Workers(2) as pool, pytest.raises(WorkerError, match="fewer --workers"):
        list(pool.map(os._exit, [1, 2, 3]))


def test_workers_end_when_their_reader_leaves() -> None:
    with Workers(2) as pool:
        next(pool.map(abs, range(10)))
        processes = pool._processes
        assert len(processes) == 2
    assert all(process.poll() is not None for process in processes)


def test_ctrl_c_leaves_workers_alone() -> None:
    with Workers(1) as pool:
        assert list(pool.map(abs, [-1])) == [(-1, 1)]
        os.kill(pool._processes[0].pid, signal.SIGINT)
        assert list(pool.map(abs, [-2])) == [(-2, 2)]


def test_what_is_printed_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(1) as pool:
        assert list(pool.map(print, ["hello"])) == [("hello", None)]
    assert capfd.readouterr().err == "hello\n"


def test_errors_of_the_package_come_back_as_they_are() -> None:
    with Workers(1) as pool, pytest.raises(SourceError, match="no such thing"):
        list(pool.map(_fail, ["thing"]))


def _fail(thing: str) -> None:
    raise SourceError(f"no such {thing}")
