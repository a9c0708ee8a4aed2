"""Which countries an article is about, by the words that point to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve.seats import seats
from kg.resolve.tables import roles
from kg.wikidata.gazetteer import Gazetteer, Item
from kg.wikidata.names import fold

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")
_CAP = 4
_LONGEST = 4
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Countries:
    """Evidence for countries, by QID."""

    weights: Mapping[str, float]

    def without(self, country: str | None) -> Countries:
        """The evidence less one for `country`: what is left when a thing may not speak for itself."""
        if country is None:
            return self
        return Countries({**self.weights, country: self.weights.get(country, 0.0) - 1})

    def relative(self, country: str) -> float:
        """The country's weight against the leading one, 0 to 1; less where there is little evidence."""
        top = max(self.weights.values(), default=0.0)
        return self.weights.get(country, 0.0) / top * min(1.0, (top + 1) / 3) if top else 0.0

    def absence(self, country: str) -> float:
        """1 where the article names countries but hardly ever this one, 0 where it does or names none."""
        top = max(self.weights.values(), default=0.0)
        share = self.weights.get(country, 0.0) / top if top else 1.0
        return max(0.0, 1.0 - share / 0.15) * max(0.0, min(1.0, (sum(self.weights.values()) - _SHARED) / 2.5))


@lru_cache(maxsize=8)
def place_phrases(gazetteer: Gazetteer) -> Mapping[str, tuple[tuple[tuple[str, ...], bool, str], ...]]:
    """By first word: a phrase's words, whether letter case counts ("US" is not "us"), and the country."""
    table: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    for item in gazetteer.places:
        if item.country is None:
            continue
        for name in (item.label, *item.aliases, *item.words):
            short = name.replace(".", "")
            exact = len(short) <= 4 and short != short.lower()
            words = (short,) if exact else tuple(fold(name).split(" "))
            if words[0] and len(words) <= _LONGEST:
                table.setdefault(words[0], []).append((words, exact, item.country))
    for country, regions in seats().lands.items():
        for region in regions:
            split = tuple(region.split(" "))
            table.setdefault(split[0], []).append((split, False, country))
    return {first: tuple(sorted(phrases, reverse=True)) for first, phrases in table.items()}


@lru_cache(maxsize=8)
def nation_words(gazetteer: Gazetteer) -> frozenset[str]:
    """The names of countries and their adjectives, so far as these begin like the name: "canada", "canadian"."""
    found: set[str] = set()
    for item in gazetteer.places:
        if item.qid == item.country:
            names = [fold(name) for name in (item.label, *item.aliases)]
            found.update(names)
            found.update(word for word in map(fold, item.words) if any(word[:2] == name[:2] for name in names))
    return frozenset(found)


def count_places(raw: Sequence[str], folded: Sequence[str], gazetteer: Gazetteer) -> dict[str, float]:
    """How often the words point to each country; one phrase counts at most four times.

    What many countries have ("Senate", "MP") counts half, and once.
    """
    table = place_phrases(gazetteer)
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    i = 0
    while i < len(folded):
        phrases = table.get(folded[i], ())
        if raw[i] != folded[i]:
            phrases = (*table.get(raw[i], ()), *phrases)
        step = 1
        for words, exact, country in phrases:
            if raw[i] == words[0] if exact else tuple(folded[i : i + len(words)]) == words:
                seen[words, country] += 1
                step = len(words)
                break
        i += step
    totals: defaultdict[str, float] = defaultdict(float)
    for (words, country), count in seen.items():
        totals[country] += _SHARED if " ".join(words).casefold() in roles().everywhere else min(count, _CAP)
    return totals


@lru_cache(maxsize=16384)
def country_of(item: Item, gazetteer: Gazetteer) -> str | None:
    """The item's country; where it is not given, the one that description and offices name, if they name one.

    An ambassador's office names a foreign country.
    """
    if item.country is not None:
        return item.country
    offices = (t.name for t in item.offices if " to " not in t.name)
    raw, folded, _ = tokens(" . ".join((item.description or "", *offices)))
    found = count_places(raw, folded, gazetteer)
    best = sorted(found, key=lambda country: -found[country])
    return best[0] if best and (len(best) == 1 or found[best[0]] > found[best[1]]) and found[best[0]] >= 1 else None


def tokens(text: str) -> tuple[list[str], list[str], list[int]]:
    """The words of a text as they stand, initials without periods; the same folded; and where each starts."""
    raw, starts = [], []
    for match in TOKEN.finditer(text):
        raw.append(match[0].replace(".", "") if "." in match[0] else match[0])
        starts.append(match.start())
    return raw, [word.casefold() if word.isascii() else fold(word) for word in raw], starts
