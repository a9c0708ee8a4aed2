"""A gazetteer held in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.model import EntityType
from kg.wikidata.gazetteer import MOST_BEARERS, Item, Match, item_order
from kg.wikidata.item import WikidataItem
from kg.wikidata.keys import asked_names, matches_among, stored_names
from kg.wikidata.names import fold
from kg.wikidata.similar import similar_among, sound_of, variants_of, words_of


class MemoryGazetteer:
    """Items by folded name. Equal items give equal answers; nothing changes after construction.

    `digest` names the content, for cache keys; `given_names` maps folded first names to "male" or "female";
    `documents` are full statements by QID, asked for when needed.
    """

    __slots__ = (
        "_by_domain",
        "_by_name",
        "_by_qid",
        "_by_short",
        "_by_shorter",
        "_by_surname",
        "_documents",
        "_given",
        "_neighbours",
        "digest",
    )

    def __init__(
        self,
        items: Iterable[Item],
        *,
        digest: str = "",
        given_names: Mapping[str, str] | None = None,
        documents: Mapping[str, WikidataItem] | None = None,
    ) -> None:
        self.digest = digest
        self._documents = {} if documents is None else documents
        self._given = dict(given_names or {})
        self._by_qid: dict[str, Item] = {}
        self._by_name: dict[str, list[Match]] = {}
        self._by_short: dict[str, list[tuple[str, Item]]] = {}
        self._by_shorter: dict[str, list[Item]] = {}
        self._by_surname: dict[str, list[Item]] = {}
        self._by_domain: dict[str, Item] = {}
        self._neighbours: _Neighbours | None = None
        for item in sorted(items, key=item_order):
            self._add(item)

    def _add(self, item: Item) -> None:
        self._by_qid[item.qid] = item
        for domain in item.domains:
            self._by_domain.setdefault(domain, item)
        stored = stored_names(item)
        for key, kind in stored.names.items():
            self._by_name.setdefault(key, []).append(Match(item, kind))
        for short, initials in stored.shortened:
            self._by_short.setdefault(short, []).append((initials, item))
        for shorter in stored.shorter:
            self._by_shorter.setdefault(shorter, []).append(item)
        for surname in stored.surnames:
            self._by_surname.setdefault(surname, []).append(item)

    def __len__(self) -> int:
        return len(self._by_qid)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, the best known first."""
        return tuple(self._by_qid.values())

    @property
    def places(self) -> tuple[Item, ...]:
        """The places, the best known first."""
        return tuple(item for item in self._by_qid.values() if item.type is EntityType.PLACE)

    def qids(self) -> frozenset[str]:
        """All QIDs that are known."""
        return frozenset(self._by_qid)

    def item(self, qid: str) -> Item | None:
        """The item of a QID."""
        return self._by_qid.get(qid)

    def matches(self, name: str) -> tuple[Match, ...]:
        """What `name` may mean: by label or alias, and for people also without titles and middle initials.

        Sorted by kind, then the best known first. Contradicting initials or suffixes do not match
        ("George H. W. Bush" is not George W. Bush, "Jesse Jackson" is not Jesse Jackson Jr.).
        """
        return matches_among(name, self._named, self._shortened)

    def similar(self, name: str) -> tuple[Match, ...]:
        """Who has a name that sounds like `name` or is one or two edits away; what has the name itself is left out."""
        if self._neighbours is None:
            self._neighbours = _Neighbours((*self._by_name, *self._by_short))
        return similar_among(name, self._neighbours, self._named, self._shortened, self._shorter)

    def candidates(self, name: str) -> tuple[Item, ...]:
        """The items that `name` may mean, best match first."""
        return tuple(match.item for match in self.matches(name))

    def by_surname(self, surname: str) -> tuple[Item, ...]:
        """The people of that last name, the best known first; the best known MOST_BEARERS of a frequent one."""
        found = {item.qid: item for key in asked_names(surname) for item in self._by_surname.get(key.key, ())}
        return tuple(sorted(found.values(), key=item_order)[:MOST_BEARERS])

    def by_domain(self, host: str) -> Item | None:
        """The outlet whose web site is `host` or a parent domain of it ("www.nytimes.com")."""
        labels = host.strip().casefold().rstrip(".").split(".")
        for i in range(len(labels) - 1):
            item = self._by_domain.get(".".join(labels[i:]))
            if item is not None:
                return item
        return None

    def given_gender(self, given_name: str) -> str | None:
        """The gender that a first name nearly always goes with, else None."""
        return self._given.get(fold(given_name))

    def statements(self, qid: str) -> WikidataItem | None:
        """The item with its full statements; None where nothing is known of it."""
        return self._documents.get(qid)

    def _named(self, key: str) -> Iterable[Match]:
        return self._by_name.get(key, ())

    def _shortened(self, key: str) -> Iterable[tuple[str, Item]]:
        return self._by_short.get(key, ())

    def _shorter(self, key: str) -> Iterable[Item]:
        return self._by_shorter.get(key, ())


class _Neighbours:
    """Names by sound, and words by their variants; made when first asked for."""

    __slots__ = ("_keys", "_near", "_sounding")

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._sounding: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}
        for key in self._keys:
            if sound := sound_of(key):
                self._sounding.setdefault(sound, []).append(key)
        for word in {word for key in self._keys if key.isascii() for word in words_of(key)}:
            for variant in variants_of(word):
                self._near.setdefault(variant, []).append(word)

    def sounding(self, sound: str) -> Iterable[str]:
        return self._sounding.get(sound, ())

    def near(self, variants: Collection[str]) -> Iterable[str]:
        return {word for variant in variants for word in self._near.get(variant, ())}

    def known(self, keys: Sequence[str]) -> Iterable[str]:
        return [key for key in keys if key in self._keys]
