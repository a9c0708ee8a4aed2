"""Obeys the reviewers' decisions about entities: they stand above the linker's own judgement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import NIL, Annotation
from kg.model.decision import LINK_VERDICTS, PAIR_VERDICTS, Decision, Decisions, NameKey, Verdict
from kg.resolve.identity import NilKey, folded_name
from kg.resolve.members import Member, Place
from kg.resolve.sightings import Sightings

GroupKey = str | NilKey
"""What makes members one: a QID, or the key of an unlinked entity."""

Groups = dict[GroupKey, list[Member]]

WITHDRAWN = 0.5
"""How sure "in no knowledge base" is for what lost its link because it is never the same as another."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A same or a never, with the local entities of its two sides."""

    decision: Decision
    one: frozenset[Place]
    other: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the decisions mean for the articles at hand.

    `links` are the links and NILs, the latest of each local entity (one for its article before one for every
    article); `sames` and `nevers` come latest first and do not contradict each other: of two that do, the later stays.
    """

    links: Mapping[Place, Decision] = field(default_factory=dict)
    sames: tuple[Pair, ...] = ()
    nevers: tuple[Pair, ...] = ()

    def ruled(self, members: Iterable[Member]) -> list[Member]:
        """The members with the links that people gave them."""
        return [self._ruled(member) for member in members]

    def _ruled(self, member: Member) -> Member:
        decision = self.links.get(member.place)
        if decision is None:
            return member
        return replace(member, entity=replace(member.entity, wikidata=decision.wikidata, score=1.0))


def rulings_of(articles: Mapping[str, Annotation], decisions: Decisions) -> Rulings:
    """The rulings for these articles, given by their keys."""
    if not decisions.on_entities:
        return Rulings()
    sightings = Sightings(articles)
    ranks: dict[Place, tuple[bool, int]] = {}
    links: dict[Place, Decision] = {}
    pairs: list[Pair] = []
    for number, decision in enumerate(decisions.on_entities):
        if decision.verdict in LINK_VERDICTS:
            for key in decision.entities:
                for place in sightings.of(key):
                    rank = (bool(key.article), number)
                    if rank >= ranks.get(place, rank):
                        ranks[place], links[place] = rank, decision
        elif decision.verdict in PAIR_VERDICTS:
            pairs.append(Pair(decision, *_sides(decision, sightings)))
    sames, nevers = _agreeing(reversed(pairs))
    return Rulings(links, sames, nevers)


def _sides(decision: Decision, sightings: Sightings) -> tuple[frozenset[Place], frozenset[Place]]:
    """Both sides; what one names in its article and the other in every article, is of the first."""
    sides = (decision.entities, decision.others)
    near = [sightings.of_all(tuple(key for key in side if key.article)) for side in sides]
    far = [sightings.of_all(tuple(key for key in side if not key.article)) for side in sides]
    one, other = near[0] | (far[0] - near[1]), near[1] | (far[1] - near[0])
    return one, (other - one if decision.verdict is Verdict.NEVER else other)


def _agreeing(latest_first: Iterable[Pair]) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    together = _Unions()
    sames: list[Pair] = []
    nevers: list[Pair] = []
    for pair in latest_first:
        if not pair.one or not pair.other:
            continue
        if pair.decision.verdict is Verdict.NEVER:
            if {together.root(place) for place in pair.one}.isdisjoint(together.root(place) for place in pair.other):
                nevers.append(pair)
            continue
        trial = together.copy() if nevers else together
        trial.join([*pair.one, *pair.other])
        if not any(_one_group(trial, never) for never in nevers):
            together = trial
            sames.append(pair)
    return tuple(sames), tuple(nevers)


def _one_group(unions: _Unions, pair: Pair) -> bool:
    return not {unions.root(p) for p in pair.one}.isdisjoint(unions.root(p) for p in pair.other)


class _Unions:
    """Disjoint sets of hashable things."""

    def __init__(self) -> None:
        self._parents: dict[object, object] = {}

    def root(self, thing: object) -> object:
        while (parent := self._parents.get(thing, thing)) != thing:
            thing = parent
        return thing

    def join(self, things: Sequence[object]) -> None:
        for thing in things[1:]:
            one, other = self.root(things[0]), self.root(thing)
            if one != other:
                self._parents[other] = one

    def copy(self) -> _Unions:
        new = _Unions()
        new._parents = dict(self._parents)
        return new


def parted(members: Sequence[Member], rulings: Rulings) -> list[Member]:
    """The members, without the links by which two that are never the same would be one.

    The side that people linked keeps its link, else the one whose links are surer.
    """
    now = {member.place: member for member in members}
    for pair in reversed(rulings.nevers):
        sides = [[now[place] for place in sorted(side) if place in now] for side in (pair.one, pair.other)]
        shared = _qids(sides[0]) & _qids(sides[1])
        for qid in sorted(shared):
            linked = [[m for m in side if m.entity.wikidata == qid] for side in sides]
            ranks = [_rank(side, rulings) for side in linked]
            for member in linked[1 if ranks[0] >= ranks[1] else 0]:
                now[member.place] = replace(member, entity=replace(member.entity, wikidata=NIL, score=WITHDRAWN))
    return [now[member.place] for member in members]


def _qids(members: Iterable[Member]) -> set[str]:
    return {member.entity.wikidata for member in members if member.entity.wikidata is not NIL}


def _rank(side: Sequence[Member], rulings: Rulings) -> tuple[str, float]:
    """The time of the latest link that people gave, then how sure the links are."""
    times = [rulings.links[member.place].time for member in side if member.place in rulings.links]
    return max(times, default=""), sum(member.entity.score for member in side) / len(side)


def obeyed(groups: Groups, rulings: Rulings) -> Groups:
    """The groups, with unlinked ones taken apart and groups joined as people decided."""
    if not rulings.sames and not rulings.nevers:
        return groups
    apart = dict(groups)
    home = {member.place: key for key, members in groups.items() for member in members}
    for pair in reversed(rulings.nevers):
        _take_apart(apart, home, pair)
    return _joined(apart, rulings)


def _take_apart(groups: Groups, home: dict[Place, GroupKey], pair: Pair) -> None:
    """Give the smaller side of each unlinked group that holds both a group of its own, named by its first article."""
    both = {home[place] for place in pair.one if place in home} & {home[place] for place in pair.other if place in home}
    for key in sorted((key for key in both if not isinstance(key, str)), key=repr):
        sides = [[m for m in groups[key] if m.place in side] for side in (pair.one, pair.other)]
        moved = sides[1] if len(sides[0]) >= len(sides[1]) else sides[0]
        new = _free(replace(key, article=min(member.article for member in moved), number=0), groups)
        groups[key] = [member for member in groups[key] if member not in moved]
        groups[new] = moved
        home |= dict.fromkeys((member.place for member in moved), new)


def _free(key: NilKey, groups: Mapping[GroupKey, object]) -> NilKey:
    while key in groups:
        key = replace(key, number=key.number + 1)
    return key


def _joined(groups: Groups, rulings: Rulings) -> Groups:
    """Whole unlinked groups join; of linked ones the members that a decision names, so that no other is moved."""
    node: dict[Place, object] = {
        member.place: member.place if isinstance(key, str) else key
        for key, members in groups.items()
        for member in members
    }
    named = {place for pair in (*rulings.sames, *rulings.nevers) for place in pair.one | pair.other}
    linked = {
        m.place: key for key, members in groups.items() if isinstance(key, str) for m in members if m.place in named
    }
    unions = _Unions()
    names: dict[object, list[NameKey]] = defaultdict(list)
    for pair in rulings.sames:
        nodes = sorted({node[place] for place in pair.one | pair.other if place in node}, key=repr)
        trial = unions.copy()
        trial.join(nodes)
        if len(nodes) > 1 and not _would_meet(trial, rulings.nevers, node, linked):
            unions = trial
            names[nodes[0]] += [*pair.decision.entities, *pair.decision.others]
    parts: dict[object, list[tuple[GroupKey, Member]]] = defaultdict(list)
    titles: dict[object, list[NameKey]] = defaultdict(list)
    for start, keys in names.items():
        titles[unions.root(start)] += keys
    for key, members in groups.items():
        for member in members:
            root = unions.root(node[member.place])
            if root in titles:
                parts[root].append((key, member))
    taken = {member.place for part in parts.values() for _, member in part}
    left: Groups = {}
    for key, members in groups.items():
        rest = [member for member in members if member.place not in taken]
        if rest:
            left[key] = rest
    for root in sorted(parts, key=repr):
        members = [member for _, member in parts[root]]
        qid = _common_link(parts[root], rulings)
        if qid is not NIL:
            left.setdefault(qid, []).extend(_linked(member, qid) for member in members)
        else:
            bare = [_linked(member, NIL) for member in members]
            left[_free(_title(titles[root]), left)] = bare
    return {key: sorted(members, key=lambda member: member.place) for key, members in left.items()}


def _would_meet(
    unions: _Unions, nevers: Sequence[Pair], node: Mapping[Place, object], linked: Mapping[Place, GroupKey]
) -> bool:
    """Whether the two sides of a never would be in one group, or could be by a link of that group."""
    if not nevers:
        return False
    qids: dict[object, set[GroupKey]] = defaultdict(set)
    for place, qid in linked.items():
        qids[unions.root(node[place])].add(qid)
    for never in nevers:
        one, other = (
            {unions.root(node[place]) for place in side if place in node} for side in (never.one, never.other)
        )
        if not one.isdisjoint(other):
            return True
        if not {qid for root in one for qid in qids[root]}.isdisjoint(qid for root in other for qid in qids[root]):
            return True
    return False


def _common_link(part: Sequence[tuple[GroupKey, Member]], rulings: Rulings) -> str | None:
    """The latest link or NIL that people gave any of them; else the QID that most have."""
    given = [rulings.links[member.place] for _, member in part if member.place in rulings.links]
    if given:
        return max(given, key=lambda decision: (decision.time, decision.id)).wikidata
    counts = Counter(key for key, _ in part if isinstance(key, str))
    return min(counts, key=lambda qid: (-counts[qid], len(qid), qid), default=NIL)


def _linked(member: Member, qid: str | None) -> Member:
    if member.entity.wikidata == qid:
        return member
    return replace(member, entity=replace(member.entity, wikidata=qid, score=1.0))


def _title(keys: Iterable[NameKey]) -> NilKey:
    """The identity of a joined unlinked entity: that of the first of its names, fuller and wider ones first."""
    best = min(
        keys,
        key=lambda key: (bool(key.article), -folded_name(key.type, key.name).count(" "), key),
    )
    return NilKey(best.type, folded_name(best.type, best.name), best.article)
