"""memberOf: a party, or a body on which somebody has a seat, named with the person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.base import End, Finding, Named, Scene, person_at
from kg.extract.offices import office_words
from kg.extract.party_lists import listed_people
from kg.extract.seats import seats
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, Role, TokenMention
from kg.nlp.role_bounds import start_with_title
from kg.nlp.role_holders import over_insertion
from kg.nlp.roles import singular

RELATION = "memberOf"

_LETTER = re.compile(r"\s?[(,]\s?(R|D|L|Lab|Con|LD|SNP)(?:\s?[-–‑.]\s?[A-Z][\w. ]{0,14}?)?[),;.]")
_PARTY_LINKS = frozenset(["of", "from", "for"])
_NOMINATIONS = frozenset(["nomination", "ticket", "candidacy"])
_LEAVES = frozenset(["quit", "leave"])
_JOINS = frozenset(["join", "represent", "lead", "rejoin"])


def find(scene: Scene) -> Iterator[Finding]:
    """Parties in titles and appositions, letters in brackets, "a Republican", "of the SNP", seats on committees."""
    reading = scene.reading
    yield from _in_roles(reading)
    yield from _letters(reading, scene.lexicon)
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME and reading.type_of(mention.cluster) is EntityType.PARTY:
            yield from _around(scene, mention)
    yield from seats(reading, RELATION)


def _finding(
    subject: int,
    party: End,
    start: int,
    end: int,
    pattern: str,
    confidence: float,
    trigger: int,
    note: str | None = None,
) -> Finding:
    return Finding(RELATION, subject, party, start, end, pattern, confidence, trigger, note=note)


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
    confidence = {"title": 0.92, "apposition": 0.85, "predicate": 0.75, "description": 0.7}[link]
    place = role.full_start
    while place < role.end:
        mention = reading.mention_at(place)
        if mention is None or mention.kind is not MentionKind.NAME:
            place += 1
            continue
        if _is_party(reading, mention) and not _compound_only(reading, mention):
            word = reading.text(role.head, role.head + 1)
            yield _finding(
                holder.cluster, mention.cluster, min(role.full_start, holder.start), max(role.end, holder.end),
                f"role-{link}", confidence, mention.start, f"former {word}" if role.former else word,
            )  # fmt: skip
        place = max(mention.end, place + 1)
    if role.full_start > 1 and reading.doc[role.full_start - 1].tag_ == "POS":
        # "Plaid Cymru's former president, Ada Example"
        owner = reading.mention_at(role.full_start - 2)
        if owner is not None and _is_party(reading, owner) and owner.end == role.full_start - 1:
            start, end = min(owner.start, holder.start), max(role.end, holder.end)
            word = reading.text(role.head, role.head + 1)
            yield _finding(holder.cluster, owner.cluster, start, end, "role-owner", confidence, owner.start, word)


def _is_party(reading: Reading, mention: TokenMention) -> bool:
    return mention.kind is MentionKind.NAME and reading.type_of(mention.cluster) is EntityType.PARTY


def _compound_only(reading: Reading, mention: TokenMention) -> bool:
    """ "Republican-led", "non-Labour", "anti-SNP" say nothing about the person's own party."""
    doc = reading.doc
    after = mention.end < len(doc) and doc[mention.end].text == "-"
    before = mention.start > 1 and doc[mention.start - 1].text == "-" and not doc[mention.start - 1].whitespace_
    return after or (before and doc[mention.start - 2].lower_ not in ("ex", "then", "former"))


def _letters(reading: Reading, lexicon: Lexicon) -> Iterator[Finding]:
    """ "(R-Maine)", "(D)", ", R-Ky.," right behind a name."""
    text = reading.article.text
    for mention in reading.mentions:
        if mention.kind is not MentionKind.NAME or reading.type_of(mention.cluster) is not EntityType.PERSON:
            continue
        offset = reading.span(mention.start, mention.end).end
        match = _LETTER.match(text, offset)
        if match is None:
            continue
        stop = mention.end
        while stop < len(reading.doc) and reading.doc[stop].idx < match.end():
            stop += 1
        letter = match.group(1)
        place = next((i for i in range(mention.end, stop) if reading.doc[i].text.startswith(letter)), mention.end)
        start = start_with_title(reading.doc, mention, lexicon)
        party = _party_of_letter(reading, letter, lexicon, place)
        yield _finding(mention.cluster, party, start, stop, "letter", 0.97, place)


