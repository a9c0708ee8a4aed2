"""Wikidata's own answers: search by name, entities by id, labels; cached, in batches, three requests at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any

from kg.errors import AnswerTooLargeError, ItemFormatError, WikidataError
from kg.model import EntityType
from kg.wikidata.action_api import AT_ONCE, ActionApi, ApiError, Limits
from kg.wikidata.cache import AnswerCache, Kept, silent
from kg.wikidata.classes import classes_in
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import item_of
from kg.wikidata.patience import Patience, Timing

WIKIDATA_API = "https://www.wikidata.org/w/api.php"
BATCH = 50
"""Ids in one request; the API's own limit."""

DAY = 86_400.0
_QID = re.compile(r"Q[1-9][0-9]{0,9}")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_LONGEST_NAME = 250
_FORMAT = 1
_ALL = "labels|descriptions|aliases|claims|sitelinks"
_HUMAN = "haswbstatement:P31=Q5"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One item that a search found, with what it was found by ("label", "alias" or "text", and the words)."""

    qid: str
    label: str | None = None
    description: str | None = None
    match: str = "label"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """How many seconds an answer is used again: searches, entities, and answers that there is nothing."""

    search: float = 7 * DAY
    entity: float = 30 * DAY
    nothing: float = 1 * DAY


class Client:
    """Asks Wikidata by the rules of the house, and its cache first.

    `contact` is an e-mail or web address of the user's (ConfigError without); `languages` are those of labels, best
    first, to which "mul" (all languages) is added. Every method raises WikidataError where Wikidata cannot be reached
    or answers nonsense; what was fetched by then is in the cache, so that the next run goes on from there. `say` gets a
    sentence for each entity that cannot be read.
    """

    def __init__(
        self,
        contact: str,
        *,
        api: str = WIKIDATA_API,
        languages: Sequence[str] = ("en",),
        cache: AnswerCache | None = None,
        ages: Ages | None = None,
        limits: Limits | None = None,
        patience: Patience | None = None,
        timing: Timing | None = None,
        say: Callable[[str], None] = silent,
    ) -> None:
        timing = timing or Timing()
        self._say = say
        self.languages = tuple(dict.fromkeys((*languages, "mul")))
        self._api = ActionApi(api, contact=contact, limits=limits, patience=patience, timing=timing)
        self._cache = cache if cache is not None else AnswerCache(clock=timing.clock)
        self._ages = ages or Ages()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    @property
    def api(self) -> str:
        """The address that is asked."""
        return self._api.url

    @property
    def sent(self) -> int:
        """How many requests were sent so far; what the cache answers is none."""
        return self._api.sent

    def close(self) -> None:
        """Close connections and cache."""
        self._api.close()
        self._cache.close()

    def stop(self) -> None:
        """Let nothing wait any more, in other threads too: the run is being stopped."""
        self._api.stop()

    def probe(self, timeout: float = 5.0) -> str | None:
        """One brief try whether Wikidata answers: None if so, else the reason why not. Asks no cache."""
        return self._api.probe(timeout)

    def search(
        self, name: str, language: str | None = None, kind: EntityType | None = None, *, limit: int = 7
    ) -> tuple[SearchHit, ...]:
        """The items whose label or alias starts with `name`, in Wikidata's order.

        People who are not found so are sought by the words of their pages.
        """
        plain = " ".join(name.split())
        if not plain or len(plain) > _LONGEST_NAME or _HALF_PAIR.search(plain):
            return ()
        tongue = language or self.languages[0]
        hits = self._kept_search(["search", plain, tongue, limit], lambda: self._named(plain, tongue, limit))
        if not hits and kind is EntityType.PERSON and " " in plain:
            hits = self._kept_search(["people", plain, limit], lambda: self._people(plain, limit))
        return hits

    def entities(
        self, qids: Iterable[str], *, properties: Collection[str] | None = None, references: bool = True
    ) -> dict[str, WikidataItem]:
        """The items by the ids that were asked for, in that order; redirects are followed, what is missing is absent.

        An item that another id redirects to says so in `redirects_from`. `properties` and `references` say which
        statements are read of what was fetched, and how, as in `item_of`.
        """
        documents = self._documents(qids, _ALL)
        found: dict[str, WikidataItem] = {}
        for qid, document in documents.items():
            try:
                item = item_of(document, properties=properties, references=references)
            except ItemFormatError as error:
                self._say(str(error))
                continue
            if item is None:
                continue
            if item.id != qid and item.redirects_from is None:
                item = replace(item, redirects_from=qid)
            found[qid] = item
        return found

    def labels(self, qids: Iterable[str]) -> dict[str, str]:
        """The labels by id, in the first of the client's languages that has one; ids without any are absent."""
        found: dict[str, str] = {}
        for qid, document in self._documents(qids, "labels").items():
            labels = document.get("labels")
            terms = [labels.get(code) for code in self.languages] if isinstance(labels, Mapping) else []
            texts = [term.get("value") for term in terms if isinstance(term, Mapping)]
            text = next((text for text in texts if isinstance(text, str)), None)
            if text is not None:
                found[qid] = text
        return found

    def parents(self, qids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The direct superclasses (P279) by class."""
        return {qid: classes_in(document, "P279") or () for qid, document in self._documents(qids, "claims").items()}

    def _key(self, parts: Sequence[object]) -> str:
        return json.dumps([_FORMAT, self._api.url, *parts])

    def _fresh(self, kept: Kept, age: float) -> bool:
        return 0 <= kept.age < (age if kept.value else self._ages.nothing)

    def _kept_search(self, parts: Sequence[object], ask: Callable[[], tuple[SearchHit, ...]]) -> tuple[SearchHit, ...]:
        key = self._key(parts)
        kept = self._cache.get([key]).get(key)
        if kept is not None and self._fresh(kept, self._ages.search):
            return tuple(SearchHit(**hit) for hit in kept.value)
        hits = ask()
        self._cache.put({key: [asdict(hit) for hit in hits]})
        return hits

    def _named(self, name: str, language: str, limit: int) -> tuple[SearchHit, ...]:
        answer = self._api.ask(
            {
                "action": "wbsearchentities",
                "search": name,
                "language": language,
                "uselang": language,
                "type": "item",
                "limit": str(limit),
            }
        )
        return tuple(_hit(row) for row in self._rows(answer.get("search")) if _QID.fullmatch(str(row.get("id"))))

    def _people(self, name: str, limit: int) -> tuple[SearchHit, ...]:
        """People on whose page all words stand; none where the server has no such search."""
        words = re.sub(r'["~*?\\:]', " ", name)
        question = {
            "action": "query",
            "list": "search",
            "srsearch": f"{words} {_HUMAN}",
            "srnamespace": "0",
            "srlimit": str(limit),
        }
        try:
            answer = self._api.ask(question)
        except ApiError:
            return ()
        query = answer.get("query")
        rows = self._rows(query.get("search") if isinstance(query, Mapping) else None)
        titles = (str(row.get("title")) for row in rows)
        return tuple(SearchHit(title, match="text") for title in titles if _QID.fullmatch(title))

    def _rows(self, rows: object) -> list[Mapping[str, Any]]:
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise WikidataError(f"the search at {self._api.url!r} answers without a list of hits; check the address")
        return rows

    def _documents(self, qids: Iterable[str], props: str) -> dict[str, dict[str, Any]]:
        """The documents by the id asked for, from the cache or from Wikidata; missing ones are absent."""
        wanted = [qid for qid in dict.fromkeys(qids) if _QID.fullmatch(qid)]
        keys = {qid: self._key([props, qid, *self.languages]) for qid in wanted}
        kept = self._cache.get(keys.values())
        found: dict[str, dict[str, Any]] = {}
        unknown: list[str] = []
        for qid, key in keys.items():
            if key in kept and self._fresh(kept[key], self._ages.entity):
                found[qid] = kept[key].value
            else:
                unknown.append(qid)
        batches = [unknown[begin : begin + BATCH] for begin in range(0, len(unknown), BATCH)]

        def fetch(batch: list[str]) -> dict[str, dict[str, Any]]:
            documents = self._batch(batch, props)
            self._cache.put({keys[qid]: document for qid, document in documents.items()})
            return documents

        if len(batches) == 1:
            found.update(fetch(batches[0]))
        elif batches:
            workers = ThreadPoolExecutor(AT_ONCE)
            try:
                for documents in workers.map(fetch, batches):
                    found.update(documents)
            except KeyboardInterrupt:
                self.stop()
                raise
            finally:
                workers.shutdown(cancel_futures=True)
        return {qid: found[qid] for qid in wanted if found[qid]}

    def _batch(self, qids: list[str], props: str) -> dict[str, dict[str, Any]]:
        """A document for each id, {} for one that is missing. A batch that is too large is asked for in halves."""
        question = {
            "action": "wbgetentities",
            "ids": "|".join(qids),
            "props": props,
            "languages": "|".join(self.languages),
            "redirects": "yes",
        }
        try:
            answer = self._api.ask(question)
        except AnswerTooLargeError:
            if len(qids) == 1:
                raise
            middle = len(qids) // 2
            return self._batch(qids[:middle], props) | self._batch(qids[middle:], props)
        except ApiError as error:
            if error.code != "no-such-entity" or error.entity not in qids:
                raise
            rest = [qid for qid in qids if qid != error.entity]
            return {error.entity: {}, **(self._batch(rest, props) if rest else {})}
        entities = answer.get("entities")
        if not isinstance(entities, Mapping):
            raise WikidataError(f"{self._api.url!r} answers without the entities asked for; check the address")
        return {qid: self._document(qid, entities) for qid in qids}

    def _document(self, qid: str, entities: Mapping[str, Any]) -> dict[str, Any]:
        document = entities.get(qid)
        if not isinstance(document, dict):
            raise WikidataError(f"{self._api.url!r} says nothing of {qid!r}, which it was asked for; try again later")
        return {} if "missing" in document else document


def _hit(row: Mapping[str, Any]) -> SearchHit:
    match = row.get("match")
    match = match if isinstance(match, Mapping) else {}
    label, description = row.get("label"), row.get("description")
    return SearchHit(
        str(row["id"]),
        label if isinstance(label, str) else None,
        description if isinstance(description, str) else None,
        str(match.get("type", "label")),
        str(match["text"]) if "text" in match else None,
    )
