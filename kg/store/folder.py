"""Store folders: telling them from others, and replacing one by a new one in two renames."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

_MARK = "CURRENT"
"""The file that every RocksDB folder has (https://github.com/facebook/rocksdb/wiki/RocksDB-Overview)."""


def is_store(path: Path) -> bool:
    """Whether the folder `path` looks like a store."""
    return (path / _MARK).is_file()


def building(path: Path) -> Path:
    """Where a new store for `path` is written."""
    return path.with_name(f".{path.name}.building")


def replaced(path: Path) -> Path:
    """Where the old store of `path` waits between the two renames."""
    return path.with_name(f".{path.name}.replaced")


def recover(path: Path) -> None:
    """Put the old store back where a crash between the two renames left nothing at `path`."""
    old = replaced(path)
    try:
        if is_store(old) and not path.exists():
            old.rename(path)
    except OSError as error:
        raise StoreError(f"the old store {str(old)!r} cannot be renamed to {path.name!r}: {error}") from error


@contextmanager
def aside(path: Path, in_use: Callable[[Path], bool]) -> Iterator[Path]:
    """The name of a sibling folder of `path`, free to be made; it is gone afterwards, renamed or removed.

    What an earlier crash left there is removed; StoreError where it is a store and `in_use`.
    """
    folder = building(path)
    if is_store(folder) and in_use(folder):
        raise StoreError(f"the store {str(path)!r} is being built by another program; wait for it to end")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise StoreError(f"no store can be written beside {str(path)!r}: {error}") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(new: Path, path: Path) -> None:
    """Rename the finished store `new` to `path`, whose old content is removed last."""
    old = replaced(path)
    try:
        shutil.rmtree(old, ignore_errors=True)
        if path.exists():
            path.rename(old)
        new.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        recover(path)
        raise StoreError(f"the new store cannot be renamed to {str(path)!r}: {error}; the old one is there") from error
