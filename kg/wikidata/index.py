"""The Wikidata index on disk: a gazetteer that answers from a file, which all processes of a machine share."""

from __future__ import annotations

import os
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata.gazetteer import MOST_BEARERS, Item, Match, MatchKind, item_order
from kg.wikidata.index_file import SHORTENED, SHORTER, check, document_read, number_of, summary_read, unpack
from kg.wikidata.item import WikidataItem
from kg.wikidata.keys import asked_names, matches_among
from kg.wikidata.similar import similar_among

_MAPPED = 0x7FFF0000
"""As much of the file as SQLite maps into memory at most; it reads the rest."""

_NAMES_KEPT = 32768
_ITEMS_KEPT = 8192
_DOCUMENTS_KEPT = 512
_SIMILAR_KEPT = 4096
_SURNAMES_KEPT = 1024
_HOSTS_KEPT = 1024
_AT_ONCE = 256
"""So many keys are asked for in one query."""

_KINDS = {int(kind): kind for kind in MatchKind}

_BY_KEY = "SELECT role, number, initials FROM name WHERE key = ?"
_BY_NUMBER = "SELECT summary FROM item WHERE number = ?"
_DOCUMENT = "SELECT body FROM document WHERE number = ?"
_BY_SURNAME = "SELECT number FROM surname WHERE key = ? ORDER BY rank, number LIMIT ?"
_BY_DOMAIN = "SELECT number FROM domain WHERE key = ? ORDER BY rank, number LIMIT 1"
_BY_SOUND = "SELECT key FROM sound WHERE sound = ?"
_NEAR = "SELECT word FROM near WHERE variant IN ({})"
_KNOWN = "SELECT DISTINCT key FROM name WHERE key IN ({})"
_PLACES = "SELECT number FROM place ORDER BY rank, number"
_NUMBERS = "SELECT number FROM item ORDER BY number"

Row = tuple[int, int, str]


class _Connection(sqlite3.Connection):
    """A connection that is closed when nothing needs it any more."""

    def __del__(self) -> None:
        self.close()


def open_index(path: Path) -> DiskIndex:
    """The index at `path`; IndexFormatError where there is none, or none that this program reads.

    The file is only read, and may lie in a folder that cannot be written to.
    """
    return DiskIndex(path)


