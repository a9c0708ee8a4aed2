"""The materialise stage: annotations and entities to the RDF dataset, and from that to what people look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.config import Settings
from kg.export.beside import reviews_of
from kg.export.gexf import write_gexf
from kg.export.graph import project
from kg.export.layout import layout
from kg.export.report import write_report
from kg.ingest.skipped import Skipped
from kg.merge.compare import compare_all
from kg.merge.comparison_graph import comparison_quads
from kg.merge.known import Known
from kg.merge.statements import wikidata_quads
from kg.merge.verdict import Comparison
from kg.model import Annotation, Resolution
from kg.model.decision import Decisions, Verdict
from kg.model.nameless import without_nameless
from kg.ontology import Ontology
from kg.rdf.facts import fact_quads
from kg.rdf.namespaces import Namespaces
from kg.rdf.terms import article_quads, entity_quads, ontology_quads
from kg.rdf.trig import write_trig
from kg.resources import shipped
from kg.review.judged import judged_claims, without_rejected
from kg.review.quads import review_quads
from kg.run.artifacts import write_annotations, write_entities
from kg.run.names import ANNOTATIONS, ENTITIES, GEXF, REPORT, STORE, TRIG
from kg.store.oxigraph import build_store
from kg.wikidata.gazetteer import Gazetteer


def write_outputs(
    staging: Path,
    annotations: Sequence[Annotation],
    resolution: Resolution,
    decisions: Decisions,
    skipped: Sequence[Skipped],
    settings: Settings,
    ontology: Ontology,
    namespaces: Namespaces,
    gazetteer: Gazetteer,
) -> tuple[Comparison, ...]:
    """Write the artifacts, the dataset, the GEXF and the report of one build into the folder `staging`.

    The claims beside what `gazetteer` knows of Wikidata come back.

    What reviewers rejected stays in the dataset, marked, and is in nothing that is made of it.
    """
    write_annotations(staging / ANNOTATIONS, annotations)
    annotations = [without_nameless(annotation) for annotation in annotations]
    write_entities(staging / ENTITIES, resolution.entities)
    judged = judged_claims(decisions, annotations, namespaces)
    rejected = {place for place, decision in judged.items() if decision.verdict is Verdict.REJECT}
    comparisons = compare_all(annotations, resolution, gazetteer, ontology, namespaces, rejected=rejected)
    lookup = resolution.lookup()
    claims = [quad for annotation in annotations for quad in article_quads(annotation, lookup, namespaces, ontology)]
    claims += review_quads(decisions, annotations, resolution, namespaces)
    quads = [
        *claims,
        *fact_quads(claims, namespaces),
        *entity_quads(resolution.entities, namespaces),
        *wikidata_quads(resolution, gazetteer, namespaces),
        *comparison_quads(comparisons, namespaces),
        *ontology_quads(shipped("ontology"), namespaces),
    ]
    write_trig(staging / TRIG, quads, namespaces)
    build_store(staging / STORE, quads)
    graph = project(without_rejected(annotations, decisions, namespaces), resolution, namespaces=namespaces)
    write_gexf(staging / GEXF, graph, layout(graph, seed=settings.layout_seed))
    write_report(
        staging / REPORT,
        annotations,
        resolution,
        skipped=[(skip.source, skip.reason) for skip in skipped],
        graph=graph,
        seed=settings.layout_seed,
        comparisons=comparisons,
        reviews=reviews_of(judged),
        label_of=Known(gazetteer).label,
    )
    return comparisons
