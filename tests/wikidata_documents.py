"""Wikibase documents about invented people, in the form in which Wikidata gives them."""

from __future__ import annotations

from typing import Any

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"


def entity(qid: str) -> dict[str, Any]:
    """The data value of an item."""
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    return {"value": value, "type": "wikibase-entityid"}


def text(value: str) -> dict[str, Any]:
    """The data value of a string."""
    return {"value": value, "type": "string"}


def time(value: str, precision: int = 11, calendar: str = GREGORIAN) -> dict[str, Any]:
    """The data value of a time."""
    return {
        "value": {
            "time": value, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": calendar,
        },
        "type": "time",
    }  # fmt: skip


def snak(property_id: str, data: dict[str, Any] | None = None, kind: str = "value") -> dict[str, Any]:
    """A snak; its datatype is guessed from the value type."""
    datatypes = {"wikibase-entityid": "wikibase-item", "string": "string", "time": "time"}
    found: dict[str, Any] = {"snaktype": kind, "property": property_id, "hash": "0" * 40}
    if data is not None:
        found |= {"datavalue": data, "datatype": datatypes.get(data["type"], data["type"])}
    return found


def statement(
    main: dict[str, Any], *qualifiers: dict[str, Any], rank: str = "normal", number: int = 1
) -> dict[str, Any]:
    """A statement with its qualifiers in this order, and one reference."""
    found: dict[str, Any] = {
        "mainsnak": main,
        "type": "statement",
        "id": f"Q99000001${number:08}-0000-0000-0000-000000000000",
        "rank": rank,
        "references": [{"hash": "1" * 40, "snaks": {"P143": [snak("P143", entity("Q328"))]}, "snaks-order": ["P143"]}],
    }
    if qualifiers:
        found["qualifiers-order"] = list(dict.fromkeys(part["property"] for part in qualifiers))
        # The order of the map itself means nothing; it is another one here on purpose.
        names = sorted(found["qualifiers-order"], reverse=True)
        found["qualifiers"] = {name: [part for part in qualifiers if part["property"] == name] for name in names}
    return found


def document(*statements: dict[str, Any], qid: str = "Q99000001", **parts: Any) -> dict[str, Any]:
    """An entity document with those statements; `parts` replace what it has else."""
    claims: dict[str, Any] = {}
    for one in statements:
        claims.setdefault(one["mainsnak"]["property"], []).append(one)
    whole = {
        "pageid": 1, "ns": 0, "title": qid, "lastrevid": 1, "modified": "2020-01-01T00:00:00Z",
        "type": "item", "id": qid,
        "labels": {"en": {"language": "en", "value": "Ada Example"}, "de": {"language": "de", "value": "Ada Beispiel"}},
        "descriptions": {"en": {"language": "en", "value": "invented politician"}},
        "aliases": {"en": [{"language": "en", "value": "A. Example"}, {"language": "en", "value": "Ada B. Example"}]},
        "claims": claims,
        "sitelinks": {
            "enwiki": {"site": "enwiki", "title": "Ada Example (politician)", "badges": ["Q17437796"]},
            "dewiki": {"site": "dewiki", "title": "Ada Beispiel", "badges": []},
        },
    }  # fmt: skip
    return whole | parts
