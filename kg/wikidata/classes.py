"""What type of entity an item is, from its classes (P31) and their superclasses (P279)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.model import EntityType
from kg.wikidata.item import EntityRef, Statement, WikidataItem

Superclasses = Callable[[str], frozenset[str]]
"""All superclasses of a class, transitively; with the class itself or without."""

_TABLE = json.loads((Path(__file__).resolve().parent / "classes.json").read_text(encoding="utf-8"))
ROOTS: Mapping[EntityType, frozenset[str]] = {EntityType(t): frozenset(q) for t, q in _TABLE["types"].items()}
"""The classes of each type; the types in the order in which they win."""

NONE: frozenset[str] = frozenset(_TABLE["none"])
"""The classes that make an item of no type, whatever else it is."""

ELSEWHERE: frozenset[str] = frozenset(_TABLE["elsewhere"])
"""Frequent classes that are of no type; their subclasses are not asked about."""

_DIRECT = {qid: kind for kind, roots in ROOTS.items() for qid in roots}
_IGNORED = NONE | ELSEWHERE
_HUMAN_HINTS = ("P39", "P106", "P102")


def kind_of(item: WikidataItem, superclasses: Superclasses) -> EntityType | None:
    """The type of an item; None for what the graph has no use for: works, species, fiction, names, Wikimedia's pages.

    Of several classes the first type wins in the order of ROOTS. An item without any class is a person if it holds
    a position (P39), has an occupation (P106) or is in a party (P102), and a position if it is a subclass of one:
    offices are often described so.
    """
    classes = _values(item.truthy("P31"))
    if classes:
        return kind_of_classes(classes, superclasses)
    if any(item.truthy(key) for key in _HUMAN_HINTS):
        return EntityType.PERSON
    above = kind_of_classes(_values(item.truthy("P279")), superclasses)
    return above if above is EntityType.POSITION else None


def kind_of_classes(classes: Iterable[str], superclasses: Superclasses) -> EntityType | None:
    """The type of something that is an instance of all these classes."""
    found: set[EntityType] = set()
    for qid in classes:
        if qid in NONE:
            return None
        direct = _DIRECT.get(qid)
        if direct is not None:
            found.add(direct)
        elif qid not in ELSEWHERE:
            above = superclasses(qid)
            if above & NONE:
                return None
            found.update(kind for kind, roots in ROOTS.items() if above & roots)
    return next((kind for kind in ROOTS if kind in found), None)


def may_matter(document: Mapping[str, Any]) -> bool:
    """Whether a raw entity document may have a type, looked at quickly; False is sure, True is not.

    True for a document that is malformed, so that `item_of` says what is wrong with it.
    """
    if document.get("type", "item") != "item" or "missing" in document:
        return False
    claims = document.get("claims")
    if not claims:
        return False
    if not isinstance(claims, dict):
        return True
    if "P31" not in claims:
        return any(key in claims for key in (*_HUMAN_HINTS, "P279"))
    classes = classes_in(document)
    return classes is None or any(qid not in _IGNORED for qid in classes)


def classes_in(document: Mapping[str, Any], property_id: str = "P31") -> tuple[str, ...] | None:
    """The classes of a raw entity document (with "P279" its direct superclasses), unless they are deprecated.

    None where the document is malformed.
    """
    found: list[str] = []
    try:
        for statement in (document.get("claims") or {}).get(property_id) or ():
            data = statement["mainsnak"].get("datavalue")
            if data is not None and statement.get("rank") != "deprecated":
                value = data["value"]
                found.append(value.get("id") or f"Q{value['numeric-id']}")
    except (AttributeError, KeyError, TypeError):
        return None
    return tuple(found) if all(isinstance(qid, str) for qid in found) else None


def superclasses_from(parents: Mapping[str, Iterable[str]]) -> Superclasses:
    """All superclasses by the direct ones of each class, with the class itself; circles do no harm."""

    @cache
    def above(qid: str) -> frozenset[str]:
        seen = {qid}
        waiting = [qid]
        while waiting:
            new = set(parents.get(waiting.pop(), ())) - seen
            seen |= new
            waiting += new
        return frozenset(seen)

    return above


def _values(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.main.value.id for s in statements if isinstance(s.main.value, EntityRef))
