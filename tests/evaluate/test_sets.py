from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.evaluate.sets import KINDS, distinct, find_sets, parse_set


def test_every_gated_figure_is_shown() -> None:
    for kind in KINDS.values():
        assert set(kind.gated) <= set(kind.shown)


def test_named_sets(tmp_path: Path) -> None:
    (tmp_path / "gap-validation.tsv").write_text("ID\n", encoding="utf-8")
    one = parse_set(f"gap={tmp_path}@validation")
    assert (one.label, one.split, one.folder) == ("gap:validation", "validation", tmp_path)
    first = one.digest()
    (tmp_path / "gap-validation.tsv").write_text("ID\tText\n", encoding="utf-8")
    (tmp_path / "gap-test.tsv").write_text("ID\n", encoding="utf-8")
    assert one.digest() != first
    second = one.digest()
    (tmp_path / "gap-test.tsv").write_text("other\n", encoding="utf-8")
    assert one.digest() == second


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gap", "is not KIND=FOLDER"),
        ("gpa={tmp}", "did you mean 'gap'"),
        ("zzz={tmp}", "the kinds are claims"),
        ("gap={tmp}/none", "is missing"),
        ("gap={tmp}@validation", "holds no 'gap-validation.tsv'"),
        ("gap={tmp}", "there are the splits test"),
        ("claims={tmp}", "holds no '*.json'"),
    ],
)
def test_what_cannot_be_measured(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "gap-test.tsv").write_text("ID\n", encoding="utf-8")
    with pytest.raises(UsageError, match=words.replace("*", r"\*")):
        parse_set(text.replace("{tmp}", str(tmp_path)))


def test_the_usual_places(tmp_path: Path, labelled: Path) -> None:
    shared = labelled.parent
    (shared / "data" / "gap").mkdir(parents=True)
    (shared / "data" / "gap" / "gap-validation.tsv").write_text("ID\n", encoding="utf-8")
    assert [one.label for one in find_sets(shared)] == ["claims:gold", "gap:validation"]
    assert [one.label for one in find_sets(shared, ["gap"])] == ["gap:validation"]
    with pytest.raises(UsageError, match="did you mean 'claims:gold'"):
        find_sets(shared, ["claims:golt"])
    with pytest.raises(UsageError, match="holds no labelled set"):
        find_sets(tmp_path / "shared" / "score")
    with pytest.raises(UsageError, match="is no folder"):
        find_sets(tmp_path / "none")
    with pytest.raises(UsageError, match="two sets are called"):
        distinct([*find_sets(shared), *find_sets(shared)])
