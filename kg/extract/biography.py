"""Biographical relations by learnt weights: who is married to whom, whose child, educated where, in which party or job.

Candidates are the pairs of `kg.extract.pairs`, features those of `kg.extract.pair_features`; a head for each relation
gives a probability. The weights are trained by bench/train_biography.py and applied in plain Python.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.base import End, Finding, Named, Scene, modality_of, polarity_of
from kg.extract.cues import DATA, rows
from kg.extract.pair_features import features
from kg.extract.pairs import BODIES, Pair, Pairs, Spot
from kg.extract.paths import up_to_root
from kg.model import EntityType, Modality, Polarity

SPOUSE, CHILD, SCHOOL, EMPLOYER, PARTY = "spouse", "child", "school", "employer", "party"
HEADS: Mapping[str, frozenset[str]] = {
    SPOUSE: frozenset(["family", "wedding"]),
    CHILD: frozenset(["family", "birth"]),
    SCHOOL: frozenset(["study", "degree", "student", "schooling", "earn", "hold", "academic"]),
    EMPLOYER: frozenset(),
    PARTY: frozenset(),
}
"""The heads, with the classes of words of which a sentence needs one; an empty set asks for none."""
_BETWEEN_PEOPLE = (SPOUSE, CHILD)
_LIVES_ONLY = (EMPLOYER, PARTY)
"""Heads for texts about somebody's life; in news the patterns of worksFor and memberOf are far more precise."""
_REPORTED = 0.05
"""A text of which more sentences report what somebody says is news, not a life."""
_RELATIONS = {SPOUSE: "spouseOf", CHILD: "childOf", SCHOOL: "educatedAt", EMPLOYER: "worksFor", PARTY: "memberOf"}
_NEWS_BACKING: Mapping[str, frozenset[str]] = {
    SPOUSE: frozenset(["kin=spouse", "nik=spouse", "family=marry"]),
    CHILD: frozenset(["kin=child", "nik=child", "kin=parent", "nik=parent"]),
    SCHOOL: frozenset(f"class={use}" for use in ("study", "degree", "student", "schooling")),
}
"""Features of which a pair needs one in news, where much else stands beside a word of family or study."""
BACKING: Mapping[str, frozenset[str]] = {
    SPOUSE: _NEWS_BACKING[SPOUSE] | {"family=spouse"},
    CHILD: _NEWS_BACKING[CHILD] | {"family=child", "family=parent", "family=born", "same owner=child spouse"},
    SCHOOL: _NEWS_BACKING[SCHOOL]
    | {"class=earn", "kind=school", "nearest12=degree", "nearest12=schooling", "nearest12=study"},
}
"""Features of which a pair needs one in any text."""
_NEWS_WORDS = frozenset(["family", "wedding", "birth", "study", "degree", "student", "schooling"])
_NEWS_LEAST = 0.5
"""How probable a relation must be in news at least."""
_VETOES: Mapping[str, frozenset[str]] = {
    head: frozenset(f"{name}={use}" for name in ("kin", "nik") for use in ("spouse", "child", "parent", "other"))
    - _NEWS_BACKING[head]
    if head in _BETWEEN_PEOPLE
    else frozenset(f"family={use}" for use in ("spouse", "child", "parent", "other"))
    for head in HEADS
}
"""Whoever bears another noun of family to somebody is not married to him, or not his child; and behind a noun of
family the school, job or party is somebody else's."""
_USES: Mapping[str, frozenset[str]] = {SPOUSE: frozenset(["spouse"]), CHILD: frozenset(["child", "parent"])}
_SUREST: Mapping[str, float] = {SPOUSE: 0.97, CHILD: 0.95, SCHOOL: 0.95, EMPLOYER: 0.6, PARTY: 0.6}
"""How sure a head is at most; what patterns find of employers and parties stands above it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Log-linear weights by feature name; a pair below `threshold` is none."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, names: Sequence[str]) -> float:
        """How probable the relation is, by the features that are there."""
        get = self.weights.get
        return 1 / (1 + math.exp(-self.bias - sum(get(name, 0.0) for name in names)))


@lru_cache(maxsize=8)
def load_heads(folder: Path = DATA / "en") -> Mapping[str, Head]:
    """Read biography_weights.json of one language; ConfigError when it is missing or broken."""
    path = folder / "biography_weights.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["heads"]
        return {
            name: Head(
                float(content[name]["bias"]),
                {str(k): float(v) for k, v in content[name]["weights"].items()},
                float(content[name]["threshold"]),
            )
            for name in HEADS
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"the weights {str(path)!r} cannot be read ({error}); train them with bench/train_biography.py"
        ) from error


def candidates(pairs: Pairs, head: str) -> Iterator[Pair]:
    """The pairs that a head judges, sentence by sentence."""
    wanted = HEADS[head]
    for sentence, found in pairs.classes.items():
        if sentence not in pairs.people or (wanted and not wanted & found):
            continue
        if head in _BETWEEN_PEOPLE:
            for pair in pairs.of_people(sentence):
                if head != SPOUSE or pair.first.start < pair.second.start:
                    yield pair
        elif sentence in pairs.bodies:
            for pair in pairs.with_bodies(sentence):
                if _tells_life(pairs, pair, within=head == SCHOOL):
                    yield pair


def _tells_life(pairs: Pairs, pair: Pair, *, within: bool) -> bool:
    """Whether the verb above the body is one of a life; `within` asks for the verbs that join the two only."""
    doc = pairs.reading.doc
    joint = {token.i for token in up_to_root(doc[pair.first.root])} if within else set()
    for token in up_to_root(doc[pair.second.root]):
        if token.i in joint and token.pos_ not in ("VERB", "AUX"):
            return True
        if token.pos_ in ("VERB", "AUX"):
            return token.lemma_.lower() in life_verbs()
    return True


@lru_cache(maxsize=8)
def life_verbs(folder: Path = DATA / "en") -> frozenset[str]:
    """The verbs of data/en/life_verbs.txt."""
    return frozenset(row[0] for row in rows(folder, "life_verbs.txt"))


def biography(scene: Scene, relation: str) -> list[Finding]:
    """The findings of one relation; all are worked out when the first is asked for."""
    if "biography" not in scene.shared:
        scene.shared["biography"] = list(_findings(scene, load_heads()))
    found = scene.shared["biography"]
    return [f for f in found if isinstance(f, Finding) and f.relation == relation] if isinstance(found, list) else []


def _is_news(scene: Scene) -> bool:
    """Whether the text reports what people say: the lives that the weights were trained on hardly ever do."""
    numbers = scene.reading.sentence_of
    reported = {numbers[attribution.content[0][0]] for attribution in scene.attributions}
    return len(reported) > _REPORTED * (max(numbers, default=0) + 1)


@dataclass(frozen=True, slots=True)
class _Judged:
    head: str
    pair: Pair
    probability: float


def _findings(scene: Scene, heads: Mapping[str, Head]) -> Iterator[Finding]:
    news = _is_news(scene)
    pairs = Pairs(scene.reading, scene.lexicon, _NEWS_WORDS if news else None)
    best: dict[tuple[int, frozenset[int]], _Judged] = {}
    bodies: list[_Judged] = []
    seen: dict[Pair, list[str]] = {}
    for name, head in heads.items():
        if news and name in _LIVES_ONLY:
            continue
        for pair in candidates(pairs, name):
            if scene.content_of[pair.first.start] != scene.content_of[pair.second.start]:
                continue  # who says so is not whom it is said of
            if pair not in seen:
                seen[pair] = features(pairs, pair)
            probability = head.probability(seen[pair])
            if (
                probability < max(head.threshold, _NEWS_LEAST if news else 0.0)
                or _VETOES[name] & set(seen[pair])
                or (name in BACKING and not (_NEWS_BACKING if news else BACKING)[name] & set(seen[pair]))
            ):
                continue
            judged = _Judged(name, pair, probability)
            # two people in one sentence are married, or parent and child, in one direction
            sentence = scene.reading.sentence_of[pair.first.start]
            key = (sentence, frozenset([pair.first.who, pair.second.who]))
            if name in _BETWEEN_PEOPLE and key in best and best[key].probability >= probability:
                continue
            if name in _BETWEEN_PEOPLE:
                best[key] = judged
            else:
                bodies.append(judged)
    if news:  # of several people beside a school only the most probable one went there
        surest = {judged.pair.second.start: judged for judged in sorted(bodies, key=lambda j: j.probability)}
        bodies = [
            judged for judged in bodies if surest[judged.pair.second.start].pair.first.who == judged.pair.first.who
        ]
    schools = {_key(judged) for judged in bodies if judged.head == SCHOOL}
    relatives = {_key(judged) for judged in best.values()}
    for judged in (*best.values(), *bodies):
        if judged.head not in _LIVES_ONLY:
            yield _finding(scene, pairs, judged)
        elif _key(judged) not in schools | relatives:
            finding = _finding(scene, pairs, judged)
            if finding.modality is not Modality.HYPOTHETICAL:
                yield finding


def _key(judged: _Judged) -> frozenset[int]:
    return frozenset([judged.pair.first.who, judged.pair.second.who])


def _finding(scene: Scene, pairs: Pairs, judged: _Judged) -> Finding:
    reading = scene.reading
    first, second = judged.pair.first, judged.pair.second
    if judged.head == SPOUSE and (second.who < 0, abs(second.who)) < (first.who < 0, abs(first.who)):
        first, second = second, first
    link = next(
        (
            link
            for link in pairs.kin.get(reading.sentence_of[first.start], ())
            if link.kin.use in _USES.get(judged.head, ())
            and (
                (first.who in link.bearers and second.who in link.owners)
                or (second.who in link.bearers and first.who in link.owners)
            )
        ),
        None,
    )
    trigger = second.root if link is None else link.kin.noun
    places = [first.start, second.start, trigger]
    ends = [first.end, second.end, trigger + 1]
    polarity, modality = _stance(scene, judged.pair)
    speaker = scene.speaker_at(second.start)
    attributed = speaker if speaker not in (first.who, second.who) else None
    if attributed is not None and modality is Modality.ASSERTED:
        modality = Modality.REPORTED
    return Finding(
        relation=_relation(judged),
        subject=_end(pairs, first, as_person=True),
        object=_end(pairs, second, as_person=judged.head in _BETWEEN_PEOPLE),
        start=min(places),
        end=max(ends),
        pattern="learnt" if link is None else "kin",
        confidence=min(judged.probability, _SUREST[judged.head]),
        trigger=trigger,
        note=None if link is None else reading.text(trigger, trigger + 1),
        polarity=polarity,
        modality=modality,
        attributed_to=attributed,
        pronouns=_pronouns(pairs, (first.who, second.who)),
    )


def _relation(judged: _Judged) -> str:
    """What the head stands for; nobody works for a party, one is a member of it."""
    if judged.head == EMPLOYER and judged.pair.second.type is EntityType.PARTY:
        return _RELATIONS[PARTY]
    return _RELATIONS[judged.head]


def _stance(scene: Scene, pair: Pair) -> tuple[Polarity, Modality]:
    """Whether the verb that joins the two is negated or only thought of."""
    doc = scene.reading.doc
    above = {token.i for token in up_to_root(doc[pair.first.root])}
    for token in up_to_root(doc[pair.second.root]):
        if token.pos_ in ("VERB", "AUX"):
            polarity, modality = polarity_of(token), modality_of(token)
            if polarity is Polarity.NEGATIVE or modality is Modality.HYPOTHETICAL:
                return polarity, modality
        if token.i in above:
            break
    return Polarity.POSITIVE, Modality.ASSERTED


def _end(pairs: Pairs, spot: Spot, *, as_person: bool) -> End:
    if spot.who < 0:
        person = pairs.unnamed[-1 - spot.who]
        return Named(EntityType.PERSON, person.name, spot.start, spot.end, pronouns=person.places)
    if spot.type in BODIES or as_person:
        return spot.who
    name = " ".join(pairs.reading.text(spot.start, spot.end).split())
    return Named(EntityType.ORGANIZATION, name, spot.start, spot.end)


def _pronouns(pairs: Pairs, whos: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The relative and plural pronouns that stand for the ends and are no mentions of the reading."""
    found = [(pronoun.cluster, pronoun.start) for pronoun in pairs.relatives if pronoun.cluster in whos]
    found += [(who, place) for place, group in pairs.plural.items() for who in group if who in whos and who >= 0]
    return tuple(found)
