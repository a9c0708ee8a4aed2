"""A clock that tests turn: sleeping passes its time at once and is written down."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from kg.wikidata.patience import Timing


@dataclass
class Clock:
    now: float = 2_000_000_000.0
    slept: list[float] = field(default_factory=list)
    chance: float = 1.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(round(seconds, 3))
            self.now += seconds

    @property
    def timing(self) -> Timing:
        return Timing(self, self.sleep, lambda: self.chance)
