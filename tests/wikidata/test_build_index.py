"""What an index is built of: kinds, labels, several sources, and what is skipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import wikibase_entities as made
from wikibase_entities import HUMAN, PARTY, entity, ref

from kg.errors import IndexFormatError, KgError, SourceError
from kg.model import EntityType
from kg.wikidata.building.build import build_index
from kg.wikidata.building.dump import open_source
from kg.wikidata.building.options import Built, Options
from kg.wikidata.index import DiskIndex, open_index

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "wikidata"


def build(
    folder: Path, *contents: Sequence[Any] | bytes, options: Options | None = None, workers: int = 0
) -> tuple[Built, DiskIndex]:
    """An index of the contents of some sources."""
    paths = []
    for number, content in enumerate(contents):
        data = content if isinstance(content, bytes) else made.jsonl(content)
        paths.append(made.write(folder / f"source{number}.jsonl", data))
    out = folder / "index"
    sources = [open_source(str(path)) for path in paths]
    built = build_index(sources, out, options or Options(), workers=workers)
    assert not list(folder.glob("index.*"))
    return built, open_index(out)


def test_what_is_kept(tmp_path: Path) -> None:
    built, index = build(tmp_path, made.dump(made.world()))
    assert index.qids() == {f"Q9900000{i}" for i in range(1, 7)}
    assert built.counts == {
        EntityType.PERSON: 2,
        EntityType.PARTY: 1,
        EntityType.POSITION: 1,
        EntityType.OUTLET: 1,
        EntityType.PLACE: 1,
    }
    assert built.skipped == 0
    assert built.below == 1
    ada = index.item("Q99000001")
    assert ada is not None
    assert ada.aliases == ("Senator Placeholder",)
    assert [(held.name, held.qid) for held in ada.parties] == [("Teapot Party", "Q99000003")]
    assert [(held.name, held.start, held.end) for held in ada.offices] == [
        ("Minister of Biscuits", "2001-05-01", "2005-06-30")
    ]
    assert ada.birth == "1950-03-02"
    assert ada.prior > 0
    assert ada.prior > index.item("Q99000002").prior  # type: ignore[union-attr]
    document = index.statements("Q99000001")
    assert document is not None
    assert document.all("P102")[0].id == "X$P102-Q99000003"
    assert all(not statement.references for statement in document.statements)


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2"])
def test_same_bytes_whatever_the_form(suffix: str, tmp_path: Path) -> None:
    results = set()
    for name, workers in (("a", 0), ("b", 0), ("c", 2)):
        folder = tmp_path / name
        folder.mkdir()
        source = made.write(folder / f"d.json{suffix}", made.dump([*made.world(), *made.many(500)]))
        build_index([open_source(str(source))], folder / "index", Options(), workers=workers)
        results.add((folder / "index").read_bytes())
    assert len(results) == 1


def test_lines_and_dumps_and_folders_give_the_same_items(tmp_path: Path) -> None:
    digests = set()
    for name, data in (("a", made.dump(made.world())), ("b", made.jsonl(made.world()))):
        (tmp_path / name).mkdir()
        digests.add(build(tmp_path / name, data)[1].digest)
    folder = tmp_path / "c"
    folder.mkdir()
    for one in made.world():
        (folder / f"{one['id']}.json").write_text(json.dumps({"entities": {one["id"]: one}}, indent=1))
    build_index([open_source(str(folder))], tmp_path / "index", Options())
    assert {open_index(tmp_path / "index").digest} == digests


def test_languages(tmp_path: Path) -> None:
    labels = {
        code: {"language": code, "value": f"Ada {code}"} for code in ("de", "en", "en-gb", "fr", "mul", "ru", "zh-hans")
    }
    rows = [entity("Q99000001", None, HUMAN, labels=labels)]
    _, index = build(tmp_path, rows)
    document = index.statements("Q99000001")
    assert document is not None
    assert set(document.labels) == {"en", "en-gb", "mul"}
    assert index.matches("Ada mul")
    assert not index.matches("Ada de")
    _, index = build(tmp_path, rows, options=Options(languages=("fr", "de")))
    assert [item.label for item in index.items()] == ["Ada fr"]
    assert index.matches("Ada de")
    assert not index.matches("Ada en")
    # A name in another language is better than none.
    _, index = build(tmp_path, rows, options=Options(languages=("sv",)))
    assert [item.label for item in index.items()] == ["Ada mul"]
    labels = {"ru": {"language": "ru", "value": "Ада"}, "de": {"language": "de", "value": "Ada von Teekanne"}}
    _, index = build(tmp_path, [entity("Q99000001", None, HUMAN, labels=labels)])
    assert [item.label for item in index.items()] == ["Ada von Teekanne"]


def test_kinds_and_sitelinks(tmp_path: Path) -> None:
    rows = [*made.world(), entity("Q99000020", "Mid Town", "Q515", links=12)]
    _, index = build(tmp_path, rows, options=Options(kinds=frozenset((EntityType.PARTY, EntityType.PLACE))))
    assert index.qids() == {"Q99000003", "Q99000006", "Q99000020"}
    # The party's name is told although the party itself is left out.
    options = Options(least={EntityType.PERSON: 5, EntityType.PARTY: 1, EntityType.PLACE: 13})
    built, index = build(tmp_path, rows, options=options)
    assert index.qids() == {"Q99000001", "Q99000004", "Q99000005", "Q99000006"}
    assert built.below == 4
    assert [held.name for held in index.item("Q99000001").parties] == ["Teapot Party"]  # type: ignore[union-attr]


def test_later_sources_win(tmp_path: Path) -> None:
    first = entity("Q99000001", "Ada Example", HUMAN, claims={"P102": [ref("P102", "Q99000003")]})
    second = entity("Q99000001", "Ada Sample", HUMAN, claims={"P27": [ref("P27", "Q145")]})
    _, index = build(tmp_path, [first, *made.world()[2:3]], [second])
    (ada,) = [item for item in index.items() if item.type is EntityType.PERSON]
    assert ada.label == "Ada Sample"
    assert ada.aliases == ("Ada Example",)
    assert [held.name for held in ada.parties] == ["Teapot Party"]
    assert ada.country == "Q145"
    document = index.statements(ada.qid)
    assert document is not None
    assert {statement.property for statement in document.statements} == {"P31", "P102", "P27"}


def test_rows_add_to_documents_and_do_not_replace_them(tmp_path: Path) -> None:
    row = {"qid": "Q99000001", "label": "Ada E.", "type": "human", "gender": "female", "birth_date": "1970-01-02"}
    _, index = build(tmp_path, made.world(), [row, {"qid": "Q99000003", "label": "Teapots", "type": "organization"}])
    ada, party = index.item("Q99000001"), index.item("Q99000003")
    assert ada is not None
    assert party is not None
    assert (ada.label, ada.birth, ada.gender) == ("Ada Example", "1950-03-02", "female")
    assert "Ada E." in ada.aliases
    assert (party.label, party.type) == ("Teapot Party", EntityType.PARTY)
    document = index.statements("Q99000001")
    assert document is not None
    assert [statement.id for statement in document.all("P569")] == ["Y$1"]
    assert [statement.id for statement in document.all("P21")] == [None]


def test_the_most_telling_type_of_rows_counts(tmp_path: Path) -> None:
    party = {"qid": "Q99000003", "label": "Teapot Party", "type": "party"}
    _, index = build(tmp_path, [party], [party | {"type": "organization"}])
    assert [item.type for item in index.items()] == [EntityType.PARTY]


def test_one_qid_twice_in_one_file(tmp_path: Path) -> None:
    _, index = build(tmp_path, [entity("Q99000001", "Old", HUMAN), entity("Q99000001", "New", HUMAN)])
    assert [(item.label, item.aliases) for item in index.items()] == [("New", ("Old",))]


def test_redirects(tmp_path: Path) -> None:
    rows = [
        entity("Q99000001", "Ada Example", HUMAN, claims={"P102": [ref("P102", "Q99000055")]}),
        entity("Q99000003", "Teapot Party", PARTY, redirects={"from": "Q99000054", "to": "Q99000003"}),
        {"entity": "Q99000055", "redirect": "Q99000054"},
    ]
    built, index = build(tmp_path, rows)
    assert built.skipped == 0
    assert [held.name for held in index.item("Q99000001").parties] == ["Teapot Party"]  # type: ignore[union-attr]


def test_redirects_in_a_circle(tmp_path: Path) -> None:
    circle = [("Q99000055", "Q99000056"), ("Q99000056", "Q99000057"), ("Q99000057", "Q99000055")]
    rows: list[Any] = [{"entity": source, "redirect": target} for source, target in circle]
    rows += [{"entity": "Q99000060", "redirect": "Q99000055"}, {"entity": "Q99000061", "redirect": "Q99000061"}]
    rows.append(entity("Q99000001", "Ada Example", HUMAN, claims={"P102": [ref("P102", "Q99000060")]}))
    built, index = build(tmp_path, rows)
    assert [problem.reason for problem in built.problems] == [
        "'Q99000061' redirects to itself; correct or remove it",
        "redirects in a circle (Q99000055, Q99000056, Q99000057); these redirects are ignored",
    ]
    assert built.skipped == 2
    assert index.qids() == {"Q99000001"}


def test_what_is_wrong_is_skipped_with_its_place(tmp_path: Path) -> None:
    broken_claim = entity("Q99000071", "Broken", HUMAN, claims={"P569": [{"mainsnak": {"snaktype": "odd"}}]})
    rows: list[Any] = [
        *made.world(),
        "this is no JSON",
        b'{"id": "Q99000072", "type": "item", "labels": {"en": {"language": "en", "value": "caf\xe9"}}}',
        entity("Q99000073", None, HUMAN),
        "[1, 2]",
        '{"label": "nobody"}',
        {"type": "item", "id": "Q0x", "claims": {}},
        {"type": "item", "id": "Q99000074", "labels": "odd", "claims": {}},
        {"type": "item", "id": "Q99000075", "claims": {"P279": "odd"}},
        broken_claim,
        {"id": "Q99000076", "missing": ""},
        {
            "type": "item",
            "id": "Q99000077",
            "labels": [],
            "descriptions": [],
            "aliases": [],
            "claims": [],
            "sitelinks": [],
        },
        "",
    ]
    built, index = build(tmp_path, rows)
    assert index.qids() == {f"Q9900000{i}" for i in range(1, 7)}
    found = {problem.place.removeprefix(f"{tmp_path}/source0.jsonl:"): problem.reason for problem in built.problems}
    assert {place: reason.split(";")[0][:30] for place, reason in found.items()} == {
        "14": found["14"][:30],
        "15": "no JSON: it is not UTF-8 at by",
        "Q99000073": "has no label in any language, ",
        "17": "neither an entity nor a row wi",
        "18": found["18"][:30],
        "19": "an entity with the id 'Q0x': a",
        "20": "the entity 'Q99000074' has lab",
        "21": "the entity 'Q99000075' has mal",
        "Q99000071": "the Wikidata entity 'Q99000071",
    }
    assert found["14"].startswith("no JSON: ")
    assert "a QID is needed" in found["18"]
    assert built.skipped == len(found)


def test_a_byte_order_mark(tmp_path: Path) -> None:
    built, index = build(tmp_path, b"\xef\xbb\xbf" + made.jsonl(made.world()))
    assert (built.skipped, len(index)) == (0, 6)
    built, index = build(tmp_path, b"\xef\xbb\xbf" + made.dump(made.world()))
    assert (built.skipped, len(index)) == (0, 6)


def test_windows_line_ends_and_spaces(tmp_path: Path) -> None:
    data = made.dump(made.world()).replace(b"\n", b"\r\n").replace(b'":"', b'" : "')
    built, index = build(tmp_path, data)
    assert (built.skipped, len(index)) == (0, 6)


def test_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nothing .* can be put into an index"):
        build(tmp_path, b"no JSON\nnor this\n")
    assert not (tmp_path / "index").exists()


def test_problems_are_counted_and_listed_up_to_a_limit(tmp_path: Path) -> None:
    built, _ = build(
        tmp_path, [*made.world(), *["{"] * 1500, *[entity(f"Q{99001000 + i}", None, HUMAN) for i in range(9)]]
    )
    assert built.skipped == 1509
    assert len(built.problems) == 1009


def test_out_that_cannot_be_written(tmp_path: Path) -> None:
    source = open_source(str(made.write(tmp_path / "a", made.jsonl(made.world()))))
    with pytest.raises(IndexFormatError, match="is a folder"):
        build_index([source], tmp_path, Options())
    with pytest.raises(IndexFormatError, match="cannot be made"):
        build_index([source], tmp_path / "a" / "b" / "index", Options())


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is given so many pages and no more, for what is staged."""
    from kg.wikidata.building import staging

    connect = staging._connect

    def small(path: Path) -> Any:
        db = connect(path)
        db.execute("PRAGMA max_page_count = 40")
        return db

    source = open_source(str(made.write(tmp_path / "a", made.jsonl([*made.world(), *made.many(3000)]))))
    with monkeypatch.context() as patch:
        patch.setattr(staging, "_connect", small)
        with pytest.raises(IndexFormatError, match=r"full.*make room there, then run the same command again"):
            build_index([source], tmp_path / "index", Options())
    assert not (tmp_path / "index").exists()
    assert build_index([source], tmp_path / "index", Options()).counts[EntityType.PERSON] == 3002


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development data beside the repository")
def test_genuine_documents(tmp_path: Path) -> None:
    built = build_index([open_source(str(SHARED / "entity_json"))], tmp_path / "index", Options())
    assert built.counts[EntityType.PERSON] > 40
    assert built.counts[EntityType.PLACE] > 10
    assert {problem.place for problem in built.problems} == {"Q33", "Q228"}
    karlsruhe = open_index(tmp_path / "index").item("Q1040")
    assert karlsruhe is not None
    assert karlsruhe.label == "Karlsruhe"


def test_errors_are_of_one_family() -> None:
    assert issubclass(SourceError, KgError)
