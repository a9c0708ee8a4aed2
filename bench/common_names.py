"""Which surnames and given names are common.

    python bench/common_names.py DATA_FOLDER

Counts the people of the extracts and writes `kg/resolve/common_names.json`, which tells the linker how much a full name
says by itself: nobody would take "Ada Quimby" for another, but a John Smith says little.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from everybody import table_rows

from kg.wikidata.flat import summary_from_row
from kg.wikidata.names import person_name

OUT = Path(__file__).resolve().parents[1] / "kg" / "resolve" / "common_names.json"
SURNAMES, GIVEN = 5, 18
"""How many of the people must bear a name for it to be common."""


def main(argv: list[str] | None = None) -> int:
    """Write the file; always 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the extracts")
    folder = parser.parse_args(argv).data
    surnames: Counter[str] = Counter()
    given: Counter[str] = Counter()
    digest = hashlib.sha256()
    for row in table_rows(folder, "people_dev"):
        digest.update(row["label"].encode())
        name = person_name(summary_from_row(row).label)
        if len(name.words) > 1:
            surnames[name.surname] += 1
            given[name.words[0]] += 1
    table = {
        "note": f"Made by bench/common_names.py: names of at least {SURNAMES} (surnames) or {GIVEN} (given names) of "
        f"{sum(surnames.values())} people in public life; digest of their names {digest.hexdigest()[:16]}.",
        "surnames": sorted(name for name, n in surnames.items() if n >= SURNAMES and len(name) > 1),
        "given": sorted(name for name, n in given.items() if n >= GIVEN and len(name) > 1),
    }
    print({key: len(value) for key, value in table.items()})
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
