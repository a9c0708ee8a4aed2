"""Floors of quality: figures that must not fall, the data they hold for, and every change of them with its reason.

The file, one JSON object: `sets` maps a set's label to `{"digest": ..., "floors": {figure: number}}`; `history` lists
`{"date", "set", "figure", "old", "new", "reason"}` in the order of the changes. A figure may only fall with a reason.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, UsageError
from kg.evaluate.figures import Figure
from kg.evaluate.measure import Measured
from kg.query.suggest import did_you_mean

NEW_DATA = "other data"
MARGIN = 0.02
"""How far below a measured figure a floor is put, unless the caller says otherwise."""
_FEW, _FEW_ARTICLES = 15, 5
"""A figure gets a floor of its own from so many claims on; a mean of articles, from so many articles."""


@dataclass(frozen=True, slots=True)
class Change:
    """One floor set, lifted, lowered (`new` below `old`) or taken away (`new` is None), and why."""

    date: str
    set: str
    figure: str
    old: float | None
    new: float | None
    reason: str = ""

    @property
    def loosens(self) -> bool:
        """Whether it lets something pass that did not pass before."""
        return self.old is not None and (self.new is None or self.new < self.old)


@dataclass(frozen=True, slots=True)
class SetFloors:
    """The floors of one set, and the digest of the data they were measured on."""

    digest: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """A floors file; `rest` are its other keys, kept as they are."""

    sets: Mapping[str, SetFloors] = field(default_factory=dict)
    history: tuple[Change, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)

    def problems(self) -> list[str]:
        """Why the file cannot be trusted: floors that its history does not lead to, and falls without a reason."""
        reached: dict[tuple[str, str], float | None] = {}
        found = []
        for change in self.history:
            place = (change.set, change.figure)
            if change.old != reached.get(place):
                found.append(
                    f"the change of {change.set} {change.figure} on {change.date} starts at {change.old!r}, "
                    f"but the floor was {reached.get(place)!r}"
                )
            if change.loosens and not change.reason.strip():
                found.append(f"the floor {change.set} {change.figure} fell on {change.date} without a reason")
            reached[place] = change.new
        now = {(name, figure): floor for name, one in self.sets.items() for figure, floor in one.floors.items()}
        for place in sorted({*now, *(place for place, floor in reached.items() if floor is not None)}):
            if now.get(place) != reached.get(place):
                found.append(
                    f"the floor {' '.join(place)} is {now.get(place)!r}, but its history ends at "
                    f"{reached.get(place)!r}; change floors with kg eval --raise or --lower"
                )
        return found

    def with_change(self, change: Change, digest: str) -> Floors:
        """The floors with one change made and recorded; UsageError where it loosens one without a reason."""
        if change.loosens and not change.reason.strip():
            raise UsageError(f"lowering {change.set}/{change.figure} needs --reason; say why it may fall")
        before = self.sets.get(change.set, SetFloors(digest, {})).floors
        after = {name: floor for name, floor in before.items() if name != change.figure}
        if change.new is not None:
            after[change.figure] = change.new
        sets = {**self.sets, change.set: SetFloors(digest, after)}
        return replace(self, sets=sets, history=(*self.history, change))


def read_floors(path: Path) -> Floors:
    """The floors of a file; ConfigError where it is none, or where a floor fell without a reason."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        floors = Floors(
            {name: SetFloors(str(one["digest"]), dict(one["floors"])) for name, one in row["sets"].items()},
            tuple(Change(**change) for change in row["history"]),
            {name: value for name, value in row.items() if name not in ("sets", "history")},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{str(path)!r} is no file of floors: {error!r}; correct it, or name another") from error
    if problems := floors.problems():
        raise ConfigError(f"{str(path)!r}: {problems[0]}")
    return floors


