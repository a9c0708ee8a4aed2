"""A build with an index of whole documents: a claim of each verdict, in the dataset, the counts and the queries."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Run
from merge_cast import CAST, NAMESAKE, QID, gazetteer

from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.item import WikidataItem

ADA, BRUNO, CORA, DORIAN = "Ada Example", "Bruno Placeholder", "Cora Sampleton", "Dorian Specimen"
WIKIDATA = {
    ADA: [
        {"P102": "Lantern Party", "from": "2010-05", "to": "2018-02", "rank": "preferred"},
        {"P39": "Mayor of Quayside", "from": "2012"},
    ],
    BRUNO: [{"P102": "Harbour League", "from": "2009"}],
    CORA: [{"P26": "?"}],
    DORIAN: [{"P22": "Kit Undisclosed"}],
}
KNOWN = {
    ADA: {
        "parties": (Tenure("Lantern Party", QID["Lantern Party"], "2010", "2018"),),
        "offices": (Tenure("Mayor of Quayside", QID["Mayor of Quayside"], "2012"),),
    },
    BRUNO: {"parties": (Tenure("Harbour League", QID["Harbour League"], "2009"),)},
}
ARTICLES = {
    "2016-04-28": (
        "Ada Example, a member of the Lantern Party, criticised the council on Thursday. Harbour League councillor "
        "Bruno Placeholder defended it. Mr Placeholder is married to Ada Example."
    ),
    "2020-02-03": (
        "Ada Example, the former Mayor of Quayside, met Cora Sampleton on Monday. Ms Sampleton is married to Dorian "
        "Specimen."
    ),
    "2020-02-04": "Harbour League councillor Bruno Placeholder spoke on Monday with his son, Dorian Specimen.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = gazetteer(WIKIDATA)
    path = tmp_path_factory.mktemp("beside") / "invented.idx"
    entries = []
    for name, item in CAST.items():
        if name != NAMESAKE:
            known: Item = replace(item, prior=0.9, **KNOWN.get(name, {}))  # type: ignore[arg-type]
            document = documents.statements(item.qid) or WikidataItem(item.qid, labels={"en": item.label})
            entries.append(Entry(known, document))
    write_index(path, sorted(entries, key=lambda entry: int(entry.item.qid[1:])), meta={})
    return path


@pytest.mark.slow
def test_a_build_has_claims_of_every_verdict_beside_wikidata(run: Run, index: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"id": day, "published": day, "text": text}) for day, text in ARTICLES.items()]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    code, _, error = run("build", tmp_path / "articles.jsonl", "--out", out, "--index", index, "--wikidata", "offline")
    assert code == 0, error
    counts = json.loads((out / "run.json").read_text("utf-8"))["counts"]
    verdicts = ("agrees", "adds", "conflicts", "morePrecise", "outOfDate")
    assert all(counts[verdict] for verdict in verdicts), counts
    assert counts["compared"] == sum(counts[verdict] for verdict in verdicts)

    code, found, _ = run("verify", out)
    assert (code, "0 problems" in found) == (0, True)

    asked = {
        "conflicts-with-wikidata": (DORIAN, "childOf", BRUNO, "Kit Undisclosed"),
        "out-of-date": (ADA, "holdsPosition", "Mayor of Quayside", "without an end"),
        "new-to-wikidata": (CORA, "spouseOf", DORIAN, "morePrecise"),
        "beside-wikidata": (ADA, "memberOf", "Lantern Party", "agrees"),
    }
    for query, words in asked.items():
        code, found, error = run("query", query, "--graph", out, "--format", "csv")
        assert code == 0, error
        assert any(all(word in line for word in words) for line in found.splitlines()), (query, found)
    code, found, _ = run("query", "wikidata-facts", "--param", f"person={ADA}", "--graph", out, "--format", "csv")
    rows = [line for line in found.splitlines() if "P102" in line]
    assert len(rows) == 1
    assert all(word in rows[0] for word in ("Lantern Party", "2010-05,2018-02,preferred", "member of political party"))
