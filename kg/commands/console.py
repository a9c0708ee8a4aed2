"""What commands share: exit codes, settings from flags, progress, and lines for the terminal."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from kg.config import OTHER_LANGUAGES, WIKIDATA_MODES, Settings, load_settings
from kg.errors import UsageError
from kg.ingest.skipped import Skipped
from kg.model import Article

DONE, SOME_SKIPPED, USAGE, FAILED = 0, 1, 2, 3
"""Exit codes: done; done but some inputs were skipped; wrong usage; could not do the work."""

_FLAGS = ("model", "language", "other_languages", "base_iri", "index")
_LIVE_FLAGS = ("wikidata", "contact", "decisions")

SHOWN = 50
"""How many skipped inputs or problems are listed on the terminal."""


Progress = Callable[[Iterable[Article], int, str], Iterable[Article]]
"""Shows how the work on articles goes: the articles, how many, and what is done with them."""


class Commands(Protocol):
    """What argparse's collection of subcommands offers."""

    def add_parser(self, name: str, **kwargs: object) -> argparse.ArgumentParser:
        """A new subcommand."""


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The flags that change settings."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; flags win over it")
    parser.add_argument("--model", metavar="NAME", help="spaCy pipeline: an installed package, or a path")
    parser.add_argument(
        "--language", metavar="CODE", help="language of the articles (default: en); see docs/languages.md"
    )
    parser.add_argument(
        "--other-languages",
        choices=OTHER_LANGUAGES,
        help="an article in another language: skip it (default), or read its names only",
    )
    parser.add_argument("--base-iri", metavar="IRI", help="where the IRIs of this graph start")
    parser.add_argument("--index", metavar="FILE", help="a Wikidata index made by kg wikidata build")
    parser.add_argument(
        "--min-confidence",
        action="append",
        metavar="X",
        help="leave out claims below it (0 to 1), or, as RELATION=X, claims of one relation; may be repeated",
    )


def add_live_settings(parser: argparse.ArgumentParser) -> None:
    """The flags on asking Wikidata itself and on reviewers' decisions."""
    parser.add_argument(
        "--wikidata",
        choices=WIKIDATA_MODES,
        help="ask Wikidata itself: offline never, live always, auto (default) if a contact is given and it answers",
    )
    parser.add_argument(
        "--contact",
        metavar="ADDRESS",
        help="your e-mail or web address, which Wikidata's operators ask for; live use only",
    )
    parser.add_argument("--decisions", metavar="FILE", help="reviewers' decisions (default: decisions.jsonl in --out)")


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that file and flags give together."""
    names = (*_FLAGS, *_LIVE_FLAGS)
    overrides: dict[str, object] = {name: getattr(arguments, name, None) for name in names}
    settings = load_settings(arguments.config, overrides)
    least, least_of = _thresholds(arguments.min_confidence or ())
    changes: dict[str, object] = {} if least is None else {"min_confidence": least}
    if least_of:
        changes["min_confidence_of"] = {**settings.min_confidence_of, **least_of}
    return load_settings(arguments.config, {**overrides, **changes}) if changes else settings


def _thresholds(flags: Sequence[str]) -> tuple[float | None, dict[str, float]]:
    """What the flags `X` and `RELATION=X` say; the last one counts."""
    least, least_of = None, {}
    for flag in flags:
        name, equals, number = flag.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            raise UsageError(f"--min-confidence {flag!r} is neither a number nor RELATION=NUMBER; correct it") from None
        if equals:
            least_of[name] = value
        else:
            least = value
    return least, least_of


def complain(line: str) -> None:
    """A line on standard error."""
    with contextlib.suppress(BrokenPipeError):  # nobody reads along any more; the work goes on
        print(line, file=sys.stderr, flush=True)


def report_skipped(skipped: Sequence[Skipped]) -> int:
    """List what was skipped; the exit code that follows from it."""
    if not skipped:
        return DONE
    complain("1 input was skipped:" if len(skipped) == 1 else f"{len(skipped)} inputs were skipped:")
    for skip in skipped[:SHOWN]:
        complain(f"  {skip.source}: {skip.reason}")
    if len(skipped) > SHOWN:
        complain(f"  ... and {len(skipped) - SHOWN} more; run.json lists them all")
    return SOME_SKIPPED


def progress(articles: Iterable[Article], total: int, what: str) -> Iterable[Article]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere."""
    if sys.stderr.isatty():
        return tqdm(articles, total=total, desc=what, unit="article", dynamic_ncols=True)
    return plain_progress(articles, total, what)


def plain_progress(articles: Iterable[Article], total: int, what: str) -> Iterable[Article]:
    """A line now and then."""
    step = max(total // 10, 25)
    for number, article in enumerate(articles, start=1):
        yield article
        if number % step == 0 or number == total:
            complain(f"{what}: {number} of {total} articles")
