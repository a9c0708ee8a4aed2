"""What the client does when Wikidata is busy, broken, elsewhere or no Wikidata at all."""

from __future__ import annotations

import gzip
import re
import socket
from collections.abc import Callable
from email.utils import formatdate
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wikidata.kettleland import ADA, document
from wikidata.odd_server import OddServer, cut, dripping, maxlag, raw, redirect, reset, says, slow, status
from wikidata.waiting import Clock

from kg.errors import AnswerTooLargeError, WikidataError
from kg.wikidata.action_api import Limits
from kg.wikidata.client import WIKIDATA_API, Client
from kg.wikidata.patience import Patience, Queue, Timing, TransientError, retry_after

Make = Callable[..., Client]


@pytest.fixture
def client(connect: Make) -> Make:
    return partial(connect, limits=Limits(silence=0.3))


@pytest.mark.parametrize("code", [429, 503, 500, 502, 504])
def test_a_busy_server_is_asked_again_with_growing_pauses(
    client: Make, server: OddServer, clock: Clock, code: int
) -> None:
    server.faults = [status(code)] * 3
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [1, 2, 4]


def test_pauses_vary_by_chance_and_have_an_end(client: Make, server: OddServer, clock: Clock) -> None:
    clock.chance = 0.5
    server.faults = [status(500)] * 4
    client(patience=Patience(first=4, longest=10)).entities([ADA])
    assert clock.slept == [3, 6, 7.5, 7.5]


def test_patience_ends(client: Make, server: OddServer, clock: Clock) -> None:
    server.always = status(503)
    with pytest.raises(WikidataError, match=r"is busy or out of order \(HTTP 503\), 5 times in a row; try again later"):
        client().entities([ADA])
    assert len(server.asked) == 5
    assert clock.slept == [1, 2, 4, 8]


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_in_seconds_is_obeyed(client: Make, server: OddServer, clock: Clock, code: int) -> None:
    server.faults = [status(code, Retry_After="17")]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [17]


def test_retry_after_as_a_date_is_obeyed(client: Make, server: OddServer, clock: Clock) -> None:
    server.faults = [status(503, Retry_After=formatdate(clock.now + 23, usegmt=True))]
    client().entities([ADA])
    assert clock.slept == [23]


def test_a_server_that_asks_for_long_peace_is_left_alone(client: Make, server: OddServer, clock: Clock) -> None:
    server.faults = [status(429, Retry_After="3600")]
    one = client()
    for _ in range(2):
        with pytest.raises(WikidataError, match="asks to be left alone for 3600 seconds; try again after that"):
            one.entities([ADA])
    assert len(server.asked) == 1
    assert clock.slept == []
    clock.now += 3600
    assert list(one.entities([ADA])) == [ADA]


def test_a_pause_that_one_request_is_told_holds_for_the_others(clock: Clock) -> None:
    queue, begin = Queue(Patience(tries=1), clock.timing), clock.now

    def busy() -> float:
        raise TransientError("is busy", 30.0)

    with pytest.raises(WikidataError):
        queue.persist(busy, "Wikidata")
    assert clock.now == begin
    assert queue.persist(clock, "Wikidata") == begin + 30


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 0 ", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Fri, 01 Jan 2100 00:00:10 GMT", 10),
        ("Fri, 01 Jan 2100 00:00:10 -0000", 10),
        ("Fri, 01 Jan 2100 02:00:10 +0200", 10),
        ("Fri, 31 Dec 2099 00:00:00 GMT", 0),
        ("Fri, 99 Jan 2100 00:00:00 GMT", None),
        ("٣", None),
    ],
)
def test_what_retry_after_says(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, 4_102_444_800.0) == seconds


@given(st.text())
def test_whatever_retry_after_says_is_no_crash(value: str) -> None:
    seconds = retry_after(value, 2_000_000_000.0)
    assert seconds is None or seconds >= 0


def test_maxlag_with_http_200_is_no_answer(client: Make, server: OddServer, clock: Clock) -> None:
    server.faults = [maxlag(6.5, "5"), maxlag(5.5, "9")]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [5, 9]


@pytest.mark.parametrize("code", ["ratelimited", "readonly", "internal_api_error_DBQueryError"])
def test_errors_of_the_api_that_pass(client: Make, server: OddServer, clock: Clock, code: str) -> None:
    server.faults = [says({"error": {"code": code, "info": "wait"}})]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [1]


@pytest.mark.parametrize("error", [{"code": "badvalue", "info": "what?"}, {"info": "what?"}, "what?", None])
def test_errors_of_the_api_that_stay(client: Make, server: OddServer, error: object) -> None:
    server.faults = [says({"error": error})]
    with pytest.raises(WikidataError, match="refuses the request"):
        client().entities([ADA])
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [cut, reset, raw(b""), raw(b"  "), raw(b'{"entities": {"Q'), raw(b"[" * 100_000)])
def test_broken_answers_are_asked_for_again(client: Make, server: OddServer, clock: Clock, fault: Callable) -> None:  # type: ignore[type-arg]
    server.faults = [fault, fault]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [1, 2]


def test_an_empty_answer_that_stays_is_an_error(client: Make, server: OddServer) -> None:
    server.always = raw(b"")
    with pytest.raises(WikidataError, match="sends an empty answer, 5 times"):
        client().search("Ada Example")


