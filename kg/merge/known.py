"""What Wikidata knows, asked once: documents, names, and what stands above an item."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Protocol

from kg.merge.properties import COMMON, COUNTRY, DEATH, OFFICE, PART, REPLACED_BY, REPLACES, SUBCLASS
from kg.model import Entity, EntityType
from kg.model.dates import PartialDate
from kg.resolve.candidates import role_phrase
from kg.resolve.offices import content
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import EntityRef, Rank, SnakType, Statement, Text, Time, WikidataItem
from kg.wikidata.names import fold, person_name
from kg.wikidata.times import partial_date

STATED_AS = "P1932"
_DEPTH = 6
"""So many steps up from a class or a part, at most."""
_RANKS = frozenset(
    "vice deputy assistant associate shadow under junior acting lieutenant attorney prime first general chief adviser "
    "advisor aide secretary chairman chairwoman chair whip speaker leader minority majority state spokesman candidate "
    "nominee staff lord european scottish welsh legislative assembly council congress house senate".split()
)
"""Words that make one office of another."""
_PLAIN = frozenset(("party",))
"""Words that an office's name may lack: "Tory leader" is the leader of the Conservative Party."""
_LINKS = ("of", "for", "to", "in")


class Likeness(IntEnum):
    """How the value of a claim stands to that of a statement, nearest first."""

    SAME = 0
    """The same item."""
    BY_NAME = 1
    """The name that the claim uses is one of the statement's value."""
    BROADER = 2
    """The claim's value contains the statement's: a party and its wing, an office and its term."""
    NARROWER = 3
    """The other way round."""


class Source(Protocol):
    """What the comparison asks: any gazetteer is one."""

    def item(self, qid: str) -> Item | None:
        """The item of a QID."""

    def statements(self, qid: str) -> WikidataItem | None:
        """The item with its full statements; None where nothing is known of it."""


class Known:
    """A gazetteer's documents and names, each looked up once."""

    def __init__(self, gazetteer: Source) -> None:
        self._gazetteer = gazetteer
        self._documents: dict[str, WikidataItem | None] = {}
        self._names: dict[tuple[str, bool], frozenset[str]] = {}
        self._above: dict[str, frozenset[str]] = {}

    def document(self, qid: str | None) -> WikidataItem | None:
        """The item with its statements; None where nothing is known."""
        if qid is None:
            return None
        if qid not in self._documents:
            self._documents[qid] = self._gazetteer.statements(qid)
        return self._documents[qid]

    def genuine(self, qid: str | None) -> bool:
        """Whether Wikidata's own document is known, not a row of some of its facts: only its statements have ids."""
        document = self.document(qid)
        return document is not None and any(statement.id is not None for statement in document.statements)

    def label(self, qid: str) -> str:
        """The name of an item, its QID where none is known."""
        item = self._gazetteer.item(qid)
        if item is not None:
            return item.label
        document = self.document(qid)
        labels = {} if document is None else document.labels
        return labels.get("en") or labels.get("mul") or next(iter(labels.values()), COMMON.get(qid, qid))

    def gender(self, entity: Entity) -> str | None:
        """A person's gender, by Wikidata or else by the articles."""
        item = None if entity.wikidata is None else self._gazetteer.item(entity.wikidata)
        return entity.gender if item is None or item.gender is None else item.gender

    def died(self, qid: str) -> PartialDate | None:
        """When a person died, where Wikidata gives one date for it."""
        document = self.document(qid)
        times = set() if document is None else {_time(statement) for statement in document.truthy(DEATH)}
        return times.pop() if len(times) == 1 else None

    def names(self, qid: str, *, above: bool = False) -> frozenset[str]:
        """The folded names of an item; of all that stands above it too, if wanted."""
        key = (qid, above)
        if key not in self._names:
            found = set(self._own_names(qid))
            if above:
                for other in self.above(qid):
                    found |= self.names(other)
            self._names[key] = frozenset(found - {""})
        return self._names[key]

    def _own_names(self, qid: str) -> Iterator[str]:
        item = self._gazetteer.item(qid)
        if item is not None:
            yield from map(fold, (item.label, *item.aliases))
            if item.type is EntityType.PERSON:
                yield from (person_name(name).full for name in (item.label, *item.aliases))
        document = self.document(qid)
        if document is not None:
            yield from (fold(name) for name in document.labels.values())
            yield from (fold(name) for names in document.aliases.values() for name in names)

    def above(self, qid: str) -> frozenset[str]:
        """What the item is a subclass or a part of, and so on upwards; not itself."""
        if qid not in self._above:
            found: set[str] = set()
            level = {qid}
            for _ in range(_DEPTH):
                level = {up for one in level for up in self._next(one)} - found - {qid}
                if not level:
                    break
                found |= level
            self._above[qid] = frozenset(found)
        return self._above[qid]

    def linked(self, qid: str, *properties: str) -> frozenset[str]:
        """The items that the item's statements of these properties name."""
        document = self.document(qid)
        if document is None:
            return frozenset()
        found = (value_of(statement) for name in properties for statement in document.truthy(name))
        return frozenset(value for value in found if value is not None)

    def _next(self, qid: str) -> frozenset[str]:
        return self.linked(qid, SUBCLASS, PART)

    def related(self, one: str, other: str) -> bool:
        """Whether two bodies may be one under two names: parts, successors, or one name inside the other's."""
        if one == other or one in self.above(other) or other in self.above(one):
            return True
        if other in self.linked(one, REPLACES, REPLACED_BY) or one in self.linked(other, REPLACES, REPLACED_BY):
            return True
        return any(
            set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
            for a in self.names(one)
            for b in self.names(other)
        )

    def rivals(self, one: str, other: str) -> bool:
        """Whether membership of one party excludes the other's: two parties of one country that are not related.

        A party and a group in a parliament of several countries, or an alliance of parties, are no rivals.
        """
        return bool(self._countries(one) & self._countries(other)) and not self.related(one, other)

    def _countries(self, qid: str) -> frozenset[str]:
        found = self.linked(qid, COUNTRY)
        item = self._gazetteer.item(qid)
        return found or frozenset(() if item is None or item.country is None else (item.country,))

    def likeness(self, value: Entity, statement: Statement) -> Likeness | None:
        """How the claim's value stands to the statement's; None where they are different or cannot be compared."""
        other = value_of(statement)
        if other is None:
            stated = fold(stated_as(statement) or "")
            if stated and value.type is EntityType.POSITION:
                (phrase,) = _called(value)
                return Likeness.BY_NAME if phrase == stated else _office_like(phrase, stated)
            return Likeness.BY_NAME if stated and stated in _called(value) else None
        document = self.document(value.wikidata)
        if value.wikidata == other or (document is not None and document.id == other):
            return Likeness.SAME
        if value.wikidata is not None:
            if value.wikidata in self.above(other):
                return Likeness.BROADER
            if other in self.above(value.wikidata):
                return Likeness.NARROWER
            own = fold(self.label(value.wikidata))
            return Likeness.BY_NAME if own and own == fold(self.label(other)) else None
        called = _called(value)
        if called & self.names(other):
            return Likeness.BY_NAME
        if value.type is EntityType.POSITION and statement.property == OFFICE:
            (phrase,) = called
            names = self.names(other, above=True)
            if phrase in names or any(_opens(phrase, name) for name in names):
                return Likeness.BROADER
            return next((like for name in sorted(self.names(other)) if (like := _office_like(phrase, name))), None)
        return None

    def nameless(self, statement: Statement) -> bool:
        """Whether a statement has a value whose names are not known, so that it may be anything by name."""
        value = value_of(statement)
        return value is not None and not self.names(value)


