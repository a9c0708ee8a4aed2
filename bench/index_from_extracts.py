"""All extracts of a data folder as one index, by the ordinary `kg wikidata build`.

    python bench/index_from_extracts.py DATA OUT [--languages en,fr]

DATA holds the files named in SOURCES and TABLES below; those that are missing are left out. Two tables are made into
rows first; everything else is read as it is. Later files win over earlier ones, documents over rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.cli import main as kg

Row = dict[str, Any]
SOURCES = (
    "organisations.jsonl",
    "eps2022_positions.jsonl",
    "parties.jsonl",
    "outlets.jsonl",
    "people_dev.jsonl.gz",
    "wellknown_people.jsonl",
    "entity_json",
)


def main() -> int:
    """Make rows of the tables and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--languages", default="en")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [made for name, make in TABLES.items() if (made := write(arguments.data / name, make, Path(folder)))]
        sources = [*rows, *(path for name in SOURCES if (path := arguments.data / name).exists())]
        command = ["wikidata", "build", "--out", str(arguments.out), "--languages", arguments.languages]
        for source in sources:
            command += ["--from", str(source)]
        return kg(command)


def write(table: Path, make: Callable[[Iterable[dict[str, str]], Path], Iterator[Row]], folder: Path) -> Path | None:
    """The rows of a table as JSON lines; None if the table is missing."""
    if not table.exists():
        return None
    path = folder / f"{table.stem}.jsonl"
    with table.open(encoding="utf-8", newline="") as lines, path.open("w", encoding="utf-8") as out:
        rows = make(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), table.parent)
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def relatives(lines: Iterable[dict[str, str]], _: Path) -> Iterator[Row]:
    """People with the names of their relatives."""
    found: dict[str, Row] = {}
    for line in lines:
        if line["qid"] and line["name"] and line["relative_name"]:
            row = found.setdefault(line["qid"], {"qid": line["qid"], "label": line["name"], "type": "human", "kin": []})
            row["kin"].append(line["relative_name"])
    yield from found.values()


def hosts(lines: Iterable[dict[str, str]], folder: Path) -> Iterator[Row]:
    """Outlets with their web hosts, named as in the file of outlets, or else by the host."""
    labels = {}
    for text in (folder / "outlets.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        labels[row["qid"]] = row["label"]
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line["qid"], []).append(line["domain"])
    for qid, domains in found.items():
        yield {"qid": qid, "label": labels.get(qid, domains[0]), "type": "outlet", "domains": domains}


TABLES = {"eps2022_family.tsv": relatives, "outlets_domain_only.tsv": hosts}


if __name__ == "__main__":
    sys.exit(main())
