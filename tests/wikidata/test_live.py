"""Names that local data leave open, looked up in a server that answers as Wikidata does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from wikidata.kettleland import (
    ADA,
    ADA_BAKER,
    OUTLET,
    PARTY,
    PARTY_CLASS,
    PLACEHOLDER,
    TERM,
    document,
    human,
    is_a,
    of,
    world,
)
from wikidata.odd_server import OddServer, cut, maxlag, raw, reset, says, slow, status
from wikidata.waiting import Clock

from kg.config import Settings
from kg.errors import ConfigError, WikidataError
from kg.model import EntityType
from kg.wikidata.action_api import Limits
from kg.wikidata.cache import AnswerCache
from kg.wikidata.client import Client
from kg.wikidata.gazetteer import Tenure
from kg.wikidata.live import client_of, default_cache, live_gazetteer, mode_of, refresh
from kg.wikidata.memory import MemoryGazetteer
from kg.wikidata.patience import Patience

PERSON, PARTIES, OUTLETS = EntityType.PERSON, EntityType.PARTY, EntityType.OUTLET
Names = list[tuple[str, EntityType]]
Make = Callable[..., Client]


@pytest.fixture
def client(connect: Make) -> Make:
    return partial(connect, limits=Limits(silence=0.3), patience=Patience(tries=2))


def test_people_come_with_parties_offices_and_statements(client: Make) -> None:
    known = live_gazetteer([("Ada Example", PERSON)], client())
    assert [item.qid for item in known.candidates("Ada Example")] == [ADA, ADA_BAKER]
    item = known.item(ADA)
    assert item is not None
    assert (item.type, item.label, item.description, item.gender, item.birth) == (
        PERSON,
        "Ada Example",
        "invented politician",
        "female",
        "1999-03-14",
    )
    assert item.parties == (Tenure("Teapot Party", PARTY, "2030", None),)
    assert item.offices == (Tenure("Member of the second Kettle", TERM, "2031-05-07", "2035"),)
    assert item.prior > 0
    statements = known.statements(ADA)
    assert statements is not None
    assert [made.main.property for made in statements.statements] == ["P31", "P21", "P569", "P102", "P39"]
    assert known.matches("A. Example")


def test_types_come_from_the_classes_above(client: Make) -> None:
    known = live_gazetteer([("Teapot Party", PARTIES), ("Daily Kettle", OUTLETS)], client())
    assert {item.qid: item.type for item in known.items} == {PARTY: PARTIES, OUTLET: OUTLETS}
    kettle = known.by_domain("www.kettle.example")
    assert kettle is not None
    assert kettle.qid == OUTLET


def test_what_is_of_no_type_is_left_out(client: Make, server: OddServer) -> None:
    server.documents = {
        "Q990000801": document("Q990000801", "Ada Example", statements=[is_a("Q990000802")]),
        "Q990000802": document("Q990000802", "page", statements=[of("P279", "Q4167410")]),
        ADA: world()[ADA],
    }
    assert [item.qid for item in live_gazetteer([("Ada Example", PERSON)], client()).items] == [ADA]


def test_classes_in_a_circle_end(client: Make, server: OddServer) -> None:
    server.documents = {
        ADA: document(ADA, "Ada Example", statements=[is_a("Q990000802")]),
        "Q990000802": document("Q990000802", "a", statements=[of("P279", "Q990000803")]),
        "Q990000803": document("Q990000803", "b", statements=[of("P279", "Q990000802")]),
    }
    assert live_gazetteer([("Ada Example", PERSON)], client()).items == ()


def test_names_are_looked_up_once_and_people_without_titles(client: Make, server: OddServer) -> None:
    names = [("Sen. Ada Example", PERSON), ("Ada  Example", PERSON), ("Ada Example", PERSON), (" ", PERSON)]
    assert len(live_gazetteer(names, client())) == 2
    assert [asked.values["search"] for asked in server.asked if "search" in asked.values] == ["Ada Example"]


def test_as_many_hits_a_name_as_are_wanted(client: Make, server: OddServer) -> None:
    server.documents = {f"Q99002{i:04}": human(f"Q99002{i:04}", "Common Name") for i in range(12)}
    names = [("Common Name", PERSON)]
    assert len(live_gazetteer(names, client())) == 7
    assert len(live_gazetteer(names, client(), hits=3)) == 3


def test_same_answers_same_gazetteer_whatever_the_order(
    client: Make, clock: Clock, server: OddServer, tmp_path: Path
) -> None:
    names: Names = [("Ada Example", PERSON), ("Teapot Party", PARTIES), ("Sam Placeholder", PERSON)]
    first = live_gazetteer(names, client())
    assert first.digest
    assert live_gazetteer(reversed(names), client()).digest == first.digest
    assert live_gazetteer(names[:2], client()).digest != first.digest
    with AnswerCache(tmp_path / "cache.sqlite", clock=clock) as cache:
        live_gazetteer(names, client(cache=cache))
        server.always = status(503)
        again = live_gazetteer(names, client(cache=cache))
        assert (again.digest, again.items) == (first.digest, first.items)


@pytest.mark.parametrize("seed", range(8))
def test_faults_that_pass_change_nothing(client: Make, server: OddServer, seed: int) -> None:
    names: Names = [("Ada Example", PERSON), ("Teapot Party", PARTIES), ("Placeholder Sam", PERSON)]
    expected = live_gazetteer(names, client())
    chance = random.Random(seed)
    faults = [None, status(429, Retry_After="3"), status(503), status(500), maxlag(7), cut, reset, raw(b""), raw(b"{")]
    server.faults = [chance.choice(faults) for _ in range(25)]
    said: list[str] = []
    found = live_gazetteer(names, client(patience=Patience(tries=30)), say=said.append)
    assert said == []
    assert (found.digest, found.items) == (expected.digest, expected.items)


_LOOK_UP = """
import sys
from kg.model import EntityType
from kg.wikidata.client import Client
from kg.wikidata.live import live_gazetteer
with Client("ada@example.org", api=sys.argv[1]) as client:
    live_gazetteer([(f"Name {i}", EntityType.PERSON) for i in range(50)], client)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_run_that_is_stopped_waits_for_nothing(server: OddServer) -> None:
    server.always = status(503, Retry_After="55")
    with subprocess.Popen([sys.executable, "-c", _LOOK_UP, server.api], stderr=subprocess.PIPE) as run:
        while len(server.asked) < 3:
            assert run.poll() is None
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        _, complaint = run.communicate(timeout=40)
    assert b"KeyboardInterrupt" in complaint


