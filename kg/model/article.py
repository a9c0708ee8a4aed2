"""What ingest hands on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from kg.model.dates import PartialDate
from kg.model.spans import Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article; every offset of the project points into `text`.

    `id` is the file's name without its ending, or the given id. `boilerplate` are the spans of `text` that are not
    the article's own prose (share links, photo credits, a repeated headline), sorted, from which no claim is drawn.
    `source` says where the article was read from, for messages only.
    """

    id: str
    text: str
    title: str | None = None
    published: PartialDate | None = None
    url: str | None = None
    outlet: str | None = None
    boilerplate: tuple[Span, ...] = ()
    source: str = ""

    @property
    def key(self) -> str:
        """A content hash (16 hex digits) of all that the article says of itself; `source` does not count."""
        published = None if self.published is None else str(self.published)
        return content_hash([self.id, self.text, self.title, published, self.url, self.outlet])


def content_hash(parts: list[object], *, length: int = 16) -> str:
    """The first `length` hex digits of the SHA-256 of `parts` written as a JSON list."""
    line = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:length]