def value_of(statement: Statement) -> str | None:
    """The QID that a statement gives, None where it gives none."""
    value = statement.main.value
    return value.id if isinstance(value, EntityRef) else None


def is_only_words(entity: Entity) -> bool:
    """Whether it is an office that the linker could not identify: not one that Wikidata can be said to lack."""
    return entity.wikidata is None and entity.type is EntityType.POSITION


def _called(entity: Entity) -> frozenset[str]:
    """The folded names of an entity in the articles; of an office and a person the name alone."""
    if entity.type is EntityType.POSITION:
        return frozenset((role_phrase(entity.name),))
    if entity.type is EntityType.PERSON:
        full = person_name(entity.name).full
        return frozenset((full,)) if " " in full else frozenset()
    return frozenset(fold(name) for name in (entity.name, *entity.aliases)) - {""}


def _opens(phrase: str, name: str) -> bool:
    """Whether a name is the phrase with what it is over: "mayor" and "mayor of Quayside"."""
    return any(name.startswith(f"{phrase} {link} ") for link in _LINKS)


def _office_like(phrase: str, name: str) -> Likeness | None:
    """How an office in the words of the press stands to an office's name, by the words that carry meaning.

    "New Jersey Gov." is the governor of New Jersey, "governor" is one more broadly, "MP for Quayside" is a member of
    parliament; but a vice president is no president, and a home secretary's shadow no home secretary.
    """
    said, known = content(phrase), content(name)
    shared = said & known
    if shared not in (said, known) or shared <= roles().weak or (said ^ known) & _RANKS:
        return None
    return Likeness.BROADER if (known - said) - _PLAIN else Likeness.BY_NAME


def stated_as(statement: Statement) -> str | None:
    """The name that stands in the place of a value, or as which an unknown value is stated."""
    main = statement.main.value
    if isinstance(main, Text):
        return main.text
    if statement.main.type is not SnakType.SOMEVALUE:
        return None
    texts = (snak.value for snak in statement.qualifiers if snak.property == STATED_AS)
    return next((value.text for value in texts if isinstance(value, Text)), None)


def _time(statement: Statement) -> PartialDate | None:
    value = statement.main.value
    return partial_date(value) if isinstance(value, Time) else None


def usable(statement: Statement) -> bool:
    """Whether the community holds the statement for right."""
    return statement.rank is not Rank.DEPRECATED
