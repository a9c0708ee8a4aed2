from __future__ import annotations

import random
import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad

from kg.errors import StoreError
from kg.model import Annotation, Resolution
from kg.ontology import Ontology
from kg.rdf.namespaces import Namespaces
from kg.rdf.terms import article_quads, entity_quads
from kg.rdf.trig import read_trig, serialise_trig, write_trig


@pytest.fixture
def quads(sample: Annotation, sample_resolution: Resolution, namespaces: Namespaces, ontology: Ontology) -> list[Quad]:
    found = article_quads(sample, sample_resolution.lookup(), namespaces, ontology)
    return found + entity_quads(sample_resolution.entities, namespaces)


def test_the_bytes_do_not_depend_on_the_order_or_on_repetition(quads: list[Quad], namespaces: Namespaces) -> None:
    mixed = quads + quads[:9]
    random.Random(1).shuffle(mixed)
    assert serialise_trig(mixed, namespaces) == serialise_trig(quads, namespaces)


def test_each_graph_is_one_block_and_graphs_are_sorted(quads: list[Quad], namespaces: Namespaces) -> None:
    text = serialise_trig(quads[::-1], namespaces).decode()
    blocks = [line.removesuffix(" {") for line in text.splitlines() if line.endswith(" {")]
    assert blocks == [f"articlegraph:{namespaces.article_key(quads[0].graph_name.value)}", "graph:entities"]


def test_iris_are_shortened(quads: list[Quad], namespaces: Namespaces) -> None:
    body = [line for line in serialise_trig(quads, namespaces).decode().splitlines() if "@prefix" not in line]
    full = {line.split("<")[1].split("/")[2] for line in body if "<" in line}
    assert full <= {"example.org", "kettle.example"}


def test_rdflib_reads_the_same_triples(quads: list[Quad], namespaces: Namespaces) -> None:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():  # rdflib 7.6 uses what it deprecates itself
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=serialise_trig(quads, namespaces), format="trig")
        assert len({(s, p, o) for s, p, o, _ in dataset.quads()}) == len(quads)


def test_nothing_gives_no_quads(namespaces: Namespaces) -> None:
    assert read_trig(serialise_trig([], namespaces)) == []


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(
    tmp_path: Path, quads: list[Quad], namespaces: Namespaces
) -> None:
    path = tmp_path / "graph.trig"
    path.write_bytes(b"old")
    write_trig(path, quads, namespaces)
    assert path.read_bytes() == serialise_trig(quads, namespaces)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_is_named(tmp_path: Path, namespaces: Namespaces) -> None:
    with pytest.raises(StoreError, match="cannot write"):
        write_trig(tmp_path / "none" / "graph.trig", [], namespaces)


def test_what_is_no_trig_is_refused() -> None:
    with pytest.raises(StoreError, match="not TriG"):
        read_trig(b"<x:a> <x:b>")
