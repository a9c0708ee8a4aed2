from __future__ import annotations

import bz2
import gzip
import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import wikibase_entities as made
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError, UsageError
from kg.wikidata.building import dump as dump_module
from kg.wikidata.building.documents import FolderSource
from kg.wikidata.building.dump import FileSource, open_source
from kg.wikidata.building.sources import Portion, Source, SourceChangedError, TruncatedError

PACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gz": gzip.compress, "bz2": bz2.compress}
LINES = [b"line %d " % i + b"x" * (i % 97) for i in range(3000)]
DATA = b"\n".join(LINES) + b"\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of a few kilobytes."""
    monkeypatch.setattr(dump_module, "PORTION", 10_000)
    monkeypatch.setattr(dump_module, "_RAW", 1000)


def texts_of(portions: list[Portion]) -> list[bytes]:
    return [text for portion in portions for text in portion.texts]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("compression", ["", "gz", "bz2"])
def test_all_lines_in_order(compression: str, tmp_path: Path) -> None:
    path = made.write(tmp_path / f"a.json.{compression}".rstrip("."), DATA)
    source = open_source(str(path))
    assert isinstance(source, FileSource)
    assert source.compression == compression
    portions = list(source.portions())
    assert texts_of(portions) == LINES
    assert len(portions) > 5
    assert [portion.first for portion in portions[1:]] == [portion.checkpoint.texts + 1 for portion in portions[:-1]]
    assert portions[-1].checkpoint.position == len(DATA)
    assert portions[-1].read == source.size


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("compression", ["", "gz", "bz2"])
def test_goes_on_from_every_checkpoint(compression: str, tmp_path: Path) -> None:
    source = open_source(str(made.write(tmp_path / f"a.{compression}", DATA)))
    portions = list(source.portions())
    for i, portion in enumerate(portions):
        rest = list(source.portions(portion.checkpoint))
        assert texts_of(rest) == texts_of(portions[i + 1 :])
        assert [p.checkpoint for p in rest][-1:] == [p.checkpoint for p in portions[i + 1 :]][-1:]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("compression", ["", "gz", "bz2"])
def test_another_beginning_is_noticed(compression: str, tmp_path: Path) -> None:
    path = made.write(tmp_path / f"a.{compression}", DATA)
    checkpoint = next(iter(list(open_source(str(path)).portions())[2:])).checkpoint
    made.write(path, DATA.replace(b"line 5 ", b"line 6 "))
    with pytest.raises(SourceChangedError, match="not what it was"):
        list(open_source(str(path)).portions(checkpoint))
    made.write(path, DATA[:5000])
    with pytest.raises(SourceChangedError, match="shorter"):
        list(open_source(str(path)).portions(checkpoint))
    # What comes after the checkpoint may be anything.
    made.write(path, DATA[: checkpoint.position] + b"new\n")
    assert texts_of(list(open_source(str(path)).portions(checkpoint))) == [b"new"]


@pytest.mark.parametrize("compression", ["gz", "bz2"])
@pytest.mark.parametrize("padding", [b"", b"\0" * 700])
def test_several_streams_in_one_file(compression: str, padding: bytes, tmp_path: Path) -> None:
    pack = PACK[compression]
    path = tmp_path / "a"
    path.write_bytes(pack(DATA[:777]) + pack(b"") + pack(DATA[777:]) + padding)
    assert texts_of(list(open_source(str(path)).portions())) == LINES


