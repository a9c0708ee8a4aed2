"""Who is whose wife, son or father by the words beside the names: "his wife, Ada Example", "the son of Bo Sample"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.extract.cues import DATA, rows

SPOUSE, CHILD, PARENT, OTHER = "spouse", "child", "parent", "other"
_NOUNS = frozenset([SPOUSE, CHILD, PARENT, OTHER])
_OWNERS = frozenset(["his", "her", "my", "their", "whose", "our"])
_BACK = 6
_AHEAD = 8
_LIST = 8
"""So many names stand in one list at most."""
_JOINERS = frozenset([",", "and", "&", "or", ";", "-"])
_OPENERS = frozenset([",", "-", ":", "(", "--", "–", "named", "called", "the", "late", "'s"])


@dataclass(frozen=True, slots=True)
class KinWords:
    """data/en/kinship.tsv: what each noun makes of its bearer, and the words of marrying and of birth."""

    nouns: Mapping[str, str]
    marry: frozenset[str]
    born: frozenset[str]


@lru_cache(maxsize=8)
def kin_words(folder: Path = DATA / "en") -> KinWords:
    """The words of family."""
    table = rows(folder, "kinship.tsv")
    return KinWords(
        nouns={word: use for word, use in table if use in _NOUNS},
        marry=frozenset(word for word, use in table if use == "marry"),
        born=frozenset(word for word, use in table if use == "born"),
    )


@dataclass(frozen=True, slots=True)
class Kin:
    """A noun of family at token `noun`: who bears it and whose it is, as indexes into the sentence's people."""

    noun: int
    use: str
    bearers: tuple[int, ...]
    owners: tuple[int, ...]
    how: str


