"""What the files of an output folder are called."""

from __future__ import annotations

ANNOTATIONS, ENTITIES, STORE = "annotations.jsonl", "entities.jsonl", "store"
TRIG, GEXF, REPORT, RECORD = "graph.trig", "graph.gexf", "report.html", "run.json"
OUTPUTS = (ANNOTATIONS, ENTITIES, STORE, TRIG, GEXF, REPORT, RECORD)

LEARNT = "wikidata.index"
"""What Wikidata itself answered, as an index; only in folders of builds that asked it."""
