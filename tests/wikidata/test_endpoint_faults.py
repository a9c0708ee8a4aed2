"""What happens where a SPARQL endpoint is busy, cuts its answers off, or is none; good answers are a real server's."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlencode

import pytest
from wikidata.kettleland import CHAMBER, world
from wikidata.odd_server import Fault, Handler, OddServer, cut, dripping, raw, redirect, reset, says, slow, status
from wikidata.oxigraph import oxigraph
from wikidata.triples import triples
from wikidata.waiting import Clock

from kg.errors import AnswerTooLargeError, UsageError, WikidataError
from kg.wikidata.action_api import Limits
from kg.wikidata.item import WikidataItem
from kg.wikidata.patience import Patience, Timing
from kg.wikidata.sparql.client import SparqlClient
from kg.wikidata.sparql.endpoint import agent_for, topic_items

AGENT = agent_for("http://localhost/", "ada@example.org")
ROW = "SELECT ?item WHERE { VALUES ?item { 1 } }"
Items = list[tuple[str, WikidataItem]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph"), triples(world().values())) as address:
        yield address


@pytest.fixture
def server(good: str) -> Iterator[OddServer]:
    def forward(query: str) -> bytes:
        headers = {"Accept": "application/sparql-results+json"}
        request = urllib.request.Request(good, urlencode({"query": query}).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as found:
            return bytes(found.read())

    with OddServer(post=forward) as odd:
        yield odd


@pytest.fixture
def fetch(server: OddServer, clock: Clock) -> Callable[..., Items]:
    def call(**more: object) -> Items:
        settings: dict[str, object] = {"agent": AGENT, "timing": clock.timing, "limits": Limits(silence=0.5)}
        return list(topic_items(f"{server.root}/sparql", "parliament", CHAMBER, **(settings | more)))  # type: ignore[arg-type]

    return call


def test_a_server_that_gives_fewer_rows_than_asked_loses_nothing(
    fetch: Callable[..., Items], server: OddServer
) -> None:
    whole, good = fetch(), server.post
    assert good is not None
    server.post = lambda query: good(query.replace("LIMIT 1000", "LIMIT 1"))
    assert fetch() == whole


def server_error(text: str) -> Fault:
    return lambda handler: handler.send(500, text.encode(), kind="text/plain")


def half(handler: Handler) -> None:
    """HTTP 200 and the first half of a good answer, which is how servers end a query that runs out of time."""
    assert handler.odd.post is not None
    body = handler.odd.post(handler.asked.values["query"])
    handler.send(200, body[: len(body) // 2], kind="application/sparql-results+json")


def test_queries_are_posted_one_at_a_time_by_somebody_with_a_name(
    fetch: Callable[..., Items], server: OddServer
) -> None:
    server.pause = 0.01
    assert len(fetch()) == 7
    assert server.most_at_once == 1
    assert {asked.method for asked in server.asked} == {"POST"}
    assert {asked.headers["User-Agent"] for asked in server.asked} == {AGENT}
    assert all("application/sparql-results+json" in asked.headers["Accept"] for asked in server.asked)
    assert all(set(asked.values) == {"query"} for asked in server.asked)


@pytest.mark.parametrize(
    "fault",
    [status(429), status(503), status(502), server_error("java.lang.NullPointerException"), cut, reset, half, slow,
     raw(b""), raw(b'{"results": {'), raw(b"[" * 100_000)],
)  # fmt: skip
def test_what_passes_is_asked_again(fetch: Callable[..., Items], server: OddServer, clock: Clock, fault: Fault) -> None:
    whole = fetch()
    server.faults = [None, fault, fault, None, fault]
    assert fetch() == whole
    assert clock.slept == [1, 2, 1]


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_is_obeyed(fetch: Callable[..., Items], server: OddServer, clock: Clock, code: int) -> None:
    server.faults = [
        status(code, Retry_After="33"),
        status(code, Retry_After=formatdate(clock.now + 33 + 44, usegmt=True)),
    ]
    fetch()
    assert clock.slept == [33, 44]


def test_an_endpoint_that_asks_for_long_peace_is_left_alone(fetch: Callable[..., Items], server: OddServer) -> None:
    server.faults = [status(429, Retry_After="1200")]
    with pytest.raises(WikidataError, match="asks to be left alone for 1200 seconds"):
        fetch()
    assert len(server.asked) == 1


def test_patience_ends_and_the_token_leads_on(server: OddServer, clock: Clock) -> None:
    whole, found = [], []
    url = f"{server.root}/sparql"
    whole = list(topic_items(url, "parliament", CHAMBER, agent=AGENT, detailed=1, timing=clock.timing))
    items = topic_items(url, "parliament", CHAMBER, agent=AGENT, detailed=1, timing=clock.timing)
    found = [next(items), next(items)]
    server.always = half
    with pytest.raises(WikidataError, match="no JSON or are cut off, 5 times in a row; try again later"):
        next(items)
    server.always = None
    rest = list(topic_items(url, "parliament", CHAMBER, agent=AGENT, after=found[-1][0], timing=clock.timing))
    assert [*found, *rest] == whole


@pytest.mark.parametrize(
    "fault",
    [
        server_error("SPARQL-QUERY: ...\njava.util.concurrent.TimeoutException"),
        raw(b'{"results": {"bindings": [ {\njava.util.concurrent.TimeoutException\n\tat java.util'),
    ],
)
def test_what_takes_too_long_is_asked_for_in_halves(
    fetch: Callable[..., Items], server: OddServer, clock: Clock, fault: Fault
) -> None:
    whole = fetch(detailed=1)
    server.asked.clear()
    server.faults = [None, None, fault]
    assert fetch() == whole
    assert clock.slept == []
    sizes = [len(re.findall(r"wd:Q", asked.values["query"])) for asked in server.asked[2:11]]
    assert sizes == [2, 1, 1, 1, 1, 1, 1, 1, 1]


def test_what_cannot_be_divided_is_asked_again(fetch: Callable[..., Items], server: OddServer) -> None:
    server.always = server_error("java.util.concurrent.TimeoutException")
    with pytest.raises(WikidataError, match="runs out of time over a query, 5 times"):
        fetch()
    assert len(server.asked) == 5


def test_too_large_answers_are_not_read(fetch: Callable[..., Items]) -> None:
    with pytest.raises(AnswerTooLargeError, match="sends more than 50 bytes; it is not read"):
        fetch(limits=Limits(size=50))


def test_an_endpoint_that_drips_is_given_up(server: OddServer) -> None:
    ticks = iter(range(10_000_000))
    timing = Timing(lambda: float(next(ticks)), lambda _seconds: None, lambda: 1.0)
    client = SparqlClient(
        f"{server.root}/sparql", agent=AGENT, limits=Limits(whole=6), timing=timing, patience=Patience(tries=2)
    )
    server.always = dripping
    with pytest.raises(WikidataError, match="takes too long to send its answer, 2 times"):
        client.select(ROW, [])


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (raw(b"<!DOCTYPE html><title>Query service</title>", "text/html"), "answers with a page instead"),
        (raw(b'<?xml version="1.0"?><sparql/>', "application/sparql-results+xml"), "answers with a page instead"),
        (status(403), "HTTP 403; check that the contact is a real one"),
        (status(405), "HTTP 405; check the address"),
        (status(404), "cannot be asked: .*check the address"),
        (status(400), "does not understand the query"),
        (says({"head": {}, "boolean": True}), "no result of a SELECT"),
        (says([]), "no result of a SELECT"),
        (says({"results": {"bindings": [["x"]]}}), "no result of a SELECT"),
        (says({"results": {"bindings": [{"x": {"type": "uri", "value": "urn:x"}}]}}), "leaves variables .* unbound"),
    ],
)
def test_what_stays_is_an_error_at_once(
    fetch: Callable[..., Items], server: OddServer, clock: Clock, fault: Fault, message: str
) -> None:
    server.always = fault
    with pytest.raises(WikidataError, match=message):
        fetch()
    assert len(server.asked) == 1
    assert clock.slept == []


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_said_not_followed(fetch: Callable[..., Items], server: OddServer, code: int) -> None:
    """A redirected POST loses its query on the way."""
    server.faults = [redirect("/elsewhere", code)]
    with pytest.raises(WikidataError, match=r"redirects to 'http.*/elsewhere'; give that address|HTTP 30[78]"):
        fetch()


def test_nobody_there(clock: Clock) -> None:
    client = SparqlClient("http://127.0.0.1:9/sparql", agent=AGENT, timing=clock.timing)
    with pytest.raises(WikidataError, match=r"the endpoint 'http://127\.0\.0\.1:9/sparql' cannot be reached"):
        client.select(ROW, [])
    assert client.sent == 5


def test_an_address_that_is_none() -> None:
    with pytest.raises(UsageError, match="'localhost:7878' is no web address"):
        SparqlClient("localhost:7878", agent=AGENT)


def test_results_of_another_kind_of_json(server: OddServer, clock: Clock, tmp_path: Path) -> None:
    answer = {"results": {"bindings": [{"item": {"type": "typed-literal", "value": "1", "datatype": "urn:x"}}]}}
    (tmp_path / "x").write_text(json.dumps(answer))
    server.always = says(answer)
    (row,) = SparqlClient(f"{server.root}/sparql", agent=AGENT, timing=clock.timing).select(ROW, ["item"])
    assert (row["item"].value, row["item"].datatype) == ("1", "urn:x")
