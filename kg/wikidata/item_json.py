"""Wikibase's JSON documents to items and back (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kg.errors import ItemFormatError
from kg.wikidata.item import Rank, Reference, Snak, SnakType, Statement, WikidataItem
from kg.wikidata.values import MAPS, MalformedError, as_text, value_of, value_to_json

KEPT: frozenset[str] = frozenset(
    (
        "P31 P279 P21 P569 P570 P27 P17 P102 P39 P108 P26 P22 P25 P40 P463 P69 P106 P18 P856 P488 P169 P1001 P361 "
        "P1365 P1366"
    ).split()
)
"""The properties whose statements an index keeps."""

_RANKS = {rank.value: rank for rank in Rank}
_SNAK_TYPES = {kind.value: kind for kind in SnakType}


def item_of(
    document: Mapping[str, Any], *, properties: Collection[str] | None = None, references: bool = True
) -> WikidataItem | None:
    """The item of an entity document, or of a response `{"entities": {...}}` that holds one.

    None for a property, a lexeme and whatever else is no item, and for an entity that is missing. With `properties`
    only their statements are read; without `references` the references are left out. Empty lists, as PHP writes
    empty maps, count as empty maps. ItemFormatError names the entity and the path to what is malformed.
    """
    if isinstance(document, Mapping) and "entities" in document:
        entities = list(entities_in(document))
        if len(entities) != 1:
            raise ItemFormatError(
                f"a response holds {len(entities)} entities where one was expected; read them with entities_in"
            )
        document = entities[0]
    try:
        return _item(document, properties, references)
    except MalformedError as error:
        name = document.get("id") if isinstance(document, Mapping) else None
        raise ItemFormatError(
            f"the Wikidata entity {name!r} cannot be read: {error.reason} at {error.path!r}; it is skipped"
        ) from error


def entities_in(response: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entity documents of a response `{"entities": {...}}`; ItemFormatError where it has another form.

    One that was asked for under another id (its key) says so in `redirects`.
    """
    entities = response.get("entities")
    if isinstance(entities, list) and not entities:
        return
    if not isinstance(entities, Mapping):
        raise ItemFormatError(f"'entities' of a response is {_kind(entities)}; a map of entities by id is needed")
    for key, entity in entities.items():
        if not isinstance(entity, Mapping):
            raise ItemFormatError(f"the Wikidata entity {key!r} is {_kind(entity)}; a map is needed")
        known = entity.get("id")
        if isinstance(known, str) and known != key and "redirects" not in entity:
            entity = {**entity, "redirects": {"from": key, "to": known}}
        yield entity


def document_of(item: WikidataItem) -> dict[str, Any]:
    """The document of an item.

    `item_of` makes the same item of it, if statements and qualifiers stand together by property, as in what it reads.
    """
    document: dict[str, Any] = {
        "type": "item",
        "id": item.id,
        "labels": _terms_to_json(item.labels),
        "descriptions": _terms_to_json(item.descriptions),
        "aliases": {
            language: [{"language": language, "value": name} for name in names]
            for language, names in item.aliases.items()
        },
        "claims": {},
        "sitelinks": {
            site: {"site": site, "title": title, "badges": list(item.badges.get(site, ()))}
            for site, title in item.sitelinks.items()
        },
    }
    for statement in item.statements:
        document["claims"].setdefault(statement.property, []).append(_statement_to_json(statement))
    if item.redirects_from is not None:
        document["redirects"] = {"from": item.redirects_from, "to": item.id}
    return document


def _item(document: Any, properties: Collection[str] | None, references: bool) -> WikidataItem | None:
    entity = _map(document)
    if "missing" in entity:
        return None
    known = _text(entity, "id")
    if (_text(entity, "type") if "type" in entity else known[:1]) not in ("item", "Q"):
        return None
    sitelinks, badges = _sitelinks(entity)
    claims = _part(entity, "claims")
    statements: list[Statement] = []
    for key, group in claims.items():
        if properties is None or key in properties:
            try:
                statements += _statements(key, group, references)
            except MalformedError as error:
                raise error.under(key).under("claims") from None
    return WikidataItem(
        id=known,
        labels=_terms(entity, "labels"),
        descriptions=_terms(entity, "descriptions"),
        aliases=_aliases(entity),
        sitelinks=sitelinks,
        statements=tuple(statements),
        redirects_from=_redirects_from(entity),
        badges=badges,
    )


def _redirects_from(entity: Mapping[str, Any]) -> str | None:
    redirects = _part(entity, "redirects")
    source = redirects.get("from")
    if source is not None and not isinstance(source, str):
        raise MalformedError(f"{_kind(source)} instead of an id", "redirects/from")
    return source if source != entity.get("id") else None


def _terms(entity: Mapping[str, Any], name: str) -> dict[str, str]:
    terms: dict[str, str] = {}
    for language, term in _part(entity, name).items():
        try:
            terms[language] = _text(_map(term), "value")
        except MalformedError as error:
            raise error.under(language).under(name) from None
    return terms


