from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from wikidata_documents import document, entity, snak, statement, text, time

from kg.errors import ItemFormatError
from kg.model import EntityType
from kg.wikidata.classes import classes_in, kind_of, may_matter
from kg.wikidata.flat import item_from_row, kind_of_row, summary_from_row
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import document_of, item_of
from kg.wikidata.summary import kept, summary_of

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False), st.text(max_size=3),
    st.lists(st.integers() | st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)  # fmt: skip
DOCUMENT = document(
    statement(snak("P31", entity("Q5"))),
    statement(snak("P569", time("+1950-02-00T00:00:00Z", 10))),
    statement(snak("P102", entity("Q99000010")), snak("P580", time("+2001-00-00T00:00:00Z", 9)), number=2),
    statement(snak("P39", kind="somevalue"), snak("P1932", text("Keeper of Samples")), number=3),
    statement(snak("P856", text("https://example.org/")), number=4),
    statement(snak("P2000", {"type": "quantity", "value": {"amount": "+1", "unit": "1"}})),
    redirects={"from": "Q99000009", "to": "Q99000001"},
)
ROW = {
    "qid": "Q99000001", "label": "EXAMPLE Ada", "type": "human", "labels": {"en": "Ada Example"},
    "aliases": ["A. Example"],
    "gender": "female", "birth_date": "1950-02", "n_sitelinks": 3, "enwiki": "Ada Example",
    "legislatures": ["UK/Commons"],
    "parties": [{"party": "Placeholder", "party_qid": None, "start": "2001", "end": None}],
    "positions": [{"position": "Mayor", "position_qid": "Q99000020", "start": "2001-02-03"}], "sources": ["x"],
    "employers": [{"employer": "Gazette"}], "spouses": [{"spouse": "Bob Example"}], "kin": ["Bob Example"],
}  # fmt: skip


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in parts:
        found += paths(part, (*path, key))
    return found


def spoilt(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    whole = copy.deepcopy(node)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return whole


@settings(max_examples=500)
@given(st.sampled_from(paths(DOCUMENT)), ODD)
def test_whatever_is_wrong_in_a_document_is_a_sentence_or_no_matter(path: tuple[Any, ...], value: Any) -> None:
    source = spoilt(DOCUMENT, path, value)
    may_matter(source)
    classes_in(source)
    try:
        item = item_of(source)
    except ItemFormatError:
        return
    if item is not None:
        assert item_of(document_of(item)) == item
        kind_of(item, lambda _: frozenset())
        summary_of(item, EntityType.PERSON, lambda _: None)
        assert item_of(document_of(kept(item))) is not None


@settings(max_examples=500)
@given(st.sampled_from(paths(ROW)), ODD)
def test_whatever_is_wrong_in_a_row_is_a_sentence_or_no_matter(path: tuple[Any, ...], value: Any) -> None:
    source = spoilt(ROW, path, value)
    for read in (item_from_row, summary_from_row, kind_of_row):
        try:
            found = read(source)
        except ItemFormatError:
            continue
        if isinstance(found, WikidataItem):
            assert item_of(document_of(found)) == found
