"""Single capitalised words that the recogniser did not take for persons: which of them are, by signs and by weights."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Token

from kg.errors import ConfigError
from kg.nlp.bodies import ORGANISATION_LAST
from kg.nlp.directions import Direction, load_genders
from kg.nlp.lexicon import DATA, Lexicon
from kg.nlp.lookup import mixed_words, places_of_words
from kg.nlp.person_signs import acts, followed_by_he, is_given_name, owns_soon, stands_alone

_NAMELIKE = 1.5
_GENDERED = 1.5
"""Log-odds of each word to be a person's name, and of the first to be a man's or a woman's."""
_UNLIKE = -1.0
"""Log-odds below which a lone word is no name without a sign."""
_NO_NAME_LABELS = frozenset(["DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "LANGUAGE", "PERCENT", "QUANTITY"])
_PLACES = frozenset(["GPE", "LOC", "FAC", "NORP"])
_PRONOUNS = frozenset(["he", "she", "him", "his", "her", "himself", "herself"])
_BEFORE_PLACES = frozenset(["in", "at", "from", "near"])
_ROLES = frozenset(["nsubj", "nsubjpass", "dobj", "poss", "pobj", "conj", "appos", "ROOT"])


@dataclass(frozen=True, slots=True)
class NameModel:
    """Logistic weights by feature; `direction` points, among word vectors, from names of other things to persons'."""

    weights: Mapping[str, float]
    direction: Direction
    threshold: float

    def is_person(self, features: Mapping[str, float]) -> bool:
        """Whether the word is probable enough to name a person."""
        score = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-score)) >= self.threshold


