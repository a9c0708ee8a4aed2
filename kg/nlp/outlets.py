"""Where the name of an outlet ends, and outlets that no list knows."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from kg.nlp.lexicon import Lexicon
from kg.nlp.people import is_capitalised, is_name_part

_MARKS = frozenset(['"', "'", "''", "``"])
_JOINERS = frozenset(["the", "of", "for", "with", "and", "at", "on", "to", "in", "a", ",", "&", "!"])
_OPENERS = frozenset(["The", "A", "I", "This", "May", "An", "So", "What", "It", "In"])
"""Capitalised words that are no part of a person's name but may be part of a title."""
_CALL_SIGN = re.compile(r"^[KW][A-Z]{2,3}$")
_LONGEST = 8
_QUOTED_KINDS = frozenset(["programme", "program", "show", "podcast", "documentary", "series"])
_NAMED_KINDS = frozenset(["newspaper", "magazine", "tabloid", "daily", "weekly", "broadcaster", "radio"])
_HOSTING = frozenset(["host", "co-host", "present", "anchor"])
_INTERVIEWS = frozenset(["interview", "interviews"])


def outlet_end(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Where the whole name ends of which a known outlet's, ending at `end`, is the first part.

    It goes on over "News", "Radio 4", "newspaper" and "'s Today programme", but not over its people's names.
    """
    while end < len(doc) and _extends(doc, end, lexicon):
        end += 1
    if end < len(doc) and doc[end].text in lexicon.outlet_direct and not _goes_on(doc, end + 1, lexicon):
        return end + 2 if end + 1 < len(doc) and doc[end + 1].lower_ in lexicon.outlet_kinds else end + 1
    end = of_place(doc, end) if doc[end - 1].text in lexicon.outlet_last else end
    place = end
    if place < len(doc) and doc[place].text in ("'s", "'") and doc[place].tag_ in ("POS", "''", "``"):
        place += 1
    owned = place > end
    if place < len(doc) and doc[place].text in _MARKS and (owned or not doc[place].whitespace_):
        quoted = _quoted_title(doc, place, lexicon)
        return end if quoted is None or not owned else quoted[1]
    first = place
    if not owned and _is_regional(doc, end):
        return _place_end(doc, end)
    stop = _title_end(doc, first, lexicon)
    if stop is None or stop == first:
        return end
    if all(doc[i].text in lexicon.outlet_ext for i in range(first, stop)):
        return end
    kind = stop < len(doc) and doc[stop].lower_ in lexicon.outlet_kinds
    if not owned:
        # "BBC Today programme"
        return stop + 1 if kind and not _is_person(doc, first, lexicon) else end
    if kind:
        return stop + 1
    shows = doc[stop - 1].text in lexicon.outlet_titles
    if not shows and (_is_person(doc, first, lexicon) or _goes_on(doc, stop, lexicon)):
        return end
    return stop


def _is_regional(doc: Doc, end: int) -> bool:
    """Whether a place follows of which the parser sees the outlet as a part ("NBC South Florida")."""
    if end >= len(doc) or doc[end].ent_type_ not in ("GPE", "LOC"):
        return False
    return doc[end - 1].dep_ == "compound" and end <= doc[end - 1].head.i < _place_end(doc, end)


def _place_end(doc: Doc, end: int) -> int:
    kind = doc[end].ent_type_
    end += 1
    while end < len(doc) and doc[end].ent_type_ == kind and doc[end].ent_iob_ == "I":
        end += 1
    return end


def _extends(doc: Doc, place: int, lexicon: Lexicon) -> bool:
    token = doc[place]
    if token.text in lexicon.outlet_ext:
        return True
    return token.lower_ == token.text == "news" and not _goes_on(doc, place + 1, lexicon)


def _goes_on(doc: Doc, place: int, lexicon: Lexicon) -> bool:
    """Whether a noun follows of which the words before are only a modifier ("CNN's Republican debate")."""
    if place >= len(doc):
        return False
    token = doc[place]
    return token.pos_ in ("NOUN", "ADJ") and token.text[0].islower() and token.lower_ not in lexicon.outlet_kinds


def _title_end(doc: Doc, first: int, lexicon: Lexicon) -> int | None:
    """The end of the capitalised words from `first` with the small words between them; None for an office."""
    place = first
    while place < len(doc) and place - first < _LONGEST:
        token = doc[place]
        if token.text in lexicon.titles or token.lower_ in lexicon.role_heads:
            return None
        small = place > first and token.lower_ in _JOINERS and _capital_follows(doc, place + 1)
        number = place > first and token.is_digit
        if not (is_name_part(token) or token.text in _OPENERS or small or number or _article(doc, place, first)):
            break
        place += 1
    while place > first and (doc[place - 1].text[0].islower() or doc[place - 1].is_punct):
        place -= 1
    return place


def _article(doc: Doc, place: int, first: int) -> bool:
    return place == first and doc[place].text == "the" and _capital_follows(doc, place + 1)


def _capital_follows(doc: Doc, place: int) -> bool:
    """Whether a capitalised word follows at once or after one more small word ("of the Union")."""
    for step in (place, place + 1):
        if step < len(doc) and (is_capitalised(doc[step]) or doc[step].is_digit or doc[step].text == "One"):
            return True
        if step < len(doc) and doc[step].lower_ not in _JOINERS:
            return False
    return False


def _is_person(doc: Doc, first: int, lexicon: Lexicon) -> bool:
    return doc[first].ent_type_ == "PERSON" or doc[first].text in lexicon.genders


def _quoted_title(doc: Doc, mark: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The title between marks that open at `mark`, or None where the words between them are no title.

    Its start, and its end with the closing mark and a kind behind it ('"Morning Joe" programme').
    """
    first = place = mark + 1
    while place < len(doc) and place - first < _LONGEST and doc[place].text not in _MARKS:
        if doc[place].is_space:
            return None
        place += 1
    if place >= len(doc) or doc[place].text not in _MARKS:
        return None
    stop = place
    while stop > first and doc[stop - 1].is_punct:
        stop -= 1
    titled = all(token.text[0].isupper() or token.is_digit or token.lower_ in _JOINERS for token in doc[first:stop])
    if stop == first or not titled or not doc[first].text[0].isupper():
        return None
    if place + 1 < len(doc) and doc[place + 1].lower_ in lexicon.outlet_kinds:
        return first, place + 2
    return first, place + 1 if stop == place else stop


def titled_outlets(doc: Doc, blocked: list[bool], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Outlets that no list knows but their words show, as token ranges.

    A programme or podcast with its title in quotation marks, a capitalised name before "newspaper", "The Ada
    Example Show", and call signs ("WXYZ-TV").
    """
    found: list[tuple[int, int]] = []
    for token in doc:
        place = token.i
        if blocked[place] or (found and place < found[-1][1]):
            continue
        span = _behind_kind(doc, place, lexicon) if token.lower_ in _QUOTED_KINDS else None
        if span is None and token.text[0].isupper():
            span = _before_kind(doc, place, blocked, lexicon) or _call_sign(doc, place)
        if span is not None and not any(blocked[span[0] : span[1]]):
            found.append(span)
    return found


def _behind_kind(doc: Doc, place: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """'the weekly show "Last Words"', 'a documentary called "Example"'."""
    mark = place + 1
    while mark < len(doc) and mark - place < 3 and doc[mark].lower_ in ("called", "titled", "named", ","):
        mark += 1
    if mark >= len(doc) or doc[mark].text not in _MARKS or doc[mark].whitespace_:
        return None
    title = _quoted_title(doc, mark, lexicon)
    if title is None:
        return None
    first, end = title
    while end > first and (doc[end - 1].text in _MARKS or doc[end - 1].is_punct):
        end -= 1
    return first, end


def _before_kind(doc: Doc, place: int, blocked: list[bool], lexicon: Lexicon) -> tuple[int, int] | None:
    """Such as "El Ejemplo newspaper" and "The Ada Example Show"."""
    token = doc[place]
    if not token.text[0].isupper() or (place > 0 and _in_run(doc, place - 1)):
        return None
    stop = place
    while stop < len(doc) and stop - place < 6 and not blocked[stop] and _in_run(doc, stop):
        stop += 1
    first = place + 1 if token.text in ("The", "A") else place
    if stop - first < 1 or stop >= len(doc):
        return None
    if token.text == "The" and doc[stop - 1].text == "Show" and stop - first > 1:
        return first, stop
    named = doc[stop].text in lexicon.outlet_direct and doc[stop].text in _NAMED_KINDS
    if named and doc[stop - 1].pos_ == "PROPN" and doc[stop - 1].ent_type_ not in ("NORP", "GPE", "PERSON", "DATE"):
        return first, stop + 1
    return None


def _in_run(doc: Doc, place: int) -> bool:
    token = doc[place]
    return token.text[0].isupper() and not token.is_sent_start and (is_name_part(token) or token.text == "The")


def _call_sign(doc: Doc, place: int) -> tuple[int, int] | None:
    if not _CALL_SIGN.match(doc[place].text) or place + 2 >= len(doc):
        return None
    tail = doc[place + 1].text == "-" and doc[place + 2].text in ("TV", "AM", "FM", "DT", "LP")
    return (place, place + 3) if tail else None


def names_outlet(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether an unlisted organisation is an outlet: by last word, "interview with X", "the newspaper X"."""
    last = doc[end - 1]
    if last.text in lexicon.outlet_last and (end - start > 1 or last.text.endswith("-TV")) and is_capitalised(last):
        return True
    place = start - 1
    if place > 0 and doc[place].lower_ in ("the", "'s"):
        place -= 1
    if place > 0 and doc[place].lower_ == "with" and doc[place - 1].lower_ in _INTERVIEWS:
        return True
    if place >= 0 and doc[place].pos_ == "VERB" and doc[place].lemma_ in _HOSTING:
        return doc[start].pos_ == "PROPN"
    return place >= 0 and doc[place].lower_ in _NAMED_KINDS - {"daily", "weekly", "radio"}


def of_place(doc: Doc, end: int) -> int:
    """The end past the place that belongs to a newspaper's name ("The Star-Ledger of Newark")."""
    if end + 1 < len(doc) and doc[end].text == "of" and doc[end + 1].ent_type_ in ("GPE", "ORG"):
        stop = end + 1
        while stop < len(doc) and doc[stop].ent_type_ in ("GPE", "ORG") and is_name_part(doc[stop]):
            stop += 1
        return stop if stop > end + 1 else end
    return end
