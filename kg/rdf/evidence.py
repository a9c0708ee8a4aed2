"""Passages of one article as Web Annotation targets that verify themselves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum

from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.model import Article, Span
from kg.rdf import vocab
from kg.rdf.literals import integer_literal, text_literal
from kg.rdf.namespaces import Namespaces

CONTEXT_LENGTH = 32
"""The length, in code points, of oa:prefix and oa:suffix."""

Pairs = list[tuple[NamedNode, NamedNode | Literal]]


class Detail(IntEnum):
    """How much a target says; one that several point at says the most that any of them asks for."""

    BARE = 0
    CONTEXT = 1
    SENTENCE = 2


class Passages:
    """The targets of one article; `sentences` are sorted and do not overlap."""

    def __init__(self, article: Article, sentences: tuple[Span, ...], namespaces: Namespaces) -> None:
        self._article = article
        self._key = article.key
        self._source = namespaces.article(self._key)
        self._namespaces = namespaces
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._wanted: dict[Span, Detail] = {}

    def exact(self, span: Span) -> str:
        """The words of `span`; StoreError where it reaches beyond the text."""
        if span.end > len(self._article.text):
            raise StoreError(
                f"article {self._article.id!r}: the passage {span.start} to {span.end} ends beyond the "
                f"text of {len(self._article.text)} characters; annotate it again"
            )
        return span.of(self._article.text)

    def sentence_text(self, span: Span) -> str:
        """The sentences that `span` touches, as one stretch of text; the bare words where there are none."""
        covering = self._covering(span)
        if covering is None:
            return self.exact(span)
        self.exact(span)
        first, last = self._sentences[covering[0]], self._sentences[covering[1]]
        return self._article.text[min(first.start, span.start) : max(last.end, span.end)]

    def target(self, span: Span, detail: Detail) -> NamedNode:
        """The IRI of a passage, which `described` will then describe with at least `detail`."""
        self._wanted[span] = max(detail, self._wanted.get(span, Detail.BARE))
        return self._namespaces.target(self._key, span)

    def described(self) -> Iterator[tuple[NamedNode, Pairs]]:
        """Each target asked for so far, with its predicates and values, in text order."""
        for span in sorted(self._wanted):
            yield self._namespaces.target(self._key, span), self._describe(span, self._wanted[span])

    def _describe(self, span: Span, detail: Detail) -> Pairs:
        pairs: Pairs = [(vocab.RDF_TYPE, vocab.TARGET), (vocab.HAS_SOURCE, self._source)]
        covering = self._covering(span)
        if covering is not None:
            pairs.append((vocab.SENTENCE, integer_literal(covering[0])))
        pairs.append((vocab.START, integer_literal(span.start)))
        pairs.append((vocab.END, integer_literal(span.end)))
        pairs.append((vocab.EXACT, text_literal(self.exact(span))))
        if detail >= Detail.CONTEXT:
            text = self._article.text
            prefix = text[max(0, span.start - CONTEXT_LENGTH) : span.start]
            suffix = text[span.end : span.end + CONTEXT_LENGTH]
            pairs += [(vocab.PREFIX, text_literal(prefix))] if prefix else []
            pairs += [(vocab.SUFFIX, text_literal(suffix))] if suffix else []
        if detail >= Detail.SENTENCE:
            pairs.append((vocab.SENTENCE_TEXT, text_literal(self.sentence_text(span))))
        return pairs

    def _covering(self, span: Span) -> tuple[int, int] | None:
        """The numbers of the first and last sentence that `span` touches."""
        first = bisect_right(self._starts, span.start) - 1
        if first < 0 or self._sentences[first].end <= span.start:
            first += 1
        last = bisect_left(self._starts, span.end) - 1
        return (first, last) if first <= last else None
