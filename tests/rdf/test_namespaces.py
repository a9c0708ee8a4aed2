from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import ConfigError, StoreError
from kg.model import Claim, Mention, MentionKind, Span
from kg.rdf.namespaces import (
    DEFAULT_BASE,
    KG,
    Namespaces,
    claim_key,
    vocabulary,
    web_address,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NAMES = {"e1": "Orla Quillfeather", "e2": "Basil Thornapple"}
CLAIM = Claim("accuses", "e1", "e2", Span(0, 5), 0, "accuses:verb", 0.8, "hoarding")


def readable(iri: pyoxigraph.NamedNode) -> bool:
    """Whether a parser gives the IRI back as it was written."""
    line = f"<x:s> <x:p> {iri} .".encode()
    return [quad.object for quad in pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.TURTLE)] == [iri]


def test_a_linked_entity_is_its_wikidata_iri() -> None:
    assert Namespaces().entity("Q220723").value == "http://www.wikidata.org/entity/Q220723"


@pytest.mark.parametrize("entity_id", ["Q0", "Q1x", "q1", "person/q1-0a1b2c3d"])
def test_whatever_is_no_qid_is_minted_under_the_base(entity_id: str) -> None:
    assert Namespaces().entity(entity_id).value == f"{DEFAULT_BASE}/entity/{entity_id}"


def test_a_slash_at_the_end_of_the_base_does_not_count() -> None:
    assert Namespaces("https://example.org/kg/") == Namespaces("https://example.org/kg")


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org",
        "urn:kg",
        "https://",
        "https://a b/",
        "https://a/?q",
        "https://a/#f",
        "https://a/\ud800",
    ],
)
def test_a_base_that_cannot_carry_iris_is_refused_by_name(base: str) -> None:
    with pytest.raises(ConfigError, match="base IRI"):
        Namespaces(base)


def test_the_vocabulary_does_not_follow_the_base() -> None:
    assert vocabulary("kg", "accuses").value == KG + "accuses"
    assert Namespaces("https://example.org/x").prefixes["kg"] == KG


def test_an_article_graph_tells_its_key() -> None:
    namespaces = Namespaces("https://example.org/x")
    graph = namespaces.article_graph("0123456789abcdef").value
    assert namespaces.article_key(graph) == "0123456789abcdef"
    assert namespaces.article_key(namespaces.entities_graph.value) is None


def test_the_graphs_are_distinct() -> None:
    n = Namespaces()
    graphs = [
        n.entities_graph,
        n.facts_graph,
        n.wikidata_graph,
        n.comparison_graph,
        n.review_graph,
        n.ontology_graph,
    ]
    assert len(set(graphs)) == 6


@given(st.lists(st.text(), min_size=2, max_size=2, unique=True))
def test_two_entities_never_share_an_iri(ids: list[str]) -> None:
    first, second = (Namespaces().entity(entity_id) for entity_id in ids)
    assert first != second
    assert readable(first)


def test_half_a_surrogate_pair_in_an_id_is_refused() -> None:
    with pytest.raises(StoreError, match="surrogate"):
        Namespaces().entity("person/\ud800")


@given(ANY_TEXT)
@example("https://kettle.example/a b|c")
@example("HTTP://kettle.example/%")
@example("https://\ud800.example/")
@example("https://[::1")
@example("javascript:alert(1)")
def test_an_address_becomes_a_valid_iri_or_nothing(url: str) -> None:
    for address in (url, "https://kettle.example/" + url):
        iri = web_address(address)
        assert iri is None or (readable(iri) and iri.value.lower().startswith("http"))


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        (" https://kettle.example/a?b=c#d ", "https://kettle.example/a?b=c#d"),
        ("https://kettle.example/a b|c", "https://kettle.example/a%20b%7Cc"),
        ("https://kettle.example/é", "https://kettle.example/é"),
        ("kettle.example/a", None),
        ("file:///etc/passwd", None),
        ("https://kettle.example/100%", None),
    ],
)
def test_addresses(url: str, iri: str | None) -> None:
    found = web_address(url)
    assert (None if found is None else found.value) == iri


def test_the_claim_key_ignores_spaces_and_letter_case_of_the_sentence() -> None:
    keys = {claim_key("k", CLAIM, sentence=s, names=NAMES) for s in ("She Said so.", "she\u00a0said\n so.")}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("article", "claim", "sentence", "names"),
    [
        ("l", CLAIM, "She said so.", NAMES),
        ("k", CLAIM, "He said so.", NAMES),
        ("k", CLAIM, "She said so.", {**NAMES, "e2": "Basil Thorn"}),
        ("k", Claim("criticizes", "e1", "e2", Span(0, 5), 0, "x", 0.8, "hoarding"), "She said so.", NAMES),
        ("k", Claim("accuses", "e1", None, Span(0, 5), 0, "x", 0.8, "hoarding"), "She said so.", NAMES),
        ("k", Claim("accuses", "e1", "e2", Span(0, 5), 0, "x", 0.8, "eating"), "She said so.", NAMES),
    ],
)
def test_the_claim_key_differs_with_each_part(article: str, claim: Claim, sentence: str, names: dict[str, str]) -> None:
    key = claim_key("k", CLAIM, sentence="She said so.", names=NAMES)
    assert claim_key(article, claim, sentence=sentence, names=names) != key


def test_the_claim_key_depends_on_names_and_not_on_local_ids() -> None:
    renamed = Claim("accuses", "e8", "e9", Span(2, 7), 4, "accuses:noun", 0.1, "hoarding")
    names = {"e8": NAMES["e1"], "e9": NAMES["e2"]}
    assert claim_key("k", renamed, sentence="S.", names=names) == claim_key("k", CLAIM, sentence="S.", names=NAMES)


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
@example(("a", "bc"), ("ab", "c"))
@example(("1", ""), ("", "1"))
def test_hashes_are_of_lists_not_of_joined_strings(first: tuple[str, str], second: tuple[str, str]) -> None:
    namespaces = Namespaces()
    runs = [namespaces.run("k", annotator, version) for annotator, version in (first, second)]
    assert (runs[0] == runs[1]) == (first == second)


def test_nodes_of_different_kinds_never_share_an_iri() -> None:
    n = Namespaces()
    span = Span(0, 3)
    iris = [
        n.target("k", span),
        n.mention("k", Mention(span, MentionKind.NAME, "e1")),
        n.article("k"),
        n.claim("k", 0),
    ]
    assert len(set(iris)) == 4
    assert n.claim("k", 0) != n.claim("k", 1)
