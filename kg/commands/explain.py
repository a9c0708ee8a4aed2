"""`kg explain`: why a claim is in the graph, and why an entity is linked or not."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from kg.commands.console import DONE, Commands, add_settings, complain, settings_of
from kg.config import Settings, load_settings
from kg.errors import UsageError
from kg.explain.entity import explain_entity
from kg.explain.entity_references import EntityPlace, find_entity, named, near
from kg.explain.entity_text import entity_text, found_text, local_entities_text
from kg.explain.explanation import Again, explain
from kg.explain.references import ClaimPlace, find_claim
from kg.explain.rules import load_rules
from kg.explain.text import claims_text, explanation_text
from kg.model import Annotation, Entity, Resolution
from kg.model.nameless import without_nameless
from kg.ontology import load_ontology
from kg.rdf.namespaces import Namespaces
from kg.resolve import resolve
from kg.resources import shipped
from kg.run import names
from kg.run.artifacts import read_annotations, read_entities
from kg.run.record import recorded_settings
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.starter import load_starter

_EPILOG = """
a claim: its IRI, at least 4 digits of its hash or of its key, or ARTICLE:N (N counts from 0)
an entity: a QID, the id or IRI of an unlinked one, a name, or ARTICLE:e3 for what one article says of it
ARTICLE alone lists the claims and entities of an article. FILE.jsonl#... means one of that file of annotations instead
of a built folder:
  kg explain 3fa94c --graph out
  kg explain "Ken Livingstone" --graph out
  kg explain 'annotations.jsonl#row-2016:4'
"""


@dataclass(frozen=True)
class _Graph:
    """What there is to explain; `folder` is where a build left it, None for a file of annotations."""

    settings: Settings
    annotations: Sequence[Annotation]
    folder: Path | None

    @cached_property
    def namespaces(self) -> Namespaces:
        return Namespaces(self.settings.base_iri)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return load_starter()

    @cached_property
    def resolution(self) -> Resolution:
        """The entities of the build; of a file, as resolved now."""
        if self.folder is not None:
            return Resolution(tuple(read_entities(self.folder / names.ENTITIES)))
        return resolve([without_nameless(annotation) for annotation in self.annotations], self.gazetteer)


def add(commands: Commands) -> None:
    """Register the command."""
    command = commands.add_parser(
        "explain",
        help="say why a claim is in the graph, or why an entity is linked to Wikidata or not",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("what", metavar="CLAIM_OR_ENTITY", help="which claim or entity (see below)")
    command.add_argument(
        "--graph", type=Path, default=Path("out"), metavar="DIR", help="output folder of a build (default: out)"
    )
    command.add_argument("--quick", action="store_true", help="claims: do not annotate the article anew")
    command.add_argument("--all", action="store_true", help="entities: every article, every candidate")
    command.add_argument("--width", type=int, metavar="N", help="characters a line (default: the terminal's)")
    add_settings(command)
    command.set_defaults(command=_explain)


def _explain(arguments: argparse.Namespace) -> int:
    width = _width(arguments.width)
    reference, graph = _opened(arguments)
    found = _find(reference, graph)
    if isinstance(found, EntityPlace):
        _explain_entity(found, graph, everything=arguments.all, width=width)
    elif isinstance(found, ClaimPlace):
        _explain_claim(found, graph, quick=arguments.quick, width=width)
    elif isinstance(found, Annotation):
        print(claims_text(found, graph.namespaces), end="")
        print(local_entities_text(found, None if graph.folder is None else graph.resolution), end="")
    else:
        print(found_text(reference, found), end="")
    return DONE


def _opened(arguments: argparse.Namespace) -> tuple[str, _Graph]:
    """What is to be explained, and from what."""
    file, sign, rest = arguments.what.rpartition("#")
    if sign and file.endswith(".jsonl"):
        if not Path(file).is_file():
            raise UsageError(f"there is no file {file!r}; name a file of annotations, or a built folder with --graph")
        return rest, _Graph(settings_of(arguments), list(read_annotations(Path(file))), None)
    settings = _settings(arguments)
    return arguments.what, _Graph(
        settings, list(read_annotations(arguments.graph / names.ANNOTATIONS)), arguments.graph
    )


def _find(reference: str, graph: _Graph) -> Annotation | ClaimPlace | EntityPlace | tuple[Entity, ...]:
    """The article, claim or entity that is meant, or the entities of a name that several have.

    UsageError where nothing is meant, or both a claim and an entity.
    """
    if any(annotation.article.id == reference for annotation in graph.annotations):
        return find_claim(reference, graph.annotations, graph.namespaces)
    resolution = graph.resolution
    place = find_entity(reference, graph.annotations, resolution, graph.namespaces)
    if place is not None:
        return place
    entities = named(reference, resolution)
    try:
        claim = find_claim(reference, graph.annotations, graph.namespaces)
    except UsageError as error:
        if entities:
            return EntityPlace(entities[0]) if len(entities) == 1 else entities
        raise UsageError(f"{error}; no entity has that name either{near(reference, resolution)}") from None
    if entities:
        known = ", ".join(entity.id for entity in entities)
        raise UsageError(f"{reference!r} is the start of a claim's hash and the name of {known}; give an id or an IRI")
    return claim


def _explain_entity(place: EntityPlace, graph: _Graph, *, everything: bool, width: int) -> None:
    found = explain_entity(
        place.entity,
        graph.annotations,
        graph.gazetteer,
        graph.resolution,
        iri=graph.namespaces.entity(place.entity.id).value,
        article=place.article,
        everything=everything,
    )
    print(entity_text(found, width=width, everything=everything), end="")


def _explain_claim(place: ClaimPlace, graph: _Graph, *, quick: bool, width: int) -> None:
    settings = graph.settings
    found = explain(
        place,
        graph.annotations,
        resolution=None if graph.folder is None else graph.resolution,
        ontology=load_ontology(shipped("ontology")),
        rules=load_rules(settings.language),
        namespaces=graph.namespaces,
        language=settings.language,
        again=None if quick else _again(place, settings),
    )
    print(explanation_text(found, width=width), end="")


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
