"""The decision table of docs/wikidata.md, row by row (cases.yaml), and what holds of every verdict."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from merge_cast import QID, case_of, gazetteer

from kg.merge.case import BESIDE
from kg.merge.decide import Decision, decide
from kg.merge.known import Known
from kg.merge.properties import LABELS, WRITTEN
from kg.merge.verdict import Verdict
from kg.ontology import Ontology
from kg.rdf.vocab import VERDICTS

ROWS: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
CASES = [pytest.param(case, id=f"{row}: {case['name']}") for row, cases in ROWS.items() for case in cases]
DOCS = (Path(__file__).parents[2] / "docs/wikidata.md").read_text("utf-8")


def decided(row: dict[str, Any], ontology: Ontology) -> Decision | None:
    return decide(case_of(row["claim"], ontology), Known(gazetteer(row["wikidata"], rows=row.get("rows", False))))


@pytest.mark.parametrize("row", CASES)
def test_verdict(row: dict[str, Any], ontology: Ontology) -> None:
    decision = decided(row, ontology)
    assert row["expect"] == ("none" if decision is None else decision.verdict.value), decision
    if decision is None:
        return
    if "item" in row:
        assert decision.place.item == QID[row["item"]]
    if "statement" in row:
        assert decision.statement is not None
        assert decision.statement.id == f"{decision.place.item}$case-{row['statement']}"
    assert re.fullmatch(
        rf"{'The index' if row.get('rows') else 'Wikidata'} (has|lacks|says) [^{{}}]*[^,; ]\.", decision.reason
    )


def test_the_table_and_the_cases_have_the_same_rows() -> None:
    table = DOCS.split("### The decision table")[1]
    rows = dict(re.findall(r"^\| ([A-Z][0-9]) \|.*\| (\w+) \|$", table, re.MULTILINE))
    assert rows.keys() == ROWS.keys()
    for row, verdict in rows.items():
        assert verdict in {case["expect"] for case in ROWS[row]}, row


def test_every_verdict_has_cases() -> None:
    expected = {case["expect"] for cases in ROWS.values() for case in cases}
    assert expected == {verdict.value for verdict in Verdict} | {"none"}


def test_every_verdict_is_in_the_ontology_and_in_the_docs(ontology_folder: Path) -> None:
    turtle = (ontology_folder / "kg.ttl").read_text("utf-8")
    for verdict in Verdict:
        assert f"kg:{verdict} a kg:Verdict" in turtle
        assert f"| `kg:{verdict}` |" in DOCS
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}


def test_the_written_properties_are_those_of_the_ontology(ontology_folder: Path) -> None:
    labels = dict(
        re.findall(
            r'^wd:(P\d+) a wikibase:Property ; rdfs:label "(.*?)"',
            (ontology_folder / "wikidata.ttl").read_text("utf-8"),
            re.MULTILINE,
        )
    )
    assert labels == LABELS
    assert set(WRITTEN) == set(LABELS)


def test_every_property_that_is_compared_is_written(ontology: Ontology) -> None:
    compared = {name for relation in ontology.relations for name in (*relation.wikidata, *relation.wikidata_inverse)}
    compared |= {name for names in BESIDE.values() for name in names}
    assert compared <= set(WRITTEN)
    assert {"P488", "P169", "P40", "P26"} <= compared
