"""Third-person pronouns: which person named nearby each one means, by a learnt ranker over readable features."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.errors import ConfigError
from kg.model import EntityType
from kg.nlp.lexicon import DATA
from kg.nlp.reading import Cluster, TokenMention

Features = dict[str, float]
NOBODY = -1
"""Stands among the candidates for "none of them"."""
Chooser = Callable[[Token, Mapping[int, Features]], int | None]
"""Picks a cluster (or None) from the candidates of a pronoun."""

_REACH = 4
"""How many sentences back a pronoun looks."""
_FAR = 400
"""How many tokens back it looks at most, however long the sentences are."""
_AHEAD = 30
"""How many tokens ahead it looks, within its sentence."""
_MOST = 12
"""Between how many persons it chooses at most."""
_ENDS = 60
"""How many dependents of its verb are looked at."""
_DEEP = 20
"""How far up the tree it is followed."""
_REFLEXIVES = frozenset(["himself", "herself"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_OBJECTS = frozenset(["dobj", "dative", "agent", "oprd", "attr"])
_CLAUSES = frozenset(["ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "pcomp", "csubj", "parataxis"])


@dataclass(frozen=True, slots=True)
class Ranker:
    """Log-linear weights by feature name; below `threshold` the best candidate is not taken."""

    weights: Mapping[str, float]
    threshold: float

    def __call__(self, token: Token, candidates: Mapping[int, Features]) -> int | None:  # noqa: ARG002 - a Chooser
        """The most probable person, or None where nobody is probable enough."""
        best, probability = NOBODY, 0.0
        for cluster, share in self.probabilities(candidates).items():
            if cluster != NOBODY and share > probability:
                best, probability = cluster, share
        return None if best == NOBODY or probability < self.threshold else best

    def probabilities(self, candidates: Mapping[int, Features]) -> dict[int, float]:
        """For each candidate (and for nobody) the probability that the pronoun means it."""
        get = self.weights.get
        scores = {c: sum(get(name, 0.0) * value for name, value in f.items()) for c, f in candidates.items()}
        highest = max(scores.values())
        shares = {c: math.exp(score - highest) for c, score in scores.items()}
        total = sum(shares.values())
        return {c: share / total for c, share in shares.items()}


def load_ranker(language: str = "en", *, folder: Path = DATA) -> Ranker:
    """Read `pronoun_weights.json` of one language; ConfigError when it is missing or broken."""
    path = folder / language / "pronoun_weights.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ranker({str(k): float(v) for k, v in content["weights"].items()}, float(content["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"the weights {str(path)!r} cannot be read ({error}); train them with bench/train_coreference.py"
        ) from error


@dataclass(slots=True)
class _Mention:
    cluster: int
    place: int
    sentence: int
    role: str
    name: bool
    first: bool
    """Whether it is the first person in its sentence."""


class PronounResolver:
    """Keeps the persons seen so far, and gives every pronoun its candidates with their features."""

    def __init__(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        names: Sequence[TokenMention],
        sentence_of: Sequence[int],
        inside: Sequence[int],
        choose: Chooser,
    ) -> None:
        self._doc = doc
        self._sentence_of = sentence_of
        self._inside = inside
        self._choose = choose
        people = [m for m in names if clusters[m.cluster].type is EntityType.PERSON]
        self._named = {mention.end - 1: mention.cluster for mention in names}
        self._people = {mention.end - 1: mention.cluster for mention in people}
        self._total = Counter(mention.cluster for mention in people)
        self._main = self._total.most_common(1)[0][1] if people else 0
        self._first = people[0].cluster if people else NOBODY
        self._gender = {i: c.gender for i, c in enumerate(clusters) if c.type is EntityType.PERSON and c.gender}
        self._sure = {i for i in self._gender if " " in clusters[i].name}
        self._sure |= {m.cluster for m in people if m.title and m.cluster in self._gender}
        self._seen: list[_Mention] = []
        self._counts: Counter[int] = Counter()
        self._last_of: dict[str, int] = {}
        self._voices: dict[int, str] = {}

    def see(self, cluster: int, token: Token, *, name: bool) -> None:
        """Remember a mention of a person whose head is the token."""
        sentence = self._sentence_of[token.i]
        first = not self._seen or self._seen[-1].sentence != sentence
        self._seen.append(_Mention(cluster, token.i, sentence, _role(token), name, first))
        self._counts[cluster] += 1

    def antecedent(self, token: Token, gender: str) -> int | None:
        """The person whom a third-person pronoun means, None where that is not clear enough."""
        candidates = self.candidates(token, gender)
        if len(candidates) < 2:
            return None
        best = self._choose(token, candidates)
        if best is not None:
            self._last_of[gender] = best
            self._voices.setdefault(best, gender)
        return best

    def candidates(self, token: Token, gender: str) -> dict[int, Features]:
        """Every person whom the pronoun may mean, and NOBODY, with features."""
        here = self._sentence_of[token.i]
        barred = self._barred(token)
        role = _role(token)
        clause = _clause(token)
        found: dict[int, Features] = {}
        rank = 0
        opens = not self._seen or self._seen[-1].sentence != here
        for mention in reversed(self._seen):
            distance = here - mention.sentence
            if distance > _REACH or token.i - mention.place > _FAR:
                break
            cluster = mention.cluster
            if cluster in barred or (cluster in self._sure and self._gender[cluster] != gender):
                continue
            features = found.get(cluster)
            if features is None:
                if len(found) == _MOST:
                    break
                features = self._of_cluster(cluster, gender)
                features |= self._of_nearest(mention, token, role, distance)
                features[f"rank={min(rank, 3)}"] = 1.0
                rank += 1
                found[cluster] = features
            self._of_any(features, mention, token, role, distance, clause)
            if opens and mention.role == "subject" and distance == 1:
                features[f"carried_on:{role}"] = 1.0
            if opens and mention.first and distance == 1:
                features[f"carried_on_first:{role}"] = 1.0
        ahead = 0
        for place in range(token.i + 1, min(token.i + 1 + _AHEAD, len(self._doc))):
            if self._sentence_of[place] != here:
                break
            other = self._people.get(place)
            if other is None or other in barred or other in found or ahead == _MOST:
                continue
            if other in self._sure and self._gender[other] != gender:
                continue
            found[other] = self._of_cluster(other, gender) | self._of_following(token, role, self._doc[place], ahead)
            ahead += 1
        _compare(found)
        found[NOBODY] = {
            "nobody": 1.0,
            f"nobody:{role}": 1.0,
            "nobody:quoted": float(self._inside[token.i] >= 0),
            "nobody:sentence": math.log1p(here) / 3,
            "nobody:some_sure": float(any("gender:sure" in features for features in found.values())),
        }
        return found

    def _of_cluster(self, cluster: int, gender: str) -> Features:
        told = self._gender.get(cluster)
        if told is None:
            told = self._voices.get(cluster)
            certainty = "unknown" if told is None else ("heard" if told == gender else "opposed")
        else:
            certainty = ("sure" if cluster in self._sure else "likely") if told == gender else "unlikely"
        total = self._total[cluster]
        return {
            f"gender:{certainty}": 1.0,
            "so_far": math.log1p(self._counts[cluster]),
            "total": math.log1p(total),
            "main": float(total == self._main),
            "first_named": float(cluster == self._first),
            "last_same_pronoun": float(self._last_of.get(gender) == cluster),
        }

    def _of_nearest(self, mention: _Mention, token: Token, role: str, distance: int) -> Features:
        quote, other = self._inside[token.i], self._inside[mention.place]
        quoted = "same" if quote == other else ("out" if quote < 0 else ("in" if other < 0 else "both"))
        return {
            f"dist={distance}": 1.0,
            f"role:{mention.role}>{role}": 1.0,
            f"role:{mention.role}@{min(distance, 2)}": 1.0,
            "name": float(mention.name),
            "tokens": math.log1p(token.i - mention.place) / 3,
            f"quote:{quoted}": 1.0,
            "first_in_sentence": float(mention.first),
            f"first@{min(distance, 2)}": float(mention.first),
        }

    def _of_any(
        self,
        features: Features,
        mention: _Mention,
        token: Token,
        role: str,
        distance: int,
        clause: Token,
    ) -> None:
        """What holds for some mention of the candidate, the nearest or another."""
        noun = self._doc[mention.place]
        if mention.role == "subject" and distance < 2:
            features[f"some_subject@{distance}"] = 1.0
        if mention.first and distance == 1:
            features["opened_last_sentence"] = 1.0
        if distance == 0:
            if mention.role == "subject":
                verb, steps = clause, 0
                while steps < 4:
                    if noun.head == verb:
                        features[f"subject_above:{min(steps, 2)}>{role}"] = 1.0
                        break
                    if verb.dep_ == "ROOT":
                        break
                    verb, steps = _clause(verb.head) if verb.dep_ != "conj" else verb.head, steps + 1
            if noun.dep_ == "appos" or noun.dep_ == "conj":
                features["listed"] = 1.0
            if role == "owner" and _is_above(noun, token):
                features["owner_inside"] = 1.0
            if token.lower_ in _REFLEXIVES and noun.head == token.head:
                features["reflexive"] = 1.0

    def _of_following(self, token: Token, role: str, noun: Token, ahead: int) -> Features:
        clause = _clause(token)
        above = "above" if _is_above(noun.head, token) else "beside"
        owner = _role(noun)
        fronted = clause.dep_ in ("advcl", "acl") or (token.dep_ in ("poss", "pobj") and clause.i > token.i)
        return {
            "after": 1.0,
            f"after:{owner}>{role}": 1.0,
            f"after:{above}": 1.0,
            f"after:fronted:{owner}": float(fronted and above == "above"),
            f"after:rank={min(ahead, 2)}": 1.0,
            "after:new": float(self._counts[self._people[noun.i]] == 0),
        }

    def _barred(self, token: Token) -> set[int]:
        """Persons whom grammar excludes: the other ends of the pronoun's own verb, named before or after it."""
        if token.lower_ in _REFLEXIVES or token.dep_ == "poss":
            return set()
        verb = token.head.head if token.head.pos_ == "ADP" else token.head
        barred = {
            mention.cluster
            for mention in self._seen[-6:]
            if self._doc[mention.place].head == verb and self._doc[mention.place].dep_ != token.dep_
        }
        for child in islice(verb.children, _ENDS):
            ends = [child, *islice(child.children, _ENDS)] if child.pos_ == "ADP" else [child]
            if child.dep_ == "advcl" and child.tag_ == "VBN":
                # "Asked by Ada Example whether she would stay, she said": the asker is not the one who answers.
                ends += _agents(child)
            barred |= {self._named[end.i] for end in ends if end.i in self._named and end.i != token.i}
        for _ in range(_DEEP):
            if verb.dep_ not in ("ccomp", "xcomp", "pcomp"):
                break
            # "Asked by Ada Example whether she would stay": neither is the one who is asked about.
            verb = verb.head
            if verb.tag_ == "VBN":
                barred |= {self._named[end.i] for end in _agents(verb) if end.i in self._named}
        return barred


