from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.figures import figures_of, wilson
from kg.evaluate.toolkit import Counts

ROW = {
    "set": "claims",
    "articles": 4,
    "core": {"p": 0.5, "r": 0.5, "f1": 0.5, "pred": 4, "gold": 4},
    "core_f1_low": 0.1,
    "core_f1_high": 0.9,
    "all": {"p": 0.5, "r": 0.5, "f1": 0.5, "pred": 4, "gold": 4},
    "evidence_overlap": 0.5,
}
COUNTS = Counts(
    {"all": [[1, 1, 1, 1], [1, 1, 1, 1], [0, 1, 0, 1], [0, 1, 0, 1]]},
    {"evidence_overlap": [1.0, 0.0, 0.0, 0.0]},
)


def test_the_toolkits_own_interval_counts_most() -> None:
    figure = figures_of(ROW, COUNTS)["core.f1"]
    assert (figure.low, figure.high, figure.interval) == (0.1, 0.9, "toolkit")


def test_articles_are_drawn_again() -> None:
    found = figures_of(ROW, COUNTS)
    assert found["all.f1"].interval == found["evidence_overlap"].interval == "articles"
    assert found["all.f1"].low == 0.0
    assert found["all.f1"].high == 1.0
    assert found == figures_of(ROW, COUNTS)


def test_counts_of_another_run_are_not_used() -> None:
    other = Counts({"all": [[1, 7, 1, 1]]}, {})
    assert figures_of(ROW, other)["all.p"].interval == "counts"
    assert figures_of(ROW, None)["all.p"].interval == "counts"
    assert figures_of(ROW, None)["evidence_overlap"].low is None


def test_what_always_comes_out_alike_tells_nothing() -> None:
    row = {"all": {"p": 1.0, "r": 1.0, "f1": 1.0, "pred": 3, "gold": 3}}
    figure = figures_of(row, Counts({"all": [[1, 1, 1, 1]] * 3}, {}))["all.p"]
    assert figure.interval == "counts"
    assert figure.low == pytest.approx(0.4385, abs=1e-3)


def test_nothing_found_and_nothing_labelled() -> None:
    row = {"denies": {"p": 0.0, "r": 0.0, "f1": 0.0, "pred": 0, "gold": 0}}
    assert figures_of(row, None)["denies.f1"].low is None


@pytest.mark.parametrize(("bias", "even"), [(0.8, 0.8), (1.25, 0.8), (1.0, 1.0), (0.0, 0.0)])
def test_evenness_lies_below_one(bias: float, even: float) -> None:
    assert figures_of({"bias": bias}, None)["evenness"].value == even


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(hits: int, count: int) -> None:
    share = min(hits, count) / count
    low, high = wilson(share, count)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
