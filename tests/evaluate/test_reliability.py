from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.evaluate.reliability import Judged, expected_error, reliability

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CLAIMS = st.lists(st.builds(Judged, st.floats(0, 1), st.booleans()), max_size=30)


def test_bins() -> None:
    claims = [Judged(0.95, True), Judged(0.85, False), Judged(0.5, True), Judged(1.0, True)]
    low, high = reliability(claims, bins=2)[-1:] + reliability(claims, bins=4)[-1:]
    assert (low.count, low.right) == (4, 0.75)
    assert (high.low, high.high, high.count) == (0.75, 1.0, 3)
    assert high.confidence == pytest.approx(0.9333, abs=1e-4)
    assert expected_error([Judged(1.0, True), Judged(0.0, False)]) == 0.0
    assert expected_error([Judged(1.0, False)]) == 1.0
    assert expected_error([]) == 0.0
    with pytest.raises(ValueError, match="0 bins"):
        reliability(claims, bins=0)


@given(CLAIMS, st.integers(1, 12))
def test_every_claim_is_in_one_bin(claims: list[Judged], bins: int) -> None:
    rows = reliability(claims, bins=bins)
    assert sum(row.count for row in rows) == len(claims)
    assert all(row.low - 1e-9 <= row.confidence <= row.high + 1e-9 for row in rows)
    assert 0 <= expected_error(claims, bins=bins) <= 1


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled articles are not beside this checkout")
def test_the_program(tmp_path: Path) -> None:
    out, rules = tmp_path / "annotations.jsonl", tmp_path / "rules.tsv"
    rules.write_text("# a comment\nold:rule\t1\t1\n", encoding="utf-8")
    assert main(["annotate", *map(str, sorted((SHARED / "seed").glob("*.txt"))), "--out", str(out)]) == 0
    program = [sys.executable, str(ROOT / "bench" / "reliability.py"), str(SHARED / "score"), str(SHARED / "seed")]
    done = subprocess.run(
        [*program, str(out), "--rules", str(rules)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert "| all | calibration error |" in done.stdout
    lines = rules.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# a comment"
    assert any(line.startswith("accuses:") for line in lines)
    assert not any(line.startswith("old:") for line in lines)
