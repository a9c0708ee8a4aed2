"""The command line as a user meets it: exit codes, sentences, and nothing half-written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run
from spacy.language import Language

from kg.nlp.pipeline import DEFAULT_PIPELINE, load_pipeline
from kg.run.folder import MARKER
from kg.run.names import OUTPUTS

ROOT = Path(__file__).parents[1]
ARTICLE = "Labour MP Ada Example accused Bertram Sample of lying. Mr Sample denied that he had lied."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(autouse=True)
def _loaded_once(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the default pipeline between the runs of this file; any other name is loaded as ever."""
    monkeypatch.setattr(
        "kg.annotator.load_pipeline", lambda name: nlp if name == DEFAULT_PIPELINE else load_pipeline(name)
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "row.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_build_query_verify(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, shown, _ = run("build", article, "--out", out)
    assert code == 0
    assert "report.html" in shown
    assert {path.name for path in out.iterdir()} == {*OUTPUTS, MARKER}
    code, shown, _ = run("query", "--graph", out, "SELECT ?s ?o WHERE { ?s kg:accuses ?o }", "--format", "csv")
    assert code == 0
    assert len(shown.split()) == 2
    assert "ada-example" in shown
    code, shown, _ = run("verify", out)
    assert (code, shown.splitlines()[-1].endswith(" 0 problems")) == (0, True)


def test_second_run_changes_nothing(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", article, "--out", out)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in out.rglob("*")}
    code, shown, _ = run("build", article, "--out", out)
    assert code == 0
    assert "up to date" in shown
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in out.rglob("*")} == before


def test_only_new_articles_are_annotated(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", article, "--out", out)
    (article.parent / "more.txt").write_text("Cora Testwell praised Ada Example.", encoding="utf-8")
    code, shown, _ = run("build", article.parent, "--out", out)
    assert code == 0
    assert "2 articles (1 newly annotated)" in shown
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]["annotated"] == 1


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """In processes of their own, with different hash seeds."""
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [
            sys.executable,
            str(ROOT / "build_graph.py"),
            str(ROOT / "examples" / "articles"),
            "--out",
            str(out),
        ]
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
        assert result.returncode == 0, result.stderr
        made.append(
            [(out / name).read_bytes() for name in ("annotations.jsonl", "graph.trig", "graph.gexf", "entities.jsonl")]
        )
    assert made[0] == made[1]


BAD_INPUTS: dict[str, tuple[str, bytes, str]] = {
    "empty file": ("empty.txt", b"", "empty"),
    "binary": ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80" * 9, "binary"),
    "invalid UTF-8": ("latin.txt", "Ada Example said caf\u00e9.".encode("latin-1"), "UTF-8"),
    "20 MB": ("long.txt", b"Ada Example spoke. " * 1_100_000, "bytes"),
    "broken HTML": ("broken.html", b"<html><body><div <p>< <<<script>", "no words"),
    "JSON without text": ("lines.jsonl", b'{"id": "a"}\n', "text"),
    "no JSON": ("lines.jsonl", b"{oops\n", "JSON"),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_bad_input_is_skipped_and_the_rest_is_done(run: Run, article: Path, tmp_path: Path, name: str) -> None:
    file, content, word = BAD_INPUTS[name]
    (article.parent / file).write_bytes(content)
    out = tmp_path / "out"
    code, shown, complaints = run("build", article.parent, "--out", out)
    assert code == 1
    assert shown.startswith("1 articles")
    assert file in complaints
    assert word in complaints
    skipped = json.loads((out / "run.json").read_text(encoding="utf-8"))["skipped"]
    assert len(skipped) == 1
    assert {path.name for path in out.iterdir()} == {*OUTPUTS, MARKER}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_nothing_but_bad_input(run: Run, tmp_path: Path, name: str) -> None:
    file, content, word = BAD_INPUTS[name]
    path = tmp_path / file
    path.write_bytes(content)
    code, _, complaints = run("build", path, "--out", tmp_path / "out")
    assert code == 3
    assert word in complaints
    assert not (tmp_path / "out").exists()


def test_unreadable_folder(run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is played."""
    locked = article.parent / "locked"
    locked.mkdir()
    real = Path.iterdir

    def refusing(self: Path) -> Iterator[Path]:
        if self == locked:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", refusing)
    code, _, complaints = run("build", article.parent, "--out", tmp_path / "out")
    assert code == 1
    assert "locked" in complaints


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "{tmp}/none.txt", "--out", "{tmp}/out"], 2, "none.txt"),
        (["build", "{in}", "--out", "{tmp}/in"], 2, "holds other files"),
        (["build", "{in}", "--out", "{in}"], 2, "is a file"),
        (["build", "{in}"], 2, "--out"),
        (["build", "{in}", "--out", "{tmp}/out", "--model", "en_none"], 3, "en_none"),
        (["build", "{in}", "--out", "{tmp}/out", "--min-confidence", "7"], 2, "0 to 1"),
        (["build", "{in}", "--out", "{tmp}/out", "--min-confidence", "accuses=high"], 2, "RELATION=NUMBER"),
        (["build", "{in}", "--out", "{tmp}/out", "--min-confidence", "accusse=0.7"], 2, "did you mean 'accuses'"),
        (["build", "{in}", "--out", "{tmp}/out", "--base-iri", "not an iri"], 2, "base IRI"),
        (["query", "accusations", "--graph", "{tmp}/none"], 2, "none"),
        (["verify", "{tmp}/none"], 2, "none"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_wrong_usage(run: Run, article: Path, tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    filled = [part.replace("{tmp}", str(tmp_path)).replace("{in}", str(article)) for part in arguments]
    found, _, complaints = run(*filled)
    assert found == code
    assert words in complaints
    assert article.read_text(encoding="utf-8") == ARTICLE
    assert not (tmp_path / "out").exists()
    assert {path.name for path in article.parent.iterdir()} == {"row.txt"}


def test_a_broken_triple_is_named(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", article, "--out", out)
    trig = out / "graph.trig"
    text = trig.read_text(encoding="utf-8")
    assert text.count('"accuses') or text.count("kg:accuses")
    broken = text.replace("oa:start ", "oa:start 1", 1) if "oa:start " in text else text
    assert broken != text
    trig.write_text(broken, encoding="utf-8")
    code, shown, _ = run("verify", out)
    assert code == 3
    assert "evidence" in shown
    assert "graph/article/" in shown


def test_every_command_has_help(run: Run) -> None:
    code, shown, _ = run("--help")
    assert code == 0
    for command in ("build", "annotate", "query", "explain", "verify", "eval"):
        assert command in shown
        code, text, _ = run(command, "--help")
        assert code == 0
        assert "help" in text


def test_a_stopped_run_leaves_nothing(run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("kg.annotator.Annotator.annotate", interrupted)
    code, _, complaints = run("build", article, "--out", tmp_path / "out")
    assert code == 3
    assert "stopped" in complaints
    assert not (tmp_path / "out").exists()


def test_leftovers_of_a_killed_run_are_cleared(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / ".staging").mkdir(parents=True)
    (out / ".staging" / "annotations.jsonl").write_text("half a li", encoding="utf-8")
    (out / MARKER).write_text("", encoding="utf-8")
    code, _, _ = run("build", article, "--out", out)
    assert code == 0
    assert {path.name for path in out.iterdir()} == {*OUTPUTS, MARKER}


def test_what_needs_no_pipeline_does_not_load_one() -> None:
    loaded = "import sys, kg.cli; print(*(name for name in ('spacy', 'httpx', 'trafilatura') if name in sys.modules))"
    result = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
