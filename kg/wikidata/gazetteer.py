"""Known names and the facts that disambiguation needs: what a gazetteer holds, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from kg.model import EntityType
from kg.wikidata.item import WikidataItem

MOST_BEARERS = 50
"""`by_surname` names no more people than this."""

MOST_SIMILAR = 20
"""`similar` answers no more than this."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A party or an office with its time: YYYY, YYYY-MM or YYYY-MM-DD, None for open or unknown."""

    name: str
    qid: str | None = None
    start: str | None = None
    end: str | None = None

    def covers(self, day: str) -> bool:
        """Whether `day` (an ISO date) may lie inside, as far as the dates tell."""
        return not (
            (self.start is not None and day[: len(self.start)] < self.start)
            or (self.end is not None and day[: len(self.end)] > self.end)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """What the gazetteer knows of one Wikidata item.

    `country` is a QID; `prior` (0 to 1) is how well known it is; `kin` are names of spouses, parents and children;
    `domains` are an outlet's web hosts; `words` point to a place without naming it ("british"); `employers` are also
    the organisations that a person is a member of; `occupations` are words ("journalist"); dates as in `Tenure`.
    """

    qid: str
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    description: str | None = None
    gender: str | None = None
    birth: str | None = None
    death: str | None = None
    country: str | None = None
    parties: tuple[Tenure, ...] = ()
    offices: tuple[Tenure, ...] = ()
    prior: float = 0.0
    kin: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    employers: tuple[Tenure, ...] = ()
    occupations: tuple[str, ...] = ()


class MatchKind(IntEnum):
    """How a name met an item, best first; the last three are what `similar` answers."""

    LABEL = 0
    ALIAS = 1
    REDUCED = 2
    SHORTER = 3
    SPELLING = 4
    SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An item that a name may mean, and how; `edits` are the letters in which a similar name differs."""

    item: Item
    kind: MatchKind
    edits: int = 0


class Gazetteer(Protocol):
    """Items by name. Equal gazetteers (`digest`) give equal answers, in an order that depends on their content only."""

    def __hash__(self) -> int: ...

    @property
    def digest(self) -> str:
        """Names the content, for cache keys."""

    @property
    def places(self) -> tuple[Item, ...]:
        """The places whose words tell what country a text is about."""

    def qids(self) -> frozenset[str]:
        """All QIDs that are known."""

    def item(self, qid: str) -> Item | None:
        """The item of a QID."""

    def matches(self, name: str) -> tuple[Match, ...]:
        """What `name` may mean: by label or alias, and for people also without titles and middle initials.

        Sorted by kind, then the best known first. Contradicting initials or suffixes do not match
        ("George H. W. Bush" is not George W. Bush, "Jesse Jackson" is not Jesse Jackson Jr.).
        """

    def similar(self, name: str) -> tuple[Match, ...]:
        """Who has a name that sounds like `name` or is one or two edits away; for names that mean nothing else.

        "Ada Example" may be Ada Placeholder Example, or the other way round (SHORTER); "Zelenskiy" and "Zelensky"
        sound alike (SPELLING); "Ada Exmaple" is one edit from Ada Example (SIMILAR), where words of less than four
        letters must agree, and two edits need a word of eight or two words. Sorted by kind, edits, then the best
        known first, MOST_SIMILAR at most; what has the name itself is left out.
        """

    def candidates(self, name: str) -> tuple[Item, ...]:
        """The items that `name` may mean, best match first."""

    def by_surname(self, surname: str) -> tuple[Item, ...]:
        """The people of that last name ("von der Leyen" or "Leyen"), the best known MOST_BEARERS, best first."""

    def by_domain(self, host: str) -> Item | None:
        """The outlet whose web site is `host` or a parent domain of it ("www.nytimes.com")."""

    def given_gender(self, given_name: str) -> str | None:
        """The gender that a first name nearly always goes with, else None."""

    def statements(self, qid: str) -> WikidataItem | None:
        """The item with its full statements; None where nothing is known of it."""


def item_order(item: Item) -> tuple[float, int, str]:
    """Sorts items, the best known first, then by QID."""
    return (-item.prior, len(item.qid), item.qid)


def matches_order(match: Match) -> tuple[int, int, float, int, str]:
    """Sorts matches by kind, then edits, then the best known first."""
    return (match.kind, match.edits, *item_order(match.item))


def keep_match(found: dict[str, Match], match: Match) -> None:
    """Keep the better of two matches of one item in `found` (by QID)."""
    old = found.get(match.item.qid)
    if old is None or (match.kind, match.edits) < (old.kind, old.edits):
        found[match.item.qid] = match
