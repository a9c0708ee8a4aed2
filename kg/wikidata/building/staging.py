"""Where a build keeps what it has sifted, with how far it got: an SQLite file beside the index until that is there.

What is committed survives a killed process; the next build of the same sources with the same options goes on from it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from kg.errors import IndexFormatError
from kg.wikidata.building.sifting import Row, Sifted
from kg.wikidata.building.sources import Checkpoint, Problem

VERSION = "staging-3"
LISTED = 1000
"""So many problems are kept one by one; all are counted."""
_SCHEMA = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    number INTEGER PRIMARY KEY, stamp TEXT NOT NULL, checkpoint TEXT NOT NULL, done INTEGER NOT NULL);
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, qid INTEGER NOT NULL, label TEXT NOT NULL, sitelinks INTEGER, document BLOB);
CREATE TABLE edge (class INTEGER NOT NULL, parent INTEGER NOT NULL, PRIMARY KEY (class, parent)) WITHOUT ROWID;
CREATE TABLE redirect (source INTEGER PRIMARY KEY, target INTEGER NOT NULL);
CREATE TABLE problem (seq INTEGER PRIMARY KEY, place TEXT NOT NULL, reason TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a source was read: what it looked like from outside then, and where reading goes on."""

    stamp: str
    checkpoint: Checkpoint
    done: bool


def staging_path(out: Path) -> Path:
    """The staging file of an index."""
    return out.with_name(f"{out.name}.staging")


class Staging:
    """An open staging file; a context manager. Only one process at a time can have it open."""

    def __init__(self, path: Path) -> None:
        """Open or make it; IndexFormatError where another build has it open or the folder cannot be written."""
        self.path = path
        if path.exists() and not _may_be_staging(path):
            raise IndexFormatError(f"{str(path)!r} is no staging file of a build; move it, or choose another --out")
        try:
            self._db = _connect(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise IndexFormatError(f"another build is writing {str(path)!r}; wait for it or stop it") from error
            raise IndexFormatError(f"{str(path)!r} cannot be written: {error}; choose another --out") from error
        except sqlite3.DatabaseError:
            # A damaged one: nothing to go on from.
            _remove(path)
            self._db = _connect(path)

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    @property
    def plan(self) -> str | None:
        """What `begin` was given; None for an empty staging file."""
        return self._state("plan")

    def begin(self, plan: str) -> None:
        """Forget everything, and start a build whose sources and options `plan` names."""
        self._db.execute("BEGIN IMMEDIATE")
        for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            self._db.execute(f"DROP TABLE {name}")
        _make_tables(self._db)
        self._set("plan", plan)
        self._db.execute("COMMIT")

    def begun(self, number: int) -> Begun | None:
        """How far the source of that number was read; None if not at all."""
        row = self._db.execute("SELECT stamp, checkpoint, done FROM source WHERE number = ?", (number,)).fetchone()
        return Begun(row[0], Checkpoint(**json.loads(row[1])), bool(row[2])) if row else None

    def add(self, sifted: Sifted) -> None:
        """Keep what was sifted; it counts once `commit` was called."""
        run = self._db.executemany
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
        run(
            "INSERT INTO entry (qid, label, sitelinks, document) VALUES (?, ?, ?, ?)",
            [(row.number, row.label, row.sitelinks, row.document) for row in sifted.rows],
        )
        run("INSERT OR IGNORE INTO edge VALUES (?, ?)", sifted.edges)
        run("INSERT OR REPLACE INTO redirect VALUES (?, ?)", sifted.redirects)
        self.add_problems(sifted.problems)
        if sifted.modified > (self._state("modified") or ""):
            self._set("modified", sifted.modified)

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Count and, up to a limit, list what was skipped."""
        for problem in problems:
            count = int(self._state("problems") or 0) + 1
            self._set("problems", str(count))
            if count <= LISTED:
                self._db.execute("INSERT INTO problem (place, reason) VALUES (?, ?)", (problem.place, problem.reason))

    def commit(self, number: int, begun: Begun) -> None:
        """Keep for good what was added, and that the source of that number was read so far."""
        self._db.execute(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?)",
            (number, begun.stamp, json.dumps(asdict(begun.checkpoint)), begun.done),
        )
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def finish(self) -> None:
        """Make what reading by QID needs, and put all into the one file: from now on `Staged` may read it."""
        self._db.execute("CREATE INDEX IF NOT EXISTS by_qid ON entry (qid, seq)")
        self._db.execute("PRAGMA journal_mode=DELETE")

    @property
    def problems(self) -> tuple[int, tuple[Problem, ...]]:
        """How many things were skipped, and the first of them."""
        rows = self._db.execute("SELECT place, reason FROM problem ORDER BY seq")
        return int(self._state("problems") or 0), tuple(Problem(*row) for row in rows)

    @property
    def modified(self) -> str:
        """When the item that was changed last was changed, as far as the documents say."""
        return self._state("modified") or ""

    def remove(self) -> None:
        """Close and delete the file."""
        self._db.close()
        _remove(self.path)

    def _state(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _set(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


class Staged:
    """What was staged, to read only; several processes may do so once it is finished."""

    def __init__(self, path: Path) -> None:
        # Nobody writes any more, so no locks are needed; the builder holds them all.
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def spans(self, length: int) -> Iterator[tuple[int, int, int]]:
        """The first and the last QID of spans of about so many rows, and how many rows came before the end of each."""
        first = last = 0
        read = before = 0
        for (qid,) in self._db.execute("SELECT qid FROM entry ORDER BY qid, seq"):
            if read and qid != last and read - before >= length:
                yield first, last, read
                first, before = qid, read
            first = first or qid
            last = qid
            read += 1
        if read:
            yield first, last, read

    def rows(self, first: int, last: int) -> Iterator[Row]:
        """The rows of these QIDs in order; those of one QID in the order of the sources."""
        found = self._db.execute(
            "SELECT qid, label, sitelinks, document FROM entry WHERE qid BETWEEN ? AND ? ORDER BY qid, seq",
            (first, last),
        )
        for qid, label, sitelinks, document in found:
            yield Row(qid, label, sitelinks, document)

    def label(self, number: int) -> str | None:
        """The label of an item, of the last source that has one."""
        row = self._db.execute(
            "SELECT label FROM entry WHERE qid = ? AND label != '' ORDER BY seq DESC LIMIT 1", (number,)
        ).fetchone()
        return row[0] if row else None

    def parents(self, number: int) -> tuple[int, ...]:
        """The classes that a class is a subclass of, one step up."""
        return tuple(row[0] for row in self._db.execute("SELECT parent FROM edge WHERE class = ?", (number,)))

    def redirect(self, number: int) -> int | None:
        """Where an id redirects to."""
        row = self._db.execute("SELECT target FROM redirect WHERE source = ?", (number,)).fetchone()
        return row[0] if row else None

    def redirects(self) -> Iterator[tuple[int, int]]:
        """All redirects, by their source."""
        yield from self._db.execute("SELECT source, target FROM redirect ORDER BY source")


def _connect(path: Path) -> sqlite3.Connection:
    # The writer's lock is held from the first write to the end, which keeps a second build out.
    db = sqlite3.connect(path, isolation_level=None, timeout=1.0)
    try:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32768"):
            db.execute(f"PRAGMA {pragma}")
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            db.execute("BEGIN IMMEDIATE")
            _make_tables(db)
            db.execute("COMMIT")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _may_be_staging(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(16)
    return head in (b"", b"SQLite format 3\0")


def _make_tables(db: sqlite3.Connection) -> None:
    for statement in _SCHEMA.split(";"):
        db.execute(statement)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
