"""The dataset as a network: the only place that turns claims into nodes and edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

import networkx as nx

from kg.export.claims import DENIES, ClaimRow, claim_rows
from kg.export.style import relation_style
from kg.model import Annotation, EntityType, Resolution
from kg.rdf.namespaces import KG, Namespaces

MAX_VALUES = 10
"""How many charges, details or sources one edge names; `count` and `weight` count them all."""

CHARGES = frozenset({"accuses", "criticizes"})
"""Relations whose claims' details are charges."""

MEMBER_OF = "memberOf"
ACCUSES = "accuses"


def project(
    annotations: Sequence[Annotation],
    resolution: Resolution,
    *,
    relations: Collection[str] | None = None,
    isolated: bool = False,
    namespaces: Namespaces | None = None,
) -> nx.MultiDiGraph[str]:
    """Entities as nodes and, between two of them, one edge a relation; see `project_rows`."""
    rows = claim_rows(annotations, resolution)
    return project_rows(rows, resolution, relations=relations, isolated=isolated, namespaces=namespaces)


def project_rows(
    rows: Iterable[ClaimRow],
    resolution: Resolution,
    *,
    relations: Collection[str] | None = None,
    isolated: bool = False,
    namespaces: Namespaces | None = None,
) -> nx.MultiDiGraph[str]:
    """The network of the claims that are positive, asserted or reported, and have an object.

    A node is an entity's id with `label`, `type`, `iri`, `degree` and, where known, `qid`, `gender`, `party`
    and `party_id` (the party that most articles say the person belongs to). An edge's key is its relation;
    it has `relation`, `relation_iri`, `label`, `weight` (distinct articles), `count` (claims), `confidence`
    (the highest), `denied` (whether an article carries a denial) and, where known, `first_date`, `last_date`
    (of publication), `sources` (outlets, else article ids), `charges` and `details` (values joined by "|").
    `relations` limits the edges; `isolated` keeps entities without an edge. Nodes and edges come sorted.
    """
    mint = namespaces or Namespaces()
    counted = [row for row in rows if row.counted]
    bundles: dict[tuple[str, str, str], list[ClaimRow]] = defaultdict(list)
    for row in counted:
        if row.object is not None and (relations is None or row.claim.relation in relations):
            bundles[row.subject.id, row.object.id, row.claim.relation].append(row)
    parties = main_parties(counted)
    contradictions = {
        (row.object.id, row.subject.id) for row in counted if row.claim.relation == DENIES and row.object is not None
    }
    ends = {end for source, target, _ in bundles for end in (source, target)}
    names = {entity.id: entity.name for entity in resolution.entities}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in sorted(resolution.entities, key=lambda entity: entity.id):
        if isolated or entity.id in ends:
            party = parties.get(entity.id)
            optional = {
                "qid": entity.wikidata,
                "gender": entity.gender,
                "party": None if party is None else names[party],
                "party_id": party,
            }
            graph.add_node(
                entity.id,
                label=entity.name,
                type=entity.type.value,
                iri=mint.entity(entity.id).value,
                **{name: value for name, value in optional.items() if value is not None},
            )
    for (source, target, relation), bundle in sorted(bundles.items()):
        graph.add_edge(
            source,
            target,
            key=relation,
            **_edge(relation, bundle, answered=(source, target) in contradictions),
        )
    for node, degree in graph.degree():
        graph.nodes[node]["degree"] = degree
    return graph


def main_parties(rows: Iterable[ClaimRow]) -> dict[str, str]:
    """For each member, the id of the party that most articles, then most claims, say it belongs to."""
    articles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        is_party = row.object is not None and row.object.type is EntityType.PARTY
        if row.counted and row.claim.relation == MEMBER_OF and is_party and row.object is not None:
            articles[row.subject.id][row.object.id].append(row.article_key)
    return {
        member: min(keys, key=lambda party: (-len(set(keys[party])), -len(keys[party]), party))
        for member, keys in sorted(articles.items())
    }


def _edge(relation: str, bundle: Sequence[ClaimRow], *, answered: bool) -> dict[str, object]:
    dates = [row.article.published for row in bundle if row.article.published is not None]
    details = [row.claim.detail for row in bundle if row.claim.detail]
    optional: dict[str, object] = {
        "sources": _joined(row.article.outlet or row.article.id for row in bundle),
        "charges" if relation in CHARGES else "details": _joined(details),
        "first_date": str(min(dates)) if dates else "",
        "last_date": str(max(dates, key=lambda date: (date.latest, date.earliest))) if dates else "",
    }
    return {
        "relation": relation,
        "relation_iri": KG + relation,
        "label": relation_style(relation).active,
        "weight": len({row.article_key for row in bundle}),
        "count": len(bundle),
        "confidence": max(row.claim.confidence for row in bundle),
        "denied": any(row.denials for row in bundle) or (answered and relation == ACCUSES),
        **{name: value for name, value in optional.items() if value},
    }


def _joined(values: Iterable[str]) -> str:
    """The commonest `MAX_VALUES` values, letter case and spaces aside, joined by "|"."""
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for value in values:
        plain = " ".join(value.replace("|", "/").split())
        if plain:
            spellings.setdefault(plain.casefold(), plain)
            counts[plain.casefold()] += 1
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return "|".join(spellings[key] for key in ranked[:MAX_VALUES])
