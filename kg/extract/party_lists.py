"""People listed as members of a party: "Republicans including X", "X, Y and other Democrats", "Among the Tories: X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.offices import office_words
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.roles import singular

_OPENERS = frozenset(["including", "like", "such", "notably", "especially"])
_REACH = 60
"""How many tokens a list may run on for."""


def listed_people(reading: Reading, party: TokenMention) -> Iterator[TokenMention]:
    """The persons whom a list gives to the party."""
    place = _list_start(reading, party)
    if place is not None:
        yield from people_behind(reading, place)
    yield from _before_others(reading, party)


def people_behind(reading: Reading, place: int) -> Iterator[TokenMention]:
    """Persons named from `place` on as long as only titles, places, commas and "and" stand between them."""
    doc, last = reading.doc, place
    index = place
    while index < min(place + _REACH, len(doc)):
        mention = reading.mention_at(index)
        token = doc[index]
        if index > place and token.is_sent_start:
            return
        if mention is not None and mention.kind is MentionKind.NAME:
            if reading.type_of(mention.cluster) is EntityType.PERSON:
                yield mention
                last = mention.end
            index = max(mention.end, index + 1)
            continue
        if token.pos_ in ("VERB", "AUX") or token.text in (";", ":") or index - last > 9:
            return
        index += 1


def _list_start(reading: Reading, party: TokenMention) -> int | None:
    """Where the list begins that the party's word opens."""
    doc = reading.doc
    start = reading.doc[party.start].sent.start
    if doc[start].lower_ == "among" and party.start - start <= 3:
        return next(
            (i + 1 for i in range(party.end, min(party.end + 25, len(doc))) if doc[i].text == ":"), None
        ) or next((i + 1 for i in range(party.end, min(party.end + 8, len(doc))) if doc[i].text == ","), None)
    such = any(doc[i].lower_ == "such" for i in range(max(party.start - 4, 0), party.start))
    end = _plural_end(reading, party)
    if end is None:
        return None
    if such and end < len(doc) and doc[end].lower_ == "as":
        return end + 1
    for place in range(end, min(end + 10, len(doc))):
        if doc[place].lower_ in _OPENERS:
            return place + 1
        if doc[place].text in (".", ";") or doc[place].pos_ in ("VERB", "AUX") or doc[place].is_sent_start:
            return None
        if doc[place].text in (",", ":", "-") and place == end and _starts_with_person(reading, place + 1):
            return place + 1
    return None


def _plural_end(reading: Reading, party: TokenMention) -> int | None:
    """Past "Republicans" or "GOP presidential candidates"; None where one person is meant."""
    doc, people = reading.doc, office_words().party_people
    end = party.end
    while end < len(doc) and end - party.end < 4 and not doc[end].is_sent_start:
        token = doc[end]
        if token.tag_ in ("NNS", "NNPS") and reading.at[end] < 0:
            return end + 1
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and singular(token.lower_) not in people:
            break
        end += 1
    return party.end if doc[party.end - 1].text.endswith("s") else None


def _starts_with_person(reading: Reading, place: int) -> bool:
    """Whether a list of at least two persons starts here."""
    people = []
    for mention in people_behind(reading, place):
        people.append(mention)
        if len(people) == 2:
            return people[0].start - place < 6
    return False


def _before_others(reading: Reading, party: TokenMention) -> Iterator[TokenMention]:
    """The persons before "and other Democrats", "and fellow Cabinet ministers"."""
    doc = reading.doc
    place = party.start - 1
    while place > 0 and doc[place].pos_ in ("ADJ", "NOUN", "PROPN") and doc[place].lower_ not in ("other", "fellow"):
        place -= 1
    if place < 2 or doc[place].lower_ not in ("other", "fellow") or _plural_end(reading, party) is None:
        return
    place -= 1
    while place > 0 and doc[place].lower_ in ("and", ",", "as", "well", "several", "many", "two", "some"):
        place -= 1
    while place >= 0:
        mention = reading.mention_at(place)
        if mention is None or reading.type_of(mention.cluster) is not EntityType.PERSON or doc[place].is_space:
            return
        if mention.kind is MentionKind.NAME:
            yield mention
        place = mention.start - 1
        while (place >= 0 and doc[place].lower_ in (",", "and")) or (
            doc[place].pos_ == "PROPN" and reading.at[place] < 0
        ):
            place -= 1
