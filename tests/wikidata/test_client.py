"""Search, entities and labels against a real HTTP server that answers as Wikidata does."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from wikidata.kettleland import ADA, ADA_BAKER, OFFICE, PARTY, PLACEHOLDER, TERM, document, world
from wikidata.odd_server import OddServer, raw, says
from wikidata.waiting import Clock

from kg import __version__
from kg.errors import AnswerTooLargeError, ConfigError, WikidataError
from kg.model import EntityType
from kg.wikidata.action_api import Limits
from kg.wikidata.cache import AnswerCache
from kg.wikidata.client import DAY, Ages, Client
from kg.wikidata.item import EntityRef, Rank
from kg.wikidata.item_json import item_of
from kg.wikidata.patience import Timing

GENUINE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wikidata" / "entity_json"

Make = Callable[..., Client]


@pytest.fixture
def server() -> Iterator[OddServer]:
    with OddServer(world(), redirects={"Q990000199": ADA}) as odd:
        yield odd


@pytest.fixture
def client(connect: Make) -> Make:
    return connect


def test_search_finds_labels_and_aliases(client: Make) -> None:
    hits = client().search("Ada Example")
    assert [hit.qid for hit in hits] == [ADA, ADA_BAKER]
    assert (hits[0].label, hits[0].match, hits[0].text) == ("Ada Example", "label", "Ada Example")
    assert client().search("Sam Placeholder")[0].match == "alias"


def test_a_person_who_is_not_found_by_name_is_sought_among_people(client: Make, server: OddServer) -> None:
    assert [hit.qid for hit in client().search("Placeholder Sam", kind=EntityType.PERSON)] == [PLACEHOLDER]
    assert [hit.qid for hit in client().search("Placeholder Sam", kind=EntityType.PARTY)] == []
    assert [asked.values.get("srsearch") for asked in server.asked] == [
        None,
        "Placeholder Sam haswbstatement:P31=Q5",
        None,
    ]


def test_a_server_without_that_search_finds_nobody(client: Make, server: OddServer) -> None:
    server.faults = [None, says({"error": {"code": "srsearch-disabled", "info": "Search is disabled."}})]
    assert client().search("Placeholder Sam", kind=EntityType.PERSON) == ()


@pytest.mark.parametrize("name", ["", " ", "x" * 251, "Ada \ud800"])
def test_a_name_that_no_search_takes_is_not_asked(client: Make, server: OddServer, name: str) -> None:
    assert client().search(name) == ()
    assert server.asked == []


def test_entities_carry_labels_ranks_qualifiers_and_sitelinks(client: Make) -> None:
    item = client().entities([ADA])[ADA]
    assert item.labels == {"en": "Ada Example"}
    assert item.aliases == {"en": ("A. Example", "Ada B. Example")}
    assert set(item.sitelinks) == {"enwiki", "dewiki"}
    (seat,) = item.truthy("P39")
    assert seat.rank is Rank.PREFERRED
    assert seat.main.value == EntityRef(TERM)
    assert [snak.property for snak in seat.qualifiers] == ["P580", "P582"]


def test_redirects_are_followed_and_missing_ones_absent(client: Make) -> None:
    items = client().entities(["Q990000199", "Q990000999", ADA, "P31", "nonsense"])
    assert list(items) == ["Q990000199", ADA]
    assert (items["Q990000199"].id, items["Q990000199"].redirects_from) == (ADA, "Q990000199")
    assert items[ADA].redirects_from is None


def test_an_id_that_the_api_refuses_does_not_spoil_its_batch(client: Make) -> None:
    assert list(client().entities([ADA, "Q9999999999", PARTY])) == [ADA, PARTY]


def test_fifty_ids_a_call(client: Make, server: OddServer) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", f"Thing {i}") for i in range(120)}
    server.documents = many
    assert list(client().entities(many)) == list(many)
    assert sorted(len(asked.values["ids"].split("|")) for asked in server.asked) == [20, 50, 50]


def test_at_most_three_requests_at_once(client: Make, server: OddServer) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", f"Thing {i}") for i in range(400)}
    server.documents, server.pause = many, 0.05
    client().entities(many)
    assert len(server.asked) == 8
    assert server.most_at_once == 3


def test_labels_of_what_statements_speak_of(client: Make, server: OddServer) -> None:
    server.documents[OFFICE]["labels"] = {"mul": {"language": "mul", "value": "MK"}}  # type: ignore[index]
    assert client().labels([PARTY, OFFICE, "Q990000999"]) == {PARTY: "Teapot Party", OFFICE: "MK"}
    assert server.asked[0].values["props"] == "labels"
    assert server.asked[0].values["languages"] == "en|mul"


def test_who_asks_says_who_it_is(client: Make, server: OddServer) -> None:
    client().search("Ada Example")
    (asked,) = server.asked
    assert asked.headers["User-Agent"] == f"public-figures-kg/{__version__} (ada@example.org) httpx/{httpx.__version__}"
    assert asked.values["maxlag"] == "5"
    assert "gzip" in asked.headers["Accept-Encoding"]


@pytest.mark.parametrize("contact", ["", "  ", "me", "ada@example", "a@b.c (x)", "a@b.c\r\nX: y", "ädä@example.org"])
def test_no_request_without_a_contact(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        Client(contact)


@pytest.mark.parametrize("contact", ["ada@example.org", "https://example.org/bot", " ada@example.org "])
def test_what_is_a_contact(contact: str) -> None:
    Client(contact).close()


@pytest.mark.parametrize("api", ["", "www.wikidata.org", "ftp://example.org/x", "http://", "http://a\x00b"])
def test_an_api_that_is_no_web_address(api: str) -> None:
    with pytest.raises(ConfigError, match="wikidata_api"):
        Client("ada@example.org", api=api)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "gopher://example.org"), ("HTTPS_PROXY", "nonsense://"), ("SSL_CERT_FILE", "/nowhere/at/all.pem")],
)
def test_an_environment_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=f"network settings of the environment .*{name}"):
        Client("ada@example.org")


def test_what_was_asked_once_is_not_asked_again(client: Make, server: OddServer, clock: Clock) -> None:
    one = client()
    first = one.search("Ada Example"), one.entities([ADA, "Q990000999"]), one.labels([PARTY])
    sent = one.sent
    assert sent == len(server.asked) == 3
    assert (one.search(" Ada  Example "), one.entities([ADA, "Q990000999"]), one.labels([PARTY])) == first
    assert one.sent == sent
    clock.now += 7 * DAY - 60
    one.search("Ada Example")
    assert one.sent == sent
    clock.now += 120
    one.search("Ada Example")
    assert one.sent == sent + 1
    one.entities([ADA])
    assert one.sent == sent + 1
    clock.now += 23 * DAY
    one.entities([ADA])
    assert one.sent == sent + 2


def test_that_there_is_nothing_is_believed_for_a_shorter_time(client: Make, server: OddServer, clock: Clock) -> None:
    one = client()
    assert one.search("Nobody Atall") == ()
    assert one.entities(["Q990000999"]) == {}
    clock.now += DAY - 1
    assert one.search("Nobody Atall") == ()
    assert one.sent == 2
    clock.now += 2
    server.documents = {"Q990000999": document("Q990000999", "Nobody Atall")}
    assert [hit.qid for hit in one.search("Nobody Atall")] == ["Q990000999"]
    assert list(one.entities(["Q990000999"])) == ["Q990000999"]


def test_ages_can_be_set(client: Make, clock: Clock) -> None:
    one = client(ages=Ages(search=10, entity=20))
    one.search("Ada Example")
    one.entities([ADA])
    clock.now += 15
    one.search("Ada Example")
    one.entities([ADA])
    assert one.sent == 3


def test_the_next_run_goes_on_where_one_broke_off(
    client: Make, server: OddServer, clock: Clock, tmp_path: Path
) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", f"Thing {i}") for i in range(50)}
    server.documents = {**world(), **many}
    refusal = says({"error": {"code": "badvalue", "info": "no"}})
    with AnswerCache(tmp_path / "cache.sqlite", clock=clock) as cache:
        one = client(cache=cache)
        one.entities(many)
        server.faults = [refusal]
        with pytest.raises(WikidataError, match="badvalue: no"):
            one.entities([*many, ADA])
    with AnswerCache(tmp_path / "cache.sqlite", clock=clock) as cache:
        other = client(cache=cache)
        assert list(other.entities([*many, ADA])) == [*many, ADA]
        assert other.sent == 1
        assert server.asked[-1].values["ids"] == ADA


_FETCH = """
import sys
from pathlib import Path
from kg.wikidata.cache import AnswerCache
from kg.wikidata.client import Client
with Client("ada@example.org", api=sys.argv[1], cache=AnswerCache(Path(sys.argv[2]))) as client:
    client.entities(sys.argv[3].split())
