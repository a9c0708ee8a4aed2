"""Flat rows: a simple table of people, parties, outlets, offices and organisations, for those without a dump.

docs/wikidata.md has the columns. What a row says becomes statements without ids; what is only inferred (a party by its
name, a country by the parliament, what is `matched_by` a name) is for the linker and never passes for Wikidata's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.model import EntityType
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import EntityRef, Snak, SnakType, Statement, Text, Time, WikidataItem
from kg.wikidata.names import fold
from kg.wikidata.notability import notability
from kg.wikidata.row_fields import Fields
from kg.wikidata.row_names import bracket, in_capitals, usual_name, without_bracket
from kg.wikidata.summary import END, NAMED_AS, START, LabelOf, summary_of
from kg.wikidata.times import time_of

_TABLE = json.loads((Path(__file__).resolve().parent / "flat.json").read_text(encoding="utf-8"))
_TYPES = {name: (EntityType(kind), qid) for name, (kind, qid) in _TABLE["types"].items()}
_CLASSES = dict(_TYPES.values())
_SUBTYPES: dict[str, str] = _TABLE["subtypes"]
_GENDERS: dict[str, str] = _TABLE["genders"]
_CODES: dict[str, str] = _TABLE["codes"]
_PARTIES: dict[str, dict[str, str]] = _TABLE["parties"]
_DATATYPES = {EntityRef: "wikibase-item", Text: "string", Time: "time"}


def item_from_row(row: Mapping[str, Any]) -> WikidataItem:
    """What a row says, as statements without ids; ItemFormatError where it cannot be read.

    An office without a QID is an unknown value that is stated as the name (P1932).
    """
    return _Row(row).item()


def summary_from_row(
    row: Mapping[str, Any], label_of: LabelOf | None = None, *, languages: Sequence[str] = ("en",)
) -> Item:
    """The same as the linker knows it, with all that the row only infers; ItemFormatError as above.

    `label_of` gives the labels of other items where it knows them; where not, the row's names for them are taken.
    """
    read = _Row(row)
    item = read.item()
    whole = replace(item, statements=(*item.statements, *read.inferred()))
    names = read.names()
    known = label_of or names.get
    summary = summary_of(whole, read.kind, lambda qid: known(qid) or names.get(qid), languages=languages)
    offices = [tenure.name for tenure in summary.offices]
    columns = read.columns
    return replace(
        summary,
        description=summary.description or bracket(columns.text("enwiki")),
        country=summary.country or read.joined_country(),
        prior=notability(
            columns.count("n_sitelinks") or len(item.sitelinks), languages=len(item.labels), offices=offices
        ),
        kin=tuple(dict.fromkeys((*summary.kin, *columns.texts("kin")))),
        domains=tuple(dict.fromkeys((*summary.domains, *columns.texts("domains")))),
        occupations=tuple(dict.fromkeys((*summary.occupations, *columns.texts("occupations")))),
    )


def kind_of_row(row: Mapping[str, Any]) -> EntityType:
    """The type that a row gives; ItemFormatError where it is none that is known."""
    return _Row(row).kind


def statements_of(item: Item) -> WikidataItem:
    """What a gazetteer's item knows, as statements without ids; no citizenship, for the country is often inferred."""
    statements = [_said("P31", EntityRef(_CLASSES[item.type]))] if item.type in _CLASSES else []
    if item.gender in _GENDERS:
        statements.append(_said("P21", EntityRef(_GENDERS[item.gender])))
    statements += (_said(key, time_of(day)) for key, day in (("P569", item.birth), ("P570", item.death)) if day)
    if item.country is not None and item.country != item.qid and item.type is not EntityType.PERSON:
        statements.append(_said("P17", EntityRef(item.country)))
    member = "P463" if item.type is EntityType.PARTY else "P102"
    for key, tenures in ((member, item.parties), ("P39", item.offices), ("P108", item.employers)):
        for tenure in tenures:
            start, end = (None if day is None else time_of(day) for day in (tenure.start, tenure.end))
            statements.append(_named(key, tenure.qid, tenure.name, start, end))
    return WikidataItem(
        id=item.qid,
        labels={"en": item.label},
        descriptions={} if item.description is None else {"en": item.description},
        aliases={"en": item.aliases} if item.aliases else {},
        statements=tuple(statements),
    )


