"""Which IRI and which key each claim of an article has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.model import Annotation, Claim
from kg.rdf.evidence import Passages
from kg.rdf.namespaces import Namespaces, claim_key


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """A claim with its IRI and its key."""

    claim: Claim
    node: NamedNode
    key: str


def claim_nodes(annotation: Annotation, namespaces: Namespaces) -> list[ClaimNode]:
    """One for each claim, in the annotation's order; equal claims get the same node.

    StoreError where a claim names a local entity that the annotation does not list.
    """
    article = annotation.article
    article_key = article.key
    passages = Passages(article, annotation.sentences, namespaces)
    names = {entity.id: entity.name for entity in annotation.entities}
    seen: dict[Claim, ClaimNode] = {}
    used: Counter[str] = Counter()
    for claim in annotation.claims:
        if claim in seen:
            continue
        for local in (claim.subject, claim.object):
            if local is not None and local not in names:
                raise StoreError(
                    f"article {article.id!r}: a claim names the local entity {local!r}, which the "
                    "annotation does not list; annotate it again"
                )
        key = claim_key(article_key, claim, sentence=passages.sentence_text(claim.evidence), names=names)
        seen[claim] = ClaimNode(claim, namespaces.claim(key, used[key]), key)
        used[key] += 1
    return [seen[claim] for claim in annotation.claims]
