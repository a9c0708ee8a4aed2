"""What reported and direct speech have in common: ranges of tokens, sources, kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract.base import Attribution
from kg.model import QuotationKind
from kg.nlp.reading import Reading

Range = tuple[int, int]

_OPENING = frozenset(["det", "compound", "amod", "nmod", "poss", "nummod", "case", "quantmod", "advmod"])


def trimmed(reading: Reading, ranges: list[Range]) -> list[Range]:
    """The ranges without punctuation, quotation marks and space at their ends; empty ones dropped."""
    doc = reading.doc
    kept = []
    for start, end in ranges:
        while start < end and (doc[start].is_punct or doc[start].is_space):
            start += 1
        while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
            end -= 1
        if start < end:
            kept.append((start, end))
    return kept


def source_range(reading: Reading, source: Token) -> Range:
    """The noun phrase of a source, without clauses behind it."""
    start = min(
        (other.left_edge.i for other in source.children if other.i < source.i and other.dep_ in _OPENING),
        default=source.i,
    )
    mention = reading.mention_at(source)
    if mention is None:
        return start, source.i + 1
    return min(start, mention.start), max(source.i + 1, mention.end)


def make_attribution(
    reading: Reading,
    content: list[Range],
    source: Token | None,
    cue: Range | None,
    *,
    addressee: Token | None = None,
    kind: QuotationKind | None = None,
    speaker: int | None = None,
) -> Attribution:
    """An attribution; without `kind`, mixed where the content holds quoted words, else indirect.

    `speaker` is taken where the source is not given.
    """
    if kind is None:
        quoted = any(_holds_quote(reading, start, end) for start, end in content)
        kind = QuotationKind.MIXED if quoted else QuotationKind.INDIRECT
    return Attribution(
        kind=kind,
        content=tuple(content),
        speaker=speaker if source is None else reading.cluster_at(source),
        source=None if source is None else source_range(reading, source),
        cue=cue,
        addressee=None if addressee is None else reading.cluster_at(addressee),
    )


def _holds_quote(reading: Reading, start: int, end: int) -> bool:
    """Whether a quotation overlaps the tokens; quotations come in text order and do not overlap."""
    place = bisect_left(reading.quotes, end, key=lambda quote: quote.start)
    return place > 0 and reading.quotes[place - 1].end > start


def cover(length: int, attributions: Sequence[Attribution]) -> list[int]:
    """For each token the index of the innermost attribution whose content covers it, or -1."""
    covered = [-1] * length
    sizes = [sum(end - start for start, end in found.content) for found in attributions]
    for index in sorted(range(len(attributions)), key=lambda i: -sizes[i]):
        for start, end in attributions[index].content:
            covered[start:end] = [index] * (end - start)
    return covered
