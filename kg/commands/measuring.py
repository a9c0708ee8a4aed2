"""The work of `kg eval`: sets measured in this process, or spread over several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
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
from kg.wikidata.starter import load_starter


def measure_sets(
    sets: Sequence[LabelledSet], toolkit: Toolkit, settings: Settings, work: Path, *, jobs: int = 1
) -> list[Measured]:
    """The sets, measured, in the given order; what they wrote is in the folder `work`.

    `jobs` processes take them one by one, the largest first, each with an annotator of its own.
    """
    jobs = min(jobs, len(sets))
    if jobs <= 1:
        return [_measured(one, toolkit, settings, work, progress) for one in sets]
    # A forked process would inherit locks of this one's threads, and has to load the pipeline anyway.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        begun = {
            one.label: pool.submit(_measured, one, toolkit, settings, work, plain_progress)
            for one in sorted(sets, key=lambda one: (-sum(path.stat().st_size for path in one.files()), one.label))
        }
        try:
            return [begun[one.label].result() for one in sets]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _measured(one: LabelledSet, toolkit: Toolkit, settings: Settings, work: Path, show: Progress) -> Measured:
    annotator, known = _annotator(settings)

    def annotate(articles: Sequence[Article], label: str) -> Iterable[Annotation | Skipped]:
        return annotator.annotate(show(articles, len(articles), f"annotating {label}"))

    return measure(one, toolkit, annotate, work, known=known)


@lru_cache(maxsize=1)
def _annotator(settings: Settings) -> tuple[Annotator, frozenset[str]]:
    """The annotator, loaded once a process, and the QIDs that it can give."""
    gazetteer = load_starter()
    annotator = Annotator(settings, load_ontology(shipped("ontology")), gazetteer)
    return annotator, frozenset(item.qid for item in gazetteer.items)
