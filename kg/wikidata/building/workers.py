"""Work in several processes, with the results in the order of the tasks."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

from kg.errors import WorkerError

Task = TypeVar("Task")
Result = TypeVar("Result")

# multiprocessing would load the whole command line again in every process, which takes longer than a small index.
_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "from kg.wikidata.building.workers import serve; serve()"
)


_ALLOCATIONS = 500_000


class Workers:
    """So many processes that apply functions to tasks; with 0 this process does it. A context manager.

    Functions, tasks and results are pickled. The processes start when there is something to do, and end with this one,
    however that ends: each waits on a pipe whose other end only this one holds.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.communicate()

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], *, here: bool = False
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, in order; an exception of the function is raised here.

        With `here` this process does it: what is little is not worth the start of others. There is one `map` at a
        time, and one that is not read to its end must be the last.
        """
        if here or not self._number:
            for task in tasks:
                yield task, function(task)
            return
        if not self._processes:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._processes = [_start(environment) for _ in range(self._number)]
        for process in self._processes:
            _send(process, (True, function))
        idle = deque(self._processes)
        running: deque[tuple[Task, subprocess.Popen[bytes]]] = deque()
        for task in tasks:
            ready = None
            if idle:
                process = idle.popleft()
            else:
                done, process = running.popleft()
                ready = (done, _received(process))
            _send(process, (False, task))
            running.append((task, process))
            if ready is not None:
                yield ready
        while running:
            done, process = running.popleft()
            yield done, _received(process)


def _received(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdout is not None
    try:
        good, result = pickle.load(process.stdout)
    except (EOFError, pickle.UnpicklingError) as error:
        raise _died() from error
    if not good:
        raise result
    return result


def serve() -> None:
    """Answer on standard output the tasks of standard input until there are no more; what a worker process does."""
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed by mistake is no answer
    # What comes of a task dies with it, nearly all without the collector, which would take half of the time.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    try:
        function: Callable[[Any], Any] | None = None
        while True:
            is_function, thing = pickle.load(tasks)
            if is_function:
                function = thing
            elif function is not None:
                _answer(answers, function, thing)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):
        # Nobody is there any more; what was not sent cannot be.
        os._exit(0)


def _answer(answers: BinaryIO, function: Callable[[Task], Result], task: Task) -> None:
    answer: tuple[bool, Result | Exception]
    try:
        answer = (True, function(task))
    except Exception as error:  # noqa: BLE001 - raised again in the process that asked
        answer = (False, error)
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with _no_interrupts():
        return subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Ctrl-C, which reaches all processes of a terminal, waits; a process that is started meanwhile never gets it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _send(process: subprocess.Popen[bytes], thing: object) -> None:
    assert process.stdin is not None
    try:
        pickle.dump(thing, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
    except BrokenPipeError as error:
        raise _died() from error


def _died() -> WorkerError:
    return WorkerError("a worker process died, perhaps for want of memory; run it again with fewer --workers")
