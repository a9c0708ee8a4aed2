"""`kg export` as a user meets it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from command_line import Run
from export_press import CAST, press

from kg.config import Settings
from kg.model import Annotation
from kg.model.decision import Decision, Decisions, NameKey, Verdict
from kg.rdf.namespaces import Namespaces
from kg.review.judged import judged_claim
from kg.review.lines import decision_line
from kg.run.artifacts import write_annotations, write_entities
from kg.run.record import RunRecord, write_record
from kg.wikidata.gazetteer import Item
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, WikidataItem

ANNOTATIONS, RESOLUTION = press()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index in which nobody but Dagny Ollerenquist is in a party."""
    path = tmp_path_factory.mktemp("index") / "index"
    linked = sorted((e for e in CAST.values() if e.wikidata), key=lambda e: e.id)
    write_index(path, [Entry(Item(e.id, e.name, e.type), _document(e.id)) for e in linked], meta={})
    return path


def _document(qid: str) -> WikidataItem:
    human = Statement(Snak("P31", SnakType.VALUE, EntityRef("Q5")), id=f"{qid}$1")
    party = Statement(Snak("P102", SnakType.VALUE, EntityRef("Q990000012")), id=f"{qid}$2")
    return WikidataItem(qid, statements=(human, party) if qid == "Q990000004" else (human,))


@pytest.fixture
def graph(tmp_path: Path, index: Path) -> Path:
    """What a build of the press leaves, as far as exports read it."""
    folder = tmp_path / "out"
    folder.mkdir()
    write_annotations(folder / "annotations.jsonl", ANNOTATIONS)
    write_entities(folder / "entities.jsonl", RESOLUTION.entities)
    start, end = "2031-05-01T09:59:00+00:00", "2031-05-01T10:00:00+00:00"
    write_record(folder / "run.json", RunRecord("", start, end, (), {}, (), asdict(Settings(index=str(index)))))
    return folder


def decide(graph: Path, *decisions: Decision) -> None:
    text = "".join(decision_line(decision) + "\n" for decision in decisions)
    (graph / "decisions.jsonl").write_text(text, encoding="utf-8")


def memberships() -> list[tuple[Annotation, int]]:
    return [
        (annotation, number)
        for annotation in ANNOTATIONS
        for number, claim in enumerate(annotation.claims)
        if claim.relation == "memberOf"
    ]


def accept(annotation: Annotation, number: int, verdict: Verdict = Verdict.ACCEPT) -> Decision:
    return Decision(verdict, "2031-05-03T10:00:00Z", "A. B.", claim=judged_claim(annotation, number, Namespaces()))


def export(run: Run, graph: Path, *more: str) -> tuple[int, list[str], str, str]:
    out = graph / "additions.qs"
    code, shown, complaints = run("export", "quickstatements", "--graph", graph, "--out", out, *more)
    lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
    return code, lines, shown, complaints


def test_nothing_is_offered_before_somebody_has_accepted_it(run: Run, graph: Path) -> None:
    code, lines, shown, complaints = export(run, graph)
    assert (code, lines, complaints) == (0, [], "")
    assert "0 commands for 0 statements" in shown
    assert re.search(r"^ +\d+  not reviewed$", shown, re.MULTILINE)
    assert f"kg review {graph} --claims shows them one by one" in shown


def test_accepted_additions_come_out_and_nothing_else_does(run: Run, graph: Path) -> None:
    everything = [accept(a, number) for a in ANNOTATIONS for number in range(len(a.claims))]
    decide(graph, *everything)
    code, lines, shown, _ = export(run, graph, "--retrieved", "2031-05-06")
    assert code == 0
    assert lines
    assert lines == sorted(lines)
    for line in lines:
        fields = line.split("\t")
        assert fields[1] == "P102"
        assert fields[2] in ("Q990000011", "Q990000012")
        assert re.fullmatch(r'"https://news\.invalid/saltmarsh/\d+"', fields[fields.index("S854") + 1])
        assert fields[-2:] == ["S813", "+2031-05-06T00:00:00Z/11"]
    assert {line.split("\t")[0] for line in lines} == {"Q990000001", "Q990000002", "Q990000003"}
    text = "\n".join(lines)
    hostile = [claim.detail for a in ANNOTATIONS for claim in a.claims if claim.relation in ("accuses", "criticizes")]
    assert not any(detail in text for detail in hostile if detail)
    assert "not reviewed" not in shown
    assert "kg review" not in shown
    assert re.search(rf"{len(lines)} commands for 3 statements", shown)


