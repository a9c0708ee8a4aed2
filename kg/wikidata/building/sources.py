"""What entities are read from: portions of JSON texts that can be resumed, and reading them ahead."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.errors import SourceError

PORTION = 1 << 20
"""About how many bytes of text a portion holds; a longer text makes a portion of its own."""
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a source was read: bytes (or documents, or pages), texts, and the digest of all that went before.

    `token` is for sources that know better than a number where they were.
    """

    position: int = 0
    texts: int = 0
    digest: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was skipped: where it stands (source:line, or source), and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Some JSON texts, the number of the first one, and where reading goes on after them.

    `names` has a place for every text where a line number does not tell it. `read` counts the bytes taken from the
    disk so far, for progress. `problems` are texts that were passed over while reading.
    """

    texts: list[bytes]
    first: int
    checkpoint: Checkpoint
    read: int
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class SourceChangedError(SourceError):
    """A source does not begin any more with what was read of it before."""


class TruncatedError(SourceError):
    """A source ends in the middle; what came before it was handed out."""


class Source(Protocol):
    """Something that entities are read from, in portions, always in the same order."""

    @property
    def name(self) -> str:
        """What messages call it; another one for every source."""

    @property
    def title(self) -> str:
        """What an index says that it was built of; no path of this machine."""

    @property
    def size(self) -> int:
        """The bytes that reading will take from the disk; 0 if unknown."""

    @property
    def stamp(self) -> str:
        """Changes when the source does, without reading it."""

    def portions(self, start: Checkpoint | None = None) -> Iterator[Portion]:
        """All portions, or those after `start`.

        SourceChangedError where the part before `start` is not what it was; TruncatedError after the last portion
        of a source that ends in the middle; SourceError where it cannot be read.
        """


def ahead(portions: Callable[[], Iterator[Portion]]) -> Iterator[Portion]:
    """The portions, made in a thread of their own, a few in advance."""
    ready: queue.Queue[Portion | BaseException | None] = queue.Queue(_AHEAD)
    stop = threading.Event()

    def put(thing: Portion | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(thing, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for portion in portions():
                if not put(portion):
                    return
            put(None)
        except BaseException as error:  # noqa: BLE001 - raised again by whoever reads
            put(error)

    thread = threading.Thread(target=work, name="reading ahead", daemon=True)
    thread.start()
    try:
        while (thing := ready.get()) is not None:
            if isinstance(thing, BaseException):
                raise thing
            yield thing
    finally:
        stop.set()
        thread.join()
