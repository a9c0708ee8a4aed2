"""The folder of `--out`: ours or refused, and changed only by renaming finished files into place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, UsageError

MARKER = ".public-figures-kg"
_STAGING = ".staging"
_MARKER_TEXT = "This folder is written by public-figures-kg; its files are replaced by the next build.\n"


@contextmanager
def output_folder(path: Path) -> Iterator[Path]:
    """Take `path` for output and give a staging folder inside it; the staging folder is gone afterwards.

    UsageError where the path is a file, or a folder with other things in it; StoreError where it cannot be written.
    A folder made here is removed again if nothing was put into it.
    """
    made = _take(path)
    staging = path / _STAGING
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
    except OSError as error:
        raise StoreError(f"cannot write into {str(path)!r}: {error}; check the folder and the free space") from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if made and {entry.name for entry in path.iterdir()} <= {MARKER}:
            shutil.rmtree(path, ignore_errors=True)


def _take(path: Path) -> bool:
    """Check or mark the folder; whether it was made here."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"the output {str(path)!r} is a file; name a folder")
    made = not path.exists()
    try:
        if not made and any(path.iterdir()) and not (path / MARKER).is_file():
            raise UsageError(
                f"the output folder {str(path)!r} holds other files and was not made by this program; "
                "name a new or an empty folder"
            )
        path.mkdir(parents=True, exist_ok=True)
        if not (path / MARKER).is_file():
            (path / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"cannot write into {str(path)!r}: {error}; check the folder and the free space") from error
    return made


def publish(staged: Path, target: Path) -> None:
    """Put a finished file or folder in the place of the old one; StoreError where that fails.

    A folder is swapped by two renames; if the program dies between them, `<name>.old` still holds the old one.
    """
    try:
        if staged.is_dir() and target.exists():
            old = target.with_name(target.name + ".old")
            shutil.rmtree(old, ignore_errors=True)
            target.rename(old)
            staged.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            staged.replace(target)
    except OSError as error:
        raise StoreError(f"cannot replace {str(target)!r}: {error}; check the folder and try again") from error
