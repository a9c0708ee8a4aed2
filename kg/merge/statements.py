"""Wikidata's statements about the linked entities, in the form of Wikidata's own RDF.

https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format; what differs is told in docs/rdf-model.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge.known import Known, Source
from kg.merge.properties import WRITTEN
from kg.merge.statement_iris import statement_node
from kg.model import Resolution
from kg.rdf import vocab
from kg.rdf.literals import decimal_literal, integer_literal, moment_literal, text_literal, true_literal
from kg.rdf.namespaces import Namespaces, commons_file, vocabulary, wikidata_entity
from kg.wikidata.item import (
    JULIAN,
    EntityRef,
    Monolingual,
    Quantity,
    Snak,
    SnakType,
    Statement,
    Text,
    Time,
    WikidataItem,
    best_rank,
)
from kg.wikidata.times import gregorian

_PICTURE = "P18"
_MONTH, _DAY = 10, 11
_TIME = re.compile(r"([+-]?)([0-9]{1,16})-([0-9]{2})-([0-9]{2})(?:T.*)?")


def wikidata_quads(resolution: Resolution, gazetteer: Source, namespaces: Namespaces) -> list[Quad]:
    """The quads of the Wikidata graph, none twice: what the gazetteer knows of each linked entity.

    Labels are written of values that are no entities themselves; those have theirs in the entities graph.
    """
    known = Known(gazetteer)
    writer = _Writer(namespaces)
    linked = [entity.wikidata for entity in resolution.entities if entity.wikidata is not None]
    for qid in dict.fromkeys(linked):
        document = known.document(qid)
        if document is not None:
            writer.write(qid, document)
    writer.label(sorted(writer.named - set(linked), key=lambda qid: (len(qid), qid)), known)
    return list(writer.quads)


class _Writer:
    """Collects the quads of the graph; lives for one call. `named` are the items that stand as values."""

    def __init__(self, namespaces: Namespaces) -> None:
        self.quads: dict[Quad, None] = {}
        self.named: set[str] = set()
        self._namespaces = namespaces
        self._graph = namespaces.wikidata_graph

    def write(self, qid: str, document: WikidataItem) -> None:
        item = self._namespaces.entity(qid)
        if document.id != qid:
            self._add(item, vocab.SAME_AS, self._namespaces.entity(document.id))
        for name in WRITTEN:
            statements = document.all(name)
            best = set(map(id, best_rank(statements)))
            for statement in statements:
                self._statement(qid, item, statement, best=id(statement) in best)

    def label(self, qids: Iterable[str], known: Known) -> None:
        for qid in qids:
            name = known.label(qid)
            if name != qid:
                self._add(self._namespaces.entity(qid), vocab.LABEL, text_literal(name))

    def _add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads[Quad(subject, predicate, value, self._graph)] = None

    def _statement(self, qid: str, item: NamedNode, statement: Statement, *, best: bool) -> None:
        node = statement_node(qid, statement, self._namespaces)
        main = list(self._values(node, statement.main, 0))
        nothing = statement.main.type is SnakType.NOVALUE
        self._add(item, vocabulary("p", statement.property), node)
        self._add(node, vocab.RDF_TYPE, vocab.STATEMENT)
        self._add(node, vocab.RANK, vocab.RANKS[statement.rank.value])
        if statement.id is None:
            self._add(node, vocab.FROM_INDEX, true_literal())
        if best:
            self._add(node, vocab.RDF_TYPE, vocab.BEST_RANK)
        for value in main:
            self._add(node, vocabulary("ps", statement.property), value)
            if best:
                self._add(item, vocabulary("wdt", statement.property), value)
        if nothing:
            for subject in (node, item) if best else (node,):
                self._add(subject, vocab.RDF_TYPE, vocabulary("wdno", statement.property))
        self._full_value(node, "psv", statement.main)
        counts: Counter[str] = Counter()
        for snak in statement.qualifiers:
            self._qualifier(node, snak, counts[snak.property])
            counts[snak.property] += 1

    def _qualifier(self, node: NamedNode, snak: Snak, ordinal: int) -> None:
        if snak.type is SnakType.NOVALUE:
            self._add(node, vocab.RDF_TYPE, vocabulary("wdno", snak.property))
        for value in self._values(node, snak, ordinal + 1):
            self._add(node, vocabulary("pq", snak.property), value)
        self._full_value(node, "pqv", snak)

    def _values(self, node: NamedNode, snak: Snak, ordinal: int) -> Iterator[NamedNode | Literal]:
        """The simple value of a snak; nothing for "no value" and for kinds that are not written."""
        if snak.type is SnakType.SOMEVALUE:
            unknown = self._namespaces.unknown_value(node, snak.property, ordinal)
            self._add(unknown, vocab.RDF_TYPE, vocab.UNKNOWN_VALUE)
            yield unknown
            return
        value = _simple(snak)
        if value is not None:
            if isinstance(snak.value, EntityRef) and snak.value.id.startswith("Q"):
                self.named.add(snak.value.id)
            yield value

    def _full_value(self, node: NamedNode, prefix: str, snak: Snak) -> None:
        time = snak.value
        if not isinstance(time, Time):
            return
        literal = _moment(time)
        if literal is None:
            return
        parts: list[object] = ["time", literal.value, time.precision, time.timezone, time.calendar]
        value = self._namespaces.value(parts)
        self._add(node, vocabulary(prefix, snak.property), value)
        self._add(value, vocab.RDF_TYPE, vocab.TIME_VALUE_CLASS)
        self._add(value, vocab.TIME_VALUE, literal)
        self._add(value, vocab.TIME_PRECISION, integer_literal(time.precision))
        self._add(value, vocab.TIME_ZONE, integer_literal(time.timezone))
        calendar = wikidata_entity(time.calendar)
        if calendar is not None:
            self._add(value, vocab.CALENDAR_MODEL, calendar)


def _simple(snak: Snak) -> NamedNode | Literal | None:
    match snak.value:
        case EntityRef(entity_id):
            return wikidata_entity(entity_id)
        case Time() as time:
            return _moment(time)
        case Text(text):
            return commons_file(text) if snak.property == _PICTURE else text_literal(text)
        case Monolingual(text, language):
            return text_literal(text, language=language)
        case Quantity(amount):
            return decimal_literal(amount)
        case _:
            return None


def _moment(time: Time) -> Literal | None:
    """The first moment of a time, in the Gregorian calendar where it is a day; None where it is no moment of ours."""
    match = _TIME.fullmatch(time.time)
    if match is None:
        return None
    year, month, day = int(match[2]), int(match[3]), int(match[4])
    before = match[1] == "-"
    if time.precision < _MONTH:
        month = day = 1
    elif time.precision < _DAY:
        day = 1
    month, day = month or 1, day or 1
    if time.precision >= _DAY and time.calendar == JULIAN and not before:
        found = gregorian(year, month, day)
        if found is None:
            return None
        year, month, day = found.year, found.month, found.day
    if before:  # 1 BCE is the year 0 of XSD 1.1
        year = 1 - year
    return moment_literal(year, month, day)
