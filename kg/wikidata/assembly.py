"""From what was staged to the entries of an index: kinds told by the subclass tree, items of several sources joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from kg.errors import ItemFormatError
from kg.model import EntityType
from kg.wikidata.classes import kind_of
from kg.wikidata.flat import item_from_row, kind_of_row, summary_from_row
from kg.wikidata.gazetteer import Item
from kg.wikidata.index_writer import Entry
from kg.wikidata.item import EntityRef, Statement, WikidataItem
from kg.wikidata.item_json import item_of
from kg.wikidata.layered import together
from kg.wikidata.sifting import ALWAYS, Row, number_of, unpack
from kg.wikidata.sources import Problem
from kg.wikidata.staging import LISTED, Staging
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
class Assembly:
    """The entries of an index, and what there is to say of them once they are all read."""

    staging: Staging
    choice: Choice
    counts: Counter[EntityType] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    below: int = 0

    def entries(self) -> Iterator[Entry]:
        """All entries by the number of their QID."""
        self._redirect_loops()
        names = _Names(self.staging)
        for number, rows in groupby(self.staging.rows(), key=lambda row: row.number):
            entry = self._entry(f"Q{number}", list(rows), names)
            if entry is not None:
                self.counts[entry.item.type] += 1
                yield entry

    def _entry(self, qid: str, rows: list[Row], names: _Names) -> Entry | None:
        """What the rows of one item make together, the last ones first; None if it is not wanted."""
        read = []
        for row in reversed(rows):
            if row.document is not None:
                document = unpack(row.document)
                try:
                    read.append(self._read(row, document, names))
                except ItemFormatError as error:
                    self._skip(qid, str(error))
        known = [version for version in read if version.kind is not None]
        if not known:
            return None
        genuine = [version for version in known if version.row is None]
        kind = genuine[0].kind if genuine else min((v.kind for v in known if v.kind), key=_TELLING.index)
        assert kind is not None
        sitelinks = max((row.sitelinks for row in rows if row.sitelinks is not None), default=None)
        if kind not in self.choice.kinds:
            return None
        least = 0 if any(_is_country(version.item) for version in known) else self.choice.least.get(kind, 0)
        if sitelinks is not None and sitelinks < least:
            self.below += 1
            return None
        if not any(version.item.labels or any(version.item.aliases.values()) for version in known):
            self._skip(qid, "has no label in any language, so no name leads to it; it is left out")
            return None
        # Documents before rows, and what was read last before what was read first.
        ordered = [*genuine, *(version for version in known if version.row is not None)]
        named = [version for version in ordered if version.item.labels] or ordered
        languages = self.choice.languages
        item: Item | None = None
        for version in named:
            summary = replace(version.summary(kind, names.label, languages), type=kind)
            item = summary if item is None else together(item, summary)
        assert item is not None
        if sitelinks is not None:
            item = replace(item, prior=max(item.prior, prior_of(sitelinks)))
        return Entry(item, _joined([_kept(version.item, languages) for version in ordered]))

    def _read(self, row: Row, document: dict[str, Any], names: _Names) -> _Version:
        if "row" in document:
            flat = document["row"]
            return _Version(item_from_row(flat), kind_of_row(flat), flat)
        item = item_of(document)
        return _Version(item or WikidataItem(f"Q{row.number}"), kind_of(item, names.ancestors) if item else None, None)

    def _redirect_loops(self) -> None:
        for source, _ in self.staging.redirects():
            seen, at = {source}, self.staging.redirect(source)
            while at is not None and at not in seen:
                seen.add(at)
                at = self.staging.redirect(at)
            if at == source and source == min(seen):
                circle = ", ".join(f"Q{number}" for number in sorted(seen))
                self._skip(f"Q{source}", f"redirects in a circle ({circle}); these redirects are ignored")

    def _skip(self, place: str, reason: str) -> None:
        self.skipped += 1
        if len(self.problems) < LISTED:
            self.problems.append(Problem(place, reason))


@dataclass(frozen=True, slots=True)
class _Version:
    """What one source says of an item."""

    item: WikidataItem
    kind: EntityType | None
    row: Mapping[str, Any] | None

    def summary(self, kind: EntityType, label_of: Any, languages: Sequence[str]) -> Item:
        if self.row is not None:
            return summary_from_row(self.row, label_of, languages=languages)
        return summary_of(self.item, kind, label_of, languages=languages)


class _Names:
    """Labels and classes of the items that others refer to; what was asked lately is remembered."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self.label = lru_cache(maxsize=_LABELS_KEPT)(self._label)
        self.ancestors = lru_cache(maxsize=_CLASSES_KEPT)(self._ancestors)

    def _label(self, qid: str) -> str | None:
        number = number_of(qid)
        seen: set[int] = set()
        while number is not None and number not in seen:
            if label := self._staging.label(number):
                return label
            seen.add(number)
            number = self._staging.redirect(number)
        return None

    def _ancestors(self, qid: str) -> frozenset[str]:
        """All classes above a class, and itself."""
        number = number_of(qid)
        if number is None:
            return frozenset((qid,))
        seen, waiting = {number}, [number]
        while waiting and len(seen) < _MOST_ANCESTORS:
            for parent in self._staging.parents(waiting.pop()):
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
