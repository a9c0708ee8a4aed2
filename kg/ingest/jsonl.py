"""Articles from JSON lines, one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import SourceError
from kg.ingest.boilerplate import boilerplate_spans
from kg.ingest.content import check_text, check_writable, decode_utf8, unreadable
from kg.ingest.skipped import Skipped
from kg.ingest.walk import path_text
from kg.model import Article, PartialDate

_OPTIONAL = ("title", "published", "url", "outlet")
_CHUNK = 1 << 16


def read_jsonl(path: Path, *, max_chars: int, max_bytes: int) -> Iterator[Article | Skipped]:
    """One Article or Skipped for every line that is not blank; `max_bytes` bounds a line, not the file."""
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in _lines(file, max_bytes):
                source = f"{path_text(path)}:{number}"
                try:
                    text = _decode(line, max_bytes)
                    if text and not text.isspace():
                        yield parse_line(text, source=source, max_chars=max_chars)
                except SourceError as error:
                    yield Skipped(source, str(error))
    except OSError as error:
        yield Skipped(f"{path_text(path)}:{number + 1}", str(unreadable(error)))


def parse_line(line: str, *, source: str, max_chars: int) -> Article:
    """The article of a line `{"id", "text", "title", "published", "url", "outlet"}`; two are needed."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not JSON ({error}); write one JSON object on one line") from error
    if not isinstance(row, dict):
        raise SourceError(f'not a JSON object but {_kind(row)}; write {{"id": "...", "text": "..."}} on one line')
    name, text = _required(row, "id"), _required(row, "text")
    if not name.strip():
        raise SourceError('"id" is empty; give the article a name of its own')
    check_text(text, max_chars)
    title, published, url, outlet = (_optional(row, key) for key in _OPTIONAL)
    return Article(
        id=name,
        text=text,
        title=title,
        published=None if published is None else _date(published),
        url=url,
        outlet=outlet,
        boilerplate=boilerplate_spans(text, title),
        source=source,
    )


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines without their ends; None for a line over `max_bytes`, which is not held in memory."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        if line.endswith(b"\n") or len(line) <= max_bytes:
            yield number, line.rstrip(b"\r\n")
            continue
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(_CHUNK)
        yield number, None


def _decode(line: bytes | None, max_bytes: int) -> str:
    if line is None:
        raise SourceError(
            f"the line has more than the {max_bytes:,} bytes that one article may have; "
            "split the text into its articles"
        )
    return decode_utf8(line)


def _required(row: Mapping[str, Any], key: str) -> str:
    if row.get(key) is None:
        raise SourceError(f'there is no "{key}"; every line needs "id" and "text"')
    value = _string(row, key)
    assert value is not None
    return value


def _optional(row: Mapping[str, Any], key: str) -> str | None:
    value = _string(row, key)
    return value if value is not None and value.strip() else None


def _string(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(f'"{key}" is {_kind(value)}; it must be a string')
    check_writable(key, value)
    return value


def _date(value: str) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise SourceError(
            f'"published" is {value!r}, which is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, or leave it out'
        ) from error


def _kind(value: object) -> str:
    """JSON's word for a value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "an array" if isinstance(value, list) else "an object" if isinstance(value, dict) else "a string"