def test_how_far_it_got_is_shown(client: Make) -> None:
    shown: list[tuple[int, int]] = []
    names: Names = [(f"Nobody {i}", PARTIES) for i in range(50)]
    live_gazetteer(names, client(), show=lambda done, total: shown.append((done, total)))
    assert shown == [(24, 50), (48, 50), (50, 50)]


def test_a_name_that_fails_is_said_and_the_others_found(client: Make, server: OddServer) -> None:
    said: list[str] = []
    server.faults = [says({"error": {"code": "badvalue", "info": "no"}})]
    names: Names = [
        ("Ada Example", PERSON),
        *[(f"Nobody {i}", PARTIES) for i in range(30)],
        ("Sam Placeholder", PERSON),
    ]
    known = live_gazetteer(names, client(), say=said.append)
    assert len(said) == 1
    assert "was not looked up" in said[0]
    assert "badvalue: no" in said[0]
    assert known.candidates("Sam Placeholder")


def test_a_wikidata_that_goes_away_is_not_asked_for_ever(client: Make, server: OddServer) -> None:
    said: list[str] = []
    server.always = cut
    names: Names = [(f"Name {i}", PERSON) for i in range(100)]
    assert len(live_gazetteer(names, client(), say=said.append)) == 0
    assert len(server.asked) <= 12
    assert all(f"'Name {i}' was not looked up: Wikidata" in said[i] for i in range(3))
    assert said[-1].endswith("further names were not looked up, since 3 in a row failed")
    assert int(said[-1].split()[0]) == 100 - (len(said) - 1)


def test_the_number_of_requests_is_bounded_and_the_next_run_goes_on(
    client: Make, server: OddServer, clock: Clock, tmp_path: Path
) -> None:
    people = {f"Q99002{i:04}": human(f"Q99002{i:04}", f"Person {i:02} Example") for i in range(60)}
    server.documents = people
    names: Names = [(f"Person {i:02} Example", PERSON) for i in range(60)]
    sizes, sent = [], []
    with AnswerCache(tmp_path / "cache.sqlite", clock=clock) as cache:
        for _ in range(4):
            said: list[str] = []
            one = client(cache=cache)
            sizes.append(len(live_gazetteer(names, one, most_requests=40, say=said.append)))
            sent.append(one.sent)
            if sizes[-1] < 60:
                assert said == [
                    f"{60 - sizes[-1]} names were not looked up: the limit of 40 requests is reached; run again"
                ]
    assert sizes == sorted(sizes)
    assert 20 < sizes[0] < 40
    assert sizes[-1] == 60
    assert max(sent) <= 40


def test_what_is_found_but_cannot_be_read_is_said(client: Make, server: OddServer) -> None:
    said: list[str] = []
    server.faults = [None, raw(b"")]
    one = client(patience=Patience(tries=1))
    assert isinstance(live_gazetteer([("Ada Example", PERSON)], one, say=said.append), MemoryGazetteer)
    assert said == [
        f"2 Wikidata items from {ADA} on were not read: Wikidata (127.0.0.1) sends an empty answer; try again later"
    ]