def test_packed_answers_are_unpacked_and_broken_packing_is_asked_for_again(
    client: Make, server: OddServer, clock: Clock
) -> None:
    def half(handler) -> None:  # type: ignore[no-untyped-def]
        data = gzip.compress(b'{"entities": {}}' * 500)[:-20]
        handler.send(200, data[:100], {"Content-Encoding": "gzip"})

    def no_gzip(handler) -> None:  # type: ignore[no-untyped-def]
        handler.send(200, b"no gzip", {"Content-Encoding": "gzip"})

    server.faults = [half, no_gzip]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [1, 2]


def test_a_silent_server_is_given_up_and_asked_again(client: Make, server: OddServer, clock: Clock) -> None:
    server.faults = [slow]
    assert list(client().entities([ADA])) == [ADA]
    assert clock.slept == [1]


def test_a_server_that_drips_is_given_up(server: OddServer) -> None:
    ticks = iter(range(10_000_000))
    timing = Timing(lambda: float(next(ticks)), lambda _seconds: None, lambda: 1.0)
    server.faults = [dripping]
    with Client("ada@example.org", api=server.api, timing=timing, limits=Limits(whole=6)) as one:
        assert list(one.entities([ADA])) == [ADA]
    assert len(server.asked) == 2


def test_too_large_answers_are_not_read(client: Make, server: OddServer) -> None:
    server.documents = {ADA: document(ADA, "x" * 2_000_000)}
    one = client(limits=Limits(size=1_000_000))
    with pytest.raises(AnswerTooLargeError, match="more than 1000000 bytes; it is not read"):
        one.entities([ADA])
    assert len(server.asked) == 1


def test_a_web_page_instead_of_data_is_an_error_at_once(client: Make, server: OddServer) -> None:
    server.always = raw(b"\n<!DOCTYPE html><title>Sign in to the hotel's network</title>", "text/html")
    with pytest.raises(WikidataError, match="a web page instead of data"):
        client().search("Ada Example")
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"7"])
def test_json_that_is_no_object(client: Make, server: OddServer, body: bytes) -> None:
    server.always = raw(body)
    with pytest.raises(WikidataError, match="JSON that is no object"):
        client().search("Ada Example")


def test_redirects_on_the_same_server_are_followed(client: Make, server: OddServer) -> None:
    server.faults = [redirect("/other{path}"), redirect("{path}", 308)]
    assert list(client().entities([ADA])) == [ADA]
    assert [asked.path for asked in server.asked] == ["/w/api.php", "/other/w/api.php", "/other/w/api.php"]
    assert all(asked.values["ids"] == ADA for asked in server.asked)


@pytest.mark.parametrize("to", ["http://127.0.0.2:9/w/api.php", "https://example.org/{path}", "http://127.0.0.1:1/"])
def test_redirects_to_another_server_are_not(client: Make, server: OddServer, to: str) -> None:
    server.faults = [redirect(to)]
    with pytest.raises(WikidataError, match="another server and is not followed"):
        client().entities([ADA])


def test_a_circle_of_redirects_ends(client: Make, server: OddServer) -> None:
    server.always = redirect("{path}")
    with pytest.raises(WikidataError, match="redirects in a circle"):
        client().entities([ADA])
    assert len(server.asked) == 6


def test_a_redirect_to_nowhere(client: Make, server: OddServer) -> None:
    server.always = status(302)
    with pytest.raises(WikidataError, match="HTTP 302"):
        client().entities([ADA])


def test_a_refusal_says_what_to_do(client: Make, server: OddServer) -> None:
    server.always = status(403)
    with pytest.raises(WikidataError, match=r"HTTP 403: Wikimedia Error Our servers .*check that the contact"):
        client().entities([ADA])
    assert len(server.asked) == 1


def test_another_address_says_what_to_do(client: Make, server: OddServer) -> None:
    server.always = status(404)
    with pytest.raises(WikidataError, match=f"HTTP 404; check the address '{re.escape(server.api)}'"):
        client().entities([ADA])


def test_nobody_at_the_address(clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        api = f"http://127.0.0.1:{taken.getsockname()[1]}/w/api.php"
        with Client("ada@example.org", api=api, timing=clock.timing) as one:
            with pytest.raises(WikidataError, match="cannot be reached"):
                one.entities([ADA])
            assert one.sent == 5
            reason = one.probe()
    assert reason is not None
    assert "cannot be reached" in reason


def test_after_a_failure_the_batches_not_begun_are_left(client: Make, server: OddServer) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", "x") for i in range(500)}
    server.documents, server.pause = many, 0.05
    server.always = says({"error": {"code": "badvalue", "info": "no"}})
    with pytest.raises(WikidataError, match="badvalue"):
        client().entities(many)
    assert len(server.asked) < 10


@pytest.mark.parametrize("fault", [status(503, Retry_After="9"), maxlag(9), raw(b""), slow, cut, status(404)])
def test_a_probe_asks_once(client: Make, server: OddServer, clock: Clock, fault: Callable) -> None:  # type: ignore[type-arg]
    server.faults = [fault]
    one = client()
    assert one.probe(0.3) is not None
    assert len(server.asked) == 1
    assert clock.slept == []
    assert one.probe(0.3) is None


def test_the_address_that_is_asked_by_itself() -> None:
    assert WIKIDATA_API == "https://www.wikidata.org/w/api.php"