def _party_of_letter(reading: Reading, letter: str, lexicon: Lexicon, place: int) -> End:
    """The party's cluster where the article names the party anywhere, else the letter itself."""
    canonical = {lexicon.parties[form] for form in lexicon.party_letters[letter] if form in lexicon.parties}
    for index, cluster in enumerate(reading.clusters):
        if cluster.type is EntityType.PARTY and cluster.canonical in canonical:
            return index
    return Named(EntityType.PARTY, letter, place, place + 1, alias=min(canonical, default=None))


def _around(scene: Scene, party: TokenMention) -> Iterator[Finding]:
    """Constructions around one mention of a party."""
    reading = scene.reading
    if _compound_only(reading, party):
        return
    yield from _before_name(scene, party)
    yield from _behind_name(reading, party)
    for person in listed_people(reading, party):
        start, end = min(party.start, person.start), max(party.end, person.end)
        yield _finding(person.cluster, party.cluster, start, end, "listed", 0.75, party.start)
    yield from _leader_of(reading, party)
    yield from _linked(reading, party)
    yield from _predicate(reading, party)
    yield from _fellow(reading, party)
    yield from _nomination(reading, party)


def _before_name(scene: Scene, party: TokenMention) -> Iterator[Finding]:
    """ "Democrat Ada Example", "Republican rival Ada Example", "Democrats Ada Example, Bo Sample and Cy Test"."""
    reading, doc = scene.reading, scene.reading.doc
    starts = {
        start_with_title(doc, m, scene.lexicon): m
        for m in _names_near(reading, party.end, 8)
        if reading.type_of(m.cluster) is EntityType.PERSON
    }
    people = office_words().party_people
    place = party.end
    while place < len(doc) and place - party.end < 4 and place not in starts:
        token = doc[place]
        human = token.lower_ in people or singular(token.lower_) in people
        if not (human or token.pos_ == "ADJ" or token.text == "-"):
            return
        place += 1
    if place not in starts:
        return
    first = starts[place]
    yield _finding(first.cluster, party.cluster, party.start, first.end, "before-name", 0.85, party.start)
    if not doc[place - 1].text.endswith("s"):
        return
    place = first.end
    while place + 1 < len(doc) and doc[place].lower_ in (",", "and"):
        step = place + 2 if doc[place + 1].lower_ == "and" else place + 1
        mention = reading.mention_at(step) if step < len(doc) else None
        if mention is None or mention.start != step or reading.type_of(mention.cluster) is not EntityType.PERSON:
            return
        yield _finding(mention.cluster, party.cluster, party.start, mention.end, "before-name", 0.8, party.start)
        place = mention.end


def _names_near(reading: Reading, start: int, reach: int) -> list[TokenMention]:
    found = []
    for place in range(start, min(start + reach, len(reading.doc))):
        mention = reading.mention_at(place)
        if mention is not None and mention.kind is MentionKind.NAME and mention not in found:
            found.append(mention)
    return found


