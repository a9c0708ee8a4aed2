from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.rdf.literals import date_literal, integer_literal, score_literal, storable, text_literal


def from_store(literal: Literal) -> Literal:
    """The literal as an Oxigraph store gives it back."""
    node = NamedNode("x:s")
    store = Store()
    store.add(Quad(node, node, literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


@pytest.mark.parametrize(
    ("score", "written"),
    [(0.0, "0"), (1.0, "1"), (0.81, "0.81"), (0.5, "0.5"), (0.123456, "0.1235"), (0.99999, "1")],
)
def test_scores_have_one_form(score: float, written: str) -> None:
    assert score_literal(score, what="it").value == written


@given(st.floats(0, 1))
def test_a_store_gives_scores_back_unchanged(score: float) -> None:
    literal = score_literal(score, what="it")
    assert from_store(literal) == literal
    assert abs(float(literal.value) - score) <= 0.00005 + 1e-12


@pytest.mark.parametrize("score", [-0.01, 1.01, float("nan"), float("inf")])
def test_scores_outside_0_to_1_are_refused(score: float) -> None:
    with pytest.raises(StoreError, match="the link score of 'x'"):
        score_literal(score, what="the link score of 'x'")


@given(st.text(st.characters(exclude_categories=())))
@example("\ud800")
@example("tea \udfff")
def test_any_text_becomes_a_literal_of_the_same_length(text: str) -> None:
    literal = text_literal(text)
    assert literal.value == storable(text)
    assert len(literal.value) == len(text)
    assert from_store(literal) == literal


def test_only_halves_of_surrogate_pairs_are_replaced() -> None:
    assert storable("a\ud800b\U0001f375") == "a\ufffdb\U0001f375"


@given(st.dates(), st.integers(0, 10**9))
def test_a_store_gives_dates_and_numbers_back_unchanged(day: date, number: int) -> None:
    assert from_store(date_literal(day)) == date_literal(day)
    assert from_store(integer_literal(number)) == integer_literal(number)
