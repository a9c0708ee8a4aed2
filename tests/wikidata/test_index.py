from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata import index_file
from kg.wikidata.gazetteer import MOST_BEARERS, Item, MatchKind, Tenure
from kg.wikidata.index import DiskIndex, open_index
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.item import EntityRef, Rank, Snak, SnakType, Statement, Time, WikidataItem
from kg.wikidata.memory import MemoryGazetteer

BUSH = Item("Q99000001", "George W. Sample", EntityType.PERSON, aliases=("George Sample",), gender="male", prior=0.9)
FATHER = Item("Q99000002", "George H. W. Sample", EntityType.PERSON, gender="male", prior=0.8)
FULL = Item(
    "Q99000003",
    "Ada Example",
    EntityType.PERSON,
    aliases=("Example, Ada Zoë", "Ада Пример"),
    description="placeholder of nowhere",
    gender="female",
    birth="1950-02",
    death="2001",
    country="Q145",
    parties=(Tenure("Placeholder Party", "Q99000010", "1990", None), Tenure("Other")),
    offices=(Tenure("mayor of Nowhere", None, "1990-01-02", "1995-12"),),
    prior=0.5,
    kin=("Bob Example",),
    domains=("ada.example",),
    words=("word",),
    employers=(Tenure("Placeholder Works", "Q99000011"),),
    occupations=("clown",),
)
PAPER = Item("Q99000004", "The Placeholder", EntityType.OUTLET, domains=("placeholder.example",), prior=0.4)
PAPER_TOO = Item("Q99000005", "Placeholder Weekly", EntityType.OUTLET, domains=("placeholder.example",), prior=0.6)
PLACE = Item("Q99000006", "Nowhere", EntityType.PLACE, country="Q145", words=("nowherish",), prior=0.7)
ITEMS = [BUSH, FATHER, FULL, PAPER, PAPER_TOO, PLACE]

WORDS = (
    "Ada Bo Chris Dana Example Sample Vane O'Mock J. H. W. Jr. Sir Senator Müller Mueller Ада Пример 习近平 the".split()
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
SOME_ITEMS = st.lists(
    st.builds(
        Item,
        qid=st.integers(1, 10**12).map(lambda n: f"Q{n}"),
        label=NAMES,
        type=st.sampled_from(EntityType),
        aliases=st.lists(NAMES, max_size=3).map(tuple),
        gender=st.sampled_from([None, "male", "female"]),
        prior=st.sampled_from([0.0, 0.1, 0.5, 0.9]),
        domains=st.lists(st.sampled_from(["a.example", "b.example", "c.b.example"]), max_size=2).map(tuple),
    ),
    unique_by=lambda item: item.qid,
    max_size=12,
)


def document(item: Item) -> WikidataItem:
    born = Snak("P569", SnakType.VALUE, Time("+1950-02-00T00:00:00Z", 10), "time")
    party = Snak("P102", SnakType.VALUE, EntityRef("Q99000010"), "wikibase-item")
    start = Snak("P580", SnakType.SOMEVALUE, None, "time")
    return WikidataItem(
        item.qid,
        labels={"en": item.label},
        aliases={"en": item.aliases} if item.aliases else {},
        statements=(
            Statement(born, id=f"{item.qid}$1"),
            Statement(party, Rank.PREFERRED, (start,), id=f"{item.qid}$2"),
        ),
    )


def entries(items: Sequence[Item]) -> list[Entry]:
    return [Entry(item, document(item)) for item in sorted(items, key=lambda item: int(item.qid[1:]))]


def index_of(path: Path, items: Sequence[Item]) -> DiskIndex:
    write_index(path, entries(items), meta={"source": "invented"})
    return open_index(path)


@pytest.fixture
def index(tmp_path: Path) -> DiskIndex:
    return index_of(tmp_path / "index", ITEMS)


def test_an_item_comes_back_as_it_was(index: DiskIndex) -> None:
    for item in ITEMS:
        assert index.item(item.qid) == item
        assert index.statements(item.qid) == document(item)
    assert index.item("Q1") is None
    assert index.statements("Q1") is None
    assert index.item("no QID") is None
    assert list(index.items()) == ITEMS
    assert index.qids() == {item.qid for item in ITEMS}
    assert len(index) == 6
    assert index.totals() == {
        EntityType.PERSON: 3,
        EntityType.OUTLET: 2,
        EntityType.PLACE: 1,
    }
    assert dict(index.meta) == {"source": "invented"}


def test_every_field_of_an_item_is_kept() -> None:
    unset = {field.name for field in fields(Item) if not getattr(FULL, field.name)}
    assert not unset, "give the item of this test a value for each field"
    assert index_file.summary_read(FULL.qid, index_file.summary_line(FULL)) == FULL


def test_names_meet_as_they_do_in_memory(index: DiskIndex) -> None:
    assert [item.qid for item in index.candidates("Senator Ada Example")] == ["Q99000003"]
    assert [item.qid for item in index.candidates("Example, Ada")] == ["Q99000003"]
    assert [item.qid for item in index.candidates("Ада Пример")] == ["Q99000003"]
    assert [item.qid for item in index.candidates("Ada Primer")] == ["Q99000003"]
    assert [item.qid for item in index.candidates("George Sample")] == ["Q99000001", "Q99000002"]
    assert index.matches("George H.W. Sample")[0].kind is MatchKind.LABEL
    assert index.candidates("George X. Sample") == ()
    assert index.candidates("") == ()
    assert index.candidates("\ud800") == ()
    assert index.by_domain("www.placeholder.example") == PAPER_TOO
    assert index.by_domain("\ud800.example") is None
    assert index.places == (PLACE,)
    assert index.given_gender("Ada") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=SOME_ITEMS, asked=st.lists(NAMES, max_size=6))
