"""The checks of the Wikidata graph and of the comparison graph that shapes cannot make."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.model import Modality, Polarity
from kg.rdf import vocab
from kg.rdf.namespaces import COMMON_PREFIXES, WD, WDS, Namespaces
from kg.verify.problem import Node, Nodes, Problem, ProblemKind, name_of, nodes_of

_P, _PS, _PSV, _WDT, _WDNO = (COMMON_PREFIXES[prefix] for prefix in ("p", "ps", "psv", "wdt", "wdno"))
_PQ, _PQV = COMMON_PREFIXES["pq"], COMMON_PREFIXES["pqv"]
_NODES = (vocab.STATEMENT, vocab.TIME_VALUE_CLASS, vocab.UNKNOWN_VALUE)
_BEST_FIRST = (vocab.RANKS["preferred"], vocab.RANKS["normal"])


def check_wikidata(quads: Iterable[Quad], entities: Nodes, namespaces: Namespaces) -> Iterator[Problem]:
    """What is wrong with Wikidata's statements: whose they are, their ids, which are the best, what is truthy."""
    yield from _WikidataChecker(nodes_of(quads), entities, namespaces).problems()


class _WikidataChecker:
    """The checks of one Wikidata graph."""

    def __init__(self, nodes: Nodes, entities: Nodes, namespaces: Namespaces) -> None:
        self._nodes = nodes
        self._entities = entities
        self._graph = namespaces.wikidata_graph.value
        self._own, self._unknown = f"{namespaces.base}/statement/", f"{namespaces.base}/unknown/"
        self._holders: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, node in nodes.items():
            for predicate, values in node.items():
                if predicate.startswith(_P) and "/" not in predicate.removeprefix(_P):
                    for value in values:
                        self._holders[name_of(value)].append((subject, predicate.removeprefix(_P)))

    def problems(self) -> Iterator[Problem]:
        values = {name_of(v) for node in self._nodes.values() for found in node.values() for v in found}
        for subject, node in self._nodes.items():
            kinds = [kind for kind in _NODES if kind in node.get(vocab.RDF_TYPE.value, ())]
            if vocab.STATEMENT in kinds:
                yield from self._statement(subject, node)
            elif kinds:
                if subject not in values:
                    yield self._problem(ProblemKind.REFERENCE, subject, "no statement has this value")
            else:
                yield from self._item(subject, node, named=subject in values)
        yield from self._truthy()

    def _statement(self, subject: str, node: Node) -> Iterator[Problem]:
        holders = self._holders.get(subject, [])
        if len(holders) != 1:
            yield self._problem(
                ProblemKind.REFERENCE, subject, f"{len(holders)} items have this statement, one is right"
            )
            return
        _, name = holders[0]
        others = {p.removeprefix(_PS) for p in node if p.startswith(_PS) and not p.startswith(_PSV)}
        nothing = NamedNode(_WDNO + name) in node.get(vocab.RDF_TYPE.value, ())
        if others - (set() if nothing else {name}) or any(len(node[_PS + other]) != 1 for other in others):
            message = f"it is a statement of {name!r}, but has values of {sorted(others)!r}"
            yield self._problem(ProblemKind.REFERENCE, subject, message)
        start = self._own if vocab.FROM_INDEX.value in node else WDS
        if not subject.startswith(start):
            yield self._problem(ProblemKind.NAME, subject, f"the IRI of such a statement starts with {start!r}")
        for predicate, found in node.items():
            full = predicate.startswith((_PSV, _PQV))
            if any(name not in self._nodes for name in map(name_of, found) if full or name.startswith(self._unknown)):
                yield self._problem(ProblemKind.REFERENCE, subject, f"{predicate!r} has a value that is not there")

    def _item(self, subject: str, node: Node, *, named: bool) -> Iterator[Problem]:
        label = vocab.LABEL.value in node
        rest = set(node) - {vocab.LABEL.value}
        if subject in self._entities:
            if label:
                yield self._problem(ProblemKind.DUPLICATE, subject, "an entity has its label in the entities graph")
        elif rest or not named:
            message = f"it is neither an entity nor the value of a statement, but has {sorted(node)!r}"
            yield self._problem(ProblemKind.GRAPH, subject, message)

    def _truthy(self) -> Iterator[Problem]:
        """Whether the best rank is marked, and whether `wdt:` is what statements of the best rank say."""
        by_property: dict[tuple[str, str], list[str]] = defaultdict(list)
        for statement, holders in self._holders.items():
            for holder in holders:
                by_property[holder].append(statement)
        expected: dict[tuple[str, str], set[object]] = {}
        nothing: dict[str, set[object]] = defaultdict(set)
        for (item, name), statements in by_property.items():
            ranks = {s: self._nodes.get(s, {}).get(vocab.RANK.value, ()) for s in statements}
            best = next((rank for rank in _BEST_FIRST if any(rank in found for found in ranks.values())), None)
            said = expected.setdefault((item, name), set())
            for statement in statements:
                node = self._nodes.get(statement, {})
                is_best = best is not None and best in ranks[statement]
                if is_best:
                    said.update(node.get(_PS + name, ()))
                    nothing[item] |= {NamedNode(_WDNO + name)} & set(node.get(vocab.RDF_TYPE.value, ()))
                if is_best != (vocab.BEST_RANK in node.get(vocab.RDF_TYPE.value, ())):
                    message = f"it is {'' if is_best else 'not '}of the best rank of {name!r}, but its types differ"
                    yield self._problem(ProblemKind.FACT, statement, message)
        for item, node in self._nodes.items():
            types = set(node.get(vocab.RDF_TYPE.value, ()))
            if types != nothing[item] and types.isdisjoint(_NODES):
                message = f"its types should be {sorted(map(str, nothing[item]))!r}, by statements of the best rank"
                yield self._problem(ProblemKind.FACT, item, message)
            for predicate in node:
                if predicate.startswith(_WDT):
                    expected.setdefault((item, predicate.removeprefix(_WDT)), set())
        for (item, name), said in expected.items():
            found = set(self._nodes.get(item, {}).get(_WDT + name, ()))
            if found != said:
                what = sorted(str(value) for value in found ^ said)
                message = f"'wdt:{name}' is not what the statements of the best rank say: {what!r}"
                yield self._problem(ProblemKind.FACT, item, message)

    def _problem(self, kind: ProblemKind, subject: str, message: str) -> Problem:
        return Problem(kind, self._graph, subject, message)


