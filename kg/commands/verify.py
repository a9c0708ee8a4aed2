"""`kg verify`: check a built folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from kg.commands.console import DONE, FAILED, SHOWN, Commands


def add(commands: Commands) -> None:
    """Register the command."""
    verify = commands.add_parser("verify", help="check a built folder: evidence, graphs, shapes, derived triples")
    verify.add_argument("folder", type=Path, metavar="DIR", help="output folder of a build")
    verify.set_defaults(command=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    from kg.run.check import verify_folder  # SHACL loads slowly

    with tqdm(desc="checking", unit="graph", disable=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        problems, checked = verify_folder(arguments.folder, progress=show)
    for problem in problems[:SHOWN]:
        print(f"{problem.kind.value}: {problem.message}\n  graph {problem.graph}\n  subject {problem.subject}")
    if len(problems) > SHOWN:
        print(f"... and {len(problems) - SHOWN} more")
    print(f"{checked} triples checked, {len(problems)} problems")
    return FAILED if problems else DONE
