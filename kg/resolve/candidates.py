"""The items that a local entity may be, by its names and its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import EntityType, LocalEntity
from kg.resolve.nicknames import other_names
from kg.resolve.tables import roles, weights
from kg.wikidata.gazetteer import Gazetteer, Item, Match, MatchKind
from kg.wikidata.names import fold, person_name

FIT: dict[EntityType, dict[EntityType, float]] = {
    EntityType.PERSON: {EntityType.PERSON: 1.0},
    EntityType.PARTY: {EntityType.PARTY: 1.0, EntityType.ORGANIZATION: -1.0},
    EntityType.ORGANIZATION: {
        EntityType.ORGANIZATION: 1.0,
        EntityType.OUTLET: 0.5,
        EntityType.PARTY: 0.5,
        EntityType.PLACE: 0.0,
    },
    EntityType.OUTLET: {EntityType.OUTLET: 1.0, EntityType.ORGANIZATION: 0.0},
    EntityType.POSITION: {EntityType.POSITION: 1.0},
    EntityType.PLACE: {EntityType.PLACE: 1.0, EntityType.ORGANIZATION: 0.0},
    EntityType.OTHER: {},
}
"""By the article's type: the types of item that may be meant, and how well they fit."""

_NAME_FEATURE = {
    MatchKind.LABEL: "name_label",
    MatchKind.ALIAS: "name_alias",
    MatchKind.REDUCED: "name_reduced",
    MatchKind.SHORTER: "name_shorter",
    MatchKind.SPELLING: "name_spelling",
    MatchKind.SIMILAR: "name_similar",
}
_WEAK = ("name_nickname", "name_surname", "name_shorter", "name_spelling", "name_similar")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be meant, the feature that says how its name agrees, and how well the type fits."""

    item: Item
    name_feature: str
    fit: float
    edits: int = 0

    @property
    def weak(self) -> bool:
        """Whether the name agrees too little to mean the item without support."""
        return self.name_feature in _WEAK

    @property
    def by_spelling(self) -> bool:
        """Whether the name is another that is spelt much alike."""
        return self.name_feature in ("name_shorter", "name_spelling", "name_similar")


def candidates_of(
    entity: LocalEntity, bearers: Mapping[str, frozenset[str]], gazetteer: Gazetteer, *, similar: bool = False
) -> tuple[Candidate, ...]:
    """The candidates, best known first; none for a generic role, nor for a first name.

    Where nobody is known by a person's full name, a nickname may stand for the given name, or, with `similar`, the name
    may be spelt in another way. A person of whom the article has only the last name may be any well-known bearer of it,
    unless the article names another person of that last name in full (`bearers`, see `bearers_of`).
    """
    fits = FIT[entity.type]
    if not fits:
        return ()
    found: dict[str, Candidate] = {}
    for name in _names(entity):
        for match in gazetteer.matches(name):
            _keep(found, match, fits)
        if found:
            break
    if not found and entity.type is EntityType.PERSON:
        surname = person_name(entity.name)
        taken = bearers.get(surname.surname, frozenset()) - {entity.id}
        if len(surname.words) == 1 and not taken and not full_names(entity):
            known = (i for i in gazetteer.by_surname(surname.full) if i.prior >= weights().well_known)
            return tuple(Candidate(item, "name_surname", 1.0) for item in known)
        if nicknamed := _nicknamed(entity, gazetteer):
            return nicknamed
        if similar and full_names(entity):
            alike = (match for match in gazetteer.similar(entity.name) if match.item.type is EntityType.PERSON)
            return tuple(Candidate(m.item, _NAME_FEATURE[m.kind], 1.0, m.edits) for m in alike)
    return tuple(found.values())


def _nicknamed(entity: LocalEntity, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The people whose given name and the entity's are one: "Dan" and "Daniel"."""
    found: dict[str, Candidate] = {}
    for full in full_names(entity):
        given, rest = full.split(" ", 1)
        for other in other_names(given):
            for item in gazetteer.candidates(f"{other} {rest}"):
                if item.type is EntityType.PERSON:
                    found.setdefault(item.qid, Candidate(item, "name_nickname", 1.0))
    return tuple(found.values())


def bearers_of(entities: Iterable[LocalEntity]) -> dict[str, frozenset[str]]:
    """Folded last name -> local ids of the persons whom the article names in full with it."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        if entity.type is EntityType.PERSON:
            for full in full_names(entity):
                found.setdefault(full.split(" ")[-1], set()).add(entity.id)
    return {surname: frozenset(people) for surname, people in found.items()}


def full_names(entity: LocalEntity) -> tuple[str, ...]:
    """The folded names of a person that have at least two words, titles left aside."""
    people = [person_name(name) for name in (entity.name, *entity.aliases)]
    return tuple(dict.fromkeys(person.full for person in people if len(person.words) > 1))


def role_phrase(name: str) -> str:
    """An office's name, folded, without words such as "former" in front."""
    words = fold(name).split(" ")
    while len(words) > 1 and words[0] in roles().modifiers:
        words = words[1:]
    return " ".join(words)


def _names(entity: LocalEntity) -> list[str]:
    """The name, then other names; of a body only its initials, since the rest may name a part or an owner."""
    if entity.type is EntityType.POSITION:
        phrase = role_phrase(entity.name)
        return [] if phrase in roles().generic else [phrase]
    if entity.type in (EntityType.PERSON, EntityType.PARTY):
        return [entity.name, *entity.aliases]
    initials = "".join(word[0] for word in fold(entity.name).split(" ") if word and word not in roles().ignored)
    return [entity.name, *(alias for alias in entity.aliases if fold(alias) == initials)]


def _keep(found: dict[str, Candidate], match: Match, fits: dict[EntityType, float]) -> None:
    fit = fits.get(match.item.type)
    old = found.get(match.item.qid)
    feature = _NAME_FEATURE[match.kind]
    if fit is not None and (old is None or feature == "name_label"):
        found[match.item.qid] = Candidate(match.item, feature, fit)
