"""Reading the extracts and the curated tables, writing the starter files."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.wikidata.names import fold, person_name

Row = dict[str, Any]


class Table:
    """A curated table; lists inside a cell are divided by `;`."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        names = [cell.split(" ")[0] for cell in lines[0].removeprefix("# ").split("\t")]
        self.rows: list[dict[str, str]] = [
            dict(zip(names, (cell.strip() for cell in [*line.split("\t"), *[""] * len(names)]), strict=False))
            for line in lines[1:]
            if line.strip()
        ]
        self.by_qid = {row["qid"]: row for row in self.rows}


def cells(text: str) -> list[str]:
    """The parts of a list cell."""
    return [part.strip() for part in text.split(";") if part.strip()]


class Data:
    """The extracts, read once; `qids` are all QIDs that stand anywhere in them."""

    def __init__(self, folder: Path) -> None:
        self.qids: set[str] = set()
        self.names: dict[str, set[str]] = defaultdict(set)
        people = self._jsonl(folder / "people_dev.jsonl.gz") + self._jsonl(folder / "wellknown_people.jsonl")
        self.people: dict[str, Row] = {row["qid"]: row for row in people}
        self.parties = self._jsonl(folder / "parties.jsonl")
        self.outlets = self._jsonl(folder / "outlets.jsonl")
        self.organisations = self._jsonl(folder / "organisations.jsonl")
        self.positions = self._jsonl(folder / "eps2022_positions.jsonl")
        self.family = self._tsv(folder / "eps2022_family.tsv")
        self.domains = self._tsv(folder / "outlets_domain_only.tsv")
        for path in sorted((folder / "sparql_results").glob("united-kingdom*.json")):
            self.qids.update(re.findall(r"/entity/(Q\d+)\"", path.read_text(encoding="utf-8")))
        for row in [*self.people.values(), *self.parties, *self.outlets, *self.organisations]:
            self.names[row["qid"]].update([row["label"], *row.get("aliases", [])])
            self.names[row["qid"]].update(row.get("labels", {}).get(key, "") for key in ("en",))
        for row in self.positions:
            self.names[row["id"]].update([row["position"], row["enwiki"]])
        for row in self.family:
            self.names[row["qid"]].add(row["name"])
            self.names[row["relative_qid"]].add(row["relative_name"])
        for names in self.names.values():
            names.discard("")

    def same_name(self, row: dict[str, str], known: set[str]) -> bool:
        """Whether a curated row's label or alias is one of the names that the data has for the QID."""
        ours = {fold(row["label"]), *map(fold, cells(row["aliases"])), person_name(row["label"]).short}
        return bool(ours & ({fold(name) for name in known} | {person_name(name).short for name in known}))

    def _read(self, path: Path) -> str:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
        self.qids.update(re.findall(r"\bQ\d+\b", text))
        return text

    def _jsonl(self, path: Path) -> list[Row]:
        return [json.loads(line) for line in self._read(path).splitlines() if line.strip()]

    def _tsv(self, path: Path) -> list[dict[str, str]]:
        lines = self._read(path).splitlines()
        names = lines[0].split("\t")
        return [dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:]]


def write_rows(path: Path, rows: list[Row]) -> int:
    """Write one JSON object a line without empty values; returns the file's size."""
    lines = [
        json.dumps(
            {k: v for k, v in row.items() if v not in (None, "", [], ())},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for row in rows
    ]
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return len(text.encode("utf-8"))


def by_qid(rows: list[Row]) -> list[Row]:
    """Sorted by the number in the QID."""
    return sorted(rows, key=lambda row: int(row["qid"][1:]))
