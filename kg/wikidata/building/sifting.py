"""What of a source is kept for an index: JSON texts to compact rows, one text at a time and knowing no other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from kg.errors import ItemFormatError
from kg.wikidata.building.sources import Problem
from kg.wikidata.classes import ELSEWHERE, NONE, classes_in, may_matter
from kg.wikidata.flat import item_from_row
from kg.wikidata.index_file import pack
from kg.wikidata.item import WikidataItem
from kg.wikidata.item_json import entities_in
from kg.wikidata.summary import NEEDED, label_in

ALWAYS = "mul"
"""The language code of labels that hold in all languages; it is kept whatever languages are chosen."""
_ITEM = re.compile(r"Q([1-9][0-9]{0,17})")
_PROPERTY = b'"property":"P31"'
_CLASS = re.compile(
    _PROPERTY + rb'(?:,"hash":"\w*")?,"datavalue":\{"value":\{"entity-type":"item","numeric-id":(\d+)[,}]'
)
_OTHER_KIND = re.compile(rb'\{"type": ?"(?:property|lexeme|form|sense|mediainfo)"')
_OF_NO_USE = frozenset(qid[1:].encode() for qid in NONE | ELSEWHERE)
_KEPT = tuple(sorted(NEEDED))
_KINDS = ("item", "property", "lexeme", "form", "sense", "mediainfo")


@dataclass(frozen=True, slots=True)
class Sieve:
    """What to keep of an item: the labels, descriptions and aliases of these languages and their variants ("en-gb")."""

    languages: tuple[str, ...] = ("en",)

    def keeps(self, language: str) -> bool:
        """Whether terms of a language are kept."""
        return language == ALWAYS or language in self.languages or language.split("-", 1)[0] in self.languages


class Row(NamedTuple):
    """One item in compact form: number of its QID, best label, sitelinks (None: unknown), and its document.

    The document, packed as an index packs it, is None for an item that only lends its label to others. Millions of
    these go between processes, which is why they are tuples.
    """

    number: int
    label: str
    sitelinks: int | None
    document: bytes | None


@dataclass(slots=True)
class Sifted:
    """What came of some texts: rows, subclass edges, redirects, problems, and the latest change of any document."""

    rows: list[Row] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    redirects: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    modified: str = ""


def number_of(qid: object) -> int | None:
    """42 of "Q42"; None of anything that is no item's id."""
    match = _ITEM.fullmatch(qid) if isinstance(qid, str) else None
    return int(match[1]) if match else None


def sift(texts: Sequence[bytes], places: Sequence[str] | str, first: int, sieve: Sieve) -> Sifted:
    """Sift JSON texts: an entity, a reply of wbgetentities, a redirect or a flat row each.

    `places` names each text, or is the source that `first` counts lines of. A text that cannot be read is a problem.
    """
    out = Sifted()
    for i, text in enumerate(texts):
        text = text.strip(b" \t\r\n,")
        if text in _NOTHING or _is_of_no_use(text):
            continue
        try:
            _sift(orjson.loads(text.removeprefix(b"\xef\xbb\xbf")), sieve, out)
        except orjson.JSONDecodeError as error:
            reason = f"no JSON: {_encoding(text) or error}; correct or remove it"
        except ItemFormatError as error:
            reason = str(error)
        else:
            continue
        place = f"{places}:{first + i}" if isinstance(places, str) else places[i]
        out.problems.append(Problem(place, reason))
    return out


_NOTHING = frozenset((b"", b"[", b"]", b"\xef\xbb\xbf["))


def _is_of_no_use(text: bytes) -> bool:
    """Whether an entity need not be parsed: no item, or of classes of no use, as far as a glance tells."""
    if _OTHER_KIND.match(text):
        return True
    at = text.find(_PROPERTY)
    if at < 0 or b'"P279"' in text:
        return False
    # Some may be deprecated, or stand in a qualifier: only if all are of no use, the item is.
    while at >= 0:
        match = _CLASS.match(text, at)
        if match is None or match[1] not in _OF_NO_USE:
            return False
        at = text.find(_PROPERTY, at + 1)
    return True


