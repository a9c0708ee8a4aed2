"""Wikidata dumps and JSON lines as sources, plain or compressed."""

from __future__ import annotations

import bz2
import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.errors import SourceError, UsageError
from kg.wikidata.building.documents import FolderSource, open_folder
from kg.wikidata.building.sources import (
    PORTION,
    Checkpoint,
    Portion,
    Problem,
    Source,
    SourceChangedError,
    TruncatedError,
    ahead,
)

LONGEST = 256 << 20
"""A line longer than so many bytes is skipped without being held in memory; Wikidata's largest items have 4 MB."""
_RAW = 1 << 18
_SILENT = 32 << 20


def open_source(text: str) -> Source:
    """The source that a path names: a dump or JSON lines (plain, gz or bz2), or a folder of JSON documents."""
    path = Path(text)
    try:
        if path.is_dir():
            return open_folder(path)
        if path.exists() and not path.is_file():
            raise SourceError(f"{text!r} is no ordinary file, which could be read again from its middle; save it first")
        with path.open("rb") as stream:
            head = stream.read(16)
    except FileNotFoundError:
        raise UsageError(f"{text!r} does not exist; name a dump, a file of JSON lines, or a folder") from None
    except OSError as error:
        raise SourceError(f"{text!r} cannot be read: {error.strerror or error}") from error
    if not head:
        raise SourceError(f"{text!r} is empty; download or make it again")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(f"{text!r} is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)")
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise SourceError(f"{text!r} is {what}; unpack it first, plain, .gz and .bz2 are read as they are")
    if head.partition(b"\n")[0].strip() == b"{":
        return FolderSource(path)  # one document over many lines
    compression = next((name for name, magic in _MAGIC.items() if head.startswith(magic)), "")
    return FileSource(path, compression)


_MAGIC = {"gz": b"\x1f\x8b", "bz2": b"BZh"}
_FOREIGN = {
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\xfd7zXZ\x00": "an xz file",
    b"PK\x03\x04": "a zip file",
    b"SQLite format 3\x00": "an SQLite file, perhaps an index that was built already",
}


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file with one JSON text a line; a dump's `[`, `]` and commas are passed over."""

    path: Path
    compression: str = ""

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def title(self) -> str:
        """The last part of the path."""
        return self.path.absolute().name

    @property
    def size(self) -> int:
        """The size of the file."""
        return self.path.stat().st_size

    @property
    def stamp(self) -> str:
        """Size and time of the last change."""
        stat = self.path.stat()
        return f"{stat.st_size} {stat.st_mtime_ns}"

    def portions(self, start: Checkpoint | None = None) -> Iterator[Portion]:
        """Portions of lines; decompression runs ahead in a thread of its own."""
        yield from ahead(lambda: self.bare(start))

    def bare(self, start: Checkpoint | None = None) -> Iterator[Portion]:
        """The same in this thread."""
        start = start or Checkpoint()
        try:
            with self.path.open("rb") as stream:
                yield from _Lines(self.name, stream, start).portions(self.compression)
        except OSError as error:
            raise SourceError(f"{self.name!r} cannot be read: {error.strerror or error}") from error