class _Row:
    """A row, checked as it is read."""

    def __init__(self, row: Any) -> None:
        name = row.get("qid", row.get("id")) if isinstance(row, Mapping) else None
        self.columns = columns = Fields(row, f"the flat row {name!r}")
        # Tables of offices call the columns id and position.
        office = "" if not isinstance(row.get("position"), str) else columns.text("position")
        qid = columns.qid("qid") or columns.qid("id")
        if qid is None:
            raise columns.wrong("qid", "a QID is needed")
        label = columns.text("label") or office
        if not label:
            raise columns.wrong("label", "a name is needed")
        kind = columns.text("type") or ("position" if office else "")
        if kind not in _TYPES:
            raise columns.wrong("type", f"one of {', '.join(_TYPES)} is needed")
        self.qid, self.label = qid, label
        self.kind, self._class = _TYPES[kind]
        self._country = columns.qid("country")

    def item(self) -> WikidataItem:
        """What the row says."""
        columns = self.columns
        labels = columns.labels("labels")
        title, description, name = columns.text("enwiki"), columns.text("description"), self.label
        if self.kind is EntityType.PERSON:
            name = usual_name(name, title=title, english=labels.get("en", ""))
        others = [labels.get("en", ""), *columns.texts("aliases"), "" if in_capitals(self.label) else self.label]
        aliases = dict.fromkeys(without_bracket(alias) for alias in others)
        names = tuple(alias for alias in aliases if alias not in ("", name))
        return WikidataItem(
            id=self.qid,
            labels={**labels, "en": name},
            descriptions={"en": description} if description else {},
            aliases={"en": names} if names else {},
            sitelinks={"enwiki": title} if title else {},
            statements=tuple(self._statements()),
        )

    def inferred(self) -> Iterator[Statement]:
        """What is known by a join only."""
        for part in self.columns.parts("parties"):
            if not _stands(part, "party_qid"):
                qid, name = part.qid("party_qid") or self._party_by_name(part), part.text("party")
                if qid or (name and fold(name) not in _TABLE["no_parties"]):
                    yield _term("P102", part, qid, name)
        for part in self.columns.parts("positions"):
            name = _CODES.get(part.text("position"), part.text("position"))
            if name and not _stands(part, "position"):
                yield _term("P39", part, part.qid("position_qid"), name)
        yield from self._seats()

    def _seats(self) -> Iterator[Statement]:
        """The seats in the parliaments that the row comes from, for the times of the parties, if it names no office."""
        if any(part.text("position") for part in self.columns.parts("positions")):
            return
        parliaments = [name for name in self.columns.texts("legislatures") if "/" in name]
        for parliament in parliaments:
            terms = [part for part in self.columns.parts("parties") if part.text("org")]
            house = terms[0].text("org") if terms else parliament.split("/")[1].replace("_", " ")
            seat = _TABLE["seats"].get(parliament, f"Member of the {house}")
            if terms and len(parliaments) == 1:
                for part in terms:
                    yield _term("P39", part, None, seat)
            else:
                yield _named("P39", None, seat, None, None)

    def names(self) -> dict[str, str]:
        """The row's names of other items, by QID."""
        named = [
            (part.qid(key), part.text(column))
            for name, column, key in (
                ("positions", "position", "position_qid"), ("employers", "employer", "employer_qid"),
                ("spouses", "spouse", "spouse_qid"),
            )
            for part in self.columns.parts(name)
        ]  # fmt: skip
        for part in self.columns.parts("parties"):
            named.append((part.qid("party_qid") or self._party_by_name(part), part.text("party")))
        return {qid: name for qid, name in reversed(named) if qid and name}

    def joined_country(self) -> str | None:
        """The country of the parliament or table that the row comes from."""
        legislatures = sorted(
            self.columns.texts("legislatures"), key=lambda name: name.endswith(("cabinet", "ministers"))
        )
        for legislature in legislatures:
            if found := _TABLE["legislatures"].get(legislature.split("/")[0]):
                return str(found)
        sources = self.columns.texts("sources")
        return next((qid for source in sources for key, qid in _TABLE["sources"].items() if key in source), None)

    def _statements(self) -> Iterator[Statement]:
        columns = self.columns
        yield _said("P31", EntityRef(_SUBTYPES.get(columns.text("subtype"), self._class)))
        gender = _GENDERS.get(columns.text("gender"))
        if gender is not None:
            yield _said("P21", EntityRef(gender))
        for key, column in (("P569", "birth_date"), ("P570", "death_date")):
            if (day := columns.time(column)) and columns.text(column) not in _TABLE["placeholder_dates"]:
                yield _said(key, day)
        if self._country is not None:
            yield _said("P27" if self.kind is EntityType.PERSON else "P17", EntityRef(self._country))
        if (jurisdiction := columns.qid("jurisdiction")) is not None:
            yield _said("P1001", EntityRef(jurisdiction))
        for part in columns.parts("parties"):
            if _stands(part, "party_qid"):
                yield _term("P102", part, part.qid("party_qid"), part.text("party"))
        for part in columns.parts("positions"):
            if _stands(part, "position"):
                yield _term("P39", part, part.qid("position_qid"), part.text("position"))
        for part in columns.parts("employers"):
            if _stands(part, "employer"):
                yield _term("P108", part, part.qid("employer_qid"), part.text("employer"))
        for part in columns.parts("spouses"):
            if _stands(part, "spouse"):
                yield _term("P26", part, part.qid("spouse_qid"), part.text("spouse"))
        if website := columns.text("website"):
            yield Statement(Snak("P856", SnakType.VALUE, Text(website), "url"))

    def _party_by_name(self, part: Fields) -> str | None:
        country = self._country or self.joined_country() or ""
        return _PARTIES.get(country, {}).get(fold(part.text("party")))


def _stands(part: Fields, column: str) -> bool:
    """Whether an entry stands in Wikidata: not if it was matched or inferred, or is a code of another table."""
    return (
        bool(part.text(column))
        and part.text(column) not in _CODES
        and "matched_by" not in part
        and not part.flag(f"{column}_inferred")
    )


def _term(key: str, part: Fields, qid: str | None, name: str) -> Statement:
    return _named(key, qid, name, part.time("start"), part.time("end"))


def _named(key: str, qid: str | None, name: str, start: Time | None, end: Time | None) -> Statement:
    """A statement with its time, of an item or, where its QID is not known, of something of that name."""
    qualifiers = [_snak(part, time) for part, time in ((START, start), (END, end)) if time is not None]
    if qid is not None:
        return Statement(_snak(key, EntityRef(qid)), qualifiers=tuple(qualifiers))
    main = Snak(key, SnakType.SOMEVALUE, None, _DATATYPES[EntityRef])
    return Statement(main, qualifiers=(_snak(NAMED_AS, Text(name)), *qualifiers))


def _said(key: str, value: EntityRef | Text | Time) -> Statement:
    return Statement(_snak(key, value))


def _snak(key: str, value: EntityRef | Text | Time) -> Snak:
    return Snak(key, SnakType.VALUE, value, _DATATYPES[type(value)])
