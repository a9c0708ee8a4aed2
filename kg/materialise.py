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
from kg.model import Annotation, Resolution
from kg.model.decision import Decisions
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


def write_outputs(
    staging: Path,
    annotations: Sequence[Annotation],
    resolution: Resolution,
    decisions: Decisions,
    skipped: Sequence[Skipped],
    settings: Settings,
    ontology: Ontology,
    namespaces: Namespaces,
) -> None:
    """Write the artifacts, the dataset, the GEXF and the report of one build into the folder `staging`.

    What reviewers rejected stays in the dataset, marked, and is in nothing that is made of it.
    """
    write_annotations(staging / ANNOTATIONS, annotations)
    annotations = [without_nameless(annotation) for annotation in annotations]
    write_entities(staging / ENTITIES, resolution.entities)
    lookup = resolution.lookup()
    claims = [quad for annotation in annotations for quad in article_quads(annotation, lookup, namespaces, ontology)]
    claims += review_quads(decisions, annotations, resolution, namespaces)
    quads = [
        *claims,
        *fact_quads(claims, namespaces),
        *entity_quads(resolution.entities, namespaces),
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
        reviews=reviews_of(judged_claims(decisions, annotations, namespaces)),
    )
