"""What one article says that helps to tell its entities apart; computed once per article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model import Annotation, EntityType, LocalEntity
from kg.resolve.births import Births
from kg.resolve.callings import Calling, callings_of
from kg.resolve.candidates import Candidate, bearers_of, candidates_of, full_names
from kg.resolve.geography import Countries, count_places, nation_words, tokens
from kg.resolve.moments import Moments, moments_of
from kg.resolve.offices import ground_of, singular
from kg.resolve.parties import alike
from kg.resolve.seats import BOUND, has_seats, seats
from kg.resolve.surroundings import surroundings
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import fold, person_name

_SURE_PRIOR = 0.5
_SURE_LEAD = 0.4


@dataclass(frozen=True, slots=True)
class Context:
    """One article as the linker sees it; local ids are keys throughout.

    `words` are all of its words, folded; `telling` those that name no country; `own` is the country for which an
    entity itself counts among `countries`, since all that its name may mean is of that country; `candidates` are the
    items each entity's name may mean; `titles` the offices that the article gives a person, as folded phrases;
    `parties` the party entities it puts a person into; `members` and `holders` the reverse; `near`, `phrases` and
    `births` what stands around a person's names (see `surroundings`); `callings` what descriptions say that a person
    does; `people` all full names; `sure` the items of people who need no context, `alone` those of whose full name
    nobody else is known; `grounds` the people of a unique name by the offices they share; `moments` when the article
    speaks; `host` the web host of the article.
    """

    words: frozenset[str]
    telling: frozenset[str]
    countries: Countries
    own: Mapping[str, str]
    candidates: Mapping[str, tuple[Candidate, ...]]
    titles: Mapping[str, tuple[str, ...]]
    parties: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[str, ...]]
    near: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[str, ...]]
    births: Mapping[str, Births]
    callings: Mapping[str, tuple[Calling, ...]]
    people: frozenset[str]
    sure: Mapping[str, Item]
    alone: Mapping[str, Item]
    grounds: Mapping[str, frozenset[str]]
    entities: Mapping[str, LocalEntity]
    moments: Moments
    host: str


def context_of(annotation: Annotation, gazetteer: Gazetteer) -> Context:
    """Read the context out of one annotation."""
    article = annotation.article
    raw, folded, starts = tokens(article.text)
    title_raw, title_folded, _ = tokens(article.title or "")
    entities = {entity.id: entity for entity in annotation.entities}
    bearers = bearers_of(annotation.entities)
    described = _described(annotation)
    candidates = {
        entity.id: candidates_of(entity, bearers, gazetteer, similar=entity.id in described)
        for entity in annotation.entities
    }
    host = web_host(article.url)
    weights = count_places(title_raw + raw, title_folded + folded, gazetteer)
    own: dict[str, str] = {}
    for ident, found in candidates.items():
        named = {
            c.item.country
            for c in found
            if c.item.prior >= _SURE_PRIOR and not c.edits and c.item.type is not EntityType.PLACE
        }
        if len(named) == 1 and (country := named.pop()) is not None and not _common_body(entities[ident]):
            weights[country] = weights.get(country, 0.0) + 1
            own[ident] = country
    outlet = gazetteer.by_domain(host) or _only(gazetteer.candidates(article.outlet or ""))
    if outlet is not None and outlet.country is not None:
        weights[outlet.country] = weights.get(outlet.country, 0.0) + 2
    elif host.endswith(".uk"):
        weights["Q145"] = weights.get("Q145", 0.0) + 2
    words = frozenset((*title_folded, *folded))
    around = surroundings(annotation, folded, starts, {ident for ident, found in candidates.items() if found})
    titles = {key: list(values) for key, values in around.titles.items()}
    parties: dict[str, list[str]] = {}
    members: dict[str, list[str]] = {}
    holders: dict[str, list[str]] = {}
    for claim in annotation.claims:
        if claim.object is None or claim.polarity.value == "negative":
            continue
        if claim.relation == "memberOf":
            parties.setdefault(claim.subject, []).append(claim.object)
            members.setdefault(claim.object, []).append(claim.subject)
            body = entities.get(claim.object)
            if body is not None and body.type is EntityType.ORGANIZATION and has_seats(fold(body.name)):
                titles.setdefault(claim.subject, []).append(f"member of {fold(body.name)}")
        elif claim.relation == "holdsPosition" and claim.object in entities:
            titles.setdefault(claim.subject, []).append(fold(entities[claim.object].name))
            holders.setdefault(claim.object, []).append(claim.subject)
    for ident, words_beside in around.near.items():
        if words_beside & BOUND and "parliament" not in words_beside and ident in titles:
            titles[ident] = [title for title in titles[ident] if title not in seats().legislators.phrases]
    alone = _alone(candidates)
    candidates = _with_members(candidates, members, alone, entities, gazetteer)
    return Context(
        words=words,
        telling=words - nation_words(gazetteer),
        countries=Countries(weights),
        own=own,
        candidates=candidates,
        titles=_frozen(titles),
        parties=_frozen(parties),
        members=_frozen(members),
        holders=_frozen(holders),
        near=around.near,
        phrases=around.phrases,
        births=around.births,
        callings=callings_of(annotation),
        people=frozenset(name for e in annotation.entities if e.type is EntityType.PERSON for name in full_names(e)),
        sure={
            entity.id: item
            for entity in annotation.entities
            if entity.type is EntityType.PERSON and (item := _sure(candidates[entity.id])) is not None
        },
        alone=alone,
        grounds=_grounds(alone),
        entities=entities,
        moments=moments_of(article),
        host=host,
    )


def _described(annotation: Annotation) -> frozenset[str]:
    """The people to whom the article gives a party or an office."""
    by_claim = {c.subject for c in annotation.claims if c.relation in ("memberOf", "holdsPosition")}
    by_name = {entity.id for entity in annotation.entities if person_name(entity.name).titles}
    return frozenset(by_claim | by_name)


def _common_body(entity: LocalEntity) -> bool:
    """Whether many countries have a body of that name: "Senate", "House of Representatives"."""
    words = set(fold(entity.name).split(" ")) - roles().ignored
    return entity.type is EntityType.ORGANIZATION and {singular(word) for word in words} <= roles().common


def _alone(candidates: Mapping[str, tuple[Candidate, ...]]) -> dict[str, Item]:
    """The items of people of whose full name nobody else is known."""
    return {
        ident: found[0].item
        for ident, found in candidates.items()
        if len(found) == 1 and found[0].item.type is EntityType.PERSON and not found[0].weak
    }


def _grounds(alone: Mapping[str, Item]) -> dict[str, frozenset[str]]:
    """By office of many holders: the people of a unique full name who held it."""
    found: dict[str, set[str]] = {}
    for ident, item in alone.items():
        for key in {ground_of(tenure) for tenure in item.offices} - {""}:
            found.setdefault(key, set()).add(ident)
    return {key: frozenset(people) for key, people in found.items()}


def _with_members(
    candidates: Mapping[str, tuple[Candidate, ...]],
    members: Mapping[str, Sequence[str]],
    alone: Mapping[str, Item],
    entities: Mapping[str, LocalEntity],
    gazetteer: Gazetteer,
) -> dict[str, tuple[Candidate, ...]]:
    """The candidates, those of parties with parties of their members that go by a longer name ("Welsh Labour")."""
    made = dict(candidates)
    for party, people in members.items():
        if party not in entities or entities[party].type is not EntityType.PARTY:
            continue
        known = {candidate.item.qid for candidate in made[party]}
        name = fold(entities[party].name)
        longer: dict[str, Candidate] = {}
        for tenure in (tenure for person in people if person in alone for tenure in alone[person].parties):
            if tenure.qid is not None and tenure.qid not in known and alike(name, fold(tenure.name)):
                item = gazetteer.item(tenure.qid)
                if item is not None and item.type is EntityType.PARTY:
                    longer[item.qid] = Candidate(item, "name_part", 1.0)
        made[party] += tuple(longer.values())
    return made


def _sure(candidates: tuple[Candidate, ...]) -> Item | None:
    full = sorted((c.item for c in candidates if not c.weak), key=lambda item: -item.prior)
    if not full or full[0].prior < _SURE_PRIOR:
        return None
    return full[0] if len(full) == 1 or full[0].prior - full[1].prior >= _SURE_LEAD else None


def _only(items: tuple[Item, ...]) -> Item | None:
    outlets = [item for item in items if item.type is EntityType.OUTLET]
    return outlets[0] if outlets and (len(outlets) == 1 or outlets[0].prior - outlets[1].prior >= 0.5) else None


def web_host(url: str | None) -> str:
    """The host of an address, in lower case; "" where there is none."""
    if url is None:
        return ""
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return ""


def _frozen(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(values)) for key, values in lists.items()}
