"""All that the extracts hold, in memory: a gazetteer to measure with, without building an index."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.wikidata.flat import summary_from_row
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.starter import load_starter

TABLES = ("wellknown_people", "people_dev", "parties", "outlets", "organisations", "eps2022_positions")


def everybody(folder: Path) -> Gazetteer:
    """The starter index, then all people, parties, outlets, organisations and offices of the extracts."""
    labels: dict[str, str] = {}
    rows = {}
    for table in TABLES:
        for row in table_rows(folder, table):
            qid = row.get("qid") or row["id"]
            labels.setdefault(qid, row.get("label") or row["position"])
            rows.setdefault(qid, row)
    items: list[Item] = [summary_from_row(row, labels.get) for row in rows.values()]
    return LayeredGazetteer([load_starter(), MemoryGazetteer(items, digest="everybody")])


def table_rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of the extracts, plain or packed."""
    plain = folder / f"{table}.jsonl"
    packed = folder / f"{table}.jsonl.gz"
    text = plain.read_text(encoding="utf-8") if plain.exists() else gzip.decompress(packed.read_bytes()).decode("utf-8")
    return map(json.loads, text.splitlines())