def floors_text(floors: Floors) -> str:
    """The text of the file: sorted, one floor or change a line."""
    lines = ["{"]
    lines += [f" {_dump(name)}: {_dump(value)}," for name, value in floors.rest.items()]
    blocks = []
    for name, one in sorted(floors.sets.items()):
        rows = [f"   {_dump(figure)}: {_dump(floor)}" for figure, floor in sorted(one.floors.items())]
        joined = ",\n".join(rows)
        blocks.append(f'  {_dump(name)}: {{"digest": {_dump(one.digest)}, "floors": {{\n{joined}\n  }}}}')
    lines.append(' "sets": {\n' + ",\n".join(blocks) + "\n },")
    changes = [
        f"  {_dump({name: getattr(change, name) for name in ('date', 'set', 'figure', 'old', 'new', 'reason')})}"
        for change in floors.history
    ]
    lines.append(' "history": [\n' + ",\n".join(changes) + "\n ]\n}\n")
    return "\n".join(lines)


def failures(floors: Floors, measured: Iterable[Measured]) -> list[str]:
    """One sentence for each figure below its floor, figure that is gone, and set whose data are others."""
    found = []
    for one in measured:
        known = floors.sets.get(one.label)
        if known is None:
            continue
        if known.digest != one.digest:
            found.append(
                f"{one.label}: the floors hold for data {known.digest}, and these are {one.digest}; measure on "
                "the same data, or set floors anew with --raise --reason"
            )
            continue
        for name, floor in sorted(known.floors.items()):
            figure = one.figures.get(name)
            if figure is None:
                found.append(f"{one.label}: the toolkit gives no figure {name!r} any more")
            elif figure.value < floor:
                found.append(f"{one.label}: {name} is {figure.value:.4f}, below its floor {floor:g}")
    return found


def raised(
    floors: Floors, measured: Iterable[Measured], *, date: str, margin: float = MARGIN, reason: str = ""
) -> Floors:
    """Floors lifted to what was measured less `margin`; none falls, and a gated figure without one gets one.

    UsageError where a set's data are not those of its floors and there is no `reason`; with one they are set anew.
    """
    for one in measured:
        label = one.label
        known = floors.sets.get(label, SetFloors(one.digest, {}))
        other = known.digest != one.digest
        if other and not reason.strip():
            raise UsageError(f"the data of {label} are not those of its floors; say with --reason why they changed")
        for name in dict.fromkeys([*known.floors, *one.gated]):
            old = known.floors.get(name)
            figure = one.figures.get(name)
            if figure is None or (old is None and not _rests_on_enough(figure, one)):
                continue
            new = _below(figure.value, margin)
            if old is None or new > old or (other and new != old):
                change = Change(date, label, name, old, new, reason or ("" if old is None else "lifted"))
                floors = floors.with_change(change, one.digest)
        if other:
            floors = replace(floors, sets={**floors.sets, label: SetFloors(one.digest, floors.sets[label].floors)})
    return floors


def lowered(floors: Floors, figure: str, *, date: str, reason: str, to: float | None) -> Floors:
    """The floor `SET/FIGURE` put down to `to`, or taken away for None, with the reason written beside it.

    UsageError for an unknown figure, a missing reason, or a value that is not lower.
    """
    label, _, name = figure.partition("/")
    known = {f"{one}/{other}" for one, row in floors.sets.items() for other in row.floors}
    if figure not in known:
        raise UsageError(f"there is no floor {figure!r}{did_you_mean(figure, known)}; floors are called SET/FIGURE")
    if not reason.strip():
        raise UsageError(f"lowering {figure!r} needs --reason; say why it may fall")
    one = floors.sets[label]
    old = one.floors[name]
    if to is not None and to >= old:
        raise UsageError(f"{to:g} is not below the floor {figure!r}, which is {old:g}; use --raise to lift it")
    return floors.with_change(Change(date, label, name, old, to, reason.strip()), one.digest)


def unmeasured(floors: Floors, measured: Sequence[Measured]) -> list[str]:
    """The sets that have floors and were not measured this time."""
    return sorted(set(floors.sets) - {one.label for one in measured})


def _rests_on_enough(figure: Figure, one: Measured) -> bool:
    """Whether a figure is worth a floor: one claim more or less should not move it far."""
    if figure.pred is None or figure.gold is None:
        return one.articles >= _FEW_ARTICLES
    return (figure.pred if figure.name.endswith(".p") else figure.gold) >= _FEW


def _below(value: float, margin: float) -> float:
    """A floor for `value`: rounded down to three digits, never below 0."""
    return max(0.0, math.floor(round((value - margin) * 1000, 6)) / 1000)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
