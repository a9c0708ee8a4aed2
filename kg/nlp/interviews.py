"""Interviews printed as questions and answers: "I" in an answer is the person who is interviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import EntityType, MentionKind
from kg.nlp.reading import Cluster, Quote, TokenMention

FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself"])
_SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])
_QUESTIONS = 2
"""So many lines must be questions outside quotation marks."""
_ANSWERS = 3
"""So often must answers say "I" outside quotation marks."""


def interview_pronouns(
    doc: Doc, clusters: Sequence[Cluster], names: Sequence[TokenMention], quotes: Sequence[Quote]
) -> list[TokenMention]:
    """Pronouns of the first person in answers and of the second in questions, where the text is an interview.

    The text must say so before its first question and name one person there more often than, or before, any other.
    """
    lines = _lines(doc)
    quoted = {i for quote in quotes for i in range(quote.start, quote.end)}
    questions = {n for n, (start, end) in enumerate(lines) if _asks(doc, start, end) and end - 1 not in quoted}
    if len(questions) < _QUESTIONS:
        return []
    first = min(questions)
    begin = lines[first][0]
    if not any(token.lower_.startswith("interview") for token in doc[:begin]):
        return []
    people = [m for m in names if m.start < begin and clusters[m.cluster].type is EntityType.PERSON]
    if not people:
        return []
    person = Counter(m.cluster for m in people).most_common(1)[0][0]
    found = [
        TokenMention(i, i + 1, MentionKind.PRONOUN, person)
        for number, (start, end) in enumerate(lines[first:], start=first)
        for i in range(start, end)
        if i not in quoted and doc[i].lower_ in (_SECOND_PERSON if number in questions else FIRST_PERSON)
    ]
    return found if sum(doc[m.start].lower_ in FIRST_PERSON for m in found) >= _ANSWERS else []


def _lines(doc: Doc) -> list[tuple[int, int]]:
    """The tokens of each line that has any."""
    lines, start = [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                lines.append((start, token.i))
            start = token.i + 1
    if start < len(doc):
        lines.append((start, len(doc)))
    return lines


def _asks(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].text == "?" and end - start > 2
