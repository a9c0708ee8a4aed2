"""`kg review` as a user meets it: from the terminal, from scripts, and what a build makes of it."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Run

from kg.cli import main
from kg.nlp.pipeline import DEFAULT_PIPELINE, load_pipeline
from kg.run.folder import MARKER
from kg.run.names import OUTPUTS

ROOT = Path(__file__).parents[1]
FIRST = (
    "Labour MP Ada Example accused Bertram Sample of lying. Mr Sample denied that he had lied. "
    "Later Ada Example praised Cora Testwell."
)
SECOND = "Cora Testwell criticised Ada Example on Monday. Ada Example did not answer Cora Testwell."


@pytest.fixture(scope="module", autouse=True)
def _loaded_once() -> Iterator[None]:
    nlp = load_pipeline()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "kg.annotator.load_pipeline", lambda name: nlp if name == DEFAULT_PIPELINE else load_pipeline(name)
        )
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    (folder / "in" / "row.txt").write_text(FIRST, encoding="utf-8")
    (folder / "in" / "answer.txt").write_text(SECOND, encoding="utf-8")
    assert main(["build", str(folder / "in"), "--out", str(folder / "out")]) == 0
    return folder


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    """A folder of its own with the same build, and its articles beside it."""
    shutil.copytree(built, tmp_path / "review")
    return tmp_path / "review" / "out"


@pytest.fixture
def ask(run: Run, graph: Path) -> Callable[[str], list[str]]:
    def answers(query: str) -> list[str]:
        code, shown, _ = run("query", "--graph", graph, query, "--format", "csv")
        assert code == 0
        return sorted(shown.splitlines()[1:])

    return answers


def accusation(graph: Path) -> str:
    lines = (graph / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    row = next(row for row in map(json.loads, lines) if row["article"]["id"] == "row")
    return f"row:{next(n for n, claim in enumerate(row['claims']) if claim['relation'] == 'accuses')}"


def accused_in_the_drawing(graph: Path) -> bool:
    return ' kind="accuses" ' in (graph / "graph.gexf").read_text(encoding="utf-8")


ACCUSED = "SELECT ?s ?o WHERE { ?s kg:accuses ?o }"
STATUS = "SELECT ?status WHERE { ?c kg:predicate kg:accuses ; kg:reviewStatus ?status }"


def test_a_rejected_claim_leaves_everything_derived_and_stays_on_record(
    run: Run, graph: Path, ask: Callable[[str], list[str]]
) -> None:
    assert len(ask(ACCUSED)) == 1
    assert accused_in_the_drawing(graph)
    code, shown, complaints = run("review", graph, "--reject", accusation(graph), "--why", "she only jests")
    assert (code, complaints) == (0, "")
    assert "rejected: Ada Example accuses Bertram Sample: lying, in 'row' (she only jests)" in shown
    assert "--rebuild" in shown
    code, shown, _ = run("review", graph, "--rebuild")
    assert code == 0
    assert ask(ACCUSED) == []
    assert [row.rpartition("#")[2] for row in ask(STATUS)] == ["rejected"]
    found = ask("SELECT ?who ?why WHERE { ?d kg:onClaim ?c ; kg:reviewer ?who ; kg:decisionReason ?why }")
    assert [row.split(",")[1] for row in found] == ["she only jests"]
    assert not accused_in_the_drawing(graph)
    report = " ".join((graph / "report.html").read_text(encoding="utf-8").split())
    assert "1 more rejected by reviewers and not shown" in report
    assert "No accusation was found." in report
    assert "<mark>Ada Example accused" not in report
    code, shown, _ = run("verify", graph)
    assert (code, shown.splitlines()[-1].endswith(" 0 problems")) == (0, True)
    assert {path.name for path in graph.iterdir()} == {*OUTPUTS, MARKER, "decisions.jsonl"}


def test_rebuild_and_build_agree_and_undo_gives_the_same_bytes_as_before(run: Run, graph: Path) -> None:
    names = ("annotations.jsonl", "entities.jsonl", "graph.trig", "graph.gexf", "report.html")
    before = {name: (graph / name).read_bytes() for name in names}
    run("review", graph, "--reject", accusation(graph), "--link", "Ada Example", "Q99000001", "--rebuild")
    rebuilt = {name: (graph / name).read_bytes() for name in names}
    assert rebuilt["annotations.jsonl"] == before["annotations.jsonl"]
    assert all(rebuilt[name] != before[name] for name in names[1:])
    code, shown, _ = run("build", graph.parent / "in", "--out", graph)
    assert (code, "everything is up to date" in shown) == (0, True)
    code, shown, _ = run("review", graph, "--undo")
    assert "undone: 'Ada Example' is Q99000001" in shown
    run("review", graph, "--undo")
    code, shown, _ = run("build", graph.parent / "in", "--out", graph)
    assert (code, "2 articles (0 newly annotated)" in shown) == (0, True)
    assert {name: (graph / name).read_bytes() for name in names} == before
    assert "there is no decision of" in run("review", graph, "--undo")[2]


def test_an_accepted_claim_is_marked_and_keeps_its_confidence(
    run: Run, graph: Path, ask: Callable[[str], list[str]]
) -> None:
    confidence = ask("SELECT ?x WHERE { ?c kg:predicate kg:accuses ; kg:confidence ?x }")
    run("review", graph, "--accept", accusation(graph), "--rebuild")
    assert [row.rpartition("#")[2] for row in ask(STATUS)] == ["accepted"]
    assert ask("SELECT ?x WHERE { ?c kg:predicate kg:accuses ; kg:confidence ?x }") == confidence
    assert len(ask(ACCUSED)) == 1


def test_links_hold_across_articles(run: Run, graph: Path, ask: Callable[[str], list[str]]) -> None:
    run("review", graph, "--link", "Cora Testwell", "Q99000003", "--rebuild")
    query = "SELECT DISTINCT ?a WHERE { ?c kg:subject|kg:object wd:Q99000003 ; prov:wasGeneratedBy/prov:used ?a }"
    assert len(ask(query)) == 2
    run("review", graph, "--nil", "Q99000003", "--rebuild")
    assert ask(query) == []
    run("review", graph, "--same", "Cora Testwell", "Ada Example", "--rebuild")
    assert len(ask("SELECT ?p WHERE { ?p a kg:Person }")) == 2
    run("review", graph, "--never", "answer:e1", "row:e1", "--rebuild")
    code, shown, _ = run("verify", graph)
    assert (code, shown.splitlines()[-1].endswith(" 0 problems")) == (0, True)


def test_decisions_survive_another_extraction(run: Run, graph: Path, ask: Callable[[str], list[str]]) -> None:
    """The article's annotation comes from another program: other offsets, ids, confidence and rule."""
    run("review", graph, "--reject", accusation(graph), "--link", "Ada Example", "Q99000001")
    lines = []
    for row in map(json.loads, (graph / "annotations.jsonl").read_text(encoding="utf-8").splitlines()):
        for claim in row["claims"]:
            claim["extractor"], claim["confidence"] = "accuses:other", 0.51
            claim["evidence"]["start"] += 2
        text = json.dumps({**row, "annotator": "0123456789abcdef"})
        for number in range(9, 0, -1):
            text = text.replace(f'"e{number}"', f'"e{number + 70}"')
        lines.append(text)
    (graph / "annotations.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, complaints = run("review", graph, "--rebuild")
    assert (code, complaints) == (0, "")
    assert ask(ACCUSED) == []
    assert "Q99000001" in " ".join(ask("SELECT ?p WHERE { ?p a kg:Person }"))
    assert "2 in force, 0 overruled, 0 waiting" in run("review", graph, "--status")[1]


def test_what_is_gone_waits_and_comes_back(run: Run, graph: Path, ask: Callable[[str], list[str]]) -> None:
    run("review", graph, "--reject", accusation(graph))
    (graph.parent / "in" / "row.txt").rename(graph.parent / "row.txt")
    run("build", graph.parent / "in", "--out", graph)
    shown = run("review", graph, "--status")[1]
    assert "0 in force, 0 overruled, 1 waiting" in shown
    assert "waiting: what they are about is not in this graph" in shown
    assert ask("SELECT ?d WHERE { ?d kg:decisionState 'waiting' }") != []
    assert run("verify", graph)[0] == 0
    (graph.parent / "row.txt").rename(graph.parent / "in" / "row.txt")
    run("build", graph.parent / "in", "--out", graph)
    assert "1 in force" in run("review", graph, "--status")[1]
    assert ask(ACCUSED) == []


def test_two_reviewers_who_contradict_each_other(run: Run, graph: Path) -> None:
    claim = accusation(graph)
    run("review", graph, "--accept", claim, "--reviewer", "Orla")
    run("review", graph, "--reject", claim, "--reviewer", "Basil")
    code, shown, _ = run("review", graph, "--status")
    assert code == 0
    assert "1 in force, 1 overruled, 0 waiting" in shown
    assert "reviewers contradict each other; the later one counts" in shown
    assert "the graph was built with other decisions" in shown
    assert "Orla: 1 accept" in shown
    assert "nothing was added" in run("review", graph, "--reject", claim, "--reviewer", "Basil")[1]


def test_a_damaged_line_is_named_by_review_and_build(run: Run, graph: Path) -> None:
    run("review", graph, "--reject", accusation(graph))
    with (graph / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"decision": "rej\n')
    code, _, complaints = run("review", graph, "--status")
    assert (code, "decisions.jsonl:2 is no decision and was left alone" in complaints) == (1, True)
    code, _, complaints = run("build", graph.parent / "in", "--out", graph)
    assert (code, "decisions.jsonl:2: no decision, and left alone" in complaints) == (1, True)
    run("review", graph, "--undo")
    assert '{"decision": "rej' in (graph / "decisions.jsonl").read_text(encoding="utf-8").splitlines()


def test_a_file_elsewhere(run: Run, graph: Path, tmp_path: Path, ask: Callable[[str], list[str]]) -> None:
    ours = tmp_path / "ours.jsonl"
    run("review", graph, "--reject", accusation(graph), "--decisions", ours)
    assert not (graph / "decisions.jsonl").exists()
    run("build", graph.parent / "in", "--out", graph, "--decisions", ours)
    assert ask(ACCUSED) == []
    assert "1 in force" in run("review", graph, "--status")[1], "the folder knows where its decisions are"


def test_the_list_and_its_filters(run: Run, graph: Path) -> None:
    code, everything, _ = run("review", graph, "--list")
    assert code == 0
    assert everything.splitlines()[0].startswith("claim ")
    assert "accuses Bertram Sample" in everything.splitlines()[0]
    for flags, word in (
        (("--relation", "denies"), "denies"),
        (("--entity", "Cora Testwell", "--claims"), "Cora Testwell"),
        (("--article", "answer", "--links"), "link"),
    ):
        lines = run("review", graph, "--list", *flags)[1].splitlines()
        assert lines
        assert all(word in line for line in lines)
    assert run("review", graph, "--list", "--below", "0")[1] == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--reject", "row"], "is an article; name one of its claims"),
        (["--reject", "row:99"], "there is no number 99"),
        (["--link", "Ada Example", "42"], "'42' is no QID"),
        (["--link", "Ada Exampel", "Q42"], "did you mean 'Ada Example'"),
        (["--nil", "row:e99"], "has no entity 'e99'"),
        (["--same", "Ada Example", "Ada Example"], "both are called 'Ada Example'"),
        (["--relation", "accuse", "--list"], "did you mean 'accuses'"),
        (["--article", "rwo", "--list"], "did you mean 'row'"),
        (["--below", "7", "--list"], "a number from 0 to 1 is needed"),
        (["--reviewer", " ", "--list"], "the reviewer has no name"),
        (["--width", "5"], "at least 40 is needed"),
    ],
)
def test_wrong_usage_decides_nothing(run: Run, graph: Path, arguments: list[str], words: str) -> None:
    code, _, complaints = run("review", graph, "--accept", accusation(graph), *arguments)
    assert code == 2
    assert words in complaints
    assert not (graph / "decisions.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--undo", "0123"], "'0123' is no decision"),
        (["--undo"], "there is no decision of"),
        (["--why", "because"], "--why is the reason of a decision"),
        (["--claims", "--links"], "not allowed with"),
    ],
)
def test_what_has_no_sense_by_itself(run: Run, graph: Path, arguments: list[str], words: str) -> None:
    code, _, complaints = run("review", graph, *arguments)
    assert (code, words in complaints) == (2, True)


