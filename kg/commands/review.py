"""`kg review`: people look at claims and links, and decide."""

from __future__ import annotations

import argparse
import getpass
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.commands.built import Built, open_built
from kg.commands.console import DONE, SHOWN, SOME_SKIPPED, Commands, complain
from kg.errors import UsageError
from kg.explain.entity_references import find_entity, named, near
from kg.explain.references import find_claim
from kg.merge.compare import compare_all
from kg.merge.verdict import Verdict as Beside
from kg.model import Annotation, Entity
from kg.model.decision import NO_DECISIONS, Decision, JudgedClaim, NameKey, Verdict
from kg.ontology import load_ontology
from kg.query.suggest import did_you_mean
from kg.resolve.members import Place
from kg.resources import shipped
from kg.review.decide import Desk, check_apart, check_pair, check_qid
from kg.review.file import decisions_path, read_decisions
from kg.review.judged import judged_claim
from kg.review.keys import entity_keys
from kg.review.material import Material
from kg.review.queue import Task, Wanted, review_queue
from kg.review.session import HELP, Session, Terminal
from kg.review.show import task_line
from kg.review.status import status_text
from kg.review.words import decision_row, decision_words
from kg.run import names
from kg.run.record import read_record

_EPILOG = f"""
Without an action it goes through what needs eyes, one after the other, and asks for a key:
{HELP}
CLAIM is a claim's IRI, at least 4 digits of its hash or key, or ARTICLE:N. ENTITY is a QID, the id or IRI of an
unlinked one, a name, or ARTICLE:e3 for what one article means. Decisions are lines of a file of their own, which no
build changes; --rebuild, or the next kg build, puts them into the graph. See docs/review.md.
"""


