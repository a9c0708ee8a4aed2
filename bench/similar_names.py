"""How often similar names are the right person's: spellings of other languages, and people who are not in the index.

    python bench/similar_names.py DATA_FOLDER [--examples]

DATA_FOLDER holds people_dev.jsonl.gz (flat rows of people with labels by language). First everybody is in the index by
the English label and is asked for by the label of each other language; then only half of them are in, and the other
half is asked for, so that each answer is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from kg.model import EntityType
from kg.wikidata.flat import summary_from_row
from kg.wikidata.gazetteer import Item
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.names import fold


def main() -> None:
    """Print how often whom `similar` answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--examples", action="store_true", help="print some of the wrong answers")
    arguments = parser.parse_args()
    with gzip.open(arguments.folder / "people_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    people = [{**row, "label": summary_from_row(row).label} for row in rows if len(row["label"].split()) > 1]
    _languages(people, arguments.examples)
    _strangers(people, arguments.examples)


def _languages(people: list[dict[str, Any]], examples: bool) -> None:
    gazetteer = _gazetteer(people)
    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in people:
        for language, name in row["labels"].items():
            if language != "en" and fold(name) != fold(row["label"]):
                how = _met(gazetteer, name, row["qid"])
                met[language][how] += 1
                if examples and how == "another":
                    print(f"  {name!r} is like {gazetteer.similar(name)[0].item.label!r}, not {row['label']!r}")
    print("labels of other languages that are written otherwise than the English one:")
    for language, counts in sorted(met.items()):
        print(f"  {language} {counts.total()}: " + ", ".join(f"{how} {n}" for how, n in counts.most_common()))


def _met(gazetteer: MemoryGazetteer, name: str, qid: str) -> str:
    exact = gazetteer.candidates(name)
    if exact:
        return "exact" if qid in {item.qid for item in exact} else "exact, another"
    found = gazetteer.similar(name)
    if not found:
        return "not found"
    return found[0].kind.name if found[0].item.qid == qid else "another"


def _strangers(people: list[dict[str, Any]], examples: bool) -> None:
    random.Random(1).shuffle(people)
    half = len(people) // 2
    gazetteer = _gazetteer(people[:half])
    wrong: Counter[str] = Counter()
    for row in people[half:]:
        if not gazetteer.candidates(row["label"]):
            found = gazetteer.similar(row["label"])
            wrong[f"{found[0].kind.name}, {found[0].edits} edits" if found else "nobody"] += 1
            if examples and found:
                print(f"  {row['label']!r} is like {found[0].item.label!r}")
    share = 1 - wrong["nobody"] / wrong.total()
    print(f"of {wrong.total()} people who are not in an index of {half}, {share:.1%} are similar to one who is:")
    print("  " + ", ".join(f"{how}: {n}" for how, n in wrong.most_common()))


def _gazetteer(people: list[dict[str, Any]]) -> MemoryGazetteer:
    return MemoryGazetteer(Item(row["qid"], row["label"], EntityType.PERSON) for row in people)


if __name__ == "__main__":
    main()
