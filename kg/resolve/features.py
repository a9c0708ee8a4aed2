"""What speaks for and against a candidate; each value is multiplied by its weight in weights.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.model import EntityType, LocalEntity
from kg.resolve.callings import calling_conflict, speaks_of_politics
from kg.resolve.candidates import Candidate, role_phrase
from kg.resolve.context import Context
from kg.resolve.geography import country_of, nation_words
from kg.resolve.offices import singular
from kg.resolve.person_features import SUPPORT, person_features
from kg.resolve.rarity import rarity
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import fold

KNOWN, FAMOUS = 0.6, 0.8
"""Priors below which a person needs support: one of a unique name, and one of a name that others share."""

_NAMED_IN_FULL = (EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.PARTY)
_LITTLE_KNOWN, _NO_MEMBER = 0.9, -0.7
_PARTY_WORDS = frozenset(["party", "of", "the", "and", "for"])
_CONTRAST = 0.4
_ABROAD_OFFICE = 0.5
"""How much less an office counts where the article names other countries than the item's: many have members of it."""

_ONLY_BEARER = 0.4
"""How much less an office that is not known of a person counts against the only bearer of a name: no list is full."""

_RARE_SUPPORT = 0.7
"""How much of the support that a person needs a name of rare words gives in an article about the person's country."""

_ASIDE = 0.35
"""How little of an article about another country may be about a person's for that to count against the person."""

_HOME = 0.5
"""How much of an article must be about a person's country, against the leading one, for a rare name to count."""

_FITS = 0.4
"""What an office, a party or the like must exceed for it to fit."""

_MOST_FAMOUS = 0.9
"""The same as FAMOUS where the article is not about the person's country."""

_FAME_LASTS = 0.5
"""How much less the time counts for a well-known person whose name nobody shares: they stay in the news."""

_FAME_TRAVELS = 0.5
"""How much less another country counts for the best known whose name nobody shares: the press cites them abroad."""

_FAME_EXCUSES = 0.5
"""How much less the calling counts for the best known: much is said of them, in jest too."""

FITTING = ("office", "office_near", "party", "party_beside", "kin", "birth", "employer", "colleague")
"""Features that say that the article means the item, whatever else it says of the person."""

CONTRADICTING = ("office_conflict", "party_conflict", "calling_conflict", "birth_conflict")
"""Features that say that the article says what the person is and the item is another thing."""

ABROAD = {EntityType.PLACE: 0.0, EntityType.OUTLET: 0.15, EntityType.ORGANIZATION: 0.15}
"""How much it counts that the article does not name an item's country; bodies are cited abroad."""

Features = dict[str, float]


def features_of(
    entity: LocalEntity,
    candidate: Candidate,
    context: Context,
    links: Mapping[str, str],
    gazetteer: Gazetteer,
) -> Features:
    """The features of one candidate that are not 0; `links` are the QIDs that this article already has."""
    item = candidate.item
    values: Features = {
        candidate.name_feature: 1.0 / max(1, candidate.edits),
        "type": candidate.fit,
        "prior": item.prior,
    }
    country = country_of(item, gazetteer)
    if country is not None and country != item.qid:
        countries = context.countries.without(context.own.get(entity.id))
        values["country"] = countries.relative(country)
        values["country_absent"] = countries.absence(country) * ABROAD.get(item.type, 1.0)
    if item.type is EntityType.PERSON:
        values |= person_features(entity, item, context, links, gazetteer)
        absent = values.get("country_absent", 0.0)
        if 0.0 < values.get("country", 0.0) < _ASIDE:
            absent = values["country_absent"] = max(absent, _ASIDE)
        elsewhere = absent > _ABROAD_OFFICE or 0.0 < values.get("country", 0.0) < _HOME
        abroad = 1.0 - _ABROAD_OFFICE * (max(absent, _HOME) if elsewhere else 0.0)
        values["office"] *= abroad
        values["office_near"] *= abroad
        values["words"] = _described(item, context)
        values["office_words"] = _office_words(item, context)
        shared = sum(not other.weak for other in context.candidates[entity.id]) > 1
        fits = any(values.get(name, 0.0) > _FITS for name in FITTING)
        famous = not shared and not candidate.weak and item.prior >= KNOWN
        if famous:
            values["out_of_time"] *= _FAME_LASTS
        if famous and item.prior >= _MOST_FAMOUS:
            values["country_absent"] = absent * _FAME_TRAVELS
        if famous or (fits and not shared and not candidate.weak):
            values["office_conflict"] *= _ONLY_BEARER
        if not fits:
            calling = calling_conflict(context.callings.get(entity.id, ()), item)
            values["calling_conflict"] = calling * (1.0 - item.prior * _FAME_EXCUSES)
        against = not fits and not famous and any(values.get(name) for name in CONTRADICTING)
        if against:
            values["office_words"] = values["words"] = 0.0
        supported = not against and (any(values.get(name) for name in SUPPORT) or values["colleague"] > _FITS)
        told = values.get("country", 0.0) >= _HOME and (not item.offices or speaks_of_politics(context.words))
        nothing = against or (not supported and not told)
        rare = 0.0 if shared or candidate.weak or nothing else rarity(entity.name)
        values["rare_name"] = rare
        at_home = values.get("country", 0.0) >= _HOME
        if not supported and not at_home and not famous:
            values["in_office"] = 0.0
        if item.prior < ((FAMOUS if at_home else _MOST_FAMOUS) if shared else KNOWN) and not supported:
            values["unsupported"] = 1.0 - rare * _RARE_SUPPORT
    elif item.type is EntityType.PARTY:
        values["member"] = _member(entity, item, context)
        values["unsaid"] = float(all(_unsaid(n, item.label, gazetteer) for n in (entity.name, *entity.aliases)))
    elif item.type is EntityType.POSITION:
        _position(entity, item, context, links, gazetteer, values)
    elif item.type is EntityType.OUTLET and context.host:
        values["domain"] = float(gazetteer.by_domain(context.host) == item)
    if item.type in _NAMED_IN_FULL and len(context.candidates[entity.id]) == 1:
        values["own_name"] = _own_name(entity.name, item.type is entity.type is EntityType.ORGANIZATION)
    if item.type is not EntityType.PERSON and item.description is not None:
        values["words"] = _described(item, context)
    return {name: value for name, value in values.items() if value}


