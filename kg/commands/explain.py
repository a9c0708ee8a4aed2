"""`kg explain`: why a claim is in the graph."""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import fields
from pathlib import Path

from kg.commands.console import DONE, Commands, add_settings, complain, settings_of
from kg.config import Settings, load_settings
from kg.errors import UsageError
from kg.explain.explanation import Again, explain
from kg.explain.references import ClaimPlace, find_claim
from kg.explain.rules import load_rules
from kg.explain.text import claims_text, explanation_text
from kg.model import Annotation, Resolution
from kg.ontology import load_ontology
from kg.rdf.namespaces import Namespaces
from kg.resources import shipped
from kg.run import names
from kg.run.artifacts import read_annotations, read_entities
from kg.run.record import recorded_settings

_EPILOG = """
CLAIM is a claim's IRI, at least 4 digits of its hash or of its key, or ARTICLE:N (N counts from 0); ARTICLE alone lists
the claims of an article. FILE.jsonl#... means a claim of that file of annotations instead of a built folder:
  kg explain 3fa94c --graph out
  kg explain 'annotations.jsonl#row-2016:4'
"""


def add(commands: Commands) -> None:
    """Register the command."""
    command = commands.add_parser(
        "explain",
        help="say why a claim is in the graph: passage, rule, words, confidence, answers",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("claim", metavar="CLAIM", help="which claim (see below)")
    command.add_argument(
        "--graph", type=Path, default=Path("out"), metavar="DIR", help="output folder of a build (default: out)"
    )
    command.add_argument("--quick", action="store_true", help="do not annotate the article anew")
    command.add_argument("--width", type=int, metavar="N", help="characters a line (default: the terminal's)")
    add_settings(command)
    command.set_defaults(command=_explain)


def _explain(arguments: argparse.Namespace) -> int:
    file, sign, rest = arguments.claim.rpartition("#")
    resolution: Resolution | None = None
    if sign and file.endswith(".jsonl"):
        if not Path(file).is_file():
            raise UsageError(f"there is no file {file!r}; name a file of annotations, or a built folder with --graph")
        reference, settings = rest, settings_of(arguments)
        annotations = list(read_annotations(Path(file)))
    else:
        reference, settings = arguments.claim, _settings(arguments)
        annotations = list(read_annotations(arguments.graph / names.ANNOTATIONS))
        resolution = Resolution(tuple(read_entities(arguments.graph / names.ENTITIES)))
    namespaces = Namespaces(settings.base_iri)
    place = find_claim(reference, annotations, namespaces)
    if isinstance(place, Annotation):
        print(claims_text(place, namespaces), end="")
        return DONE
    ontology = load_ontology(shipped("ontology"))
    found = explain(
        place,
        annotations,
        resolution=resolution,
        ontology=ontology,
        rules=load_rules(settings.language),
        namespaces=namespaces,
        language=settings.language,
        again=None if arguments.quick else _again(place, settings),
    )
    print(explanation_text(found, width=_width(arguments.width)), end="")
    return DONE


def _settings(arguments: argparse.Namespace) -> Settings:
    """The settings that the folder was built with; flags win over them."""
    missing = [
        name for name in (names.ANNOTATIONS, names.ENTITIES, names.RECORD) if not (arguments.graph / name).exists()
    ]
    if missing:
        raise UsageError(
            f"{str(arguments.graph)!r} is no output of a build: {', '.join(missing)} missing; name one with "
            "--graph, or give FILE.jsonl#ARTICLE:N"
        )
    known = {field.name for field in fields(Settings)}
    recorded = {
        name: value for name, value in recorded_settings(arguments.graph / names.RECORD).items() if name in known
    }
    given = {name: getattr(arguments, name, None) for name in known}
    return load_settings(
        arguments.config, {**recorded, **{name: value for name, value in given.items() if value is not None}}
    )


def _again(place: ClaimPlace, settings: Settings) -> Again | None:
    from kg.annotator import Annotator, Examined  # spaCy loads slowly
    from kg.explain.again import compare
    from kg.wikidata.starter import load_starter

    annotator = Annotator(settings, load_ontology(shipped("ontology")), load_starter())
    result = annotator.examine(place.annotation.article)
    if not isinstance(result, Examined):
        complain(f"the article is not annotated anew: {result.reason}")
        return None
    same = place.annotation.annotator == annotator.digest
    return compare(place, result.annotation, result.scene, result.findings, same_program=same)


def _width(given: int | None) -> int:
    if given is not None and given < 40:
        raise UsageError(f"--width is {given!r}; at least 40 is needed")
    return given or (min(shutil.get_terminal_size().columns, 120) if sys.stdout.isatty() else 110)
