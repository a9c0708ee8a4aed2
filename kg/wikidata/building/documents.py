"""Entity documents in files of their own as a source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.wikidata.building.sources import PORTION, Checkpoint, Portion, SourceChangedError


def open_folder(path: Path) -> FolderSource:
    """The folder as a source; SourceError where it holds no documents."""
    if next(path.glob("*.json"), None) is None:
        raise SourceError(f"the folder {str(path)!r} holds no .json files; name another one, or a file")
    return FolderSource(path)


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder of `*.json`, an entity or a reply of wbgetentities each, by name; or one of these."""

    path: Path

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
        """The size of all documents."""
        return sum(path.stat().st_size for path in self._files())

    @property
    def stamp(self) -> str:
        """Names, sizes and times of the last change of all documents."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self._files():
            stat = path.stat()
            digest.update(repr((path.name, stat.st_size, stat.st_mtime_ns)).encode())
        return digest.hexdigest()

    def _files(self) -> list[Path]:
        if self.path.is_file():
            return [self.path]
        return sorted(self.path.glob("*.json"), key=lambda path: path.name)

    def portions(self, start: Checkpoint | None = None) -> Iterator[Portion]:
        """A portion for about every megabyte of documents."""
        files = self._files()
        start = start or Checkpoint()
        digest = hashlib.blake2b(digest_size=16)
        texts: list[bytes] = []
        names: list[str] = []
        held = read = 0
        for number, path in enumerate(files, start=1):
            try:
                text = path.read_bytes()
            except OSError as error:
                raise SourceError(f"{str(path)!r} cannot be read: {error.strerror or error}") from error
            digest.update(repr((path.name, len(text))).encode())
            digest.update(text)
            read += len(text)
            if number <= start.position:
                if number == start.position and digest.hexdigest() != start.digest:
                    raise SourceChangedError(f"the folder {self.name!r} is not what it was when it was begun")
                continue
            texts.append(text)
            names.append(str(path))
            held += len(text)
            if held >= PORTION or number == len(files):
                checkpoint = Checkpoint(number, number, digest.hexdigest())
                yield Portion(texts, number - len(texts) + 1, checkpoint, read, tuple(names))
                texts, names, held = [], [], 0
        if start.position > len(files):
            raise SourceChangedError(f"the folder {self.name!r} has fewer documents than when it was begun")
