"""The wheel, installed into a clean environment outside the checkout, does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path) -> str:
    """Run a command in `cwd`, without this process's Python settings; its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_ontology_queries_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("ontology", "kg/shipped/ontology"), ("queries", "kg/shipped/queries")):
        assert {f"{inside}/{path.name}" for path in (ROOT / folder).iterdir()} <= names
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert data <= names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "docs/"))]


def test_the_main_job_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    call(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    programs = tmp_path / "venv" / "bin"
    call(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    kg = programs / "kg"
    shown = call(kg, "build", ROOT / "examples" / "articles", "--out", "out", cwd=tmp_path)
    assert "10 articles" in shown
    assert "Ken Livingstone" in call(kg, "query", "accusations", cwd=tmp_path)
    assert " 0 problems" in call(kg, "verify", "out", cwd=tmp_path)
    where = call(programs / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert str(tmp_path) in where
