"""Who and what stand together in a sentence: the candidates of the biographical relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.tokens import Doc

from kg.extract.cues import DATA, rows
from kg.extract.employment import employment_words
from kg.extract.kinship import Kin, KinFinder, kin_words
from kg.extract.paths import path_between
from kg.extract.relatives import relative_pronouns
from kg.extract.unnamed import Unnamed, unnamed_people
from kg.model import EntityType, MentionKind
from kg.nlp.bodies import ORGANISATION_LAST
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading

BODIES = frozenset([EntityType.ORGANIZATION, EntityType.OUTLET, EntityType.PARTY])
_MOST = 14
"""So many people and so many bodies of a sentence are paired at most."""
_WAYS = 3
"""So many ways from one entity to another are looked at in a sentence, the shortest ones."""
_LONGEST = 150
"""A longer sentence is none: a list, or text without punctuation."""
_PLURALS = frozenset(["they", "their", "them", "we", "our", "us"])
_NO_BODY = frozenset(["DATE", "TIME", "LANGUAGE", "CARDINAL", "PERSON", "NORP", "GPE"])
FREE = "free"
"""The kind of a capitalised name that nothing else knows."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A name or pronoun on tokens `[start, end)`, whose head is `root`.

    `who` is the cluster; -1 - n for the n-th unnamed person; for free names a number no cluster has.
    """

    who: int
    start: int
    end: int
    root: int
    kind: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spots of different entities in one sentence."""

    first: Spot
    second: Spot


@dataclass(frozen=True, slots=True)
class KinLink:
    """A noun of family with the entities that bear it and those whose it is."""

    kin: Kin
    bearers: frozenset[int]
    owners: frozenset[int]


@lru_cache(maxsize=8)
def word_classes(folder: Path = DATA / "en") -> Mapping[str, str]:
    """The classes of data/en/biography.tsv by word."""
    return {row[0]: row[1] for row in rows(folder, "biography.tsv")}


@lru_cache(maxsize=8)
def _sentence_classes(role_heads: frozenset[str]) -> tuple[Mapping[int, str], NDArray[np.uint64]]:
    """The classes of words that make a sentence worth reading; offices are "role", family has its own.

    Word ids with their classes, and the ids as an array.
    """
    family = kin_words()
    table = {
        **dict.fromkeys(role_heads, "role"),
        **word_classes(),
        **dict.fromkeys(family.marry, "wedding"),
        **dict.fromkeys(family.born, "birth"),
        **dict.fromkeys(family.nouns, "family"),
    }
    by_id = {get_string_id(word): use for word, use in table.items()}
    return by_id, np.array(sorted(by_id), dtype=np.uint64)


