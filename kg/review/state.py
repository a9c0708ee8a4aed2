"""How each decision stands to the articles at hand: in force, overruled by a later one, or waiting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Annotation
from kg.model.decision import CLAIM_VERDICTS, LINK_VERDICTS, PAIR_VERDICTS, Decision, Decisions, NameKey, Verdict
from kg.model.sentences import plain_sentence
from kg.rdf.namespaces import Namespaces
from kg.resolve.decisions import rulings_of
from kg.resolve.identity import folded_name
from kg.resolve.members import Place
from kg.resolve.sightings import Sightings
from kg.review.judged import ClaimPlace, judged_claims


class State(StrEnum):
    """What has become of a decision; the values stand in the review graph. One that a later one repeats is in force."""

    IN_FORCE = "in force"
    OVERRULED = "overruled"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision with its state, and the claims or the local entities that it is about (none where it waits)."""

    decision: Decision
    state: State
    claims: tuple[ClaimPlace, ...] = ()
    entities: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()


def standings(decisions: Decisions, annotations: Sequence[Annotation], namespaces: Namespaces) -> tuple[Standing, ...]:
    """All decisions that no undo takes back, skips apart, by time. `annotations` are those that resolve is given."""
    claims = _on_claims(decisions, annotations, namespaces)
    entities = _on_entities(decisions, annotations)
    found = claims | entities
    return tuple(found[decision.id] for decision in decisions.standing if decision.id in found)


def conflicts(decisions: Decisions) -> tuple[tuple[Decision, Decision], ...]:
    """Two reviewers who contradict each other about the same thing: the earlier and the later decision, which wins."""
    about: dict[object, list[Decision]] = defaultdict(list)
    for decision in decisions.standing:
        for thing in _things(decision):
            about[thing].append(decision)
    found: dict[tuple[str, str], tuple[Decision, Decision]] = {}
    for same in about.values():
        last = same[-1]
        for earlier in same[:-1]:
            if earlier.reviewer != last.reviewer and _says(earlier) != _says(last):
                found[earlier.id, last.id] = (earlier, last)
    return tuple(sorted(found.values(), key=lambda pair: (pair[1].time, pair[0].time, pair[0].id)))


def _things(decision: Decision) -> list[object]:
    if decision.verdict in CLAIM_VERDICTS and decision.claim is not None:
        return [decision.claim.key]
    if decision.verdict in LINK_VERDICTS:
        return [_plain(key) for key in decision.entities]
    if decision.verdict in PAIR_VERDICTS:
        return [frozenset((_plain(one), _plain(other))) for one in decision.entities for other in decision.others]
    return []


def _plain(key: NameKey) -> tuple[str, ...]:
    return key.type.value, folded_name(key.type, key.name), key.article, plain_sentence(key.hint)


def _says(decision: Decision) -> tuple[Verdict, str | None]:
    return decision.verdict, decision.wikidata


def _on_claims(decisions: Decisions, annotations: Sequence[Annotation], namespaces: Namespaces) -> dict[str, Standing]:
    judged = judged_claims(decisions, annotations, namespaces)
    places: dict[str, list[ClaimPlace]] = defaultdict(list)
    there: dict[str, list[ClaimPlace]] = defaultdict(list)
    for place, decision in sorted(judged.items()):
        places[decision.id].append(place)
        if decision.claim is not None:
            there[decision.claim.key].append(place)
    found = {}
    for decision in decisions.on_claims:
        others = there.get("" if decision.claim is None else decision.claim.key, [])
        same = [place for place in others if judged[place].verdict is decision.verdict]
        own = tuple(places.get(decision.id, same))
        state = State.IN_FORCE if own else State.OVERRULED if others else State.WAITING
        found[decision.id] = Standing(decision, state, own)
    return found


def _on_entities(decisions: Decisions, annotations: Sequence[Annotation]) -> dict[str, Standing]:
    if not decisions.on_entities:
        return {}
    articles = {annotation.article.key: annotation for annotation in annotations}
    rulings = rulings_of(articles, decisions)
    sightings = Sightings(articles)
    obeyed = {pair.decision.id: (pair.one, pair.other) for pair in (*rulings.sames, *rulings.nevers)}
    found = {}
    for decision in decisions.on_entities:
        seen = [sightings.of_all(decision.entities), sightings.of_all(decision.others)]
        if decision.verdict in LINK_VERDICTS:
            own = {place for place in seen[0] if rulings.links[place].wikidata == decision.wikidata}
            state = State.IN_FORCE if own else State.OVERRULED if seen[0] else State.WAITING
            found[decision.id] = Standing(decision, state, (), tuple(sorted(own or seen[0])))
            continue
        both = bool(seen[0] and seen[1])
        state = State.IN_FORCE if decision.id in obeyed else State.OVERRULED if both else State.WAITING
        one, other = obeyed.get(decision.id, (seen[0], seen[1]))
        if state is State.WAITING:
            one = other = frozenset()
        found[decision.id] = Standing(decision, state, (), tuple(sorted(one)), tuple(sorted(other)))
    return found