def test_answers_are_those_of_a_gazetteer_in_memory(tmp_path: Path, items: list[Item], asked: list[str]) -> None:
    index = index_of(tmp_path / "index", items)
    memory = MemoryGazetteer(items, documents={item.qid: document(item) for item in items})
    for name in (*asked, *(name for item in items for name in (item.label, *item.aliases))):
        assert index.matches(name) == memory.matches(name)
        assert index.candidates(name) == memory.candidates(name)
        assert index.similar(name) == memory.similar(name)
        assert index.by_surname(name.split()[-1]) == memory.by_surname(name.split()[-1])
    for host in ("a.example", "www.c.b.example", "b.example.", "example"):
        assert index.by_domain(host) == memory.by_domain(host)
    assert index.places == memory.places
    assert index.qids() == memory.qids()
    for qid in index.qids():
        assert index.item(qid) == memory.item(qid)
        assert index.statements(qid) == memory.statements(qid)


def test_a_frequent_surname_names_the_best_known(tmp_path: Path) -> None:
    items = [
        Item(f"Q{99000000 + n}", f"Ada{n} Smithy", EntityType.PERSON, prior=(n * 37 % 1000) / 1000) for n in range(500)
    ]
    found = index_of(tmp_path / "index", items).by_surname("smithy")
    assert found == MemoryGazetteer(items).by_surname("Smithy")
    assert len(found) == MOST_BEARERS
    assert found[0].prior == max(item.prior for item in items)


def test_equal_entries_make_equal_bytes(tmp_path: Path) -> None:
    items = [
        Item(f"Q{n}", f"Ada{n % 77} Example{n % 13}", EntityType.PERSON, prior=n % 10 / 10) for n in range(1, 4000)
    ]
    first, second = index_of(tmp_path / "a", items), index_of(tmp_path / "b", items)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert first.digest == second.digest
    changed = index_of(tmp_path / "c", [*items[:-1], Item(items[-1].qid, "Other", EntityType.PERSON)])
    assert changed.digest != first.digest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    index = index_of(tmp_path / "folder" / "index", [])
    assert len(index) == 0
    assert index.candidates("Ada Example") == ()
    assert index.by_surname("Example") == ()


def test_entries_out_of_order_are_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "index"
    digest = index_of(path, ITEMS).digest
    for items in (
        [FATHER, BUSH],
        [BUSH, BUSH],
        [Item("P1", "x", EntityType.PERSON)],
        [Item("Q01", "x", EntityType.PERSON)],
    ):
        with pytest.raises(ValueError, match="ascend"):
            write_index(path, (Entry(item, document(item)) for item in items), meta={})
    assert open_index(path).digest == digest
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


