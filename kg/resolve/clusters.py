"""One entity for each real person, party, outlet, office or place, over all articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from kg.model import NIL, Annotation, Entity, EntityType, LocalEntity, Resolution
from kg.model.decision import NO_DECISIONS, Decisions
from kg.resolve.apart import kept_apart
from kg.resolve.decisions import Groups, Rulings, obeyed, parted, rulings_of
from kg.resolve.identity import NilKey, nil_key
from kg.resolve.linker import Explanation, explain_article, lead_of
from kg.resolve.members import Member
from kg.resolve.publisher import OUTLET_ID, outlet_of
from kg.resolve.tables import weights
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.names import person_name

VETOES = (
    "gender_conflict",
    "not_of_age",
    "party_conflict",
    "office_conflict",
    "office_of_other",
    "party_of_other",
    "out_of_time",
    "country_absent",
)
"""Features that forbid to take over another article's link."""

AGAINST = 0.2
"""What such a feature must exceed."""

TAKEN_OVER = 0.5
"""The least score of a link that was taken over; more where the article alone nearly links it."""

COMPANY = (EntityType.PERSON, EntityType.PARTY, EntityType.POSITION)
ACQUAINTED = 2
"""How many linked people, parties and offices two articles must share to be about the same affairs."""

COMMON_GROUND = 0.5
"""How much of an article must be about the item's country, against the leading one, to take over a link."""


def resolve(annotations: Sequence[Annotation], gazetteer: Gazetteer, decisions: Decisions = NO_DECISIONS) -> Resolution:
    """Group the local entities of all articles; deterministic, and the order of the articles does not matter.

    Linked ones are one entity by QID. Unlinked ones are one by type and full name, unless gender or the country of
    party and office forbid it; a single word, or a name that the gazetteer knows several bearers of, never joins two
    articles. A person whom one article links and another leaves open takes the link where the articles share ground
    and nothing speaks against it. What reviewers decided stands above all of that.
    """
    articles = {annotation.article.key: annotation for annotation in annotations}
    members = [
        Member(key, entity)
        for key, annotation in sorted(articles.items())
        for entity in (*annotation.entities, *_outlet(annotation, gazetteer))
    ]
    rulings = rulings_of(articles, decisions)
    members = parted(_pooled(rulings.ruled(members), articles, gazetteer, rulings), rulings)
    groups: Groups = {}
    for member in members:
        qid = member.entity.wikidata
        groups.setdefault(_free_key(member, groups, gazetteer) if qid is NIL else qid, []).append(member)
    groups = obeyed(kept_apart(groups, articles, gazetteer), rulings)
    entities = [
        _linked_entity(key, group, gazetteer) if isinstance(key, str) else _nil_entity(key, group)
        for key, group in groups.items()
    ]
    return Resolution(tuple(sorted(entities, key=lambda entity: entity.id)))


def _outlet(annotation: Annotation, gazetteer: Gazetteer) -> tuple[LocalEntity, ...]:
    outlet = outlet_of(annotation.article, gazetteer)
    return () if outlet is None else (outlet,)


def _free_key(member: Member, taken: Groups, gazetteer: Gazetteer) -> NilKey:
    """The key of an unlinked member; where it holds for its article only, the next number that is free."""
    key = nil_key(member.entity.type, member.entity.name, member.article, gazetteer)
    if key.article:
        while key in taken:
            key = replace(key, number=key.number + 1)
    return key


