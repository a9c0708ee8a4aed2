"""The table of `kg eval`: one line a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.evaluate.figures import Figure
from kg.evaluate.floors import NEW_DATA, Floors
from kg.evaluate.measure import Measured

_HEAD = ("set", "figure", "value", "95 % interval", "found", "labelled", "floor", "verdict")
_LEFT = (0, 1, 7)
_NOTE = "Intervals: of the articles drawn again; with c of the counts alone, where that tells nothing or is not known."


def rows_of(measured: Iterable[Measured], floors: Floors, *, everything: bool = False) -> list[tuple[str, ...]]:
    """The cells of the table: the figures that a set shows and those with a floor, or `everything`."""
    rows: list[tuple[str, ...]] = []
    for one in measured:
        known = floors.sets.get(one.label)
        limits = {} if known is None else known.floors
        wanted = one.figures if everything else dict.fromkeys([*one.shown, *limits])
        for name in wanted:
            figure, floor = one.figures.get(name), limits.get(name)
            if figure is None:
                if floor is not None:
                    rows.append((one.label, name, "-", "", "", "", f"{floor:.3f}", "missing"))
                continue
            verdict = ""
            if known is not None and known.digest != one.digest:
                verdict = NEW_DATA
            elif floor is not None:
                verdict = "ok" if figure.value >= floor else "BELOW"
            shown = "" if floor is None else f"{floor:.3f}"
            rows.append((one.label, name, f"{figure.value:.3f}", _interval(figure), *_counts(figure), shown, verdict))
    return rows


def text_table(rows: Sequence[tuple[str, ...]]) -> str:
    """Aligned columns under their names; a set's name stands once."""
    lines: list[tuple[str, ...]] = [_HEAD]
    last = ""
    for row in rows:
        lines.append(row if row[0] != last else ("", *row[1:]))
        last = row[0]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEAD))]
    shown = [
        "  ".join(
            cell.ljust(width) if place in _LEFT else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join([shown[0], "  ".join("-" * width for width in widths), *shown[1:], _NOTE, ""])


def markdown_table(rows: Sequence[tuple[str, ...]]) -> str:
    """The same for a page of documentation."""
    lines = [_HEAD, tuple("---" for _ in _HEAD), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.3f} to {figure.high:.3f}{' c' if figure.interval == 'counts' else '  '}"


def _counts(figure: Figure) -> tuple[str, str]:
    if figure.pred is None or figure.gold is None:
        return "", ""
    return f"{figure.pred:g}", f"{figure.gold:g}"
