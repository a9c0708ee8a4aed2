"""Reading what an earlier run left."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Annotation, Article
from kg.run.artifacts import read_annotations, reusable, write_annotations

ONE, TWO = (Annotation(Article(name, f"Text {name}."), annotator="x") for name in "ab")


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    write_annotations(path, [ONE, TWO])
    assert list(read_annotations(path)) == [ONE, TWO]


def test_a_line_separator_in_a_text_ends_no_line(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    odd = Annotation(Article("c", "One\u2028two\x85three\r\nfour."))
    write_annotations(path, [odd])
    assert list(read_annotations(path)) == [odd]


def test_only_the_same_annotator_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    write_annotations(path, [ONE])
    assert reusable(path, "x") == {ONE.article.key: ONE}
    assert reusable(path, "y") == {}
    assert reusable(tmp_path / "none", "x") == {}


def test_damage_is_named_and_costs_only_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    write_annotations(path, [ONE, TWO])
    path.write_text(path.read_text(encoding="utf-8")[:-40] + "\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"annotations\.jsonl:2"):
        list(read_annotations(path))
    assert reusable(path, "x") == {ONE.article.key: ONE}