class KinFinder:
    """Reads the nouns of family of one sentence against the people in it.

    `starts` and `ends` give, for tokens, the index of the person whose name or pronoun begins or ends there;
    `plural` the people meant by "their" and "our" at a token.
    """

    def __init__(
        self,
        doc: Doc,
        first: int,
        last: int,
        spans: Sequence[tuple[int, int]],
        plural: Mapping[int, tuple[int, ...]],
    ) -> None:
        self._doc, self._first, self._last = doc, first, last
        self._starts = {start: index for index, (start, _) in enumerate(spans)}
        self._inside = {i: index for index, (start, end) in enumerate(spans) for i in range(start, end)}
        self._spans = spans
        self._plural = plural

    def find(self) -> Iterator[Kin]:
        """The nouns of family with a bearer and an owner, left to right."""
        nouns = kin_words().nouns
        before: Kin | None = None
        for place in range(self._first, self._last):
            token = self._doc[place]
            use = nouns.get(token.lower_)
            if use is None or (token.pos_ not in ("NOUN", "PROPN", "ADJ") and use != SPOUSE):
                continue
            if place in self._inside:
                continue
            after = self._doc[place + 1] if place + 1 < self._last else None
            if after is not None and after.tag_ == "POS":
                continue  # "her husband's secretary, X": whoever follows is somebody else
            if after is not None and after.text == "-":
                use = OTHER
            if place > self._first and self._doc[place - 1].text == "-" and self._doc[place - 2].lower_ not in (
                "ex", "then", "co"
            ):  # fmt: skip
                use = OTHER
            found = self._read(place, use, before)
            if found is not None:
                before = found
                if found.bearers and found.owners:
                    yield found

    def _read(self, place: int, use: str, before: Kin | None) -> Kin | None:
        owners, phrase = self._owner_before(place)
        how = "own"
        behind: tuple[int, ...] = ()
        if not owners:
            behind = self._owner_behind(place)
            owners, how = behind, "of"
        bearers: tuple[int, ...] = ()
        if not behind:
            bearers = self._named_behind(place, plural=self._is_plural(place))
        if not owners and before is not None and self._joins(before, phrase):
            owners, how = before.owners, "shared"
        if not bearers:
            bearers = self._described(place, phrase)
            how += " described"
        if not owners and bearers and use != OTHER:
            owners = self._subject_owner(place, bearers)
            how = "verb"
        bearers = tuple(b for b in bearers if b not in owners)
        return Kin(place, use, bearers, owners, how)

    def _is_plural(self, place: int) -> bool:
        return self._doc[place].tag_ in ("NNS", "NNPS")

    def _owner_before(self, place: int) -> tuple[tuple[int, ...], int]:
        """The possessor left of the noun, and where the noun's phrase begins."""
        doc = self._doc
        left = place - 1
        while left >= max(self._first, place - _BACK):
            token = doc[left]
            if token.tag_ == "POS" or (token.text == "'" and left > self._first):
                owner = self._inside.get(left - 1)
                return ((owner,) if owner is not None else ()), (self._spans[owner][0] if owner is not None else left)
            if token.lower_ in _OWNERS:
                if left in self._plural:
                    return self._plural[left], left
                owner = self._inside.get(left)
                return ((owner,) if owner is not None else ()), left
            if left in self._inside or token.pos_ not in ("ADJ", "NUM", "NOUN", "DET", "ADV", "PUNCT", "VERB", "PROPN"):
                break
            if token.pos_ == "PUNCT" and token.text not in ("-", '"'):
                break
            left -= 1
            if token.pos_ == "DET":
                break
        return (), left + 1

    def _owner_behind(self, place: int) -> tuple[int, ...]:
        """The names behind "of" or "to"."""
        doc = self._doc
        at = place + 1
        if at >= self._last or doc[at].lower_ not in ("of", "to"):
            return ()
        at += 1
        end = min(at + _AHEAD, self._last)
        while at < end and at not in self._inside:
            if doc[at].pos_ not in ("NOUN", "ADJ", "PROPN", "DET", "NUM", "PRON"):
                return ()
            if doc[at].lower_ in kin_words().nouns:
                return ()
            at += 1
        if at >= end:
            return ()
        owners = self._list_from(self._inside[at])
        behind = self._spans[owners[-1]][1]
        if len(owners) > 1 and behind < self._last and doc[behind].text == ",":
            return owners[:1]  # "the son of X and Y, a friend": Y may go on with something else
        return owners

    def _named_behind(self, place: int, *, plural: bool) -> tuple[int, ...]:
        """The names right behind the noun ("his wife, X", "three sons: X, Y and Z")."""
        doc = self._doc
        at = place + 1
        while at + 1 < self._last and doc[at].text == "-" and not doc[at].whitespace_:
            at += 2  # "son-in-law"
        end = min(at + _AHEAD, self._last)
        while at < end and at not in self._starts:
            token = doc[at]
            if not (token.lower_ in _OPENERS or token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM", "DET")):
                return ()
            if token.lower_ in kin_words().nouns:
                return ()
            at += 1
        if at >= end or doc[at].pos_ == "PRON":
            return ()
        index = self._starts[at]
        if self._spans[index][1] < self._last and doc[self._spans[index][1]].tag_ == "POS":
            return ()
        return self._list_from(index) if plural else (index,)

    def _list_from(self, index: int) -> tuple[int, ...]:
        """The person and whoever is joined to it by commas and "and"."""
        doc, found = self._doc, [index]
        at = self._spans[index][1]
        while at < self._last and len(found) < _LIST:
            step = at
            while step < self._last and doc[step].text in ("(",):
                while step < self._last and doc[step].text != ")":
                    step += 1
                step += 1
            joined = False
            if step + 1 < self._last and doc[step].text == "," and doc[step + 1].like_num:
                step += 2  # an age
            while step < self._last and doc[step].lower_ in _JOINERS:
                joined = joined or doc[step].lower_ in ("and", "&", ",")
                step += 1
            if joined and step + 1 < self._last and doc[step].lower_ in _OWNERS:
                step += 2 if doc[step + 1].lower_ in kin_words().nouns else 0
                if step < self._last and doc[step].text == ",":
                    step += 1
            while step < self._last and step not in self._starts and doc[step].pos_ in ("PROPN", "NOUN") and joined:
                step += 1
            if not joined or step not in self._starts or doc[step].pos_ == "PRON":
                break
            found.append(self._starts[step])
            at = self._spans[found[-1]][1]
        return tuple(dict.fromkeys(found))

    def _joins(self, before: Kin, phrase: int) -> bool:
        """Whether the noun's phrase is coordinated with the last one's ("his wife Ada and daughter Bea")."""
        doc = self._doc
        if before.noun >= phrase or phrase - before.noun > 14:
            return False
        end = max([before.noun + 1, *(self._spans[b][1] for b in before.bearers)])
        between = [token.lower_ for token in doc[end:phrase]] if end <= phrase else ["?"]
        return bool(between) and all(word in _JOINERS or word in (")", "two", "three", "four") for word in between)

    def _described(self, place: int, phrase: int) -> tuple[int, ...]:
        """Whom the noun's phrase describes: "X is the son of", "X, the son of"."""
        head = _first_conjunct(self._doc[place])
        if head.dep_ == "attr":
            for child in head.head.children:
                if child.dep_ == "nsubj" and child.i in self._inside:
                    return (self._inside[child.i],)
            return ()
        at = phrase - 1
        commas = 0
        while at > self._first and self._doc[at].text in (",", "-", "(", "and", "as"):
            commas += 1
            at -= 1
        if commas and at in self._inside:
            return (self._inside[at],)
        if head.dep_ in ("appos",) and head.head.i in self._inside and head.head.i < place:
            return (self._inside[head.head.i],)
        return ()

    def _subject_owner(self, place: int, bearers: Sequence[int]) -> tuple[int, ...]:
        """Who has the child: "X has a son, Y", "X and Y have two daughters"."""
        noun = self._doc[place]
        verb = noun.head
        if noun.dep_ in ("dobj", "conj", "appos", "pobj") or verb.lemma_ in ("have", "father", "raise"):
            for _ in range(3):
                if verb.pos_ in ("VERB", "AUX"):
                    break
                verb = verb.head
        if verb.lemma_.lower() not in ("have", "raise", "father", "bear", "adopt", "leave", "produce"):
            return ()
        owners: list[int] = []
        for child in verb.children:
            if child.dep_ == "nsubj":
                if child.i in self._plural:
                    owners += self._plural[child.i]
                elif child.i in self._inside:
                    owners += self._list_from(self._inside[child.i])
        return tuple(owner for owner in dict.fromkeys(owners) if owner not in bearers)


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token
