"""The work of `kg eval`: sets measured in this process, or spread over several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg.annotator import Annotator
from kg.commands.console import Progress, plain_progress, progress
from kg.config import Settings
from kg.evaluate.measure import Measured, measure
from kg.evaluate.sets import LabelledSet
from kg.evaluate.toolkit import Toolkit
from kg.ingest.skipped import Skipped
from kg.model import Annotation, Article
from kg.ontology import load_ontology
from kg.resources import shipped
from kg.wikidata.opening import open_gazetteer


@dataclass(frozen=True, slots=True)
class Loaded:
    """An annotator, and the QIDs that it can give."""

    annotator: Annotator
    known: frozenset[str]


def measure_sets(
    sets: Sequence[LabelledSet], toolkit: Toolkit, settings: Settings, work: Path, *, jobs: int = 1
) -> list[Measured]:
    """The sets, measured, in the given order; what they wrote is in the folder `work`.

    `jobs` processes take them one by one, the largest first, each with an annotator of its own.
    """
    jobs = min(jobs, len(sets))
    if jobs <= 1:
        loaded = _load(settings)
        return [_measured(one, toolkit, loaded, work, progress) for one in sets]
    # A forked process would inherit locks of this one's threads, and has to load the pipeline anyway.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(settings,)) as pool:
        begun = {
            one.label: pool.submit(_measured_here, one, toolkit, work)
            for one in sorted(sets, key=lambda one: (-sum(path.stat().st_size for path in one.files()), one.label))
        }
        try:
            return [begun[one.label].result() for one in sets]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _measured(one: LabelledSet, toolkit: Toolkit, loaded: Loaded, work: Path, show: Progress) -> Measured:
    def annotate(articles: Sequence[Article], label: str) -> Iterable[Annotation | Skipped]:
        return loaded.annotator.annotate(show(articles, len(articles), f"annotating {label}"))

    return measure(one, toolkit, annotate, work, known=loaded.known)


def _load(settings: Settings) -> Loaded:
    gazetteer = open_gazetteer(settings.index)
    annotator = Annotator(settings, load_ontology(shipped("ontology")), gazetteer)
    return Loaded(annotator, gazetteer.qids())


_HERE: list[Loaded] = []
"""In a worker process: what it has loaded, once for all its sets."""


def _start(settings: Settings) -> None:
    _HERE.append(_load(settings))


def _measured_here(one: LabelledSet, toolkit: Toolkit, work: Path) -> Measured:
    return _measured(one, toolkit, _HERE[0], work, plain_progress)
