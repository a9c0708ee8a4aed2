"""Work on portions in several processes, with the results in the order of the portions."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Generic[Task, Result]):
    """So many processes that apply a function of a module to tasks; with 0 this process does it. A context manager.

    The processes end with this one, however that ends: each waits on a pipe whose other end only this one holds.
    """

    def __init__(self, function: Callable[[Task], Result], number: int) -> None:
        self._function = function
        self._processes: list[BaseProcess] = []
        self._pipes: list[Connection] = []
        context = multiprocessing.get_context("spawn")
        for _ in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(function, theirs), daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            self._pipes.append(ours)

    def __enter__(self) -> Workers[Task, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(timeout=5)
            if process.is_alive():
                process.kill()
                process.join()

    def map(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, in order; an exception of the function is raised here."""
        if not self._pipes:
            for task in tasks:
                yield task, self._function(task)
            return
        running: deque[tuple[Task, Connection]] = deque()
        idle = deque(self._pipes)
        for task in tasks:
            if not idle:
                done, pipe = running.popleft()
                result = _received(pipe)
                pipe.send(task)
                running.append((task, pipe))
                yield done, result
                continue
            pipe = idle.popleft()
            pipe.send(task)
            running.append((task, pipe))
        while running:
            done, pipe = running.popleft()
            yield done, _received(pipe)


def _received(pipe: Connection) -> Result:  # type: ignore[type-var]
    try:
        result = pipe.recv()
    except EOFError:
        raise MemoryError("a worker process died; perhaps the memory ran out") from None
    if isinstance(result, BaseException):
        raise result
    return result


def _work(function: Callable[[Task], Result], pipe: Connection) -> None:
    # A Ctrl-C in the terminal reaches all processes of the group; the first one tells what is to be done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            result: Result | Exception = function(task)
        except Exception as error:  # noqa: BLE001 - raised again in the process that asked
            result = error
        try:
            pipe.send(result)
        except OSError:
            return
