"""What Wikidata answered, kept on disk between runs: one SQLite file that several processes may share.

SQLite, not a cache library: answers are kept by entity, not by request, so that batches of other ids find them again.
diskcache unpickles what it reads (CVE-2025-69872); hishel keeps whole HTTP answers.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers_1 (key TEXT PRIMARY KEY, stored REAL NOT NULL, body BLOB NOT NULL) WITHOUT ROWID
"""
_BUSY = 30.0
_AT_ONCE = 400
_DAMAGED = frozenset([sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
_SHORT_READ = 522


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept: the JSON value, and how many seconds ago."""

    value: Any
    age: float


def silent(_sentence: str) -> None:
    """Says nothing."""


class AnswerCache:
    """JSON values by key, each with its age. A cache that fails is no reason to stop: it says so once, and is empty.

    A damaged file is put aside beside the new one. Every write is one transaction: whole or not at all. `path` None
    keeps answers in memory only. May be used by several threads and processes at once.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        say: Callable[[str], None] = silent,
    ) -> None:
        self._path = path
        self._clock = clock
        self._say = say
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._usable = True

    def __enter__(self) -> AnswerCache:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def get(self, keys: Iterable[str]) -> dict[str, Kept]:
        """The answers that are kept, by key; a row that cannot be read is as if it were not there."""
        wanted = list(dict.fromkeys(keys))

        def read(connection: sqlite3.Connection) -> dict[str, Kept]:
            found: dict[str, Kept] = {}
            for begin in range(0, len(wanted), _AT_ONCE):
                part = wanted[begin : begin + _AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = connection.execute(f"SELECT key, stored, body FROM answers_1 WHERE key IN ({marks})", part)
                for key, stored, body in rows:
                    with contextlib.suppress(zlib.error, ValueError, TypeError):
                        found[key] = Kept(json.loads(zlib.decompress(body)), self._clock() - stored)
            return found

        return self._use(read, {})

    def put(self, answers: Mapping[str, Any]) -> None:
        """Keep JSON values by key, all or none of them."""
        now = self._clock()
        rows = [
            (key, now, zlib.compress(json.dumps(value, separators=(",", ":")).encode()))
            for key, value in answers.items()
        ]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO answers_1 VALUES (?, ?, ?)", rows)

        self._use(write, None)

    def forget(self, older_than: float) -> None:
        """Remove answers that are older than so many seconds."""
        oldest = self._clock() - older_than
        self._use(lambda connection: connection.execute("DELETE FROM answers_1 WHERE stored < ?", (oldest,)), None)

    def close(self) -> None:
        """Close the file; it opens again when it is used."""
        with self._lock:
            self._close()

    def _use(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `work` gives, in one transaction; `otherwise` where the file does not allow it."""
        with self._lock:
            if not self._usable:
                return otherwise
            for last in (False, True):
                try:
                    with self._open() as connection:
                        return work(connection)
                except sqlite3.DatabaseError as error:
                    if last or not self._put_aside(error):
                        self._give_up(error)
                        break
                except OSError as error:
                    self._give_up(error)
                    break
        return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            if self._path is not None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = ":memory:" if self._path is None else str(self._path)
            self._connection = sqlite3.connect(name, timeout=_BUSY, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(_SCHEMA)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        self._close()
        self._usable = False
        self._say(f"the cache {str(self._path)!r} cannot be used ({error}); Wikidata's answers are not kept")

    def _put_aside(self, error: sqlite3.DatabaseError) -> bool:
        """Move a damaged file out of the way; False where it is not damage, or cannot be moved."""
        code = getattr(error, "sqlite_errorcode", 0)
        if self._path is None or not (code & 0xFF in _DAMAGED or code == _SHORT_READ):
            return False
        self._close()
        aside = _free_name(self._path)
        try:
            self._path.replace(aside)
            for ending in ("-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError:
            return False
        self._say(
            f"the cache {str(self._path)!r} is damaged ({error}); it was put aside as {aside.name!r}, which may be "
            "deleted, and a new one was begun"
        )
        return True


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside
