"""From what was staged to the entries of an index: kinds told by the subclass tree, items of several sources joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from kg.errors import ItemFormatError
from kg.model import EntityType
from kg.wikidata.building.sifting import ALWAYS, Row, number_of
from kg.wikidata.building.sources import Problem
from kg.wikidata.building.staging import Staged
from kg.wikidata.classes import classes_in, kind_of, kind_of_classes
from kg.wikidata.flat import item_from_row, kind_of_row, summary_from_row
from kg.wikidata.gazetteer import Item
from kg.wikidata.index_file import unpack
from kg.wikidata.index_writer import Entry, Prepared, prepare, prepare_with
from kg.wikidata.item import EntityRef, Statement, WikidataItem
from kg.wikidata.item_json import item_of
from kg.wikidata.layered import together
from kg.wikidata.summary import kept, prior_of, summary_of

_MOST_ANCESTORS = 100_000
_CLASSES_KEPT = 4096
_LABELS_KEPT = 65536
_COUNTRIES = frozenset(("Q6256", "Q3624078"))
_UNITED = ("P31", "P279")
# Of several kinds that rows give an item the most telling one counts; "organization" says least.
_TELLING = (
    EntityType.PERSON,
    EntityType.PARTY,
    EntityType.OUTLET,
    EntityType.POSITION,
    EntityType.PLACE,
    EntityType.ORGANIZATION,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which items an index takes: of these kinds, and with at least so many sitelinks where their number is known.

    Countries are taken however few they have.
    """

    languages: tuple[str, ...]
    kinds: frozenset[EntityType]
    least: Mapping[EntityType, int]


@dataclass(slots=True)
class Assembled:
    """Some entries ready to be written, and what became of the items that are left out."""

    entries: list[Prepared] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    below: int = 0


class Assembler:
    """Assembles the items of a span of QIDs; a function that worker processes can be given."""

    def __init__(self, path: Path, choice: Choice) -> None:
        self._path, self._choice = path, choice
        self._names: _Names | None = None

    def __call__(self, span: tuple[int, int, int]) -> Assembled:
        """The items from the first to the last QID."""
        if self._names is None:
            self._names = _Names(Staged(self._path))
        out = Assembled()
        first, last, _ = span
        for number, rows in groupby(self._names.staged.rows(first, last), key=lambda row: row.number):
            entry = self._entry(f"Q{number}", list(rows), self._names, out)
            if entry is not None:
                out.entries.append(entry)
        return out

    def close(self) -> None:
        """Close the file."""
        if self._names is not None:
            self._names.staged.close()
            self._names = None

    def _entry(self, qid: str, rows: list[Row], names: _Names, out: Assembled) -> Prepared | None:
        """What the rows of one item make together, the last ones first; None if it is not wanted."""
        known = list(_versions(qid, rows, names, out))
        if not known:
            return None
        genuine = [version for version in known if version.row is None]
        kind = genuine[0].kind if genuine else min((version.kind for version in known), key=_TELLING.index)
        sitelinks = max((row.sitelinks for row in rows if row.sitelinks is not None), default=None)
        if kind not in self._choice.kinds:
            return None
        least = 0 if any(_is_country(version.item) for version in known) else self._choice.least.get(kind, 0)
        if sitelinks is not None and sitelinks < least:
            out.below += 1
            return None
        if not any(version.item.labels or any(version.item.aliases.values()) for version in known):
            reason = "has no label in any language, so no name leads to it; it is left out"
            out.problems.append(Problem(qid, reason))
            return None
        # Documents before rows, and what was read last before what was read first.
        ordered = [*genuine, *(version for version in known if version.row is not None)]
        languages = self._choice.languages
        item: Item | None = None
        for version in [version for version in ordered if version.item.labels] or ordered:
            try:
                summary = version.summary(kind, names.label, languages)
            except ItemFormatError as error:
                out.problems.append(Problem(qid, str(error)))
                continue
            if summary.type is not kind:
                summary = replace(summary, type=kind)
            item = summary if item is None else together(item, summary)
        if item is None:
            return None
        prior = prior_of(sitelinks or 0)
        if prior > item.prior:
            item = replace(item, prior=prior)
        if len(ordered) == 1 and genuine:
            return prepare_with(item, genuine[0].line, genuine[0].packed)
        return prepare(Entry(item, _joined([_kept(version.item, languages) for version in ordered])))


