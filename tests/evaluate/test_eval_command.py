"""`kg eval` as a user meets it, with a small toolkit and invented articles."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Run

from kg.nlp.pipeline import load_pipeline


@pytest.fixture(scope="module", autouse=True)
def _loaded_once() -> object:
    nlp = load_pipeline()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.annotator.load_pipeline", lambda *_: nlp)
        yield


def lines_of(text: str) -> dict[str, list[str]]:
    """The cells of each figure's line."""
    rows = [line.removeprefix("claims:gold").split() for line in text.splitlines()]
    return {row[0]: row[1:] for row in rows if row}


def test_one_table(run: Run, labelled: Path, toolkit: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    code, shown, _ = run("eval", "--scorer", toolkit, "--set", f"claims={labelled}", "--json", figures)
    assert code == 0
    rows = lines_of(shown)
    assert rows["accuses.f1"] == ["0.800", "0.000", "to", "1.000", "2", "3"]
    assert rows["accuses.p"] == ["1.000", "0.342", "to", "1.000", "c", "2", "3"]
    row = json.loads(figures.read_text(encoding="utf-8"))["claims:gold"]
    assert (row["articles"], row["annotated"]) == (3, 3)
    assert row["figures"]["memberOf.p"]["value"] == 0.0
    assert not list(toolkit.glob("__pycache__"))


def test_shared_folder_and_markdown(run: Run, labelled: Path) -> None:
    code, shown, _ = run("eval", labelled.parent, "--format", "markdown", "--all")
    assert code == 0
    assert "| claims:gold | accuses.r | 0.667 |" in shown


def test_floors_from_first_to_last(run: Run, labelled: Path, tmp_path: Path) -> None:
    floors, shared = tmp_path / "floors.json", labelled.parent
    code, _, complaints = run("eval", shared, "--floors", floors)
    assert (code, "no file of floors" in complaints) == (2, True)
    code, _, _ = run("eval", shared, "--floors", floors, "--raise", "--date", "2031-01-01")
    assert code == 0
    text = floors.read_text(encoding="utf-8").replace('"floors": {\n\n  }', '"floors": {"accuses.f1": 0.78}')
    assert '"accuses.f1"' not in text  # three labels are too few for a floor of their own
    history = {"date": "2031-01-01", "set": "claims:gold", "figure": "accuses.f1", "old": None, "new": 0.78}
    digest = json.loads(run_json(run, shared, tmp_path))["claims:gold"]["digest"]
    row = {
        "sets": {"claims:gold": {"digest": digest, "floors": {"accuses.f1": 0.78}}},
        "history": [{**history, "reason": ""}],
    }
    floors.write_text(json.dumps(row), encoding="utf-8")
    code, shown, complaints = run("eval", shared, "--floors", floors)
    assert (code, complaints.count("below")) == (0, 0)
    assert lines_of(shown)["accuses.f1"][-2:] == ["0.780", "ok"]

    (labelled / "b.txt").write_text("Cora Testwell and Ada Example met.", encoding="utf-8")
    code, _, complaints = run("eval", shared, "--floors", floors)
    assert code == 3
    assert "the floors hold for data" in complaints
    code, _, complaints = run("eval", shared, "--floors", floors, "--raise")
    assert (code, "--reason" in complaints) == (2, True)
    code, _, _ = run("eval", shared, "--floors", floors, "--raise", "--reason", "b was rewritten")
    assert code == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["history"][-1]["reason"] == "b was rewritten"


def run_json(run: Run, shared: Path, tmp_path: Path) -> str:
    run("eval", shared, "--json", tmp_path / "f.json")
    return (tmp_path / "f.json").read_text(encoding="utf-8")


def test_figures_of_an_earlier_run_and_of_other_programs(run: Run, labelled: Path, tmp_path: Path) -> None:
    run_json(run, labelled.parent, tmp_path)
    own = tmp_path / "own.json"
    own.write_text(
        json.dumps({"speed:laptop": {"digest": "d", "articles": 200, "figures": {"ratio": {"value": 0.9}}}}),
        encoding="utf-8",
    )
    floors = tmp_path / "floors.json"
    both = ("--add", tmp_path / "f.json", "--add", own)
    code, shown, _ = run("eval", *both, "--floors", floors, "--raise")
    assert code == 0
    rows = lines_of(shown)
    assert rows["accuses.f1"][0] == "0.800"
    assert rows["speed:laptop"] == ["ratio", "0.900", "0.880", "ok"]
    assert json.loads(floors.read_text(encoding="utf-8"))["sets"] == {
        "speed:laptop": {"digest": "d", "floors": {"ratio": 0.88}}
    }
    code, _, complaints = run("eval", labelled.parent, "--add", tmp_path / "f.json")
    assert (code, "leave one out" in complaints) == (2, True)
    code, _, complaints = run("eval", "--add", labelled / "a.txt")
    assert (code, "no file of figures" in complaints) == (2, True)


def test_a_figure_below_its_floor(run: Run, labelled: Path, tmp_path: Path) -> None:
    digest = json.loads(run_json(run, labelled.parent, tmp_path))["claims:gold"]["digest"]
    change = {"date": "2031-01-01", "set": "claims:gold", "figure": "accuses.f1", "old": None, "new": 0.9, "reason": ""}
    floors = tmp_path / "floors.json"
    row = {"sets": {"claims:gold": {"digest": digest, "floors": {"accuses.f1": 0.9}}}, "history": [change]}
    floors.write_text(json.dumps(row), encoding="utf-8")
    code, shown, complaints = run("eval", labelled.parent, "--floors", floors)
    assert code == 3
    assert "BELOW" in shown
    assert "accuses.f1 is 0.8000, below its floor 0.9" in complaints
    lower = ("--lower", "claims:gold/accuses.f1=0.7")
    code, _, complaints = run("eval", "--floors", floors, *lower)
    assert (code, "needs --reason" in complaints) == (2, True)
    code, _, _ = run("eval", "--floors", floors, *lower, "--reason", "tried out", "--date", "2031-01-02")
    assert code == 0
    assert run("eval", labelled.parent, "--floors", floors)[0] == 0
    measured = ("--lower", "claims:gold/accuses.f1", "--margin", "0.2", "--reason", "again")
    assert run("eval", labelled.parent, "--floors", floors, *measured)[0] == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["sets"]["claims:gold"]["floors"] == {"accuses.f1": 0.6}


def test_a_toolkit_without_its_functions_still_gives_intervals(run: Run, labelled: Path, toolkit: Path) -> None:
    program = toolkit / "score.py"
    program.write_text(program.read_text(encoding="utf-8").replace("SCORERS = ", "OTHER = "), encoding="utf-8")
    code, shown, _ = run("eval", labelled.parent)
    assert code == 0
    assert "c" in lines_of(shown)["accuses.f1"]


@pytest.mark.parametrize(
    ("program", "code", "words"),
    [
        ("raise SystemExit('no such set')", 3, "no such set"),
        ("print('ready')", 3, "no JSON object"),
        ("print(1)", 3, "1"),
    ],
)
def test_a_toolkit_that_fails(run: Run, labelled: Path, toolkit: Path, program: str, code: int, words: str) -> None:
    (toolkit / "score.py").write_text(program, encoding="utf-8")
    found, _, complaints = run("eval", labelled.parent)
    assert found == code
    assert words in complaints
    assert "claims:gold" in complaints


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing to measure"),
        (["{shared}/none"], "is no folder"),
        (["{shared}", "--only", "gopl"], "holds no set 'gopl'"),
        (["--set", "claims={shared}/gold"], "--scorer"),
        (["--set", "claims={shared}/gold", "--scorer", "{shared}"], "is no scoring toolkit"),
        (["--set", "klaims={shared}/gold", "--scorer", "{shared}/score"], "did you mean 'claims'"),
        (["--set", "gap={shared}/gold", "--scorer", "{shared}/score"], "gap-development.tsv"),
        (["--only", "claims"], "SHARED"),
        (["{shared}", "--raise"], "--floors"),
        (["{shared}", "--margin", "7"], "0 to 1"),
        (["{shared}", "--jobs", "0"], "at least 1"),
        (["{shared}", "--floors", "{shared}/gold/a.txt"], "no file of floors"),
        (["--floors", "{shared}/gold/a.txt", "--lower", "a/b=x"], "--reason"),
    ],
)
def test_wrong_usage(run: Run, labelled: Path, arguments: list[str], words: str) -> None:
    filled = [part.replace("{shared}", str(labelled.parent)) for part in arguments]
    code, _, complaints = run("eval", *filled)
    assert code == 2
    assert words in complaints


def test_in_processes_of_its_own(labelled: Path) -> None:
    other = labelled.with_name("other")
    shutil.copytree(labelled, other)
    sets = [part for folder in (other, labelled) for part in ("--set", f"claims={folder}")]
    command = [
        sys.executable,
        "-m",
        "kg.cli",
        "eval",
        "--scorer",
        str(labelled.with_name("score")),
        *sets,
        "--jobs",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("claims:other") < done.stdout.index("claims:gold")
    assert done.stdout.count("accuses.f1") == 2
    assert "annotating claims:gold: 3 of 3 articles" in done.stderr
