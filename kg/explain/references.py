"""Which claim somebody means: by IRI, by the start of its hash or key, or as `ARTICLE:N`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.model import Annotation
from kg.query.suggest import did_you_mean
from kg.rdf.claim_nodes import claim_nodes
from kg.rdf.namespaces import Namespaces

_HASH = re.compile(r"[0-9a-f]{4,16}")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """A claim: an article's annotation, and the claim's place in it, from 0."""

    annotation: Annotation
    index: int


def find_claim(reference: str, annotations: Sequence[Annotation], namespaces: Namespaces) -> ClaimPlace | Annotation:
    """The claim that `reference` means; the article's annotation where it is an article's id alone.

    UsageError where there is none, or several; it says what is near.
    """
    wanted = reference.strip().strip("<>")
    by_id = {annotation.article.id: annotation for annotation in annotations}
    if wanted in by_id:
        return by_id[wanted]
    article, sign, number = wanted.rpartition(":")
    if sign and number.isdecimal() and article in by_id:
        return _numbered(by_id[article], int(number))
    if is_hash(reference):
        return _hashed(_name(reference), reference, annotations, namespaces)
    raise UsageError(
        f"{reference!r} is no claim here{near_article(reference, annotations)}; give a claim's IRI, at least 4 digits "
        "of its hash or key, or ARTICLE:N; ARTICLE alone lists the claims of an article"
    )


def is_hash(reference: str) -> bool:
    """Whether a reference has the form of a claim's IRI, hash or key, or of the start of one."""
    return _HASH.fullmatch(_name(reference)) is not None


def near_article(reference: str, annotations: Sequence[Annotation]) -> str:
    """`; did you mean 'a' or 'b'?` with ids of articles, "" where none is near."""
    wanted = reference.strip().strip("<>")
    article, sign, number = wanted.rpartition(":")
    guess = article if sign and number.isdecimal() else wanted
    return did_you_mean(guess, (annotation.article.id for annotation in annotations))


def _name(reference: str) -> str:
    """What may be a claim's hash or key, or the start of one."""
    return reference.strip().strip("<>").rpartition("/")[2].removeprefix("claim:")


def _numbered(annotation: Annotation, number: int) -> ClaimPlace:
    count = len(annotation.claims)
    if number >= count:
        has = f"has {count} claims, 0 to {count - 1}" if count else "has no claims"
        raise UsageError(f"article {annotation.article.id!r} {has}; there is no number {number}")
    return ClaimPlace(annotation, number)


def _hashed(name: str, reference: str, annotations: Sequence[Annotation], namespaces: Namespaces) -> ClaimPlace:
    found: dict[str, ClaimPlace] = {}
    known: list[str] = []
    for annotation in annotations:
        for index, item in enumerate(claim_nodes(annotation, namespaces)):
            own = item.node.value.rpartition("/")[2]
            known += [own, item.key]
            if own.startswith(name) or item.key.startswith(name):
                found.setdefault(own, ClaimPlace(annotation, index))
    if not found:
        raise UsageError(
            f"no claim has an IRI or a key that begins with {name!r}{did_you_mean(name, known)}; "
            "kg query claims-of shows claims, and ARTICLE alone lists those of an article"
        )
    if len(found) > 1:
        some = ", ".join(sorted(found)[:_SHOWN])
        raise UsageError(f"{reference!r} means {len(found)} claims ({some}); give more digits")
    return next(iter(found.values()))
