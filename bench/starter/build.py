"""Make the starter index of the package from a folder of Wikidata extracts.

    python bench/starter/build.py DATA_FOLDER [--out kg/wikidata/starter] [--people 900]

DATA_FOLDER holds people_dev.jsonl.gz, wellknown_people.jsonl, parties.jsonl, outlets.jsonl,
outlets_domain_only.tsv, organisations.jsonl, eps2022_positions.jsonl and eps2022_family.tsv.
Same folder and tables, same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import people
import things
from rows import Data, Table, write_rows

HERE = Path(__file__).resolve().parent


def main(argv: list[str] | None = None) -> int:
    """Build all files; 0 when done, 3 when a curated row does not fit the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the extracts")
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "kg" / "wikidata" / "starter")
    parser.add_argument("--people", type=int, default=900, help="how many people beside their namesakes")
    args = parser.parse_args(argv)
    data = Data(args.data)
    tables = {
        name: Table(HERE / f"{name}.tsv")
        for name in ("places", "parties", "outlets", "organisations", "positions", "people")
    }
    missing = [
        f"{name}: {row['qid']} {row['label']!r}"
        for name, table in tables.items()
        for row in table.rows
        if row["qid"] not in data.qids
    ]
    if missing:
        print("these curated QIDs do not stand in the data folder:", *missing, sep="\n  ")
        return 3
    for name, table in tables.items():
        for row in table.rows:
            known = data.names.get(row["qid"], set())
            if known and not data.same_name(row, known):
                print(f"note: {name} {row['qid']} is {row['label']!r} here and {sorted(known)[:4]} in the data")
    places = things.places(tables["places"], data)
    positions = things.positions(tables["positions"], data, places)
    parties = things.parties(tables["parties"], data, places)
    files = {
        "places": places,
        "positions": positions,
        "parties": parties,
        "outlets": things.outlets(tables["outlets"], data),
        "organisations": things.organisations(tables["organisations"]),
        "people": people.people(tables["people"], data, positions, parties, limit=args.people),
    }
    args.out.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, rows in files.items():
        size = write_rows(args.out / f"{name}.jsonl", rows)
        total += size
        print(f"{name}: {len(rows)} items, {size} bytes")
    given = people.given_names(data)
    size = write_rows(args.out / "given_names.jsonl", given)
    names = sum(len(row["names"]) for row in given)
    print(f"given_names: {names} names, {size} bytes; all {total + size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