def test_without_labels_a_party_goes_by_its_qid(client: Make, server: OddServer) -> None:
    said: list[str] = []
    server.faults = [None, None, status(404)]
    known = live_gazetteer([("Ada Example", PERSON)], client(), say=said.append)
    assert [said[0][:42], len(said)] == ["the names of some parties and offices were", 1]
    item = known.item(ADA)
    assert item is not None
    assert [tenure.qid for tenure in item.parties] == [PARTY]


def test_refresh_reads_items_and_says_what_is_not_there(client: Make, server: OddServer) -> None:
    said: list[str] = []
    found = refresh([ADA, ADA, "Q990000999", PLACEHOLDER], client(), say=said.append)
    assert list(found) == [ADA, PLACEHOLDER]
    assert said == []
    server.documents = {f"Q99002{i:04}": human(f"Q99002{i:04}", "x") for i in range(1000)}
    server.always = status(503)
    assert refresh(server.documents, client(), say=said.append) == {}
    assert [sentence.split()[0] for sentence in said] == ["150", "150", "150", "550"]


def _settings(server: OddServer, tmp_path: Path, **more: str) -> Settings:
    cache = str(tmp_path / "cache.sqlite")
    return Settings(**({"wikidata_api": server.api, "contact": "ada@example.org", "wikidata_cache": cache} | more))  # type: ignore[arg-type]


def test_offline_asks_nothing(server: OddServer, tmp_path: Path) -> None:
    assert mode_of(_settings(server, tmp_path, wikidata="offline")) == (None, "Wikidata itself is not asked (offline)")
    assert server.asked == []


@pytest.mark.parametrize("contact", ["", "  "])
def test_auto_without_a_contact_is_offline(server: OddServer, tmp_path: Path, contact: str) -> None:
    client, sentence = mode_of(_settings(server, tmp_path, contact=contact))
    assert client is None
    assert "no contact is set (--contact" in sentence
    assert server.asked == []


@pytest.mark.parametrize("mode", ["auto", "live"])
def test_an_answer_means_asking(server: OddServer, tmp_path: Path, mode: str) -> None:
    client, sentence = mode_of(_settings(server, tmp_path, wikidata=mode))
    assert client is not None
    with client:
        assert sentence == f"Wikidata is asked at {server.api}"
        assert client.probe() is None
        assert client.languages == ("en", "mul")
        assert [hit.qid for hit in client.search("Ada Example")] == [ADA, ADA_BAKER]


@pytest.mark.parametrize("fault", [status(503, Retry_After="9"), raw(b"<html>sign in</html>"), cut, slow, maxlag(9)])
def test_no_answer_is_offline_in_auto_and_an_error_in_live(
    server: OddServer, tmp_path: Path, fault: Callable[..., None]
) -> None:
    server.always = fault
    client, sentence = mode_of(_settings(server, tmp_path), timeout=0.3)
    assert client is None
    assert sentence.startswith(f"Wikidata itself is not asked: {server.api} ")
    assert len(server.asked) == 1
    with pytest.raises(WikidataError, match="check the network, or take --wikidata offline"):
        mode_of(_settings(server, tmp_path, wikidata="live"), timeout=0.3)
    assert len(server.asked) == 2


@pytest.mark.parametrize(("mode", "contact"), [("live", ""), ("live", "me"), ("auto", "me")])
def test_a_contact_that_is_none(server: OddServer, tmp_path: Path, mode: str, contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        mode_of(_settings(server, tmp_path, wikidata=mode, contact=contact))


def test_the_cache_is_where_the_settings_say(server: OddServer, tmp_path: Path) -> None:
    with client_of(_settings(server, tmp_path, language="fr")) as client:
        client.search("Ada Example")
        assert client.languages == ("fr", "en", "mul")
    assert (tmp_path / "cache.sqlite").exists()
    assert default_cache().name == "wikidata.sqlite"
    assert "public-figures-kg" in default_cache().parts


def test_kinds_without_their_classes(client: Make, server: OddServer) -> None:
    """Where classes cannot be read, what needs none is still found."""
    said: list[str] = []
    server.documents = {**world(), "Q990000901": document("Q990000901", "Ada Example", statements=[is_a(PARTY_CLASS)])}
    server.faults = [None, None, status(404)]
    known = live_gazetteer([("Ada Example", PERSON)], client(), say=said.append)
    assert [item.qid for item in known.items] == [ADA, ADA_BAKER]
    assert len(said) == 1
    assert said[0].startswith("the classes of some Wikidata items were not read")
