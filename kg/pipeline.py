"""The only wiring of the stages: ingest, annotate, resolve, materialise, export."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from kg.annotator import Annotator
from kg.config import Settings
from kg.errors import SourceError
from kg.ingest.reader import read_inputs
from kg.ingest.skipped import Skipped
from kg.materialise import write_outputs
from kg.merge.verdict import Comparison, Verdict
from kg.model import Annotation, Article, Resolution, content_hash
from kg.model.decision import Decisions
from kg.model.nameless import without_nameless
from kg.nlp.language import language_name
from kg.online import learnt_index, linked_anew
from kg.ontology import load_ontology
from kg.rdf.namespaces import Namespaces
from kg.resolve import resolve
from kg.resources import shipped
from kg.review.file import decisions_path, read_decisions
from kg.run.artifacts import read_annotations, reusable, write_annotations
from kg.run.folder import output_folder, publish
from kg.run.names import ANNOTATIONS, LEARNT, OUTPUTS, RECORD
from kg.run.record import RunRecord, code_digest, files_digest, read_record, recorded_digest, write_record
from kg.wikidata.opening import open_gazetteer

Item = TypeVar("Item")
Progress = Callable[[Iterable[Item], int, str], Iterable[Item]]
"""Wraps work to be done: the things, how many there are, and what is done with them."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did; `changed` is false where everything was there already. Times are in seconds."""

    annotations: int
    annotated: int
    entities: int
    claims: int
    skipped: tuple[Skipped, ...]
    changed: bool
    seconds: float


def quiet(things: Iterable[Item], _total: int, _what: str) -> Iterable[Item]:
    """The Progress that shows nothing."""
    return things


def silent(_sentence: str) -> None:
    """Says nothing."""


def annotate(
    inputs: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    progress: Progress[Article] = quiet,
    say: Callable[[str], None] = silent,
) -> tuple[int, tuple[Skipped, ...]]:
    """Annotate `inputs` into the file `out`, whole or not at all: how many articles, and what was skipped.

    `say` gets a sentence for each thing that the language's word lists or the pipeline do not allow.

    UsageError for an input that is not there, SourceError where no input is an article, StoreError where `out` cannot
    be written.
    """
    articles, skipped = _read(inputs, settings, keep_copies=True)
    annotator = Annotator(settings, load_ontology(shipped("ontology")), open_gazetteer(settings.index))
    annotations, failed = _annotated(annotator, articles, {}, progress)
    _say_all(annotator, annotations, say)
    aside = out.with_name(out.name + ".part")
    try:
        write_annotations(aside, annotations)
        publish(aside, out)
    finally:
        aside.unlink(missing_ok=True)
    return len(annotations), (*skipped, *failed)


def build(
    inputs: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    progress: Progress[Article] = quiet,
    clock: Callable[[], float] = time.perf_counter,
    say: Callable[[str], None] = silent,
) -> BuildResult:
    """The main job: articles in, the whole output folder out. What an earlier run annotated is used again.

    Raises as `annotate` does; the folder keeps its old files until all new ones are finished.
    """
    begin, started = clock(), now()
    articles, skipped = _read(inputs, settings)
    with output_folder(out) as staging:
        ontology = load_ontology(shipped("ontology"))
        gazetteer = open_gazetteer(settings.index)
        annotator = Annotator(settings, ontology, gazetteer)
        known = reusable(out / ANNOTATIONS, annotator.digest)
        annotations, failed = _annotated(annotator, articles, known, progress)
        _say_all(annotator, annotations, say)
        skipped = (*skipped, *failed)
        annotated = sum(annotation.article.key not in known for annotation in annotations)
        work = _Work(annotations, annotated, skipped, tuple(str(path) for path in inputs), annotator.notes)
        learnt = learnt_index(annotations, settings, out, staging, say=say)
        made = _made(work, out, staging, settings, learnt, started=started, now=now)
    return replace(made, seconds=clock() - begin)


