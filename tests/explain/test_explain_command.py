"""`kg explain` as a user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run

from kg.cli import main
from kg.model import EntityType
from kg.model.decision import Decision, NameKey, Verdict
from kg.nlp.pipeline import load_pipeline
from kg.review.lines import decision_line

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


def _copy(graph: Path, folder: Path) -> Path:
    """The files of a build that `kg explain` reads, to be changed."""
    out = folder / "out"
    out.mkdir()
    for name in ("annotations.jsonl", "entities.jsonl", "run.json"):
        (out / name).write_bytes((graph / name).read_bytes())
    return out


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


def test_an_entity_by_name_by_place_and_by_id(run: Run, graph: Path) -> None:
    code, shown, complaints = run("explain", "Bertram Sample", "--graph", graph)
    assert (code, complaints) == (0, "")
    assert shown.startswith("Bertram Sample (Person)")
    assert "no item of this name is known" in shown
    row = json.loads((graph / "annotations.jsonl").read_text(encoding="utf-8"))
    local = next(entity["id"] for entity in row["entities"] if entity["name"] == "Bertram Sample")
    known = [json.loads(line) for line in (graph / "entities.jsonl").read_text(encoding="utf-8").splitlines()]
    ident = next(entity["id"] for entity in known if entity["name"] == "Bertram Sample")
    assert run("explain", f"row:{local}", "--graph", graph)[1] == shown
    assert run("explain", ident, "--graph", graph)[1] == shown


def test_what_a_reviewer_decided(run: Run, graph: Path, tmp_path: Path) -> None:
    folder = _copy(graph, tmp_path)
    key = NameKey(EntityType.PERSON, "Bertram Sample")
    decision = Decision(Verdict.LINK, "2031-05-03T10:00:00Z", "A. B.", entities=(key,), wikidata="Q99000001")
    (folder / "decisions.jsonl").write_text(decision_line(decision) + "\n", encoding="utf-8")
    code, shown, _ = run("explain", "Bertram Sample", "--graph", folder)
    assert code == 0
    assert "A. B. on 2031-05-03: Q99000001" in shown
    assert "Q99000001, decided by A. B. on 2031-05-03" in shown


def test_a_name_that_several_have_lists_them(run: Run, graph: Path, tmp_path: Path) -> None:
    entities = [json.loads(line) for line in (graph / "entities.jsonl").read_text(encoding="utf-8").splitlines()]
    folder = _copy(graph, tmp_path)
    twice = [*entities, {**entities[0], "name": "Ada Example", "id": "person/ada-example-00000000", "members": []}]
    (folder / "entities.jsonl").write_text("".join(json.dumps(row) + "\n" for row in twice), encoding="utf-8")
    code, shown, _ = run("explain", "Ada example", "--graph", folder)
    assert (code, len(shown.splitlines())) == (0, 3)
    assert "'Ada example' may mean 2 entities; explain one by its id:" in shown


def test_an_entity_of_a_file_of_annotations(run: Run, graph: Path) -> None:
    code, shown, _ = run("explain", f"{graph / 'annotations.jsonl'}#Labour Party", "--graph", graph / "none")
    assert code == 0
    assert shown.startswith("Labour Party (Party)")
    assert "Q9630" in shown


def test_an_article_lists_claims_and_entities(run: Run, graph: Path) -> None:
    _, shown, _ = run("explain", "row", "--graph", graph)
    assert "explain one by number or hash" in shown
    assert re.search(r"^ +e\d+  Ada Example \(Person\)", shown, re.MULTILINE)


def test_a_claim_and_an_entity_of_one_name(run: Run, graph: Path, tmp_path: Path) -> None:
    folder = _copy(graph, tmp_path)
    _, shown, _ = run("explain", "row", "--graph", graph)
    start = next(word[:4] for word in shown.split() if len(word) == 16 and not set(word) - set("0123456789abcdef"))
    entities = folder / "entities.jsonl"
    text = entities.read_text(encoding="utf-8")
    entities.write_text(text.replace('"name": "Ada Example"', f'"name": "{start}"'), encoding="utf-8")
    code, _, complaints = run("explain", start, "--graph", folder)
    assert code == 2
    assert "is the start of a claim's hash and the name of person/ada-example-" in complaints


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
        (["Q99000099", "--graph", "{graph}"], 2, "is no entity of this graph"),
        (["row:e77", "--graph", "{graph}"], 2, "has no entity 'e77'"),
        (["Bertrand Sampel", "--graph", "{graph}"], 2, "is no claim and no entity here; did you mean 'Bertram Sample'"),
        ([], 2, "CLAIM_OR_ENTITY"),
    ],
)
def test_wrong_usage(run: Run, graph: Path, arguments: list[str], code: int, words: str) -> None:
    (graph / "broken.jsonl").write_text("{}\n", encoding="utf-8")
    found, _, complaints = run("explain", *(part.replace("{graph}", str(graph)) for part in arguments))
    assert found == code
    assert words in complaints


def test_an_entity_needs_no_pipeline(run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.annotator.load_pipeline", lambda *_: pytest.fail("the pipeline is loaded"))
    assert run("explain", "Ada Example", "--graph", graph)[0] == 0


def test_in_a_process_of_its_own(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "explain", "row:0", "--graph", str(graph), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
    assert "confidence" in done.stdout
