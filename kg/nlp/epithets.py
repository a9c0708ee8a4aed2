"""Later references by a common noun: "the boy" for whom the article calls a boy, "his wife" for whom it names so."""

from __future__ import annotations

from collections.abc import Container, Mapping

from spacy.tokens import Doc, Token

from kg.model import MentionKind
from kg.nlp.descriptions import bounds
from kg.nlp.reading import TokenMention

_DEFINITE = frozenset(["the", "this", "that"])
_GENERAL = frozenset("person people individual man woman one member".split())
"""Words that anybody may be called: they tell nobody apart."""


class Epithets:
    """What the article calls its people by grammar, and whose relatives it names."""

    def __init__(self, doc: Doc, equal: Mapping[int, TokenMention]) -> None:
        self._equal = equal
        self._called: dict[str, set[int]] = {}
        self._kin: dict[tuple[int, str], int] = {}
        self._waiting: list[tuple[Token, tuple[int, str]]] = []
        for noun, person in equal.items():
            self._called.setdefault(doc[noun].lemma_.lower(), set()).add(person.cluster)

    def find(self, noun: Token, owner_at: Mapping[int, int], seen: Container[int]) -> TokenMention | None:
        """The person whom a noun for a human being means, by what was said of people before it or anywhere.

        `owner_at` maps the tokens of names and of the mentions found so far to their clusters; `seen` are the persons
        mentioned so far.
        """
        word = noun.lemma_.lower()
        equal = self._equal.get(noun.i)
        owner = next((owner_at.get(child.i) for child in noun.lefts if child.dep_ == "poss"), None)
        if owner is not None:
            key = (owner, word)
            if equal is not None:
                if equal.cluster != owner and equal.kind is MentionKind.NAME:
                    self._kin.setdefault(key, equal.cluster)
                return None
            if noun.dep_ in ("attr", "appos"):
                return None
            if key in self._kin:
                return self._mention(noun, self._kin[key])
            self._waiting.append((noun, key))
            return None
        if equal is not None or word in _GENERAL or noun.dep_ in ("attr", "appos", "compound", "oprd"):
            return None
        determiner = next((child for child in noun.lefts if child.dep_ == "det"), None)
        if determiner is None or determiner.lower_ not in _DEFINITE:
            return None
        if any(child.dep_ in ("prep", "relcl", "acl", "compound", "poss", "appos") for child in noun.children):
            return None
        called = self._called.get(word, set())
        person = next(iter(called)) if len(called) == 1 else None
        return None if person is None or person not in seen else self._mention(noun, person)

    def late(self) -> list[TokenMention]:
        """Relatives mentioned before the article names them."""
        return [self._mention(noun, self._kin[key]) for noun, key in self._waiting if key in self._kin]

    def _mention(self, noun: Token, cluster: int) -> TokenMention:
        start, end = bounds(noun)
        return TokenMention(start, end, MentionKind.NOMINAL, cluster)
