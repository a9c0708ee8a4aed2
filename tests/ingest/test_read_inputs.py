"""Files and folders to articles: order, names, ids, what is passed over."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.ingest import Skipped, read_inputs
from kg.model import Article


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def articles(*paths: Path) -> list[Article]:
    items = list(read_inputs(paths))
    assert not [item for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Article)]


def test_a_text_file_is_taken_as_it_stands(tmp_path: Path) -> None:
    text = "Zara Quillfeather\u00a0said “no”.\r\n\r\nShe left — early.\r\n"
    (article,) = articles(write(tmp_path / "one.two.txt", text))
    assert article.text == text
    assert article.id == "one.two"
    assert article.source == str(tmp_path / "one.two.txt")
    assert (article.title, article.published, article.url, article.outlet) == (None, None, None, None)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.txt", "\ufeffFirst line."))
    assert article.text == "First line."


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_every_character_of_a_text_file_is_kept(tmp_path: Path, body: str) -> None:
    text = "Ordinary words that are no boilerplate. " * 50 + body
    (item,) = read_inputs([write(tmp_path / "any.txt", text)])
    assert isinstance(item, Article)
    assert item.text == text
    assert all(0 <= span.start < span.end <= len(text) for span in item.boilerplate)


def test_folders_are_walked_in_sorted_order_and_paths_in_the_given_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.TXT", "a.txt", "c/x.htm"):
        body = f"Text of {name}."
        write(tmp_path / "in" / name, f"<html><body><p>{body}</p></body></html>" if "htm" in name else body)
    write(tmp_path / "first.txt", "Named first.")
    read = articles(tmp_path / "first.txt", tmp_path / "in")
    assert [article.id for article in read] == ["first", "c", "z", "a", "b", "x"]
    assert [Path(article.source).relative_to(tmp_path).as_posix() for article in read] == [
        "first.txt",
        *(f"in/{name}" for name in ("a/b/c.TXT", "a/z.txt", "a.txt", "b.txt", "c/x.htm")),
    ]


def test_the_source_is_relative_where_the_caller_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "news" / "a.txt", "Some words.")
    monkeypatch.chdir(tmp_path)
    assert [article.source for article in articles(Path("news"))] == [str(Path("news/a.txt"))]


def test_hidden_entries_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "notes.md", "picture.jpg", "seen.txt"):
        write(tmp_path / name, f"Text of {name}.")
    assert [article.id for article in articles(tmp_path)] == ["seen"]


def test_ids_come_out_unique(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt", "One.")
    write(tmp_path / "b" / "x.txt", "Two.")
    write(tmp_path / "c" / "x-2.txt", "Three.")
    write(tmp_path / "d" / "x.txt", "Four.")
    assert [article.id for article in articles(tmp_path)] == ["x", "x-2", "x-2-2", "x-3"]


def test_the_same_text_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The same words.")
    write(tmp_path / "b.txt", "The same words.")
    row = json.dumps({"id": "c", "text": "The same words.", "title": "But a title"})
    write(tmp_path / "c.jsonl", row)
    first, *rest = read_inputs([tmp_path])
    assert isinstance(first, Article)
    assert rest == [
        Skipped(str(tmp_path / "b.txt"), "the same text as article 'a', which is read already"),
        Skipped(f"{tmp_path / 'c.jsonl'}:1", "the same text as article 'a', which is read already"),
    ]


def test_a_folder_is_read_once_and_a_circle_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "Some words.")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in")
    first, again = read_inputs([tmp_path / "in"])
    assert isinstance(first, Article)
    assert isinstance(again, Skipped)
    assert "the same folder as" in again.reason


def test_a_linked_file_is_read(tmp_path: Path) -> None:
    target = write(tmp_path / "elsewhere" / "real.txt", "Some words.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(target)
    assert [article.id for article in articles(tmp_path / "in")] == ["link"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n), "text": f"Text {n}."}) for n in range(5)]
    write(tmp_path / "a.jsonl", "\n".join(rows))
    items = read_inputs([tmp_path / "a.jsonl", write(tmp_path / "b.txt", "Gone before its turn.")])
    assert len(list(islice(items, 3))) == 3
    (tmp_path / "b.txt").unlink()
    *_, last = items
    assert isinstance(last, Skipped)


@pytest.mark.parametrize("name", ["missing.txt", "file.txt/below", "no\0name"])
def test_a_path_with_nothing_there_is_wrong_usage_at_once(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file.txt", "Some words.")
    with pytest.raises(UsageError, match="no such file or folder"):
        read_inputs([tmp_path / "file.txt", tmp_path / name])


def test_two_readings_are_equal(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Some words.\n\nAdvertisement\n")
    write(tmp_path / "b.txt", "\0")
    assert list(read_inputs([tmp_path])) == list(read_inputs([tmp_path]))
