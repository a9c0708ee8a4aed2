"""The way through the parse from one word to another, as steps that can be compared and learnt from."""

from __future__ import annotations

from spacy.tokens import Token

_DEEP = 25
"""How far up the tree a path is followed."""
_RELATIVES = frozenset(["who", "that", "whom", "which"])


def path_between(first: Token, second: Token) -> list[str]:
    """Edges up ("^nsubj"), lemmas, edges down ("vpobj").

    Coordinated words stand in the place of the first of them, a relative clause begins with its pronoun's role.
    """
    ups, downs = up_to_root(first), up_to_root(second)
    seen = {token.i: number for number, token in enumerate(ups)}
    meeting = next((number for number, token in enumerate(downs) if token.i in seen), None)
    if meeting is None:
        return ["apart"]
    top = downs[meeting]
    up, down = ups[: seen[top.i]], downs[:meeting][::-1]
    steps: list[str] = []
    for token in up:
        if token.dep_ != "conj":
            if steps:
                steps.append(word_of(token))
            steps.append("^" + _edge(token))
    if up and down and not _coordinated(down[0], top):
        steps.append(word_of(top))
    for number, token in enumerate(down):
        if token.dep_ == "relcl" and number == 0 and not steps:
            steps.append("^" + _relative_role(token))
        elif token.dep_ != "conj":
            steps.append("v" + _edge(token))
        if number + 1 < len(down) and not _coordinated(down[number + 1], token):
            steps.append(word_of(token))
    return steps


def _coordinated(token: Token, head: Token) -> bool:
    return token.dep_ == "conj" and token.pos_ == head.pos_


def up_to_root(token: Token) -> list[Token]:
    """The token and what it hangs from, up to the root of its sentence or so."""
    chain = [token]
    while token.head.i != token.i and len(chain) < _DEEP:
        token = token.head
        chain.append(token)
    return chain


def _edge(token: Token) -> str:
    if token.dep_ == "agent":
        return "prep:by"
    return f"prep:{token.lower_}" if token.dep_ == "prep" else token.dep_


def _relative_role(verb: Token) -> str:
    return next((child.dep_ for child in verb.children if child.lower_ in _RELATIVES), "relcl")


def word_of(token: Token) -> str:
    """The lemma in lower case; names and numbers are only that."""
    if token.pos_ == "PROPN" or token.ent_type_ in ("PERSON", "GPE", "ORG"):
        return "NAME"
    return "NUM" if token.like_num else token.lemma_.lower()
