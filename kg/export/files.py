"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.errors import ExportError

_BATCH = 1 << 16
_PERMISSIONS = 0o666


def write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Write `chunks` as UTF-8 to a file beside `path`, then rename it to `path`.

    What cannot be encoded (half a surrogate pair) becomes "?". ExportError where the file cannot be written,
    and nothing is left behind then, nor when `chunks` raises.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise ExportError(_sentence(path, error)) from error
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for batch in _batches(chunks):
                file.write(batch)
        aside.chmod(_PERMISSIONS & ~_umask())
        aside.replace(path)
    except OSError as error:
        raise ExportError(_sentence(path, error)) from error
    finally:
        aside.unlink(missing_ok=True)


def _batches(chunks: Iterable[str]) -> Iterable[bytes]:
    waiting: list[str] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _BATCH:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8", "replace")


def _umask() -> int:
    # The system tells the mask only by setting it; mkstemp's 0600 would hide the file from the user's group.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sentence(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"cannot write {str(path)!r}: {reason}; check that the folder exists, may be written to and has room"
