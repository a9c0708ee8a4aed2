"""What a build left in its folder, opened for commands that look into it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from kg.config import Settings, load_settings
from kg.errors import UsageError
from kg.model import Annotation, Resolution
from kg.model.decision import NO_DECISIONS, Decisions
from kg.model.nameless import without_nameless
from kg.rdf.namespaces import Namespaces
from kg.resolve import resolve
from kg.review.file import decisions_path, read_decisions
from kg.run import names
from kg.run.artifacts import read_annotations, read_entities
from kg.run.record import recorded_settings
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.opening import open_gazetteer


@dataclass(frozen=True)
class Built:
    """Annotations with the settings that they were made with, and what follows from them, read or worked out once.

    `folder` is where a build left them, None for a file of annotations: then the entities are resolved now, and there
    are no decisions. `annotations` have the entities that are never named, too.
    """

    settings: Settings
    annotations: Sequence[Annotation]
    folder: Path | None = None

    @cached_property
    def namespaces(self) -> Namespaces:
        """Mints the IRIs of this graph."""
        return Namespaces(self.settings.base_iri)

    @cached_property
    def graph_annotations(self) -> tuple[Annotation, ...]:
        """The annotations as the graph has them: without entities that are never named, nor their claims."""
        return tuple(without_nameless(annotation) for annotation in self.annotations)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The shipped index, the one that the settings name, and what Wikidata itself answered to the build."""
        return open_gazetteer(self.settings.index, None if self.folder is None else self.folder / names.LEARNT)

    @cached_property
    def decisions(self) -> Decisions:
        """The reviewers' decisions as they are now."""
        if self.folder is None:
            return NO_DECISIONS
        return read_decisions(decisions_path(self.folder, self.settings.decisions))

    @cached_property
    def resolution(self) -> Resolution:
        """The entities of the build."""
        if self.folder is not None:
            return Resolution(tuple(read_entities(self.folder / names.ENTITIES)))
        return resolve(list(self.graph_annotations), self.gazetteer)


def open_built(arguments: argparse.Namespace, *, hint: str = "") -> Built:
    """The folder that `--graph` names, with the settings that it was built with; flags win over them.

    UsageError where it is no output of a build; `hint` is what else somebody may do then.
    """
    folder: Path = arguments.graph
    missing = [name for name in (names.ANNOTATIONS, names.ENTITIES, names.RECORD) if not (folder / name).exists()]
    if missing:
        raise UsageError(
            f"{str(folder)!r} is no output of a build: {', '.join(missing)} missing; name one with --graph{hint}"
        )
    known = {field.name for field in fields(Settings)}
    recorded = {name: value for name, value in recorded_settings(folder / names.RECORD).items() if name in known}
    given = {name: getattr(arguments, name, None) for name in known}
    settings = load_settings(
        getattr(arguments, "config", None),
        {**recorded, **{name: value for name, value in given.items() if value is not None}},
    )
    return Built(settings, list(read_annotations(folder / names.ANNOTATIONS)), folder)
