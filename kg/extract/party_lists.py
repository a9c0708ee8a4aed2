"""People listed as members of a party: "Republicans including X", "X, Y and other Democrats", "Among the Tories: X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.party_phrases import PartyPhrase
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, TokenMention

_OPENERS = frozenset(["including", "like", "such", "notably", "especially"])
_INCLUDES = frozenset(["include", "comprise"])
_ITEM = 25
"""How many tokens an item of a list has at most."""
_REACH = 60
"""How many tokens a list may run on for."""


def listed_people(reading: Reading, phrase: PartyPhrase) -> Iterator[TokenMention]:
    """The persons whom a list gives to the party of a phrase in the plural."""
    place = _list_start(reading, phrase)
    if place is not None:
        yield from people_behind(reading, place)
    if phrase.plural and phrase.human:
        yield from _before_others(reading, phrase)


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
            behind = _next_item(reading, index)
            if behind is None:
                return
            index = last = behind
            continue
        index += 1


def _next_item(reading: Reading, place: int) -> int | None:
    """Where the next item starts of a list whose items semicolons part."""
    doc = reading.doc
    for index in range(place, min(place + _ITEM, len(doc))):
        if doc[index].is_sent_start and index > place:
            return None
        if doc[index].text == ";":
            return index + 1 + (index + 1 < len(doc) and doc[index + 1].lower_ == "and")
    return None


def _list_start(reading: Reading, phrase: PartyPhrase) -> int | None:
    """Where the list begins that the party's phrase opens."""
    doc, party = reading.doc, phrase.party
    first = range(party.start, max(party.start - 4, -1), -1)
    start = next((place for place in first if place == 0 or doc[place].is_sent_start), None)
    if start is not None and doc[start].lower_ == "among":
        return next(
            (i + 1 for i in range(party.end, min(party.end + 25, len(doc))) if doc[i].text == ":"), None
        ) or next((i + 1 for i in range(party.end, min(party.end + 8, len(doc))) if doc[i].text == ","), None)
    if not phrase.plural or not phrase.human:
        return None
    such = any(doc[i].lower_ == "such" for i in range(max(party.start - 4, 0), party.start))
    end = phrase.end
    if such and end < len(doc) and doc[end].lower_ == "as":
        return end + 1
    for place in range(end, min(end + 10, len(doc))):
        if doc[place].lower_ in _OPENERS:
            return place + 1
        if doc[place].lower_ == "among" and place + 1 < len(doc) and doc[place + 1].lower_ == "them":
            return place + 2
        if doc[place].text in (".", ";") or doc[place].pos_ in ("VERB", "AUX") or doc[place].is_sent_start:
            break
        if doc[place].text in (",", ":", "-") and place == end and _starts_with_person(reading, place + 1):
            return place + 1
    return _included(reading, phrase) or _behind_clause(reading, phrase) or _behind_verb(reading, phrase)


def _behind_verb(reading: Reading, phrase: PartyPhrase) -> int | None:
    """ "Several Republicans have endorsed him, including Ada Example": behind the comma, no other people between."""
    doc = reading.doc
    if doc[phrase.head].dep_ not in ("nsubj", "nsubjpass"):
        return None
    for place in range(phrase.end, min(phrase.end + _REACH // 2, len(doc) - 1)):
        token = doc[place]
        if token.is_sent_start:
            return None
        if token.text == "," and doc[place + 1].lower_ in ("including", "notably"):
            return place + 2
        cluster = reading.cluster_at(place)
        if token.tag_ in ("NNS", "NNPS") and cluster is not None and reading.type_of(cluster) is EntityType.PARTY:
            return None
    return None


def _included(reading: Reading, phrase: PartyPhrase) -> int | None:
    """ "Republican senators who will stay away include Ada Example": where the verb's list begins."""
    noun = reading.doc[phrase.head]
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ in _INCLUDES and verb.i > noun.i:
        return verb.i + 1
    return None


def _behind_clause(reading: Reading, phrase: PartyPhrase) -> int | None:
    """ "Two Tory peers who voted against it, Ada Example and Bo Sample, ...": behind the relative clause."""
    doc = reading.doc
    noun = doc[phrase.head]
    if not any(child.dep_ in ("relcl", "acl", "prep") and child.i > noun.i for child in noun.children):
        return None
    counted = any(token.pos_ == "NUM" for token in doc[phrase.start : phrase.end])
    for place in range(phrase.end, min(phrase.end + 20, len(doc))):
        if doc[place].is_sent_start:
            return None
        if doc[place].text in (",", "-", ":"):
            return place + 1 if counted and _starts_with_person(reading, place + 1) else None
    return None


def _starts_with_person(reading: Reading, place: int) -> bool:
    """Whether a list of at least two persons starts here."""
    people = []
    for mention in people_behind(reading, place):
        people.append(mention)
        if len(people) == 2:
            return people[0].start - place < 6
    return False


def _before_others(reading: Reading, phrase: PartyPhrase) -> Iterator[TokenMention]:
    """The persons before "and other Democrats", "and fellow Cabinet ministers"."""
    doc = reading.doc
    place = phrase.party.start - 1
    while place > 0 and doc[place].pos_ in ("ADJ", "NOUN", "PROPN") and doc[place].lower_ not in ("other", "fellow"):
        place -= 1
    if place < 2 or doc[place].lower_ not in ("other", "fellow"):
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
