"""The sentences around a passage."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right

from kg.model.annotation import Annotation
from kg.model.spans import Span


def sentences_around(annotation: Annotation, span: Span) -> Span:
    """From the start of the first sentence that `span` touches to the end of the last; `span` where none does."""
    sentences = annotation.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start) - 1
    if first > last:
        return span
    return Span(min(sentences[first].start, span.start), max(sentences[last].end, span.end))


def plain_sentence(text: str) -> str:
    """The text with letter case, spaces and Unicode's compatibility forms made plain, for comparing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
