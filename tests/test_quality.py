"""Quality on labelled data, where they are beside the checkout: no figure below its floor, on the very same data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.evaluate.floors import read_floors

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).parent / "quality_floors.json"


def test_no_floor_fell_without_a_reason() -> None:
    floors = read_floors(FLOORS)  # ConfigError otherwise
    assert floors.sets
    assert floors.problems() == []


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path, dict[str, Any]]:
    """Measure every set once, as `kg eval SHARED --floors FILE` does, and candidate recall."""
    if not SHARED.is_dir():
        pytest.skip("the labelled data are not beside this checkout")
    keep = tmp_path_factory.mktemp("quality")
    figures, candidates = keep / "figures.json", keep / "candidates.json"
    program = [sys.executable, str(ROOT / "bench" / "candidate_recall.py"), str(SHARED / "gold"), str(SHARED / "score")]
    subprocess.run([*program, "--json", str(candidates)], check=True, capture_output=True, cwd=ROOT)
    given = ["--add", str(candidates), "--floors", str(FLOORS), "--json", str(figures), "--keep", str(keep)]
    code = main(["eval", str(SHARED), *given, "--jobs", "2"])
    return code, keep, json.loads(figures.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_nothing_is_below_its_floor(measured: tuple[int, Path, dict[str, Any]]) -> None:
    code, _, figures = measured
    floors = read_floors(FLOORS)
    low = {
        (label, name): (figure["value"], figure["floor"])
        for label, one in figures.items()
        for name, figure in one["figures"].items()
        if figure["floor"] is not None and figure["value"] < figure["floor"]
    }
    assert low == {}
    digests = {label: one["digest"] for label, one in figures.items()}
    assert {label: digests.get(label) for label in floors.sets} == {
        label: one.digest for label, one in floors.sets.items()
    }
    assert code == 0


@pytest.mark.slow
def test_names_are_linked(measured: tuple[int, Path, dict[str, Any]]) -> None:
    _, keep, _ = measured
    for label, wanted in read_floors(FLOORS).rest["links"].items():
        lines = (keep / f"{label.replace(':', '-')}.annotations.jsonl").read_text(encoding="utf-8").splitlines()
        linked = {entity["name"]: entity["wikidata"] for line in lines for entity in json.loads(line)["entities"]}
        assert {name: linked.get(name) for name in wanted} == wanted
