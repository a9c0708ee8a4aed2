"""Quality on hand-labelled articles, where they are beside the checkout; never below the floors."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = json.loads((Path(__file__).parent / "quality_floors.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled articles are not beside this checkout"),
]


def digest(folder: Path) -> str:
    """Names the texts and labels of a folder, so that floors hold for the data they were measured on."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.json")]):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def figures(folder: Path, out: Path) -> dict[str, Any]:
    """Annotate the articles of a folder as a user would, and score them."""
    assert main(["annotate", *map(str, sorted(folder.glob("*.txt"))), "--out", str(out)]) == 0
    command = [sys.executable, str(SHARED / "score" / "score.py"), "claims", str(folder), str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(result.stdout.splitlines()[-1]))


def test_claims(tmp_path: Path) -> None:
    floors = FLOORS["claims"]
    if digest(SHARED / "gold") != floors["digest"]:
        pytest.skip("these are other articles than the floors were measured on")
    found = figures(SHARED / "gold", tmp_path / "annotations.jsonl")
    low = {
        (name, kind): (found[name][kind], floor)
        for kind in ("f1", "p")
        for name, floor in floors[kind].items()
        if found[name][kind] < floor
    }
    assert not low


def test_seed(tmp_path: Path) -> None:
    floors = FLOORS["seed"]
    if digest(SHARED / "seed") != floors["digest"]:
        pytest.skip("this is another article than the floors were measured on")
    out = tmp_path / "annotations.jsonl"
    found = figures(SHARED / "seed", out)["all"]
    hits = round(found["r"] * found["gold"])
    assert hits >= floors["required_found"]
    assert found["pred"] - hits <= floors["rejected_at_most"]
    row = json.loads(out.read_text(encoding="utf-8"))
    linked = {e["name"]: e["wikidata"] for e in row["entities"]}
    assert {name: linked.get(name) for name in floors["wikidata"]} == floors["wikidata"]
