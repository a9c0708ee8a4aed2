"""Which tokens name persons."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.nlp.lexicon import Lexicon
from kg.nlp.lone_names import full_names, lone_names, unlike_names

PARTICLES = frozenset("de da del della der den di du la le van von bin al ben ter ibn dos st. o'".split())
_NO_NAME = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    September October November December I The A An He She They We It His Her God Jesus Christ Easter Christmas Islam
    Muslim Muslims Christian Christians Jew Jews Internet Twitter Facebook Google YouTube Brexit English British
    American French German Irish Scottish Welsh Russian Chinese Iraqi Israeli Iranian European Mr Mrs Ms But And If
    In On At As For So No Not Yes Who What When Where Why How This That These Those There Then Now
    """.split()
)
_MONTHS = frozenset(["March", "April", "May", "June", "July", "August"])
"""Months that are names of people too."""
_BEFORE_MONTHS = frozenset("in on since until till last next early late mid this during by from of through".split())


@dataclass(frozen=True, slots=True)
class PersonName:
    """Tokens `[start, end)` of a name without its title; `title` and `gender` as the words before it say."""

    start: int
    end: int
    title: str
    gender: str | None


def is_capitalised(token: Token) -> bool:
    """Whether the token looks like a part of a name."""
    text = token.text
    named = text[0].isupper() and (text[-1].isalpha() or text[-1] == ".") and text not in _NO_NAME
    return named and not is_date(token)


def is_date(token: Token) -> bool:
    """Whether the token is a month that is a name too ("May"), and a month here: by what stands around it."""
    if token.text not in _MONTHS:
        return False
    doc = token.doc
    if token.i + 1 < len(doc) and doc[token.i + 1].like_num:
        return True
    if token.ent_type_ == "PERSON":
        return False
    around = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    if any(other.i < token.i and other.lower_ in _BEFORE_MONTHS for other in around):
        return True
    return not any(other.is_alpha and other.text[0].isupper() for other in around)


def find_people(doc: Doc, lexicon: Lexicon, blocked: list[bool]) -> list[PersonName]:
    """Names of persons from the entity recogniser, from titles and from given names, left to right, without overlaps.

    `blocked` marks tokens that belong to something else (parties, outlets, boilerplate).
    """
    spans = _from_titles(doc, lexicon, blocked) + _from_entities(doc, lexicon, blocked)
    spans += _from_given_names(doc, lexicon, blocked)
    spans += full_names(doc, blocked)
    spans += [span for span in lone_names(doc, lexicon, blocked) if is_capitalised(doc[span[0]])]
    spans.sort(key=lambda span: (span[0], -span[1]))
    names: list[PersonName] = []
    for start, end in spans:
        if names and start < names[-1].end:
            continue
        title, gender = title_before(doc, start, lexicon)
        names.append(PersonName(start, end, title, gender))
    parts = {
        doc[i].text for name in names if name.end - name.start > 1 or name.title for i in (name.start, name.end - 1)
    }
    unlike = unlike_names(doc, lexicon)
    return [
        name
        for name in names
        if name.end - name.start > 1 or name.title or doc[name.start].text in parts or not unlike(doc[name.start])
    ]


def title_before(doc: Doc, start: int, lexicon: Lexicon) -> tuple[str, str | None]:
    """The title that ends right before `start`, and its gender; titles may be stacked ("Commissioner Sir John")."""
    found, gender, place = "", None, start
    while place > 0:
        two = f"{doc[place - 2].text} {doc[place - 1].text}" if place > 1 else ""
        one = doc[place - 1].text
        if two in lexicon.titles:
            title, place = two, place - 2
        elif one in lexicon.titles:
            title, place = one, place - 1
        else:
            break
        found = found or title
        gender = gender or lexicon.titles[title]
    return found, gender


def _from_entities(doc: Doc, lexicon: Lexicon, blocked: list[bool]) -> list[tuple[int, int]]:
    spans = []
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        start, end = entity.start, entity.end
        while start < end and (doc[start].text in lexicon.titles or not is_capitalised(doc[start])):
            start += 1
        stop = start
        while (
            stop < end
            and not blocked[stop]
            and (
                is_name_part(doc[stop])
                or _inner_particle(doc, stop, end)
                or (stop > start and _hyphenated(doc, stop, end))
            )
        ):
            stop += 1
        stop = _drop_roles(doc, start, stop, lexicon)
        if stop > start and _plausible(doc, start, stop, lexicon):
            spans.append((start, _extend(doc, stop, blocked) if stop - start == 1 else stop))
    return spans


