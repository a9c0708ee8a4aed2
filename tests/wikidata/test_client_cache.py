"""The cache on disk: it lasts, it expires, it is shared, and no damage of the file stops a run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from wikidata.waiting import Clock

from kg.wikidata.cache import AnswerCache, Kept

VALUE = {"name": "Ada Éxample", "numbers": [1, None, 2.5], "nothing": {}, "half": "\ud800"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "cache.sqlite"


def test_values_come_back_with_their_age(path: Path) -> None:
    clock = Clock()
    with AnswerCache(path, clock=clock) as cache:
        cache.put({"a": VALUE, "b": []})
        clock.now += 90
        cache.put({"b": [1]})
        assert cache.get(["b", "a", "a", "c"]) == {"a": Kept(VALUE, 90.0), "b": Kept([1], 0.0)}


def test_another_process_finds_them(path: Path) -> None:
    with AnswerCache(path) as cache:
        cache.put({"a": VALUE})
        found = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
    assert found.stdout == ascii(VALUE)


_READ = """
import sys
from pathlib import Path
from kg.wikidata.cache import AnswerCache
with AnswerCache(Path(sys.argv[1])) as cache:
    sys.stdout.write(ascii(cache.get(["a"])["a"].value))
"""

_WRITE = """
import sys
from pathlib import Path
from kg.wikidata.cache import AnswerCache
with AnswerCache(Path(sys.argv[1])) as cache:
    number = 0
    while True:
        cache.put({f"{part}-{number}": [number] * 5000 for part in range(20)})
        number += 1
        print(number, flush=True)
"""


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_whole_answers_only(path: Path) -> None:
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", _WRITE, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            written = [int(writer.stdout.readline()) for _ in range(5)][-1]
            os.kill(writer.pid, signal.SIGKILL)
        said: list[str] = []
        with AnswerCache(path, say=said.append) as cache:
            for number in range(written + 3):
                keys = [f"{part}-{number}" for part in range(20)]
                found = cache.get(keys)
                assert len(found) == 20 or (number >= written and not found)
                assert all(kept.value == [number] * 5000 for kept in found.values())
        assert said == []


def test_many_processes_write_at_once(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kg.wikidata.cache import AnswerCache\n"
        "cache = AnswerCache(Path(sys.argv[1]), say=print)\n"
        "for i in range(30): cache.put({f'{sys.argv[2]}-{i}': i})\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    writers = [subprocess.Popen([*command, str(i)], stdout=subprocess.PIPE) for i in range(3)]
    assert [writer.communicate()[0] for writer in writers] == [b""] * 3
    with AnswerCache(path) as cache:
        assert len(cache.get(f"{w}-{i}" for w in range(3) for i in range(30))) == 90


def test_many_threads(path: Path) -> None:
    with AnswerCache(path) as cache, ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda i: cache.put({str(i): i}), range(100)))
        assert {key: kept.value for key, kept in cache.get(map(str, range(100))).items()} == {
            str(i): i for i in range(100)
        }


def test_old_answers_are_forgotten(path: Path) -> None:
    clock = Clock()
    with AnswerCache(path, clock=clock) as cache:
        cache.put({"old": 1})
        clock.now += 100
        cache.put({"new": 2})
        cache.forget(older_than=50)
        assert list(cache.get(["old", "new"])) == ["new"]


def _damages() -> list[tuple[str, object]]:
    def no_database(path: Path) -> None:
        path.write_bytes(b"<html>no database</html>" * 100)

    def cut_short(path: Path) -> None:
        os.truncate(path, path.stat().st_size // 2)

    def holes(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        path.write_bytes(data)

    def noise(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[100:] = bytes(i * 7919 % 251 for i in range(len(data) - 100))
        path.write_bytes(data)

    return [(damage.__name__, damage) for damage in (no_database, cut_short, holes, noise)]


@pytest.mark.parametrize("name", [name for name, _ in _damages()])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(path: Path, name: str) -> None:
    with AnswerCache(path) as cache:
        cache.put({str(i): [i] * 1000 for i in range(2000)})
    dict(_damages())[name](path)  # type: ignore[operator]
    damaged = path.read_bytes()
    said: list[str] = []
    with AnswerCache(path, say=said.append) as cache:
        assert len(cache.get(map(str, range(2000)))) < 2000
        cache.put({"a": VALUE})
        assert cache.get(["a"])["a"].value == VALUE
    assert len(said) == 1
    assert "is damaged" in said[0]
    assert "put aside as 'cache.sqlite.damaged-1'" in said[0]
    assert path.with_name("cache.sqlite.damaged-1").read_bytes() == damaged
    path.write_bytes(b"damaged again, and long enough to be looked at" * 100)
    with AnswerCache(path, say=said.append) as cache:
        assert cache.get(["a"]) == {}
    assert path.with_name("cache.sqlite.damaged-2").exists()


def test_damage_while_it_is_in_use(path: Path) -> None:
    said: list[str] = []
    with AnswerCache(path, say=said.append) as cache:
        cache.put({str(i): [i] * 1000 for i in range(2000)})
        cache.close()
        path.write_bytes(b"x" * 100_000)
        cache.put({"a": VALUE})
        assert cache.get(["a"])["a"].value == VALUE
    assert len(said) == 1


def test_a_row_that_cannot_be_read_is_as_if_it_were_not_there(path: Path) -> None:
    with AnswerCache(path) as cache:
        cache.put({"a": VALUE, "b": 1, "c": 2})
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE answers_1 SET body = x'00ff' WHERE key = 'a'")
            raw.execute("UPDATE answers_1 SET body = 'text' WHERE key = 'b'")
        raw.close()
        assert list(cache.get(["a", "b", "c"])) == ["c"]


def test_a_place_where_nothing_can_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "cache.sqlite"):
        said: list[str] = []
        with AnswerCache(path, say=said.append) as cache:
            cache.put({"a": 1})
            assert cache.get(["a"]) == {}
        assert len(said) == 1
        assert "cannot be used" in said[0]
        assert repr(str(path)) in said[0]


def test_a_table_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE answers_1 (something TEXT)")
    raw.close()
    said: list[str] = []
    with AnswerCache(path, say=said.append) as cache:
        assert cache.get(["a"]) == {}
    assert len(said) == 1
    assert "cannot be used" in said[0]


def test_without_a_path_it_lives_in_memory() -> None:
    with AnswerCache() as cache:
        cache.put({"a": VALUE})
        assert cache.get(["a"])["a"].value == VALUE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_its_folder_is_the_users_own(path: Path) -> None:
    with AnswerCache(path) as cache:
        cache.put({"a": 1})
    assert path.parent.stat().st_mode & 0o777 == 0o700
