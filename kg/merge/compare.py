"""All claims of a run beside Wikidata's statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.merge.case import Case
from kg.merge.decide import decide
from kg.merge.known import Known, Source
from kg.merge.periods import claim_time
from kg.merge.statement_iris import statement_node
from kg.merge.verdict import Comparison
from kg.model import Annotation, Polarity, Resolution
from kg.ontology import Ontology
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.namespaces import Namespaces


def compare_all(
    annotations: Iterable[Annotation],
    resolution: Resolution,
    gazetteer: Source,
    ontology: Ontology,
    namespaces: Namespaces,
    *,
    rejected: Collection[tuple[str, int]] = (),
) -> tuple[Comparison, ...]:
    """One comparison for each claim that can be compared, in the order of the claims; equal claims count once.

    `annotations` are those whose claims are written (`without_nameless`). A claim has no comparison where its relation
    has no Wikidata property, where it is hypothetical, where its subject has no QID, or where the gazetteer has no
    statements of it: what is not known is no addition. `rejected` are claims (article key, place) that people rejected;
    they are left out.
    """
    relations = {r.name: r for r in ontology.relations if r.wikidata or r.wikidata_inverse}
    known, lookup = Known(gazetteer), resolution.lookup()
    found: list[Comparison] = []
    for annotation in annotations:
        if not any(claim.relation in relations for claim in annotation.claims):
            continue
        key, published = annotation.article.key, annotation.article.published
        seen: set[str] = set()
        for number, item in enumerate(claim_nodes(annotation, namespaces)):
            claim, node = item.claim, item.node.value
            relation = relations.get(claim.relation)
            if relation is None or claim.object is None or node in seen or (key, number) in rejected:
                continue
            seen.add(node)
            subject, target = lookup.get((key, claim.subject)), lookup.get((key, claim.object))
            if subject is None or target is None:  # the article's own graph cannot be written then, and says why
                continue
            decision = decide(Case(claim, relation, subject, target, claim_time(claim, published)), known)
            if decision is None:
                continue
            place, statement = decision.place, decision.statement
            iri = None if statement is None else statement_node(place.item, statement, namespaces).value
            found.append(
                Comparison(
                    article=key,
                    claim=number,
                    node=node,
                    verdict=decision.verdict,
                    item=place.item,
                    property=place.property,
                    value=place.value.wikidata,
                    reason=decision.reason,
                    confidence=claim.confidence,
                    statement=statement,
                    statement_iri=iri,
                    negative=claim.polarity is Polarity.NEGATIVE,
                )
            )
    return tuple(found)
