"""Every saved query, on both stores, against an answer that was read and found right.

KG_RENEW_GOLDEN=1 writes the answers anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.query import format_csv, load_saved_queries, run_saved
from kg.store.base import Selection, Store
from kg.store.memory import MemoryStore
from kg.store.oxigraph import memory_oxigraph

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
DATA = (ROOT / "tests/store/data/invented.trig", ROOT / "tests/query/data/beside_wikidata.trig")
QUADS = [quad for path in DATA for quad in parse(path=path, format=RdfFormat.TRIG)]
SAVED = load_saved_queries(ROOT / "queries")
MAKERS: dict[str, Callable[[], Store]] = {"oxigraph": memory_oxigraph, "rdflib": MemoryStore}

CASES: dict[str, tuple[str, dict[str, str]]] = {
    "accusations": ("accusations", {}),
    "accusations-by-a-party": ("accusations", {"accuser": "the Alliance"}),
    "accusations-in-a-month": ("accusations", {"since": "2031-03", "until": "2031-03"}),
    "accusations-with-a-word": ("accusations", {"word": "LEDGER"}),
    "accusations-between-parties": ("accusations-between-parties", {}),
    "accusations-inside-party": ("accusations-inside-party", {}),
    "accusations-inside-harbour": ("accusations-inside-party", {"party": "Harbour Alliance"}),
    "accusers-of": ("accusers-of", {"person": "Cosmo Thistlewick"}),
    "appearances": ("appearances", {}),
    "appearances-elsewhere": ("appearances", {"where": "Quayside Courier"}),
    "articles-about-two": ("articles-about-two", {"one": "Q9999000001", "other": "Dagny Oakenshaw"}),
    "beside-wikidata": ("beside-wikidata", {}),
    "beside-wikidata-of-one": ("beside-wikidata", {"person": "Cosmo Thistlewick", "relation": "memberOf"}),
    "claims-of": ("claims-of", {"person": "MARROWBY"}),
    "claims-of-both-namesakes": ("claims-of", {"person": "arlo quillfeather"}),
    "claims-of-one-relation": ("claims-of", {"person": "Bettina Marrowby", "relation": "accuses"}),
    "claims-with-one-source": ("claims-with-one-source", {}),
    "claims-with-one-source-of-a-relation": ("claims-with-one-source", {"relation": "kg:accuses"}),
    "conflicts-with-wikidata": ("conflicts-with-wikidata", {}),
    "conflicts-with-wikidata-of-nobody": ("conflicts-with-wikidata", {"person": "Cosmo Thistlewick"}),
    "denials": ("denials", {}),
    "denials-of-nobody": ("denials", {"person": "Bettina Marrowby"}),
    "departures": ("departures", {}),
    "encounters": ("encounters", {}),
    "legal-steps": ("legal-steps", {}),
    "most-accused": ("most-accused", {}),
    "most-accused-twice": ("most-accused", {"minimum": "2"}),
    "new-to-wikidata": ("new-to-wikidata", {}),
    "new-to-wikidata-of-one-relation": ("new-to-wikidata", {"relation": "holdsPosition"}),
    "out-of-date": ("out-of-date", {"person": "Lantern Party"}),
    "outlets": ("outlets", {}),
    "party-members": ("party-members", {}),
    "party-members-of-one": ("party-members", {"party": "Lanterns"}),
    "positions": ("positions", {"position": "Minister for Tides"}),
    "statements-by": ("statements-by", {"person": "Dagny Oakenshaw"}),
    "terms": ("terms", {}),
    "who-defends-whom": ("who-defends-whom", {"person": "Thistlewick"}),
    "wikidata-facts": ("wikidata-facts", {"person": "Bettina Marrowby"}),
    "wikidata-facts-from-an-index": ("wikidata-facts", {"person": "Q9999000003"}),
    "without-wikidata": ("without-wikidata", {}),
    "without-wikidata-in-two-articles": ("without-wikidata", {"minimum": "2"}),
}


@pytest.fixture(scope="module", params=sorted(MAKERS))
def store(request: pytest.FixtureRequest) -> Store:
    made = MAKERS[request.param]()
    quads = QUADS.copy()
    random.Random(7).shuffle(quads)
    made.load(quads)
    return made


@pytest.mark.parametrize("case", sorted(CASES))
def test_answer(store: Store, case: str) -> None:
    name, values = CASES[case]
    answer = format_csv(run_saved(store, SAVED[name], values).result).encode()
    path = GOLDEN / f"{case}.csv"
    if os.environ.get("KG_RENEW_GOLDEN") == "1" and not isinstance(store, MemoryStore):
        path.write_bytes(answer)
    assert answer.decode().splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_every_query_has_an_answer_and_no_answer_is_left_over() -> None:
    assert {name for name, _ in CASES.values()} == set(SAVED)
    assert {path.stem for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("case", sorted(CASES))
def test_every_entity_comes_with_its_label(store: Store, case: str) -> None:
    name, values = CASES[case]
    result = run_saved(store, SAVED[name], values).result
    assert isinstance(result, Selection)
    for row in result.rows():
        cells = dict(zip(result.variables, row, strict=True))
        for column, term in cells.items():
            if isinstance(term, NamedNode) and column not in ("claim", "statement"):
                assert cells[f"{column}Label"] is not None


@pytest.mark.parametrize("name", sorted(SAVED))
def test_the_order_of_rows_is_fixed(name: str) -> None:
    assert "\nORDER BY " in SAVED[name].text


@pytest.mark.parametrize("name", sorted(n for n in SAVED if "accus" in n))
def test_an_accusation_is_called_a_reported_speech_act(name: str) -> None:
    assert "an accusation is a reported speech act, which never says that the charge is true" in (
        SAVED[name].description
    )


def test_no_triple_of_the_data_is_in_two_graphs() -> None:
    assert len({quad.triple for quad in QUADS}) == len(QUADS)