@cache
def load_name_model(language: str = "en", *, folder: Path = DATA) -> NameModel | None:
    """Read `name_weights.json` of one language; None where there is none, ConfigError when it is broken."""
    path = folder / language / "name_weights.json"
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return NameModel(
            {str(k): float(v) for k, v in content["weights"].items()},
            Direction(np.array(content["direction"], dtype=np.float32), float(content["offset"])),
            float(content["threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"the weights {str(path)!r} cannot be read ({error}); train them with bench/train_names.py"
        ) from error


def lone_names(doc: Doc, lexicon: Lexicon, blocked: Sequence[bool]) -> list[tuple[int, int]]:
    """Single capitalised words that the recogniser did not take for persons but that act or own like one.

    A word counts everywhere where one of its occurrences is a given name or shows a sign, where most of them are
    labelled PERSON, or, where the pipeline has the vectors that they were trained with, where the weights say so.
    """
    model = load_name_model(doc.lang_)
    if model is not None and not model.direction.fits(doc):
        model = None  # another pipeline: its vectors, if any, mean something else
    counts = surroundings(doc) if model is not None else {}
    lone, labelled = _words(doc, blocked)
    found = []
    for text, tokens in lone.items():
        firm = [token for token in tokens if stands_alone(doc, token)]
        if (firm and _signs(text, firm, labelled, lexicon)) or (
            model is not None and model.is_person(features(tokens, lexicon, model, counts))
        ):
            found += [(token.i, token.i + 1) for token in tokens]
    return found


def full_names(doc: Doc, blocked: Sequence[bool]) -> list[tuple[int, int]]:
    """Two or three words that the recogniser took for a body, but that look like a given name with a surname."""
    model, genders = load_name_model(doc.lang_), load_genders(doc.lang_)
    if model is None or genders is None or not model.direction.fits(doc) or not genders.fits(doc):
        return []
    return [
        (entity.start, entity.end)
        for entity in doc.ents
        if entity.label_ == "ORG"
        and 2 <= len(entity) <= 3
        and not any(blocked[entity.start : entity.end])
        and entity[-1].text not in ORGANISATION_LAST
        and all(token.pos_ == "PROPN" and _may_name(token) for token in entity)
        and not any(child.dep_ == "det" for child in entity.root.lefts)
        and abs(genders.of(entity[0]) or 0.0) >= _GENDERED
        and all((model.direction.of(token) or 0.0) >= _NAMELIKE for token in entity)
    ]


def unlike_names(doc: Doc, lexicon: Lexicon) -> Callable[[Token], bool]:
    """What tells of a lone word labelled PERSON that it is none: "Britons", "Norwich", unless it acts like one."""
    model = load_name_model(doc.lang_)
    if model is None or not model.direction.fits(doc):
        return lambda _: False
    direction = model.direction

    def unlike(token: Token) -> bool:
        if token.text in lexicon.genders or acts(token, lexicon) or owns_soon(token) or followed_by_he(token):
            return False
        score = direction.of(token)
        return token.tag_ in ("NNS", "NNPS") if score is None else score < _UNLIKE

    return unlike


def _words(doc: Doc, blocked: Sequence[bool]) -> tuple[dict[str, list[Token]], dict[str, int]]:
    """The words that may be lone names, with their tokens, and how often each is labelled PERSON elsewhere."""
    lone: dict[str, list[Token]] = {}
    labelled: dict[str, int] = {}
    for place in mixed_words(doc):
        token = doc[place]
        if blocked[place] or not _may_name(token):
            continue
        if token.ent_type_ == "PERSON":
            labelled[token.text] = labelled.get(token.text, 0) + 1
        elif _is_whole(token):
            lone.setdefault(token.text, []).append(token)
    return lone, labelled


def candidates(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[str, list[Token]]]:
    """The words that the weights decide on, with their tokens: for training."""
    parts = {word.text for entity in doc.ents if entity.label_ == "PERSON" for word in (entity[0], entity[-1])}
    lone, labelled = _words(doc, [False] * len(doc))
    for text, tokens in lone.items():
        known = text in lexicon.parties or text in lexicon.outlets or text in lexicon.titles
        if text not in parts and labelled.get(text, 0) <= len(tokens) and not known:
            yield text, tokens


def surroundings(doc: Doc) -> dict[str, float]:
    """What the whole text says: how full of people and of pronouns of one person it is."""
    he = len(places_of_words(doc, _PRONOUNS))
    people = sum(entity.label_ == "PERSON" for entity in doc.ents)
    return {"few_people": float(he > 0 and people == 0), "he_density": min(20 * he / max(len(doc), 1), 2.0)}


def features(
    tokens: Sequence[Token], lexicon: Lexicon, model: NameModel, counts: Mapping[str, float]
) -> dict[str, float]:
    """Readable features of a word by all its occurrences."""
    found = dict(counts)
    likeness = model.direction.of(tokens[0])
    found["vector"] = 0.0 if likeness is None else likeness / 4
    small = model.direction.of_small(tokens[0])
    found["small_vector"] = 0.0 if small is None else small / 4
    found["no_small_vector"] = float(small is None)
    found["no_vector"] = float(likeness is None)
    found["often"] = math.log1p(len(tokens))
    found["given"] = float(tokens[0].text in lexicon.genders)
    found["bias"] = 1.0
    found["office"] = float(tokens[0].lower_ in lexicon.role_heads)
    share = 1 / len(tokens)
    for token in tokens:
        for name in (f"label:{token.ent_type_}", f"role:{token.dep_ if token.dep_ in _ROLES else 'other'}"):
            found[name] = found.get(name, 0.0) + share
        if token.pos_ != "PROPN":
            found["common"] = found.get("common", 0.0) + share
        if token.is_sent_start:
            found["opens"] = found.get("opens", 0.0) + share
        if token.i > 0 and token.nbor(-1).lower_ in _BEFORE_PLACES:
            found["in"] = found.get("in", 0.0) + share
        if acts(token, lexicon):
            found["acts"] = 1.0
        if owns_soon(token):
            found["owns"] = 1.0
        if followed_by_he(token):
            found["he"] = 1.0
        if _with_person(token):
            found["listed_with_person"] = 1.0
        if _with_who(token):
            found["who"] = 1.0
    return found


def _may_name(token: Token) -> bool:
    text = token.text
    return text[0].isupper() and len(text) > 2 and not text.isupper() and text[-1].isalpha()


def _is_whole(token: Token) -> bool:
    """Whether the token is no part of a longer phrase and has no article."""
    if token.pos_ not in ("PROPN", "NOUN", "VERB") or token.ent_type_ in _NO_NAME_LABELS:
        return False
    if token.pos_ != "PROPN" and token.is_sent_start and not token.ent_type_:
        return False
    if token.dep_ == "compound" or token.ent_iob_ == "I":
        return False
    if token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "I":
        return False
    return not any(child.dep_ in ("det", "compound", "amod", "nmod") for child in token.lefts)


def _signs(text: str, tokens: Sequence[Token], labelled: Mapping[str, int], lexicon: Lexicon) -> bool:
    """Whether a clear sign, or the label of most occurrences, says that the word names a person."""
    if labelled.get(text, 0) > len(tokens) or any(acts(token, lexicon) or owns_soon(token) for token in tokens):
        return True
    if any(token.ent_type_ in _PLACES for token in tokens):
        return False
    return any(is_given_name(token, lexicon) or followed_by_he(token) for token in tokens)


def _with_person(token: Token) -> bool:
    """In a list with somebody whom the recogniser takes for a person."""
    if token.dep_ == "conj" and token.head.ent_type_ == "PERSON":
        return True
    return any(child.dep_ == "conj" and child.ent_type_ == "PERSON" for child in token.rights)


def _with_who(token: Token) -> bool:
    following = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return following[:1] == ["who"] or following in ([",", "who"], [",", "whose"])
