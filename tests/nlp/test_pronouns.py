from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.nlp.ranker import NOBODY, Ranker, load_ranker


def test_the_best_candidate_is_taken_only_above_the_threshold() -> None:
    candidates = {0: {"a": 1.0}, 1: {"b": 1.0}, NOBODY: {"nobody": 1.0}}
    shares = Ranker({"a": 2.0, "b": 1.0}, 0.5).probabilities(candidates)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=lambda c: shares[c]) == 0
    assert Ranker({"a": 2.0, "b": 1.0}, 0.5)(None, candidates) == 0  # type: ignore[arg-type]
    assert Ranker({"a": 2.0, "b": 1.0}, 0.9)(None, candidates) is None  # type: ignore[arg-type]


def test_the_shipped_weights_load_and_say_how_good_they_are() -> None:
    ranker = load_ranker()
    assert 0 < ranker.threshold < 1
    assert "nobody" in ranker.weights


def test_missing_and_broken_weights_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="train_coreference"):
        load_ranker(folder=tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "pronoun_weights.json").write_text(json.dumps({"weights": []}), encoding="utf-8")
    with pytest.raises(ConfigError, match="train_coreference"):
        load_ranker(folder=tmp_path)