def _behind_name(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "Ada Example, a Republican from Ohio", "Ada Example, her Republican rival,", "Ada Example (Labour)"."""
    doc, people = reading.doc, office_words().party_people
    end = party.end
    while end < len(doc) and (doc[end].lower_ in people or doc[end].text == "-") and end - party.end < 4:
        end += 1
    if end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN") and not reading.doc[end].is_sent_start:
        return
    place = party.start - 1
    while place > 0 and (
        doc[place].pos_ in ("DET", "ADJ", "PRON", "ADV") or doc[place].lower_ in ("fellow", "-", "lifelong")
    ):
        place -= 1
    place = over_insertion(doc, place)
    if place < 1 or doc[place].text not in (",", "-", "(", "of"):
        if not (doc[place].lemma_ == "be" and doc[place - 1].lower_ == "who"):
            return
        place -= 2
    person = person_at(reading, place - 1)
    determined = doc[party.start - 1].text == "(" or any(
        doc[k].pos_ in ("DET", "PRON") for k in range(place, party.start)
    )
    mention = reading.mention_at(place - 1)
    if person is not None and determined and mention is not None and mention.kind is MentionKind.NAME:
        yield _finding(person, party.cluster, mention.start, end, "apposition", 0.88, party.start)


def _leader_of(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "the National Front, whose leader, Ada Example,"."""
    doc = reading.doc
    place = party.end + 1 if party.end < len(doc) and doc[party.end].text == "," else party.end
    if (
        place + 2 >= len(doc)
        or doc[place].lower_ != "whose"
        or doc[place + 1].lower_ not in office_words().party_offices
    ):
        return
    place += 3 if doc[place + 2].text == "," else 2
    for mention in _names_near(reading, place, 1):
        if reading.type_of(mention.cluster) is EntityType.PERSON:
            yield _finding(mention.cluster, party.cluster, party.start, mention.end, "whose", 0.85, party.start)


def _linked(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "Labour's Ada Example", "Ada Example of the SNP", "For the Liberal Democrats, Ada Example said"."""
    doc = reading.doc
    if party.end + 1 < len(doc) and doc[party.end].tag_ == "POS":
        person = person_at(reading, party.end + 1)
        mention = reading.mention_at(party.end + 1)
        if person is not None and mention is not None and mention.kind is MentionKind.NAME:
            yield _finding(person, party.cluster, party.start, mention.end, "possessive", 0.85, party.start)
    place = party.start - 1
    if place > 0 and doc[place].lower_ == "the":
        place -= 1
    if place < 0 or doc[place].lower_ not in _PARTY_LINKS:
        return
    if place > 0 and doc[place].lower_ in ("of", "from"):
        before = place - 1 if doc[place - 1].text != "," else place - 2
        person, mention = person_at(reading, before), reading.mention_at(before)
        if person is not None and mention is not None and mention.kind is MentionKind.NAME:
            yield _finding(person, party.cluster, mention.start, party.end, "of-party", 0.8, party.start)
    elif doc[place].lower_ == "for" and doc[place].is_sent_start and party.end + 1 < len(doc):
        behind = party.end + 1 if doc[party.end].text == "," else party.end
        for mention in _names_near(reading, behind, 6):
            if reading.type_of(mention.cluster) is EntityType.PERSON:
                yield _finding(mention.cluster, party.cluster, place, mention.end, "for-party", 0.7, party.start)
                break


def _predicate(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "Ada Example is a Republican", "Ada Example joined the Greens", "ran as a Democrat", "left the Greens"."""
    doc = reading.doc
    token = doc[party.end - 1]
    verb = token.head
    if token.dep_ == "attr" and verb.lemma_ in ("be", "become", "remain"):
        pattern, note, negated = "predicate", None, any(c.dep_ == "neg" for c in verb.children)
    elif token.dep_ == "dobj" and verb.lemma_ in _JOINS | _LEAVES:
        pattern, note, negated = "verb", ("left" if verb.lemma_ in _LEAVES else None), False
    elif (
        token.dep_ == "pobj" and verb.lower_ in ("as", "to") and verb.head.lemma_ in ("run", "stand", "defect", "elect")
    ):
        pattern, note, negated, verb = "verb", None, False, verb.head
    else:
        return
    if negated or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            person = person_at(reading, child.i)
            if person is not None:
                start, end = min(child.left_edge.i, party.start), max(party.end, child.i + 1)
                yield _finding(person, party.cluster, start, end, pattern, 0.75, party.start, note)


def _fellow(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "Ada Example was confronted by a fellow Labour member": both ends of the verb belong to the party."""
    doc = reading.doc
    if party.start == 0 or not any(doc[k].lower_ == "fellow" for k in range(max(party.start - 2, 0), party.start)):
        return
    noun = doc[party.end - 1]
    while noun.dep_ in ("compound", "amod", "nmod") and noun.head.i > noun.i:
        noun = noun.head
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.i != noun.i:
            person = person_at(reading, child.i)
            if person is not None:
                start, end = min(child.i, party.start), max(noun.i, child.i) + 1
                yield _finding(person, party.cluster, start, end, "fellow", 0.8, party.start, "fellow member")


def _nomination(reading: Reading, party: TokenMention) -> Iterator[Finding]:
    """ "Ada Example won the Republican nomination", "her campaign for the Democratic nomination"."""
    doc = reading.doc
    noun = doc[party.end - 1].head
    if noun.i - party.end > 2 or noun.lower_ not in _NOMINATIONS:
        return
    token = noun
    for _ in range(6):
        token = token.head
        holders = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "poss") and c.i < noun.i]
        for child in holders:
            subject = token.head if child.lower_ in ("who", "that") and token.dep_ == "relcl" else child
            person = person_at(reading, subject.i)
            if person is not None:
                start, end = min(subject.i, party.start), max(noun.i, subject.i) + 1
                yield _finding(person, party.cluster, start, end, "nomination", 0.7, party.start, "nomination")
                return
        if holders or token.dep_ == "ROOT":
            return
