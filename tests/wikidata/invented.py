"""Wikibase documents of invented people, parties and offices; their ids are far beyond any that Wikidata has given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ADA, PLACEHOLDER, ADA_BAKER = "Q990000101", "Q990000102", "Q990000103"
PARTY, OFFICE, CHAMBER, LAND, CLASS = "Q990000201", "Q990000301", "Q990000401", "Q990000501", "Q990000601"


def text(value: str, language: str = "en") -> dict[str, str]:
    return {"language": language, "value": value}


def item_snak(property_id: str, qid: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    datavalue = {"value": value, "type": "wikibase-entityid"}
    return {"snaktype": "value", "property": property_id, "datavalue": datavalue, "datatype": "wikibase-item"}


def time_snak(property_id: str, time: str, precision: int = 11) -> dict[str, Any]:
    value = {
        "time": time,
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    return {
        "snaktype": "value",
        "property": property_id,
        "datavalue": {"value": value, "type": "time"},
        "datatype": "time",
    }


def statement(
    main: Mapping[str, Any], qualifiers: Sequence[Mapping[str, Any]] = (), rank: str = "normal", number: int = 1
) -> dict[str, Any]:
    made: dict[str, Any] = {"mainsnak": main, "type": "statement", "rank": rank, "id": f"Q990000101$0000-{number}"}
    if qualifiers:
        made["qualifiers"] = {snak["property"]: [snak] for snak in qualifiers}
        made["qualifiers-order"] = [snak["property"] for snak in qualifiers]
    return made


def document(
    qid: str,
    label: str,
    aliases: Sequence[str] = (),
    description: str | None = None,
    statements: Sequence[Mapping[str, Any]] = (),
    sites: Sequence[str] = (),
) -> dict[str, Any]:
    claims: dict[str, list[Any]] = {}
    for made in statements:
        claims.setdefault(made["mainsnak"]["property"], []).append(made)
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": text(label)},
        "descriptions": {"en": text(description)} if description else {},
        "aliases": {"en": [text(alias) for alias in aliases]} if aliases else {},
        "claims": claims,
        "sitelinks": {site: {"site": site, "title": label, "badges": []} for site in sites},
    }


def human(qid: str, label: str, *statements: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return document(qid, label, statements=[statement(item_snak("P31", "Q5")), *statements], **more)


def world() -> dict[str, dict[str, Any]]:
    """Two namesakes, a senator, and what their statements speak of."""
    elected = [time_snak("P580", "+2031-05-07T00:00:00Z"), time_snak("P582", "+2035-00-00T00:00:00Z", 9)]
    documents = [
        human(
            ADA,
            "Ada Example",
            statement(item_snak("P21", "Q6581072"), number=2),
            statement(time_snak("P569", "+1999-03-14T00:00:00Z"), number=3),
            statement(item_snak("P102", PARTY), [time_snak("P580", "+2030-00-00T00:00:00Z", 9)], number=4),
            statement(item_snak("P39", OFFICE), elected, "preferred", number=5),
            aliases=["A. Example", "Ada B. Example"],
            description="invented politician",
            sites=["enwiki", "dewiki"],
        ),
        human(ADA_BAKER, "Ada Example", description="invented baker"),
        human(PLACEHOLDER, "Senator Placeholder", aliases=["Sam Placeholder"], sites=["enwiki"]),
        document(PARTY, "Teapot Party", statements=[statement(item_snak("P31", "Q7278"))]),
        document(OFFICE, "Member of the Kettle", statements=[statement(item_snak("P31", CLASS))]),
        document(CLASS, "seat in a kettle", statements=[statement(item_snak("P279", "Q4164871"))]),
        document(LAND, "Kettleland"),
    ]
    return {made["id"]: made for made in documents}
