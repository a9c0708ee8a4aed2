"""The output folder: ours or refused, changed only by finished files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.run.folder import MARKER, output_folder, publish


def test_a_new_folder_is_made_and_staging_is_gone(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    with output_folder(out) as staging:
        (staging / "x").write_text("1")
        publish(staging / "x", out / "x")
    assert {path.name for path in out.iterdir()} == {MARKER, "x"}


def test_a_failed_run_leaves_no_folder_behind(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def fail() -> None:
        with output_folder(out) as staging:
            (staging / "x").write_text("1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not out.exists()


def test_a_failed_run_leaves_the_old_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with output_folder(out) as staging:
        (staging / "x").write_text("old")
        publish(staging / "x", out / "x")

    def fail() -> None:
        with output_folder(out) as staging:
            (staging / "x").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "x").read_text() == "old"
    assert {path.name for path in out.iterdir()} == {MARKER, "x"}


def test_somebody_elses_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"), output_folder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("mine")
    with pytest.raises(UsageError, match="is a file"), output_folder(file):
        pass
    assert file.read_text() == "mine"


def test_publish_replaces_a_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "store", tmp_path / "new"
    for folder, text in ((old, "old"), (new, "new")):
        folder.mkdir()
        (folder / "f").write_text(text)
    publish(new, old)
    assert (old / "f").read_text() == "new"
    assert {path.name for path in tmp_path.iterdir()} == {"store"}
