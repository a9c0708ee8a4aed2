"""A build that is stopped goes on where it was, and ends with the bytes of one that was not."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
import wikibase_entities as made

from kg.errors import IndexFormatError, SourceError
from kg.model import EntityType
from kg.wikidata.building import dump as dump_module
from kg.wikidata.building import reading
from kg.wikidata.building.build import build_index
from kg.wikidata.building.dump import open_source
from kg.wikidata.building.options import Options, Step
from kg.wikidata.building.sources import Portion, TruncatedError
from kg.wikidata.building.staging import staging_path
from kg.wikidata.index import open_index

# Small portions, each committed, so that even a short build can be stopped at many places.
_PROGRAM = """
import sys
from kg.wikidata.building import dump, reading
dump.PORTION, reading._COMMIT_EVERY = 20_000, 1
if __name__ == "__main__":
    from kg.cli import main
    sys.exit(main(["wikidata", "build", *sys.argv[1:]]))
"""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump_module, "PORTION", 20_000)
    monkeypatch.setattr(reading, "_COMMIT_EVERY", 1)


class Stop(Exception):  # noqa: N818 - no error
    """Stands for the end of a process."""


def stop_after(steps: int) -> object:
    """What `show` may be, to stop a build after so many steps of reading."""
    left = iter(range(steps))

    def show(step: Step) -> None:
        if not step.writing and next(left, None) is None:
            raise Stop

    return show


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2"])
def test_stopped_after_every_step(suffix: str, tmp_path: Path) -> None:
    entities = [*made.world(), "no JSON", *made.many(300), made.entity("Q99000073", None, "Q5"), *made.many(300, 1200)]
    sources = [
        open_source(str(made.write(tmp_path / f"a{suffix}", made.dump(entities)))),
        open_source(str(made.write(tmp_path / f"b{suffix}", made.jsonl(made.many(100, 1290))))),
    ]
    steps: list[Step] = []
    whole = build_index(sources, tmp_path / "whole", Options(), show=steps.append)
    assert len(steps) > 10
    out = tmp_path / "index"
    for _ in steps:
        with contextlib.suppress(Stop):
            build_index(sources, out, Options(), show=stop_after(1))  # type: ignore[arg-type]
        if out.exists():
            break
        assert staging_path(out).exists()
    said: list[str] = []
    assert build_index(sources, tmp_path / "again", Options(), say=said.append) == whole
    assert said == []
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()
    assert not list(tmp_path.glob("index.*"))


@pytest.mark.usefixtures("small")
def test_what_was_read_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(str(made.write(tmp_path / "a.gz", made.dump(made.many(400)))))
    out = tmp_path / "index"
    with pytest.raises(Stop):
        build_index([source], out, Options(), show=stop_after(4))  # type: ignore[arg-type]
    seen: list[int] = []
    sift = reading.sift
    monkeypatch.setattr(reading, "sift", lambda *a: (seen.append(a[2]), sift(*a))[1])
    said: list[str] = []
    built = build_index([source], out, Options(), say=said.append, workers=0)
    assert said == ["going on where an earlier build was stopped"]
    assert min(seen) > 100
    assert built.counts == {EntityType.PERSON: 400}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("change", ["options", "beginning", "done before", "order"])
def test_what_is_not_the_same_starts_over(change: str, tmp_path: Path) -> None:
    first = made.write(tmp_path / "a", made.jsonl(made.many(20)))
    second = made.write(tmp_path / "b", made.jsonl(made.many(400, 2000)))
    names = [str(first), str(second)]
    out = tmp_path / "index"
    with pytest.raises(Stop):
        build_index([open_source(n) for n in names], out, Options(), show=stop_after(4))  # type: ignore[arg-type]
    options = Options()
    if change == "options":
        options = Options(kinds=frozenset((EntityType.PERSON,)))
    elif change == "beginning":
        made.write(second, made.jsonl(made.many(400, 3000)))
    elif change == "done before":
        made.write(first, made.jsonl(made.many(21)))
    else:
        names.reverse()
    said: list[str] = []
    build_index([open_source(name) for name in names], out, options, say=said.append)
    assert any("starting over" in sentence for sentence in said), said
    build_index([open_source(name) for name in names], tmp_path / "other", options)
    assert out.read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.usefixtures("small")
def test_a_cut_download_is_completed(tmp_path: Path) -> None:
    data = made.dump([*made.world(), *made.many(900)])
    path = made.write(tmp_path / "a.gz", data)
    whole = path.read_bytes()
    build_index([open_source(str(path))], tmp_path / "whole", Options())
    path.write_bytes(whole[: len(whole) // 2])
    out = tmp_path / "index"
    with pytest.raises(SourceError, match="ends early; download it again") as caught:
        build_index([open_source(str(path))], out, Options())
    assert isinstance(caught.value.__cause__, TruncatedError)
    assert not out.exists()
    path.write_bytes(whole)
    said: list[str] = []
    build_index([open_source(str(path))], out, Options(), say=said.append)
    assert said == ["going on where an earlier build was stopped"]
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_cut_download_is_accepted(tmp_path: Path) -> None:
    path = made.write(tmp_path / "a.gz", made.dump([*made.world(), *made.many(900)]))
    path.write_bytes(path.read_bytes()[:-2000])
    options = Options(accept_truncated=True)
    built = build_index([open_source(str(path))], tmp_path / "index", options)
    assert 6 < len(open_index(tmp_path / "index")) < 906
    assert built.skipped == 1
    assert "ends early" in built.problems[0].reason


@pytest.mark.usefixtures("small")
def test_a_damaged_staging_file_is_no_obstacle(tmp_path: Path) -> None:
    source = open_source(str(made.write(tmp_path / "a", made.jsonl(made.many(100)))))
    out = tmp_path / "index"
    staging_path(out).write_bytes(b"SQLite format 3\0" + b"but the rest is nonsense " * 500)
    assert build_index([source], out, Options()).counts == {EntityType.PERSON: 100}
    assert not staging_path(out).exists()


def test_another_file_in_the_place_of_staging_is_left_alone(tmp_path: Path) -> None:
    source = open_source(str(made.write(tmp_path / "a", made.jsonl(made.many(10)))))
    out = tmp_path / "index"
    staging_path(out).write_text("Dear Ada")
    with pytest.raises(IndexFormatError, match="is no staging file"):
        build_index([source], out, Options())
    assert staging_path(out).read_text() == "Dear Ada"


def test_two_builds_of_one_index_keep_out_of_each_others_way(tmp_path: Path) -> None:
    source = open_source(str(made.write(tmp_path / "a", made.jsonl(made.many(10)))))
    out = tmp_path / "index"

    def second(step: Step) -> None:
        if not step.writing:
            with pytest.raises(IndexFormatError, match="another build is writing"):
                build_index([source], out, Options())

    assert build_index([source], out, Options(), show=second).counts == {EntityType.PERSON: 10}


def start(arguments: list[str]) -> subprocess.Popen[str]:
    """A build in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str], deadline: float = 120) -> tuple[int, str]:
    _, errors = process.communicate(timeout=deadline)
    return process.returncode, errors