def test_an_error_of_the_entries_is_not_taken_for_one_of_the_file(tmp_path: Path) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield from entries([BUSH])
        raise ConnectionError("cut")

    with pytest.raises(ConnectionError, match="cut"):
        write_index(tmp_path / "index", broken(), meta={})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    with pytest.raises(IndexFormatError, match="cannot be written"):
        write_index(tmp_path / "index", entries(ITEMS), meta={})


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("missing", "there is no Wikidata index"),
        ("folder", "cannot be read"),
        ("empty", "no Wikidata index"),
        ("text", "no Wikidata index"),
        ("other database", "no Wikidata index"),
        ("version", "of version 77"),
        ("cut", "cut off or damaged"),
    ],
)
def test_what_is_no_index_is_said_in_a_sentence(tmp_path: Path, damage: str, says: str) -> None:
    path = tmp_path / "index"
    if damage == "folder":
        path.mkdir()
    elif damage == "empty":
        path.touch()
    elif damage == "text":
        path.write_text("this is no index\n" * 100, encoding="utf-8")
    elif damage == "other database":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE t (x)")
        connection.close()
    elif damage in ("version", "cut"):
        write_index(path, entries(ITEMS), meta={})
        if damage == "version":
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA user_version=77")
            connection.close()
        else:
            path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(IndexFormatError, match=says) as caught:
        open_index(path)
    assert repr(str(path)) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damage_inside_is_said_when_met(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index_of(path, [Item(f"Q{n}", f"Ada{n} Example", EntityType.PERSON) for n in range(1, 3000)])
    body = bytearray(path.read_bytes())
    body[3 * 4096 :] = bytes(byte ^ 0x5A for byte in body[3 * 4096 :])
    path.write_bytes(body)
    with pytest.raises(IndexFormatError, match="is damaged"):
        list(open_index(path).items())


def test_a_read_only_folder_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with # and % and ?"
    index_of(folder / "index", ITEMS)
    (folder / "index").chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert open_index(folder / "index").candidates("Ada Example") == (FULL,)
        assert [path.name for path in folder.iterdir()] == ["index"]
    finally:
        folder.chmod(stat.S_IRWXU)


def test_threads_share_an_index(index: DiskIndex) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(index.candidates("Ada Example"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(FULL,)] * 4


def ask(index: DiskIndex, names: list[str]) -> tuple[int, list[tuple[Item, ...]]]:
    return os.getpid(), [index.candidates(name) for name in names]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_share_an_index(index: DiskIndex, method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    index.candidates("George Sample")
    with multiprocessing.get_context(method).Pool(2) as pool:
        answers = pool.starmap(ask, [(index, ["Ada Example", "George Sample"])] * 4)
    for process, (ada, georges) in answers:
        assert process != os.getpid()
        assert ada == (FULL,)
        assert georges == (BUSH, FATHER)
    assert index.candidates("Nowhere") == (PLACE,)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_opens_the_file_for_itself(index: DiskIndex) -> None:
    index.candidates("George Sample")
    child = os.fork()
    if child == 0:
        os._exit(0 if index.candidates("Ada Example") == (FULL,) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert index.candidates("Ada Example") == (FULL,)


def test_a_pickled_index_knows_that_the_file_was_replaced(tmp_path: Path) -> None:
    index = index_of(tmp_path / "index", ITEMS)
    pickled = pickle.dumps(index)
    assert pickle.loads(pickled).candidates("Ada Example") == (FULL,)
    index_of(tmp_path / "index", [BUSH])
    with pytest.raises(IndexFormatError, match="replaced"):
        pickle.loads(pickled)


KILLED = """
import sys
from itertools import count
from pathlib import Path
from kg.model import EntityType
from kg.wikidata.gazetteer import Item
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.item import WikidataItem

def entries():
    for n in count(1):
        if n == 20_000:
            print("writing", flush=True)
        yield Entry(Item(f"Q{n}", f"Ada{n} Example", EntityType.PERSON), WikidataItem(f"Q{n}"))

write_index(Path(sys.argv[1]), entries(), meta={})
"""


def test_a_killed_writer_leaves_the_old_index_and_the_next_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "index"
    digest = index_of(path, [BUSH]).digest
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        writer.kill()
    assert open_index(path).digest == digest
    assert index_of(path, ITEMS).candidates("Ada Example") == (FULL,)
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


def test_the_rules_for_names_are_those_of_this_format() -> None:
    """An index holds keys made by these rules: an index made by others would miss names without a word."""
    folder = Path(index_file.__file__).parent
    rules = b"".join((folder / name).read_bytes() for name in ("name_words.json", "sounds.json"))
    known = {1: "4f8e74416e0ae922"}
    assert hashlib.sha256(rules).hexdigest()[:16] == known.get(index_file.FORMAT), (
        "rules for names changed: raise FORMAT in kg/wikidata/index_file.py unless no stored key changes, and put the "
        "digest of the rules here"
    )
