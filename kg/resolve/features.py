"""What speaks for and against a candidate; each value is multiplied by its weight in weights.json."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.model import EntityType, LocalEntity
from kg.resolve.candidates import Candidate, role_phrase
from kg.resolve.context import Context
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Gazetteer, Item, Tenure
from kg.wikidata.names import fold, person_name

SUPPORT = ("office", "office_near", "party", "party_near", "kin", "words")
"""Features of a person that are more than name, fame and country."""

KNOWN, FAMOUS = 0.5, 0.8
"""Priors below which a person needs support: one of a unique name, and one of a name that others share."""

ABROAD = {EntityType.PLACE: 0.0, EntityType.OUTLET: 0.2, EntityType.ORGANIZATION: 0.2}
"""How much it counts that the article does not name an item's country; bodies are cited abroad."""

OTHER_TIME = 0.4
"""How much an office counts that the item did not hold at the time, unless the article says "former"."""

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
    values: Features = {candidate.name_feature: 1.0, "type": candidate.fit, "prior": item.prior}
    if item.country is not None and item.country != item.qid:
        countries = context.countries.without(context.own.get(entity.id))
        values["country"] = countries.relative(item.country)
        values["country_absent"] = countries.absence(item.country) * ABROAD.get(item.type, 1.0)
    if item.type is EntityType.PERSON:
        _person(entity, item, context, links, gazetteer, values)
    elif item.type is EntityType.PARTY:
        values["member"] = _member(entity, item, context)
    elif item.type is EntityType.POSITION:
        _position(entity, item, context, links, gazetteer, values)
    elif item.type is EntityType.OUTLET and context.host:
        values["domain"] = float(gazetteer.by_domain(context.host) == item)
    if item.type is not EntityType.PERSON and item.description is not None:
        values["words"] = _word_overlap(item, context)
    return {name: value for name, value in values.items() if value}


def _person(
    entity: LocalEntity,
    item: Item,
    context: Context,
    links: Mapping[str, str],
    gazetteer: Gazetteer,
    values: Features,
) -> None:
    day = context.day
    parties = _party_qids(entity, context, links)
    mine = {tenure.qid for tenure in item.parties if tenure.qid is not None}
    if parties and mine:
        common = [t for t in item.parties if t.qid in parties]
        in_force = day is None or any(_about(t, day) for t in common)
        values["party"] = 0.0 if not common else 1.0 if in_force else 0.7
        values["party_conflict"] = float(not common)
    values["party_near"] = float(bool(mine & set(links.values())))
    _offices(entity, item, context, gazetteer, values)
    if day is not None:
        values["in_office"] = float(any(t.covers(day) and (t.start or t.end) for t in item.offices))
        values["dead"] = float(item.death is not None and item.death < day)
        if item.birth is not None:
            values["not_of_age"] = float(not 16 <= int(day[:4]) - int(item.birth[:4]) <= 110)
    values["kin"] = float(any(person_name(name).full in context.people for name in item.kin))
    values["gender_conflict"] = float(
        entity.gender is not None and item.gender is not None and entity.gender != item.gender
    )
    values["words"] = _word_overlap(item, context)
    shared = sum(not other.surname_only for other in context.candidates[entity.id]) > 1
    if item.prior < (FAMOUS if shared else KNOWN) and not any(values.get(name) for name in SUPPORT):
        values["unsupported"] = 1.0


def _offices(entity: LocalEntity, item: Item, context: Context, gazetteer: Gazetteer, values: Features) -> None:
    titles = context.titles.get(entity.id, ())
    best = max((_title_fit(title, item, context.day, gazetteer) for title in titles), default=0.0)
    values["office"] = best
    if best < 0.5 and item.offices:
        values["office_conflict"] = float(any(_content(role_phrase(t)) & roles().classes for t in titles))
    near = context.near.get(entity.id, frozenset())
    if near and best < 0.5:
        expanded = frozenset().union(*(_expand(word) for word in near))
        values["office_near"] = float(
            any((content := _content(fold(t.name)) - roles().weak) and content <= expanded for t in item.offices)
        )


def _title_fit(title: str, item: Item, day: str | None, gazetteer: Gazetteer) -> float:
    """How well a title from the article fits the item's offices, 0 to 1; less for another time's office."""
    phrase = role_phrase(title)
    content = _content(phrase)
    if not content or not item.offices:
        return 0.0
    past = day is None or title.split(" ")[0] in roles().past
    positions = {c.qid for c in gazetteer.candidates(phrase) if c.type is EntityType.POSITION}
    best = 0.0
    for tenure in item.offices:
        fit = 1.0 if tenure.qid in positions else _office_overlap(content, tenure.name)
        best = max(best, fit if past or day is None or tenure.covers(day) else fit * OTHER_TIME)
    return min(best, 0.3) if content <= roles().weak else best


def _office_overlap(content: frozenset[str], office: str) -> float:
    """The share of a title's words in an office's name; none where the office only serves another's.

    "President" is no "Senior Advisor to the President".
    """
    own, served, _ = fold(office).partition(" to ")
    if served and not content & _content(own):
        return 0.0
    return len(content & _content(fold(office))) / len(content)


def _party_qids(entity: LocalEntity, context: Context, links: Mapping[str, str]) -> set[str]:
    """The parties that the article gives a person: linked ones, else all that the name may mean."""
    found: set[str] = set()
    for local in context.parties.get(entity.id, ()):
        party = context.entities.get(local)
        if party is None or party.type is not EntityType.PARTY:
            continue
        if local in links:
            found.add(links[local])
        else:
            found.update(c.item.qid for c in context.candidates[local])
    return found


def _member(entity: LocalEntity, item: Item, context: Context) -> float:
    values = [
        1.0 if item.qid in {t.qid for t in sure.parties} else -0.7
        for person in context.members.get(entity.id, ())
        if (sure := context.sure.get(person)) is not None and sure.parties
    ]
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


def _about(tenure: Tenure, day: str) -> bool:
    """Whether a membership covers a day, two years' slack for what the data leaves out."""
    year = int(day[:4])
    return not (
        (tenure.start is not None and year < int(tenure.start[:4]) - 2)
        or (tenure.end is not None and year > int(tenure.end[:4]) + 2)
    )


@lru_cache(maxsize=16384)
def _content(phrase: str) -> frozenset[str]:
    """The words of an office that carry meaning, in one form each."""
    words = (word for word in phrase.split(" ") if word and word not in roles().ignored)
    return frozenset().union(*(_expand(word) for word in words))


@lru_cache(maxsize=16384)
def _expand(word: str) -> frozenset[str]:
    same = roles().same.get(word)
    return frozenset(same) if same is not None else frozenset((_singular(word),))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _word_overlap(item: Item, context: Context) -> float:
    """1 where a telling word of the item's description or offices stands in the article."""
    return float(any(word in context.words for word in _telling(item)))


@lru_cache(maxsize=16384)
def _telling(item: Item) -> frozenset[str]:
    texts = [item.description or "", *(tenure.name for tenure in item.offices)]
    words = {word for text in texts for word in fold(text).split(" ") if len(word) > 3}
    skip = roles().common | roles().ignored | roles().weak
    return frozenset(word for word in words if word not in skip and _singular(word) not in skip)
