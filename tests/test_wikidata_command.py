"""`kg wikidata` as a user meets it: what it prints, exit codes, and nothing half-written."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
import wikibase_entities as made
from command_line import Run

from kg.commands.meter import Meter
from kg.wikidata.building.options import Step


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return made.write(tmp_path / "dump.json.bz2", made.dump(made.world()))


@pytest.fixture
def index(run: Run, dump: Path, tmp_path: Path) -> Path:
    out = tmp_path / "some.index"
    assert run("wikidata", "build", "--from", dump, "--out", out)[0] == 0
    return out


def test_build(run: Run, dump: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "index"
    code, shown, errors = run("wikidata", "build", "--from", dump, "--out", out)
    assert (code, errors) == (0, "")
    assert shown.splitlines() == [
        f"{out}: 6 items (1 outlet, 1 party, 2 person, 1 place, 1 position)",
        "  1 with too few sitelinks were left out",
    ]
    assert [path.name for path in out.parent.iterdir()] == ["index"]


def test_build_from_several(run: Run, dump: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"qid": "Q99000042", "label": "Clara Placeholder", "type": "human"}\n')
    out = tmp_path / "index"
    assert (
        run("wikidata", "build", "--from", dump, "--from", rows, "--out", out, "--kinds", "person,organisation")[0] == 0
    )
    code, shown, _ = run("wikidata", "info", out)
    assert code == 0
    assert "person         3" in shown
    assert "kinds          organization, person" in shown
    assert "from           rows.jsonl (1 entities or rows" in shown


def test_what_is_skipped_is_listed(run: Run, tmp_path: Path) -> None:
    lines = [*made.world(), *["no JSON"] * 60]
    path = made.write(tmp_path / "a.jsonl", made.jsonl(lines))
    code, shown, errors = run("wikidata", "build", "--from", path, "--out", tmp_path / "index")
    assert code == 1
    assert "6 items" in shown
    assert errors.splitlines()[0] == "60 things were skipped:"
    assert errors.splitlines()[1].startswith(f"  {path}:14: no JSON")
    assert errors.splitlines()[-1] == "  ... and 10 more"


def test_a_truncated_dump(run: Run, tmp_path: Path) -> None:
    path = made.write(tmp_path / "dump.json.gz", made.dump([*made.world(), *made.many(2000)]))
    path.write_bytes(path.read_bytes()[:-3000])
    out = tmp_path / "index"
    code, shown, errors = run("wikidata", "build", "--from", path, "--out", out)
    assert (code, shown) == (3, "")
    assert errors == f"kg: {str(path)!r} ends early; download it again, what was read of it is kept\n"
    assert not out.exists()
    code, shown, errors = run("wikidata", "build", "--from", path, "--out", out, "--accept-truncated")
    assert code == 1
    assert "ends early" in errors
    assert out.is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--from", "nowhere.json"], 2, "does not exist; name a dump"),
        (["--from", "DUMP", "--languages", "en,Français"], 2, "'Français' is no language code"),
        (["--from", "DUMP", "--kinds", "person,wizard"], 2, "'wizard' is no kind of item; choose from"),
        (["--from", "DUMP", "--min-sitelinks", "many"], 2, "neither a whole number nor KIND=NUMBER"),
        (["--from", "DUMP", "--min-sitelinks", "wizard=3"], 2, "is no kind of item"),
        (["--from", "DUMP", "--workers", "-1"], 2, "is below 0"),
        (["--from", "EMPTY"], 3, "is empty; download or make it again"),
        (["--from", "NOTHING"], 3, "nothing of"),
        (["--from", "FOLDER"], 3, "holds no .json files"),
        ([], 2, "--from"),
    ],
)
def test_wrong_use(
    arguments: list[str],
    code: int,
    sentence: str,
    run: Run,
    dump: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "nothing").write_bytes(b"{\n}\n")
    (tmp_path / "folder").mkdir()
    places = {"DUMP": dump} | {name.upper(): tmp_path / name for name in ("empty", "nothing", "folder")}
    out = tmp_path / "index"
    result = run("wikidata", "build", *(str(places.get(a, a)) for a in arguments), "--out", out)
    assert result[0] == code
    assert sentence in result[2] + capsys.readouterr().err
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("index")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read and write everything")
def test_no_permission(run: Run, dump: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    shut.chmod(0o500)
    code, _, errors = run("wikidata", "build", "--from", dump, "--out", shut / "index")
    assert code == 3
    assert "nothing can be written to" in errors
    dump.chmod(0)
    code, _, errors = run("wikidata", "build", "--from", dump, "--out", tmp_path / "index")
    assert code == 3
    assert "cannot be read: Permission denied" in errors


def test_nothing_is_written_over(run: Run, dump: Path, index: Path, tmp_path: Path) -> None:
    code, _, errors = run("wikidata", "build", "--from", dump, "--out", dump)
    assert code == 2
    assert "is one of the sources" in errors
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada")
    code, _, errors = run("wikidata", "build", "--from", dump, "--out", letter)
    assert code == 2
    assert "exists and is no index" in errors
    assert letter.read_text() == "Dear Ada"
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    assert run("wikidata", "build", "--from", dump, "--out", other)[0] == 2
    before = index.read_bytes()
    assert run("wikidata", "build", "--from", dump, "--out", index)[0] == 0
    assert index.read_bytes() == before


def test_info(run: Run, index: Path) -> None:
    code, shown, _ = run("wikidata", "info", index)
    assert code == 0
    lines = shown.splitlines()
    assert lines[0].startswith(f"{index}: 6 items, digest ")
    assert "  person         2" in lines
    assert "  languages      en" in lines
    assert "  min. sitelinks place 10" in lines
    assert "  last change    2020-02-02T00:00:00Z (of the items read)" in lines
    assert any(line.startswith("  from           dump.json.bz2 (") for line in lines)


def test_find(run: Run, index: Path) -> None:
    code, shown, _ = run("wikidata", "find", "Senator Placeholder", "--index", index)
    assert code == 0
    assert shown.splitlines() == [
        "Q99000001\tAda Example\talias\tperson; 1950–; Teapot Party; Minister of Biscuits 2001–2005"
    ]
    assert run("wikidata", "find", "Q99000003", "--index", index)[1] == "Q99000003\tTeapot Party\tQID\tparty\n"
    assert run("wikidata", "find", "Ada Exampel", "--index", index)[1].startswith("Q99000001\tAda Example\tsimilar\t")
    code, shown, errors = run("wikidata", "find", "Zebedee Nobody", "--index", index)
    assert (code, shown) == (0, "")
    assert "knows nobody and nothing of the name 'Zebedee Nobody'" in errors


@pytest.mark.parametrize("action", [["info"], ["find", "Ada Example", "--index"]])
def test_no_index(action: list[str], run: Run, index: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear Ada")
    code, _, errors = run("wikidata", *action, letter)
    assert code == 3
    assert "is no Wikidata index" in errors
    code, _, errors = run("wikidata", *action, tmp_path / "nowhere")
    assert code == 3
    assert "there is no Wikidata index" in errors
    connection = sqlite3.connect(index)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    code, _, errors = run("wikidata", *action, index)
    assert code == 3
    assert "is of version 999" in errors
    assert "build it again" in errors


def test_progress_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter(range(0, 1000, 6))
    with Meter(lambda: float(next(times)), bar=False) as meter:
        for done in range(0, 100_000_001, 10_000_000):
            meter(Step("a.json", done, 100_000_000))
        meter(Step("index", 500, 1000, writing=True))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("reading a.json: 10 %, 10.0 MB, ")
    assert lines[0].endswith(" left")
    assert len(lines) > 2


def test_progress_in_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with Meter(bar=True) as meter:
        meter(Step("a.json", 10, 100))
        meter(Step("a.json", 100, 100))
        meter(Step("index", 1000, 2000, writing=True))
    errors = capsys.readouterr().err
    assert "reading a.json: 100%" in errors
    assert "writing index: " in errors
