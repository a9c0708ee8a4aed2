"""`kg explain` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run

from kg.cli import main
from kg.nlp.pipeline import load_pipeline

ARTICLE = (
    "Labour MP Ada Example accused Bertram Sample of lying. Mr Sample denied that he had lied. "
    "His wife, Cora Sample, would not criticise Ms Example."
)


@pytest.fixture(scope="module", autouse=True)
def _loaded_once() -> Iterator[None]:
    nlp = load_pipeline()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.annotator.load_pipeline", lambda *_: nlp)
        yield


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "row.txt").write_text(ARTICLE, encoding="utf-8")
    assert main(["build", str(folder / "row.txt"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def number_of(graph: Path, relation: str) -> int:
    row = json.loads((graph / "annotations.jsonl").read_text(encoding="utf-8"))
    return next(place for place, claim in enumerate(row["claims"]) if claim["relation"] == relation)


def test_from_the_graph_to_the_reason(run: Run, graph: Path) -> None:
    ask = "SELECT ?c WHERE { ?c kg:predicate kg:accuses }"
    code, shown, _ = run("query", "--graph", graph, ask, "--format", "csv")
    assert code == 0
    iri = shown.split()[-1]
    code, shown, complaints = run("explain", iri, "--graph", graph)
    assert (code, complaints) == (0, "")
    assert shown.startswith("Ada Example -> accuses -> Bertram Sample")
    assert "accuses:verb: a verb that says so by itself" in shown
    assert "the very same claim, set off by “accused”" in shown
    assert "answered by" in shown


def test_learnt_scores_show_their_features(run: Run, graph: Path) -> None:
    code, shown, _ = run("explain", f"row:{number_of(graph, 'spouseOf')}", "--graph", graph)
    assert code == 0
    assert "what the learnt score saw" in shown
    assert "(where every score starts)" in shown


def test_a_file_of_annotations(run: Run, graph: Path) -> None:
    file = graph / "annotations.jsonl"
    code, shown, _ = run("explain", f"{file}#row", "--graph", graph / "none")
    assert (code, shown.splitlines()[0].startswith("article 'row' has")) == (0, True)
    code, shown, _ = run("explain", f"{file}#row:{number_of(graph, 'accuses')}", "--quick")
    assert code == 0
    assert "anew" not in shown


def test_another_program_is_said(run: Run, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    row = json.loads((graph / "annotations.jsonl").read_text(encoding="utf-8"))
    file.write_text(json.dumps({**row, "annotator": "0123456789abcdef"}), encoding="utf-8")
    code, shown, _ = run("explain", f"{file}#row:{number_of(graph, 'accuses')}")
    assert code == 0
    assert "is not the one that made the claim" in " ".join(shown.split())
    assert "the very same claim" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["row:0", "--graph", "{graph}/none"], 2, "is no output of a build"),
        (["row:77", "--graph", "{graph}"], 2, "there is no number 77"),
        (["rwo:0", "--graph", "{graph}"], 2, "did you mean 'row'"),
        (["0123456789abcdef", "--graph", "{graph}"], 2, "no claim has an IRI or a key"),
        (["{graph}/none.jsonl#row:0"], 2, "there is no file"),
        (["{graph}/broken.jsonl#row:0"], 3, "is no annotation"),
        (["row:0", "--graph", "{graph}", "--width", "5"], 2, "at least 40"),
        ([], 2, "CLAIM"),
    ],
)
def test_wrong_usage(run: Run, graph: Path, arguments: list[str], code: int, words: str) -> None:
    (graph / "broken.jsonl").write_text("{}\n", encoding="utf-8")
    found, _, complaints = run("explain", *(part.replace("{graph}", str(graph)) for part in arguments))
    assert found == code
    assert words in complaints


def test_in_a_process_of_its_own(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "explain", "row:0", "--graph", str(graph), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
    assert "confidence" in done.stdout
