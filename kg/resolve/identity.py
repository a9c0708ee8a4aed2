"""Identities of entities that are in no knowledge base, stable whatever else is in a run."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kg.model import EntityType, content_hash
from kg.resolve.candidates import role_phrase
from kg.wikidata.gazetteer import Gazetteer
from kg.wikidata.names import fold, person_name

_BODIES = (EntityType.PARTY, EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.POSITION)


@dataclass(frozen=True, slots=True)
class NilKey:
    """What makes two unlinked things one: type, folded name, and the article where a name is not enough.

    `article` is "" where the name alone identifies; `number` tells apart things of one name in one article.
    """

    type: EntityType
    name: str
    article: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """`<type>/<slug>-<8 hex>` in lower case."""
        parts: list[object] = [self.type.value, self.name]
        if self.article:
            parts.append(self.article)
        if self.number:
            parts.append(self.number)
        return f"{self.type.value.lower()}/{_slug(self.name)}-{content_hash(parts, length=8)}"


def nil_key(kind: EntityType, name: str, article: str, gazetteer: Gazetteer) -> NilKey:
    """The key of an unlinked entity; its article is part of it where the name may be another's elsewhere.

    That is so for a name of one word (but for initials that stand for a body or an office, as in "LBC"), and
    for a name that the gazetteer knows more than one bearer of, unless it is an office's.
    """
    folded = folded_name(kind, name)
    bearers = sum(item.type is kind for item in gazetteer.candidates(name))
    shared = bearers > 1 and kind is not EntityType.POSITION
    alone = " " not in folded and not (kind in _BODIES and _is_acronym(name))
    return NilKey(kind, folded, article if shared or alone else "")


def folded_name(kind: EntityType, name: str) -> str:
    """The name by which unlinked things of a kind are the same, never empty."""
    if kind is EntityType.PERSON:
        person = person_name(name)
        folded = f"{person.full} {person.suffix}".strip()
    elif kind is EntityType.POSITION:
        folded = role_phrase(name)
    else:
        folded = fold(name)
    return folded or " ".join(name.split()) or "?"


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "").strip()
    return 2 <= len(letters) <= 6 and letters.isalnum() and letters.isupper()


def _slug(folded: str) -> str:
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60].rstrip("-") or "x"
