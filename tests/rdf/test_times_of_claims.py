from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.model import Annotation, PartialDate, Resolution
from kg.ontology import Ontology
from kg.rdf import vocab
from kg.rdf.namespaces import Namespaces
from kg.rdf.shacl import load_shapes, violations
from kg.rdf.terms import article_quads

days = st.dates().map(str)
times = days.flatmap(lambda day: st.sampled_from([f"{day[:3]}X", day[:4], day[:7], day])).filter(lambda t: t != "000X")


def qualified(annotation: Annotation, *qualifiers: tuple[str, str]) -> Annotation:
    first, *others = annotation.claims
    return replace(annotation, claims=(replace(first, qualifiers=qualifiers), *others))


@given(st.sampled_from(sorted(vocab.TIMES)), times)
def test_a_time_keeps_its_bounds_and_precision(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    name: str,
    text: str,
) -> None:
    quads = article_quads(qualified(sample, (name, text)), sample_resolution.lookup(), namespaces, ontology)
    values = [quad.object.value for term in vocab.TIMES[name] for quad in quads if quad.predicate == term]
    time = PartialDate.parse_time(text)
    assert values == [time.earliest.isoformat(), time.latest.isoformat(), str(time.precision)]


def test_times_and_marks_keep_to_the_shapes(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    ontology_folder: Path,
) -> None:
    some = qualified(
        sample,
        ("atThatTime", "true"),
        ("endTime", "2007-06-27"),
        ("ended", "true"),
        ("pointInTime", "2003-01-06/2003-01-12"),
        ("startTime", "199X"),
        ("startTimeText", "some years ago"),
    )
    shapes = load_shapes(ontology_folder)
    quads = article_quads(some, sample_resolution.lookup(), namespaces, ontology)
    assert violations(quads, shapes) == []
    lost = [quad for quad in quads if quad.predicate != vocab.TIMES["startTime"][1]]
    assert violations(lost, shapes)


def test_an_end_before_the_start_is_against_the_shapes(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    ontology_folder: Path,
) -> None:
    wrong = qualified(sample, ("endTime", "1990"), ("startTime", "1997"))
    quads = article_quads(wrong, sample_resolution.lookup(), namespaces, ontology)
    assert violations(quads, load_shapes(ontology_folder))


@pytest.mark.parametrize(("name", "value"), [("startTime", "Tuesday"), ("ended", "yes"), ("endTime", "2003-13")])
def test_other_values_are_refused(
    sample: Annotation,
    sample_resolution: Resolution,
    namespaces: Namespaces,
    ontology: Ontology,
    name: str,
    value: str,
) -> None:
    with pytest.raises(StoreError, match=name):
        article_quads(qualified(sample, (name, value)), sample_resolution.lookup(), namespaces, ontology)
