"""Who says what: direct, indirect and mixed quotations with speaker, cue and content."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.base import Attribution
from kg.extract.cues import SpeechCues, speech_cues
from kg.extract.direct_speech import DirectSpeech
from kg.extract.speech import Range, cover, make_attribution, trimmed
from kg.extract.targets import agent_of, child, subject_of
from kg.model import EntityType, MentionKind, QuotationKind
from kg.nlp.interviews import FIRST_PERSON
from kg.nlp.reading import Reading, TokenMention

_FIRST_PERSON = frozenset(["i", "we"])
_OWNERS = frozenset(["of", "by", "from"])


def find_attributions(reading: Reading) -> tuple[Attribution, ...]:
    """All attributions of the article, in text order."""
    cues = speech_cues()
    reported: list[Attribution] = []
    cue_of: dict[int, int] = {}
    for found in _reported(reading, cues):
        quote = _quote_around(reading, found)
        if quote is None or found.cue is None:
            reported.append(found)
        else:
            cue_of.setdefault(quote, found.cue[0])
    spoken = DirectSpeech(reading, cues, reported, cue_of).attributions()
    merged = {_key(found): found for found in (*reported, *spoken)}
    return _first_person(reading, [merged[key] for key in sorted(merged)])


def _quote_around(reading: Reading, found: Attribution) -> int | None:
    """The start of the quotation that holds the whole content but not the cue: direct speech, then."""
    if found.cue is None:
        return None
    start, end, cue = found.content[0][0], found.content[-1][1], found.cue[0]
    place = bisect_right(reading.quotes, start, key=lambda quote: quote.start) - 1
    if place < 0:
        return None
    quote = reading.quotes[place]
    return quote.start if end <= quote.end and not quote.start <= cue < quote.end else None


def _first_person(reading: Reading, attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Let "I" and "we" as a source inside somebody's words mean whose words they are."""
    around: list[int] | None = None
    finished = []
    for found in attributions:
        if (
            found.speaker is None
            and found.source is not None
            and reading.doc[found.source[1] - 1].lower_ in _FIRST_PERSON
        ):
            around = around if around is not None else cover(len(reading.doc), attributions)
            index = around[found.source[0]]
            if index >= 0:
                found = replace(found, speaker=attributions[index].speaker)
        finished.append(found)
    return tuple(finished)


def _key(found: Attribution) -> tuple[int, int, int, int]:
    return (found.content[0][0], -found.content[-1][1], *(found.cue or (-1, -1)))


def _reported(reading: Reading, cues: SpeechCues) -> Iterator[Attribution]:
    """Speech in the reporter's grammar: complement clauses, infinitives, insertions and "according to"."""
    for token in reading.doc:
        if reading.skipped[token.i]:
            continue
        if token.lower_ == "according":
            yield from _according(reading, token)
        elif token.pos_ in ("VERB", "AUX"):
            frames = cues.verbs.get(token.lemma_)
            if frames is not None:
                yield from _of_verb(reading, token, frames)
        elif token.pos_ == "NOUN" and token.lemma_ in cues.nouns:
            yield from _of_noun(reading, token, cues)


def _of_verb(reading: Reading, verb: Token, frames: str) -> Iterator[Attribution]:
    content = _complement(reading, verb, frames)
    if content:
        addressee = child(verb, "dobj", "dative") if "a" in frames else None
        yield make_attribution(reading, content, agent_of(verb), (verb.i, verb.i + 1), addressee=addressee)


def _complement(reading: Reading, verb: Token, frames: str) -> list[Range]:
    """What the verb's grammar makes its content: complement, infinitive, or the clause around it."""
    for other in (*verb.rights, *verb.lefts):
        clause = other.dep_ == "ccomp" and ("t" in frames or "q" in frames)
        if clause or (other.dep_ == "xcomp" and "i" in frames and child(other, "aux") is not None):
            start, end = other.left_edge.i, other.right_edge.i + 1
            if not start <= verb.i < end:
                return trimmed(reading, [(start, end)])
            subject = child(verb, "nsubj")
            around = [verb] if subject is None else [verb, subject.left_edge, subject.right_edge]
            low, high = min(t.i for t in around), max(t.i for t in around)
            return trimmed(reading, [(start, low), (high + 1, end)])
    if verb.dep_ == "parataxis" and "q" in frames and child(verb, "nsubj") is not None:
        start, end = verb.head.left_edge.i, verb.head.right_edge.i + 1
        return trimmed(reading, [(start, verb.left_edge.i), (verb.right_edge.i + 1, end)])
    return []


def _of_noun(reading: Reading, noun: Token, cues: SpeechCues) -> Iterator[Attribution]:
    clause = child(noun, "acl", "ccomp", "relcl")
    if clause is None or clause.i < noun.i:
        return
    first = clause.left_edge
    infinitive = first.lower_ == "to" and clause.dep_ == "acl"
    if not infinitive and (first.lower_ != "that" or first.dep_ != "mark"):
        return
    owner = child(noun, "poss")
    if owner is None:
        for other in noun.children:
            if other.dep_ in ("prep", "agent") and other.lower_ in _OWNERS:
                owner = child(other, "pobj")
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in cues.light:
        owner = subject_of(noun.head)
    content = trimmed(reading, [(first.i, clause.right_edge.i + 1)])
    if content:
        yield make_attribution(reading, content, owner, (noun.i, noun.i + 1))


def _according(reading: Reading, token: Token) -> Iterator[Attribution]:
    """In "according to X" the clause around it is the content."""
    to = child(token, "prep")
    source = None if to is None else child(to, "pobj")
    if source is None:
        return
    head = token.head
    while head.dep_ != "ROOT" and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    outer = [(head.left_edge.i, token.left_edge.i), (token.right_edge.i + 1, head.right_edge.i + 1)]
    content = trimmed(reading, outer)
    if content:
        yield make_attribution(reading, content, source, (token.i, token.i + 2))


def with_first_persons(reading: Reading, attributions: Sequence[Attribution], content: Sequence[int]) -> Reading:
    """The reading with "I", "me" and "my" inside quotation marks as mentions of the person who speaks.

    `content` gives for each token the innermost attribution whose content covers it, or -1.
    """
    quoted = {i for quote in reading.quotes for i in range(quote.start, quote.end)}
    added = [
        TokenMention(token.i, token.i + 1, MentionKind.PRONOUN, speaker)
        for token in reading.doc
        if token.lower_ in FIRST_PERSON
        and token.i in quoted
        and reading.at[token.i] < 0
        and content[token.i] >= 0
        and (speaker := attributions[content[token.i]].speaker) is not None
        and attributions[content[token.i]].kind is not QuotationKind.INDIRECT
        and reading.type_of(speaker) is EntityType.PERSON
    ]
    at = list(reading.at)
    for number, mention in enumerate(added, start=len(reading.mentions)):
        at[mention.start] = number
    return replace(reading, mentions=(*reading.mentions, *added), at=tuple(at))
