from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.extract.cues import DATA, rows, speech_cues, stance_cues


def test_a_missing_word_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"speech\.tsv"):
        speech_cues(tmp_path)


def test_comments_and_empty_lines_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("# a comment\n\nsay\tv\n", encoding="utf-8")
    assert rows(tmp_path, "list.tsv") == [["say", "v"]]


def test_stance_words_have_known_relations_and_signs() -> None:
    cues = stance_cues()
    known = {"accuses", "criticizes", "supports", "charged", "named"}
    assert {frame.relation for frames in cues.verbs.values() for frame in frames} <= known
    assert {relation for _, relation in cues.nouns.values()} <= known
    assert set(cues.signs.values()) == {"+", "-", "!"}
    assert {sign for _, sign in cues.phrases} <= {"+", "-", "!"}
    assert all(0 < value <= 1 for value in cues.confidence.values())


@pytest.mark.parametrize("path", sorted((DATA / "en").glob("*.tsv")), ids=lambda path: path.name)
def test_no_row_stands_twice(path: Path) -> None:
    table = [tuple(row) for row in rows(path.parent, path.name)]
    assert len(table) == len(set(table))
