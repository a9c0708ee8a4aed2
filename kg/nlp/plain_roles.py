"""Offices by word lists and parts of speech alone, for languages whose grammar the rules do not know."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Role

_LONGEST = 12
"""No name of an office has so many tokens behind its head."""
_CLOSED = (EntityType.PERSON, EntityType.PARTY)
"""Names of these are no part of an office's name."""
_FORMER, _PLURAL = "former", "plural"
"""What a word of role_modifiers.tsv may say of the office beside it."""
_PREFIXES = ("ex-", "Ex-")


def plain_roles(doc: Doc, lexicon: Lexicon, kinds: Sequence[EntityType | None], skipped: Sequence[bool]) -> list[Role]:
    """Offices in text order, none overlapping another; nobody holds them yet.

    `kinds` says for each token of what type the name is that covers it.
    """
    if not lexicon.role_heads:
        return []
    two_words = {head for head in lexicon.role_heads if " " in head}
    roles: list[Role] = []
    for token in doc:
        if skipped[token.i] or kinds[token.i] in _CLOSED or (roles and token.i < roles[-1].end):
            continue
        head = token.i
        former, plural = token.text.startswith(_PREFIXES), False
        word = token.lower_.removeprefix("ex-")
        if head + 1 < len(doc) and f"{word} {doc[head + 1].lower_}" in two_words:
            head += 1
        elif word not in lexicon.role_heads:
            continue
        full_start = token.i
        while full_start > 0 and not doc[full_start].is_sent_start:
            before = doc[full_start - 1]
            sense = lexicon.modifiers.get(before.lower_)
            if kinds[before.i] in _CLOSED or (sense is None and before.pos_ != "DET"):
                break
            former, plural = former or sense == _FORMER, plural or sense == _PLURAL
            full_start -= 1
        end = _end(doc, head, lexicon, kinds)
        for place in range(head + 1, end):
            former = former or lexicon.modifiers.get(doc[place].lower_) == _FORMER
        roles.append(Role(token.i, end, head, full_start, former, plural=plural or _is_plural(doc, head)))
    return roles


def _end(doc: Doc, head: int, lexicon: Lexicon, kinds: Sequence[EntityType | None]) -> int:
    """Past the adjectives behind the head and the phrases that the language's links join to it."""
    end = place = head + 1
    linked = False
    while place < min(len(doc), head + _LONGEST) and kinds[place] not in _CLOSED:
        token = doc[place]
        if token.lower_ in lexicon.role_links:
            linked = True
        elif linked and token.pos_ == "DET":
            pass
        elif (token.pos_ == "ADJ" and token.text[0].islower()) or (
            linked and (token.pos_ in ("NOUN", "PROPN") or kinds[place] is not None or token.text[0].isupper())
        ):
            end = place + 1
        else:
            break
        place += 1
    return end


def _is_plural(doc: Doc, head: int) -> bool:
    return "Number=Plur" in str(doc[head].morph)
