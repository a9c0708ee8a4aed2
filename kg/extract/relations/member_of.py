"""memberOf: a party, or a body on which somebody has a seat, named with the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.base import End, Finding, Scene
from kg.extract.biography import biography
from kg.extract.party_contests import ContestHolders
from kg.extract.party_context import PartyContext, told_parties
from kg.extract.party_groups import PartyGroups
from kg.extract.party_holders import Holder, PhraseHolders
from kg.extract.party_letters import party_letters, party_words
from kg.extract.party_links import PartyLinks
from kg.extract.party_lists import listed_people
from kg.extract.party_phrases import PartyPhrase, party_phrase
from kg.extract.seats import seats
from kg.model import EntityType, MentionKind
from kg.nlp.reading import Reading, Role, TokenMention

RELATION = "memberOf"

_ROLE_CONFIDENCE = {"title": 0.92, "apposition": 0.85, "predicate": 0.75, "description": 0.7}


def find(scene: Scene) -> Iterator[Finding]:
    """Parties in titles and appositions, letters in brackets, "a Republican", "of the SNP", seats on committees."""
    phrases = list(_phrases(scene))
    found = list(_by_grammar(scene, phrases))
    yield from found
    context = PartyContext(
        scene.reading,
        told_parties((f.subject, f.object) for f in found if isinstance(f.subject, int) and isinstance(f.object, int)),
    )
    groups = PartyGroups(scene.reading, scene.lexicon, context)
    taken = {f.trigger for f in found}
    for phrase in phrases:
        if phrase.party.start not in taken:
            yield from _findings(phrase.party, context.find(phrase))
            yield from _findings(phrase.party, groups.find(phrase))
    for party, holder in context.owned_offices():
        yield from _findings(party, [holder])
    yield from seats(scene.reading, RELATION)
    yield from biography(scene, RELATION)


def _by_grammar(scene: Scene, phrases: Iterable[PartyPhrase]) -> Iterator[Finding]:
    """What single sentences say of persons and parties."""
    reading = scene.reading
    yield from _in_roles(reading)
    for person, party, start, end, place in party_letters(reading, scene.lexicon):
        yield Finding(RELATION, person.cluster, party, start, end, "letter", 0.97, place)
    for person, party, start, end, place in party_words(reading):
        yield Finding(RELATION, person.cluster, party, start, end, "word", 0.85, place)
    finders = (
        PhraseHolders(reading, scene.lexicon),
        ContestHolders(reading, scene.lexicon),
        PartyLinks(reading, scene.lexicon),
    )
    for phrase in phrases:
        for finder in finders:
            yield from _findings(phrase.party, finder.find(phrase))
        yield from _findings(phrase.party, _listed(reading, phrase))


def _phrases(scene: Scene) -> Iterator[PartyPhrase]:
    """The phrases around all names of parties, in text order."""
    reading = scene.reading
    for mention in reading.mentions:
        if _is_party(reading, mention):
            phrase = party_phrase(reading, scene.lexicon, mention)
            if phrase is not None:
                yield phrase


def _listed(reading: Reading, phrase: PartyPhrase) -> Iterator[Holder]:
    """The persons of a list that the phrase opens or ends."""
    for person in listed_people(reading, phrase):
        start, end = min(phrase.party.start, person.start), max(phrase.party.end, person.end)
        yield Holder(person.cluster, start, end, "listed", 0.75)


def _findings(party: TokenMention, holders: Iterable[Holder]) -> Iterator[Finding]:
    for holder in holders:
        yield Finding(
            RELATION, holder.cluster, party.cluster, holder.start, holder.end, holder.pattern, holder.confidence,
            party.start, note=holder.note,
        )  # fmt: skip


def _in_roles(reading: Reading) -> Iterator[Finding]:
    """ "Labour MP X", "X, leader of the Liberal Democrats", "the Tory leader" where that is known to be X."""
    descriptions = {(role.full_start, role.end): role for role in reading.roles}
    for role in reading.roles:
        for index in role.people:
            yield from _role_parties(reading, role, reading.mentions[index], role.link)
    for mention in reading.mentions:
        if mention.kind is MentionKind.NOMINAL and (mention.start, mention.end) in descriptions:
            yield from _role_parties(reading, descriptions[mention.start, mention.end], mention, "description")


def _role_parties(reading: Reading, role: Role, holder: TokenMention, link: str) -> Iterator[Finding]:
    """The parties named inside an office, and the one whose genitive stands before it."""
    word = reading.text(role.head, role.head + 1)
    note = f"former {word}" if role.former else word

    def finding(party: End, name: TokenMention, pattern: str, confidence: float) -> Finding:
        start, end = min(role.full_start, name.start, holder.start), max(role.end, holder.end)
        return Finding(RELATION, holder.cluster, party, start, end, pattern, confidence, name.start, note=note)

    place = role.full_start
    while place < role.end:
        mention = reading.mention_at(place)
        if mention is None or mention.kind is not MentionKind.NAME:
            place += 1
            continue
        if _is_party(reading, mention) and not _is_joined(reading, mention):
            yield finding(mention.cluster, mention, f"role-{link}", _ROLE_CONFIDENCE[link])
        place = max(mention.end, place + 1)
    if role.full_start > 1 and reading.doc[role.full_start - 1].tag_ == "POS":
        # "Plaid Cymru's former president, Ada Example"
        owner = reading.mention_at(role.full_start - 2)
        if owner is not None and _is_party(reading, owner) and owner.end == role.full_start - 1:
            yield finding(owner.cluster, owner, "role-owner", _ROLE_CONFIDENCE[link])


def _is_party(reading: Reading, mention: TokenMention) -> bool:
    return mention.kind is MentionKind.NAME and reading.type_of(mention.cluster) is EntityType.PARTY


def _is_joined(reading: Reading, mention: TokenMention) -> bool:
    """Whether a hyphen makes the party's word a part of another ("Republican-led")."""
    doc = reading.doc
    after = mention.end < len(doc) and doc[mention.end].text == "-"
    before = mention.start > 1 and doc[mention.start - 1].text == "-" and not doc[mention.start - 1].whitespace_
    return after or (before and doc[mention.start - 2].lower_ not in ("ex", "then", "former"))
