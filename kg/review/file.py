"""The decisions file: one decision a line, in any order; lines are added, none is ever changed or dropped."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.model.decision import TIME_FORM, Damage, Decision, Decisions, Verdict
from kg.review.lines import check, decision_line, parse_decision

if sys.platform != "win32":
    import fcntl

_CANNOT_LOCK = frozenset((errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS))
"""What network folders say that know no locks."""

DECISIONS = "decisions.jsonl"
"""What the file is called in the output folder of a build."""

_MARKER = re.compile(rb"(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?")
"""What git writes between the lines of two sides. All lines of both sides count, so the markers say nothing."""


def decisions_path(folder: Path, setting: str) -> Path:
    """Where the decisions of an output folder are: what the setting `decisions` names, else in the folder."""
    return Path(setting) if setting else folder / DECISIONS


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; none where there is no file. Lines that are none are in `damaged`.

    StoreError where the file is there and cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise StoreError(f"cannot read the decisions {str(path)!r}: {error}; check the file") from error
    return _parsed(content)


def add_decisions(path: Path, make: Callable[[Decisions], Sequence[Decision]]) -> tuple[Decision, ...]:
    """Add what `make` says to the file, given what stands there at that moment; returned as written.

    Two that add at once both add: the file is read and replaced under a lock. A decision that is not later than one
    about the same thing gets the second after it, so that the order in which things were decided is kept.
    """
    try:
        with _locked(path.resolve().parent):
            content = path.read_bytes() if path.exists() else b""
            known = _parsed(content)
            added: list[Decision] = []
            for decision in make(known):
                try:
                    check(decision)
                except ValueError as error:
                    raise UsageError(f"not a decision: {error}") from error
                decision = _later(decision, known)
                added.append(decision)
                known = Decisions.of((*known.given, decision), known.damaged)
            if added:
                _write(path, content, added)
    except OSError as error:
        raise StoreError(
            f"cannot write the decisions {str(path)!r}: {error}; check the folder and the free space"
        ) from error
    return tuple(added)


def _parsed(content: bytes) -> Decisions:
    decisions, damaged = [], []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip() or _MARKER.fullmatch(line):
            continue
        try:
            decisions.append(parse_decision(line.decode("utf-8")))
        except UnicodeDecodeError as error:
            damaged.append(Damage(number, f"no UTF-8 ({error.reason})"))
        except (ValueError, RecursionError) as error:
            damaged.append(Damage(number, str(error)))
    return Decisions.of(decisions, damaged)


def _later(decision: Decision, known: Decisions) -> Decision:
    """The decision, later than all about the same thing."""
    mine = _things(decision)
    times = [other.when for other in known.all if not mine.isdisjoint(_things(other))]
    latest = max(times, default=None)
    if latest is None or latest < decision.when:
        return decision
    return replace(decision, time=(latest + timedelta(seconds=1)).strftime(TIME_FORM))


def _things(decision: Decision) -> frozenset[str]:
    names = (key.name for key in (*decision.entities, *decision.others))
    claim = () if decision.claim is None else (decision.claim.key,)
    undone = () if decision.verdict is not Verdict.UNDO or decision.undoes is None else (decision.undoes,)
    return frozenset((*names, *claim, *undone))


def _write(path: Path, content: bytes, added: Sequence[Decision]) -> None:
    """Write aside and rename; what stood there stays as it is, but for the markers of a merge."""
    old = [line for line in content.split(b"\n") if not _MARKER.fullmatch(line)]
    while old and not old[-1].strip():
        old.pop()
    lines = [*old, *(decision_line(decision).encode("utf-8") for decision in added)]
    target = path.resolve()  # a link to a shared file stays a link
    aside = target.with_name(target.name + ".part")
    try:
        with aside.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder locked against others that add decisions, where the system can lock one; no file is left behind."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in _CANNOT_LOCK:
                raise
        yield
    finally:
        os.close(handle)
