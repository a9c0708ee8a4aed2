"""Where articles name what a decision is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Annotation, EntityType
from kg.model.decision import NameKey
from kg.model.sentences import plain_sentence, sentences_around
from kg.resolve.identity import folded_name
from kg.resolve.members import Place
from kg.resolve.publisher import OUTLET_ID


@dataclass(frozen=True, slots=True)
class _Named:
    """A local entity, or an article's own outlet, with its names as the article has them."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()


class Sightings:
    """All local entities by name; made once for many keys. Articles are given by their keys."""

    def __init__(self, articles: Mapping[str, Annotation]) -> None:
        self._articles = articles
        self._by_name: dict[tuple[EntityType, str], set[Place]] = defaultdict(set)
        for key, annotation in articles.items():
            for named in _named(annotation):
                self._by_name[named.type, folded_name(named.type, named.name)].add((key, named.id))
                if named.type is EntityType.PERSON:
                    for alias in named.aliases:
                        folded = folded_name(named.type, alias)
                        if " " in folded:
                            self._by_name[named.type, folded].add((key, named.id))

    def of(self, key: NameKey) -> frozenset[Place]:
        """The local entities that the key means.

        In every article: those of the folded name, and people who have it as a full name among others. In one article:
        those of the very name, else of the folded name, else with it as another name. Of several, where there is a
        hint, those whom its sentence names, however sentences are cut now, and nobody where it names none.
        """
        folded = folded_name(key.type, key.name)
        if not key.article:
            return frozenset(self._by_name.get((key.type, folded), ()))
        annotation = self._articles.get(key.article)
        if annotation is None:
            return frozenset()
        alike = [named for named in _named(annotation) if named.type is key.type]
        exact = plain_sentence(key.name)
        found = (
            [named for named in alike if plain_sentence(named.name) == exact]
            or [named for named in alike if folded_name(named.type, named.name) == folded]
            or [named for named in alike if any(folded_name(named.type, name) == folded for name in named.aliases)]
        )
        if len(found) > 1 and key.hint:
            found = _hinted(found, plain_sentence(key.hint), annotation)
        return frozenset((key.article, named.id) for named in found)

    def of_all(self, keys: tuple[NameKey, ...]) -> frozenset[Place]:
        """The local entities that any of the keys means."""
        return frozenset(place for key in keys for place in self.of(key))


def _named(annotation: Annotation) -> list[_Named]:
    named = [_Named(entity.id, entity.type, entity.name, entity.aliases) for entity in annotation.entities]
    outlet = (annotation.article.outlet or "").strip()
    return [*named, _Named(OUTLET_ID, EntityType.OUTLET, outlet)] if outlet else named


def _hinted(found: list[_Named], hint: str, annotation: Annotation) -> list[_Named]:
    sentences = {named.id: _sentences(annotation, named.id) for named in found}
    exact = [named for named in found if hint in sentences[named.id]]
    return exact or [
        named for named in found if any(hint in sentence or sentence in hint for sentence in sentences[named.id])
    ]


def _sentences(annotation: Annotation, local: str) -> frozenset[str]:
    text = annotation.article.text
    spans = {sentences_around(annotation, mention.span) for mention in annotation.mentions if mention.entity == local}
    return frozenset(plain_sentence(span.of(text)) for span in spans)
