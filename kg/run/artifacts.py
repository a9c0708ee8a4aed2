"""annotations.jsonl and entities.jsonl: reading what an earlier run left, writing what this one made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.model import Annotation, Entity
from kg.model.jsonl import annotation_line, entity_line, parse_annotation, parse_entity


def read_annotations(path: Path) -> Iterator[Annotation]:
    """The annotations of a file, in its order; StoreError naming the line that is none."""
    for number, line in _lines(path):
        try:
            yield parse_annotation(line)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}:{number} is no annotation ({error!r}); build again into a new folder") from error


def read_entities(path: Path) -> Iterator[Entity]:
    """The entities of a file, in its order; StoreError naming the line that is none."""
    for number, line in _lines(path):
        try:
            yield parse_entity(line)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}:{number} is no entity ({error!r}); build again into a new folder") from error


def reusable(path: Path, annotator: str) -> dict[str, Annotation]:
    """Article key -> annotation made earlier by the very same annotator; empty where nothing can be used."""
    if not path.is_file():
        return {}
    found: dict[str, Annotation] = {}
    try:
        for annotation in read_annotations(path):
            if annotation.annotator == annotator:
                found[annotation.article.key] = annotation
    except StoreError:
        # A damaged file of an earlier run costs only the time to annotate again.
        return found
    return found


def write_annotations(path: Path, annotations: Iterable[Annotation]) -> None:
    """One line an article, in the given order; StoreError where the disk refuses."""
    _write(path, (annotation_line(annotation) for annotation in annotations))


def write_entities(path: Path, entities: Iterable[Entity]) -> None:
    """One line an entity, in the given order; StoreError where the disk refuses."""
    _write(path, (entity_line(entity) for entity in entities))


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
    except OSError as error:
        raise StoreError(f"cannot write {str(path)!r}: {error}; check the folder and the free space") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {str(path)!r}: {error}; build again into a new folder") from error