def test_a_folder_that_is_no_build(run: Run, tmp_path: Path) -> None:
    code, _, complaints = run("review", tmp_path)
    assert (code, "is no output of a build" in complaints) == (2, True)


def test_piped_answers_in_a_process_of_its_own(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "review", str(graph), "--reviewer", "Orla"]
    done = subprocess.run(command, input="a\ne\n", capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "saved: accepted: Ada Example accuses Bertram Sample: lying" in done.stdout
    assert "1 decision saved" in done.stdout


def test_ctrl_c_ends_the_sitting_and_keeps_what_was_decided(
    run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["a"])

    def answer(_question: str) -> str:
        for one in answers:
            return one
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", answer)
    code, shown, _ = run("review", graph)
    assert (code, "1 decision saved" in shown) == (0, True)
    assert (graph / "decisions.jsonl").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal(graph: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "review", str(graph), "--reviewer", "Orla", "--width", "80"]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, cwd=ROOT, close_fds=True)
    os.close(follower)
    try:
        shown = _until(leader, "? e > ")
        os.write(leader, b"r\n")
        _until(leader, "no reason) > ")
        os.write(leader, b"no\n")
        _until(leader, "? e > ")
        os.write(leader, b"\x04")  # end of input
        _until(leader, "1 decision saved")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    assert "[[" in shown
    row = json.loads((graph / "decisions.jsonl").read_text(encoding="utf-8"))
    assert (row["decision"], row["reason"], row["reviewer"]) == ("reject", "no", "Orla")


def _until(handle: int, words: str) -> str:
    """What the terminal shows up to these words; fails after a minute without."""
    shown, end = "", time.monotonic() + 60
    while words not in shown:
        ready, _, _ = select.select([handle], [], [], max(0.0, end - time.monotonic()))
        assert ready, f"{words!r} did not come: {shown}"
        shown += os.read(handle, 4096).decode("utf-8", "replace")
    return shown