@given(cuts=st.lists(st.integers(0, len(DATA)), max_size=4), raw=st.integers(1, 3000), portion=st.integers(1, 50_000))
@pytest.mark.parametrize("compression", ["gz", "bz2"])
def test_any_cut_into_streams_and_chunks(
    compression: str, cuts: list[int], raw: int, portion: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a"
    edges = [0, *sorted(cuts), len(DATA)]
    path.write_bytes(b"".join(PACK[compression](DATA[a:b]) for a, b in itertools.pairwise(edges)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dump_module, "_RAW", raw)
        patch.setattr(dump_module, "PORTION", portion)
        assert texts_of(list(FileSource(path, compression).bare())) == LINES


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("compression", ["gz", "bz2"])
@pytest.mark.parametrize("keep", [0.3, 0.99])
def test_a_file_that_ends_early(compression: str, keep: float, tmp_path: Path) -> None:
    whole = PACK[compression](DATA * 30)
    path = tmp_path / "a"
    path.write_bytes(whole[: int(len(whole) * keep)])
    portions: list[Portion] = []
    with pytest.raises(TruncatedError, match="ends early; download it again"):
        portions.extend(open_source(str(path)).portions())
    found = texts_of(portions)
    if compression == "gz":  # this little is one block of bzip2
        assert found
        assert found == (LINES * 30)[: len(found)]
        path.write_bytes(whole)
        assert found + texts_of(list(open_source(str(path)).portions(portions[-1].checkpoint))) == LINES * 30


def test_a_damaged_file(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(DATA, 0))
    packed[20_000:20_100] = b"\xff" * 100
    packed[-8:-4] = b"abcd"  # the check sum
    (tmp_path / "a").write_bytes(packed)
    with pytest.raises(TruncatedError, match="is damaged at about byte"):
        list(open_source(str(tmp_path / "a")).portions())


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("last", [True, False])
def test_a_line_too_long_is_passed_over(last: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump_module, "LONGEST", 50_000)
    end = b"" if last else b"\n" + DATA
    path = made.write(tmp_path / "a", DATA + b"y" * 200_000 + end)
    portions = list(open_source(str(path)).portions())
    assert [text for text in texts_of(portions) if text] == LINES + ([] if last else LINES)
    problems = [problem for portion in portions for problem in portion.problems]
    assert [problem.place for problem in problems] == [f"{path}:{len(LINES) + 1}"]
    assert max(len(text) for text in texts_of(portions)) < 60_000
    for portion in portions[:-1]:
        rest = list(open_source(str(path)).portions(portion.checkpoint))
        assert rest[-1].checkpoint == portions[-1].checkpoint


def test_line_without_an_end(tmp_path: Path) -> None:
    path = made.write(tmp_path / "a", b"one\ntwo")
    assert texts_of(list(open_source(str(path)).portions())) == [b"one", b"two"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        ("{}".encode("utf-16"), "is UTF-16; convert it to UTF-8"),
        (b"\x28\xb5\x2f\xfdrest", "is a zstd file; unpack it"),
        (b"PK\x03\x04rest", "is a zip file"),
        (b"SQLite format 3\0rest", "an index that was built already"),
    ],
)
def test_what_cannot_be_read(data: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(SourceError, match=sentence):
        open_source(str(tmp_path / "a"))


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        open_source(str(tmp_path / "a"))


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.wikidata.building.documents.PORTION", 25)
    for name in ("c", "a", "b", "d"):
        (tmp_path / f"{name}.json").write_text(f'{{\n "id": "{name}"}}')
    (tmp_path / "notes.txt").write_text("no document")
    source = open_source(str(tmp_path))
    assert isinstance(source, FolderSource)
    portions = list(source.portions())
    assert len(portions) == 2
    assert [Path(name).stem for portion in portions for name in portion.names] == ["a", "b", "c", "d"]
    assert texts_of(list(source.portions(portions[0].checkpoint))) == portions[1].texts
    assert list(source.portions(portions[1].checkpoint)) == []
    stamp = source.stamp
    (tmp_path / "a.json").write_text('{"id": "changed"}')
    assert source.stamp != stamp
    with pytest.raises(SourceChangedError):
        list(source.portions(portions[0].checkpoint))


def test_one_document_over_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "Q99000001.json"
    path.write_text('{\n "id": "Q99000001"\n}\n')
    (portion,) = open_source(str(path)).portions()
    assert portion.texts == [path.read_bytes()]
    assert portion.names == (str(path),)


def test_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="is no ordinary file"):
        open_source(str(tmp_path / "pipe"))


def test_progress_while_passing_over_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(str(made.write(tmp_path / "a", DATA * 40)))
    *_, before, last = source.portions()
    monkeypatch.setattr(dump_module, "_SILENT", 1 << 20)
    rest = list(source.portions(before.checkpoint))
    assert len(rest) > 2
    assert all(not portion.texts and portion.checkpoint == before.checkpoint for portion in rest[:-1])
    assert sorted(portion.read for portion in rest) == [portion.read for portion in rest]
    assert rest[-1] == last


def test_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no \.json files"):
        open_source(str(tmp_path))


def test_reading_stops_with_the_reader(tmp_path: Path) -> None:
    """Whoever stops reading in the middle leaves no thread behind."""
    import threading

    before = threading.active_count()
    source: Source = open_source(str(made.write(tmp_path / "a", DATA * 200)))
    portions = source.portions()
    next(portions)
    portions.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
