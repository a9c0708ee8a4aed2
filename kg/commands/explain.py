"""`kg explain`: why a claim is in the graph, and why an entity is linked or not."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from kg.commands.built import Built, open_built
from kg.commands.console import DONE, Commands, add_settings, complain, settings_of
from kg.errors import UsageError
from kg.explain.entity import explain_entity
from kg.explain.entity_references import EntityPlace, find_entity, named, near
from kg.explain.entity_text import entity_text, found_text, local_entities_text
from kg.explain.explanation import Again, explain
from kg.explain.references import ClaimPlace, find_claim, is_hash, near_article
from kg.explain.rules import load_rules
from kg.explain.text import claims_text, explanation_text
from kg.export.beside import Beside, Review, in_words, review_of
from kg.merge.compare import compare_all
from kg.merge.known import Known
from kg.model import Annotation, Entity
from kg.model.nameless import without_nameless
from kg.ontology import Ontology, load_ontology
from kg.rdf.claim_nodes import claim_nodes
from kg.resources import shipped
from kg.review.judged import judged_claims
from kg.run.artifacts import read_annotations

_EPILOG = """
a claim: its IRI, at least 4 digits of its hash or of its key, or ARTICLE:N (N counts from 0)
an entity: a QID, the id or IRI of an unlinked one, a name, or ARTICLE:e3 for what one article says of it
ARTICLE alone lists the claims and entities of an article. FILE.jsonl#... means one of that file of annotations instead
of a built folder:
  kg explain 3fa94c --graph out
  kg explain "Ken Livingstone" --graph out
  kg explain 'annotations.jsonl#row-2016:4'
"""


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


def _opened(arguments: argparse.Namespace) -> tuple[str, Built]:
    """What is to be explained, and from what."""
    file, sign, rest = arguments.what.rpartition("#")
    if sign and file.endswith(".jsonl"):
        if not Path(file).is_file():
            raise UsageError(f"there is no file {file!r}; name a file of annotations, or a built folder with --graph")
        return rest, Built(settings_of(arguments), list(read_annotations(Path(file))))
    return arguments.what, open_built(arguments, hint=", or give FILE.jsonl#ARTICLE:N")


def _find(reference: str, graph: Built) -> Annotation | ClaimPlace | EntityPlace | tuple[Entity, ...]:
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
        raise UsageError(_unknown(reference, graph) or str(error)) from None
    if entities:
        known = ", ".join(entity.id for entity in entities)
        raise UsageError(f"{reference!r} is the start of a claim's hash and the name of {known}; give an id or an IRI")
    return claim


def _unknown(reference: str, graph: Built) -> str:
    """What to say of a reference that means nothing; "" where what was said of claims is enough."""
    article, sign, number = reference.rpartition(":")
    known = sign and number.isdecimal() and any(one.article.id == article for one in graph.annotations)
    if known or is_hash(reference):
        return ""
    hint = near_article(reference, graph.annotations) or near(reference, graph.resolution)
    return (
        f"{reference!r} is no claim and no entity here{hint}; give a claim's IRI, hash or ARTICLE:N, or an entity's "
        "QID, id, name or ARTICLE:e3; ARTICLE alone lists those of an article"
    )


def _explain_entity(place: EntityPlace, graph: Built, *, everything: bool, width: int) -> None:
    found = explain_entity(
        place.entity,
        graph.annotations,
        graph.gazetteer,
        graph.resolution,
        iri=graph.namespaces.entity(place.entity.id).value,
        article=place.article,
        everything=everything,
        decisions=graph.decisions,
    )
    print(entity_text(found, width=width, everything=everything), end="")


def _explain_claim(place: ClaimPlace, graph: Built, *, quick: bool, width: int) -> None:
    settings = graph.settings
    ontology = load_ontology(shipped("ontology"))
    found = explain(
        place,
        graph.annotations,
        resolution=None if graph.folder is None else graph.resolution,
        ontology=ontology,
        rules=load_rules(settings.language),
        namespaces=graph.namespaces,
        language=settings.language,
        again=None if quick else _again(place, graph),
        beside=None if graph.folder is None else _beside(place, graph, ontology),
        review=_review(place, graph),
    )
    print(explanation_text(found, width=width), end="")


def _beside(place: ClaimPlace, graph: Built, ontology: Ontology) -> Beside | None:
    node = claim_nodes(place.annotation, graph.namespaces)[place.index].node.value
    annotation = without_nameless(place.annotation)
    compared = compare_all([annotation], graph.resolution, graph.gazetteer, ontology, graph.namespaces)
    known = Known(graph.gazetteer)
    return next((in_words(one, known.label) for one in compared if one.node == node), None)


def _review(place: ClaimPlace, graph: Built) -> Review | None:
    judged = judged_claims(graph.decisions, [place.annotation], graph.namespaces)
    decision = judged.get((place.annotation.article.key, place.index))
    return None if decision is None else review_of(decision)


def _again(place: ClaimPlace, graph: Built) -> Again | None:
    from kg.annotator import Annotator, Examined  # spaCy loads slowly
    from kg.explain.again import compare

    annotator = Annotator(graph.settings, load_ontology(shipped("ontology")), graph.gazetteer)
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