def renew(
    out: Path, settings: Settings, *, now: Callable[[], datetime], clock: Callable[[], float] = time.perf_counter
) -> BuildResult:
    """Make the folder of an earlier build anew from its annotations, with the reviewers' decisions as they are now.

    No article is read and none is annotated. UsageError or StoreError where the folder is no output of a build.
    """
    begin, started = clock(), now()
    record = read_record(out / RECORD)
    skipped = tuple(Skipped(source, reason) for source, reason in record.skipped)
    work = _Work(list(read_annotations(out / ANNOTATIONS)), 0, skipped, record.inputs, record.notes)
    with output_folder(out) as staging:
        made = _made(work, out, staging, settings, out / LEARNT, started=started, now=now)
    return replace(made, seconds=clock() - begin)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is there once all articles are annotated, `annotated` of them by this run."""

    annotations: Sequence[Annotation]
    annotated: int
    skipped: tuple[Skipped, ...]
    inputs: tuple[str, ...]
    notes: tuple[str, ...]


def _made(
    work: _Work,
    out: Path,
    staging: Path,
    settings: Settings,
    learnt: Path,
    *,
    started: datetime,
    now: Callable[[], datetime],
) -> BuildResult:
    """Resolve, materialise and publish, unless nothing has changed; `seconds` is left at 0.

    `learnt` is an index of what Wikidata itself answered; there need not be any.
    """
    annotations, skipped = work.annotations, work.skipped
    path = decisions_path(out, settings.decisions)
    decisions = read_decisions(path)
    damaged = [Skipped(f"{path}:{one.line}", f"no decision, and left alone: {one.reason}") for one in decisions.damaged]
    claims = sum(len(annotation.claims) for annotation in annotations)
    gazetteer = open_gazetteer(settings.index, learnt)
    digest = _digest(annotations, skipped, settings, decisions, gazetteer.digest)
    if recorded_digest(out / RECORD) == digest and all((out / name).exists() for name in OUTPUTS):
        return BuildResult(len(annotations), 0, 0, claims, (*skipped, *damaged), changed=False, seconds=0.0)
    named = [without_nameless(annotation) for annotation in annotations]
    if learnt.is_file():
        named = linked_anew(named, gazetteer)
    resolution = resolve(named, gazetteer, decisions)
    ontology, namespaces = load_ontology(shipped("ontology")), Namespaces(settings.base_iri)
    comparisons = write_outputs(
        staging, annotations, resolution, decisions, skipped, settings, ontology, namespaces, gazetteer
    )
    record = RunRecord(
        digest=digest,
        started=started.isoformat(timespec="seconds"),
        finished=now().isoformat(timespec="seconds"),
        inputs=work.inputs,
        counts=_counts(work, resolution, decisions, comparisons),
        skipped=tuple((skip.source, skip.reason) for skip in skipped),
        settings=asdict(settings),
        notes=work.notes,
        decisions=decisions.digest,
    )
    write_record(staging / RECORD, record)
    (out / RECORD).unlink(missing_ok=True)
    for name in OUTPUTS:
        publish(staging / name, out / name)
    if (staging / LEARNT).is_file():
        publish(staging / LEARNT, out / LEARNT)
    elif not learnt.is_file():
        (out / LEARNT).unlink(missing_ok=True)
    return BuildResult(
        len(annotations),
        work.annotated,
        len(resolution.entities),
        claims,
        (*skipped, *damaged),
        changed=True,
        seconds=0.0,
    )


def _counts(
    work: _Work, resolution: Resolution, decisions: Decisions, comparisons: Sequence[Comparison]
) -> dict[str, int]:
    annotations = work.annotations
    return {
        "articles": len(annotations),
        "annotated": work.annotated,
        "skipped": len(work.skipped),
        "entities": len(resolution.entities),
        "linked": sum(entity.wikidata is not None for entity in resolution.entities),
        "claims": sum(len(annotation.claims) for annotation in annotations),
        "names_only": sum(annotation.language is not None for annotation in annotations),
        "quotations": sum(len(annotation.quotations) for annotation in annotations),
        "decisions": len(decisions.on_claims) + len(decisions.on_entities),
        "compared": len(comparisons),
        **{verdict.value: sum(one.verdict is verdict for one in comparisons) for verdict in Verdict},
    }


def _read(
    inputs: Sequence[Path], settings: Settings, *, keep_copies: bool = False
) -> tuple[list[Article], tuple[Skipped, ...]]:
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in read_inputs(
        inputs, max_chars=settings.max_chars, max_bytes=settings.max_bytes, keep_copies=keep_copies
    ):
        if isinstance(item, Article):
            articles.append(item)
        else:
            skipped.append(item)
    if not articles:
        reasons = "".join(f"\n  {skip.source}: {skip.reason}" for skip in skipped)
        named = ", ".join(repr(str(path)) for path in inputs)
        raise SourceError(f"no article could be read from {named}; .txt, .html and .jsonl files are read{reasons}")
    return articles, tuple(skipped)


def _annotated(
    annotator: Annotator,
    articles: Sequence[Article],
    known: dict[str, Annotation],
    progress: Progress[Article],
) -> tuple[list[Annotation], tuple[Skipped, ...]]:
    """Annotations in input order: known ones as they are, the others made now."""
    missing = [article for article in articles if article.key not in known]
    made: dict[str, Annotation] = {}
    failed: list[Skipped] = []
    results: Iterator[Annotation | Skipped] = (
        annotator.annotate(progress(missing, len(missing), "annotating")) if missing else iter(())
    )
    for result in results:
        if isinstance(result, Annotation):
            made[result.article.key] = result
        else:
            failed.append(result)
    found = known | made
    return [found[article.key] for article in articles if article.key in found], tuple(failed)


def _say_all(annotator: Annotator, annotations: Sequence[Annotation], say: Callable[[str], None]) -> None:
    """Say what could not be done for the language, and how many articles were read in name-only mode."""
    for note in annotator.notes:
        say(note)
    counts = Counter(annotation.language for annotation in annotations if annotation.language is not None)
    for code, count in sorted(counts.items()):
        articles = "1 article" if count == 1 else f"{count} articles"
        say(f"{articles} in {language_name(code)} ({code}): only names and quotation marks were read")


def _digest(
    annotations: Sequence[Annotation],
    skipped: Sequence[Skipped],
    settings: Settings,
    decisions: Decisions,
    gazetteer: str,
) -> str:
    """Stands for all that decides the output folder's content."""
    return content_hash(
        [
            [[annotation.article.key, annotation.annotator] for annotation in annotations],
            [[skip.source, skip.reason] for skip in skipped],
            sorted(asdict(settings).items()),
            decisions.digest,
            gazetteer,
            code_digest("model", "rdf", "resolve", "wikidata", "merge", "review", "export", "store", "run"),
            files_digest(shipped("ontology").iterdir()),
        ]
    )
