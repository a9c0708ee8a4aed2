"""What speaks for and against a person: offices, parties, times, kin and colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.model import EntityType, LocalEntity
from kg.resolve.candidates import role_phrase
from kg.resolve.context import Context
from kg.resolve.moments import Moments
from kg.resolve.offices import content, forms, ground_of, near_fit, title_fit
from kg.resolve.parties import alike, party_names
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import fold, person_name

SUPPORT = (
    "office",
    "office_near",
    "party",
    "party_beside",
    "party_near",
    "kin",
    "words",
    "office_words",
    "occupation",
    "employer",
    "birth",
)
"""Features of a person that are more than name, fame and country."""

_YOUNGEST, _OLDEST = 16, 110
_CLEAR = 0.5
_OTHER_CLASH = 0.6
_OTHER_PARTY_TIME = 0.7
_ALIKE = 0.8

_CHAMBERS = frozenset("parliament common house lord senate representative legislative assembly national".split())
"""Words that tell the bodies in which people sit from each other."""

_OF_ANOTHER = 0.3
"""How much an office's words beside a name count where the title that the article gives says another one like it."""

_AFTER_DEATH = 0.3
"""How much an office counts that an article gives to somebody who was dead, and does not call former."""


def person_features(
    entity: LocalEntity, item: Item, context: Context, links: Mapping[str, str], gazetteer: Gazetteer
) -> dict[str, float]:
    """The features of one candidate that only people have; zeros included."""
    moments = context.moments
    values = _parties(entity, item, context, links, gazetteer)
    values |= _offices(entity, item, context, gazetteer)
    values["in_office"] = float(any(moments.within(tenure) for tenure in item.offices))
    values["year_beside"] = float(_begins_or_ends(item, context.near.get(entity.id, frozenset())))
    values["out_of_time"] = moments.out_of_time(item)
    if item.birth is not None and (births := context.births.get(entity.id)) is not None:
        agree = births.agree(item.birth, moments)
        values["birth"], values["birth_conflict"] = max(0.0, agree), max(0.0, -agree)
    if moments.days:
        values["dead"] = float(item.death is not None and all(item.death < day for day in moments.days))
        values["not_of_age"] = _not_of_age(item, moments)
    values["kin"] = float(any(person_name(name).full in context.people for name in item.kin))
    values["colleague"] = max(
        (moments.fit(t) for t in item.offices if context.grounds.get(ground_of(t), frozenset()) - {entity.id}),
        default=0.0,
    )
    values["occupation"] = float(any(_occupied(name, context, entity) for name in item.occupations))
    values["employer"] = max(
        (
            moments.fit(t)
            for t in item.employers
            if t.qid in links.values() or any(f" {fold(t.name)} " in p for p in context.phrases.get(entity.id, ()))
        ),
        default=0.0,
    )
    values["gender_conflict"] = float(
        entity.gender is not None and item.gender is not None and entity.gender != item.gender
    )
    return values


def _begins_or_ends(item: Item, near: frozenset[str]) -> bool:
    """Whether a year in which an office or membership began or ended stands beside the name."""
    return any(day is not None and day[:4] in near for t in (*item.offices, *item.parties) for day in (t.start, t.end))


def _occupied(occupation: str, context: Context, entity: LocalEntity) -> bool:
    """Whether an occupation stands beside the name."""
    words = content(fold(occupation))
    return bool(words) and words <= context.near.get(entity.id, frozenset())


def _not_of_age(item: Item, moments: Moments) -> float:
    if item.birth is None:
        return 0.0
    birth, years = int(item.birth[:4]), [int(day[:4]) for day in moments.days]
    if not moments.published:
        return float(min(years) - birth > _OLDEST)
    return float(not _YOUNGEST <= years[0] - birth <= _OLDEST)