class _Lines:
    """Cuts a stream into portions of whole lines, with a running digest of all of it."""

    def __init__(self, name: str, stream: BinaryIO, start: Checkpoint) -> None:
        self._name, self._stream, self._start = name, stream, start
        self._digest = hashlib.blake2b(digest_size=16)
        self._position = 0
        self._texts = start.texts
        self._too_long = False

    def portions(self, compression: str) -> Iterator[Portion]:
        chunks = _unpack(self._stream, compression, self._name)
        rest: list[bytes] = []
        pending = 0
        truncated: TruncatedError | None = None
        try:
            for chunk in self._after_start(chunks):
                if not chunk:
                    yield Portion([], self._start.texts + 1, self._start, self._stream.tell())
                    continue
                end = chunk.rfind(b"\n") + 1
                if end == 0:
                    rest.append(chunk)
                    pending += len(chunk)
                    if pending > LONGEST:
                        self._pass_over(rest)
                        pending = 0
                    continue
                rest.append(chunk[:end])
                pending += end
                if pending >= PORTION or self._too_long:
                    yield self._portion(b"".join(rest))
                    rest, pending = [], 0
                if end < len(chunk):
                    rest.append(chunk[end:])
                    pending += len(chunk) - end
        except TruncatedError as error:
            truncated = error
        text = b"".join(rest)
        if truncated is None:
            if text or self._too_long:
                yield self._portion(text)
            return
        whole = text.rfind(b"\n") + 1
        if whole:
            yield self._portion(text[:whole])
        raise truncated

    def _after_start(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """What comes after the start, once all that is before it has proved to be the same; b"" now and then before."""
        left = self._start.position
        silent = 0
        for chunk in chunks:
            if left == 0:
                yield chunk
                continue
            before, after = chunk[:left], chunk[left:]
            self._digest.update(before)
            left -= len(before)
            silent += len(before)
            if silent >= _SILENT:
                silent = 0
                yield b""
            if left == 0:
                self._compare()
                if after:
                    yield after
        if left:
            raise SourceChangedError(f"{self._name!r} is shorter than what was read of it before")

    def _compare(self) -> None:
        self._position = self._start.position
        if self._digest.hexdigest() != self._start.digest:
            raise SourceChangedError(f"{self._name!r} is not what it was when it was begun")

    def _pass_over(self, rest: list[bytes]) -> None:
        for part in rest:
            self._digest.update(part)
            self._position += len(part)
        rest.clear()
        self._too_long = True

    def _portion(self, text: bytes) -> Portion:
        self._digest.update(text)
        self._position += len(text)
        first = self._texts + 1
        lines = text.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        self._texts += len(lines)
        problems: tuple[Problem, ...] = ()
        if self._too_long:
            # The end of a line whose beginning was let go.
            if lines:
                lines[0] = b""
            self._too_long = False
            reason = f"the line is longer than {LONGEST >> 20} MB; no item of Wikidata is"
            problems = (Problem(f"{self._name}:{first}", reason),)
        checkpoint = Checkpoint(self._position, self._texts, self._digest.hexdigest())
        return Portion(lines, first, checkpoint, self._stream.tell(), problems=problems)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def _unpack(stream: BinaryIO, compression: str, name: str) -> Iterator[bytes]:
    """The content of a file in chunks of bounded size, whatever its parts (bz2 streams, gz members) expand to."""
    if not compression:
        while chunk := stream.read(PORTION):
            yield chunk
        return
    machine, raw, begun = _NEW[compression](), b"", False
    while True:
        if machine.eof:
            # Another stream may follow, after padding with zeros.
            raw = machine.unused_data.lstrip(b"\0")
            machine, begun = _NEW[compression](), False
        if not raw and getattr(machine, "needs_input", True):
            raw = stream.read(_RAW)
            if not begun:
                raw = raw.lstrip(b"\0")
        at_end = not raw
        if at_end and not begun:
            return
        try:
            chunk = machine.decompress(raw, PORTION)
        except (zlib.error, OSError) as error:
            place = f"about byte {stream.tell()}"
            raise TruncatedError(f"{name!r} is damaged at {place} ({error}); download it again") from error
        raw, begun = getattr(machine, "unconsumed_tail", b""), True
        if chunk:
            yield chunk
        elif at_end and not machine.eof:
            raise TruncatedError(f"{name!r} ends early; download it again, what was read of it is kept")


def _gz() -> _Decompressor:
    machine: _Decompressor = zlib.decompressobj(31)
    return machine


_NEW: dict[str, Callable[[], _Decompressor]] = {"gz": _gz, "bz2": bz2.BZ2Decompressor}
