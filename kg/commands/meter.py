"""Progress of long work on sources: a bar with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from tqdm import tqdm

from kg.commands.console import complain
from kg.wikidata.building.options import Step

_EVERY = 10.0


class Meter:
    """Shows steps; a context manager, and a function of a step."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, bar: bool | None = None) -> None:
        self._clock = clock
        self._with_bar = sys.stderr.isatty() if bar is None else bar
        self._bar: tqdm[Any] | None = None
        self._what = ""
        self._begun = self._shown = clock()
        self._start = 0

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, step: Step) -> None:
        """Show how far the work got."""
        if step.what != self._what:
            self._begin(step)
        if self._bar is not None:
            self._bar.update(step.done - self._bar.n)
        elif self._clock() - self._shown >= _EVERY:
            self._shown = self._clock()
            complain(self._line(step))

    def _begin(self, step: Step) -> None:
        self._close()
        self._what, self._start = step.what, step.done
        self._begun = self._shown = self._clock()
        if self._with_bar:
            unit = "item" if step.writing else "B"
            self._bar = tqdm(
                total=step.total or None,
                initial=step.done,
                desc=_name(step),
                unit=unit,
                unit_scale=not step.writing,
                dynamic_ncols=True,
            )

    def _line(self, step: Step) -> str:
        seconds = self._shown - self._begun
        rate = (step.done - self._start) / seconds if seconds > 0 else 0.0
        amount = f"{step.done}" if step.writing else f"{step.done / 1e6:.1f} MB"
        speed = f"{rate:.0f} items a second" if step.writing else f"{rate / 1e6:.1f} MB a second"
        if not step.total:
            return f"{_name(step)}: {amount}, {speed}"
        left = (step.total - step.done) / rate if rate > 0 else 0.0
        share = 100 * step.done / step.total
        return f"{_name(step)}: {share:.0f} %, {amount}, {speed}, about {_time(left)} left"

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _name(step: Step) -> str:
    return f"writing {step.what}" if step.writing else f"reading {step.what}"


def _time(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
