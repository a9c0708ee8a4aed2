"""Rows of a SPARQL endpoint with Wikidata's triples, put together as items with full statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.wikidata.item import Rank, Snak, SnakType, Statement, Time, WikidataItem
from kg.wikidata.sparql.rows import Row, snak_of, time_of
from kg.wikidata.sparql.topics import ENTITY

_PROP = "http://www.wikidata.org/prop/"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel"
_DESCRIPTION = "http://schema.org/description"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RANK = "http://wikiba.se/ontology#rank"
_RANKS = {f"http://wikiba.se/ontology#{rank.value.capitalize()}Rank": rank for rank in Rank}
_STATEMENT = f"{ENTITY}statement/"
_LINK = re.compile(rf"{re.escape(_PROP)}(statement|qualifier|novalue)/(value/)?(P[0-9]+)")
_PROPERTY = re.compile(rf"{re.escape(_PROP)}(P[0-9]+)")
_SITE = re.compile(r"https?://([\w-]+)\.(wiki[a-z]+|wiktionary|mediawiki)\.org/")

Times = Mapping[str, Time]


def items_of(
    qids: Sequence[str],
    *,
    terms: Iterable[Row],
    sitelinks: Iterable[Row],
    statements: Iterable[Row],
    times: Iterable[Row],
) -> list[WikidataItem]:
    """The items of `qids`, in that order, of what `kg.wikidata.sparql.topics` asks about them.

    Statements stand in the order of their property's number and their id, qualifiers in that of property and value:
    triples have no order of their own.
    """
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    descriptions: dict[str, dict[str, str]] = defaultdict(dict)
    aliases: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in terms:
        qid, value = row["item"].entity, row["value"]
        if qid is None or value.language is None:
            continue
        predicate = row["predicate"].value
        if predicate == _ALIAS:
            aliases[qid][value.language].add(value.value)
        elif predicate in (_LABEL, _DESCRIPTION):
            (labels if predicate == _LABEL else descriptions)[qid][value.language] = value.value
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sitelinks:
        qid, site = row["item"].entity, site_of(row["site"].value)
        if qid is not None and site is not None:
            titles[qid][site] = row["title"].value
    found = _statements(statements, _times(times))
    return [
        WikidataItem(
            id=qid,
            labels=dict(sorted(labels[qid].items())),
            descriptions=dict(sorted(descriptions[qid].items())),
            aliases={code: tuple(sorted(names)) for code, names in sorted(aliases[qid].items())},
            sitelinks=dict(sorted(titles[qid].items())),
            statements=tuple(found[qid]),
        )
        for qid in qids
    ]


def site_of(address: str) -> str | None:
    """Wikidata's name of a site: "https://en.wikipedia.org/" is "enwiki"; None for what is no site of Wikimedia's."""
    match = _SITE.fullmatch(address)
    if match is None:
        return None
    name, project = match[1].replace("-", "_"), match[2]
    if project in ("wikimedia", "wikipedia"):
        return f"{name}wiki"
    return f"{project}wiki" if name == "www" else f"{name}{project}"


def _times(rows: Iterable[Row]) -> dict[str, Time]:
    """The times by their node; rows that are not whole give none."""
    found: dict[str, Time] = {}
    for row in rows:
        precision = row["precision"].value
        calendar = row["calendar"].entity if "calendar" in row else None
        time = time_of(row["time"].value, int(precision), calendar) if precision.isdecimal() else None
        if time is not None:
            found[row["node"].value] = time
    return found


class _Draft:
    """What the rows say of one statement."""

    def __init__(self, property_id: str, name: str) -> None:
        self.property = property_id
        self.id = name.removeprefix(_STATEMENT).replace("-", "$", 1) if name.startswith(_STATEMENT) else None
        self.rank = Rank.NORMAL
        self.main: set[Snak] = set()
        self.main_times: set[Time] = set()
        self.qualifiers: dict[str, set[Snak]] = defaultdict(set)
        self.times: dict[str, set[Time]] = defaultdict(set)
        self.without: set[str] = set()

    def add(self, row: Row, times: Times) -> None:
        predicate, value = row["predicate"].value, row["value"]
        if predicate == _RANK:
            self.rank = _RANKS.get(value.value, Rank.NORMAL)
        elif predicate == _TYPE:
            match = _LINK.fullmatch(value.value)
            if match and match[1] == "novalue":
                self.without.add(match[3])
        elif match := _LINK.fullmatch(predicate):
            part, node, name = match.groups()
            if node:
                if value.value in times:
                    (self.main_times if part == "statement" else self.times[name]).add(times[value.value])
            elif part == "statement" and name == self.property:
                self.main.add(snak_of(name, value))
            elif part == "qualifier":
                self.qualifiers[name].add(snak_of(name, value))

    def statement(self) -> Statement | None:
        """The statement; None where it has neither a value nor says that there is none."""
        mains = _with_times(self.property, self.main, self.main_times)
        if not mains and self.property in self.without:
            mains = [Snak(self.property, SnakType.NOVALUE)]
            self.without.discard(self.property)
        if not mains:
            return None
        names = sorted({*self.qualifiers, *self.times, *self.without}, key=_number)
        qualifiers: list[Snak] = []
        for name in names:
            qualifiers += _with_times(name, self.qualifiers[name], self.times[name])
            if name in self.without:
                qualifiers.append(Snak(name, SnakType.NOVALUE))
        return Statement(mains[0], self.rank, tuple(qualifiers), id=self.id)


def _with_times(name: str, snaks: Iterable[Snak], times: Iterable[Time]) -> list[Snak]:
    """The snaks in order; times that come with their precision take the place of those that come without."""
    whole = {Snak(name, SnakType.VALUE, time, "time") for time in times}
    rest = [snak for snak in snaks if not (whole and isinstance(snak.value, Time))]
    return sorted({*whole, *rest}, key=repr)


def _statements(rows: Iterable[Row], times: Times) -> dict[str, list[Statement]]:
    drafts: dict[str, dict[str, _Draft]] = defaultdict(dict)
    for row in rows:
        qid, match = row["item"].entity, _PROPERTY.fullmatch(row["property"].value)
        if qid is None or match is None:
            continue
        name = row["statement"].value
        draft = drafts[qid].setdefault(name, _Draft(match[1], name))
        draft.add(row, times)
    found: dict[str, list[Statement]] = defaultdict(list)
    for qid, named in drafts.items():
        ordered = sorted(named.items(), key=lambda pair: (_number(pair[1].property), pair[0]))
        found[qid] = [made for _, draft in ordered if (made := draft.statement()) is not None]
    return found


def _number(property_id: str) -> int:
    return int(property_id[1:])
