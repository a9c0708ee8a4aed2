"""What the linker needs to know of a Wikidata item, and what an index keeps of its document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from kg.model import EntityType
from kg.wikidata.gazetteer import Item, Tenure
from kg.wikidata.item import EntityRef, Monolingual, Rank, Snak, SnakType, Statement, Text, WikidataItem
from kg.wikidata.item_json import KEPT
from kg.wikidata.names import fold
from kg.wikidata.notability import notability, prior_of
from kg.wikidata.tenures import joined, office_name
from kg.wikidata.times import iso_of

__all__ = ["NEEDED", "kept", "label_in", "peer_names", "prior_of", "summary_of"]

SHORT_NAME, DEMONYM = "P1813", "P1549"
NEEDED: frozenset[str] = KEPT | {SHORT_NAME, DEMONYM}
"""The properties that `summary_of` and an index read; give it to `item_of` where the rest is not wanted."""

GENDERS = {"Q6581097": "male", "Q2449503": "male", "Q6581072": "female", "Q1052281": "female"}
"""What P21 says, as pronouns go."""

NAMED_AS = "P1932"
START, END = "P580", "P582"
_LABEL_LANGUAGES = (
    "mul",
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "sv",
    "nb",
    "da",
    "fi",
    "cs",
    "hu",
    "tr",
    "ro",
)
_PEER = re.compile(
    r", (?:\d+\w* )?(Baron|Viscount|Earl|Marquess|Baroness|Viscountess|Countess|Marchioness) "
    r"(?:of )?(?=\w)((?:(?:St|de|van|von|Mac|Mc) )?[\w'-]+)( of [\w' -]+)?"
)
_LORDS = ("Baron", "Viscount", "Earl", "Marquess")
_BRACKET = re.compile(r"\s*\([^)]*\)$")
_FRONT_PAGE = re.compile(r"/?(?:index\.\w+|home|[a-z]{2})?/?")

LabelOf = Callable[[str], "str | None"]


def summary_of(item: WikidataItem, kind: EntityType, label_of: LabelOf, *, languages: Sequence[str] = ("en",)) -> Item:
    """The item as the linker knows it.

    The label is of the first of `languages` that has one, then of all languages ("mul"), then of any in Latin letters,
    then of any, then the QID. Aliases are of those languages, with their other labels and Wikipedia titles, and what
    peers are called. Only statements that are not deprecated count, and for gender, dates and country the best ranked
    ones. `label_of` gives the labels of other items; a party or an office without one goes by its QID.
    """
    label = label_in(item, languages)
    person = kind is EntityType.PERSON
    offices = joined(replace(tenure, name=office_name(tenure.name)) for tenure in _tenures(item.all("P39"), label_of))
    occupations = _labels(item.truthy("P106"), label_of)
    return Item(
        qid=item.id,
        label=label,
        type=kind,
        aliases=_aliases(item, label, languages, peers=person),
        description=next((item.descriptions[key] for key in (*languages, "mul") if key in item.descriptions), None),
        gender=next((GENDERS[qid] for qid in _refs(item.truthy("P21")) if qid in GENDERS), None) if person else None,
        birth=_date(item, "P569") if person else None,
        death=_date(item, "P570") if person else None,
        country=_country(item, kind),
        parties=joined(_tenures(item.all("P102" if kind is not EntityType.PARTY else "P463"), label_of)),
        offices=offices,
        prior=notability(len(item.sitelinks), offices=[tenure.name for tenure in offices]),
        kin=_labels((s for key in ("P26", "P22", "P25", "P40") for s in item.all(key)), label_of) if person else (),
        domains=_domains(item) if kind is EntityType.OUTLET else (),
        words=_texts(item.truthy(DEMONYM), languages, fold) if kind is EntityType.PLACE else (),
        employers=joined(_tenures((*item.all("P108"), *item.all("P463")), label_of)) if person else (),
        occupations=occupations if person else (),
    )


def label_in(item: WikidataItem, languages: Sequence[str]) -> str:
    """The label in the first of `languages` that has one, then as `summary_of` says."""
    for language in (*languages, *_LABEL_LANGUAGES):
        if label := item.labels.get(language):
            return label
    others = [label for _, label in sorted(item.labels.items()) if label]
    return next((label for label in others if _latin(label)), others[0] if others else item.id)


def kept(item: WikidataItem, languages: Sequence[str] = ("en",)) -> WikidataItem:
    """What an index keeps of a document: the statements of KEPT without references, and labels in those languages."""
    return WikidataItem(
        id=item.id,
        labels={key: item.labels[key] for key in languages if key in item.labels},
        descriptions={key: item.descriptions[key] for key in languages if key in item.descriptions},
        statements=tuple(
            replace(statement, references=()) if statement.references else statement
            for statement in item.statements
            if statement.property in KEPT
        ),
        redirects_from=item.redirects_from,
    )


def peer_names(name: str) -> tuple[str, ...]:
    """What a peer is called: "John Mann, Baron Mann" is "Lord Mann", a baroness both "Baroness" and "Lady"."""
    found: dict[str, None] = {}
    for match in _PEER.finditer(name):
        titles = ("Lord",) if match[1] in _LORDS else ("Baroness", "Lady") if match[1] == "Baroness" else ("Lady",)
        for title in titles:
            found[f"{title} {match[2]}"] = None
            if match[3]:
                found[f"{title} {match[2]}{match[3]}"] = None
    return tuple(found)


def _aliases(item: WikidataItem, label: str, languages: Sequence[str], *, peers: bool) -> tuple[str, ...]:
    names: list[str] = []
    for language in (*languages, "mul"):
        names.append(item.labels.get(language, ""))
        names += item.aliases.get(language, ())
        names.append(_BRACKET.sub("", item.sitelinks.get(f"{language.replace('-', '_')}wiki", "")))
    names += _texts(item.truthy(SHORT_NAME), (*languages, "mul"), str)
    if peers:
        names += [peer for name in (label, *names) for peer in peer_names(name)]
    seen = {fold(label), ""}
    found = []
    for name in names:
        key = fold(name)
        if key not in seen:
            seen.add(key)
            found.append(name)
    return tuple(found)


def _tenures(statements: Iterable[Statement], label_of: LabelOf) -> list[Tenure]:
    found: list[Tenure] = []
    for statement in statements:
        if statement.rank is Rank.DEPRECATED:
            continue
        name, qid = _named(statement, label_of)
        if name is None:
            continue
        start, end = iso_of(statement.qualifier(START)), iso_of(statement.qualifier(END))
        found.append(Tenure(name, qid, start, end))
    return found


def _named(statement: Statement, label_of: LabelOf) -> tuple[str | None, str | None]:
    """Name and QID of what a statement names; of an unknown value the name it is stated as."""
    if isinstance(statement.main.value, EntityRef):
        qid = statement.main.value.id
        return label_of(qid) or qid, qid
    if statement.main.type is SnakType.SOMEVALUE:
        return _text(statement.qualifier(NAMED_AS)), None
    return None, None


def _labels(statements: Iterable[Statement], label_of: LabelOf) -> tuple[str, ...]:
    """The names of what statements name, as far as they are known."""
    named = (_named(statement, label_of) for statement in statements if statement.rank is not Rank.DEPRECATED)
    return tuple(dict.fromkeys(name for name, qid in named if name is not None and name != qid))


def _refs(statements: Iterable[Statement]) -> list[str]:
    return [s.main.value.id for s in statements if isinstance(s.main.value, EntityRef)]


def _country(item: WikidataItem, kind: EntityType) -> str | None:
    """The first country that has not ended, else the first."""
    for key in ("P27",) if kind is EntityType.PERSON else ("P17", "P1001"):
        statements = item.truthy(key)
        lasting = [statement for statement in statements if statement.qualifier(END) is None]
        for qid in _refs((*lasting, *statements)):
            return qid
    return None


def _date(item: WikidataItem, key: str) -> str | None:
    return next((day for statement in item.truthy(key) if (day := iso_of(statement.main)) is not None), None)


def _domains(item: WikidataItem) -> tuple[str, ...]:
    """The hosts of official websites, unless the address leads into the site: that would be another's host."""
    found: dict[str, None] = {}
    for statement in item.all("P856"):
        address = _text(statement.main)
        if address is None or statement.rank is Rank.DEPRECATED:
            continue
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        except ValueError:
            continue
        if "." in host and not parts.query and _FRONT_PAGE.fullmatch(parts.path):
            found[host] = None
    return tuple(found)


def _texts(statements: Iterable[Statement], languages: Sequence[str], form: Callable[[str], str]) -> tuple[str, ...]:
    values = (statement.main.value for statement in statements)
    return tuple(dict.fromkeys(form(v.text) for v in values if isinstance(v, Monolingual) and v.language in languages))


def _text(snak: Snak | None) -> str | None:
    value = None if snak is None else snak.value
    return value.text if isinstance(value, Text | Monolingual) and value.text else None


def _latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())
