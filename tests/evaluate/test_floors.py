from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError, UsageError
from kg.evaluate.figures import Figure
from kg.evaluate.floors import Floors, failures, floors_text, lowered, raised, read_floors
from kg.evaluate.measure import Measured

DAY = "2031-01-01"


def measured(value: float, *, digest: str = "d1", count: float = 100) -> Measured:
    figure = Figure("all.f1", value, pred=count, gold=count)
    return Measured("claims:gold", "claims", "dev", digest, 20, 20, {"all.f1": figure})


def start(value: float = 0.6) -> Floors:
    return raised(Floors(), [measured(value)], date=DAY)


def written(floors: Floors, path: Path) -> Path:
    path.write_text(floors_text(floors), encoding="utf-8")
    return path


def test_raise_only_lifts(tmp_path: Path) -> None:
    floors = start()
    assert floors.sets["claims:gold"].floors == {"all.f1": 0.58}
    assert raised(floors, [measured(0.5)], date=DAY) == floors
    higher = raised(floors, [measured(0.7)], date=DAY, margin=0.05)
    assert higher.sets["claims:gold"].floors == {"all.f1": 0.65}
    assert read_floors(written(higher, tmp_path / "f.json")) == higher
    assert failures(higher, [measured(0.65)]) == []
    assert "below its floor" in failures(higher, [measured(0.6499)])[0]


def test_figures_that_rest_on_little_get_no_floor() -> None:
    assert raised(Floors(), [measured(0.6, count=14)], date=DAY).sets == {}


def test_lowering_needs_a_reason_and_keeps_it(tmp_path: Path) -> None:
    floors = start()
    with pytest.raises(UsageError, match="needs --reason"):
        lowered(floors, "claims:gold/all.f1", date=DAY, reason=" ", to=0.5)
    with pytest.raises(UsageError, match=r"did you mean .claims:gold/all\.f1."):
        lowered(floors, "claims:gold/al.f1", date=DAY, reason="why", to=0.5)
    with pytest.raises(UsageError, match="is not below"):
        lowered(floors, "claims:gold/all.f1", date=DAY, reason="why", to=0.58)
    lower = lowered(floors, "claims:gold/all.f1", date="2031-02-02", reason="labels were corrected", to=0.5)
    last = json.loads(written(lower, tmp_path / "f.json").read_text(encoding="utf-8"))["history"][-1]
    assert last == {
        "date": "2031-02-02",
        "set": "claims:gold",
        "figure": "all.f1",
        "old": 0.58,
        "new": 0.5,
        "reason": "labels were corrected",
    }
    gone = lowered(lower, "claims:gold/all.f1", date=DAY, reason="measured elsewhere", to=None)
    assert gone.sets["claims:gold"].floors == {}
    assert gone.problems() == []


@pytest.mark.parametrize("what", ["floor", "reason", "new"])
def test_a_file_that_was_lowered_by_hand_is_refused(tmp_path: Path, what: str) -> None:
    floors = lowered(start(), "claims:gold/all.f1", date=DAY, reason="labels were corrected", to=0.5)
    path = written(floors, tmp_path / "f.json")
    row = json.loads(path.read_text(encoding="utf-8"))
    if what == "floor":
        row["sets"]["claims:gold"]["floors"]["all.f1"] = 0.4
    else:
        row["history"][-1][what] = "" if what == "reason" else 0.45
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(ConfigError, match="without a reason" if what == "reason" else "its history ends at"):
        read_floors(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sets": {"a": 1}, "history": []}'])
def test_no_file_of_floors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "f.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="no file of floors"):
        read_floors(path)


def test_other_data_fail_and_need_a_reason() -> None:
    floors = start()
    other = [measured(0.3, digest="d2")]
    assert "these are d2" in failures(floors, other)[0]
    with pytest.raises(UsageError, match="why they changed"):
        raised(floors, other, date=DAY)
    anew = raised(floors, other, date=DAY, reason="ten more articles")
    assert anew.sets["claims:gold"].digest == "d2"
    assert anew.sets["claims:gold"].floors == {"all.f1": 0.28}
    assert anew.history[-1].reason == "ten more articles"
    assert failures(anew, other) == []


def test_a_figure_that_is_gone_fails() -> None:
    assert "no figure 'all.f1'" in failures(start(), [replace(measured(0.6), figures={})])[0]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=12))
def test_whatever_is_done_the_history_leads_to_the_floors(steps: list[tuple[bool, float]]) -> None:
    floors = start()
    for up, value in steps:
        if up:
            floors = raised(floors, [measured(value)], date=DAY)
        elif value < floors.sets["claims:gold"].floors["all.f1"]:
            floors = lowered(floors, "claims:gold/all.f1", date=DAY, reason="why", to=value)
        assert floors.problems() == []