def test_today_is_the_day_of_reading_and_runs_are_equal(run: Run, graph: Path) -> None:
    annotation, number = memberships()[0]
    decide(graph, accept(annotation, number))
    _, lines, _, _ = export(run, graph)
    assert len(lines) == 1
    assert re.search(r"S813\t\+20\d\d-\d\d-\d\dT00:00:00Z/11$", lines[0])
    assert export(run, graph)[1] == lines


def test_rejected_and_undone_decisions_offer_nothing(run: Run, graph: Path) -> None:
    annotation, number = memberships()[0]
    decide(graph, accept(annotation, number, Verdict.REJECT))
    assert export(run, graph)[1] == []
    accepted = accept(annotation, number)
    decide(graph, accepted, Decision(Verdict.UNDO, "2031-05-04T10:00:00Z", "A. B.", undoes=accepted.id))
    assert export(run, graph)[1] == []


def test_without_an_index_it_says_what_is_needed(run: Run, graph: Path) -> None:
    record = json.loads((graph / "run.json").read_text(encoding="utf-8"))
    record["settings"]["index"] = ""
    (graph / "run.json").write_text(json.dumps(record), encoding="utf-8")
    code, lines, shown, _ = export(run, graph)
    assert (code, lines) == (0, [])
    assert "(kg wikidata build)" in shown


def test_links_decided_after_the_build_ask_for_a_new_build(run: Run, graph: Path) -> None:
    key = NameKey(CAST["Ottoline Brackwater"].type, "Ottoline Brackwater")
    late = Decision(Verdict.NIL, "2031-05-02T10:00:00Z", "A. B.", entities=(key,))
    decide(graph, late)
    code, lines, _, complaints = export(run, graph)
    assert (code, lines) == (2, [])
    assert "1 decision on who is who, the last by 'A. B.' at 2031-05-02T10:00:00Z, came after the graph" in complaints
    record = json.loads((graph / "run.json").read_text(encoding="utf-8"))
    record["decisions"] = Decisions.of([late]).digest
    (graph / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert export(run, graph)[0] == 0
    decide(graph, Decision(Verdict.NIL, "2031-04-02T10:00:00Z", "A. B.", entities=(key,)))
    assert export(run, graph)[0] == 0


def test_explain_says_the_same_of_a_claim(run: Run, graph: Path) -> None:
    annotation, number = memberships()[0]
    decide(graph, accept(annotation, number))
    ask = ("explain", f"{annotation.article.id}:{number}", "--graph", graph, "--quick")
    code, shown, _ = run(*ask)
    text = " ".join(shown.split())
    assert code == 0
    assert "reviewed accepted by A. B. on 3 May 2031" in text
    assert "Wikidata Wikidata has no such statement" in text
    assert "member of political party (P102)" in text
    assert "https://www.wikidata.org/wiki/Q990000001#P102" in text


def test_damaged_decisions_are_said(run: Run, graph: Path) -> None:
    (graph / "decisions.jsonl").write_text("nonsense\n", encoding="utf-8")
    code, _, _, complaints = export(run, graph)
    assert code == 0
    assert "line 1 of the decisions is not read" in complaints


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "FORMAT"),
        (["turtle"], 2, "quickstatements"),
        (["quickstatements"], 2, "--out"),
        (["quickstatements", "--graph", "none", "--out", "x"], 2, "is no output of a build"),
        (["quickstatements", "--graph", "{graph}", "--out", "{graph}/none/x"], 3, "check that the folder exists"),
        (["quickstatements", "--graph", "{graph}", "--out", "x", "--index", "{graph}/none"], 3, "index"),
        (["quickstatements", "--out", "x", "--retrieved", "May"], 2, "'May' is no day such as 2031-05-03"),
    ],
)
def test_wrong_usage(run: Run, graph: Path, arguments: list[str], code: int, words: str) -> None:
    found, _, complaints = run("export", *(part.replace("{graph}", str(graph)) for part in arguments))
    assert found == code
    assert words in complaints
