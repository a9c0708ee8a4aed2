"""When to ask a server again: what it says of waiting, growing pauses, and an end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TypeVar

from kg.errors import WikidataError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """What the time is, how to wait and what chance says; tests give their own. `clock` counts seconds since 1970.

    `sleep` None waits for real, and ends when the queue is stopped.
    """

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] | None = None
    random: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Patience:
    """A request is tried `tries` times; pauses start at `first` seconds, double, and are never over `longest`.

    A server that asks for a pause over `longest` is not asked again: coming back earlier would be rude, and waiting
    that long is no use to anybody.
    """

    tries: int = 5
    first: float = 1.0
    longest: float = 60.0

    def pause(self, attempt: int, chance: float) -> float:
        """Seconds before the try after `attempt` (from 0): half of the doubled pause, and up to as much by `chance`."""
        whole = min(self.longest, self.first * 2.0**attempt)
        return whole / 2 + whole / 2 * chance


class TransientError(Exception):
    """A failure that may pass: the reason, and how long the server asks to wait, where it says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


@dataclass(slots=True)
class Queue:
    """All requests to one server: where it asks one of them to wait, the others wait too."""

    patience: Patience = field(default_factory=Patience)
    timing: Timing = field(default_factory=Timing)
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def persist(self, attempt: Callable[[], T], server: str) -> T:
        """What `attempt` gives, tried again as often as patience allows; WikidataError where it is at an end."""
        patience, timing = self.patience, self.timing
        last = TransientError("was not asked")
        for number in range(patience.tries):
            self._wait(server)
            try:
                return attempt()
            except TransientError as error:
                last = error
            if last.wait is not None:
                self._hold(timing.clock() + last.wait)
            if number + 1 < patience.tries:
                pause = patience.pause(number, timing.random())
                if last.wait is None or last.wait < pause:
                    self._sleep(pause, server)
        times = "" if patience.tries == 1 else f", {patience.tries} times in a row"
        raise WikidataError(f"{server} {last.reason}{times}; try again later") from last

    def stop(self) -> None:
        """Nobody waits any more: a run that is stopped ends at once."""
        self._stopped.set()

    def _hold(self, until: float) -> None:
        with self._lock:
            self._until = max(self._until, until)

    def _wait(self, server: str) -> None:
        """Wait as long as the server asks for, WikidataError where that is too long."""
        while (left := self._until - self.timing.clock()) > 0:
            if left > self.patience.longest:
                raise WikidataError(f"{server} asks to be left alone for {left:.0f} seconds; try again after that")
            self._sleep(left, server)

    def _sleep(self, seconds: float, server: str) -> None:
        if self.timing.sleep is not None:
            self.timing.sleep(seconds)
        elif self._stopped.wait(seconds):
            raise WikidataError(f"{server} is not asked again: the run was stopped")


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait by a Retry-After header, which is a number or an HTTP date; None where it says nothing."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
