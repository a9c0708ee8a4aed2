"""Confidence made to mean the share of right claims, and the bar that a claim must reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.extract.calibration import Calibration, Trust, load_calibration

SHARES = st.floats(0, 1, allow_nan=False)


@given(SHARES, SHARES, st.sampled_from([*sorted(load_calibration().lines), "unlabelled"]))
def test_the_order_of_claims_is_kept(one: float, other: float, relation: str) -> None:
    calibration = load_calibration()
    low, high = sorted((calibration(relation, one), calibration(relation, other)))
    assert 0.02 <= low <= high <= 0.99
    if one < other:
        assert calibration(relation, one) <= calibration(relation, other)


def test_a_relation_without_labels_keeps_its_confidence() -> None:
    assert Calibration({"accuses": (-3.0, 1.0)})("metWith", 0.7) == 0.7
    assert Calibration({"accuses": (-3.0, 1.0)})("accuses", 0.7) < 0.2


def test_the_bar_of_a_relation_counts_where_it_is_higher() -> None:
    trust = Trust(least=0.4, least_of={"accuses": 0.6, "memberOf": 0.1})
    assert not trust.keeps("accuses", 0.5)
    assert trust.keeps("criticizes", 0.5)
    assert not trust.keeps("memberOf", 0.3)


def test_a_language_without_a_calibration_has_none() -> None:
    assert load_calibration("xx").lines == {}


@pytest.mark.parametrize(
    ("content", "says"), [("{}", "train it anew"), ('{"lines": {"accuses": [0, -1]}}', "turns 'accuses' round")]
)
def test_a_broken_calibration_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "calibration.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        load_calibration(folder=tmp_path)