class DiskIndex:
    """A gazetteer over an index file. Answers are those of a `MemoryGazetteer` of the same items.

    It may be used from several threads, goes on working in forked processes, and can be pickled: each thread and
    process opens the file for itself, and the pages are the system's. What was asked lately is remembered.
    """

    __slots__ = (
        "_bearers",
        "_item",
        "_local",
        "_matches",
        "_outlet",
        "_path",
        "_rows",
        "_similar",
        "_statements",
        "digest",
        "meta",
    )

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._local = threading.local()
        self._item = lru_cache(maxsize=_ITEMS_KEPT)(self._read_item)
        self._statements = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._read_statements)
        self._rows = lru_cache(maxsize=_NAMES_KEPT)(self._read_rows)
        self._matches = lru_cache(maxsize=_NAMES_KEPT)(self._find_matches)
        self._bearers = lru_cache(maxsize=_SURNAMES_KEPT)(self._find_bearers)
        self._outlet = lru_cache(maxsize=_HOSTS_KEPT)(self._find_outlet)
        self._similar = lru_cache(maxsize=_SIMILAR_KEPT)(self._find_similar)
        check(self._path)
        meta = dict(self._all("SELECT name, value FROM meta ORDER BY name"))
        self.digest: str = meta.pop("digest", "")
        self.meta: Mapping[str, str] = MappingProxyType(meta)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, (self._path, self.digest)

    def __len__(self) -> int:
        return sum(self.totals().values())

    def totals(self) -> dict[EntityType, int]:
        """How many items of each type there are."""
        return {EntityType(kind): n for kind, n in self._all("SELECT type, items FROM total ORDER BY type")}

    def items(self) -> Iterator[Item]:
        """All items, by the number of their QID."""
        for number, packed in self._all("SELECT number, summary FROM item ORDER BY number"):
            yield self._unpacked(number, packed)

    @property
    def places(self) -> tuple[Item, ...]:
        """The places, the best known first."""
        return self._items(number for (number,) in self._all(_PLACES))

    def qids(self) -> frozenset[str]:
        """All QIDs that are known; this reads the whole index."""
        return frozenset(f"Q{number}" for (number,) in self._all(_NUMBERS))

    def item(self, qid: str) -> Item | None:
        """The item of a QID."""
        number = number_of(qid)
        return None if number is None else self._item(number)

    def matches(self, name: str) -> tuple[Match, ...]:
        """What `name` may mean: by label or alias, and for people also without titles and middle initials.

        Sorted by kind, then the best known first. Contradicting initials or suffixes do not match
        ("George H. W. Bush" is not George W. Bush, "Jesse Jackson" is not Jesse Jackson Jr.).
        """
        return self._matches(name)

    def similar(self, name: str) -> tuple[Match, ...]:
        """Who has a name that sounds like `name` or is one or two edits away; what has the name itself is left out."""
        return self._similar(name)

    def candidates(self, name: str) -> tuple[Item, ...]:
        """The items that `name` may mean, best match first."""
        return tuple(match.item for match in self._matches(name))

    def by_surname(self, surname: str) -> tuple[Item, ...]:
        """The people of that last name, the best known first; of a frequent one the best known MOST_BEARERS."""
        return self._bearers(surname)

    def by_domain(self, host: str) -> Item | None:
        """The outlet whose web site is `host` or a parent domain of it ("www.nytimes.com")."""
        return self._outlet(host)

    def given_gender(self, given_name: str) -> str | None:  # noqa: ARG002
        """None: an index does not count first names."""
        return None

    def statements(self, qid: str) -> WikidataItem | None:
        """The item with its full statements; None where nothing is known of it."""
        number = number_of(qid)
        return None if number is None else self._statements(number)

    def _find_matches(self, name: str) -> tuple[Match, ...]:
        return matches_among(name, self._named, self._shortened)

    def _find_bearers(self, surname: str) -> tuple[Item, ...]:
        found: dict[int, None] = {}
        for asked in asked_names(surname):
            found.update(dict.fromkeys(number for (number,) in self._all(_BY_SURNAME, asked.key, MOST_BEARERS)))
        return tuple(sorted(self._items(found), key=item_order)[:MOST_BEARERS])

    def _find_outlet(self, host: str) -> Item | None:
        labels = host.strip().casefold().rstrip(".").split(".")
        for i in range(len(labels) - 1):
            for (number,) in self._all(_BY_DOMAIN, ".".join(labels[i:])):
                return self._known(number)
        return None

    def _find_similar(self, name: str) -> tuple[Match, ...]:
        return similar_among(name, self, self._named, self._shortened, self._shorter)

    def sounding(self, sound: str) -> Iterable[str]:
        """The keys of names of that sound, see `kg.wikidata.similar`."""
        return [key for (key,) in self._all(_BY_SOUND, sound)]

    def near(self, variants: Collection[str]) -> Iterable[str]:
        """The words that have one of these variants, see `kg.wikidata.similar`."""
        return {word for (word,) in self._among(_NEAR, variants)}

    def known(self, keys: Sequence[str]) -> Iterable[str]:
        """Those of the keys that names are stored under."""
        return {key for (key,) in self._among(_KNOWN, keys)}

    def _named(self, key: str) -> Iterable[Match]:
        return [Match(self._known(number), _KINDS[role]) for role, number, _ in self._rows(key) if role in _KINDS]

    def _shortened(self, key: str) -> Iterable[tuple[str, Item]]:
        return [(initials, self._known(number)) for role, number, initials in self._rows(key) if role == SHORTENED]

    def _shorter(self, key: str) -> Iterable[Item]:
        return [self._known(number) for role, number, _ in self._rows(key) if role == SHORTER]

    def _items(self, numbers: Iterable[int]) -> tuple[Item, ...]:
        return tuple([self._known(number) for number in numbers])

    def _known(self, number: int) -> Item:
        item = self._item(number)
        if item is None:
            raise self._damaged(f"Q{number} is named but missing")
        return item

    def _read_item(self, number: int) -> Item | None:
        for (packed,) in self._all(_BY_NUMBER, number):
            return self._unpacked(number, packed)
        return None

    def _unpacked(self, number: int, packed: bytes) -> Item:
        try:
            return summary_read(f"Q{number}", unpack(packed))
        except (zlib.error, ValueError, TypeError, KeyError) as error:
            raise self._damaged(error) from error

    def _read_statements(self, number: int) -> WikidataItem | None:
        for (packed,) in self._all(_DOCUMENT, number):
            try:
                return document_read(unpack(packed))
            except (zlib.error, ValueError) as error:
                raise self._damaged(error) from error
        return None

    def _read_rows(self, key: str) -> list[Row]:
        return self._all(_BY_KEY, key)

    def _among(self, query: str, keys: Collection[str]) -> Iterator[Any]:
        """The rows of many keys; queries differ in a few numbers of keys only, so that SQLite knows them."""
        stream = iter(sorted(keys))
        while some := list(islice(stream, _AT_ONCE)):
            room = 1 << (len(some) - 1).bit_length()
            some += some[-1:] * (room - len(some))
            yield from self._all(query.format(", ".join("?" * room)), *some)

    def _all(self, query: str, *parameters: Any) -> list[Any]:
        try:
            return self._connection().execute(query, parameters).fetchall()
        except UnicodeEncodeError:  # half a surrogate pair is in no index
            return []
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _connection(self) -> sqlite3.Connection:
        """The connection of the thread; a forked process may not use its parent's."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.process != os.getpid():
            connection = sqlite3.connect(
                f"{self._path.as_uri()}?mode=ro&immutable=1",
                uri=True,
                isolation_level=None,
                check_same_thread=False,  # only for being closed
                factory=_Connection,
            )
            connection.execute(f"PRAGMA mmap_size={_MAPPED}")
            self._local.connection, self._local.process = connection, os.getpid()
        return connection

    def _damaged(self, why: object) -> IndexFormatError:
        return IndexFormatError(
            f"the Wikidata index {str(self._path)!r} is damaged ({why}); copy it again, or build it with "
            "`kg wikidata build`"
        )


def _reopened(path: Path, digest: str) -> DiskIndex:
    index = open_index(path)
    if index.digest != digest:
        raise IndexFormatError(f"the Wikidata index {str(path)!r} was replaced while it was in use; start again")
    return index
