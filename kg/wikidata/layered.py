"""Several gazetteers as one: what is known of one item in several places is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kg.model import EntityType, content_hash
from kg.wikidata.gazetteer import (
    MOST_BEARERS,
    MOST_SIMILAR,
    Gazetteer,
    Item,
    Match,
    MatchKind,
    item_order,
    keep_match,
    matches_order,
)
from kg.wikidata.item import WikidataItem
from kg.wikidata.keys import asked_names, contradicts


class LayeredGazetteer:
    """The answers of several gazetteers, the first one's word first.

    An item that several know has the label, description, dates and gender of the first that has any, all aliases,
    the parties and offices of the first that has any, and the highest prior.
    """

    __slots__ = ("_bearers", "_item", "_layers", "_matches", "_outlet", "digest")

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        self._layers = tuple(layers)
        self.digest = content_hash([layer.digest for layer in self._layers])
        self._item = lru_cache(maxsize=16384)(self._find)
        self._bearers = lru_cache(maxsize=1024)(self._find_bearers)
        self._outlet = lru_cache(maxsize=1024)(self._find_outlet)
        self._matches = lru_cache(maxsize=16384)(self._find_matches)

    def __reduce__(self) -> tuple[Any, ...]:
        return LayeredGazetteer, (self._layers,)

    @property
    def places(self) -> tuple[Item, ...]:
        """The places of all layers, the best known first."""
        found = {place.qid for layer in self._layers for place in layer.places}
        return tuple(sorted((item for qid in found if (item := self.item(qid)) is not None), key=item_order))

    def qids(self) -> frozenset[str]:
        """All QIDs that any layer knows."""
        return frozenset().union(*(layer.qids() for layer in self._layers))

    def item(self, qid: str) -> Item | None:
        """The item of a QID."""
        return self._item(qid)

    def matches(self, name: str) -> tuple[Match, ...]:
        """What `name` may mean in any layer; sorted by kind, then the best known first."""
        return self._matches(name)

    def similar(self, name: str) -> tuple[Match, ...]:
        """Who has a name that sounds like `name` or is one or two edits away; no item that has the name itself."""
        found: dict[str, Match] = {}
        for layer in self._layers:
            for match in layer.similar(name):
                keep_match(found, match)
        exact = {match.item.qid for match in self.matches(name)} if found else frozenset()
        whole = (replace(match, item=self._whole(match.item)) for qid, match in found.items() if qid not in exact)
        return tuple(sorted(whole, key=matches_order)[:MOST_SIMILAR])

    def candidates(self, name: str) -> tuple[Item, ...]:
        """The items that `name` may mean, best match first."""
        return tuple(match.item for match in self.matches(name))

    def by_surname(self, surname: str) -> tuple[Item, ...]:
        """The people of that last name, the best known first."""
        return self._bearers(surname)

    def by_domain(self, host: str) -> Item | None:
        """The outlet whose web site is `host` or a parent domain of it, of the first layer that knows one."""
        return self._outlet(host)

    def given_gender(self, given_name: str) -> str | None:
        """The gender that a first name nearly always goes with, of the first layer that says so."""
        found = (layer.given_gender(given_name) for layer in self._layers)
        return next((gender for gender in found if gender is not None), None)

    def statements(self, qid: str) -> WikidataItem | None:
        """The item with its full statements, of the first layer that has any with Wikidata's ids, else of the first."""
        found = [document for layer in self._layers if (document := layer.statements(qid)) is not None]
        genuine = (document for document in found if any(statement.id for statement in document.statements))
        return next(genuine, found[0] if found else None)

    def _find_matches(self, name: str) -> tuple[Match, ...]:
        found: dict[str, Match] = {}
        for layer in self._layers:
            for match in layer.matches(name):
                keep_match(found, match)
        if not found:
            return ()
        initials = next((asked.initials for asked in asked_names(name) if asked.initials), "")
        whole = [replace(match, item=self._whole(match.item)) for match in found.values()]
        return tuple(sorted((match for match in whole if not _is_other(match, initials)), key=matches_order))

    def _find_bearers(self, surname: str) -> tuple[Item, ...]:
        found = {item.qid: item for layer in self._layers for item in layer.by_surname(surname)}
        return tuple(sorted((self._whole(item) for item in found.values()), key=item_order)[:MOST_BEARERS])

    def _find_outlet(self, host: str) -> Item | None:
        found = (layer.by_domain(host) for layer in self._layers)
        return next((self._whole(item) for item in found if item is not None), None)

    def _whole(self, item: Item) -> Item:
        return self.item(item.qid) or item

    def _find(self, qid: str) -> Item | None:
        found = [item for layer in self._layers if (item := layer.item(qid)) is not None]
        whole = found[0] if found else None
        for other in found[1:]:
            assert whole is not None
            whole = together(whole, other)
        return whole


def _is_other(match: Match, initials: str) -> bool:
    """Whether a layer took somebody for one with other middle initials, of which it did not know."""
    person = match.item.type is EntityType.PERSON
    return bool(initials) and person and match.kind is MatchKind.REDUCED and contradicts(match.item, initials)


def together(first: Item, second: Item) -> Item:
    """One item of two of the same QID: what the first knows, and what only the second does."""
    names = dict.fromkeys((*first.aliases, second.label, *second.aliases))
    return replace(
        first,
        aliases=tuple(name for name in names if name != first.label),
        description=first.description or second.description,
        gender=first.gender or second.gender,
        birth=first.birth or second.birth,
        death=first.death or second.death,
        country=first.country or second.country,
        parties=first.parties or second.parties,
        offices=first.offices or second.offices,
        prior=max(first.prior, second.prior),
        kin=tuple(dict.fromkeys((*first.kin, *second.kin))),
        domains=tuple(dict.fromkeys((*first.domains, *second.domains))),
        words=tuple(dict.fromkeys((*first.words, *second.words))),
        employers=first.employers or second.employers,
        occupations=tuple(dict.fromkeys((*first.occupations, *second.occupations))),
    )
