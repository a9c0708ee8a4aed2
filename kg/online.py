"""What Wikidata itself adds to one build: asked once, and kept beside the build's other files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.config import Settings
from kg.model import Annotation
from kg.model.decision import Decisions
from kg.model.nameless import without_nameless
from kg.resolve import link_article, resolve
from kg.resolve.open_names import open_names
from kg.review.file import decisions_path, read_decisions
from kg.run.names import LEARNT
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.index_writer import Entry, write_index
from kg.wikidata.layered import LayeredGazetteer
from kg.wikidata.opening import open_gazetteer


def learnt_index(
    annotations: Sequence[Annotation], settings: Settings, out: Path, staging: Path, *, say: Callable[[str], None]
) -> Path:
    """Where Wikidata's own answers lie: in `staging` where it was asked now, else from an earlier build in `out`.

    There is no such file where it was never asked. With "offline" nothing that it ever answered counts. Errors are
    those of `learn`.
    """
    decisions = read_decisions(decisions_path(out, settings.decisions))
    if learn(annotations, settings, decisions, staging / LEARNT, say=say):
        return staging / LEARNT
    if settings.wikidata != "offline" and (out / LEARNT).is_file():
        say("what Wikidata answered to an earlier build of this folder is used")
        return out / LEARNT
    return staging / LEARNT


def learn(
    annotations: Sequence[Annotation],
    settings: Settings,
    decisions: Decisions,
    path: Path,
    *,
    say: Callable[[str], None],
) -> bool:
    """Ask Wikidata what the local indexes leave open and write its answers, an index, to `path`; whether it was asked.

    Asked are the open names of the articles, and then the current statements of everything that is linked. `say` gets
    a sentence on which way it went, and one for each thing that was not answered. ConfigError for live use without a
    contact, WikidataError where it does not answer and the setting is "live", IndexFormatError for an unwritable path.
    """
    from kg.wikidata.live import known_items, live_gazetteer, mode_of  # an HTTP client, which most runs do not need

    client, sentence = mode_of(settings)
    say(sentence)
    if client is None:
        return False
    with client:
        named = [without_nameless(annotation) for annotation in annotations]
        found = live_gazetteer(open_names(named), client, say=say)
        gazetteer = LayeredGazetteer((open_gazetteer(settings.index), found))
        resolution = resolve(linked_anew(named, gazetteer), gazetteer, decisions)
        linked = {entity.wikidata for entity in resolution.entities if entity.wikidata is not None}
        known = known_items(sorted(linked | found.qids()), client, say=say)
        write_index(path, entries(known), meta={"source": client.api})
    return True


def linked_anew(annotations: Sequence[Annotation], gazetteer: Gazetteer) -> list[Annotation]:
    """The annotations with every entity linked by this gazetteer, whatever they were linked by before."""
    return [link_article(annotation, gazetteer) for annotation in annotations]


def entries(gazetteer: Gazetteer) -> list[Entry]:
    """Everything in a gazetteer that has statements, as entries of an index."""
    found = []
    for qid in sorted(gazetteer.qids(), key=lambda qid: (len(qid), qid)):
        item, document = gazetteer.item(qid), gazetteer.statements(qid)
        if item is not None and document is not None:
            found.append(Entry(item, document))
    return found
