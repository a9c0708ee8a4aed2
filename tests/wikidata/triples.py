"""Wikibase documents as the triples that Wikidata's query service has of them (N-Triples).

After https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format: direct and full statements, ranks, qualifiers,
value nodes of times, no values as classes, unknown values as blank nodes, pages about items.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

WD = "http://www.wikidata.org/entity/"
PROP = "http://www.wikidata.org/prop/"
WIKIBASE = "http://wikiba.se/ontology#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
JULIAN = f"{WD}Q1985786"
_TERMS = {"labels": "http://www.w3.org/2000/01/rdf-schema#label", "descriptions": "http://schema.org/description"}


def triples(documents: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(dict.fromkeys(line for document in documents for line in _item(document))) + "\n"


def _item(document: Mapping[str, Any]) -> Iterator[str]:
    me = f"<{WD}{document['id']}>"
    for part, name in _TERMS.items():
        for language, term in (document.get(part) or {}).items():
            yield f"{me} <{name}> {_text(term['value'])}@{language} ."
    for language, terms in (document.get("aliases") or {}).items():
        for term in terms:
            yield f"{me} <http://www.w3.org/2004/02/skos/core#altLabel> {_text(term['value'])}@{language} ."
    for site, link in (document.get("sitelinks") or {}).items():
        host = f"https://{site.removesuffix('wiki')}.wikipedia.org"
        page = f"<{host}/wiki/{quote(link['title'])}>"
        yield f"{page} <http://schema.org/about> {me} ."
        yield f"{page} <http://schema.org/isPartOf> <{host}/> ."
        yield f"{page} <http://schema.org/name> {_text(link['title'])}@en ."
    for property_id, statements in (document.get("claims") or {}).items():
        best = "preferred" if any(made["rank"] == "preferred" for made in statements) else "normal"
        for made in statements:
            yield from _statement(me, property_id, made, made["rank"] == best)


def _statement(me: str, property_id: str, made: Mapping[str, Any], truthy: bool) -> Iterator[str]:
    node = f"<{WD}statement/{made['id'].replace('$', '-', 1)}>"
    yield f"{me} <{PROP}{property_id}> {node} ."
    yield f"{node} {RDF_TYPE} <{WIKIBASE}Statement> ."
    yield f"{node} <{WIKIBASE}rank> <{WIKIBASE}{made['rank'].capitalize()}Rank> ."
    yield f"{node} <http://www.w3.org/ns/prov#wasDerivedFrom> <http://www.wikidata.org/reference/0> ."
    yield from _snak(node, "statement", made["mainsnak"])
    if truthy and made["mainsnak"]["snaktype"] == "value":
        yield f"{me} <{PROP}direct/{property_id}> {_value(made['mainsnak'])} ."
    for snaks in (made.get("qualifiers") or {}).values():
        for snak in snaks:
            yield from _snak(node, "qualifier", snak)


def _snak(node: str, part: str, snak: Mapping[str, Any]) -> Iterator[str]:
    name = snak["property"]
    if snak["snaktype"] == "novalue":
        yield f"{node} {RDF_TYPE} <{PROP}novalue/{name}> ."
        return
    if snak["snaktype"] == "somevalue":
        yield f"{node} <{PROP}{part}/{name}> _:b{hashlib.md5((node + part + name).encode()).hexdigest()} ."
        return
    yield f"{node} <{PROP}{part}/{name}> {_value(snak)} ."
    value = snak["datavalue"]["value"]
    if snak["datavalue"]["type"] == "time":
        lexical = _value(snak)
        key = hashlib.md5(repr(sorted(value.items())).encode()).hexdigest()
        time = f"<http://www.wikidata.org/value/{key}>"
        yield f"{node} <{PROP}{part}/value/{name}> {time} ."
        yield f"{time} <{WIKIBASE}timeValue> {lexical} ."
        yield f'{time} <{WIKIBASE}timePrecision> "{value["precision"]}"^^<{XSD}integer> .'
        yield f'{time} <{WIKIBASE}timeTimezone> "0"^^<{XSD}integer> .'
        yield f"{time} <{WIKIBASE}timeCalendarModel> <{value['calendarmodel']}> ."


def _value(snak: Mapping[str, Any]) -> str:
    kind, value = snak["datavalue"]["type"], snak["datavalue"]["value"]
    if kind == "wikibase-entityid":
        return f"<{WD}{value.get('id') or 'Q' + str(value['numeric-id'])}>"
    if kind == "time":
        return f'"{date_time(value)}"^^<{XSD}dateTime>'
    if kind == "quantity":
        return f'"{value["amount"]}"^^<{XSD}decimal>'
    if kind == "monolingualtext":
        return f"{_text(value['text'])}@{value['language']}"
    if kind == "globecoordinate":
        point = f"Point({value['longitude']} {value['latitude']})"
        return f'"{point}"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    if snak.get("datatype") == "commonsMedia":
        return f"<http://commons.wikimedia.org/wiki/Special:FilePath/{quote(value)}>"
    if snak.get("datatype") == "url":
        return f"<{value}>"
    return _text(value)


def date_time(value: Mapping[str, Any]) -> str:
    """A time as xsd:dateTime: days of the Julian calendar as Gregorian ones, years before our era counted from 0."""
    found = re.fullmatch(r"([+-])0*(\d+)-(\d\d)-(\d\d)T.*", value["time"])
    assert found
    year, month, day = int(found[2]), int(found[3]) or 1, int(found[4]) or 1
    if found[1] == "-":
        year = 1 - year
    if value["calendarmodel"] == JULIAN and value["precision"] >= 11 and year > 0:
        gregorian = date.fromordinal(_julian_day(year, month, day) - 1_721_425)
        year, month, day = gregorian.year, gregorian.month, gregorian.day
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}T00:00:00Z"


def _julian_day(year: int, month: int, day: int) -> int:
    """The Julian day number of a Julian date (Richards 2013)."""
    before = (14 - month) // 12
    years, months = year + 4800 - before, month + 12 * before - 3
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
