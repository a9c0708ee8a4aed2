"""The noun phrase around a party's word: "the two Democratic candidates", "his most formidable Republican rival"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.offices import office_words
from kg.model import EntityType, MentionKind
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Reading, TokenMention
from kg.nlp.role_bounds import start_with_title
from kg.nlp.roles import singular

_LONGEST = 8
"""No phrase around a party's word runs on for more tokens, in either direction."""
_BOTH = frozenset(["both", "two"])
_LEFT = frozenset(["DET", "ADJ", "ADV", "NUM", "PRON"])
_PAST = frozenset(["ex", "then", "former"])
_LEADS = frozenset(["fellow", "veteran", "-"])
_HYPHENS = frozenset("-\u2010\u2011")


@dataclass(frozen=True, slots=True)
class PartyPhrase:
    """Tokens `[start, end)` from the determiner to the head noun; `head` is the last token.

    `human` says that the head means persons, else it may be what they compete for. `both` says that two are meant.
    """

    party: TokenMention
    start: int
    end: int
    head: int
    human: bool
    plural: bool
    definite: bool
    both: bool


def party_phrase(reading: Reading, lexicon: Lexicon, party: TokenMention) -> PartyPhrase | None:
    """The phrase around a party's name; None for "Republican-led" and "anti-SNP"."""
    doc = reading.doc
    if _compound_only(reading, party):
        return None
    end = _right_end(reading, lexicon, party)
    while end > party.end and reading.doc[end - 1].text in lexicon.titles:
        end -= 1  # "nominees Sen. Ada Example"
    head = end - 1
    start = _left_start(reading, lexicon, party)
    words = office_words()
    last = doc[head].lower_
    if head == party.end - 1:
        human = reading.text(party.start, party.end).casefold() in words.party_persons
        plural = human and last.endswith("s")
    else:
        human = bool({last, singular(last)} & (words.party_people | lexicon.role_heads))
        plural = doc[head].tag_ in ("NNS", "NNPS") or (last not in lexicon.role_heads and last.endswith("s"))
    before = [token.lower_ for token in doc[start : party.start]]
    owned = any(token.tag_ in ("PRP$", "POS") for token in doc[start : party.start])
    definite = owned or (bool(before) and before[0] in ("the", "both"))
    return PartyPhrase(party, start, end, head, human, plural, definite, bool(_BOTH & set(before)))


def is_hyphen(reading: Reading, place: int) -> bool:
    """Whether the token is a hyphen inside a word, no dash."""
    doc = reading.doc
    if doc[place].text != "-" or reading.article.text[doc[place].idx] not in _HYPHENS:
        return False
    return not doc[place].whitespace_ and place > 0 and not doc[place - 1].whitespace_


def _compound_only(reading: Reading, party: TokenMention) -> bool:
    """ "Republican-led", "non-Labour", "anti-SNP" say nothing about the person's own party."""
    if party.end < len(reading.doc) and is_hyphen(reading, party.end):
        return True
    if party.start < 2 or not is_hyphen(reading, party.start - 1):
        return False
    return reading.doc[party.start - 2].lower_ not in _PAST


def _right_end(reading: Reading, lexicon: Lexicon, party: TokenMention) -> int:
    """Past the nouns and adjectives behind the party's word, up to a person's name."""
    doc, place, end = reading.doc, party.end, party.end
    if place < len(doc) and doc[place].tag_ == "POS":
        place += 1
    while place < len(doc) and place - party.end < _LONGEST and not doc[place].is_sent_start:
        token, mention = doc[place], reading.mention_at(place)
        if mention is not None and mention.kind is MentionKind.NAME:
            if reading.type_of(mention.cluster) in (EntityType.PERSON, EntityType.PARTY) or mention.start < place:
                break
            place = mention.end
            continue
        if is_hyphen(reading, place) or (token.pos_ == "ADV" and place + 1 < len(doc) and doc[place + 1].pos_ == "ADJ"):
            place += 1
            continue
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.text not in lexicon.titles:
            break
        if token.is_space or token.ent_type_ in ("DATE", "TIME"):
            break
        place += 1
        if token.pos_ != "ADJ" or singular(token.lower_) in office_words().party_people:
            end = place
    return end


def _left_start(reading: Reading, lexicon: Lexicon, party: TokenMention) -> int:
    """Back over determiners, adjectives, years, places and "Mr Example's"."""
    doc, start = reading.doc, party.start
    while start > 0 and party.start - start < _LONGEST and not doc[start].is_sent_start:
        token = doc[start - 1]
        mention = reading.mention_at(start - 1)
        if token.tag_ == "POS":
            owner = reading.mention_at(start - 2) if start > 1 else None
            if owner is None:
                return start - 1
            return start_with_title(doc, owner, lexicon) if owner.kind is MentionKind.NAME else owner.start
        if mention is not None and mention.kind is MentionKind.NAME:
            if reading.type_of(mention.cluster) is not EntityType.PLACE:
                break
            start = mention.start
            continue
        inside = (
            doc[start].text == "-"
            or token.pos_ in _LEFT
            or token.tag_ in ("VBN", "VBG", "JJ")
            or token.lower_ in _LEADS
        )
        if not inside and not is_hyphen(reading, start - 1):
            break
        start -= 1
        if token.pos_ in ("DET", "PRON") and token.tag_ != "PDT":
            return start - 1 if start > 0 and doc[start - 1].lower_ in ("all", "both", "such") else start
    while start < party.start and doc[start].text == "-":
        start += 1
    return start


def person_starting(reading: Reading, lexicon: Lexicon, place: int) -> TokenMention | None:
    """The person whose name, with titles of one word before it, starts at a token."""
    doc = reading.doc
    for index in range(place, min(place + 3, len(doc))):
        mention = reading.mention_at(index)
        if mention is None:
            if doc[index].text not in lexicon.titles:
                return None
            continue
        person = mention.kind is MentionKind.NAME and reading.type_of(mention.cluster) is EntityType.PERSON
        return mention if person and mention.start == index else None
    return None
