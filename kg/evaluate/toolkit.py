"""The scoring toolkit: programs in a folder, run by this Python, told where the data are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import EvaluationError, UsageError
from kg.evaluate.sets import LabelledSet

_PROGRAMS = ("inputs.py", "score.py")


@dataclass(frozen=True, slots=True)
class Counts:
    """What each article adds: `tallies` are (hit_pred, n_pred, hit_gold, n_gold), `rates` are figures by themselves."""

    tallies: dict[str, list[list[float]]]
    rates: dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Toolkit:
    """The programs of one folder; UsageError where they are not there. `python` runs them."""

    folder: Path
    python: str = sys.executable

    def __post_init__(self) -> None:
        missing = [name for name in _PROGRAMS if not (self.folder / name).is_file()]
        if missing:
            raise UsageError(
                f"{str(self.folder)!r} is no scoring toolkit: {', '.join(missing)} missing; "
                "name the folder that holds it with --scorer"
            )

    def write_inputs(self, one: LabelledSet, out: Path) -> None:
        """Id and text of every article of the set, one JSON object a line, no labels."""
        self._run(one, [self.folder / "inputs.py", one.kind.name, one.folder, out, *_split(one)])

    def score(self, one: LabelledSet, annotations: Path, kb: Path | None = None) -> dict[str, Any]:
        """The figures that the toolkit prints last: name -> {"p", "r", "f1", "pred", "gold"}, or a number."""
        program = self.folder / "score.py"
        shown = self._run(one, [program, one.kind.name, one.folder, annotations, *_split(one), *_kb(kb)])
        try:
            row = json.loads(shown.splitlines()[-1])
        except (IndexError, ValueError) as error:
            raise EvaluationError(
                f"the last line of {str(program)!r} for set {one.label!r} is no JSON object ({error}); "
                "use the toolkit whose README says that it prints one"
            ) from error
        if not isinstance(row, dict):
            raise EvaluationError(
                f"{str(program)!r} printed {row!r} for set {one.label!r}; a JSON object with the figures is needed"
            )
        return row

    def count(self, one: LabelledSet, annotations: Path, out: Path, kb: Path | None = None) -> Counts | None:
        """Counts by article, in the file `out` on the way; None where this toolkit does not give them."""
        program = Path(__file__).with_name("per_article.py")
        command: list[str | Path] = [
            program,
            self.folder,
            one.kind.name,
            one.folder,
            annotations,
            out,
            *_split(one),
            *_kb(kb),
        ]
        try:
            self._run(one, command)
            row = json.loads(out.read_text(encoding="utf-8"))
        except (EvaluationError, OSError, ValueError):
            return None
        return Counts(row["tallies"], row["rates"])

    def _run(self, one: LabelledSet, command: Sequence[str | Path]) -> str:
        # The toolkit's folder may be somebody else's: no compiled files are left there.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [self.python, *map(str, command)], capture_output=True, encoding="utf-8", check=False, env=environment
        )
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            raise EvaluationError(
                f"{Path(command[0]).name} of {str(self.folder)!r} fails on set {one.label!r} in {str(one.folder)!r}: "
                f"{said[-1] if said else f'exit code {done.returncode}'}; check that the folder and the split fit"
            )
        return done.stdout


def _split(one: LabelledSet) -> list[str]:
    return [] if one.given_split is None else ["--split", one.given_split]


def _kb(path: Path | None) -> list[str]:
    return [] if path is None else ["--kb", str(path)]
