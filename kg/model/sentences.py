"""The sentences around a passage."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right

from kg.model.annotation import Annotation
from kg.model.spans import Span


def sentences_around(annotation: Annotation, span: Span, *, before: int = 0, after: int = 0) -> Span:
    """From the start of the first sentence that `span` touches to the end of the last; `span` where none does.

    With `before` and `after`, so many sentences more on either side.
    """
    sentences = annotation.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start) - 1
    if first > last:
        return span
    start = sentences[max(0, first - before)].start
    end = sentences[min(len(sentences) - 1, last + after)].end
    return Span(min(start, span.start), max(end, span.end))


def plain_sentence(text: str) -> str:
    """The text with letter case, spaces and Unicode's compatibility forms made plain, for comparing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