def circles(staged: Staged) -> Iterator[Problem]:
    """The redirects that lead back to where they start."""
    for source, _ in staged.redirects():
        seen, at = {source}, staged.redirect(source)
        while at is not None and at not in seen:
            seen.add(at)
            at = staged.redirect(at)
        if at == source and source == min(seen):
            circle = ", ".join(f"Q{number}" for number in sorted(seen))
            yield Problem(f"Q{source}", f"redirects in a circle ({circle}); these redirects are ignored")


def _versions(qid: str, rows: list[Row], names: _Names, out: Assembled) -> Iterator[_Version]:
    """What the sources say of an item that is of a type, the last one first."""
    for row in reversed(rows):
        if row.document is None:
            continue
        line = unpack(row.document)
        document = orjson.loads(line)
        try:
            if "row" in document:
                flat = document["row"]
                yield _Version(item_from_row(flat), kind_of_row(flat), line, row.document, flat)
            elif names.may_be(document) and (item := item_of(document)) and (kind := kind_of(item, names.ancestors)):
                yield _Version(item, kind, line, row.document)
        except ItemFormatError as error:
            out.problems.append(Problem(qid, str(error)))


@dataclass(frozen=True, slots=True)
class _Version:
    """What one source says of an item, read and as it was staged; `row` is the flat row that it comes from, if any."""

    item: WikidataItem
    kind: EntityType
    line: bytes
    packed: bytes
    row: Mapping[str, Any] | None = None

    def summary(self, kind: EntityType, label_of: Any, languages: Sequence[str]) -> Item:
        if self.row is not None:
            return summary_from_row(self.row, label_of, languages=languages)
        return summary_of(self.item, kind, label_of, languages=languages)


class _Names:
    """Labels and classes of the items that others refer to; what was asked lately is remembered."""

    def __init__(self, staged: Staged) -> None:
        self.staged = staged
        self.label = lru_cache(maxsize=_LABELS_KEPT)(self._label)
        self.ancestors = lru_cache(maxsize=_CLASSES_KEPT)(self._ancestors)
        self._is_of_a_type = lru_cache(maxsize=_LABELS_KEPT)(self._any_type)

    def may_be(self, document: Mapping[str, Any]) -> bool:
        """Whether a document may be of any type by its classes; most are not, and need not be read in full."""
        classes = classes_in(document)
        return not classes or any(self._is_of_a_type(qid) for qid in classes)

    def _label(self, qid: str) -> str | None:
        number = number_of(qid)
        seen: set[int] = set()
        while number is not None and number not in seen:
            if label := self.staged.label(number):
                return label
            seen.add(number)
            number = self.staged.redirect(number)
        return None

    def _any_type(self, qid: str) -> bool:
        return kind_of_classes((qid,), self.ancestors) is not None

    def _ancestors(self, qid: str) -> frozenset[str]:
        """All classes above a class, and itself."""
        number = number_of(qid)
        if number is None:
            return frozenset((qid,))
        seen, waiting = {number}, [number]
        while waiting and len(seen) < _MOST_ANCESTORS:
            for parent in self.staged.parents(waiting.pop()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return frozenset(f"Q{n}" for n in seen)


def _is_country(item: WikidataItem) -> bool:
    return any(isinstance(s.main.value, EntityRef) and s.main.value.id in _COUNTRIES for s in item.all("P31"))


def _kept(item: WikidataItem, languages: Sequence[str]) -> WikidataItem:
    chosen = (*languages, ALWAYS)
    return kept(item, chosen if any(key in item.labels for key in chosen) else (*chosen, *item.labels))


def _joined(versions: Sequence[WikidataItem]) -> WikidataItem:
    """One document of several: a property's statements are of the first that has any, classes are of all."""
    first = versions[0]
    if len(versions) == 1:
        return first
    statements: list[Statement] = []
    properties: set[str] = set()
    for version in versions:
        new = [s for s in version.statements if s.property not in properties]
        if version is not first:
            said = {(s.property, s.main.value) for s in statements}
            new += [s for s in version.statements if s.property in _UNITED and (s.property, s.main.value) not in said]
        statements += dict.fromkeys(new)
        properties |= {s.property for s in new}
    return WikidataItem(
        id=first.id,
        labels={k: v for version in reversed(versions) for k, v in version.labels.items()},
        descriptions={k: v for version in reversed(versions) for k, v in version.descriptions.items()},
        aliases=first.aliases,
        sitelinks=first.sitelinks,
        statements=tuple(statements),
        redirects_from=first.redirects_from,
    )
