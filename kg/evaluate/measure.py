"""Measures sets: the toolkit's inputs, the caller's annotator, the toolkit's verdict, figures with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EvaluationError
from kg.evaluate.figures import Figure, figures_of
from kg.evaluate.sets import KINDS, LabelledSet
from kg.evaluate.toolkit import Toolkit
from kg.ingest.reader import read_inputs
from kg.ingest.skipped import Skipped
from kg.model import Annotation, Article
from kg.model.jsonl import annotation_line

Annotate = Callable[[Sequence[Article], str], Iterable[Annotation | Skipped]]
"""Annotates the articles of the set with that label."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set gave: `articles` of it, how many were annotated, and every figure by name.

    `kind` is one of `kg.evaluate.sets`, or the name of what another program measured; `split` is a part of the data.
    """

    label: str
    kind: str
    split: str
    digest: str
    articles: int
    annotated: int
    figures: dict[str, Figure]
    skipped: tuple[Skipped, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The figures of the table."""
        return KINDS[self.kind].shown if self.kind in KINDS else tuple(self.figures)

    @property
    def gated(self) -> tuple[str, ...]:
        """The figures that should have a floor."""
        return KINDS[self.kind].gated if self.kind in KINDS else tuple(self.figures)


def measure(
    one: LabelledSet, toolkit: Toolkit, annotate: Annotate, work: Path, *, known: Iterable[str] = ()
) -> Measured:
    """Measure one set, keeping `<label>.annotations.jsonl` in the folder `work`.

    `known` are the QIDs that the annotator can give at all, for the figures of linking that ask about those only.
    EvaluationError where the toolkit fails.
    """
    name = one.label.replace(":", "-").replace("@", "-")
    inputs, out, counted = (work / f"{name}.{part}" for part in ("inputs.jsonl", "annotations.jsonl", "counts.json"))
    digest, kb = one.digest(), None
    if one.kind.name == "linking":
        kb = work / f"{name}.known.txt"
        kb.write_text("\n".join(sorted(known)) + "\n", encoding="utf-8")
    toolkit.write_inputs(one, inputs)
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in read_inputs([inputs], keep_copies=True):
        if isinstance(item, Article):
            articles.append(item)
        else:
            skipped.append(item)
    if not articles:
        raise EvaluationError(f"set {one.label!r} in {str(one.folder)!r} gives no article to read; name another split")
    annotated = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for result in annotate(articles, one.label):
            if isinstance(result, Skipped):
                skipped.append(result)
            else:
                file.write(annotation_line(result) + "\n")
                annotated += 1
    row = toolkit.score(one, out, kb)
    figures = figures_of(row, toolkit.count(one, out, counted, kb))
    return Measured(
        one.label,
        one.kind.name,
        one.split,
        digest,
        int(row.get("articles", len(articles))),
        annotated,
        figures,
        tuple(skipped),
    )
