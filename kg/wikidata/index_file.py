"""The form of an index file: an SQLite database with these tables, told by its header.

Items are numbered by their QID's number. `name` holds the keys of `kg.wikidata.keys`; its `role` is a `MatchKind`,
SHORTENED for a person's name without the middle initials, or SHORTER for one without any middle names. `rank` is minus
the item's prior, so that reading in the order of the key is reading the best known first. `sound` and `near` are for
similar names (`kg.wikidata.similar`).
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import document_of, item_of

APPLICATION_ID = 0x6B675749
"""Stands in the header of every index ("kgWI")."""

FORMAT = 1
"""Raise this whenever tables, packing, or the keys of names change."""

SHORTENED, SHORTER = 100, 101
PAGE_SIZE = 4096

TABLES = """
CREATE TABLE item (number INTEGER PRIMARY KEY, summary BLOB NOT NULL);
CREATE TABLE document (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, role INTEGER NOT NULL, number INTEGER NOT NULL, initials TEXT NOT NULL,
    PRIMARY KEY (key, role, number, initials)) WITHOUT ROWID;
CREATE TABLE surname (key TEXT NOT NULL, rank REAL NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, rank, number)) WITHOUT ROWID;
CREATE TABLE domain (key TEXT NOT NULL, rank REAL NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, rank, number)) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (sound, key)) WITHOUT ROWID;
CREATE TABLE near (variant TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (variant, word)) WITHOUT ROWID;
CREATE TABLE place (rank REAL NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (rank, number)) WITHOUT ROWID;
CREATE TABLE total (type TEXT PRIMARY KEY, items INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

_MAGIC = b"SQLite format 3\0"
_COMMON = (
    b'{"type":"item","id":"Q","labels":{"en":{"language":"en","value":"}},"descriptions":{"en":{"language":"en",'
    b'"value":"politician"}},"aliases":{"en":[{"language":"en","value":"}]},"claims":{"P735":[{"mainsnak":{"snaktype":'
    b'"somevalue","property":"P102","datatype":"time"},"type":"statement","rank":"deprecated","id":"q"},{"mainsnak":'
    b'{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":'
    b'"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","rank":"preferred","id":"Q$"}],"P569":'
    b'[{"mainsnak":{"snaktype":"value","property":"P569","datavalue":{"value":{"time":"+1950-01-01T00:00:00Z",'
    b'"timezone":0,"before":0,"after":0,"precision":11,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"},'
    b'"type":"time"},"datatype":"time"},"type":"statement","rank":"normal","id":"Q-"}],"P39":[{"qualifiers":{"P580":'
    b'[{"snaktype":"value","property":"P580"}],"P582":[{"snaktype":"value","property":"P582"}]},"qualifiers-order":'
    b'["P580","P582"]}]},"sitelinks":{"enwiki":{"site":"enwiki","title":"","badges":[]}}}'
)
"""What documents have in common, for compressing them one by one."""


def number_of(qid: str) -> int | None:
    """The number of a QID, None for what is none."""
    digits = qid[1:]
    if qid[:1] == "Q" and digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) < 19:
        return int(digits)
    return None


def summary_line(item: Item) -> bytes:
    """An item but for its QID as JSON; the same for equal items."""
    values = [getattr(item, name) for name in _FIELDS]
    for i in _TENURES:
        values[i] = [(held.name, held.qid, held.start, held.end) for held in values[i]]
    return _line(values)


def summary_read(qid: str, line: bytes) -> Item:
    """The item of `summary_line`."""
    values = json.loads(line.decode("utf-8", "surrogatepass"))
    for i in _TENURES:
        values[i] = [Tenure(*held) for held in values[i]]
    for i in _LISTS:
        values[i] = tuple(values[i])
    values[_TYPE] = _TYPES[values[_TYPE]]
    return Item(qid, *values)


def document_line(document: WikidataItem) -> bytes:
    """A document as JSON."""
    return _line(document_of(document))


def document_read(line: bytes) -> WikidataItem | None:
    """The document of `document_line`."""
    return item_of(json.loads(line.decode("utf-8", "surrogatepass")))


def pack(line: bytes) -> bytes:
    """A line, compressed."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, _COMMON)
    return packer.compress(line) + packer.flush()


def unpack(packed: bytes) -> bytes:
    """The line of `pack`; zlib.error for anything else."""
    return zlib.decompressobj(-15, _COMMON).decompress(packed)


def check(path: Path) -> None:
    """IndexFormatError where there is no whole index of this program's version at `path`."""
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise IndexFormatError(
            f"there is no Wikidata index at {str(path)!r}; build one with `kg wikidata build`"
        ) from error
    except OSError as error:
        raise IndexFormatError(
            f"the Wikidata index {str(path)!r} cannot be read ({error.strerror}); name a file that can be"
        ) from error
    if len(header) < 100 or not header.startswith(_MAGIC) or _number(header, 68, 4) != APPLICATION_ID:
        raise IndexFormatError(f"{str(path)!r} is no Wikidata index; name a file that `kg wikidata build` has written")
    version = _number(header, 60, 4)
    if version != FORMAT:
        raise IndexFormatError(
            f"the Wikidata index {str(path)!r} is of version {version}, and this program reads version {FORMAT}; "
            "build it again with `kg wikidata build`"
        )
    if _number(header, 28, 4) * _number(header, 16, 2) != size:
        raise IndexFormatError(
            f"the Wikidata index {str(path)!r} is cut off or damaged; copy it again, or build it "
            "with `kg wikidata build`"
        )


def is_index(path: Path) -> bool:
    """Whether a file is an index, whole or not and of whatever version."""
    with path.open("rb") as stream:
        header = stream.read(100)
    return header.startswith(_MAGIC) and _number(header, 68, 4) == APPLICATION_ID


def _number(header: bytes, start: int, length: int) -> int:
    return int.from_bytes(header[start : start + length], "big")


def _line(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


_TYPES = {kind.value: kind for kind in EntityType}
_FIELDS = tuple(field.name for field in fields(Item) if field.name != "qid")
_TYPE = _FIELDS.index("type")
_LISTS = tuple(i for i, field in enumerate(fields(Item)[1:]) if str(field.type).startswith("tuple"))
_TENURES = tuple(i for i, field in enumerate(fields(Item)[1:]) if str(field.type) == "tuple[Tenure, ...]")
