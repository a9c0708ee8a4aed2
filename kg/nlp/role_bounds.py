"""Where the noun phrase that names an office starts and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import EntityType
from kg.nlp.lexicon import Lexicon
from kg.nlp.reading import Cluster, TokenMention

_RIGHT_PREPOSITIONS = frozenset(["of", "for", "to", "at"])
_ELECTED = frozenset(["senator", "congressman", "congresswoman", "representative", "governor"])
_ARTICLES = frozenset(["a", "an", "the", "his", "her", "their", "our", "its", "this", "that"])
_HYPHENATED = frozenset(["ex", "then", "former", "long", "right", "left", "one", "co", "vice", "under"])
_SERVANTS = frozenset(
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "adviser",
        "advisor",
        "aide",
        "strategist",
        "surrogate",
        "pollster",
        "supporter",
        "ally",
    ]
)
_OFFICE_WORDS = frozenset(
    [
        "state",
        "deputy",
        "vice",
        "shadow",
        "assistant",
        "associate",
        "interim",
        "acting",
        "national",
        "general",
        "junior",
        "federal",
        "foreign",
        "chief",
        "campaign",
        "party",
        "prime",
        "cabinet",
        "press",
        "communications",
        "senior",
    ]
)
"""Words in lower case that may stand before a capitalised title."""
_GENERALS = frozenset(
    [
        "attorney",
        "secretary",
        "solicitor",
        "consul",
        "governor",
        "director",
        "inspector",
        "auditor",
        "surgeon",
    ]
)
_LONGEST = 60
"""No name of an office has so many words, however long the sentence is."""
_TIMES = frozenset(["time", "year", "years", "month", "months", "week", "day", "age", "night"])


@dataclass(frozen=True, slots=True)
class Parts:
    """What role finding works on.

    `person_starts` maps the first token of a person, titles that are no office counted in, to the person's mention.
    """

    doc: Doc
    lexicon: Lexicon
    clusters: Sequence[Cluster]
    mentions: Sequence[TokenMention]
    at: Sequence[int]
    person_starts: Mapping[int, int]

    def is_person(self, token: int) -> bool:
        """Whether a person's name covers the token."""
        index = self.at[token]
        return index >= 0 and self.clusters[self.mentions[index].cluster].type is EntityType.PERSON


def start_with_title(doc: Doc, mention: TokenMention, lexicon: Lexicon) -> int:
    """Where a person's mention starts if titles that are no offices ("Sir", "Mr") are counted in."""
    start = mention.start
    while start > 0:
        title = doc[start - 1].text
        if title not in lexicon.titles or title in lexicon.title_roles:
            break
        if title == "General" and start > 1 and doc[start - 2].lower_ in _GENERALS:
            break
        start -= 1
    return start


def left_bound(parts: Parts, head: int) -> tuple[int, int, bool]:
    """First token with articles and modifiers, first token without, and whether a past office is meant."""
    doc, modifiers = parts.doc, parts.lexicon.modifiers
    start = sentence = head
    while sentence > max(head - _LONGEST, 0) and not doc[sentence].is_sent_start:
        sentence -= 1
    capitalised_title = doc[head].text in parts.lexicon.title_roles or doc[head].text.endswith(".")
    while start > sentence:
        step = _step_left(parts, start, capitalised_title=capitalised_title)
        if step is None:
            break
        start = max(step, sentence)
    while start < head and (
        (parts.at[start] < 0 and doc[start].lower_ in modifiers)
        or doc[start].tag_ == "POS"
        or doc[start].text == "-"
        or doc[start].is_space
    ):
        start += 1
    former, full = False, start
    while full > sentence and _is_lead(doc, full - 1, modifiers):
        full -= 1
        former = former or modifiers.get(doc[full].lower_) == "former"
    return full, start, former


def _is_lead(doc: Doc, place: int, modifiers: Mapping[str, str]) -> bool:
    token = doc[place]
    if token.text == "-":
        return doc[place - 1].lower_ in _HYPHENATED
    return token.lower_ in modifiers or token.lower_ in _ARTICLES or token.pos_ == "DET"


