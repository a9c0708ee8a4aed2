"""The command line: picks the command, and turns what goes wrong into a sentence and an exit code.

Only this layer (here and kg/commands) prints or exits.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from kg import __version__
from kg.commands import build, evaluate, explain, export, query, review, verify, wikidata
from kg.commands.console import DONE, FAILED, USAGE, complain
from kg.errors import ConfigError, KgError, QueryError, UsageError

_COMMANDS = (build, query, explain, export, review, verify, evaluate, wikidata)


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
        complain(f"kg: {error}")
        return USAGE
    except KgError as error:
        complain(f"kg: {error}")
        return FAILED
    except KeyboardInterrupt:
        complain("kg: stopped; nothing half-written was left behind")
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
    for module in _COMMANDS:
        module.add(commands)
    return parser


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