def _encoding(text: bytes) -> str | None:
    """What is wrong with the encoding, if that is the trouble."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 at byte {error.start + 1}"
    return None


def _sift(document: Any, sieve: Sieve, out: Sifted) -> None:
    if not isinstance(document, dict):
        raise ItemFormatError("neither an entity nor a row with a QID: a JSON object is needed; correct or remove it")
    if "entities" in document:
        for entity in entities_in(document):
            _sift_entity(dict(entity), sieve, out)
    elif "redirect" in document:
        _redirect(document.get("entity", document.get("id")), document["redirect"], out)
    elif "claims" in document or document.get("type") in _KINDS or "missing" in document:
        _sift_entity(document, sieve, out)
    else:
        _sift_row(document, sieve, out)


def _sift_row(row: dict[str, Any], sieve: Sieve, out: Sifted) -> None:
    item = item_from_row(row)
    number = number_of(item.id)
    if number is None:
        raise ItemFormatError(f"a row with the QID {item.id!r}: Q and a number is needed; correct or remove it")
    label = label_in(item, sieve.languages) if item.labels else ""
    out.rows.append(Row(number, label, None, pack(orjson.dumps({"row": row}))))


def _redirect(source: object, target: object, out: Sifted) -> None:
    numbers = number_of(source), number_of(target)
    if numbers[0] is None or numbers[1] is None:
        raise ItemFormatError(f"a redirect from {source!r} to {target!r}: two QIDs are needed; correct or remove it")
    if numbers[0] != numbers[1]:
        out.redirects.append((numbers[0], numbers[1]))
    else:
        raise ItemFormatError(f"{source!r} redirects to itself; correct or remove it")


def _sift_entity(entity: dict[str, Any], sieve: Sieve, out: Sifted) -> None:
    known = entity.get("id")
    if "missing" in entity or entity.get("type", "item") != "item" or (isinstance(known, str) and known[:1] in "PL"):
        return
    number = number_of(known)
    if number is None:
        raise ItemFormatError(f"an entity with the id {known!r}: a QID is needed; correct or remove it")
    labels, claims = _map(entity, "labels"), _map(entity, "claims")
    modified = entity.get("modified")
    if isinstance(modified, str) and modified > out.modified:
        out.modified = modified
    redirects = _map(entity, "redirects")
    if redirects and redirects.get("from") != known:
        _redirect(redirects.get("from"), known, out)
    parents = classes_in(entity, "P279")
    if parents is None:
        raise ItemFormatError(f"the entity {known!r} has malformed statements of P279; correct or remove it")
    out.edges += ((number, parent) for qid in parents if (parent := number_of(qid)) is not None)
    sitelinks = _map(entity, "sitelinks")
    label = _label(number, labels, sieve)
    document = None
    if may_matter(entity):
        document = pack(orjson.dumps(_compact(entity, claims, sitelinks, _kept_terms(labels, label, sieve), sieve)))
    out.rows.append(Row(number, label, len(sitelinks) if "sitelinks" in entity else None, document))


def _map(holder: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part that is a map; PHP writes an empty one as a list."""
    part = holder.get(name) or {}
    if not isinstance(part, dict):
        raise ItemFormatError(f"the entity {holder.get('id')!r} has {name} of another form than a map; correct it")
    return part


def _compact(
    entity: Mapping[str, Any],
    claims: Mapping[str, Any],
    sitelinks: Mapping[str, Any],
    labels: Mapping[str, Any],
    sieve: Sieve,
) -> dict[str, Any]:
    """The document without other languages, other properties, references, and titles in other wikis."""
    kept = {name: claims[name] for name in _KEPT if name in claims}
    for statements in kept.values():
        for statement in statements if isinstance(statements, list) else ():
            if isinstance(statement, dict):
                _strip(statement)
    wikis = (f"{language}wiki" for language in sieve.languages)
    return {
        "type": "item",
        "id": entity["id"],
        "labels": labels,
        "descriptions": {k: term for k, term in _map(entity, "descriptions").items() if sieve.keeps(k)},
        "aliases": {k: terms for k, terms in _map(entity, "aliases").items() if sieve.keeps(k)},
        "claims": kept,
        "sitelinks": {site: sitelinks[site] for site in wikis if site in sitelinks},
    }


def _strip(statement: dict[str, Any]) -> None:
    """Take references and hashes away; what is malformed stays so."""
    statement.pop("references", None)
    snaks = [statement.get("mainsnak")]
    qualifiers = statement.get("qualifiers")
    if isinstance(qualifiers, dict):
        snaks += (snak for group in qualifiers.values() if isinstance(group, list) for snak in group)
    for snak in snaks:
        if isinstance(snak, dict):
            snak.pop("hash", None)


def _label(number: int, labels: Mapping[str, Any], sieve: Sieve) -> str:
    """The label in the first language that has one; in any language rather than none; "" if there is none at all."""
    for language in (*sieve.languages, ALWAYS):
        if found := _text(labels.get(language)):
            return found
    texts = {language: text for language, term in labels.items() if (text := _text(term))}
    return label_in(WikidataItem(f"Q{number}", labels=texts), sieve.languages) if texts else ""


def _kept_terms(labels: Mapping[str, Any], label: str, sieve: Sieve) -> dict[str, Any]:
    """The labels in the languages chosen, or else the first one that is `label`."""
    kept = {language: term for language, term in labels.items() if sieve.keeps(language)}
    if not kept:
        kept = dict([next((k, term) for k, term in labels.items() if _text(term) == label)]) if label else {}
    return kept


def _text(term: Any) -> str:
    text = term.get("value") if isinstance(term, dict) else None
    return text if isinstance(text, str) else ""
