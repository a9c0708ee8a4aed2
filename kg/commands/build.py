"""`kg build` and `kg annotate`: articles in; a graph, or annotations, out."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from kg.commands.console import (
    Commands,
    add_live_settings,
    add_settings,
    complain,
    progress,
    report_skipped,
    settings_of,
)
from kg.run import names


def add(commands: Commands) -> None:
    """Register both commands."""
    build = commands.add_parser("build", help="articles in; graph, store, GEXF and report out")
    _add_inputs(build)
    build.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="output folder (new, empty, or an earlier one)"
    )
    add_settings(build)
    add_live_settings(build)
    build.set_defaults(command=_build)

    annotate = commands.add_parser("annotate", help="articles in; annotations.jsonl out")
    _add_inputs(annotate)
    annotate.add_argument("--out", type=Path, required=True, metavar="FILE", help="the annotations.jsonl to write")
    add_settings(annotate)
    annotate.set_defaults(command=_annotate)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help=".txt, .html or .jsonl file, or a folder of them",
    )


def _build(arguments: argparse.Namespace) -> int:
    from kg import pipeline  # spaCy loads slowly, and asking a graph does not need it

    result = pipeline.build(
        arguments.inputs,
        arguments.out,
        settings_of(arguments),
        now=lambda: datetime.now(UTC),
        progress=progress,
        say=_note,
    )
    out = arguments.out
    if result.changed:
        print(
            f"{result.annotations} articles ({result.annotated} newly annotated), {result.entities} entities, "
            f"{result.claims} claims in {result.seconds:.1f} s"
        )
    else:
        print(f"{result.annotations} articles, {result.claims} claims: everything is up to date, nothing was changed")
    print(f"  read      {out / names.REPORT}   (open it in a browser)")
    print(f"  explore   {out / names.GEXF}    (open it in Gephi)")
    print(f"  ask       kg query accusations --graph {out}    (kg query --list shows all)")
    print(f"  data      {out / names.TRIG}, {out / names.ANNOTATIONS}, {out / names.ENTITIES}")
    return report_skipped(result.skipped)


def _note(sentence: str) -> None:
    complain(f"note: {sentence}")


def _annotate(arguments: argparse.Namespace) -> int:
    from kg import pipeline

    count, skipped = pipeline.annotate(
        arguments.inputs, arguments.out, settings_of(arguments), progress=progress, say=_note
    )
    print(f"{count} articles annotated in {arguments.out}")
    return report_skipped(skipped)