def _compare(found: Mapping[int, Features]) -> None:
    """What the candidates are beside one another."""
    told = [f for f in found.values() if "gender:sure" in f or "gender:likely" in f or "gender:heard" in f]
    if len(told) == 1:
        told[0]["only_fitting"] = 1.0
    most = max((f["so_far"] for f in found.values()), default=0.0)
    for features in found.values():
        features["most_so_far"] = float(features["so_far"] == most)
        features["alone"] = float(len(found) == 1)


def _role(token: Token) -> str:
    """The grammatical role of a noun or pronoun, coarsely."""
    dep = token.dep_
    if dep in _SUBJECTS:
        return "subject"
    if dep == "poss":
        return "owner"
    if dep in _OBJECTS:
        return "object"
    return "behind" if dep == "pobj" else "other"


def _clause(token: Token) -> Token:
    """The verb of the clause that the token stands in."""
    for _ in range(_DEEP):
        if token.dep_ in _CLAUSES and token.pos_ in ("VERB", "AUX"):
            return token
        if token.head == token:
            break
        token = token.head
    return token


def _is_above(upper: Token, lower: Token) -> bool:
    """Whether the lower token hangs, within a few steps, from the upper one."""
    for _ in range(_DEEP):
        if lower.head == lower:
            return False
        lower = lower.head
        if lower == upper:
            return True
    return False


def _agents(verb: Token) -> list[Token]:
    """The nouns of "by ..." behind a passive verb."""
    return [end for by in verb.children if by.dep_ == "agent" for end in by.children]
