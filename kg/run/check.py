"""`kg verify`: everything that can be checked of a built folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import StoreError, UsageError
from kg.rdf.namespaces import Namespaces
from kg.rdf.trig import read_trig
from kg.resources import shipped
from kg.run.artifacts import read_annotations
from kg.run.names import ANNOTATIONS, RECORD, STORE, TRIG
from kg.run.record import base_iri
from kg.store.oxigraph import open_store
from kg.verify import Problem, ProblemKind, verify


def verify_folder(folder: Path, *, progress: Callable[[int, int], None] | None = None) -> tuple[list[Problem], int]:
    """All problems of the folder's store and of graph.trig, and how many quads were checked.

    UsageError where the folder is not the output of a build; StoreError where a file of it cannot be read.
    """
    missing = [name for name in (ANNOTATIONS, RECORD, STORE, TRIG) if not (folder / name).exists()]
    if missing:
        raise UsageError(
            f"{str(folder)!r} is no output of a build: {', '.join(missing)} missing; name one, or build it"
        )
    namespaces = Namespaces(base_iri(folder / RECORD))
    texts = {a.article.key: a.article.text for a in read_annotations(folder / ANNOTATIONS)}
    with open_store(folder / STORE, read_only=True) as store:
        stored = set(store.quads())
    try:
        written = set(read_trig((folder / TRIG).read_bytes()))
    except OSError as error:
        raise StoreError(f"cannot read {str(folder / TRIG)!r}: {error}; build again") from error
    ontology = shipped("ontology")
    problems = set(verify(stored, texts, namespaces, ontology, progress=progress))
    if written != stored:
        problems |= set(verify(written, texts, namespaces, ontology))
        problems |= {_differs(quad, "in the store and not in graph.trig") for quad in stored - written}
        problems |= {_differs(quad, "in graph.trig and not in the store") for quad in written - stored}
    return sorted(problems), len(stored)


def _differs(quad: Quad, where: str) -> Problem:
    subject, graph = (getattr(term, "value", str(term)) for term in (quad.subject, quad.graph_name))
    return Problem(ProblemKind.COPY, graph, subject, f"the triple {quad.triple} stands {where}")
