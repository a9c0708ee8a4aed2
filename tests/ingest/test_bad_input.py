"""Inputs that cannot be read: each is Skipped with a sentence, and its neighbours are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.ingest import Skipped, read_inputs
from kg.model import Article

LIMITS = {"max_chars": 1000, "max_bytes": 4000}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good article at either end of the order."""
    (tmp_path / "in").mkdir()
    for name in ("0-good", "z-good"):
        (tmp_path / "in" / f"{name}.txt").write_text(f"Words of {name}.", encoding="utf-8")
    return tmp_path / "in"


def reason(folder: Path) -> str:
    """Why the one bad input of `folder` is skipped; the good ones have to come out."""
    items = list(read_inputs([folder], **LIMITS))
    assert [item.id for item in items if isinstance(item, Article)] == ["0-good", "z-good"]
    (skipped,) = (item for item in items if isinstance(item, Skipped))
    assert skipped.source.startswith(str(folder / "m-bad"))
    return skipped.reason


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("m-bad.txt", b"", "no words in it"),
        ("m-bad.txt", b" \r\n\t\n", "no words in it"),
        ("m-bad.txt", b"\xef\xbb\xbf", "no words in it"),
        ("m-bad.txt", b"--- ***", "no words in it"),
        ("m-bad.txt", b"PNG\0\1 looks like text", "binary data"),
        ("m-bad.txt", b"\x89PNG\x01\x02\x03\xff\xd8" * 20, "binary data"),
        ("m-bad.txt", "A UTF-16 file.".encode("utf-16"), "UTF-16.*iconv"),
        ("m-bad.txt", b"Caf\xe9 society", "not UTF-8: byte 3 is 0xE9; convert it.*iconv"),
        ("m-bad.txt", b"\xef\xbb\xbfCaf\xe9 society", "not UTF-8: byte 6 is 0xE9"),
        ("m-bad.txt", b"cut off \xe2\x80", "not UTF-8: byte 8 is 0xE2"),
        ("m-bad.txt", b"word " * 1000, "5,000 bytes, more than the 4,000"),
        ("m-bad.txt", b"word " * 300, "1,500 characters, more than the 1,000"),
        ("m-bad.html", b"", "empty or no HTML"),
        ("m-bad.html", b"\0\1\2\3" * 50, "binary data, not HTML"),
        ("m-bad.html", b"<html><head><title>Only a title</title></head></html>", "no article text"),
        ("m-bad.html", b"<p>word word</p>" * 1000, "16,000 bytes"),
        ("m-bad.htm", b"<html><body><p>" + b"word " * 300, "1,499 characters"),
        ("m-bad.html", b"<div>" * 700 + b"deep", "no article text"),
    ],
)
def test_a_file_that_is_no_article(folder: Path, name: str, data: bytes, expected: str) -> None:
    (folder / name).write_bytes(data)
    assert_matches(reason(folder), expected)


def assert_matches(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        raise ValueError(text)


def test_a_large_file_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "m-bad.txt"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    opened: list[str] = []
    real = Path.open

    def note(self: Path, *args: object, **kwargs: object) -> object:
        opened.append(self.name)
        return real(self, *args, **kwargs)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr(Path, "open", note)
    assert "20,000,000 bytes" in reason(folder)
    assert opened == ["0-good.txt", "z-good.txt"]


def test_a_broken_link(folder: Path) -> None:
    (folder / "m-bad.txt").symlink_to(folder / "nowhere.txt")
    assert_matches(reason(folder), "a link to '.*nowhere.txt', which does not exist; mend or remove")


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "m-bad.txt").symlink_to(folder / "m-bad.txt")
    assert_matches(reason(folder), "cannot be read")


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "m-bad.txt")
    assert_matches(reason(folder), "not a regular file")


def refuse(monkeypatch: pytest.MonkeyPatch, path: Path, method: str) -> None:
    """Take the right to read `path` away, also from root, whom the file system refuses nothing."""
    path.chmod(0)
    real = getattr(Path, method)

    def refusing(self: Path, *args: object, **kwargs: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, method, refusing)


def test_an_unreadable_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "m-bad.txt"
    path.write_text("Secret words.", encoding="utf-8")
    refuse(monkeypatch, path, "open")
    assert_matches(reason(folder), r"cannot be read \(Permission denied\); give yourself the right")


def test_an_unreadable_lines_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "m-bad.jsonl"
    path.write_text('{"id": "a", "text": "Secret words."}', encoding="utf-8")
    refuse(monkeypatch, path, "open")
    assert_matches(reason(folder), r"cannot be read \(Permission denied\)")


def test_an_unreadable_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "m-bad"
    path.mkdir()
    refuse(monkeypatch, path, "iterdir")
    assert_matches(reason(folder), r"cannot be read \(Permission denied\); give yourself the right")
    path.chmod(0o755)


def test_an_unknown_kind_of_file_is_said_only_when_named(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert list(read_inputs([path])) == [
        Skipped(
            str(path),
            "unknown kind of file (.pdf); name a .txt, .html, .htm or .jsonl file, or convert it",
        )
    ]
    (skipped,) = read_inputs([tmp_path])
    assert isinstance(skipped, Skipped)
    assert skipped.source == str(tmp_path)
    assert "no .txt, .html, .htm or .jsonl file in this folder" in skipped.reason
