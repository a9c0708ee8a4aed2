"""What only a store on disk can get wrong: locks, foreign folders, crashes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import URIRef

from kg.errors import StoreError
from kg.store import folder
from kg.store.base import Selection
from kg.store.oxigraph import as_dataset, build_store, open_store

GRAPH = NamedNode("http://x.example/graph")
KNOWS = NamedNode("http://x.example/knows")


def quad(number: int) -> Quad:
    return Quad(NamedNode(f"http://x.example/{number}"), KNOWS, Literal(number), GRAPH)


def content(path: Path) -> set[Quad]:
    with open_store(path) as store:
        return set(store.quads())


def names(path: Path) -> list[str]:
    return sorted(child.name for child in path.iterdir())


def test_a_built_store_is_read_back(tmp_path: Path) -> None:
    build_store(tmp_path / "out" / "store", (quad(n) for n in range(3)))
    assert content(tmp_path / "out" / "store") == {quad(0), quad(1), quad(2)}
    assert names(tmp_path / "out") == ["store"]


def test_building_again_replaces_the_whole_content(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    build_store(tmp_path / "store", [quad(2)])
    assert content(tmp_path / "store") == {quad(2)}
    assert names(tmp_path) == ["store"]


def test_what_is_written_stays(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", read_only=False) as store:
        store.load([quad(1)])
    with open_store(tmp_path / "store", read_only=False) as store:
        store.load([quad(2)])
    assert content(tmp_path / "store") == {quad(1), quad(2)}


def test_an_error_while_building_leaves_the_old_store(tmp_path: Path) -> None:
    def broken() -> Iterator[Quad]:
        yield quad(2)
        raise StoreError("no more")

    build_store(tmp_path / "store", [quad(1)])
    with pytest.raises(StoreError, match="no more"):
        build_store(tmp_path / "store", broken())
    assert content(tmp_path / "store") == {quad(1)}
    assert names(tmp_path) == ["store"]


def test_a_crash_while_writing_leaves_the_old_store_and_the_next_build_cleans_up(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    build_store(folder.building(tmp_path / "store"), [quad(2)])
    assert content(tmp_path / "store") == {quad(1)}
    build_store(tmp_path / "store", [quad(3)])
    assert content(tmp_path / "store") == {quad(3)}
    assert names(tmp_path) == ["store"]


def test_a_crash_between_the_renames_leaves_the_old_store(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    (tmp_path / "store").rename(folder.replaced(tmp_path / "store"))
    assert content(tmp_path / "store") == {quad(1)}
    assert names(tmp_path) == ["store"]


def test_a_crash_after_the_renames_leaves_the_new_store(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(2)])
    build_store(folder.replaced(tmp_path / "store"), [quad(1)])
    assert content(tmp_path / "store") == {quad(2)}
    build_store(tmp_path / "store", [quad(3)])
    assert names(tmp_path) == ["store"]


def test_the_old_store_comes_back_where_the_new_one_cannot_be_renamed(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    with pytest.raises(StoreError, match="cannot be renamed"):
        folder.swap(tmp_path / "absent", tmp_path / "store")
    assert content(tmp_path / "store") == {quad(1)}


def test_only_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "store", read_only=False),
        pytest.raises(StoreError, match="is in use; close the program"),
    ):
        open_store(tmp_path / "store", read_only=False)
    open_store(tmp_path / "store", read_only=False).close()


def test_only_one_builder_at_a_time(tmp_path: Path) -> None:
    with (
        open_store(folder.building(tmp_path / "store"), read_only=False),
        pytest.raises(StoreError, match="is being built by another program"),
    ):
        build_store(tmp_path / "store", [quad(1)])


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    with open_store(tmp_path / "store") as store:
        for write in (
            lambda: store.load([quad(2)]),
            lambda: store.replace_graph(GRAPH, []),
            lambda: store.remove_graph(GRAPH),
        ):
            with pytest.raises(StoreError, match="for reading only"):
                write()
    assert content(tmp_path / "store") == {quad(1)}


@pytest.mark.parametrize("make", [lambda _: None, Path.mkdir, Path.touch])
def test_reading_needs_a_store(tmp_path: Path, make: object) -> None:
    assert callable(make)
    make(tmp_path / "store")
    with pytest.raises(StoreError, match=r"there is no store at .*build the graph first"):
        open_store(tmp_path / "store")
    with pytest.raises(StoreError, match="there is no store at"):
        as_dataset(tmp_path / "store")


def test_somebody_s_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    for write in (lambda: open_store(tmp_path, read_only=False), lambda: build_store(tmp_path, [quad(1)])):
        with pytest.raises(StoreError, match="is not empty and not a store"):
            write()
    with pytest.raises(StoreError, match="is a file, and a store is a folder"):
        build_store(tmp_path / "holiday.jpg", [quad(1)])
    assert names(tmp_path) == ["holiday.jpg"]


def test_a_damaged_store_is_a_sentence(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1)])
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match=r"cannot be opened: .*; build the graph again"):
        open_store(tmp_path / "store")


def test_rdflib_sees_the_same_store(tmp_path: Path) -> None:
    build_store(tmp_path / "store", [quad(1), quad(2)])
    dataset = as_dataset(tmp_path / "store")
    try:
        rows = list(dataset.query("SELECT ?n WHERE { ?s <http://x.example/knows> ?n } ORDER BY ?n"))
        assert [row[0].toPython() for row in rows] == [1, 2]
        assert len(dataset.graph(URIRef(GRAPH.value))) == 2
    finally:
        dataset.close()


def test_a_query_that_names_its_graphs_sees_no_others(tmp_path: Path) -> None:
    other = NamedNode("http://x.example/other")
    build_store(tmp_path / "store", [quad(1), Quad(KNOWS, KNOWS, Literal(2), other)])
    with open_store(tmp_path / "store") as store:
        result = store.query(f"SELECT ?n FROM {other} WHERE {{ ?s ?p ?n }}")
        assert isinstance(result, Selection)
        assert list(result.rows()) == [(Literal(2),)]
