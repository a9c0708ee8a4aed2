"""Direct quotations by their marks, with the speaker who stands beside a verb of speech."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.extract.base import Attribution
from kg.extract.speech import Range, trimmed
from kg.model import EntityType, MentionKind, QuotationKind
from kg.nlp.reading import Quote, Reading, TokenMention

_LONG = 5
"""From so many tokens on, words between marks are a quotation even where nobody is said to speak."""
_REACH = 16
"""So many tokens before or behind a quotation its cue may stand."""
_BESIDE = 10
"""So near to the cue stands the name of the speaker."""
_STOPS = frozenset([".", "!", "?", ";", '"', "»", "«"])


def plain_attributions(reading: Reading, cues: frozenset[str]) -> tuple[Attribution, ...]:
    """One attribution a quotation; `cues` are forms of verbs of speech in lower case."""
    found = []
    for quote in reading.quotes:
        content = trimmed(reading, [(quote.start, quote.end)])
        if not content or reading.skipped[quote.start]:
            continue
        cue, source = _cue(reading, quote, cues) if cues else (None, None)
        length = content[0][1] - content[0][0]
        if cue is None and length < _LONG:
            continue
        found.append(
            Attribution(
                kind=QuotationKind.DIRECT if length >= _LONG else QuotationKind.MIXED,
                content=tuple(content),
                speaker=None if source is None else source.cluster,
                source=None if source is None else (source.start, source.end),
                cue=cue,
            )
        )
    return tuple(found)


def _cue(reading: Reading, quote: Quote, cues: frozenset[str]) -> tuple[Range | None, TokenMention | None]:
    """The verb of speech behind the quotation, else before it, and the person beside the verb."""
    behind = _clause(reading, range(quote.end + 1, min(quote.end + 1 + _REACH, len(reading.doc))))
    before = _clause(reading, range(quote.start - 2, max(quote.start - 2 - _REACH, -1), -1))
    for places in (behind, before):
        for place in places:
            if reading.doc[place].lower_ in cues:
                # "..., said X" and "X said: ...": behind a quotation the name follows its verb, before one it leads.
                after = sorted(k for k in places if k > place)
                ahead = sorted((k for k in places if k < place), reverse=True)
                first, second = (after, ahead) if places is behind else (ahead, after)
                return (place, place + 1), _person(reading, first) or _person(reading, second)
    return None, None


def _clause(reading: Reading, places: Iterable[int]) -> list[int]:
    """The tokens up to the end of the sentence or paragraph, or to another quotation."""
    kept = []
    for place in places:
        token = reading.doc[place]
        if token.text in _STOPS or ends_paragraph(token):
            break
        kept.append(place)
    return kept


def ends_paragraph(token: Token) -> bool:
    """Whether the token is the space behind a paragraph or headline, not a line end inside wrapped prose."""
    if not token.is_space or "\n" not in token.text:
        return False
    doc = token.doc
    return token.text.count("\n") > 1 or token.i + 1 == len(doc) or bool(doc[token.i + 1].is_sent_start)


def _person(reading: Reading, places: Sequence[int]) -> TokenMention | None:
    for place in places[:_BESIDE]:
        mention = reading.mention_at(place)
        named = mention is not None and mention.kind is MentionKind.NAME
        if mention is not None and named and reading.type_of(mention.cluster) is EntityType.PERSON:
            return mention
    return None