def group_is_gone(group: int) -> bool:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
@pytest.mark.parametrize("suffix", [".gz", ".bz2"])
def test_killed_ten_times(suffix: str, tmp_path: Path) -> None:
    path = made.write(tmp_path / f"dump.json{suffix}", made.dump([*made.world(), "no JSON", *made.many(2500)]))
    whole = tmp_path / "whole"
    begin = time.monotonic()
    code, errors = finish(start(["--from", str(path), "--out", str(whole), "--workers", "2"]))
    took = time.monotonic() - begin
    assert code == 1, errors
    out = tmp_path / "index"
    arguments = ["--from", str(path), "--out", str(out)]
    chance = random.Random(suffix)
    begun_before = 0
    for number in range(10):
        process = start([*arguments, "--workers", str(number % 3)])
        time.sleep(chance.uniform(0.2, 0.95) * took)
        os.kill(process.pid, signal.SIGKILL)
        _, errors = finish(process)
        assert group_is_gone(process.pid), "a worker lives on"
        begun_before += "going on" in errors
        if out.exists():
            # It was done before it was to be killed; what is there is whole.
            assert out.read_bytes() == whole.read_bytes()
            out.unlink()
    code, errors = finish(start(arguments))
    assert code == 1, errors
    assert begun_before, "no build was stopped in the middle"
    assert out.read_bytes() == whole.read_bytes()
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, "whole", "index"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    path = made.write(tmp_path / "dump.json", made.dump(made.many(12_000)))
    process = start(["--from", str(path), "--out", str(tmp_path / "index"), "--workers", "2"])
    for _ in range(600):
        if staging_path(tmp_path / "index").exists():
            break
        time.sleep(0.02)
    time.sleep(0.05)
    # A terminal sends its signal to the whole group.
    os.killpg(process.pid, number) if number is signal.SIGINT else os.kill(process.pid, number)
    code, errors = finish(process)
    assert code == 3
    assert errors.splitlines()[-1].startswith("kg: stopped; index.staging keeps what was read"), errors
    assert group_is_gone(process.pid)
    assert not (tmp_path / "index").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_memory_does_not_grow_with_the_number_of_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.wikidata.index_writer._BATCH", 200)
    monkeypatch.setattr("kg.wikidata.building.assembly._LABELS_KEPT", 100)

    few_lines = made.write(tmp_path / "few", made.jsonl(made.many(2_000)))
    many_lines = made.write(tmp_path / "many", made.jsonl(made.many(8_000)))

    def build(path: Path) -> None:
        build_index([open_source(str(path))], tmp_path / "index", Options(), workers=0)

    def peak(path: Path) -> int:
        tracemalloc.start()
        try:
            build(path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    build(many_lines)  # fills what remembers names up to a limit
    few, more = peak(few_lines), peak(many_lines)
    assert more < 1.2 * few, (few, more)


_MEASURED = """
import sys
from pathlib import Path
from kg.cli import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
sys.exit(code)
"""
"""Prints the most memory that it had; getrusage would tell that of the tests' process where that is more."""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the proc file system")
def test_an_entity_of_50_megabytes(tmp_path: Path) -> None:
    aliases = [{"language": "xx", "value": "x" * 100} for _ in range(400_000)]
    huge = made.entity("Q99000099", "Bertram Huge", "Q5", aliases={"xx": aliases})
    path = made.write(tmp_path / "dump.json.gz", made.dump([*made.world(), huge, *made.many(50)]))
    command = [sys.executable, "-c", _MEASURED, "wikidata", "build", "--from", str(path), "--out", str(tmp_path / "i")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert open_index(tmp_path / "i").item("Q99000099") is not None
    kilobytes = int(done.stdout.splitlines()[-1])
    assert kilobytes < 1_500_000


def test_portions_are_handed_out_as_they_are_read(tmp_path: Path) -> None:
    """Of a long file only a few portions are held at a time."""
    path = made.write(tmp_path / "a", made.jsonl(made.many(20_000)))
    portions = open_source(str(path)).portions()
    first = next(portions)
    assert isinstance(first, Portion)
    assert first.read < path.stat().st_size / 2
    portions.close()  # type: ignore[attr-defined]
