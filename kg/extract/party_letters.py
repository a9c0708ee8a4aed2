"""Parties by their letter right behind a name, "(R-Maine)", and by a word that is a party's before an office only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.base import End, Named
from kg.extract.offices import office_words
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.role_bounds import start_with_title

_LETTER = re.compile(
    r"\s?(?:[(\[]\s?(R|D|L|Lab|Con|LD|SNP)(?:\.?\s?[-–‑.,/]\s?[A-Z][\w. ]{0,14}?)?[)\],;]"
    r"|,\s{0,2}(R|D|L)\s?[-–‑]\s?[A-Z][\w. ]{0,14}?[),;.])"
)


def party_letters(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[TokenMention, End, int, int, int]]:
    """Person, party, first and last token of the evidence, and the letter's token."""
    text, known = reading.article.text, _known(reading)
    for mention in reading.mentions:
        if mention.kind is not MentionKind.NAME or reading.type_of(mention.cluster) is not EntityType.PERSON:
            continue
        match = _LETTER.match(text, reading.span(mention.start, mention.end).end)
        if match is None:
            continue
        stop = mention.end
        while stop < len(reading.doc) and reading.doc[stop].idx < match.end():
            stop += 1
        letter = match[1] or match[2]
        place = next((i for i in range(mention.end, stop) if reading.doc[i].text.startswith(letter)), mention.end)
        start = start_with_title(reading.doc, mention, lexicon)
        yield mention, _party_of_letter(known, letter, lexicon, place), start, stop, place


def party_words(reading: Reading) -> Iterator[tuple[TokenMention, End, int, int, int]]:
    """ "Green MEP Ada Example": person, party, first and last token of the evidence, and the word's token."""
    known = _known(reading)
    for role in reading.roles:
        word = reading.doc[role.full_start]
        party = office_words().party_words.get(word.text)
        if party is None or word.i >= role.head or reading.mention_at(word.i) is not None:
            continue
        for index in role.people:
            person = reading.mentions[index]
            end: End = known.get(party, Named(EntityType.PARTY, word.text, word.i, word.i + 1, alias=party))
            yield person, end, min(word.i, person.start), max(role.end, person.end), word.i


def _known(reading: Reading) -> dict[str, int]:
    """Canonical name -> the first cluster of the article's parties."""
    known: dict[str, int] = {}
    for number, cluster in enumerate(reading.clusters):
        if cluster.type is EntityType.PARTY and cluster.canonical is not None:
            known.setdefault(cluster.canonical, number)
    return known


def _party_of_letter(known: Mapping[str, int], letter: str, lexicon: Lexicon, place: int) -> End:
    """The party's cluster where the article names the party anywhere, else the letter itself."""
    canonical = sorted({lexicon.parties[form] for form in lexicon.party_letters[letter] if form in lexicon.parties})
    named = [known[name] for name in canonical if name in known]
    if named:
        return min(named)
    return Named(EntityType.PARTY, letter, place, place + 1, alias=min(canonical, default=None))
