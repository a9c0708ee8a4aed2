"""Whatever stands in an entity or a row, a build skips it with a sentence or keeps it, and goes on."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import wikibase_entities as made
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.wikidata.building.build import build_index
from kg.wikidata.building.dump import open_source
from kg.wikidata.building.options import Options
from kg.wikidata.building.sifting import Sieve, sift
from kg.wikidata.index import open_index

ROW = {
    "qid": "Q99000091",
    "label": "Clara Placeholder",
    "type": "human",
    "labels": {"fr": "Claire Placeholder"},
    "aliases": ["C. Placeholder"],
    "parties": [{"party": "Teapot Party", "party_qid": "Q99000003", "start": "2001", "end": None}],
    "positions": [{"position": "Minister of Biscuits", "start": "2001-05-01", "end": "2005"}],
    "n_sitelinks": 3,
}
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["value", "id", "en", "P31", "x"]), st.integers(0, 3), max_size=2),
)


def places(thing: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a document."""
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    return [at, *(path for key, value in inner for path in places(value, (*at, key)))]


@st.composite
def odd(draw: st.DrawFn) -> Any:
    """An entity or a row with something else in some places."""
    document = copy.deepcopy(draw(st.sampled_from([*made.world(), ROW])))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(places(document)))
        if not path:
            return draw(ANYTHING)
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()) and isinstance(holder, dict):
            del holder[path[-1]]
        else:
            holder[path[-1]] = draw(ANYTHING)
    return document


@given(odd())
@settings(max_examples=1500)
def test_sifting_never_fails(document: Any) -> None:
    text = json.dumps(document).encode()
    good = made.jsonl([made.person(1)]).strip()
    sifted = sift([text, good], "source", 1, Sieve())
    assert sifted.rows[-1].number == 99000001
    assert all(problem.place == "source:1" for problem in sifted.problems)
    assert all(problem.reason for problem in sifted.problems)


@given(st.lists(odd(), min_size=20, max_size=20))
@settings(max_examples=60)
def test_building_never_fails(tmp_path_factory: pytest.TempPathFactory, documents: list[Any]) -> None:
    folder: Path = tmp_path_factory.mktemp("odd")
    lines = made.jsonl([*documents, made.person(1)]).replace(b"\\ud", b"\\u0d")
    built = build_index([open_source(str(made.write(folder / "a", lines)))], folder / "index", Options())
    assert open_index(folder / "index").item("Q99000001") is not None
    assert built.skipped == len(built.problems)