def check_comparison(graphs: Mapping[str, list[Quad]], entities: Nodes, namespaces: Namespaces) -> Iterator[Problem]:
    """What is wrong with comparisons: the claim, the item and the statement that each names, and how often."""
    graph = namespaces.comparison_graph.value
    comparisons = nodes_of(graphs.get(graph, ()))
    if not comparisons:
        return
    wikidata = nodes_of(graphs.get(namespaces.wikidata_graph.value, ()))
    wanted = {name_of(v) for node in comparisons.values() for v in node.get(vocab.COMPARED_CLAIM.value, ())}
    claims = nodes_of(
        quad
        for name, quads in graphs.items()
        if namespaces.article_key(name) is not None
        for quad in quads
        if name_of(quad.subject) in wanted
    )
    compared: Counter[str] = Counter()
    for subject, node in comparisons.items():
        claim = next(iter(_names(node, vocab.COMPARED_CLAIM)), "")
        compared[claim] += 1
        for kind, message in _comparison(node, claims.get(claim, {}), wikidata, entities):
            yield Problem(kind, graph, subject, message)
        if namespaces.comparison(NamedNode(claim or "urn:none")).value != subject:
            yield Problem(ProblemKind.NAME, graph, subject, f"the IRI does not fit the claim {claim!r}")
    for claim, count in compared.items():
        if count > 1:
            yield Problem(ProblemKind.DUPLICATE, graph, claim, f"the claim is compared {count} times, once is right")


def _comparison(node: Node, claim: Node, wikidata: Nodes, entities: Nodes) -> Iterator[tuple[ProblemKind, str]]:
    if vocab.CLAIM not in claim.get(vocab.RDF_TYPE.value, ()):
        yield (
            ProblemKind.REFERENCE,
            f"'kg:comparedClaim' {_names(node, vocab.COMPARED_CLAIM)!r} is no claim of an article",
        )
        return
    if vocab.MODALITIES[Modality.HYPOTHETICAL] in claim.get(vocab.MODALITY.value, ()):
        yield ProblemKind.COPY, "its claim is hypothetical, which is not compared"
    ends = {*_names(claim, vocab.SUBJECT), *_names(claim, vocab.OBJECT)}
    items, verdicts = _names(node, vocab.COMPARED_ITEM), _names(node, vocab.VERDICT)
    for item in items:
        if item not in entities or item not in ends:
            yield ProblemKind.REFERENCE, f"'kg:comparedItem' {item!r} is neither subject nor object of the claim"
    if vocab.VERDICTS["conflicts"].value in verdicts and not all(end.startswith(WD) for end in ends):
        yield ProblemKind.COPY, "a claim about what is in no knowledge base conflicts with nothing"
    for statement in _names(node, vocab.COMPARED_STATEMENT):
        there = wikidata.get(statement, {})
        if vocab.STATEMENT not in there.get(vocab.RDF_TYPE.value, ()):
            yield ProblemKind.REFERENCE, f"'kg:comparedStatement' {statement!r} is no statement of the Wikidata graph"
            continue
        for item in items:
            for name in _names(node, vocab.COMPARED_PROPERTY):
                held = wikidata.get(item, {}).get(_P + name.removeprefix(WD), ())
                if NamedNode(statement) not in held:
                    yield ProblemKind.REFERENCE, f"{statement!r} is no statement of {item!r} with {name!r}"
        deprecated = vocab.RANKS["deprecated"] in there.get(vocab.RANK.value, ())
        positive = vocab.POLARITIES[Polarity.POSITIVE] in claim.get(vocab.POLARITY.value, ())
        if deprecated and positive and vocab.VERDICTS["conflicts"].value not in verdicts:
            yield ProblemKind.COPY, "a positive claim is held against a deprecated statement, which only conflicts"


def _names(node: Node, predicate: NamedNode) -> list[str]:
    return [name_of(value) for value in node.get(predicate.value, ())]
