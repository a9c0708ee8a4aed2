"""`kg eval`: measure on labelled sets, and keep the floors of quality."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kg.commands.console import DONE, FAILED, Commands, add_settings, complain, settings_of
from kg.errors import ExportError, UsageError
from kg.evaluate.floors import MARGIN, Floors, failures, floors_text, lowered, raised, read_floors, unmeasured
from kg.evaluate.measure import Measured
from kg.evaluate.saved import json_text, read_figures
from kg.evaluate.sets import KINDS, LabelledSet, distinct, find_sets, parse_set
from kg.evaluate.table import markdown_table, rows_of, text_table
from kg.evaluate.toolkit import Toolkit

_EPILOG = """
With SHARED, every set that lies in its usual place there is measured, and SHARED/score is the toolkit. Else name them:
  kg eval --scorer SCORE --set claims=GOLD --set gap=GAP@validation --set coref=GUM --floors tests/quality_floors.json
The exit code is 3 where a figure is below its floor, or the data are not those that its floor was measured on.
"""


def add(commands: Commands) -> None:
    """Register the command."""
    evaluate = commands.add_parser(
        "eval",
        help="measure quality on labelled sets, with intervals and floors",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evaluate.add_argument("shared", nargs="?", type=Path, metavar="SHARED", help="folder that holds labelled sets")
    evaluate.add_argument("--scorer", type=Path, metavar="DIR", help="scoring toolkit (default: SHARED/score)")
    evaluate.add_argument(
        "--set",
        action="append",
        default=[],
        dest="sets",
        metavar="KIND=FOLDER[@SPLIT]",
        help=f"a set to measure; kinds: {', '.join(KINDS)}",
    )
    evaluate.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="of the sets in SHARED those of this kind or name"
    )
    evaluate.add_argument(
        "--add",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="figures measured earlier (--json), or by another program, to show and judge with the rest",
    )
    evaluate.add_argument("--all", action="store_true", help="show every figure, not the chosen ones")
    evaluate.add_argument("--format", choices=("table", "markdown"), default="table")
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    evaluate.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes that share the sets (default: %(default)s)"
    )
    evaluate.add_argument("--keep", type=Path, metavar="DIR", help="keep the annotations of each set there")
    floors = evaluate.add_argument_group("floors")
    floors.add_argument("--floors", type=Path, metavar="FILE", help="judge by these floors")
    floors.add_argument(
        "--raise", action="store_true", dest="lift", help="lift the floors to what was measured less the margin"
    )
    floors.add_argument("--margin", type=float, default=MARGIN, metavar="X", help="of --raise (default: %(default)s)")
    floors.add_argument(
        "--lower",
        action="append",
        default=[],
        metavar="SET/FIGURE[=X]",
        help="put one floor down to X, or to what was measured less the margin; needs --reason",
    )
    floors.add_argument("--reason", default="", metavar="TEXT", help="why a floor falls; written beside it")
    floors.add_argument("--date", metavar="DAY", help="the day to write beside changed floors (default: today)")
    add_settings(evaluate)
    evaluate.set_defaults(command=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    _check(arguments)
    floors = Floors()
    if arguments.floors is not None and (arguments.floors.exists() or not arguments.lift):
        floors = read_floors(arguments.floors)
    sets = _sets(arguments)
    measured = [one for path in arguments.add for one in read_figures(path)]
    if doubled := {one.label for one in measured} & {one.label for one in sets}:
        raise UsageError(f"{min(doubled)!r} is measured now and stands in a file of --add too; leave one out")
    if sets:
        measured += _measured(arguments, sets)
    if measured:
        floors = _changed(floors, measured, arguments)
        rows = rows_of(measured, floors, everything=arguments.all)
        print((markdown_table if arguments.format == "markdown" else text_table)(rows), end="")
        for one in measured:
            for skip in one.skipped:
                complain(f"{one.label}: left out {skip.source}: {skip.reason}")
        if arguments.json is not None:
            _write(arguments.json, json_text(measured, floors))
    else:
        floors = _changed(floors, (), arguments)
    if arguments.lift or arguments.lower:
        _write(arguments.floors, floors_text(floors))
        print(f"floors written to {arguments.floors}")
    return _judge(floors, measured)


def _judge(floors: Floors, measured: Sequence[Measured]) -> int:
    for label in unmeasured(floors, measured) if measured else ():
        complain(f"not measured: {label}")
    failed = failures(floors, measured)
    for line in failed:
        complain(line)
    return FAILED if failed else DONE


def _check(arguments: argparse.Namespace) -> None:
    if arguments.floors is None and (arguments.lift or arguments.lower):
        raise UsageError("--raise and --lower change a file of floors; name it with --floors")
    if arguments.lower and not arguments.reason.strip():
        raise UsageError(f"lowering {arguments.lower[0]!r} needs --reason; say why it may fall")
    if not 0 <= arguments.margin < 1:
        raise UsageError(f"--margin is {arguments.margin!r}; a number from 0 to 1 is needed")
    if arguments.jobs < 1:
        raise UsageError(f"--jobs is {arguments.jobs!r}; at least 1 is needed")
    if arguments.only and arguments.shared is None:
        raise UsageError("--only chooses among the sets of SHARED; name that folder")
    if arguments.scorer is None and arguments.shared is None and arguments.sets:
        raise UsageError("--set needs the scoring toolkit; name its folder with --scorer")
    values = [text.partition("=")[2] for text in arguments.lower]
    if not (arguments.shared or arguments.sets or arguments.add or (values and all(values))):
        raise UsageError(
            "nothing to measure; name the folder SHARED, sets with --set KIND=FOLDER, or figures with --add"
        )


def _sets(arguments: argparse.Namespace) -> tuple[LabelledSet, ...]:
    found = () if arguments.shared is None else find_sets(arguments.shared, arguments.only)
    return distinct([*found, *map(parse_set, arguments.sets)])


def _measured(arguments: argparse.Namespace, sets: Sequence[LabelledSet]) -> list[Measured]:
    toolkit = Toolkit(arguments.scorer or arguments.shared / "score")
    from kg.commands.measuring import measure_sets  # spaCy loads slowly, and wrong usage should be said at once

    with tempfile.TemporaryDirectory(prefix="kg-eval-") as temporary:
        work = arguments.keep or Path(temporary)
        try:
            work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"cannot write into {str(work)!r}: {error}; name another folder") from error
        return measure_sets(sets, toolkit, settings_of(arguments), work, jobs=arguments.jobs)


def _changed(floors: Floors, measured: Sequence[Measured], arguments: argparse.Namespace) -> Floors:
    date = arguments.date or datetime.now(UTC).date().isoformat()
    for text in arguments.lower:
        figure, sign, value = text.partition("=")
        to = _number(text, value) if sign else _measured_floor(figure, measured, arguments.margin)
        floors = lowered(floors, figure, date=date, reason=arguments.reason, to=to)
    if arguments.lift:
        floors = raised(floors, measured, date=date, margin=arguments.margin, reason=arguments.reason)
    return floors


def _number(text: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise UsageError(f"--lower {text!r} has no number behind '='; write SET/FIGURE=0.5") from error


def _measured_floor(figure: str, measured: Sequence[Measured], margin: float) -> float:
    label, _, name = figure.partition("/")
    for one in measured:
        if one.label == label and name in one.figures:
            return round(max(0.0, one.figures[name].value - margin), 3)
    raise UsageError(f"{figure!r} was not measured; measure its set in the same call, or write {figure}=X")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(f"cannot write {str(path)!r}: {error}; check the folder and the free space") from error
