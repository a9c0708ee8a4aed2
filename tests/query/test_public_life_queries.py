"""legal-steps, departures and encounters over an invented article that has each kind of claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from export_press import Said, annotate, resolve, story

from kg.ontology import load_ontology
from kg.query import load_saved_queries, run_saved
from kg.rdf.namespaces import Namespaces
from kg.rdf.terms import article_quads, entity_quads
from kg.store.base import Selection, Store
from kg.store.memory import MemoryStore
from kg.store.oxigraph import memory_oxigraph

ROOT = Path(__file__).parents[2]
SAVED = load_saved_queries(ROOT / "queries")
OTTOLINE, QUILLON, DAGNY = "Ottoline Brackwater", "Quillon Marshferret", "Dagny Ollerenquist"
OFFICE, PARTY, SECRETARY = "Tidewater Audit Office", "Lantern Party", "Harbour Secretary"
TEXT = (
    "Brackwater was charged with biscuit fraud. Marshferret was not charged. The audit office may sue Marshferret. "
    "It investigated Ollerenquist over the tin. Ollerenquist was cleared. Brackwater resigned as harbour secretary. "
    "Marshferret may resign. The Lantern Party expelled Ollerenquist. Marshferret resigned. "
    "Brackwater met Marshferret. Ollerenquist was interviewed by Brackwater. Marshferret never met Ollerenquist."
)
SAID = (
    Said("chargedWith", OTTOLINE, None, "charged with biscuit fraud", "biscuit fraud"),
    Said("chargedWith", QUILLON, None, "was not charged", polarity="negative"),
    Said("suedBy", QUILLON, OFFICE, "may sue Marshferret", modality="hypothetical"),
    Said("investigatedFor", DAGNY, OFFICE, "investigated Ollerenquist over the tin", "the tin"),
    Said("clearedOf", DAGNY, None, "Ollerenquist was cleared"),
    Said("resignedFrom", OTTOLINE, SECRETARY, "Brackwater resigned as harbour secretary"),
    Said("resignedFrom", QUILLON, None, "Marshferret may resign", modality="hypothetical"),
    Said("expelledFrom", DAGNY, PARTY, "expelled Ollerenquist"),
    Said("resignedFrom", QUILLON, None, "Marshferret resigned"),
    Said("metWith", OTTOLINE, QUILLON, "Brackwater met Marshferret"),
    Said("interviewedBy", DAGNY, OTTOLINE, "interviewed by Brackwater"),
    Said("metWith", QUILLON, DAGNY, "Marshferret never met Ollerenquist", polarity="negative"),
)


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Store:
    makers: dict[str, Callable[[], Store]] = {"oxigraph": memory_oxigraph, "rdflib": MemoryStore}
    made = makers[request.param]()
    annotation = annotate(story(TEXT, published="2031-05-07"), *SAID)
    resolution = resolve(annotation)
    namespaces = Namespaces("https://w3id.org/public-figures-kg")
    made.load(entity_quads(resolution.entities, namespaces))
    made.load(article_quads(annotation, resolution.lookup(), namespaces, load_ontology(ROOT / "ontology")))
    return made


def rows(store: Store, query: str, columns: str, values: Mapping[str, str]) -> list[tuple[str | None, ...]]:
    result = run_saved(store, SAVED[query], values).result
    assert isinstance(result, Selection)
    places = [result.variables.index(name) for name in columns.split()]
    return [tuple(getattr(row[at], "value", None) for at in places) for row in result.rows()]


def test_legal_steps_with_denied_ones_and_without_possible_ones(store: Store) -> None:
    assert rows(store, "legal-steps", "personLabel step byLabel detail polarity date", {}) == [
        (DAGNY, "cleared", None, None, "positive", "2031-05-07"),
        (DAGNY, "investigated", OFFICE, "the tin", "positive", "2031-05-07"),
        (OTTOLINE, "charged", None, "biscuit fraud", "positive", "2031-05-07"),
        (QUILLON, "charged", None, None, "negative", "2031-05-07"),
    ]
    assert [row[0] for row in rows(store, "legal-steps", "step", {"person": QUILLON})] == ["charged"]


def test_departures_with_and_without_what_was_left(store: Store) -> None:
    assert rows(store, "departures", "personLabel how fromLabel", {}) == [
        (DAGNY, "expelled", PARTY),
        (OTTOLINE, "resigned", SECRETARY),
        (QUILLON, "resigned", None),
    ]
    assert rows(store, "departures", "personLabel", {"where": PARTY}) == [(DAGNY,)]
    assert rows(store, "departures", "fromLabel", {"person": QUILLON}) == [(None,)]


def test_encounters_from_either_side(store: Store) -> None:
    met, interviewed = (OTTOLINE, "met", QUILLON), (DAGNY, "was interviewed by", OTTOLINE)
    assert rows(store, "encounters", "oneLabel how otherLabel", {}) == [interviewed, met]
    assert rows(store, "encounters", "oneLabel how otherLabel", {"person": QUILLON}) == [met]
    assert rows(store, "encounters", "oneLabel how otherLabel", {"person": OTTOLINE}) == [interviewed, met]
