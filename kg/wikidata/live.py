"""Wikidata itself as a gazetteer: what it knows of names that the local indexes leave open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from kg.config import Settings
from kg.errors import WikidataError
from kg.model import EntityType, content_hash
from kg.wikidata.action_api import AT_ONCE
from kg.wikidata.cache import AnswerCache, silent
from kg.wikidata.classes import ELSEWHERE, NONE, ROOTS, kind_of, superclasses_from
from kg.wikidata.client import Ages, Client, SearchHit
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import EntityRef, WikidataItem
from kg.wikidata.item_json import document_of
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.names import HONORIFICS, TITLES, fold
from kg.wikidata.summary import NEEDED, kept, summary_of

HITS = 7
"""So many items are looked at for one name, in the order in which Wikidata finds them."""

MOST_REQUESTS = 600
"""So many requests one run sends at most; what is left over is for the next run."""

_FAILURES = 3
_AT_A_TIME = 24
_LEVELS = 12
_DECIDED = NONE | ELSEWHERE | frozenset(qid for roots in ROOTS.values() for qid in roots)
Say = Callable[[str], None]
Show = Callable[[int, int], None]


def _nothing(_done: int, _total: int) -> None:
    pass


def client_of(settings: Settings, *, say: Say = silent) -> Client:
    """The client that the settings ask for, with its cache on disk; ConfigError without a contact."""
    path = Path(settings.wikidata_cache) if settings.wikidata_cache else default_cache()
    cache = AnswerCache(path, say=say)
    client = Client(
        settings.contact,
        api=settings.wikidata_api,
        languages=tuple(dict.fromkeys((settings.language, "en"))),
        cache=cache,
        say=say,
    )
    cache.forget(older_than=max(asdict(Ages()).values()))
    return client


def default_cache() -> Path:
    """The file in the user's cache folder that keeps Wikidata's answers."""
    return platformdirs.user_cache_path("public-figures-kg", appauthor=False) / "wikidata.sqlite"


def mode_of(
    settings: Settings, client_factory: Callable[[Settings], Client] = client_of, *, timeout: float = 5.0
) -> tuple[Client | None, str]:
    """The client to ask, None for none, and a sentence that says which way it went.

    "offline" asks nothing. "auto" needs a contact and tries the network once. "live" raises ConfigError without a
    contact and WikidataError where Wikidata does not answer.
    """
    if settings.wikidata == "offline":
        return None, "Wikidata itself is not asked (offline)"
    if settings.wikidata == "auto" and not settings.contact.strip():
        return None, "Wikidata itself is not asked: no contact is set (--contact, your e-mail or web address)"
    client = client_factory(settings)
    reason = client.probe(timeout)
    if reason is None:
        return client, f"Wikidata is asked at {client.api}"
    client.close()
    if settings.wikidata == "live":
        raise WikidataError(f"Wikidata at {client.api!r} {reason}; check the network, or take --wikidata offline")
    return None, f"Wikidata itself is not asked: {client.api} {reason}"


def live_gazetteer(
    names: Iterable[tuple[str, EntityType]],
    client: Client,
    *,
    hits: int = HITS,
    most_requests: int = MOST_REQUESTS,
    say: Say = silent,
    show: Show = _nothing,
) -> MemoryGazetteer:
    """What Wikidata knows of names: the first `hits` items of each that are of a type, with their statements.

    Names are looked up in the order given, the important ones best first, each once. At most about `most_requests`
    requests are sent; what the cache knows costs none. `say` gets a sentence for each name that could not be looked
    up, and for what is left over; nothing here stops a run. `show` gets how many names of how many are done, now and
    then. Equal answers make equal gazetteers.
    """
    budget = _Budget(client, most_requests)
    found = _searched(_distinct(names), client, budget, hits, say, show)
    return _gazetteer(dict.fromkeys(hit.qid for result in found for hit in result), client, budget, say)


def known_items(
    qids: Iterable[str], client: Client, *, most_requests: int = MOST_REQUESTS, say: Say = silent
) -> MemoryGazetteer:
    """The items of `qids` that are of a type, as Wikidata has them, with their statements; see `live_gazetteer`."""
    return _gazetteer(qids, client, _Budget(client, most_requests), say)


def _gazetteer(qids: Iterable[str], client: Client, budget: _Budget, say: Say) -> MemoryGazetteer:
    items = {item.id: item for item in refresh(qids, client, say=say).values()}
    kinds = _kinds(items.values(), client, budget, say)
    documents = {qid: items[qid] for qid in sorted(kinds, key=lambda qid: (len(qid), qid))}
    labels = _labels(documents, kinds, client, say)
    summaries = [_summary(item, kinds[qid], labels.get, client) for qid, item in documents.items()]
    statements = {qid: kept(item, client.languages) for qid, item in documents.items()}
    digest = content_hash([[asdict(made), document_of(statements[made.qid])] for made in summaries])
    return MemoryGazetteer(summaries, digest=digest, documents=statements)


def refresh(qids: Iterable[str], client: Client, *, say: Say = silent) -> dict[str, WikidataItem]:
    """The items as Wikidata has them now (or had them within the cache's age), by the ids that were asked for.

    Statements are those of the properties that a summary or an index needs, without references. Items that cannot be
    had are absent; `say` gets a sentence for each group of them.
    """
    wanted = list(dict.fromkeys(qids))
    found: dict[str, WikidataItem] = {}
    size = 50 * AT_ONCE
    failures = 0
    for begin in range(0, len(wanted), size):
        part = wanted[begin : begin + size]
        try:
            found.update(client.entities(part, properties=NEEDED, references=False))
            failures = 0
        except WikidataError as error:
            failures += 1
            say(f"{len(part)} Wikidata items from {part[0]} on were not read: {error}")
        if failures == _FAILURES:
            say(f"{len(wanted) - begin - len(part)} further Wikidata items were not asked for")
            break
    return found


@dataclass(slots=True)
class _Budget:
    """How many requests may still be sent."""

    client: Client
    most: int
    begin: int = 0

    def __post_init__(self) -> None:
        self.begin = self.client.sent

    @property
    def left(self) -> int:
        return self.most - (self.client.sent - self.begin)


def _distinct(names: Iterable[tuple[str, EntityType]]) -> list[tuple[str, EntityType]]:
    """The names as they are asked, each once: people without titles in front."""
    asked = (
        (_without_titles(name) if kind is EntityType.PERSON else " ".join(name.split()), kind) for name, kind in names
    )
    return list(dict.fromkeys(pair for pair in asked if pair[0]))


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 2 and fold(words[0]) in HONORIFICS | TITLES:
        words.pop(0)
    return " ".join(words)


def _searched(
    names: Sequence[tuple[str, EntityType]], client: Client, budget: _Budget, hits: int, say: Say, show: Show
) -> list[tuple[SearchHit, ...]]:
    """The hits of each name, as far as the budget reaches: a third of it is kept for reading what was found."""
    reserve = budget.most // 3
    search = _Search(client, hits)
    found: list[tuple[SearchHit, ...]] = []
    done = 0
    workers = ThreadPoolExecutor(AT_ONCE)
    try:
        while done < len(names) and not search.over:
            size = min(_AT_A_TIME, (budget.left - reserve) // 2)
            if size < 1:
                break
            found += workers.map(search, names[done : done + size])
            done = min(done + size, len(names))
            show(done, len(names))
    except KeyboardInterrupt:
        client.stop()
        raise
    finally:
        workers.shutdown(cancel_futures=True)
    for sentence in search.sentences(names):
        say(sentence)
    if search.over:
        left = len(names) - len(search.asked)
        say(f"{left} further names were not looked up, since {_FAILURES} in a row failed")
    elif done < len(names):
        say(f"{len(names) - done} names were not looked up: the limit of {budget.most} requests is reached; run again")
    return found


class _Search:
    """Looks names up one by one, and stops when several in a row fail."""

    def __init__(self, client: Client, hits: int) -> None:
        self._client = client
        self._hits = hits
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._failed: dict[tuple[str, EntityType], str] = {}
        self.asked: set[tuple[str, EntityType]] = set()

    @property
    def over(self) -> bool:
        """Whether so many failed one after another that asking on is no use."""
        return self._in_a_row >= _FAILURES

    def sentences(self, names: Iterable[tuple[str, EntityType]]) -> list[str]:
        """One for each name that failed, in the order of the names."""
        return [f"{pair[0]!r} was not looked up: {self._failed[pair]}" for pair in names if pair in self._failed]

    def __call__(self, pair: tuple[str, EntityType]) -> tuple[SearchHit, ...]:
        if self.over:
            return ()
        name, kind = pair
        try:
            hits = self._client.search(name, kind=kind, limit=self._hits)
        except WikidataError as error:
            with self._lock:
                self.asked.add(pair)
                self._failed[pair] = str(error)
                self._in_a_row += 1
            return ()
        with self._lock:
            self.asked.add(pair)
            self._in_a_row = 0
        return hits


def _kinds(items: Iterable[WikidataItem], client: Client, budget: _Budget, say: Say) -> dict[str, EntityType]:
    """The types by QID of the items that are of one."""
    found = list(items)
    parents: dict[str, tuple[str, ...]] = {}
    level = {
        statement.main.value.id
        for item in found
        for name in ("P31", "P279")
        for statement in item.all(name)
        if isinstance(statement.main.value, EntityRef)
    }
    for _ in range(_LEVELS):
        wanted = sorted(level - _DECIDED - parents.keys())
        if not wanted or budget.left < 1:
            break
        try:
            above = client.parents(wanted)
        except WikidataError as error:
            say(f"the classes of some Wikidata items were not read: {error}")
            break
        parents.update({qid: above.get(qid, ()) for qid in wanted})
        level = {parent for qid in wanted for parent in parents[qid]}
    superclasses = superclasses_from(parents)
    kinds = {item.id: kind_of(item, superclasses) for item in found}
    return {qid: kind for qid, kind in kinds.items() if kind is not None}


def _labels(
    documents: Mapping[str, WikidataItem], kinds: Mapping[str, EntityType], client: Client, say: Say
) -> dict[str, str]:
    """The labels of everything that the items' summaries name: parties, offices, employers, kin, occupations."""
    wanted: dict[str, None] = {}

    def note(qid: str) -> None:
        wanted[qid] = None

    for qid, item in documents.items():
        _summary(item, kinds[qid], note, client)
    try:
        return client.labels(wanted)
    except WikidataError as error:
        say(f"the names of some parties and offices were not read: {error}")
        return {}


def _summary(item: WikidataItem, kind: EntityType, label_of: Callable[[str], str | None], client: Client) -> Item:
    return summary_of(item, kind, label_of, languages=client.languages)