class Pairs:
    """The people, bodies and words of family of one article, by sentence."""

    def __init__(self, reading: Reading, lexicon: Lexicon, wanted: frozenset[str] | None = None) -> None:
        """Only sentences with a word of a wanted class are read, where `wanted` is given."""
        self.reading = reading
        self._genders = lexicon.genders
        self._role_heads = lexicon.role_heads
        self.unnamed: tuple[Unnamed, ...] = unnamed_people(reading)
        self.relatives = tuple(relative_pronouns(reading))
        self.bounds = _sentence_bounds(reading)
        found = self._classes_by_sentence()
        self.classes = {n: uses for n, uses in found.items() if wanted is None or wanted & uses}
        self.people: dict[int, list[Spot]] = {}
        self.bodies: dict[int, list[Spot]] = {}
        for spot in sorted(self._spots(), key=lambda spot: (spot.start, spot.end)):
            sentence = reading.sentence_of[spot.start]
            if spot.type is EntityType.PERSON:
                self.people.setdefault(sentence, []).append(spot)
            if spot.type is not EntityType.PERSON or self._is_body(spot):
                self.bodies.setdefault(sentence, []).append(spot)
        self.plural: dict[int, tuple[int, ...]] = {}
        self.kin: dict[int, list[KinLink]] = {}
        for sentence, uses in self.classes.items():
            if "family" in uses and sentence in self.people:
                self.kin[sentence] = list(self._links(sentence))

    def _classes_by_sentence(self) -> dict[int, set[str]]:
        """Which classes of words each sentence has; "family", "wedding" and "birth" are those of kinship.tsv."""
        table, ids = _sentence_classes(self._role_heads)
        found: dict[int, set[str]] = {}
        numbers, skipped = self.reading.sentence_of, self.reading.skipped
        for attribute in ("LOWER", "LEMMA"):
            words = self.reading.doc.to_array(attribute)
            for place in np.flatnonzero(np.isin(words, ids)).tolist():
                if not skipped[place]:
                    found.setdefault(numbers[place], set()).add(table[int(words[place])])
        return {n: uses for n, uses in found.items() if self.bounds[n][1] - self.bounds[n][0] <= _LONGEST}

    def _spots(self) -> Iterator[Spot]:
        reading, doc = self.reading, self.reading.doc
        for mention in reading.mentions:
            if (
                mention.kind is not MentionKind.NOMINAL
                and reading.sentence_of[mention.start] in self.classes
                and not reading.skipped[mention.start]
            ):
                type_ = reading.type_of(mention.cluster)
                hyphen = (
                    mention.end < len(doc) and doc[mention.end].text == "-" and not doc[mention.end - 1].whitespace_
                )
                if type_ is EntityType.PERSON or (not hyphen and (type_ is EntityType.PLACE or type_ in BODIES)):
                    root = _root(doc, mention.start, mention.end)
                    yield Spot(mention.cluster, mention.start, mention.end, root, mention.kind.value, type_)
        for number, person in enumerate(self.unnamed):
            for place in person.places:
                yield Spot(-1 - number, place, place + 1, place, "unnamed", EntityType.PERSON)
        for pronoun in self.relatives:
            if reading.type_of(pronoun.cluster) is EntityType.PERSON:
                yield Spot(pronoun.cluster, pronoun.start, pronoun.end, pronoun.start, "relative", EntityType.PERSON)
        for number, (start, end) in enumerate(self._free_names(), start=len(reading.clusters)):
            yield Spot(number, start, end, _root(doc, start, end), FREE, EntityType.OTHER)

    def _is_body(self, spot: Spot) -> bool:
        """Whether a person's name may be a body's after all: no given name, no title, no gender."""
        if spot.kind != MentionKind.NAME.value or self.reading.doc[spot.start].text in self._genders:
            return False
        mention = self.reading.mention_at(spot.start)
        name = [token.text for token in self.reading.doc[spot.start : spot.end]]
        if mention is None or mention.title or self.reading.clusters[spot.who].gender is not None:
            return False
        return len(name) == 1 or name[-1].rstrip("s") in ORGANISATION_LAST or name[-1].isupper()

    def _free_names(self) -> list[tuple[int, int]]:
        found = []
        for sentence in self.classes:
            place, last = self.bounds[sentence]
            first = place
            while place < last:
                stop = place
                while stop < last and self._is_free(stop):
                    stop += 1
                if stop > place and (stop - place > 1 or place > first) and not self._is_part(place, stop):
                    found.append((place, stop))
                place = max(stop, place + 1)
        return found

    def _is_part(self, start: int, stop: int) -> bool:
        """Whether the words only belong to others: in hyphens ("Example-led"), letters in brackets, a lone "House"."""
        doc = self.reading.doc
        joined = [doc[i].text for i in (start - 1, stop) if 0 <= i < len(doc)]
        words = employment_words()
        last = doc[stop - 1].lower_
        return "-" in joined or "(" in joined or last in words.alone or last in words.body

    def _is_free(self, place: int) -> bool:
        token = self.reading.doc[place]
        return (
            token.text[0].isupper()
            and token.pos_ == "PROPN"
            and self.reading.at[place] < 0
            and not self.reading.skipped[place]
            and token.ent_type_ not in _NO_BODY
            and token.lower_ not in word_classes()
        )

    def _links(self, sentence: int) -> Iterator[KinLink]:
        """The nouns of family of a sentence, with bearers and owners as entities."""
        doc = self.reading.doc
        first, last = self.bounds[sentence]
        spots = self.people[sentence]
        whos = [spot.who for spot in spots]
        plural: dict[int, tuple[int, ...]] = {}
        for place in range(first, last):
            group = self._group(sentence, place) if doc[place].lower_ in _PLURALS else ()
            if group:
                # whom the sentence before names has no spot here and gets a number behind the spots
                plural[place] = tuple(range(len(whos), len(whos) + len(group)))
                whos += group
                self.plural[place] = group
        finder = KinFinder(doc, first, last, [(spot.start, spot.end) for spot in spots], plural)
        for kin in finder.find():
            bearers, owners = (frozenset(whos[i] for i in side) for side in (kin.bearers, kin.owners))
            yield KinLink(kin, bearers - owners, owners)

    def _group(self, sentence: int, place: int) -> tuple[int, ...]:
        """The two persons whom "they" or "their" means: the only two before it, or the last two joined by "and"."""
        for number in (sentence, sentence - 1):
            spots = [spot for spot in self.people.get(number, ()) if spot.end <= place]
            distinct = tuple(dict.fromkeys(spot.who for spot in spots))
            if len(distinct) == 2:
                return distinct
            for one, other in zip(spots[-2::-1], spots[:0:-1], strict=False):
                between = {token.lower_ for token in self.reading.doc[one.end : other.start]}
                if one.who != other.who and other.start - one.end < 5 and between & {"and", "&"}:
                    return (one.who, other.who)
            if distinct:
                return ()
        return ()

    def of_people(self, sentence: int) -> Iterator[Pair]:
        """Ordered pairs of persons in a sentence."""
        yield from _nearest(self.reading.doc, self.people.get(sentence, ()), self.people.get(sentence, ()))

    def with_bodies(self, sentence: int) -> Iterator[Pair]:
        """Person and body in a sentence."""
        yield from _nearest(self.reading.doc, self.people.get(sentence, ()), self.bodies.get(sentence, ()))


def _sentence_bounds(reading: Reading) -> list[tuple[int, int]]:
    numbers = np.array(reading.sentence_of, dtype=np.int64)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1)).tolist()
    return list(zip(starts, [*starts[1:], len(numbers)], strict=True)) if starts else []


def _root(doc: Doc, start: int, end: int) -> int:
    for place in range(start, end):
        if not start <= doc[place].head.i < end:
            return place
    return end - 1


def _nearest(doc: Doc, firsts: Sequence[Spot], seconds: Sequence[Spot]) -> Iterator[Pair]:
    """For each two entities the spots with the shortest paths, then the fewest words between them."""
    found: dict[tuple[int, int], list[tuple[int, int, int, Pair]]] = {}
    lengths: dict[tuple[int, int], int] = {}
    for first in firsts[:_MOST]:
        for second in seconds[:_MOST]:
            if first.who == second.who or first.root == second.root:
                continue
            low, high = sorted((first.root, second.root))
            if (low, high) not in lengths:
                lengths[low, high] = len(path_between(doc[low], doc[high]))
            row = (lengths[low, high], high - low, first.start, Pair(first, second))
            found.setdefault((first.who, second.who), []).append(row)
    for key in sorted(found):
        for row in sorted(found[key], key=lambda row: row[:3])[:_WAYS]:
            yield row[3]