def contrast(items: Sequence[Item], described: Sequence[Features]) -> None:
    """Note of each candidate whether another holds the office, or is in the party, that the article gives.

    Of whom nothing but the name is known, it is unknown rather than another's.
    """
    for feature, parts in (
        ("office_of_other", ("office", "office_near")),
        ("party_of_other", ("party", "party_beside")),
    ):
        fits = [max(values.get(part, 0.0) for part in parts) for values in described]
        for item, values, fit in zip(items, described, fits, strict=True):
            others = max(fits, default=0.0) - fit
            if others >= _CONTRAST:
                unknown = feature == "office_of_other" and is_blank(item)
                values["office_unknown" if unknown else feature] = others
                if unknown:
                    values.pop("unsupported", None)


def is_blank(item: Item) -> bool:
    """Whether nothing tells which offices a person held: none is known, and no other calling."""
    told = {singular(word) for text in (item.description or "", *item.occupations) for word in fold(text).split(" ")}
    return not item.offices and (not told - {""} or bool(told & roles().politics))


def _member(entity: LocalEntity, item: Item, context: Context) -> float:
    """1 where a known person whom the article puts into the party is a member, less where only other parties are known.

    People who are not well known count less.
    """
    values = []
    for person in context.members.get(entity.id, ()):
        known = context.sure.get(person) or context.alone.get(person)
        parties = {t.qid for t in known.parties if t.qid is not None} if known is not None else set()
        if parties:
            worth = 1.0 if person in context.sure else _LITTLE_KNOWN
            values.append(worth if item.qid in parties else _NO_MEMBER * worth)
    return max(values, default=0.0)


def _position(
    entity: LocalEntity,
    item: Item,
    context: Context,
    links: Mapping[str, str],
    gazetteer: Gazetteer,
    values: Features,
) -> None:
    phrase = role_phrase(entity.name)
    holders = context.holders.get(entity.id, ())
    known = [held for person in holders if (held := gazetteer.item(links.get(person, ""))) is not None]
    holds = any(item.qid == tenure.qid for person in known for tenure in person.offices)
    if holds:
        values["holder"] = 1.0
    elif known:
        values["holder"] = -1.0 if phrase in roles().heads else -0.3
    elif holders and phrase in roles().heads:
        values["holder_unknown"] = 1.0
    values["bare_role"] = float(" " not in phrase)


@lru_cache(maxsize=16384)
def _own_name(name: str, lone: bool) -> float:
    """1 for a body's name of several words of which one is telling ("Quimby Symphony Orchestra"), else 0.

    With `lone`, 1 for a single word as well that is none of the common ones.
    """
    words = {singular(word) for word in fold(name).split(" ")} - roles().ignored
    telling = words - roles().common
    if len(words) == 1:
        return float(lone and any(len(word) > 2 for word in telling))
    return float(any(len(word) > 3 for word in telling))


@lru_cache(maxsize=16384)
def _unsaid(name: str, label: str, gazetteer: Gazetteer) -> bool:
    """Whether a party's label says more than its name here, but for a country ("Scottish Labour Party", "Labour")."""
    said, whole = ({singular(word) for word in fold(text).split(" ")} - _PARTY_WORDS for text in (name, label))
    countries = {singular(word) for phrase in nation_words(gazetteer) for word in phrase.split(" ")}
    return bool(said) and said < whole and bool(whole - said - countries)


def _described(item: Item, context: Context) -> float:
    """1 where a telling word of the item's description stands in the article; names of its country tell nothing."""
    return float(bool(_telling(item.description or "") & context.telling))


def _office_words(item: Item, context: Context) -> float:
    """How well the time suits an office of which a telling word stands in the article; 0 without one."""
    return max((context.moments.fit(t) for t in item.offices if _telling(t.name) & context.telling), default=0.0)


@lru_cache(maxsize=65536)
def _telling(text: str) -> frozenset[str]:
    words = {word for word in fold(text).split(" ") if len(word) > 3}
    skip = roles().common | roles().ignored | roles().weak
    return frozenset(word for word in words if word not in skip and singular(word) not in skip)


__all__ = ["SUPPORT", "Features", "contrast", "features_of"]
