"""Writes an index file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata.gazetteer import Item
from kg.wikidata.index_file import (
    APPLICATION_ID,
    FORMAT,
    PAGE_SIZE,
    SHORTENED,
    SHORTER,
    TABLES,
    document_line,
    number_of,
    pack,
    summary_line,
)
from kg.wikidata.item import WikidataItem
from kg.wikidata.keys import stored_names
from kg.wikidata.similar import sound_of, variants_of, words_of

_Row = TypeVar("_Row")
_BATCH = 1000
_CACHE_KIB = 65536
_STAGES = """
CREATE TEMP TABLE staged_name (key TEXT, role INTEGER, number INTEGER, initials TEXT);
CREATE TEMP TABLE staged_surname (key TEXT, rank REAL, number INTEGER);
CREATE TEMP TABLE staged_domain (key TEXT, rank REAL, number INTEGER);
CREATE TEMP TABLE staged_sound (sound TEXT, key TEXT);
CREATE TEMP TABLE staged_word (word TEXT);
CREATE TEMP TABLE staged_near (variant TEXT, word TEXT);
"""
_SORTED = {
    "name": "key, role, number, initials",
    "surname": "key, rank, number",
    "domain": "key, rank, number",
    "sound": "sound, key",
    "near": "variant, word",
}
"""The tables that are filled in order from the staged ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index keeps of one item: the summary that names are looked up for, and its statements."""

    item: Item
    document: WikidataItem


class Prepared(NamedTuple):
    """An entry as it is stored, in bytes and keys; `names` are (key, role, initials), `digest` names the content."""

    number: int
    type: EntityType
    prior: float
    summary: bytes
    document: bytes
    digest: bytes
    names: tuple[tuple[str, int, str], ...]
    surnames: tuple[str, ...]
    domains: tuple[str, ...]


def prepare(entry: Entry) -> Prepared:
    """The costly part of writing an entry, which any process can do; ValueError where the QID is none."""
    line = document_line(entry.document)
    return prepare_with(entry.item, line, pack(line))


def prepare_with(item: Item, document: bytes, packed: bytes) -> Prepared:
    """The same of an item whose document is JSON already, and packed."""
    number = number_of(item.qid)
    if number is None:
        raise ValueError(f"entries of an index ascend by QID; {item.qid!r} is none")
    summary = summary_line(item)
    stored = stored_names(item)
    names = [(key, int(kind), "") for key, kind in stored.names.items()]
    names += ((key, SHORTENED, initials) for key, initials in stored.shortened)
    names += ((key, SHORTER, "") for key in stored.shorter)
    return Prepared(
        number=number,
        type=item.type,
        prior=item.prior,
        summary=pack(summary),
        document=packed,
        digest=hashlib.sha256(b"\n".join((item.qid.encode(), summary, document))).digest(),
        names=tuple(names),
        surnames=stored.surnames,
        domains=tuple(dict.fromkeys(item.domains)),
    )


def write_index(path: Path, entries: Iterable[Entry], *, meta: Mapping[str, str]) -> None:
    """Write the index of `entries`; see `write_prepared`."""
    write_prepared(path, map(prepare, entries), meta=meta)


def write_prepared(path: Path, entries: Iterable[Prepared], *, meta: Mapping[str, str]) -> None:
    """Write the index of `entries`, which ascend by the number of their QID, to `path`: the whole file or none.

    Equal entries and `meta` give equal bytes; memory does not grow with their number. What is sorted on the way lies
    in the system's folder for temporary files. `meta` is free: where the data comes from, which languages.
    ValueError where QIDs do not ascend; IndexFormatError where the file cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            _write(connection, _apart(entries), meta)
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.replace(path)
    except _EntriesError as error:
        raise error.reason from error.reason.__cause__
    except (OSError, sqlite3.Error) as error:
        raise IndexFormatError(
            f"the Wikidata index {str(path)!r} cannot be written ({error}); name a file in a folder that can be "
            "written to, with room for it there and in the folder for temporary files"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


class _EntriesError(Exception):
    """The entries could not be had, which is not an error of the file that is written."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(reason)
        self.reason = reason


def _apart(entries: Iterable[Prepared]) -> Iterator[Prepared]:
    try:
        yield from entries
    except (OSError, sqlite3.Error) as error:
        raise _EntriesError(error) from error


def _write(connection: sqlite3.Connection, entries: Iterable[Prepared], meta: Mapping[str, str]) -> None:
    for pragma in (
        f"page_size={PAGE_SIZE}",
        "encoding='UTF-8'",
        "auto_vacuum=NONE",
        "journal_mode=OFF",
        "synchronous=OFF",
        "locking_mode=EXCLUSIVE",
        "temp_store=FILE",
        f"cache_size=-{_CACHE_KIB}",
        f"temp.cache_size=-{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for statements in (TABLES, _STAGES):
        _run(connection, statements)
    digest = hashlib.sha256(str(FORMAT).encode())
    totals: Counter[EntityType] = Counter()
    last = 0
    for batch in _batches(entries):
        last = _add(connection, batch, last, digest)
        totals.update(entry.type for entry in batch)
    for table in ("name", "surname", "domain"):
        _sort(connection, table)
    _add_similar(connection)
    connection.executemany("INSERT INTO total VALUES (?, ?)", sorted((kind.value, n) for kind, n in totals.items()))
    about = {**meta, "digest": digest.hexdigest()[:16]}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(about.items()))
    connection.execute("COMMIT")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={FORMAT}")


def _add(connection: sqlite3.Connection, batch: list[Prepared], last: int, digest: hashlib._Hash) -> int:
    """Store a batch; the number of its last item."""
    summaries: list[tuple[int, bytes]] = []
    documents: list[tuple[int, bytes]] = []
    names: list[tuple[str, int, int, str]] = []
    surnames: list[tuple[str, float, int]] = []
    domains: list[tuple[str, float, int]] = []
    places: list[tuple[float, int]] = []
    for entry in batch:
        number = entry.number
        if number <= last:
            raise ValueError(f"entries of an index ascend by QID; 'Q{number}' comes after 'Q{last}'")
        last = number
        digest.update(entry.digest)
        summaries.append((number, entry.summary))
        documents.append((number, entry.document))
        names += ((key, role, number, initials) for key, role, initials in entry.names)
        surnames += ((key, -entry.prior, number) for key in entry.surnames)
        domains += ((key, -entry.prior, number) for key in entry.domains)
        if entry.type is EntityType.PLACE:
            places.append((-entry.prior, number))
    for table, rows in (
        ("item", summaries),
        ("document", documents),
        ("staged_name", names),
        ("staged_surname", surnames),
        ("staged_domain", domains),
        ("place", places),
    ):
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    return last


def _add_similar(connection: sqlite3.Connection) -> None:
    """Store what similar names are found by, once the names are there."""
    for keys in _batches(connection.execute("SELECT DISTINCT key FROM name WHERE role <> ? ORDER BY key", (SHORTER,))):
        plain = [key for (key,) in keys if key.isascii()]
        sounds = ((sound, key) for key in plain if (sound := sound_of(key)))
        connection.executemany("INSERT INTO staged_sound VALUES (?, ?)", sounds)
        words = {word for key in plain for word in words_of(key)}
        connection.executemany("INSERT INTO staged_word VALUES (?)", ((word,) for word in sorted(words)))
    _sort(connection, "sound")
    for vocabulary in _batches(connection.execute("SELECT DISTINCT word FROM staged_word ORDER BY word")):
        pairs = ((variant, word) for (word,) in vocabulary for variant in variants_of(word))
        connection.executemany("INSERT INTO staged_near VALUES (?, ?)", pairs)
    _sort(connection, "near")


def _sort(connection: sqlite3.Connection, table: str) -> None:
    """Fill a table from the staged one, which is emptied."""
    order = _SORTED[table]
    connection.execute(f"INSERT INTO {table} SELECT {order} FROM staged_{table} ORDER BY {order}")
    connection.execute(f"DROP TABLE staged_{table}")


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements inside the open transaction, which `executescript` would end."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    return (statement for part in script.split(";") if (statement := part.strip()))
