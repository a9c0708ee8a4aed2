"""`kg export`: what a graph holds, in a form that others read."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from kg.commands.built import Built, open_built
from kg.commands.console import DONE, Commands, complain
from kg.errors import UsageError
from kg.export.additions import Selection, select
from kg.export.claims import claim_rows
from kg.export.files import write_whole
from kg.export.quickstatements import commands as quickstatements
from kg.export.words import count_words
from kg.merge.compare import compare_all
from kg.merge.known import Known
from kg.model.decision import Verdict
from kg.ontology import load_ontology
from kg.resources import shipped
from kg.review.judged import judged_claims
from kg.run import names
from kg.run.record import read_record

_TOOL = "https://quickstatements.toolforge.org"

_EPILOG = f"""
Only claims that a reviewer accepted (kg review), of offices, parties, bodies, employers, schools and families, whose
subject and object have QIDs, and that Wikidata does not know yet. Never an accusation, a criticism or a legal step.
Each line names its article as the reference. Paste the file at {_TOOL} and look at every
line before you run it: you, not this program, are the one who edits Wikidata. See docs/exports.md.
"""


def add(commands: Commands) -> None:
    """Register the command with a subcommand for each format."""
    export = commands.add_parser("export", help="write what a graph holds in another form")
    formats = export.add_subparsers(required=True, metavar="FORMAT")
    quick = formats.add_parser(
        "quickstatements",
        help="reviewed additions for Wikidata, with the articles as references",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    quick.add_argument(
        "--graph", type=Path, default=Path("out"), metavar="DIR", help="output folder of a build (default: out)"
    )
    quick.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    quick.add_argument(
        "--retrieved", type=_day, metavar="YYYY-MM-DD", help="when the articles were read on the web (default: today)"
    )
    quick.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; flags win over it")
    quick.add_argument(
        "--index", metavar="FILE", help="a Wikidata index (default: the one that the graph was built with)"
    )
    quick.add_argument("--decisions", metavar="FILE", help="reviewers' decisions (default: decisions.jsonl in --graph)")
    quick.set_defaults(command=_quickstatements)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2031-05-03") from None


def _quickstatements(arguments: argparse.Namespace) -> int:
    graph = open_built(arguments)
    _check_links(graph)
    for damage in graph.decisions.damaged:
        complain(f"line {damage.line} of the decisions is not read: {damage.reason}")
    found = _selection(graph)
    retrieved: date = arguments.retrieved or datetime.now(UTC).date()
    lines = quickstatements(found.additions, retrieved=retrieved)
    write_whole(arguments.out, (f"{line}\n" for line in lines))
    statements = count_words(found.statements, "statement")
    print(f"{arguments.out}: {count_words(len(lines), 'command')} for {statements}")
    for sentence in _left_out(found, graph, arguments.graph):
        print(sentence)
    return DONE


def _check_links(graph: Built) -> None:
    """UsageError where people decided about links after the graph was built: its entities would be others now."""
    assert graph.folder is not None
    record = read_record(graph.folder / names.RECORD)
    if record.decisions == graph.decisions.digest:
        return
    built = datetime.fromisoformat(record.finished)
    later = [decision for decision in graph.decisions.on_entities if decision.when > built]
    if later:
        last = later[-1]
        raise UsageError(
            f"{count_words(len(later), 'decision')} on who is who, the last by {last.reviewer!r} at {last.time}, came "
            f"after the graph {str(graph.folder)!r} was built; build it again first"
        )


def _selection(graph: Built) -> Selection:
    annotations = graph.graph_annotations
    judged = judged_claims(graph.decisions, annotations, graph.namespaces)
    return select(
        claim_rows(annotations, graph.resolution),
        compare_all(
            annotations, graph.resolution, graph.gazetteer, load_ontology(shipped("ontology")), graph.namespaces
        ),
        accepted={place for place, decision in judged.items() if decision.verdict is Verdict.ACCEPT},
        known=Known(graph.gazetteer),
    )


def _left_out(found: Selection, graph: Built, folder: Path) -> list[str]:
    """What was left out and why, and what to do about it."""
    lines = []
    if found.left_out:
        every = sum(found.left_out.values())
        lines.append(f"left out: {count_words(every, 'claim')} that Wikidata could learn from")
        lines += [f"  {number:>5,}  {reason.value}" for reason, number in found.left_out.items()]
    if not found.candidates:
        lines.append(
            "there is no claim that Wikidata could learn from; what it lacks is known only of items whose whole "
            "document is at hand: use an index made from a dump or from entity documents (kg wikidata build)"
        )
    elif not graph.decisions.on_claims:
        lines.append(
            f"nobody has accepted a claim yet: kg review {folder} --claims shows them one by one; accept what the "
            "sentence says and what is true, and export again"
        )
    return lines
