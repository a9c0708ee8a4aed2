"""Items by topic from a SPARQL endpoint that holds Wikidata's triples: paged, resumable, standard SPARQL 1.1 only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from kg.errors import AnswerTooLargeError, UsageError
from kg.wikidata.action_api import Limits
from kg.wikidata.item import WikidataItem
from kg.wikidata.patience import Patience, Timing
from kg.wikidata.sparql import topics
from kg.wikidata.sparql.client import SparqlClient, agent_for
from kg.wikidata.sparql.items import items_of
from kg.wikidata.summary import NEEDED

__all__ = ["agent_for", "topic_items", "topic_of"]

topic_of = topics.topic_of

LISTED, DETAILED = 1000, 50
"""How many ids one query lists, and how many items one query describes."""

_MOST_CLASSES = 20_000
_TOKEN = re.compile(r"([0-2]):(Q[1-9][0-9]*)?")
_MEMBERS, _AROUND, _CLASSES = range(3)


def topic_items(
    url: str,
    topic: str,
    value: str,
    *,
    agent: str,
    languages: Sequence[str] = ("en",),
    after: str | None = None,
    properties: Iterable[str] = NEEDED,
    listed: int = LISTED,
    detailed: int = DETAILED,
    limits: Limits | None = None,
    patience: Patience | None = None,
    timing: Timing | None = None,
) -> Iterator[tuple[str, WikidataItem]]:
    """The items of a topic, each with the token from which to go on after it, in an order that stays the same.

    First come the members, then what their statements speak of (parties, offices, employers, kin, countries), then the
    classes of all these and the classes above, so that nothing else is needed to tell what each is and to name it.
    Within each of the three they go by QID as text. An item comes once in a call; after a resume (`after` is a token
    of an earlier call with the same topic) a class or office may come a second time. Statements are those of
    `properties`, of all ranks, with qualifiers, ids, and dates with precision; references are left out. Labels,
    aliases and descriptions are in `languages`, their variants ("en-gb") and "mul".

    `agent` is what `agent_for(url, contact)` gives. UsageError for an unknown topic, no QID or no token, before
    anything is asked; WikidataError where the endpoint cannot be reached or answers nonsense.
    """
    pattern = topics.pattern_of(topic, value)
    phase, last = _token(after)
    client = SparqlClient(url, agent=agent, limits=limits, patience=patience, timing=timing)
    return _items(client, pattern, phase, last, languages, sorted(properties), listed, detailed)


def _token(after: str | None) -> tuple[int, str]:
    match = _TOKEN.fullmatch(after or "0:")
    if match is None:
        raise UsageError(f"{after!r} is no place to go on from; begin anew without it")
    return int(match[1]), match[2] or ""


def _items(
    client: SparqlClient,
    pattern: str,
    first: int,
    last: str,
    languages: Sequence[str],
    properties: Sequence[str],
    listed: int,
    detailed: int,
) -> Iterator[tuple[str, WikidataItem]]:
    seen: set[str] = set()
    for phase in range(first, _CLASSES + 1):
        after = last if phase == first else ""
        batch: list[str] = []
        for qid in _listed(client, pattern, phase, after, listed):
            if qid in seen:
                continue
            seen.add(qid)
            batch.append(qid)
            if len(batch) == detailed:
                yield from _described(client, phase, batch, languages, properties)
                batch = []
        yield from _described(client, phase, batch, languages, properties)


def _listed(client: SparqlClient, pattern: str, phase: int, after: str, limit: int) -> Iterator[str]:
    """The ids of a phase after one, in the order of their text.

    A page that is not full is no sign of the end: servers may give fewer rows than they are asked for.
    """
    if phase == _CLASSES:
        yield from (qid for qid in _classes(client, pattern) if qid > after)
        return
    query = topics.members_query if phase == _MEMBERS else topics.around_query
    while page := _qids(client, query(pattern, after, limit)):
        yield from page
        after = page[-1]


def _classes(client: SparqlClient, pattern: str) -> list[str]:
    """All classes of the topic's items and of what these speak of, and all above, in the order of their text."""
    found: set[str] = set()
    level = _qids(client, topics.classes_query(pattern))
    while level and len(found) < _MOST_CLASSES:
        found.update(level)
        above: set[str] = set()
        for begin in range(0, len(level), LISTED):
            above.update(_qids(client, topics.superclasses_query(level[begin : begin + LISTED])))
        level = sorted(above - found)
    return sorted(found)


def _qids(client: SparqlClient, query: str) -> list[str]:
    rows = client.select(query, ["item"])
    found = (row["item"].entity for row in rows)
    return sorted({qid for qid in found if qid is not None and qid.startswith("Q")})


def _described(
    client: SparqlClient, phase: int, qids: Sequence[str], languages: Sequence[str], properties: Sequence[str]
) -> Iterator[tuple[str, WikidataItem]]:
    """The items with their tokens; a batch that is too much for the endpoint is asked for in halves."""
    if not qids:
        return
    select = partial(client.select, divisible=len(qids) > 1)
    try:
        items = items_of(
            qids,
            terms=select(topics.terms_query(qids, languages), ["item", "predicate", "value"]),
            sitelinks=select(topics.sitelinks_query(qids), ["item", "site", "title"]),
            statements=select(
                topics.statements_query(qids, properties), ["item", "property", "statement", "predicate", "value"]
            ),
            times=select(topics.times_query(qids, properties), ["node", "time", "precision"]),
        )
    except AnswerTooLargeError:
        if len(qids) == 1:
            raise
        middle = len(qids) // 2
        yield from _described(client, phase, qids[:middle], languages, properties)
        yield from _described(client, phase, qids[middle:], languages, properties)
        return
    yield from ((f"{phase}:{item.id}", item) for item in items if item.labels or item.statements)
