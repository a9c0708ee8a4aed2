"""Invented Wikibase entities, and files of them, for the tests of building an index."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HUMAN, PARTY, POSITION, NEWSPAPER = "Q5", "Q7278", "Q4164871", "Q11032"
Document = dict[str, Any]


def ref(property_id: str, qid: str, *, qualifiers: Document | None = None, rank: str = "normal") -> Document:
    """A statement that points to an item."""
    statement: Document = {
        "mainsnak": {
            "snaktype": "value",
            "property": property_id,
            "datavalue": {
                "value": {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid},
                "type": "wikibase-entityid",
            },
            "datatype": "wikibase-item",
        },
        "type": "statement",
        "id": f"X${property_id}-{qid}",
        "rank": rank,
        "references": [{"hash": "abc", "snaks": {}, "snaks-order": []}],
    }
    if qualifiers:
        statement |= {"qualifiers": qualifiers, "qualifiers-order": list(qualifiers)}
    return statement


def time(property_id: str, day: str, precision: int = 11) -> Document:
    """A snak with a date."""
    return {
        "snaktype": "value",
        "property": property_id,
        "datavalue": {
            "value": {
                "time": f"+{day}T00:00:00Z",
                "timezone": 0,
                "before": 0,
                "after": 0,
                "precision": precision,
                "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
            },
            "type": "time",
        },
        "datatype": "time",
    }


def entity(qid: str, label: str | None, *classes: str, links: int = 0, **more: Any) -> Document:
    """An item with an English label; `claims` are further statements by property, `labels` and the like as they are."""
    claims: Document = {"P31": [ref("P31", name) for name in classes]} if classes else {}
    for property_id, statements in more.pop("claims", {}).items():
        claims[property_id] = statements
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}} if label is not None else {},
        "descriptions": {},
        "aliases": {},
        "claims": claims,
        "sitelinks": {f"w{i}wiki": {"site": f"w{i}wiki", "title": label, "badges": []} for i in range(links)},
        "modified": "2020-02-02T00:00:00Z",
        **more,
    }


def person(number: int, **more: Any) -> Document:
    """One of many people."""
    return entity(f"Q{99000000 + number}", f"Ada Example {_roman(number)}", HUMAN, **more)


def dump(entities: Iterable[Document | str | bytes]) -> bytes:
    """A dump as Wikidata writes it; what is no document stands in it as it is."""
    lines = [_line(one) for one in entities]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def jsonl(entities: Iterable[Document | str | bytes]) -> bytes:
    """The same as JSON lines."""
    return b"".join(_line(one) + b"\n" for one in entities)


def write(path: Path, data: bytes) -> Path:
    """Write a file, packed as its name says."""
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(data))
    return path


def world() -> list[Document]:
    """People, a party, an office, a paper, a country, an organisation told by its class only, and ballast."""
    held = {"P580": [time("P580", "2001-05-01")], "P582": [time("P582", "2005-06-30")]}
    return [
        entity(
            "Q99000001",
            "Ada Example",
            HUMAN,
            links=7,
            aliases={"en": [{"language": "en", "value": "Senator Placeholder"}]},
            claims={
                "P102": [ref("P102", "Q99000003")],
                "P39": [ref("P39", "Q99000004", qualifiers=held)],
                "P569": [{"mainsnak": time("P569", "1950-03-02"), "type": "statement", "rank": "normal", "id": "Y$1"}],
            },
        ),
        entity("Q99000002", "Bertram Sample", HUMAN),
        entity("Q99000003", "Teapot Party", PARTY),
        entity("Q99000004", "Minister of Biscuits", claims={"P279": [ref("P279", POSITION)]}),
        entity("Q99000005", "Daily Kettle", "Q99000010", claims={"P279": []}),
        entity("Q99000006", "Kettleland", "Q6256"),
        entity("Q99000007", "Small Village", "Q532", links=1),
        entity("Q99000008", "On Kettles and Their Kin", "Q13442814"),
        entity("Q99000009", "A Thing", "Q99000012"),
        # The classes come after what they are classes of, as they may in a dump.
        entity("Q99000010", "weekly kettle paper", claims={"P279": [ref("P279", "Q99000011")]}),
        entity("Q99000011", "kettle paper", claims={"P279": [ref("P279", NEWSPAPER), ref("P279", "Q99000010")]}),
        {"type": "property", "id": "P31", "labels": {}, "claims": {}},
        {"type": "lexeme", "id": "L7", "lemmas": {}},
    ]


def many(number: int, first: int = 1000) -> Sequence[Document]:
    """Many people."""
    return [person(i) for i in range(first, first + number)]


def _line(one: Document | str | bytes) -> bytes:
    if isinstance(one, bytes):
        return one
    return one.encode() if isinstance(one, str) else json.dumps(one, separators=(",", ":")).encode()


def _roman(number: int) -> str:
    """A surname of letters only, another one for each number."""
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return letters.capitalize()