def _offices(entity: LocalEntity, item: Item, context: Context, gazetteer: Gazetteer) -> dict[str, float]:
    titles = context.titles.get(entity.id, ())
    near = context.near.get(entity.id, frozenset())
    home = item.country is None or context.countries.relative(item.country) > 0
    office = max((_title(title, item, context.moments, gazetteer, home=home) for title in titles), default=0.0)
    past = bool(near & roles().past)
    said = [content(role_phrase(title)) for title in titles]
    beside = max(
        (
            near_fit(t.name, near)
            * context.moments.fit(t, past=past)
            * (_OF_ANOTHER if _another(t.name, said) else 1.0)
            for t in item.offices
        )
        if near
        else (),
        default=0.0,
    )
    if item.death is not None and not past and all(item.death < day for day in context.moments.days or ("",)):
        office, beside = office * _AFTER_DEATH, beside * _AFTER_DEATH
    clash = bool(item.offices) and max(office, beside) < _CLEAR
    return {
        "office": office if office >= beside else 0.0,
        "office_near": beside if beside > office else 0.0,
        "office_conflict": max((_clash(title) for title in titles), default=0.0) if clash else 0.0,
    }


def _another(office: str, titles: Sequence[frozenset[str]]) -> bool:
    """Whether the titles name an office like this one, each of the two with words of weight that the other lacks."""
    missed = [_missed(title, office) for title in titles if any(title & form for form, _ in forms(office))]
    return bool(missed) and all(missed)


def _missed(title: frozenset[str], office: str) -> bool:
    light = roles().common | roles().weak
    own = forms(office)[0][0]
    return bool(own - title - light) and all(title - form - light for form, _ in forms(office))


def _seats_elsewhere(words: frozenset[str], item: Item) -> bool:
    """Whether a title is a seat in a body ("MP", "peer", "Rep.") in which the person is not known to have sat."""
    body = words - {"member"}
    if not body or not body <= _CHAMBERS:
        return False
    return not any(body <= form for tenure in item.offices for form, _ in forms(tenure.name))


def _clash(title: str) -> float:
    """How much it counts that a person is not known to have held an office of that title."""
    words = content(role_phrase(title))
    if words & roles().classes:
        return 1.0
    return 0.0 if words <= roles().weak | {"member"} else _OTHER_CLASH


def _title(title: str, item: Item, moments: Moments, gazetteer: Gazetteer, *, home: bool) -> float:
    """How well a title from the article fits the item's offices, 0 to 1; less for another time's office.

    `home` says whether the article names the item's country.
    """
    phrase = role_phrase(title)
    words = content(phrase)
    if not words or not item.offices or _seats_elsewhere(words, item):
        return 0.0
    past = title.split(" ")[0] in roles().past
    positions = _positions(phrase, gazetteer)
    return max(
        (1.0 if tenure.qid in positions else title_fit(words, tenure.name, home=home)) * moments.fit(tenure, past=past)
        for tenure in item.offices
    )


@lru_cache(maxsize=4096)
def _positions(phrase: str, gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(item.qid for item in gazetteer.candidates(phrase) if item.type is EntityType.POSITION)


def _parties(
    entity: LocalEntity, item: Item, context: Context, links: Mapping[str, str], gazetteer: Gazetteer
) -> dict[str, float]:
    """Parties that the article gives the person, or names beside them or anywhere, held against the item's."""
    given, names = _given_parties(entity, context, links)
    phrases = context.phrases.get(entity.id, ())
    fits = []
    for tenure in item.parties:
        time = 1.0 if context.moments.about(tenure) else _OTHER_PARTY_TIME
        if tenure.qid in given:
            fits.append(time)
        elif any(alike(fold(tenure.name), name) for name in names):
            fits.append(time * _ALIKE)
    beside = [
        (1.0 if context.moments.about(tenure) else _OTHER_PARTY_TIME) * worth
        for tenure in item.parties
        for name, worth in party_names(tenure, gazetteer)
        if any(f" {name} " in phrase for phrase in phrases)
    ]
    mine = {tenure.qid for tenure in item.parties if tenure.qid is not None}
    party = max(fits, default=0.0)
    return {
        "party": party,
        "party_beside": 0.0 if party else max(beside, default=0.0),
        "party_conflict": float(bool(given or names) and bool(item.parties) and not fits and not beside),
        "party_near": float(not party and not beside and bool(mine & set(links.values()))),
    }


def _given_parties(entity: LocalEntity, context: Context, links: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The parties that the article gives a person: QIDs (all that an unlinked name may mean) and folded names."""
    found: set[str] = set()
    names: set[str] = set()
    for local in context.parties.get(entity.id, ()):
        party = context.entities.get(local)
        if party is None or party.type is not EntityType.PARTY:
            continue
        names.add(fold(party.name))
        if local in links:
            found.add(links[local])
        else:
            found.update(c.item.qid for c in context.candidates[local])
    return found, names
