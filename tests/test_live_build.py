"""Builds that ask Wikidata: a real server on this machine answers for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run
from wikidata.kettleland import ADA, world
from wikidata.odd_server import OddServer, status

from kg.run.names import ENTITIES, LEARNT, TRIG
from kg.wikidata.index import open_index

ARTICLE = {
    "id": "kettle",
    "published": "2032-06-01",
    "text": "Ada Example, a member of the Teapot Party, spoke in the Kettle on Tuesday. "
    "Example, who was elected in 2031, accused Bob Nobodyson of lying. Nobodyson denied it.",
}


@pytest.fixture
def server() -> Iterator[OddServer]:
    with OddServer(world()) as odd:
        yield odd


@pytest.fixture
def folder(tmp_path: Path, server: OddServer) -> Path:
    (tmp_path / "kettle.jsonl").write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    (tmp_path / "kg.toml").write_text(
        f'wikidata_api = "{server.api}"\nwikidata_cache = "{tmp_path / "answers.sqlite"}"\n', encoding="utf-8"
    )
    return tmp_path


def build(run: Run, folder: Path, *flags: str, out: str = "out") -> tuple[int, str]:
    code, _, said = run(
        "build", str(folder / "kettle.jsonl"), "--out", str(folder / out), "--config", str(folder / "kg.toml"), *flags
    )
    return code, said


def links(folder: Path) -> dict[str, str | None]:
    rows = (json.loads(line) for line in (folder / ENTITIES).read_text(encoding="utf-8").splitlines())
    return {row["name"]: row["wikidata"] for row in rows}


LIVE = ("--contact", "tests@kettle.example")


def test_what_wikidata_answers_links_and_stands_beside_the_claims(run: Run, folder: Path) -> None:
    code, said = build(run, folder, *LIVE)
    assert code == 0, said
    assert "Wikidata is asked at http://127.0.0.1" in said
    found = links(folder / "out")
    assert found["Ada Example"] == ADA
    assert found["Bob Nobodyson"] is None
    assert f"wds:{ADA}-0000-" in (folder / "out" / TRIG).read_text(encoding="utf-8")
    assert ADA in open_index(folder / "out" / LEARNT).qids()
    code, printed, said = run("explain", "Ada Example", "--graph", str(folder / "out"))
    assert code == 0, said
    assert ADA in printed
    code, printed, said = run("verify", str(folder / "out"))
    assert (code, said) == (0, ""), printed


def test_a_second_build_asks_the_cache_and_changes_nothing(run: Run, folder: Path, server: OddServer) -> None:
    build(run, folder, *LIVE)
    before = (folder / "out" / TRIG).read_bytes()
    asked = len(server.asked)
    code, said = build(run, folder, *LIVE)
    assert code == 0, said
    assert len(server.asked) == asked + 1, "only the try whether Wikidata answers"
    assert (folder / "out" / TRIG).read_bytes() == before
    build(run, folder, *LIVE, out="again")
    assert (folder / "again" / TRIG).read_bytes() == before
    assert (folder / "again" / LEARNT).read_bytes() == (folder / "out" / LEARNT).read_bytes()


def test_where_the_network_is_gone_the_earlier_answers_count(run: Run, folder: Path, server: OddServer) -> None:
    build(run, folder, *LIVE)
    before = links(folder / "out")
    server.always = status(503)
    code, said = build(run, folder, *LIVE)
    assert code == 0
    assert "is not asked" in said
    assert "earlier build" in said
    assert links(folder / "out") == before


def test_offline_asks_nobody_and_forgets_what_was_answered(run: Run, folder: Path, server: OddServer) -> None:
    build(run, folder, *LIVE)
    asked = len(server.asked)
    code, said = build(run, folder, *LIVE, "--wikidata", "offline")
    assert code == 0, said
    assert len(server.asked) == asked
    assert links(folder / "out")["Ada Example"] is None
    assert not (folder / "out" / LEARNT).exists()


def test_without_a_contact_wikidata_is_not_asked(run: Run, folder: Path, server: OddServer) -> None:
    code, said = build(run, folder)
    assert code == 0
    assert "no contact is set" in said
    assert server.asked == []
    code, said = build(run, folder, "--wikidata", "live")
    assert code == 2
    assert "contact" in said


def test_live_stops_where_wikidata_does_not_answer(run: Run, folder: Path, server: OddServer) -> None:
    server.always = status(503)
    code, said = build(run, folder, *LIVE, "--wikidata", "live")
    assert code == 3
    assert "--wikidata offline" in said
    assert not (folder / "out").exists()
