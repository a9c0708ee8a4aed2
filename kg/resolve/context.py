"""What one article says that helps to tell its entities apart; computed once per article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model import Annotation, EntityType, LocalEntity, MentionKind
from kg.resolve.candidates import Candidate, bearers_of, candidates_of, full_names
from kg.resolve.geography import Countries, count_places, tokens
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import TITLES, fold, person_name

_WINDOW = 12
_TITLE_WINDOW = 40
_BREAK = re.compile(r'[,;:!?"“”()\n]')
_SURE_PRIOR = 0.5
_SURE_LEAD = 0.4


@dataclass(frozen=True, slots=True)
class Context:
    """One article as the linker sees it; local ids are keys throughout.

    `own` is the country for which an entity itself counts among `countries`, since all that its name may mean
    is of that country; `candidates` are the items each entity's name may mean; `titles` the offices that the
    article gives a person, as folded phrases; `parties` the party entities it puts a person into; `members`
    and `holders` the reverse; `near` the folded words around a person's names; `people` all full names;
    `sure` the items of people who need no context; `day` the ISO date of publication, None where it is not
    known; `host` the web host of the article.
    """

    words: frozenset[str]
    countries: Countries
    own: Mapping[str, str]
    candidates: Mapping[str, tuple[Candidate, ...]]
    titles: Mapping[str, tuple[str, ...]]
    parties: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[str, ...]]
    near: Mapping[str, frozenset[str]]
    people: frozenset[str]
    sure: Mapping[str, Item]
    entities: Mapping[str, LocalEntity]
    day: str | None
    host: str


def context_of(annotation: Annotation, gazetteer: Gazetteer) -> Context:
    """Read the context out of one annotation."""
    article = annotation.article
    raw, folded, starts = tokens(article.text)
    title_raw, title_folded, _ = tokens(article.title or "")
    entities = {entity.id: entity for entity in annotation.entities}
    bearers = bearers_of(annotation.entities)
    candidates = {entity.id: candidates_of(entity, bearers, gazetteer) for entity in annotation.entities}
    host = web_host(article.url)
    weights = count_places(title_raw + raw, title_folded + folded, gazetteer)
    own: dict[str, str] = {}
    for ident, found in candidates.items():
        named = {c.item.country for c in found if c.item.prior >= _SURE_PRIOR and c.item.type is not EntityType.PLACE}
        if len(named) == 1 and (country := named.pop()) is not None:
            weights[country] += 1
            own[ident] = country
    outlet = gazetteer.by_domain(host) or _only(gazetteer.candidates(article.outlet or ""))
    if outlet is not None and outlet.country is not None:
        weights[outlet.country] += 2
    elif host.endswith(".uk"):
        weights["Q145"] += 2
    titles, near = _surroundings(annotation, folded, starts)
    parties: dict[str, list[str]] = {}
    members: dict[str, list[str]] = {}
    holders: dict[str, list[str]] = {}
    for claim in annotation.claims:
        if claim.object is None or claim.polarity.value == "negative":
            continue
        if claim.relation == "memberOf":
            parties.setdefault(claim.subject, []).append(claim.object)
            members.setdefault(claim.object, []).append(claim.subject)
        elif claim.relation == "holdsPosition" and claim.object in entities:
            titles.setdefault(claim.subject, []).append(fold(entities[claim.object].name))
            holders.setdefault(claim.object, []).append(claim.subject)
    return Context(
        words=frozenset((*title_folded, *folded)),
        countries=Countries(dict(weights)),
        own=own,
        candidates=candidates,
        titles=_frozen(titles),
        parties=_frozen(parties),
        members=_frozen(members),
        holders=_frozen(holders),
        near=near,
        people=frozenset(name for e in annotation.entities if e.type is EntityType.PERSON for name in full_names(e)),
        sure={
            entity.id: item
            for entity in annotation.entities
            if entity.type is EntityType.PERSON and (item := _sure(candidates[entity.id])) is not None
        },
        entities=entities,
        day=None if article.published is None else article.published.latest.isoformat(),
        host=host,
    )


def _surroundings(
    annotation: Annotation, folded: Sequence[str], starts: Sequence[int]
) -> tuple[dict[str, list[str]], dict[str, frozenset[str]]]:
    """The titles in front of people's names, and the words around their names."""
    text = annotation.article.text
    titles: dict[str, list[str]] = {}
    near: dict[str, set[str]] = {}
    people = {entity.id for entity in annotation.entities if entity.type is EntityType.PERSON}
    for entity in annotation.entities:
        for name in (entity.name, *entity.aliases) if entity.id in people else ():
            if title := person_name(name).titles:
                titles.setdefault(entity.id, []).append(" ".join(title))
    for mention in annotation.mentions:
        if mention.kind is not MentionKind.NAME or mention.entity not in people:
            continue
        first = bisect_left(starts, mention.span.start)
        last = bisect_left(starts, mention.span.end)
        if first and folded[first - 1] in TITLES:
            title = person_name(f"{_clause_end(text, mention.span.start)} {mention.span.of(text)}").titles
            titles.setdefault(mention.entity, []).append(" ".join(title))
        window = near.setdefault(mention.entity, set())
        window.update(folded[max(0, first - _WINDOW) : first], folded[last : last + _WINDOW])
    return titles, {entity: frozenset(words) for entity, words in near.items()}


def _clause_end(text: str, end: int) -> str:
    """The title words that stand right before a name, with nothing but spaces and periods between them."""
    kept: list[str] = []
    for word in reversed(_BREAK.split(text[max(0, end - _TITLE_WINDOW) : end])[-1].split()):
        if fold(word) not in TITLES:
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _sure(candidates: tuple[Candidate, ...]) -> Item | None:
    full = sorted((c.item for c in candidates if not c.surname_only), key=lambda item: -item.prior)
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