def _aliases(entity: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    aliases: dict[str, tuple[str, ...]] = {}
    for language, terms in _part(entity, "aliases").items():
        try:
            names = tuple(_text(_map(term), "value") for term in _list(terms))
        except MalformedError as error:
            raise error.under(language).under("aliases") from None
        if names:
            aliases[language] = names
    return aliases


def _sitelinks(entity: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    titles: dict[str, str] = {}
    badges: dict[str, tuple[str, ...]] = {}
    for site, link in _part(entity, "sitelinks").items():
        try:
            titles[site] = _text(_map(link), "title")
            if found := link.get("badges"):
                badges[site] = tuple(as_text(badge) for badge in _list(found))
        except MalformedError as error:
            raise error.under(site).under("sitelinks") from None
    return titles, badges


def _statements(key: str, group: Any, references: bool) -> Iterator[Statement]:
    for i, statement in enumerate(_list(group)):
        try:
            yield _statement(key, _map(statement), references)
        except MalformedError as error:
            raise error.under(str(i)) from None


def _statement(key: str, statement: Mapping[str, Any], references: bool) -> Statement:
    rank = _RANKS.get(_text(statement, "rank")) if "rank" in statement else Rank.NORMAL
    if rank is None:
        raise MalformedError(f"the unknown rank {statement['rank']!r}", "rank")
    known = statement.get("id")
    if known is not None and not isinstance(known, str):
        raise MalformedError(f"{_kind(known)} instead of an id", "id")
    try:
        main = _snak(key, _map(statement.get("mainsnak")))
    except MalformedError as error:
        raise error.under("mainsnak") from None
    qualifiers: tuple[Snak, ...] = ()
    if statement.get("qualifiers"):
        qualifiers = _snaks(statement, "qualifiers")
    found: list[Reference] = []
    if references and statement.get("references"):
        for i, reference in enumerate(_list(statement["references"])):
            try:
                found.append(Reference(_snaks(_map(reference), "snaks"), reference.get("hash")))
            except MalformedError as error:
                raise error.under(str(i)).under("references") from None
    return Statement(main, rank, qualifiers, tuple(found), known)


def _snaks(holder: Mapping[str, Any], name: str) -> tuple[Snak, ...]:
    """The snaks of a map by property, in the order that `NAME-order` gives."""
    groups = _part(holder, name)
    try:
        order = [as_text(key) for key in _list(holder.get(f"{name}-order") or [])]
    except MalformedError as error:
        raise error.under(f"{name}-order") from None
    keys = dict.fromkeys((*(key for key in order if key in groups), *groups))
    snaks: list[Snak] = []
    for key in keys:
        try:
            snaks += (_snak(key, _map(snak)) for snak in _list(groups[key]))
        except MalformedError as error:
            raise error.under(key).under(name) from None
    return tuple(snaks)


def _snak(key: str, snak: Mapping[str, Any]) -> Snak:
    """A snak of the group of property `key`."""
    if _text(snak, "property") != key:
        raise MalformedError(f"the property {snak['property']!r} among those of {key!r}", "property")
    kind = _SNAK_TYPES.get(_text(snak, "snaktype"))
    if kind is None:
        raise MalformedError(f"the unknown snak type {snak['snaktype']!r}", "snaktype")
    datatype = snak.get("datatype")
    if datatype is not None and not isinstance(datatype, str):
        raise MalformedError(f"{_kind(datatype)} instead of a datatype", "datatype")
    if kind is not SnakType.VALUE:
        return Snak(key, kind, None, datatype)
    try:
        data = _map(snak.get("datavalue"))
        value = value_of(_text(data, "type"), data.get("value"))
    except MalformedError as error:
        raise error.under("datavalue") from None
    return Snak(key, kind, value, datatype)


def _part(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The map of that name; empty where there is none, or PHP's empty list."""
    found = holder.get(name)
    if isinstance(found, MAPS):
        return found
    if found is None or found == []:
        return {}
    raise MalformedError(f"{_kind(found)} instead of a map", name)


def _map(found: Any) -> Mapping[str, Any]:
    if isinstance(found, MAPS):
        return found
    raise MalformedError(f"{_kind(found)} instead of a map")


def _list(found: Any) -> Iterable[Any]:
    if isinstance(found, list):
        return found
    raise MalformedError(f"{_kind(found)} instead of a list")


def _text(holder: Mapping[str, Any], name: str) -> str:
    found = holder.get(name)
    if isinstance(found, str):
        return found
    raise MalformedError(f"{_kind(found)} instead of a text", name)


def _kind(found: Any) -> str:
    return "nothing" if found is None else f"a {type(found).__name__}"


def _terms_to_json(terms: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {language: {"language": language, "value": text} for language, text in terms.items()}


def _statement_to_json(statement: Statement) -> dict[str, Any]:
    written: dict[str, Any] = {
        "mainsnak": _snak_to_json(statement.main),
        "type": "statement",
        "rank": statement.rank.value,
    }
    if statement.id is not None:
        written["id"] = statement.id
    if statement.qualifiers:
        written["qualifiers"], written["qualifiers-order"] = _snaks_to_json(statement.qualifiers)
    if statement.references:
        written["references"] = []
        for reference in statement.references:
            snaks, order = _snaks_to_json(reference.snaks)
            hashed = {} if reference.hash is None else {"hash": reference.hash}
            written["references"].append({**hashed, "snaks": snaks, "snaks-order": order})
    return written


def _snaks_to_json(snaks: Iterable[Snak]) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for snak in snaks:
        groups.setdefault(snak.property, []).append(_snak_to_json(snak))
    return groups, list(groups)


def _snak_to_json(snak: Snak) -> dict[str, Any]:
    written: dict[str, Any] = {"snaktype": snak.type.value, "property": snak.property}
    if snak.value is not None:
        kind, value = value_to_json(snak.value)
        written["datavalue"] = {"value": value, "type": kind}
    if snak.datatype is not None:
        written["datatype"] = snak.datatype
    return written
