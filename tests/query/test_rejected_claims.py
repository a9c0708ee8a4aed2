"""No saved query shows a claim that people rejected: it answers as if the claim were not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.query import format_csv, load_saved_queries, run_saved
from kg.rdf import vocab
from kg.store.base import Selection
from kg.store.oxigraph import memory_oxigraph

ROOT = Path(__file__).parents[2]
DATA = (ROOT / "tests/store/data/invented.trig", ROOT / "tests/query/data/beside_wikidata.trig")
QUADS = [quad for path in DATA for quad in parse(path=path, format=RdfFormat.TRIG)]
CLAIMS = sorted({q.subject.value for q in QUADS if q.predicate == vocab.RDF_TYPE and q.object == vocab.CLAIM})
SAVED = load_saved_queries(ROOT / "queries")
NEEDED = {"person": "Cosmo Thistlewick", "one": "Cosmo Thistlewick", "other": "Dagny Oakenshaw"}


def answers(quads: list[Quad]) -> dict[str, str]:
    store = memory_oxigraph()
    store.load(quads)
    found = {}
    for name, query in SAVED.items():
        given = {p.name: NEEDED[p.name] for p in query.parameters if p.required}
        result = run_saved(store, query, given).result
        assert isinstance(result, Selection)
        found[name] = format_csv(result)
    return found


@pytest.mark.parametrize("parity", [0, 1])
def test_a_rejected_claim_is_not_there(parity: int) -> None:
    rejected = {NamedNode(claim) for claim in CLAIMS[parity::2]}
    graphs = {quad.subject: quad.graph_name for quad in QUADS if quad.subject in rejected}
    marks = [Quad(claim, vocab.REVIEW_STATUS, vocab.REJECTED, graphs[claim]) for claim in sorted(rejected, key=str)]
    gone = [quad for quad in QUADS if quad.subject not in rejected and quad.object not in rejected]
    marked, without = answers([*QUADS, *marks]), answers(gone)
    assert {name: text for name, text in marked.items() if text != without[name]} == {}
    assert marked["accusations"] != answers(QUADS)["accusations"]
