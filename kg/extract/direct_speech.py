"""Quotation marks and the words that say who speaks between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.base import Attribution
from kg.extract.cues import SpeechCues
from kg.extract.speech import Range, make_attribution, trimmed
from kg.extract.targets import agent_of
from kg.model import EntityType, QuotationKind
from kg.nlp.reading import Quote, Reading

_REACH = 16
"""How many tokens before or behind a quotation its cue may stand."""
_CLIMB = 5
_BESIDE = 5
"""So near to the cue stands the name that is taken where the parse gives no subject."""
_LONG = 5
"""From so many tokens on, a quotation without a cue may be free direct speech."""
_STOPS = frozenset([".", "!", "?", ";"])
_CLOSED_BY = frozenset([",", "?", "!", "-", "...", "--"])
_FREE_PARAGRAPHS = 1
"""How many paragraphs free direct speech may stand behind the last one with a speaker."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who spoke last, and in which paragraph."""

    source: Token | None
    speaker: int | None
    paragraph: int


class DirectSpeech:
    """Gives every quotation its cue and speaker, in one pass over the article."""

    def __init__(
        self,
        reading: Reading,
        cues: SpeechCues,
        reported: Sequence[Attribution],
        cue_of: Mapping[int, int],
    ) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._cues = cues
        self._cue_of = cue_of
        self._quote_of = [-1] * len(reading.doc)
        for number, quote in enumerate(reading.quotes):
            self._quote_of[quote.start : quote.end] = [number] * (quote.end - quote.start)
        self._paragraph = _paragraphs(reading)
        self._covered = [False] * len(reading.doc)
        for found in reported:
            for start, end in found.content:
                self._covered[start:end] = [True] * (end - start)

    def attributions(self) -> list[Attribution]:
        """One attribution a cue, with all the quotations that belong to it, and one a free quotation."""
        by_cue: dict[int, tuple[Token | None, list[Range]]] = {}
        found: list[Attribution] = []
        last: _Voice | None = None
        for quote in self._reading.quotes:
            content = trimmed(self._reading, [(quote.start, quote.end)])
            if not content or self._reading.skipped[quote.start]:
                continue
            start, end = content[0]
            cue = self._cue(quote, start, end)
            paragraph = self._paragraph[end - 1]
            if cue is not None:
                source = self._source(cue)
                by_cue.setdefault(cue.i, (source, []))[1].extend(content)
                if source is not None and self._is_clause(start, end):
                    last = _Voice(source, self._reading.cluster_at(source), paragraph)
            elif end - start >= _LONG and not self._covered[start] and self._is_clause(start, end):
                voice = self._free_voice(quote, last)
                speaker = None if voice is None else voice.speaker
                found.append(
                    make_attribution(self._reading, content, None, None, kind=QuotationKind.DIRECT, speaker=speaker)
                )
                if voice is not None:
                    last = _Voice(voice.source, voice.speaker, paragraph)
        for place, (source, content) in by_cue.items():
            clause = any(self._is_clause(*part) for part in content)
            found.append(
                make_attribution(
                    self._reading,
                    content,
                    source,
                    (place, place + 1),
                    kind=QuotationKind.DIRECT if clause else QuotationKind.MIXED,
                )
            )
        return found

    def _source(self, cue: Token) -> Token | None:
        """The subject of the cue; where that stands inside other quoted words, the name beside the cue."""
        source = agent_of(cue)
        if source is not None and self._quote_of[source.i] == self._quote_of[cue.i]:
            return source
        around = (*range(cue.i + 1, cue.i + _BESIDE), *range(cue.i - 1, cue.i - _BESIDE, -1))
        for place in around:
            if 0 <= place < len(self._doc) and self._quote_of[place] == self._quote_of[cue.i]:
                mention = self._reading.mention_at(place)
                if mention is not None:
                    return self._doc[mention.end - 1]
        return None

    def _is_clause(self, start: int, end: int) -> bool:
        """Whether the quoted words hold a finite verb of their own."""
        return any(
            token.dep_ in ("nsubj", "nsubjpass", "expl") or (token.dep_ == "ROOT" and token.pos_ in ("VERB", "AUX"))
            for token in self._doc[start:end]
        )

    def _cue(self, quote: Quote, start: int, end: int) -> Token | None:
        known = self._cue_of.get(quote.start)
        if known is not None:
            return self._doc[known]
        embedded = self._governor(start, end)
        if self._covered[start] and self._covered[end - 1]:
            return None
        if not self._is_clause(start, end):
            return embedded or self._before(quote) or self._behind(quote)
        return self._behind(quote) or self._before(quote) or embedded

    def _behind(self, quote: Quote) -> Token | None:
        """The cue in `"...," said X` and `"...," X said`."""
        doc = self._doc
        closing = doc[quote.end - 1].text
        after = doc[quote.end + 1].text if quote.end + 1 < len(doc) else ""
        if closing not in _CLOSED_BY and after != ",":
            return None
        for place in range(quote.end + 1, min(quote.end + 1 + _REACH, len(doc))):
            token = doc[place]
            if self._quote_of[place] >= 0 or token.text in _STOPS or _breaks(token):
                return None
            if self._speaks(token):
                return token
        return None

    def _before(self, quote: Quote) -> Token | None:
        """The cue in `X said: "..."`."""
        doc = self._doc
        for place in range(quote.start - 2, max(quote.start - 2 - _REACH, -1), -1):
            token = doc[place]
            if self._quote_of[place] >= 0 or token.text in _STOPS:
                return None
            if _breaks(token) and doc[place - 1].text != ":":
                return None
            if self._speaks(token):
                return token
        return None

    def _speaks(self, token: Token) -> bool:
        return (
            token.pos_ in ("VERB", "AUX")
            and "q" in self._cues.verbs.get(token.lemma_, "")
            and token.dep_ not in ("amod", "compound")
        )

    def _governor(self, start: int, end: int) -> Token | None:
        """The verb of speech of which a quoted phrase is an object ("called it "a mess"")."""
        root = self._doc[start]
        for _ in range(end - start):
            if not start <= root.head.i < end or root.head == root:
                break
            root = root.head
        current = root.head
        for _ in range(_CLIMB):
            if current.pos_ in ("VERB", "AUX"):
                frames = self._cues.verbs.get(current.lemma_, "")
                if "f" in frames or "q" in frames:
                    return current if self._quote_of[current.i] < 0 else None
            if current.head == current:
                return None
            current = current.head
        return None

    def _free_voice(self, quote: Quote, last: _Voice | None) -> _Voice | None:
        """Who speaks without a cue: the person of whom the sentence before tells, else who spoke last."""
        doc = self._doc
        paragraph = self._paragraph[quote.start]
        place = quote.start - 2
        while place >= 0 and self._quote_of[place] < 0 and self._paragraph[place] == paragraph:
            token = doc[place]
            if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
                cluster = self._reading.cluster_at(token)
                if cluster is not None and self._reading.type_of(cluster) is EntityType.PERSON:
                    return _Voice(token, cluster, paragraph)
            place -= 1
        if last is not None and paragraph - last.paragraph <= _FREE_PARAGRAPHS:
            return last
        return None


def _breaks(token: Token) -> bool:
    return token.is_space and "\n" in token.text


def _paragraphs(reading: Reading) -> list[int]:
    """The number of the paragraph of each token."""
    numbers = []
    number = 0
    doc = reading.doc
    for token in doc:
        numbers.append(number)
        if _breaks(token) and (
            token.text.count("\n") > 1 or (token.i + 1 < len(doc) and doc[token.i + 1].is_sent_start)
        ):
            number += 1
    return numbers
