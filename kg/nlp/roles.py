"""Noun phrases that name an office or job, and the people whom grammar gives it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from spacy.tokens import Doc, Token

from kg.model import EntityType
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Cluster, Role, TokenMention
from kg.nlp.role_bounds import Parts, left_bound, right_bound, start_with_title
from kg.nlp.role_holders import find_holders

_SECOND_TITLES = frozenset(["Senator", "Representative", "Congressman", "Congresswoman", "MP"])
"""Titles that may follow another office ("Majority Leader Senator Ada Example") as one of their own."""


class RoleFinder:
    """Finds offices with the word lists of heads and modifiers, adjacency and the parse."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._two_words = frozenset(head for head in lexicon.role_heads if " " in head)
        self._first_words = frozenset(head.split(" ")[0] for head in self._two_words)
        self._heads: dict[str, bool] = {}

    def find(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        mentions: Sequence[TokenMention],
        at: Sequence[int],
        skipped: Sequence[bool],
    ) -> list[Role]:
        """All roles in text order, none overlapping another."""
        starts = {
            start_with_title(doc, mention, self._lexicon): index
            for index, mention in enumerate(mentions)
            if clusters[mention.cluster].type is EntityType.PERSON
        }
        parts = Parts(doc, self._lexicon, clusters, mentions, at, starts)
        roles: list[Role] = []
        for token in doc:
            if skipped[token.i] or (roles and token.i < roles[-1].end):
                continue
            may_be = token.lower_ in self._first_words or self._is_head(token)
            head = self._head_at(parts, token) if may_be else None
            role = None if head is None else self._role(parts, head, roles)
            if role is not None:
                roles.append(role)
        return [
            replace(role, people=after.people, link=after.link)
            if not role.people and after is not None and after.full_start == role.end and after.link == "title"
            else role
            for role, after in zip_longest(roles, roles[1:])
        ]

    def _head_at(self, parts: Parts, token: Token) -> int | None:
        """The index of the head noun, where an office's head starts at this token."""
        doc = parts.doc
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and f"{token.lower_} {following.lower_}" in self._two_words:
            return following.i
        if not self._is_head(token) or parts.is_person(token.i):
            return None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X") and not token.text[0].isupper():
            return None
        index = parts.at[token.i]
        if index >= 0 and parts.mentions[index].end > token.i + 1:
            return None
        if following is None:
            return token.i
        if following.text == "-" and not following.whitespace_ and not token.whitespace_:
            return None
        # "deputy leader", "Attorney General": the later head counts.
        later = self._is_head(following) and parts.at[following.i] < 0 and following.pos_ != "VERB"
        second_title = following.text.endswith(".") or following.text in _SECOND_TITLES
        return None if later and not second_title else token.i

    def _is_head(self, token: Token) -> bool:
        word = token.lower_
        known = self._heads.get(word)
        if known is None:
            heads = self._lexicon.role_heads
            known = self._heads[word] = word in heads or singular(word) in heads
        return known

    def _role(self, parts: Parts, head: int, before: Sequence[Role]) -> Role | None:
        doc = parts.doc
        full_start, start, former = left_bound(parts, head)
        if before and full_start < before[-1].end:
            full_start = start = max(start, before[-1].end)
        end = right_bound(parts, head)
        weak = {doc[head].lower_, singular(doc[head].lower_)} & self._lexicon.weak_roles
        if weak and start == head and end == head + 1:
            return None
        plural = doc[head].tag_ in ("NNS", "NNPS") or doc[head].text in ("Sens.", "Reps.", "Govs.")
        people, link = find_holders(parts, full_start, head, end, plural=plural)
        if not people and not plural and before:
            people, link = self._shared_holder(parts, full_start, before[-1])
        if not people and doc[full_start].lower_ in ("the", "our", "its"):
            link = "description"
        return Role(start, end, head, full_start, former, plural, people, link)

    def _shared_holder(self, parts: Parts, full_start: int, last: Role) -> tuple[tuple[int, ...], str]:
        """The second of "a former minister and now a European commissioner" belongs to the holder of the first."""
        if last.link not in ("apposition", "predicate") or last.plural or full_start - last.end > 3:
            return (), ""
        between = [token.lower_ for token in parts.doc[last.end : full_start]]
        joined = "and" in between and all(word in ("and", ",", "now", "then", "later", "also") for word in between)
        return (last.people, last.link) if joined else ((), "")


def singular(word: str) -> str:
    """The singular of a regular English plural, in lower case; other words come back as they are or clipped."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
