"""How well the linker tells namesakes apart: people of one name in a data folder, each in a made-up article.

    python bench/namesakes.py DATA_FOLDER

Every person who shares a name with another gets one article a setting: nothing but the name; the country; the
country with party and office; the party and office alone. Counted is who is linked rightly, wrongly, or not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent / "starter"))

import people
import things
from rows import Data, Table

from kg.model import (
    Annotation,
    Article,
    Claim,
    EntityType,
    LocalEntity,
    Mention,
    MentionKind,
    PartialDate,
    Span,
)
from kg.resolve import link_article
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.names import person_name
from kg.wikidata.starter import item_of, load_starter

HERE = Path(__file__).resolve().parent
SETTINGS = ("name", "country", "country, party, office", "party, office")


def main(argv: list[str] | None = None) -> int:
    """Print the table; always 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the extracts")
    gazetteer = everybody(parser.parse_args(argv).data)
    groups: dict[str, list[Item]] = {}
    for item in gazetteer.items:
        if item.type is EntityType.PERSON and item.country is not None and item.offices:
            groups.setdefault(person_name(item.label).full, []).append(item)
    shared = [item for group in groups.values() if len(group) > 1 for item in group]
    print(f"{len(gazetteer)} items, {len(shared)} people who share a name")
    for setting in SETTINGS:
        start = time.perf_counter()
        counts = Counter(outcome(item, setting, gazetteer) for item in shared)
        linked = counts["right"] + counts["wrong"]
        print(
            f"{setting:24} right {counts['right']:4}  wrong {counts['wrong']:4}  open {counts['open']:4}  "
            f"precision {counts['right'] / max(1, linked):.3f}  recall {counts['right'] / len(shared):.3f}  "
            f"{(time.perf_counter() - start) / len(shared) * 1000:.2f} ms an article"
        )
    return 0


def everybody(folder: Path) -> MemoryGazetteer:
    """The starter index with all people of the data folder."""
    data = Data(folder)
    tables = {name: Table(HERE / "starter" / f"{name}.tsv") for name in ("places", "positions", "parties", "people")}
    places = things.places(tables["places"], data)
    positions = things.positions(tables["positions"], data, places)
    parties = things.parties(tables["parties"], data, places)
    rows = people.people(tables["people"], data, positions, parties, limit=10**6)
    rest = [item for item in load_starter().items if item.type is not EntityType.PERSON]
    return MemoryGazetteer([*rest, *(item_of(row, EntityType.PERSON) for row in rows)])


def outcome(item: Item, setting: str, gazetteer: Gazetteer) -> str:
    """Whether the person is linked in an article of the setting: right, wrong or open."""
    found = link_article(article(item, setting, gazetteer), gazetteer).entities[0].wikidata
    return "open" if found is None else "right" if found == item.qid else "wrong"


def article(item: Item, setting: str, gazetteer: Gazetteer) -> Annotation:
    """A made-up article about a person, in the middle of the latest dated office."""
    known = person_name(item.label)
    name = f"{known.full} {known.suffix}".strip().title()
    entities = [LocalEntity("e1", EntityType.PERSON, name)]
    claims = []
    text = f"{name} spoke for an hour."
    if "office" in setting:
        entities.append(LocalEntity("e2", EntityType.POSITION, item.offices[0].name))
        claims.append(Claim("holdsPosition", "e1", "e2", Span(0, 5), 0, "bench", 1.0))
        if item.parties:
            entities.append(LocalEntity("e3", EntityType.PARTY, item.parties[0].name))
            claims.append(Claim("memberOf", "e1", "e3", Span(0, 5), 0, "bench", 1.0))
    country = gazetteer.item(item.country or "")
    if "country" in setting and country is not None:
        text += f" All of {country.label} heard it, and {country.label} was glad."
    day = next((t.start for t in item.offices if t.start), None)
    return Annotation(
        Article(item.qid, text, published=None if day is None else PartialDate.parse(day)),
        tuple(entities),
        (Mention(Span(0, len(name)), MentionKind.NAME, "e1"),),
        tuple(claims),
    )


if __name__ == "__main__":
    raise SystemExit(main())
