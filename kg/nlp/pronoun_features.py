"""What grammar and place say of a pronoun and a person mentioned near it, as readable features."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.nlp.ranker import Features

REFLEXIVES = frozenset(["himself", "herself"])
_DEEP = 20
"""How far up the tree a token is followed."""
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_OBJECTS = frozenset(["dobj", "dative", "agent", "oprd", "attr"])
_CLAUSES = frozenset(["ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "pcomp", "csubj", "parataxis"])


@dataclass(slots=True)
class Seen:
    """A mention of a person: where its head stands, its role, and how it is put (full name, short, pronoun, noun)."""

    cluster: int
    place: int
    sentence: int
    role: str
    shape: str
    first: bool
    """Whether it is the first person in its sentence."""


def of_nearest(mention: Seen, token: Token, role: str, distance: int, inside: Sequence[int]) -> Features:
    """The candidate's nearest mention before the pronoun. `inside` numbers each token's quotation, -1 for none."""
    quote, other = inside[token.i], inside[mention.place]
    quoted = "same" if quote == other else ("out" if quote < 0 else ("in" if other < 0 else "both"))
    near = min(distance, 2)
    return {
        f"dist={distance}": 1.0,
        f"role:{mention.role}>{role}": 1.0,
        f"role:{mention.role}@{near}": 1.0,
        f"shape:{mention.shape}": 1.0,
        f"shape:{mention.shape}@{near}": 1.0,
        "name": float(mention.shape in ("full", "short")),
        "tokens": math.log1p(max(token.i - mention.place, 0)) / 3,
        f"quote:{quoted}": 1.0,
        "first_in_sentence": float(mention.first),
        f"first@{near}": float(mention.first),
    }


def add_any(features: Features, mention: Seen, token: Token, role: str, distance: int, clause: Token) -> None:
    """What holds for some mention of the candidate, the nearest or another."""
    noun = token.doc[mention.place]
    if mention.role == "subject" and distance < 2:
        features[f"some_subject@{distance}"] = 1.0
    if mention.first and distance == 1:
        features["opened_last_sentence"] = 1.0
    if distance:
        return
    if mention.role == "subject":
        verb, steps = clause, 0
        while steps < 4:
            if noun.head == verb:
                features[f"subject_above:{min(steps, 2)}>{role}"] = 1.0
                break
            if verb.dep_ == "ROOT":
                break
            verb = clause_of(verb.head) if verb.dep_ != "conj" else verb.head
            steps += 1
    if noun.dep_ in ("appos", "conj"):
        features["listed"] = 1.0
    if role == "owner" and is_above(noun, token):
        features["owner_inside"] = 1.0
    if token.lower_ in REFLEXIVES and noun.head == token.head:
        features["reflexive"] = 1.0


def of_following(token: Token, role: str, noun: Token, ahead: int, *, new: bool) -> Features:
    """A person named behind the pronoun in its sentence."""
    clause = clause_of(token)
    above = "above" if is_above(noun.head, token) else "beside"
    owner = role_of(noun)
    fronted = clause.dep_ in ("advcl", "acl") or (token.dep_ in ("poss", "pobj") and clause.i > token.i)
    return {
        "after": 1.0,
        f"after:{owner}>{role}": 1.0,
        f"after:{above}": 1.0,
        f"after:fronted:{owner}": float(fronted and above == "above"),
        f"after:rank={min(ahead, 2)}": 1.0,
        "after:new": float(new),
    }


def compare(found: Mapping[int, Features]) -> None:
    """What the candidates are beside one another."""
    told = [f for f in found.values() if "gender:sure" in f or "gender:likely" in f or "gender:heard" in f]
    if len(told) == 1:
        told[0]["only_fitting"] = 1.0
    most = max((f["so_far"] for f in found.values()), default=0.0)
    fitting = 0
    for features in found.values():
        features["most_so_far"] = float(features["so_far"] == most)
        features["alone"] = float(len(found) == 1)
        if "after" not in features and "gender:opposed" not in features and "gender:unlikely" not in features:
            features[f"fitting_rank={min(fitting, 3)}"] = 1.0
            fitting += 1


def role_of(token: Token) -> str:
    """The grammatical role of a noun or pronoun, coarsely."""
    dep = token.dep_
    if dep in _SUBJECTS:
        return "subject"
    if dep == "poss":
        return "owner"
    if dep in _OBJECTS:
        return "object"
    return "behind" if dep == "pobj" else "other"


def clause_of(token: Token) -> Token:
    """The verb of the clause that the token stands in."""
    for _ in range(_DEEP):
        if token.dep_ in _CLAUSES and token.pos_ in ("VERB", "AUX"):
            return token
        if token.head == token:
            break
        token = token.head
    return token


def is_above(upper: Token, lower: Token) -> bool:
    """Whether the lower token hangs, within a few steps, from the upper one."""
    for _ in range(_DEEP):
        if lower.head == lower:
            return False
        lower = lower.head
        if lower == upper:
            return True
    return False
