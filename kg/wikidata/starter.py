"""The index that travels with the package: the best-known people, parties, outlets, offices and places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata.flat import statements_of
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.item import WikidataItem
from kg.wikidata.memory import MemoryGazetteer

FORMAT = "starter-1"
FILES = {
    "people": EntityType.PERSON,
    "parties": EntityType.PARTY,
    "organisations": EntityType.ORGANIZATION,
    "outlets": EntityType.OUTLET,
    "positions": EntityType.POSITION,
    "places": EntityType.PLACE,
}
_FOLDER = Path(__file__).resolve().parent / "starter"


@lru_cache(maxsize=4)
def load_starter(folder: Path = _FOLDER) -> MemoryGazetteer:
    """The starter index, or a folder of the same files; IndexFormatError where one is missing or damaged."""
    digest = hashlib.sha256(FORMAT.encode())
    items: list[Item] = []
    given: dict[str, str] = {}
    for name, kind in FILES.items():
        items += (item_of(row, kind) for row in _rows(folder / f"{name}.jsonl", digest))
    for row in _rows(folder / "given_names.jsonl", digest):
        given.update((given_name, row["gender"]) for given_name in row["names"])
    return MemoryGazetteer(items, digest=digest.hexdigest()[:16], given_names=given, documents=_Documents(items))


class _Documents(Mapping[str, WikidataItem]):
    """What the items say as statements, made when asked for."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = {item.qid: item for item in items}

    def __getitem__(self, qid: str) -> WikidataItem:
        return statements_of(self._items[qid])

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


def item_of(row: dict[str, Any], kind: EntityType) -> Item:
    """The item of one line of a starter file."""
    get = row.get
    return Item(
        qid=row["qid"],
        label=row["label"],
        type=kind,
        aliases=tuple(get("aliases", ())),
        description=get("description"),
        gender=get("gender"),
        birth=get("birth"),
        death=get("death"),
        country=get("country"),
        parties=tuple(Tenure(*part) for part in get("parties", ())),
        offices=tuple(Tenure(*part) for part in get("offices", ())),
        prior=float(get("prior", 0.0)),
        kin=tuple(get("kin", ())),
        domains=tuple(get("domains", ())),
        words=tuple(get("words", ())),
        employers=tuple(Tenure(*part) for part in get("employers", ())),
        occupations=tuple(get("occupations", ())),
    )


def _rows(path: Path, digest: hashlib._Hash) -> Iterator[dict[str, Any]]:
    try:
        raw = path.read_bytes()
        digest.update(raw)
        yield from (json.loads(line) for line in raw.decode("utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise IndexFormatError(
            f"the index file {str(path)!r} cannot be read ({error}); install public-figures-kg again"
        ) from error
