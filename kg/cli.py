"""The command line: the only place that prints or exits."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from tqdm import tqdm

from kg import __version__
from kg.config import Settings, load_settings
from kg.errors import ConfigError, KgError, QueryError, UsageError
from kg.ingest.skipped import Skipped
from kg.model import Article
from kg.query import find_saved, format_result, load_saved_queries, run_query, run_saved
from kg.query.formats import FORMATS
from kg.rdf.namespaces import Namespaces
from kg.resources import shipped
from kg.run import names
from kg.run.record import base_iri
from kg.store.oxigraph import open_store

DONE, SOME_SKIPPED, USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: done; done but some inputs were skipped; wrong usage; could not do the work."""

_SHOWN = 50
"""How many skipped inputs or problems are listed on the terminal."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    try:
        return int(arguments.command(arguments))
    except (UsageError, ConfigError, QueryError) as error:
        _complain(f"kg: {error}")
        return USAGE
    except KgError as error:
        _complain(f"kg: {error}")
        return FAILED
    except KeyboardInterrupt:
        _complain("kg: stopped; nothing half-written was left behind")
        return FAILED
    except BrokenPipeError:
        # The reader of a pipe ("| head") has gone; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg", description="A knowledge graph about public figures from news articles."
    )
    parser.add_argument("--version", action="version", version=f"public-figures-kg {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="articles in; graph, store, GEXF and report out")
    build.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help=".txt, .html or .jsonl file, or a folder of them",
    )
    build.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="output folder (new, empty, or an earlier one)"
    )
    _add_settings(build)
    build.set_defaults(command=_build)

    annotate = commands.add_parser("annotate", help="articles in; annotations.jsonl out")
    annotate.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help=".txt, .html or .jsonl file, or a folder of them",
    )
    annotate.add_argument("--out", type=Path, required=True, metavar="FILE", help="the annotations.jsonl to write")
    _add_settings(annotate)
    annotate.set_defaults(command=_annotate)

    query = commands.add_parser("query", help="ask a graph: a saved query's name, or SPARQL")
    query.add_argument("query", nargs="?", help="name of a saved query (see --list), or the text of a SPARQL query")
    query.add_argument(
        "--graph",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help="output folder of a build (default: out)",
    )
    query.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of a saved query"
    )
    query.add_argument("--format", choices=FORMATS, default="table")
    query.add_argument("--width", type=int, metavar="N", help="longest cell of the table, in characters (0: no limit)")
    query.add_argument("--list", action="store_true", help="list the saved queries and their parameters")
    query.set_defaults(command=_query)

    verify = commands.add_parser("verify", help="check a built folder: evidence, graphs, shapes, derived triples")
    verify.add_argument("folder", type=Path, metavar="DIR", help="output folder of a build")
    verify.set_defaults(command=_verify)
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; flags win over it")
    parser.add_argument("--model", metavar="NAME", help="spaCy pipeline: an installed package, or a path")
    parser.add_argument("--base-iri", metavar="IRI", help="where the IRIs of this graph start")
    parser.add_argument("--min-confidence", type=float, metavar="X", help="leave out claims below it (0 to 1)")


def _settings(arguments: argparse.Namespace) -> Settings:
    overrides = {name: getattr(arguments, name) for name in ("model", "base_iri", "min_confidence")}
    return load_settings(arguments.config, overrides)


def _build(arguments: argparse.Namespace) -> int:
    from kg import pipeline  # spaCy loads slowly, and asking a graph does not need it

    result = pipeline.build(
        arguments.inputs,
        arguments.out,
        _settings(arguments),
        now=lambda: datetime.now(UTC),
        progress=_progress,
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
    return _report_skipped(result.skipped)


def _annotate(arguments: argparse.Namespace) -> int:
    from kg import pipeline

    count, skipped = pipeline.annotate(arguments.inputs, arguments.out, _settings(arguments), progress=_progress)
    print(f"{count} articles annotated in {arguments.out}")
    return _report_skipped(skipped)


def _query(arguments: argparse.Namespace) -> int:
    saved = load_saved_queries(shipped("queries"))
    if arguments.list:
        for query in saved.values():
            print(f"{query.name}\n    {query.description}\n    {query.usage()}")
        return DONE
    if arguments.query is None:
        raise UsageError("name a saved query, or give SPARQL; kg query --list shows the saved ones")
    place = arguments.graph / names.STORE
    if not place.is_dir():
        raise UsageError(f"{str(arguments.graph)!r} is no output of a build; name one with --graph, or build it")
    values = dict(_parameter(text) for text in arguments.param)
    with open_store(place) as store:
        if _is_sparql(arguments.query):
            if values:
                raise UsageError("--param belongs to saved queries; write the value into the SPARQL instead")
            outcome = run_query(store, arguments.query)
        else:
            outcome = run_saved(store, find_saved(saved, arguments.query), values)
    for note in outcome.notes:
        _complain(note)
    width = _terminal_width() if arguments.width is None else arguments.width or None
    prefixes = Namespaces(base_iri(arguments.graph / names.RECORD)).prefixes
    print(format_result(outcome.result, arguments.format, column_width=width, prefixes=prefixes), end="")
    return DONE


def _is_sparql(text: str) -> bool:
    return any(sign in text for sign in " {\n\t")


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param {text!r} has no '='; write NAME=VALUE")
    return name, value


def _verify(arguments: argparse.Namespace) -> int:
    from kg.run.check import verify_folder  # so does SHACL

    with tqdm(desc="checking", unit="graph", disable=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        problems, checked = verify_folder(arguments.folder, progress=show)
    for problem in problems[:_SHOWN]:
        print(f"{problem.kind.value}: {problem.message}\n  graph {problem.graph}\n  subject {problem.subject}")
    if len(problems) > _SHOWN:
        print(f"... and {len(problems) - _SHOWN} more")
    print(f"{checked} triples checked, {len(problems)} problems")
    return FAILED if problems else DONE


def _report_skipped(skipped: Sequence[Skipped]) -> int:
    if not skipped:
        return DONE
    _complain("1 input was skipped:" if len(skipped) == 1 else f"{len(skipped)} inputs were skipped:")
    for skip in skipped[:_SHOWN]:
        _complain(f"  {skip.source}: {skip.reason}")
    if len(skipped) > _SHOWN:
        _complain(f"  ... and {len(skipped) - _SHOWN} more; run.json lists them all")
    return SOME_SKIPPED


def _progress(articles: Iterable[Article], total: int, what: str) -> Iterable[Article]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere."""
    if sys.stderr.isatty():
        return tqdm(articles, total=total, desc=what, unit="article", dynamic_ncols=True)
    return _lines(articles, total, what)


def _lines(articles: Iterable[Article], total: int, what: str) -> Iterable[Article]:
    step = max(total // 10, 25)
    for number, article in enumerate(articles, start=1):
        yield article
        if number % step == 0 or number == total:
            _complain(f"{what}: {number} of {total} articles")


def _terminal_width() -> int | None:
    return 48 if sys.stdout.isatty() else None


def _complain(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody reads along any more; the work goes on
        print(line, file=sys.stderr, flush=True)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
