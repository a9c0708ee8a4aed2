"""The topics that a SPARQL endpoint can be asked for, and the queries that they make; the topics are data."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import UsageError
from kg.model import EntityType
from kg.wikidata.classes import ROOTS

ENTITY = "http://www.wikidata.org/entity/"
PREFIXES = f"""\
PREFIX wd: <{ENTITY}>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""
AROUND = ("P102", "P39", "P108", "P463", "P69", "P26", "P22", "P25", "P40", "P106", "P27", "P17", "P1001", "P361")
"""What statements of these properties speak of comes along: parties, offices, employers, kin, countries."""

_QID = re.compile(r"Q[1-9][0-9]{0,17}")
_FILE = Path(__file__).resolve().parent / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its name, what it gives in words, and the pattern that binds ?item."""

    name: str
    help: str
    pattern: str


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Topic]:
    """All topics by name."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: Topic(name, **table) for name, table in tables.items()})


def topic_of(text: str) -> tuple[str, str]:
    """Topic and QID of a text such as "parliament=Q11005"; UsageError with the topics there are."""
    name, _, value = text.partition("=")
    pattern_of(name, value)
    return name, value


def pattern_of(topic: str, value: str) -> str:
    """The pattern of a topic for one QID; UsageError for an unknown topic or what is no QID."""
    known = topics()
    if topic not in known:
        near = difflib.get_close_matches(topic, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"the topics are {', '.join(known)}"
        raise UsageError(f"unknown topic {topic!r}; {hint}")
    if not _QID.fullmatch(value):
        raise UsageError(f"the topic {topic!r} needs a QID such as {topic}=Q145, not {value!r}")
    return known[topic].pattern.format(
        value=f"wd:{value}",
        party=_classes(EntityType.PARTY),
        outlet=_classes(EntityType.OUTLET),
        position=_classes(EntityType.POSITION),
    )


def members_query(pattern: str, after: str, limit: int) -> str:
    """The next members after a QID ("" for the start), in the order of their IRIs as text."""
    return _page(pattern, after, limit)


def around_query(pattern: str, after: str, limit: int) -> str:
    """The next items that the members' statements speak of."""
    path = "|".join(f"p:{name}/ps:{name}" for name in AROUND)
    return _page(f"{_members(pattern)} ?member {path} ?item .", after, limit)


def classes_query(pattern: str) -> str:
    """What members, and what their statements speak of, are instances or subclasses of."""
    path = "|".join(f"p:{name}/ps:{name}" for name in AROUND)
    return (
        f"{PREFIXES}SELECT DISTINCT ?item WHERE {{ {_members(pattern)} {{ ?member wdt:P31|wdt:P279 ?item }} UNION "
        f"{{ ?member {path} ?thing . ?thing wdt:P31|wdt:P279 ?item }} }}"
    )


def superclasses_query(qids: Sequence[str]) -> str:
    """The next classes up."""
    return f"{PREFIXES}SELECT DISTINCT ?item WHERE {{ {_values('?class', qids)} ?class wdt:P279 ?item . }}"


def terms_query(qids: Sequence[str], languages: Sequence[str]) -> str:
    """Labels, aliases and descriptions in those languages and their variants, and in "mul"."""
    wanted = " || ".join(f'langMatches(LANG(?value), "{code}")' for code in languages)
    return (
        f"{PREFIXES}SELECT ?item ?predicate ?value WHERE {{ {_values('?item', qids)} "
        "VALUES ?predicate { rdfs:label skos:altLabel schema:description } "
        f'?item ?predicate ?value . FILTER({wanted} || LANG(?value) = "mul") }}'
    )


def sitelinks_query(qids: Sequence[str]) -> str:
    """The pages about the items: site and title."""
    return (
        f"{PREFIXES}SELECT ?item ?site ?title WHERE {{ {_values('?item', qids)} "
        "?page schema:about ?item ; schema:isPartOf ?site ; schema:name ?title . }"
    )


def statements_query(qids: Sequence[str], properties: Iterable[str]) -> str:
    """Everything that stands at the statements of those properties, but for references."""
    wanted = " ".join(f"p:{name}" for name in sorted(properties))
    return (
        f"{PREFIXES}SELECT ?item ?property ?statement ?predicate ?value WHERE {{ {_values('?item', qids)} "
        f"VALUES ?property {{ {wanted} }} ?item ?property ?statement . ?statement ?predicate ?value . "
        "FILTER(?predicate != prov:wasDerivedFrom) }"
    )


def times_query(qids: Sequence[str], properties: Iterable[str]) -> str:
    """The time values, with precision and calendar, of those statements and their qualifiers."""
    wanted = " ".join(f"p:{name}" for name in sorted(properties))
    return (
        f"{PREFIXES}SELECT DISTINCT ?node ?time ?precision ?calendar WHERE {{ {_values('?item', qids)} "
        f"VALUES ?property {{ {wanted} }} ?item ?property ?statement . ?statement ?link ?node . "
        "?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision . "
        "OPTIONAL { ?node wikibase:timeCalendarModel ?calendar } }"
    )


def _classes(kind: EntityType) -> str:
    return " ".join(f"wd:{qid}" for qid in sorted(ROOTS[kind]))


def _page(pattern: str, after: str, limit: int) -> str:
    return (
        f"{PREFIXES}SELECT DISTINCT ?item WHERE {{ {pattern} FILTER(isIRI(?item) && "
        f'STRSTARTS(STR(?item), "{ENTITY}Q") && STR(?item) > "{ENTITY}{after}") }} ORDER BY STR(?item) LIMIT {limit}'
    )


def _members(pattern: str) -> str:
    return f"{{ SELECT DISTINCT (?item AS ?member) WHERE {{ {pattern} }} }}"


def _values(variable: str, qids: Sequence[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'wd:{qid}' for qid in qids)} }}"
