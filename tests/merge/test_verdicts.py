"""The decision table of docs/wikidata.md, row by row (cases.yaml), and what holds of every verdict."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from merge_cast import QID, case_of, gazetteer

from kg.merge.decide import Decision, decide
from kg.merge.known import Known
from kg.ontology import Ontology

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
    assert re.fullmatch(r"Wikidata (has|lacks|says) [^{}]*[^,; ]\.", decision.reason)
