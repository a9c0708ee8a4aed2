"""Unlinked people of one name who cannot be one person: of two genders, or in public life in two countries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.model import NIL, Annotation, EntityType
from kg.resolve.decisions import Groups
from kg.resolve.identity import NilKey
from kg.resolve.members import Member
from kg.wikidata.gazetteer import Gazetteer


def kept_apart(groups: Groups, articles: Mapping[str, Annotation], gazetteer: Gazetteer) -> Groups:
    """The groups, with those of unlinked people divided where members contradict each other.

    A part is called by what sets it apart; of whom nothing is known in that respect, stays in its article.
    """
    made: Groups = {}
    for key, members in groups.items():
        if isinstance(key, str) or key.article or key.type is not EntityType.PERSON or len(members) < 2:
            made[key] = members
            continue
        tests: Sequence[Callable[[Member], str | None]] = (
            lambda member: member.entity.gender,
            lambda member: country_of(member, articles, gazetteer),
        )
        parts = next((found for test in tests if (found := _divided(key, members, test))), None)
        if parts is None:
            made[key] = members
        else:
            made.update(parts.items())
    return made


def country_of(member: Member, articles: Mapping[str, Annotation], gazetteer: Gazetteer) -> str | None:
    """The one country of the linked parties and offices that the article gives a person."""
    annotation = articles[member.article]
    linked = {entity.id: entity.wikidata for entity in annotation.entities if entity.wikidata is not NIL}
    given = {
        claim.object
        for claim in annotation.claims
        if claim.subject == member.entity.id
        and claim.relation in ("memberOf", "holdsPosition")
        and claim.polarity.value == "positive"
    }
    items = [gazetteer.item(qid) for local in given if local is not None and (qid := linked.get(local)) is not None]
    countries = {item.country for item in items if item is not None and item.country is not None}
    return countries.pop() if len(countries) == 1 else None


def _divided(
    key: NilKey, members: Sequence[Member], trait: Callable[[Member], str | None]
) -> dict[NilKey, list[Member]]:
    """The members by trait; nothing where all who have one have the same."""
    traits = {member.place: trait(member) for member in members}
    if len(set(traits.values()) - {None}) < 2:
        return {}
    made: dict[NilKey, list[Member]] = {}
    for member in members:
        part = replace(key, article=traits[member.place] or member.article)
        made.setdefault(part, []).append(member)
    return made
