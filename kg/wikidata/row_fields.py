"""Reading the columns of a flat row, each with a sentence for what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import ItemFormatError
from kg.wikidata.item import Time
from kg.wikidata.times import time_of

_QID = re.compile(r"Q[1-9][0-9]*")


class Fields:
    """The columns of a row, or of one entry of a list in it; `where` names it in messages."""

    __slots__ = ("_row", "_where")

    def __init__(self, row: Any, where: str) -> None:
        self._where = where
        if not isinstance(row, Mapping):
            raise ItemFormatError(f"{where} is {row!r}; a map of columns is needed")
        self._row = row

    def __contains__(self, name: str) -> bool:
        return self._row.get(name) is not None

    def wrong(self, name: str, need: str) -> ItemFormatError:
        """The error for a column."""
        return ItemFormatError(f"{self._where}: {name} is {self._row.get(name)!r}; {need}")

    def text(self, name: str) -> str:
        """A text without space around it, "" where there is none."""
        found = self._row.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.wrong(name, "a text is needed")
        return found.strip()

    def qid(self, name: str) -> str | None:
        """A QID."""
        found = self.text(name)
        if found and not _QID.fullmatch(found):
            raise self.wrong(name, "a QID is needed")
        return found or None

    def flag(self, name: str) -> bool:
        """Whether a column is set to true."""
        return bool(self._row.get(name))

    def time(self, name: str) -> Time | None:
        """A date, YYYY, YYYY-MM or YYYY-MM-DD, as Wikidata's time; one that cannot be read counts as unknown."""
        found = self.text(name)
        try:
            return time_of(found) if found else None
        except ValueError:
            return None

    def count(self, name: str) -> int | None:
        """A number from 0."""
        found = self._row.get(name)
        if found is not None and (not isinstance(found, int) or isinstance(found, bool) or found < 0):
            raise self.wrong(name, "a whole number is needed")
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts without the empty ones."""
        found = self._list(name)
        if not all(isinstance(text, str) for text in found):
            raise self.wrong(name, "a list of texts is needed")
        return tuple(text for text in found if text)

    def labels(self, name: str) -> dict[str, str]:
        """Texts by language."""
        found = self._row.get(name) or {}
        if not isinstance(found, Mapping) or not all(isinstance(text, str) for text in found.values()):
            raise self.wrong(name, "a map of texts by language is needed")
        return {language: text for language, text in found.items() if text}

    def parts(self, name: str) -> tuple[Fields, ...]:
        """The entries of a list."""
        return tuple(Fields(part, f"{self._where}, entry {i} of {name}") for i, part in enumerate(self._list(name), 1))

    def _list(self, name: str) -> list[Any]:
        found = self._row.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.wrong(name, "a list is needed")
        return found
