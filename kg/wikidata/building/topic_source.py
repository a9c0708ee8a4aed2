"""A topic of a SPARQL endpoint as a source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.wikidata.building.sources import Checkpoint, Portion
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import document_of

_PAGE = 50

Items = Callable[[str | None], Iterator[tuple[str, WikidataItem]]]
"""The items of a topic after a token, each with the token after it."""


@dataclass(frozen=True, slots=True)
class TopicSource:
    """What an endpoint says of a topic; `items` asks it (see `kg.wikidata.sparql.endpoint.topic_items`)."""

    name: str
    items: Items

    @property
    def title(self) -> str:
        """The name."""
        return self.name

    @property
    def size(self) -> int:
        """0: nobody knows how much an endpoint will say."""
        return 0

    @property
    def stamp(self) -> str:
        """Nothing: an endpoint changes all the time, and what was read of it stays read."""
        return ""

    def portions(self, start: Checkpoint | None = None) -> Iterator[Portion]:
        """A portion for every page of items; after an interruption some items may come again."""
        start = start or Checkpoint()
        texts: list[bytes] = []
        done, read, last = start.texts, start.position, start.token
        for token, item in self.items(start.token or None):
            text = json.dumps(document_of(item), ensure_ascii=False, separators=(",", ":")).encode()
            texts.append(text)
            read += len(text)
            done, last = done + 1, token
            if len(texts) == _PAGE:
                yield self._portion(texts, done, read, last)
                texts = []
        if texts:
            yield self._portion(texts, done, read, last)

    def _portion(self, texts: list[bytes], done: int, read: int, token: str) -> Portion:
        first = done - len(texts) + 1
        names = tuple(f"{self.name}, item {number}" for number in range(first, done + 1))
        return Portion(texts, first, Checkpoint(read, done, token=token), read, names)
