"""From the paths that a caller names to the files that can hold articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.ingest.skipped import Skipped

KINDS = frozenset({".txt", ".html", ".htm", ".jsonl"})
"""File name endings that are read; upper case counts too."""

_KINDS_IN_WORDS = ".txt, .html, .htm or .jsonl"


def require_paths(paths: Sequence[Path]) -> None:
    """UsageError for the first path under which there is nothing at all (a broken link is something)."""
    for path in paths:
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise UsageError(
                f"no such file or folder: {path_text(path)!r}; check its name and the folder you are in"
            ) from error
        except OSError:
            continue  # it may be there; reading it will say why it cannot be read


def find_files(paths: Sequence[Path]) -> Iterator[Path | Skipped]:
    """The files to read, in the order of `paths`, each folder in the sorted order of its whole tree.

    Hidden entries of a folder and its files of other kinds are left out silently; a file of another kind
    that is named directly, a broken link, and a folder that cannot be read are Skipped. A folder is read
    once, however many links lead there.
    """
    seen: dict[tuple[int, int], Path] = {}
    for given in paths:
        found = False
        pending = [given]
        while pending:
            path = pending.pop()
            result = _look_at(path, seen, named=path is given)
            if isinstance(result, list):
                pending.extend(reversed(result))
            elif result is not None:
                found = True
                yield result
        if not found:
            yield Skipped(path_text(given), f"no {_KINDS_IN_WORDS} file in this folder; name another one")


def _look_at(path: Path, seen: dict[tuple[int, int], Path], *, named: bool) -> Path | Skipped | list[Path] | None:
    """A file to read, the sorted entries of a folder (noted in `seen`), Skipped, or None to pass over it."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            first = seen.setdefault((status.st_dev, status.st_ino), path)
            if first is not path:
                return Skipped(path_text(path), f"the same folder as {path_text(first)!r}, which is read already")
            entries = sorted(path.iterdir(), key=lambda entry: entry.name)
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        return Skipped(path_text(path), _why_not(path, error))
    if path.suffix.lower() not in KINDS:
        ending = path.suffix or "no ending"
        why = f"unknown kind of file ({ending}); name a {_KINDS_IN_WORDS} file, or convert it"
        return Skipped(path_text(path), why) if named else None
    if not stat.S_ISREG(status.st_mode):
        return Skipped(path_text(path), "not a regular file (a pipe or device); save it as a file first")
    return path


def path_text(path: Path) -> str:
    """The path as the caller gave it, bytes that are no UTF-8 replaced so that it can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "replace")


def _why_not(path: Path, error: OSError) -> str:
    if path.is_symlink() and isinstance(error, FileNotFoundError):
        return f"a link to {path_text(path.readlink())!r}, which does not exist; mend or remove the link"
    return f"it cannot be read ({error.strerror}); give yourself the right to read and enter it, or leave it out"
