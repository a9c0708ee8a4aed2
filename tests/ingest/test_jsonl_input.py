"""JSON lines: what a line must be, and that a bad one does not stop the others."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.ingest import Skipped, read_inputs
from kg.model import Article, PartialDate

GOOD = {"id": "g", "text": "Minna Fabricatt spoke."}


def write_lines(path: Path, *lines: str | bytes | dict[str, Any]) -> Path:
    raw = [json.dumps(line) if isinstance(line, dict) else line for line in lines]
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in raw))
    return path


def test_a_full_line(tmp_path: Path) -> None:
    row = {
        "id": "a 1",
        "text": "One.\r\nTwo.\n",
        "title": "Title",
        "published": "2016-04",
        "url": "https://news.example/1",
        "outlet": "The Sample",
        "more": ["is", "ignored"],
    }
    (article,) = read_inputs([write_lines(tmp_path / "in.jsonl", row)])
    assert article == Article(
        id="a 1",
        text="One.\r\nTwo.\n",
        title="Title",
        published=PartialDate.parse("2016-04"),
        url="https://news.example/1",
        outlet="The Sample",
        source=f"{tmp_path / 'in.jsonl'}:1",
    )


def test_null_and_blank_mean_absent(tmp_path: Path) -> None:
    row = {**GOOD, "title": None, "published": "", "url": " ", "outlet": None}
    (article,) = read_inputs([write_lines(tmp_path / "in.jsonl", row)])
    assert isinstance(article, Article)
    assert (article.title, article.published, article.url, article.outlet) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{'id': 'a'}", "not JSON"),
        ('{"id": "a", "text": "cut', "not JSON"),
        ('["a", "b"]', "not a JSON object but an array"),
        ("null", "not a JSON object but null"),
        ('"text"', "not a JSON object but a string"),
        ({"text": "No name."}, 'there is no "id"'),
        ({"id": "a"}, 'there is no "text"'),
        ({"id": "a", "text": None}, 'there is no "text"'),
        ({"id": " ", "text": "No name."}, '"id" is empty'),
        ({"id": 7, "text": "A number for a name."}, '"id" is a number'),
        ({"id": "a", "text": ["A list."]}, '"text" is an array'),
        ({"id": "a", "text": "  "}, "no words in it"),
        ({"id": "a", "text": "x\0y"}, "binary data"),
        ({"id": "a", "text": "half \ud83d a face"}, "half a character"),
        ({**GOOD, "title": True}, '"title" is true or false'),
        ({**GOOD, "url": {}}, '"url" is an object'),
        ({**GOOD, "outlet": 3.5}, '"outlet" is a number'),
        ({**GOOD, "outlet": "half \udc00"}, "half a character"),
        ({**GOOD, "published": 2016}, '"published" is a number'),
        ({**GOOD, "published": "28 April"}, "'28 April', which is not a date; write YYYY"),
        ({**GOOD, "published": "2016-02-30"}, "'2016-02-30', which is not a date"),
        (b'{"id": "a", "text": "Caf\xe9"}', "not UTF-8: byte 24 is 0xE9"),
        (b"\0\0\0", "binary data"),
        ({"id": "a", "text": "word " * 100}, "500 characters, more than the 400"),
        ({"id": "a", "text": "word", "more": "x" * 700}, "more than the 600 bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(tmp_path: Path, line: Any, expected: str) -> None:
    path = write_lines(tmp_path / "in.jsonl", GOOD, "", line, {"id": "h", "text": "The last line."})
    first, skipped, last = read_inputs([path], max_chars=400, max_bytes=600)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.id, last.id, last.source) == ("g", "h", f"{path}:4")
    assert isinstance(skipped, Skipped)
    assert skipped.source == f"{path}:3"
    assert expected in skipped.reason


def test_a_deeply_nested_line_is_no_article(tmp_path: Path) -> None:
    (skipped,) = read_inputs([write_lines(tmp_path / "in.jsonl", "[" * 200_000)])
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("not JSON")


def test_line_ends_and_marks_of_windows(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"id": "a", "text": "One."}\r\n\r\n{"id": "b", "text": "Two."}\r\n'
    (tmp_path / "in.jsonl").write_bytes(data)
    assert [item.source[-2:] for item in read_inputs([tmp_path / "in.jsonl"])] == [":1", ":3"]


def test_a_line_may_have_exactly_the_limit(tmp_path: Path) -> None:
    line = json.dumps(GOOD).encode()
    path = write_lines(tmp_path / "in.jsonl", line, line.replace(b"spoke", b"spoken"), line[:-2] + b'!"}')
    kinds = [type(item) for item in read_inputs([path], max_bytes=len(line))]
    assert kinds == [Article, Skipped, Skipped]


def test_a_file_larger_than_the_limit_is_read_line_by_line(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "in.jsonl", *({"id": str(n), "text": f"Text {n}."} for n in range(100)))
    assert path.stat().st_size > 1000
    assert sum(isinstance(item, Article) for item in read_inputs([path], max_bytes=100)) == 100


def test_a_huge_line_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    with path.open("wb") as file:
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + json.dumps(GOOD).encode())
    tracemalloc.start()
    skipped, good = read_inputs([path], max_bytes=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(skipped, Skipped)
    assert isinstance(good, Article)
    assert peak < 5_000_000


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_character_of_a_line_is_kept(tmp_path: Path, text: str) -> None:
    path = write_lines(tmp_path / "in.jsonl", {"id": "a", "text": f"Words {text}"})
    (article,) = read_inputs([path])
    assert isinstance(article, Article)
    assert article.text == f"Words {text}"


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_bytes_give_articles_or_reasons(tmp_path: Path, data: bytes) -> None:
    for name in ("any.jsonl", "any.txt", "any.html"):
        (tmp_path / name).write_bytes(data)
        for item in read_inputs([tmp_path / name]):
            assert isinstance(item, Article) or item.reason
