"""The saved query `terms` over an invented article that dates what it tells."""

from __future__ import annotations

from collections.abc import Callable
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
OTTOLINE, QUILLON = "Ottoline Brackwater", "Quillon Marshferret"
SECRETARY, PARTY = "Harbour Secretary", "Lantern Party"
TEXT = (
    "Brackwater was harbour secretary from May 2027 to 2029. Former harbour secretary Marshferret spoke. "
    "Marshferret was in the party in the 2010s. Brackwater is in the party."
)
SAID = (
    Said(
        "holdsPosition",
        OTTOLINE,
        SECRETARY,
        "was harbour secretary",
        qualifiers=(("endTime", "2029"), ("startTime", "2027-05")),
    ),
    Said("holdsPosition", QUILLON, SECRETARY, "Former harbour secretary", qualifiers=(("ended", "true"),)),
    Said("memberOf", QUILLON, PARTY, "in the party in the 2010s", qualifiers=(("pointInTime", "201X"),)),
    Said("memberOf", OTTOLINE, PARTY, "Brackwater is in the party"),
)


@pytest.mark.parametrize("make", [memory_oxigraph, MemoryStore])
def test_when_offices_and_memberships_began_and_ended(make: Callable[[], Store]) -> None:
    store = make()
    annotation = annotate(story(TEXT, published="2031-05-07"), *SAID)
    resolution = resolve(annotation)
    namespaces = Namespaces("https://w3id.org/public-figures-kg")
    store.load(entity_quads(resolution.entities, namespaces))
    store.load(article_quads(annotation, resolution.lookup(), namespaces, load_ontology(ROOT / "ontology")))
    result = run_saved(store, load_saved_queries(ROOT / "queries")["terms"], {}).result
    assert isinstance(result, Selection)
    columns = [result.variables.index(name) for name in ("personLabel", "whatLabel", "start", "held", "end", "ended")]
    assert [tuple(getattr(row[at], "value", None) for at in columns) for row in result.rows()] == [
        (OTTOLINE, SECRETARY, "2027-05", None, "2029", None),
        (QUILLON, SECRETARY, None, None, None, "true"),
        (QUILLON, PARTY, None, "201", None, None),
    ]
