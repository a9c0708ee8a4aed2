from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.rdf.namespaces import COMMON_PREFIXES
from kg.store.sparql import check_syntax, has_dataset_clause, refuse_update, words


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?from WHERE { ?from ?p 'FROM' }",
        "# FROM <http://x.example/g>\nASK {}",
        'PREFIX from: <http://x.example/FROM#> ASK { ?s from:from """a " FROM """ }',
        "ASK { <http://x.example/ FROM> ?p ?o }".replace(" FROM", "?FROM"),
        "SELECT $from { $from ?p 'it\\'s FROM' }",
    ],
)
def test_words_that_only_look_like_a_dataset_clause(text: str) -> None:
    assert not has_dataset_clause(text)


@pytest.mark.parametrize("clause", ["FROM <http://x.example/g>", "from named <http://x.example/g>"])
def test_a_dataset_clause(clause: str) -> None:
    assert has_dataset_clause(f"SELECT * {clause} WHERE {{ ?s ?p ?o }}")


def test_words_leaves_names_and_strings_out() -> None:
    text = "PREFIX a: <http://x.example/> SELECT ?b { ?b a a:c , 'd'@en ; a:e _:f } # g"
    assert words(text) == ["PREFIX", "SELECT", "A"]


def test_a_query_about_updates_is_no_update() -> None:
    refuse_update("PREFIX delete: <http://x.example/> SELECT ?insert { ?insert delete:drop 'CLEAR' }")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_syntax(text, prefixes=COMMON_PREFIXES)
