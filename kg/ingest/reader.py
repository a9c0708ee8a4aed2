"""Articles from the files and folders that a caller names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import SourceError
from kg.ingest.boilerplate import boilerplate_spans
from kg.ingest.content import check_text, decode_utf8, read_limited
from kg.ingest.jsonl import read_jsonl
from kg.ingest.skipped import Skipped
from kg.ingest.walk import find_files, path_text, require_paths
from kg.model import Article


def read_inputs(
    paths: Sequence[Path],
    *,
    max_chars: int = 1_000_000,
    max_bytes: int = 10_000_000,
    keep_copies: bool = False,
) -> Iterator[Article | Skipped]:
    """Every article under `paths` in input order, and a Skipped for every input that gives none.

    Reads one file, or one line of a .jsonl file, at a time. Article ids come out unique: a second "a" becomes
    "a-2". A text that has come already is Skipped, unless `keep_copies`. UsageError, at the call, for a path with
    nothing there.
    """
    require_paths(paths)
    return _distinct(_read_all(paths, max_chars, max_bytes), keep_copies=keep_copies)


def read_txt(path: Path, *, max_chars: int, max_bytes: int) -> Article:
    """The article whose text is the whole decoded file, character for character."""
    text = decode_utf8(read_limited(path, max_bytes))
    check_text(text, max_chars)
    return Article(id=file_id(path), text=text, boilerplate=boilerplate_spans(text, None), source=path_text(path))


def file_id(path: Path) -> str:
    """The file's name without its ending."""
    return path_text(Path(path.stem))


def _read_all(paths: Sequence[Path], max_chars: int, max_bytes: int) -> Iterator[Article | Skipped]:
    for path in find_files(paths):
        if isinstance(path, Skipped):
            yield path
        elif path.suffix.lower() == ".jsonl":
            yield from read_jsonl(path, max_chars=max_chars, max_bytes=max_bytes)
        else:
            try:
                yield _read_file(path, max_chars, max_bytes)
            except SourceError as error:
                yield Skipped(path_text(path), str(error))


def _read_file(path: Path, max_chars: int, max_bytes: int) -> Article:
    if path.suffix.lower() == ".txt":
        return read_txt(path, max_chars=max_chars, max_bytes=max_bytes)
    from kg.ingest.html import parse_page  # trafilatura loads slowly, and most runs have no page

    data = read_limited(path, max_bytes)
    return parse_page(data, id=file_id(path), source=path_text(path), max_chars=max_chars)


def _distinct(read: Iterator[Article | Skipped], *, keep_copies: bool) -> Iterator[Article | Skipped]:
    """No text twice, no id twice; remembers a hash of every text and every id."""
    texts: dict[bytes, str] = {}
    ids: set[str] = set()
    last: dict[str, int] = {}
    for item in read:
        if isinstance(item, Skipped):
            yield item
            continue
        digest = hashlib.sha256(item.text.encode("utf-8")).digest()
        if digest in texts and not keep_copies:
            yield Skipped(item.source, f"the same text as article {texts[digest]!r}, which is read already")
            continue
        name, number = item.id, last.get(item.id, 1)
        while name in ids:
            number += 1
            name = f"{item.id}-{number}"
        last[item.id] = number
        ids.add(name)
        texts.setdefault(digest, name)
        yield item if name == item.id else replace(item, id=name)