def is_name_part(token: Token) -> bool:
    """A capitalised word or an initial."""
    return is_capitalised(token) and not token.is_punct


def _inner_particle(doc: Doc, place: int, end: int) -> bool:
    """A particle, or a hyphen, with a capitalised word behind it; two particles may stand together ("von der")."""
    token = doc[place]
    if token.lower_ not in PARTICLES and token.text != "-":
        return False
    behind = place + 1
    if behind + 1 < end and doc[behind].lower_ in PARTICLES:
        behind += 1
    return behind < end and doc[behind].text[0].isupper()


def _hyphenated(doc: Doc, place: int, end: int) -> bool:
    """Inside a name: a hyphen between two words, or the small word behind one ("Ka-chun")."""
    token = doc[place]
    if token.text == "-":
        return place + 1 < end and not token.whitespace_ and not doc[place - 1].whitespace_
    return doc[place - 1].text == "-" and token.is_alpha and not doc[place - 1].whitespace_


def _drop_roles(doc: Doc, start: int, stop: int, lexicon: Lexicon) -> int:
    """A name does not end in an office or an outlet ("Andrew Marr Show", "Ken Livingstone Reuters")."""
    least = 2 if doc[start].text in lexicon.genders else 1
    while stop - start > least and (
        doc[stop - 1].text in lexicon.outlets
        or doc[stop - 1].lower_ in lexicon.role_heads
        or doc[stop - 1].lower_ in lexicon.outlet_kinds
    ):
        stop -= 1
    return stop


def _plausible(doc: Doc, start: int, stop: int, lexicon: Lexicon) -> bool:
    if stop - start > 1:
        return True
    word = doc[start]
    return (
        len(word) > 2
        and word.text not in lexicon.parties
        and word.text not in lexicon.outlets
        and word.lower_ not in lexicon.role_heads
    )


def _extend(doc: Doc, stop: int, blocked: list[bool]) -> int:
    """A lone given name takes the capitalised proper nouns that follow it."""
    if doc[stop - 1].ent_type_ != "PERSON":
        return stop
    while stop < len(doc) and doc[stop].ent_type_ == "PERSON" and not blocked[stop] and is_name_part(doc[stop]):
        stop += 1
    return stop


def _from_titles(doc: Doc, lexicon: Lexicon, blocked: list[bool]) -> list[tuple[int, int]]:
    spans = []
    for token in doc:
        if token.text not in lexicon.titles or blocked[token.i]:
            continue
        start = token.i + 1
        stop = _capital_run(doc, start, blocked, lexicon)
        if stop > start and _fits_title(doc, token, stop, lexicon):
            spans.append((start, stop))
    return spans


def _fits_title(doc: Doc, title: Token, stop: int, lexicon: Lexicon) -> bool:
    """Titles that are ordinary nouns too ("Speaker", "Chancellor") need a name that looks like one."""
    if title.text not in lexicon.title_roles:
        return True
    first = doc[title.i + 1]
    return (
        first.ent_type_ == "PERSON" or first.text in lexicon.genders or (stop - title.i == 2 and first.ent_type_ == "")
    )


def _capital_run(doc: Doc, start: int, blocked: list[bool], lexicon: Lexicon) -> int:
    """The end of the run of name parts from `start`: at most five, the peer's "of Somewhere" included."""
    stop = start
    while stop < len(doc) and stop - start < 5 and not blocked[stop]:
        token = doc[stop]
        if token.text in lexicon.titles or token.lower_ in lexicon.role_heads or token.is_space:
            break
        inside = stop > start and _inner_particle(doc, stop, len(doc))
        if not ((is_name_part(token) and (token.pos_ == "PROPN" or stop == start)) or inside):
            break
        stop += 1
    if (
        stop > start
        and stop + 1 < len(doc)
        and doc[start - 1].text in ("Lord", "Lady", "Baroness")
        and doc[stop].text == "of"
        and is_name_part(doc[stop + 1])
    ):
        return stop + 2
    return stop


def _from_given_names(doc: Doc, lexicon: Lexicon, blocked: list[bool]) -> list[tuple[int, int]]:
    spans = []
    for token in doc[:-1]:
        if token.text in lexicon.genders and not blocked[token.i]:
            stop = _capital_run(doc, token.i, blocked, lexicon)
            labels = {doc[i].ent_type_ for i in range(token.i, stop) if doc[i].text not in _MONTHS}
            words = sum(doc[i].lower_ not in PARTICLES for i in range(token.i, stop))
            if words in (2, 3) and labels <= {"", "PERSON", "GPE", "ORG", "NORP"}:
                spans.append((token.i, stop))
    return spans