"""


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_what_it_had_for_the_next(client: Make, server: OddServer, tmp_path: Path) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", f"Thing {i}") for i in range(1000)}
    server.documents, server.pause = many, 0.1
    path = tmp_path / "cache.sqlite"
    command = [sys.executable, "-c", _FETCH, server.api, str(path), " ".join(many)]
    with subprocess.Popen(command) as run:
        while len(server.asked) < 8:
            assert run.poll() is None
            time.sleep(0.01)
        run.kill()
    server.pause, first = 0.0, len(server.asked)
    with AnswerCache(path) as cache:
        other = client(cache=cache, timing=Timing())
        assert list(other.entities(many)) == list(many)
    again = sum(len(asked.values["ids"].split("|")) for asked in server.asked[first:])
    assert again % 50 == 0
    assert 0 < again <= 1000 - 150


def test_other_languages_are_another_question(client: Make, tmp_path: Path, clock: Clock) -> None:
    with AnswerCache(tmp_path / "cache.sqlite", clock=clock) as cache:
        client(cache=cache).labels([PARTY])
        german = client(cache=cache, languages=("de",))
        assert german.labels([PARTY]) == {}
        assert german.sent == 1


def test_a_batch_that_is_too_large_is_asked_for_in_halves(client: Make, server: OddServer) -> None:
    many = {f"Q99001{i:04}": document(f"Q99001{i:04}", "x" * 5000) for i in range(8)}
    server.documents = many
    assert list(client(limits=Limits(size=15_000)).entities(many)) == list(many)
    assert [len(asked.values["ids"].split("|")) for asked in server.asked] == [8, 4, 2, 2, 4, 2, 2]
    with pytest.raises(AnswerTooLargeError, match="more than 3000 bytes"):
        client(limits=Limits(size=3000)).entities(many)


def test_an_entity_that_cannot_be_read_is_skipped_with_a_sentence(client: Make, server: OddServer) -> None:
    said: list[str] = []
    server.documents = {**world(), PARTY: {**document(PARTY, "Teapot Party"), "claims": {"P31": "what?"}}}
    assert list(client(say=said.append).entities([ADA, PARTY])) == [ADA]
    assert len(said) == 1
    assert PARTY in said[0]


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"search": {}}, {"search": ["Q1"]}, {"entities": []}, {"entities": {}}, {"entities": {ADA: []}}],
)
def test_an_answer_of_another_form_is_an_error(client: Make, server: OddServer, nonsense: object) -> None:
    server.always = says(nonsense)
    one = client()
    with pytest.raises(WikidataError, match=r"without|says nothing"):
        one.entities([ADA]) if "entities" in str(nonsense) else one.search("Ada Example")
    assert one.sent == 1


def test_nonsense_is_not_kept(client: Make, server: OddServer) -> None:
    one = client()
    server.faults = [raw(b'{"search": [}')] * 5
    with pytest.raises(WikidataError):
        one.search("Ada Example")
    assert len(one.search("Ada Example")) == 2


@pytest.mark.skipif(not GENUINE.is_dir(), reason="the development data are not beside the repository")
def test_genuine_documents_come_through_unchanged(client: Make, server: OddServer) -> None:
    read = (_entity(json.loads(path.read_text())) for path in sorted(GENUINE.glob("Q*.json")))
    documents = {item.id: document for document in read if (item := item_of(document)) is not None}
    server.documents = documents
    found = client(languages=("en", "de")).entities(documents)
    assert len(found) == len(documents) > 100
    for qid, item in found.items():
        whole = item_of(documents[qid])
        assert whole is not None
        assert item.statements == whole.statements
        assert item.labels.get("en") == whole.labels.get("en")


def _entity(document: dict) -> dict:  # type: ignore[type-arg]
    return next(iter(document["entities"].values())) if "entities" in document else document
