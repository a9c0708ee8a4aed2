"""Topics from a real SPARQL server that holds Wikidata-shaped triples of invented people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import rdflib.plugins.sparql
from wikidata.kettleland import (
    ADA,
    ADA_BAKER,
    CHAMBER,
    LAND,
    OFFICE,
    OUTLET,
    PARTY,
    PARTY_CLASS,
    PLACEHOLDER,
    SEAT_CLASS,
    TERM,
    human,
    no_snak,
    of,
    statement,
    text_snak,
    time_snak,
    world,
)
from wikidata.oxigraph import oxigraph
from wikidata.triples import triples

from kg.errors import ConfigError, UsageError
from kg.wikidata.item import Quantity, SnakType, Statement, Time, WikidataItem
from kg.wikidata.item_json import KEPT, item_of
from kg.wikidata.sparql import topics
from kg.wikidata.sparql.endpoint import agent_for, topic_items, topic_of
from kg.wikidata.times import iso

AGENT = agent_for("http://localhost/", "")
HARD = "Q990000109"
DOCUMENTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wikidata" / "entity_json"


def _hard_case() -> dict[str, Any]:
    """One person with everything that a statement can be."""
    julian = time_snak("P569", "+1899-12-20T00:00:00Z")
    julian["datavalue"]["value"]["calendarmodel"] = "http://www.wikidata.org/entity/Q1985786"
    month = time_snak("P580", "+2031-05-00T00:00:00Z", 10)
    decade = time_snak("P580", "+2030-00-00T00:00:00Z", 8)
    return human(
        HARD,
        'Hard "Case" Example\\',
        statement(julian),
        statement(time_snak("P569", "-0044-03-15T00:00:00Z"), rank="deprecated"),
        statement(no_snak("P40")),
        statement(no_snak("P26", "somevalue"), [no_snak("P582"), no_snak("P580", "somevalue")]),
        of("P102", PARTY, month, decade, no_snak("P582")),
        of("P102", PARTY, rank="preferred"),
        of("P39", OFFICE, text_snak("P1545", "7"), of("P1365", ADA)["mainsnak"], of("P1365", PLACEHOLDER)["mainsnak"]),
        statement(text_snak("P18", "Hard case é.jpg", "commonsMedia")),
        statement(text_snak("P856", "https://hard.example/a?b=c", "url")),
        aliases=["H. Case", "Case, Hard"],
    )


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    return {**world(), HARD: _hard_case()}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, documents: Mapping[str, Any]) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph"), triples(documents.values())) as address:
        yield address


def members(found: list[tuple[str, WikidataItem]]) -> list[str]:
    return [item.id for token, item in found if token.startswith("0:")]


@pytest.mark.parametrize(
    ("topic", "value", "expected"),
    [
        ("parliament", CHAMBER, [ADA, PLACEHOLDER, HARD]),
        ("parliament", OFFICE, [ADA, PLACEHOLDER, HARD]),
        ("parliament", TERM, [ADA]),
        ("holders-of", OFFICE, [PLACEHOLDER, HARD]),
        ("party-members", PARTY, [ADA, PLACEHOLDER, HARD]),
        ("parties-of", LAND, [PARTY]),
        ("outlets-of", LAND, [OUTLET]),
        ("offices-of", LAND, [OFFICE]),
        ("instances-of", "Q5", [ADA, PLACEHOLDER, ADA_BAKER, HARD]),
        ("person", ADA, [ADA]),
        ("parliament", "Q990000999", []),
    ],
)
def test_what_each_topic_finds(url: str, topic: str, value: str, expected: list[str]) -> None:
    assert members(list(topic_items(url, topic, value, agent=AGENT))) == expected


def test_every_topic_is_tested_and_helps() -> None:
    (marks,) = (mark for mark in test_what_each_topic_finds.pytestmark if mark.name == "parametrize")
    assert {case[0] for case in marks.args[1]} == set(topics.topics())
    assert all("QID" in topic.help for topic in topics.topics().values())


def test_what_members_speak_of_and_all_classes_come_along(url: str) -> None:
    found = list(topic_items(url, "parliament", TERM, agent=AGENT))
    assert [(token, item.id) for token, item in found] == [
        (f"0:{ADA}", ADA),
        (f"1:{PARTY}", PARTY),
        (f"1:{TERM}", TERM),
        (f"2:{OFFICE}", OFFICE),
        (f"2:{SEAT_CLASS}", SEAT_CLASS),
        (f"2:{PARTY_CLASS}", PARTY_CLASS),
    ]
    by_id = {item.id: item for _, item in found}
    assert by_id[PARTY].labels["en"] == "Teapot Party"
    assert [made.main.value.id for made in by_id[PARTY_CLASS].all("P279")] == ["Q7278"]  # type: ignore[union-attr]


def test_what_the_endpoint_knows_nothing_of_is_left_out(url: str) -> None:
    assert list(topic_items(url, "person", "Q990000999", agent=AGENT)) == []


@pytest.mark.parametrize("qid", [ADA, ADA_BAKER, PLACEHOLDER, PARTY, OFFICE, TERM, OUTLET, HARD])
def test_items_are_those_of_the_documents(url: str, documents: Mapping[str, Any], qid: str) -> None:
    (item,) = (item for token, item in topic_items(url, "person", qid, agent=AGENT) if token == f"0:{qid}")
    whole = item_of(documents[qid])
    assert whole is not None
    assert plain(item) == plain(whole)


def plain(item: WikidataItem) -> object:
    """An item without what triples do not have: the order of statements, times beyond their precision."""
    return (
        item.id,
        dict(item.labels),
        dict(item.descriptions),
        {language: sorted(names) for language, names in item.aliases.items()},
        dict(item.sitelinks),
        sorted(map(plain_statement, item.statements), key=repr),
    )


def plain_statement(made: Statement) -> object:
    snaks = [(s.property, s.type, plain_value(s.value)) for s in (made.main, *made.qualifiers)]
    return made.id, made.rank, snaks[0], sorted(snaks[1:], key=repr)


def plain_value(value: Any) -> object:
    """Times in the Gregorian calendar as far as they are precise; numbers without units and bounds."""
    if isinstance(value, Time):
        return iso(value), value.precision
    return float(value.amount) if isinstance(value, Quantity) else value


def test_no_value_unknown_values_and_ranks(url: str) -> None:
    (_, item), *_ = topic_items(url, "person", HARD, agent=AGENT)
    (childless,) = item.all("P40")
    assert childless.main.type is SnakType.NOVALUE
    (spouse,) = item.all("P26")
    assert spouse.main.type is SnakType.SOMEVALUE
    assert [(snak.property, snak.type) for snak in spouse.qualifiers] == [
        ("P580", SnakType.SOMEVALUE),
        ("P582", SnakType.NOVALUE),
    ]
    assert len(item.truthy("P102")) == 1
    born = {made.rank.value: made.main.value.time for made in item.all("P569")}  # type: ignore[union-attr]
    assert born == {"normal": "+1900-01-01T00:00:00Z", "deprecated": "-0044-03-15T00:00:00Z"}


@pytest.mark.parametrize(("listed", "detailed"), [(1, 1), (2, 2), (2, 3), (1000, 1)])
def test_pages_of_any_size_give_the_same(url: str, listed: int, detailed: int) -> None:
    whole = list(topic_items(url, "parliament", CHAMBER, agent=AGENT))
    assert list(topic_items(url, "parliament", CHAMBER, agent=AGENT, listed=listed, detailed=detailed)) == whole


def test_every_token_is_a_place_to_go_on_from(url: str) -> None:
    whole = list(topic_items(url, "parliament", CHAMBER, agent=AGENT))
    assert len({token for token, _ in whole}) == len(whole) == 8
    for place, (token, _) in enumerate(whole):
        rest = list(topic_items(url, "parliament", CHAMBER, agent=AGENT, after=token, detailed=2))
        earlier = {item.id for _, item in whole[: place + 1]}
        assert [pair for pair in rest if pair[1].id not in earlier] == whole[place + 1 :]
        assert token not in {found for found, _ in rest}


def test_an_endpoint_without_value_nodes_still_has_dates(tmp_path: Path) -> None:
    lines = [line for line in triples(world().values()).splitlines() if "/value/" not in line]
    with oxigraph(tmp_path, "\n".join(lines)) as url:
        (_, item), *_ = topic_items(url, "person", ADA, agent=AGENT)
    (born,), (seat,) = item.all("P569"), item.all("P39")
    assert born.main.value == Time("+1999-03-14T00:00:00Z", 11)
    assert [snak.value for snak in seat.qualifiers] == [
        Time("+2031-05-07T00:00:00Z", 11),
        Time("+2035-00-00T00:00:00Z", 9),
    ]


def test_languages_and_their_variants(tmp_path: Path) -> None:
    languages = {"en": "Ada", "en-gb": "Ada Ex.", "de": "Ada Muster", "mul": "A. Example", "enm": "Adae"}
    labels = {code: {"language": code, "value": name} for code, name in languages.items()}
    with oxigraph(tmp_path, triples([{**world()[ADA], "labels": labels}])) as url:
        for wanted, expected in ((("en",), {"en", "en-gb", "mul"}), (("de", "fr"), {"de", "mul"})):
            (_, item), *_ = topic_items(url, "person", ADA, agent=AGENT, languages=wanted)
            assert set(item.labels) == expected


@pytest.mark.parametrize(
    ("topic", "value", "message"),
    [
        ("parliment", CHAMBER, "unknown topic 'parliment'; did you mean 'parliament'"),
        ("xyz", CHAMBER, "the topics are parliament, "),
        ("parliament", "11005", "needs a QID such as parliament=Q145, not '11005'"),
        ("parliament", "Q1> <x", "needs a QID"),
    ],
)
def test_what_is_no_topic(topic: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        topic_items("http://127.0.0.1:1/", topic, value, agent=AGENT)
    with pytest.raises(UsageError, match=re.escape(message)):
        topic_of(f"{topic}={value}")


def test_what_is_a_topic() -> None:
    assert topic_of(f"parliament={CHAMBER}") == ("parliament", CHAMBER)


@pytest.mark.parametrize("after", ["Q1", "3:Q1", "0:P1", "0:Q1 ", "x"])
def test_what_is_no_token(after: str) -> None:
    with pytest.raises(UsageError, match="is no place to go on from"):
        topic_items("http://127.0.0.1:1/", "person", ADA, agent=AGENT, after=after)


@pytest.mark.parametrize("address", ["", "query.wikidata.org", "file:///etc/passwd", "http://"])
def test_what_is_no_endpoint(address: str) -> None:
    with pytest.raises(UsageError, match="is no web address"):
        topic_items(address, "person", ADA, agent=AGENT)


def test_who_asks() -> None:
    own = agent_for("http://localhost:7878/query", "")
    assert re.fullmatch(r"public-figures-kg/\S+ SPARQLWrapper/\S+", own)
    theirs = agent_for("https://query.wikidata.org/sparql", "ada@example.org")
    assert re.fullmatch(r"public-figures-kg/\S+ \(ada@example\.org\) SPARQLWrapper/\S+", theirs)
    for host in ("query.wikidata.org", "wikidata.org", "query-main.wikidata.org"):
        with pytest.raises(ConfigError, match="contact"):
            agent_for(f"https://{host}/sparql", "")
    agent_for("https://notwikidata.org/sparql", "")


def test_queries_are_standard_sparql() -> None:
    """Another engine's parser reads them; nothing that only Wikidata's present server knows stands in them."""
    asked = [
        topics.terms_query([ADA], ["en", "de"]),
        topics.sitelinks_query([ADA, PARTY]),
        topics.statements_query([ADA], KEPT),
        topics.times_query([ADA], KEPT),
        topics.superclasses_query([PARTY]),
    ]
    for name in topics.topics():
        pattern = topics.pattern_of(name, LAND)
        asked += [topics.members_query(pattern, "", 10), topics.around_query(pattern, ADA, 10)]
        asked.append(topics.classes_query(pattern))
    for query in asked:
        rdflib.plugins.sparql.prepareQuery(query)
        assert not re.search(r"\b(SERVICE|OFFSET|hint:|bd:|gas:|mwapi:)", query)


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the development data are not beside the repository")
def test_genuine_documents_come_through_triples_unchanged(tmp_path: Path) -> None:
    found = {}
    for path in sorted(DOCUMENTS.glob("Q*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        document = next(iter(document["entities"].values())) if "entities" in document else document
        whole = item_of(document, properties=KEPT, references=False)
        if whole is not None and whole.statements and all(made.id for made in whole.statements):
            claims = {name: made for name, made in (document.get("claims") or {}).items() if name in KEPT}
            found[whole.id] = ({**document, "claims": claims, "sitelinks": {}}, whole)
    assert len(found) > 50
    with oxigraph(tmp_path, triples(document for document, _ in found.values())) as url:
        for qid, (_, whole) in sorted(found.items()):
            item = next(item for token, item in topic_items(url, "person", qid, agent=AGENT) if token == f"0:{qid}")
            assert plain(item)[5] == plain(whole)[5]  # type: ignore[index]