def _pooled(
    members: list[Member], articles: Mapping[str, Annotation], gazetteer: Gazetteer, rulings: Rulings
) -> list[Member]:
    """The members, with links taken over between articles where that is safe and people did not decide."""
    qids: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    company = _company(members)
    for member in members:
        name = _full_name(member.entity)
        if name and member.entity.wikidata is not NIL:
            qids[name].add(member.entity.wikidata)
            beside[member.entity.wikidata] |= company[member.article] - {member.entity.wikidata}
    explained: dict[str, dict[str, Explanation]] = {}
    pooled = []
    for member in members:
        name = _full_name(member.entity)
        is_open = name and member.entity.wikidata is NIL and member.place not in rulings.links
        known = qids.get(name, set()) if is_open else set()
        if len(known) == 1:
            qid = next(iter(known))
            if member.article not in explained:
                found = explain_article(articles[member.article], gazetteer)
                explained[member.article] = {e.entity.id: e for e in found}
            shared = company[member.article] & beside[qid]
            explanation = explained[member.article][member.entity.id]
            if _safe(explanation, qid, shared):
                score = round(max(TAKEN_OVER, 1 - explanation.confidence), 3)
                member = replace(member, entity=replace(member.entity, wikidata=qid, score=score))
        pooled.append(member)
    return pooled


def _company(members: Sequence[Member]) -> Mapping[str, set[str]]:
    """By article: the people, parties and offices that it links."""
    found: dict[str, set[str]] = defaultdict(set)
    for member in members:
        if member.entity.wikidata is not NIL and member.entity.type in COMPANY:
            found[member.article].add(member.entity.wikidata)
    return found


def _safe(explanation: Explanation, qid: str, shared: Set[str]) -> bool:
    """Whether an article that left a person open may take the link that another article gives the name.

    The candidate must be the best one here too, by a margin or with people and bodies that both articles name.
    """
    scored = explanation.candidates
    if not scored or scored[0].item.qid != qid:
        return False
    acquainted = len(shared) >= ACQUAINTED
    lead = lead_of(scored)
    if lead < (0.0 if acquainted else weights().margin) or (acquainted and lead == 0.0):
        return False
    values = {name: value for name, value, _ in scored[0].features}
    if any(values.get(name, 0.0) > AGAINST for name in VETOES):
        return False
    return acquainted or values.get("country", 0.0) >= COMMON_GROUND or values.get("party", 0.0) > 0


def _full_name(entity: LocalEntity) -> str:
    """A person's folded full name, "" for everything else."""
    if entity.type is not EntityType.PERSON:
        return ""
    person = person_name(entity.name)
    return f"{person.full} {person.suffix}".strip() if len(person.words) > 1 else ""


def _linked_entity(qid: str, group: Sequence[Member], gazetteer: Gazetteer) -> Entity:
    item = gazetteer.item(qid)
    name = _fullest(group) if item is None else item.label
    return Entity(
        id=qid,
        type=_type(group) if item is None else item.type,
        name=name,
        aliases=_aliases(group, name),
        wikidata=qid,
        score=_score(group),
        gender=_gender(group) if item is None or item.gender is None else item.gender,
        description=None if item is None else item.description,
        members=_members(group),
    )


def _nil_entity(key: NilKey, group: Sequence[Member]) -> Entity:
    name = _fullest(group)
    return Entity(
        id=key.id,
        type=key.type,
        name=name,
        aliases=_aliases(group, name),
        score=_score(group),
        gender=_gender(group),
        members=_members(group),
    )


def _fullest(group: Sequence[Member]) -> str:
    """The most frequent name, of equals the longest, of equals the first by letters."""
    counts = Counter(member.entity.name for member in group)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _type(group: Sequence[Member]) -> EntityType:
    counts = Counter(member.entity.type for member in group)
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


def _aliases(group: Sequence[Member], name: str) -> tuple[str, ...]:
    names: Iterable[str] = (n for m in group for n in (m.entity.name, *m.entity.aliases))
    return tuple(sorted({other for other in names if other and other != name}))


def _gender(group: Sequence[Member]) -> str | None:
    genders = {member.entity.gender for member in group} - {None}
    return genders.pop() if len(genders) == 1 else None


def _score(group: Sequence[Member]) -> float:
    return round(sum(member.entity.score for member in group) / len(group), 3)


def _members(group: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((member.article, member.entity.id) for member in group))


__all__ = ["OUTLET_ID", "resolve"]
