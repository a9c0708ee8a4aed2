from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import IndexFormatError
from kg.model import EntityType
from kg.wikidata.starter import FILES, load_starter

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "wikidata"


@pytest.mark.parametrize(
    ("name", "qid", "kind"),
    [
        ("Ken Livingstone", "Q220723", EntityType.PERSON),
        ("Naz Shah", "Q19882845", EntityType.PERSON),
        ("Labour Party", "Q9630", EntityType.PARTY),
        ("Conservatives", "Q9626", EntityType.PARTY),
        ("GOP", "Q29468", EntityType.PARTY),
        ("BBC", "Q9531", EntityType.OUTLET),
        ("Sky News", "Q217228", EntityType.OUTLET),
        ("Channel 4", "Q501070", EntityType.OUTLET),
        ("London Mayor", "Q38931", EntityType.POSITION),
        ("Chancellor of the Exchequer", "Q531471", EntityType.POSITION),
        ("President of the United States", "Q11696", EntityType.POSITION),
        ("White House", "Q35525", EntityType.ORGANIZATION),
        ("Britain", "Q145", EntityType.PLACE),
    ],
)
def test_well_known_names_are_there(name: str, qid: str, kind: EntityType) -> None:
    items = load_starter().candidates(name)
    assert items[0].qid == qid
    assert items[0].type is kind


@pytest.mark.parametrize(
    "name",
    ["James O'Brien", "Chris Ship", "Michael Crick", "LBC", "ITV News", "Channel 4 News", "James O'Brian"],
)
def test_known_gaps_have_no_candidate(name: str) -> None:
    assert load_starter().candidates(name) == ()


def test_ambiguous_names_are_ambiguous() -> None:
    gazetteer = load_starter()
    assert {i.qid for i in gazetteer.candidates("John Mann")} == {"Q694967", "Q16022910"}
    assert {i.qid for i in gazetteer.candidates("Michael Howard")} >= {"Q325381", "Q58490782"}
    assert len(gazetteer.candidates("Democratic Party")) >= 40
    assert len(gazetteer.candidates("Labour Party")) >= 10


def test_items_are_clean() -> None:
    for item in load_starter().items:
        assert re.fullmatch(r"Q[1-9]\d*", item.qid)
        assert item.label == item.label.strip()
        assert "(" not in item.label
        assert not re.match(r"[A-Z]{3,} [A-Z][a-z]", item.label) or item.type is not EntityType.PERSON
        assert item.birth != "1970-01-01"
        assert 0 < item.prior <= 1
        assert item.gender in (None, "male", "female")


def test_digest_is_stable_and_names_the_content() -> None:
    assert load_starter().digest == load_starter.__wrapped__().digest
    assert len(load_starter().digest) == 16


def test_size_stays_small() -> None:
    folder = Path(__file__).parents[2] / "kg" / "wikidata" / "starter"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 600_000
    assert {path.stem for path in folder.iterdir()} == {*FILES, "given_names"}


def test_a_damaged_folder_says_which_file(tmp_path: Path) -> None:
    with pytest.raises(IndexFormatError, match=r"people\.jsonl"):
        load_starter(tmp_path)
    (tmp_path / "people.jsonl").write_text("{not json", encoding="utf-8")
    with pytest.raises(IndexFormatError, match=r"people\.jsonl"):
        load_starter(tmp_path)


@pytest.mark.skipif(not DATA.is_dir(), reason="the Wikidata extracts are not on this machine")
def test_every_qid_stands_in_the_extracts() -> None:
    import gzip

    known: set[str] = set()
    for path in sorted(DATA.rglob("*")):
        if path.suffix in (".jsonl", ".tsv", ".json"):
            known.update(re.findall(r"\bQ\d+\b", path.read_text(encoding="utf-8")))
        elif path.suffix == ".gz":
            known.update(re.findall(r"\bQ\d+\b", gzip.decompress(path.read_bytes()).decode("utf-8")))
    for item in load_starter().items:
        tenures = [t.qid for t in (*item.parties, *item.offices) if t.qid]
        missing = {item.qid, *tenures, *filter(None, [item.country])} - known
        assert not missing, (item.label, missing)


def test_every_item_has_statements_without_ids_and_no_inferred_citizenship() -> None:
    gazetteer = load_starter()
    for item in gazetteer.items:
        document = gazetteer.statements(item.qid)
        assert document is not None
        assert document.id == item.qid
        assert document.all("P31")
        assert not document.all("P27")
        assert all(statement.id is None for statement in document.statements)
    assert gazetteer.statements("Q99000001") is None