def add(commands: Commands) -> None:
    """Register the command."""
    review = commands.add_parser(
        "review",
        help="look at claims and links that need eyes, and decide: accept, reject, other item, same, never, NIL",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    review.add_argument("graph", type=Path, metavar="DIR", help="output folder of a build")
    review.add_argument("--reviewer", metavar="NAME", help="who decides (default: your name on this machine)")
    review.add_argument("--decisions", metavar="FILE", help="the decisions (default: decisions.jsonl in DIR)")
    what = review.add_argument_group("which part of the work")
    what.add_argument("--relation", metavar="NAME", help="claims of this relation")
    what.add_argument("--entity", metavar="ENTITY", help="this entity and the claims about it")
    what.add_argument("--article", metavar="ARTICLE", help="the claims and entities of this article")
    what.add_argument("--below", type=float, metavar="X", help="what is less sure than X (0 to 1)")
    kinds = what.add_mutually_exclusive_group()
    kinds.add_argument("--claims", action="store_true", help="claims only")
    kinds.add_argument("--links", action="store_true", help="links only")
    what.add_argument("--again", action="store_true", help="what you skipped, too")
    does = review.add_argument_group("actions")
    does.add_argument("--accept", action="append", default=[], metavar="CLAIM", help="the passage says so")
    does.add_argument("--reject", action="append", default=[], metavar="CLAIM", help="the passage does not say so")
    does.add_argument("--link", action="append", default=[], nargs=2, metavar=("ENTITY", "QID"), help="it is that item")
    does.add_argument("--nil", action="append", default=[], metavar="ENTITY", help="it is in no knowledge base")
    does.add_argument("--same", action="append", default=[], nargs=2, metavar=("A", "B"), help="two entities are one")
    does.add_argument("--never", action="append", default=[], nargs=2, metavar=("A", "B"), help="they never are")
    does.add_argument("--undo", nargs="?", const="", metavar="ID", help="take a decision back (default: your last one)")
    does.add_argument("--why", default="", metavar="TEXT", help="the reason for what is decided")
    does.add_argument("--list", action="store_true", help="what there is to do, a line each")
    does.add_argument("--status", action="store_true", help="what was decided, what waits, who contradicts whom")
    does.add_argument("--rebuild", action="store_true", help="put the decisions into the graph now")
    review.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; flags win over it")
    review.add_argument("--index", metavar="FILE", help="a Wikidata index (default: the one of the build)")
    review.add_argument("--width", type=int, metavar="N", help="characters a line (default: the terminal's)")
    review.set_defaults(command=_review)


def _review(arguments: argparse.Namespace) -> int:
    graph = open_built(arguments)
    folder: Path = arguments.graph
    path = decisions_path(folder, graph.settings.decisions)
    reviewer = " ".join((arguments.reviewer or _own_name()).split())
    if not reviewer:
        raise UsageError("the reviewer has no name; give one with --reviewer")
    desk = Desk(path, reviewer, lambda: datetime.now(UTC))
    material, wanted, width = _material(graph), _wanted(arguments, graph), _width(arguments.width)
    acted = _act(arguments, graph, material, desk)
    if arguments.list:
        material, tasks = _tasks(wanted, graph, material, desk)
        for task in tasks:
            print(task_line(task, material))
    if not (acted or arguments.list or arguments.status or arguments.rebuild):
        acted = _sit(wanted, graph, material, desk, width=width)
    if arguments.rebuild:
        _rebuild(graph, folder)
    elif acted:
        print(f"kg review {folder} --rebuild, or the next kg build, puts this into the graph")
    if arguments.status:
        decisions = read_decisions(path)
        print(f"{path}: {status_text(decisions, graph.graph_annotations, graph.namespaces, most=SHOWN)}", end="")
        if (read_record(folder / names.RECORD).decisions or NO_DECISIONS.digest) != decisions.digest:
            print(f"the graph was built with other decisions; kg review {folder} --rebuild brings it up to date")
    damaged = read_decisions(path).damaged
    for damage in damaged[:SHOWN]:
        complain(f"{path}:{damage.line} is no decision and was left alone: {damage.reason}")
    return SOME_SKIPPED if damaged else DONE


def _material(graph: Built) -> Material:
    return Material(graph.graph_annotations, graph.resolution, graph.gazetteer, graph.namespaces)


def _act(arguments: argparse.Namespace, graph: Built, material: Material, desk: Desk) -> bool:
    """Do what the flags say, in one fixed order; whether there was anything. Where one is wrong, nothing is done."""
    claims = [(Verdict.ACCEPT, _claim(reference, graph)) for reference in arguments.accept]
    claims += [(Verdict.REJECT, _claim(reference, graph)) for reference in arguments.reject]
    links = [(_keys(reference, graph, material), qid) for reference, qid in arguments.link]
    links += [(_keys(reference, graph, material), None) for reference in arguments.nil]
    pairs = [(Verdict.SAME, *_two(two, graph, material)) for two in arguments.same]
    pairs += [(Verdict.NEVER, *_two(two, graph, material)) for two in arguments.never]
    for verdict, one, other in pairs:
        check_pair(verdict, one.entity, other.entity)
        check_apart(one.keys, other.keys)
    for _, qid in links:
        check_qid(qid)
    why: str = arguments.why
    if why and not (claims or links or pairs):
        raise UsageError("--why is the reason of a decision, and there is none; add --reject, --link or another")
    for verdict, claim in claims:
        _tell(desk.judge(verdict, claim, reason=why))
    for keys, qid in links:
        _tell(desk.link(keys.keys, qid, reason=why))
    for verdict, one, other in pairs:
        _tell(desk.pair(verdict, one.keys, other.keys, reason=why))
    if arguments.undo is not None:
        print(f"undone: {decision_words(desk.undo(arguments.undo or None))}")
    return bool(claims or links or pairs or arguments.undo is not None)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """An entity that a flag names, and the keys by which a decision finds it."""

    entity: Entity
    keys: tuple[NameKey, ...]


def _tell(decision: Decision | None) -> None:
    print("decided already, nothing was added" if decision is None else f"saved {decision_row(decision)}")


def _claim(reference: str, graph: Built) -> JudgedClaim:
    place = find_claim(reference, graph.annotations, graph.namespaces)
    if isinstance(place, Annotation):
        raise UsageError(f"{reference!r} is an article; name one of its claims, such as {reference}:0")
    return judged_claim(place.annotation, place.index, graph.namespaces)


def _entity(reference: str, graph: Built) -> tuple[Entity, tuple[Place, ...] | None]:
    """The entity that is meant, and its places where one article's part of it is."""
    place = find_entity(reference, graph.annotations, graph.resolution, graph.namespaces)
    if place is not None:
        here = None if place.article is None or place.local is None else ((place.article, place.local),)
        return place.entity, here
    entities = named(reference, graph.resolution)
    if not entities:
        raise UsageError(
            f"{reference!r} is no entity of this graph{near(reference, graph.resolution)}; give a QID, an id, a name "
            "or ARTICLE:e3"
        )
    if len(entities) > 1:
        some = ", ".join(entity.id for entity in entities[:5])
        raise UsageError(f"{reference!r} may mean {len(entities)} entities ({some}); give one of the ids")
    return entities[0], None


def _keys(reference: str, graph: Built, material: Material) -> _Keyed:
    entity, only = _entity(reference, graph)
    return _Keyed(entity, entity_keys(entity, material, only=only))


def _two(two: Sequence[str], graph: Built, material: Material) -> tuple[_Keyed, _Keyed]:
    return _keys(two[0], graph, material), _keys(two[1], graph, material)


def _wanted(arguments: argparse.Namespace, graph: Built) -> Wanted:
    relations = {relation.name for relation in load_ontology(shipped("ontology")).relations}
    relation, below = arguments.relation, arguments.below
    if relation is not None and relation not in relations:
        raise UsageError(f"there is no relation {relation!r}{did_you_mean(relation, relations)}")
    if below is not None and not 0.0 <= below <= 1.0:
        raise UsageError(f"--below is {below!r}; a number from 0 to 1 is needed")
    articles = {annotation.article.id: annotation.article.key for annotation in graph.annotations}
    article = arguments.article
    if article is not None and article not in articles:
        raise UsageError(f"there is no article {article!r} here{did_you_mean(article, articles)}")
    return Wanted(
        relation=relation,
        entity=None if arguments.entity is None else _entity(arguments.entity, graph)[0],
        article=None if article is None else articles[article],
        below=below,
        claims=not arguments.links,
        links=not arguments.claims,
        again=arguments.again,
    )


def _tasks(wanted: Wanted, graph: Built, material: Material, desk: Desk) -> tuple[Material, tuple[Task, ...]]:
    """What is to be done now, and the material with what Wikidata has beside the claims."""
    found = compare_all(
        graph.graph_annotations, graph.resolution, graph.gazetteer, load_ontology(shipped("ontology")), graph.namespaces
    )
    differs = {(one.article, one.claim): one.reason for one in found if one.verdict is Beside.CONFLICTS}
    material = replace(material, differs=differs)
    decisions = read_decisions(desk.path)
    return material, review_queue(material, decisions, reviewer=desk.reviewer, wanted=wanted)


def _sit(wanted: Wanted, graph: Built, material: Material, desk: Desk, *, width: int) -> bool:
    """Go through the queue with whoever sits at the terminal; whether anything was decided."""
    material, tasks = _tasks(wanted, graph, material, desk)
    if not tasks:
        print("nothing is left to review; --status shows what was decided, --again what you skipped")
        return False
    print(
        f"{_count(len(tasks), 'thing')} to review, as {desk.reviewer}; decisions go to {desk.path}; ? explains the keys"
    )
    session = Session(material, desk, Terminal(_ask, print, width), lambda name: _entity(name, graph))
    count = session.run(tasks)
    print(f"\n{_count(count, 'decision')} saved in {desk.path}")
    return count > 0


def _ask(question: str) -> str | None:
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        return None


def _rebuild(graph: Built, folder: Path) -> None:
    from kg import pipeline  # spaCy loads slowly

    result = pipeline.renew(folder, graph.settings, now=lambda: datetime.now(UTC))
    if result.changed:
        print(f"{folder}: {result.entities} entities, {result.claims} claims in {result.seconds:.1f} s")
    else:
        print(f"{folder}: everything is up to date, nothing was changed")


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _width(given: int | None) -> int:
    if given is not None and given < 40:
        raise UsageError(f"--width is {given!r}; at least 40 is needed")
    return given or (min(shutil.get_terminal_size().columns, 120) if sys.stdout.isatty() else 110)
