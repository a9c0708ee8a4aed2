"""Which node stands for a statement."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.rdf.namespaces import Namespaces
from kg.wikidata.item import EntityRef, Snak, Statement


def statement_node(item: str, statement: Statement, namespaces: Namespaces) -> NamedNode:
    """Wikidata's own node for a statement with an id; else one of ours, made of the item and all that it says."""
    if statement.id is not None:
        return namespaces.statement(statement.id)
    qualifiers = sorted(map(_plain, statement.qualifiers), key=str)
    return namespaces.row_statement([item, _plain(statement.main), statement.rank.value, qualifiers])


def _plain(snak: Snak) -> list[object]:
    value = snak.value.id if isinstance(snak.value, EntityRef) else repr(snak.value)
    return [snak.property, snak.type.value, value]
