"""From what somebody types to the entities and relations of the graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.suggest import did_you_mean
from kg.rdf.namespaces import KG, WD
from kg.store.base import Selection, Store, Term
from kg.wikidata.names import fold

_QID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)")
_IRI = re.compile(r"<(?P<bracketed>.*)>|(?P<bare>(?:[a-z][a-z0-9+.-]*://|urn:).*)", re.DOTALL | re.IGNORECASE)
ENTITY_CLASSES = ("Person", "Party", "Organization", "Outlet", "Position", "Place", "Thing")
"""The local names of the classes of entities (docs/rdf-model.md)."""

_NAMES = """
SELECT ?entity ?name ?main WHERE {
  { ?entity rdfs:label ?name . BIND(true AS ?main) }
  UNION { ?entity skos:altLabel ?name . BIND(false AS ?main) }
  %s
}"""
_MAY_BE = "FILTER(CONTAINS(REPLACE(LCASE(?name), '[^a-z0-9]', ''), %s) || REGEX(?name, '[^ -~]'))"
"""Lets through every name that may fold to one with a given ASCII word, and few others."""

_TYPES = "SELECT ?entity ?class WHERE { VALUES ?entity { %s } ?entity a ?class }"
_DESCRIBED = """
SELECT ?entity ?label ?description WHERE {
  VALUES ?entity { %s } ?entity rdfs:label ?label . OPTIONAL { ?entity schema:description ?description }
}"""
_RELATIONS = "SELECT DISTINCT ?relation WHERE { { ?relation a kg:Relation } UNION { ?claim kg:predicate ?relation } }"


@dataclass(frozen=True, slots=True)
class Found:
    """The terms that a value stands for, sorted, and what the user should be told about that."""

    terms: tuple[NamedNode, ...]
    notes: tuple[str, ...] = ()


def find_entities(store: Store, value: str, *, classes: tuple[str, ...] = ENTITY_CLASSES) -> Found:
    """The entities with the name, QID or IRI `value`, of one of the `classes`.

    Names and aliases count alike; letter case, accents and punctuation do not. Every entity of that name is
    found, and a note says which. QueryError where there is none, with the nearest names.
    """
    node = _as_iri(value)
    if node is None:
        return _by_name(store, value, classes)
    kinds = _kinds(store, [node], ENTITY_CLASSES)
    if not kinds:
        raise QueryError(f"nothing in this graph is {value!r}; give a name, a QID or an IRI that it has")
    if not _kinds(store, [node], classes):
        raise QueryError(f"{value!r} is in this graph, as {kinds[node]} and not as {' or '.join(classes)}")
    return Found((node,))


def find_relation(store: Store, value: str) -> Found:
    """The relation `value`, given as `accuses`, `kg:accuses` or an IRI; QueryError where there is none."""
    known = {row[0].value.removeprefix(KG): row[0] for row in _rows(store, _RELATIONS) if isinstance(row[0], NamedNode)}
    name = value.strip().strip("<>").removeprefix(KG).removeprefix("kg:")
    if name not in known:
        hint = did_you_mean(name, known) or f"; there are {', '.join(sorted(known)) or 'none'}"
        raise QueryError(f"there is no relation {value!r} in this graph{hint}")
    return Found((known[name],))


def _as_iri(value: str) -> NamedNode | None:
    plain = value.strip()
    qid = _QID.fullmatch(plain)
    if qid is not None:
        return NamedNode(WD + qid[1])
    match = _IRI.fullmatch(plain)
    if match is None:
        return None
    iri = match["bare"] if match["bracketed"] is None else match["bracketed"]
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{value!r} is not an IRI: {error}") from error


def _by_name(store: Store, value: str, classes: tuple[str, ...]) -> Found:
    wanted = fold(value)
    is_main: dict[NamedNode, bool] = {}
    for entity, name, main in _names(store, wanted):
        if wanted and fold(name) == wanted:
            is_main[entity] = main or is_main.get(entity, False)
    kinds = _kinds(store, is_main, classes)
    if not kinds:
        what = "entity" if classes == ENTITY_CLASSES else " or ".join(classes)
        raise QueryError(f"no {what} of this graph is called {value!r}{_nearest(store, value, classes)}")
    terms = tuple(sorted(kinds, key=lambda term: term.value))
    if len(terms) == 1 and is_main[terms[0]]:
        return Found(terms)
    described = [_described(store, term, kinds[term]) for term in terms]
    if len(terms) == 1:
        return Found(terms, (f"{value!r} stands for {described[0]}",))
    return Found(terms, (f"{value!r} names {len(terms)} entities, and all are used: {'; '.join(described)}",))


def _names(store: Store, wanted: str) -> Iterator[tuple[NamedNode, str, bool]]:
    """Entity, name, and whether it is the label, of all names that may fold to `wanted`; of all for ""."""
    # "and" may come from "&", which the filter does not see.
    words = [word for word in wanted.split() if word.isascii() and word != "and"]
    only = _MAY_BE % Literal(max(words, key=len)) if words else ""
    for entity, name, main in _rows(store, _NAMES % only):
        if isinstance(entity, NamedNode) and isinstance(name, Literal) and isinstance(main, Literal):
            yield entity, name.value, main.value == "true"


def _kinds(store: Store, nodes: Iterable[NamedNode], classes: tuple[str, ...]) -> dict[NamedNode, str]:
    """The class of each of `nodes` that is an entity of one of `classes`."""
    wanted = {KG + name: name for name in classes}
    found = sorted(
        (entity.value, wanted[kind.value])
        for entity, kind in _rows(store, _TYPES % " ".join(map(str, nodes)))
        if isinstance(entity, NamedNode) and isinstance(kind, NamedNode) and kind.value in wanted
    )
    return {NamedNode(entity): name for entity, name in found}


def _nearest(store: Store, value: str, classes: tuple[str, ...]) -> str:
    named = list(_names(store, ""))
    kinds = _kinds(store, {entity for entity, _, _ in named}, classes)
    return did_you_mean(value, (name for entity, name, _ in named if entity in kinds), fold=fold)


def _described(store: Store, term: NamedNode, kind: str) -> str:
    for _, label, description in _rows(store, _DESCRIBED % term):
        if isinstance(label, Literal):
            more = f", {description.value}" if isinstance(description, Literal) else ""
            return f"{label.value} ({kind} {term.value.removeprefix(WD)}{more})"
    return f"{kind} {term.value}"


def _rows(store: Store, text: str) -> Iterator[tuple[Term | None, ...]]:
    result = store.query(text)
    assert isinstance(result, Selection)
    return result.rows()