def _step_left(parts: Parts, start: int, *, capitalised_title: bool) -> int | None:
    """The next start further left, or None where the phrase ends."""
    doc, token = parts.doc, parts.doc[start - 1]
    index = parts.at[token.i]
    if token.is_space or token.ent_type_ in ("DATE", "TIME"):
        return None
    if token.text == "." and token.i > 0 and doc[token.i - 1].text == "Lt":
        return start - 2  # "Lt. Gov."
    if index < 0 and token.lower_ in parts.lexicon.modifiers:
        return None
    if index >= 0:
        mention = parts.mentions[index]
        possessive = doc[start].tag_ == "POS" or doc[start].text == "'s"
        if parts.is_person(token.i) and not possessive and not _serves(parts, mention, start):
            return None
        return mention.start
    if token.tag_ == "POS" or token.text == "'s":
        named = parts.at[token.i - 1] >= 0 or doc[token.i - 1].pos_ == "PROPN"
        return start - 1 if named else None
    if token.text == "-":
        joined = not doc[token.i - 1].whitespace_ and doc[token.i - 1].is_alpha
        return start - 1 if joined else None
    if token.lower_ in ("and", "&"):
        return start - 1 if _joins(parts, token) else None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or token.is_punct:
        return None
    if capitalised_title and not token.text[0].isupper() and token.lower_ not in _OFFICE_WORDS:
        return None
    return start - 1


def _serves(parts: Parts, mention: TokenMention, after: int) -> bool:
    """ "Clinton spokesman": a lone surname right before a noun for somebody who serves."""
    lone = mention.end - mention.start == 1 and mention.end == after and not mention.title
    return lone and parts.doc[after].lower_ in _SERVANTS


def _joins(parts: Parts, token: Token) -> bool:
    """Whether "and" joins two words of one title ("Trade and Industry Secretary")."""
    doc = parts.doc
    before, after = doc[token.i - 1], doc[token.i + 1]
    return (
        before.text[0].isupper()
        and after.text[0].isupper()
        and before.pos_ in ("PROPN", "NOUN")
        and before.lower_ not in parts.lexicon.role_heads
        and parts.at[before.i] < 0
    )


def right_bound(parts: Parts, head: int) -> int:
    """Past the head and the one or two prepositional phrases that belong to the title."""
    doc = parts.doc
    end = head + 1
    for _ in range(2):
        if end + 1 >= len(doc) or not _opens_phrase(parts, head, end) or end in parts.person_starts:
            break
        stop = _phrase_end(parts, end)
        if stop is None or doc[stop - 1].lower_ in _TIMES or doc[stop - 1].pos_ == "NUM":
            break
        end = stop
    return end


def _opens_phrase(parts: Parts, head: int, place: int) -> bool:
    """Whether a preposition here belongs to the title: "of", "for" and so on, and "from" before a senator's state."""
    word = parts.doc[place].lower_
    if word == "from":
        return parts.doc[head].lower_ in _ELECTED and parts.doc[place + 1].ent_type_ == "GPE"
    return word in _RIGHT_PREPOSITIONS


def _phrase_end(parts: Parts, preposition: int) -> int | None:
    """Where the noun phrase behind the preposition ends; None when there is none."""
    doc = parts.doc
    first = preposition + 1
    if first in parts.person_starts and doc[preposition].lower_ in ("for", "to"):
        return parts.mentions[parts.person_starts[first]].end
    place = first
    while place < min(len(doc), preposition + 11) and place not in parts.person_starts:
        if parts.at[place] >= 0:
            mention = parts.mentions[parts.at[place]]
            place = max(mention.end, place + 1)
            continue
        token = doc[place]
        joins = (
            token.lower_ in ("and", "&")
            and place + 1 < len(doc)
            and doc[place + 1].text[0].isupper() == doc[place - 1].text[0].isupper()
            and doc[place + 1].pos_ in ("NOUN", "PROPN")
            and doc[place + 1].lower_ not in parts.lexicon.role_heads
        )
        links = token.lower_ in ("of", "on") and place > first and doc[place - 1].text[0].isupper()
        hyphen = token.text == "-" and not doc[place - 1].whitespace_ and not token.whitespace_
        plain = token.pos_ in ("NOUN", "PROPN", "ADJ", "DET") or token.tag_ == "POS" or hyphen
        plain = plain and (token.text != "-" or hyphen)
        if not (plain or joins or links) or token.is_space:
            break
        place += 1
    while place > first and (
        doc[place - 1].pos_ in ("DET", "CCONJ", "ADP") or doc[place - 1].tag_ == "POS" or doc[place - 1].text == "-"
    ):
        place -= 1
    return place if place > first else None
