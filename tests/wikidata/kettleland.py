"""Wikibase documents of invented people, parties and offices; their ids are far beyond any that Wikidata has given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ADA, PLACEHOLDER, ADA_BAKER = "Q990000101", "Q990000102", "Q990000103"
PARTY, OFFICE, TERM = "Q990000201", "Q990000301", "Q990000302"
CHAMBER, LAND, OUTLET = "Q990000401", "Q990000501", "Q990000701"
SEAT_CLASS, PARTY_CLASS = "Q990000601", "Q990000602"


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


def text_snak(property_id: str, value: str, datatype: str = "string") -> dict[str, Any]:
    datavalue = {"value": value, "type": "string"}
    return {"snaktype": "value", "property": property_id, "datavalue": datavalue, "datatype": datatype}


def no_snak(property_id: str, kind: str = "novalue") -> dict[str, Any]:
    return {"snaktype": kind, "property": property_id}


def statement(
    main: Mapping[str, Any], qualifiers: Sequence[Mapping[str, Any]] = (), rank: str = "normal"
) -> dict[str, Any]:
    made: dict[str, Any] = {"mainsnak": main, "type": "statement", "rank": rank}
    if qualifiers:
        made["qualifiers"] = {}
        for snak in qualifiers:
            made["qualifiers"].setdefault(snak["property"], []).append(snak)
        made["qualifiers-order"] = list(made["qualifiers"])
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
    for number, made in enumerate(statements):
        claims.setdefault(made["mainsnak"]["property"], []).append({**made, "id": f"{qid}$0000-{number:04}"})
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


def is_a(qid: str) -> dict[str, Any]:
    return statement(item_snak("P31", qid))


def of(property_id: str, qid: str, *qualifiers: Mapping[str, Any], rank: str = "normal") -> dict[str, Any]:
    return statement(item_snak(property_id, qid), qualifiers, rank)


def world() -> dict[str, dict[str, Any]]:
    """Two namesakes, a senator, and what their statements speak of."""
    elected = [time_snak("P580", "+2031-05-07T00:00:00Z"), time_snak("P582", "+2035-00-00T00:00:00Z", 9)]
    documents = [
        human(
            ADA,
            "Ada Example",
            of("P21", "Q6581072"),
            statement(time_snak("P569", "+1999-03-14T00:00:00Z")),
            of("P102", PARTY, time_snak("P580", "+2030-00-00T00:00:00Z", 9)),
            of("P39", TERM, *elected, rank="preferred"),
            aliases=["A. Example", "Ada B. Example"],
            description="invented politician",
            sites=["dewiki", "enwiki"],
        ),
        human(ADA_BAKER, "Ada Example", description="invented baker"),
        human(
            PLACEHOLDER,
            "Senator Placeholder",
            of("P39", OFFICE),
            of("P102", PARTY, rank="deprecated"),
            aliases=["Sam Placeholder"],
            sites=["enwiki"],
        ),
        document(PARTY, "Teapot Party", statements=[is_a(PARTY_CLASS), of("P17", LAND)]),
        document(OFFICE, "Member of the Kettle", statements=[is_a(SEAT_CLASS), of("P361", CHAMBER), of("P17", LAND)]),
        document(TERM, "Member of the second Kettle", statements=[is_a(SEAT_CLASS), of("P279", OFFICE)]),
        document(CHAMBER, "The Kettle", statements=[of("P17", LAND)]),
        document(
            OUTLET,
            "Daily Kettle",
            statements=[
                is_a("Q11032"),
                of("P17", LAND),
                statement(text_snak("P856", "https://kettle.example/", "url")),
            ],
        ),
        document(SEAT_CLASS, "seat in a kettle", statements=[of("P279", "Q4164871")]),
        document(PARTY_CLASS, "party of teapots", statements=[of("P279", "Q7278")]),
        document(LAND, "Kettleland"),
    ]
    return {made["id"]: made for made in documents}
