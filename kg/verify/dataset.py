"""Goes through the graphs of a dataset, one after the other and side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf import vocab
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import WD, Namespaces
from kg.rdf.shacl import Violation, load_shapes, violations
from kg.rdf.terms import ontology_quads
from kg.verify.article import ArticleChecker
from kg.verify.problem import Nodes, Problem, ProblemKind, name_of, nodes_of
from kg.verify.review import check_review
from kg.verify.wikidata import check_comparison, check_wikidata

_BATCH = 20_000
"""So many triples at least are given to the shapes at once."""
_ARTICLE_CLASSES = (
    vocab.ARTICLE,
    vocab.CLAIM,
    vocab.TARGET,
    vocab.QUOTATION,
    vocab.MENTION,
    vocab.ACTIVITY,
    vocab.QUALIFIER_CLASS,
)


def verify(
    quads: Iterable[Quad],
    texts: Mapping[str, str],
    namespaces: Namespaces,
    ontology_folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> list[Problem]:
    """All problems of a dataset, sorted; an empty list where there is none.

    `texts` gives each article key the text that offsets point into; `ontology_folder` holds kg.ttl and
    shapes.ttl; `progress` is called before each shape check and at the end with (graphs done, graphs in all).
    """
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        name = quad.graph_name
        graphs["" if isinstance(name, DefaultGraph) else name.value].append(quad)
    problems: set[Problem] = set()
    problems.update(_strange_graphs(graphs, namespaces))
    problems.update(_duplicates(graphs))
    problems.update(_facts(graphs, namespaces))
    problems.update(_ontology(graphs, namespaces, ontology_folder))
    entities = nodes_of(graphs.get(namespaces.entities_graph.value, ()))
    problems.update(_entity_names(entities, namespaces))
    problems.update(_strays(namespaces.entities_graph.value, entities, vocab.ENTITY_CLASSES.values()))
    review = namespaces.review_graph.value
    problems.update(_strays(review, nodes_of(graphs.get(review, ())), [vocab.DECISION]))
    problems.update(check_review(graphs, namespaces, entities))
    wikidata, comparison = namespaces.wikidata_graph.value, namespaces.comparison_graph.value
    problems.update(check_wikidata(graphs.get(wikidata, ()), entities, namespaces))
    problems.update(_strays(comparison, nodes_of(graphs.get(comparison, ())), [vocab.COMPARISON]))
    problems.update(check_comparison(graphs, entities, namespaces))
    shapes = load_shapes(ontology_folder)
    articles = {name: key for name in graphs if (key := namespaces.article_key(name)) is not None}
    shaped = sorted({*articles, namespaces.entities_graph.value, review, comparison, wikidata} & graphs.keys())
    for done, graph in enumerate(shaped):
        if progress is not None:
            progress(done, len(shaped))
        for found in _shape_violations(graphs[graph], shapes, wikidata=graph == wikidata):
            value = f", value {found.value!r}" if found.value else ""
            message = f"{found.path or 'the node'}{value}: {found.message}"
            problems.add(Problem(ProblemKind.SHAPE, graph, found.focus, message))
        if graph in articles:
            nodes = nodes_of(graphs[graph])
            problems.update(_strays(graph, nodes, _ARTICLE_CLASSES))
            checker = ArticleChecker(graph, articles[graph], nodes, namespaces)
            problems.update(checker.evidence(texts))
            problems.update(checker.references(entities.keys()))
            problems.update(checker.names())
            problems.update(checker.copies())
    if progress is not None:
        progress(len(shaped), len(shaped))
    return sorted(problems)


def _shape_violations(quads: list[Quad], shapes: rdflib.Graph, *, wikidata: bool) -> Iterator[Violation]:
    """What breaks the shapes.

    Of the Wikidata graph without its labels, and some nodes at a time, so that a large one needs little memory: its
    shapes look at single nodes.
    """
    if not wikidata:
        yield from violations(quads, shapes)
        return
    batch: list[Quad] = []
    last = None
    for quad in sorted(quads, key=lambda quad: str(quad.subject)):
        if len(batch) >= _BATCH and quad.subject != last:
            yield from violations(batch, shapes)
            batch = []
        if quad.predicate != vocab.LABEL:
            batch.append(quad)
        last = quad.subject
    if batch:
        yield from violations(batch, shapes)


def _strange_graphs(graphs: Mapping[str, list[Quad]], namespaces: Namespaces) -> Iterator[Problem]:
    known = {
        namespaces.entities_graph.value,
        namespaces.facts_graph.value,
        namespaces.wikidata_graph.value,
        namespaces.comparison_graph.value,
        namespaces.review_graph.value,
        namespaces.ontology_graph.value,
    }
    for graph, quads in graphs.items():
        if graph not in known and namespaces.article_key(graph) is None:
            for quad in quads:
                yield Problem(
                    ProblemKind.GRAPH,
                    graph,
                    name_of(quad.subject),
                    f"the triple {str(quad.triple)!r} stands in a graph that is none of the model's",
                )


def _strays(graph: str, nodes: Nodes, classes: Iterable[NamedNode]) -> Iterator[Problem]:
    known = set(classes)
    for subject, node in nodes.items():
        if known.isdisjoint(node.get(vocab.RDF_TYPE.value, ())):
            predicates = sorted(node)
            message = f"it is of no class that belongs into this graph, but has {predicates!r}"
            yield Problem(ProblemKind.GRAPH, graph, subject, message)


def _duplicates(graphs: Mapping[str, list[Quad]]) -> Iterator[Problem]:
    first: dict[Triple, str] = {}
    for graph in sorted(graphs):
        for quad in graphs[graph]:
            other = first.setdefault(quad.triple, graph)
            if other != graph:
                message = f"the triple {str(quad.triple)!r} stands in {other!r} too"
                yield Problem(ProblemKind.DUPLICATE, graph, name_of(quad.subject), message)


def _facts(graphs: Mapping[str, list[Quad]], namespaces: Namespaces) -> Iterator[Problem]:
    claims = (quad for graph in graphs if namespaces.article_key(graph) is not None for quad in graphs[graph])
    expected = set(fact_quads(claims, namespaces))
    found = set(graphs.get(namespaces.facts_graph.value, ()))
    yield from _differences(ProblemKind.FACT, expected, found, "claims support it", "no claim supports it")


def _ontology(graphs: Mapping[str, list[Quad]], namespaces: Namespaces, folder: Path) -> Iterator[Problem]:
    expected = set(ontology_quads(folder, namespaces))
    found = set(graphs.get(namespaces.ontology_graph.value, ()))
    if found:
        yield from _differences(ProblemKind.ONTOLOGY, expected, found, "the ontology has it", "the ontology has it not")
    else:
        yield Problem(ProblemKind.ONTOLOGY, namespaces.ontology_graph.value, "", "the graph is empty")


def _differences(
    kind: ProblemKind, expected: set[Quad], found: set[Quad], why_expected: str, why_not: str
) -> Iterator[Problem]:
    for wrong, what, why in (
        (expected - found, "is missing", why_expected),
        (found - expected, "is there", why_not),
    ):
        for quad in wrong:
            message = f"the triple {str(quad.triple)!r} {what}, but {why}"
            yield Problem(kind, name_of(quad.graph_name), name_of(quad.subject), message)


def _entity_names(entities: Nodes, namespaces: Namespaces) -> Iterator[Problem]:
    graph = namespaces.entities_graph.value
    for subject, node in entities.items():
        qids = [value.value for value in node.get(vocab.WIKIDATA_ID.value, ()) if isinstance(value, Literal)]
        expected = [subject.removeprefix(WD)] if subject.startswith(WD) else []
        if qids != expected:
            message = f"kg:wikidataId is {qids!r}, but the IRI asks for {expected!r}"
            yield Problem(ProblemKind.NAME, graph, subject, message)
