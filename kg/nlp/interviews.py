"""Whose "I" stands outside quotation marks: the answers of an interview, the turns of a transcript, a signed text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise

from spacy.tokens import Doc

from kg.model import EntityType, MentionKind
from kg.nlp.lookup import places_of_words
from kg.nlp.reading import Cluster, Quote, TokenMention

FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself"])
_SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])
_QUESTIONS = 2
"""So many lines must be questions, and be answered with "I", unless the text calls itself an interview."""
_ANSWERS = 3
"""So often must answers say "I" where the text calls itself an interview."""
_UNTOLD_ANSWERS = 5
"""So often where only questions and answers tell that it is one."""
_TURNS = 2
"""So many lines must begin with a name and a colon."""
_SIGNED = 6
"""So often must a signed text say "I"."""
_LONG_QUESTION = 90
_LABEL_ENDS = frozenset([":", ")", "))"])
_HEAD = 4
"""Lines at the top in which the author or speaker of a text is named."""
_GENRES = frozenset("remarks speech address statement letter lecture testimony op-ed essay sermon eulogy diary".split())
_NAMERS = frozenset(["am", "'m", "’m"])


def first_persons(
    doc: Doc, clusters: Sequence[Cluster], names: Sequence[TokenMention], quotes: Sequence[Quote]
) -> list[TokenMention]:
    """Pronouns of the first person, and of the second in questions to them, whose speaker the text's form tells."""
    places = places_of_words(doc, FIRST_PERSON)
    if len(places) < _ANSWERS:
        return []
    quoted = {i for quote in quotes for i in range(quote.start, quote.end)}
    said = [place for place in places if place not in quoted]
    if len(said) < _ANSWERS:
        return []
    people = [m for m in names if m.kind is MentionKind.NAME and clusters[m.cluster].type is EntityType.PERSON]
    lines = _lines(doc)
    found = _turns(doc, lines, people, said) or _interview(doc, lines, people, quoted)
    return found or _signed(doc, lines, people, said)


def _turns(
    doc: Doc, lines: Sequence[tuple[int, int]], people: Sequence[TokenMention], said: Sequence[int]
) -> list[TokenMention]:
    """ "EXAMPLE: I never said that." A turn lasts to the next line that begins with a name and a colon."""
    by_end = {m.end: m for m in people}
    turns: list[tuple[int, int]] = []
    for start, end in lines:
        stop = next((i for i in range(start + 1, min(start + 8, end)) if doc[i].text in _LABEL_ENDS), start)
        label = by_end.get(stop)
        if label is not None and label.start >= start:
            turns.append((stop, label.cluster))
    if len(turns) < _TURNS or len({cluster for _, cluster in turns}) < _TURNS:
        return []
    found, turn = [], -1
    for place in said:
        while turn + 1 < len(turns) and turns[turn + 1][0] < place:
            turn += 1
        if turn >= 0:
            found.append(TokenMention(place, place + 1, MentionKind.PRONOUN, turns[turn][1]))
    return found


def _interview(
    doc: Doc, lines: Sequence[tuple[int, int]], people: Sequence[TokenMention], quoted: set[int]
) -> list[TokenMention]:
    """The text must name somebody before its first question: the one named there most, then first."""
    questions = {n for n, line in enumerate(lines) if _asks(doc, *line, quoted)}
    if not questions:
        return []
    first = min(questions)
    begin = lines[first][0]
    before = Counter(m.cluster for m in people if m.start < begin)
    if not before:
        return []
    told = any(token.lower_.startswith("interview") for token in doc[:begin])
    headed = any(_says_interview(doc, *line) for line in lines[:2])
    if len(questions) < (1 if headed else _QUESTIONS):
        return []
    if not told and sum(n + 1 < len(lines) and _answers(doc, *lines[n + 1]) for n in questions) < _QUESTIONS:
        return []
    ranked = before.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1] and _joined(doc, people, ranked[0][0], ranked[1][0], begin):
        return []  # two are interviewed, and nothing tells their answers apart
    person = ranked[0][0]
    opening = next((n for n, line in enumerate(lines) if told and _says_interview(doc, *line)), first)
    found = [
        TokenMention(i, i + 1, MentionKind.PRONOUN, person)
        for number, (start, end) in enumerate(lines[opening:], start=opening)
        if number >= first or _answers(doc, start, end)
        for i in range(start, end)
        if i not in quoted and doc[i].lower_ in (_SECOND_PERSON if number in questions else FIRST_PERSON)
    ]
    answers = sum(doc[m.start].lower_ in FIRST_PERSON for m in found)
    return found if answers >= (_ANSWERS if told else _UNTOLD_ANSWERS) else []


def _says_interview(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].lower_.startswith("interview") for i in range(start, end))


def _answers(doc: Doc, start: int, end: int) -> bool:
    """Whether a line speaks of its speaker more than to somebody."""
    words = Counter(doc[i].lower_ for i in range(start, end))
    return sum(words[w] for w in FIRST_PERSON) > sum(words[w] for w in _SECOND_PERSON)


def _joined(doc: Doc, people: Sequence[TokenMention], one: int, other: int, begin: int) -> bool:
    """Whether the two are named side by side: "Ada Example and Thomas Sample"."""
    inside = [m for m in people if m.start < begin]
    return any(
        {a.cluster, b.cluster} == {one, other} and any(t.lower_ in ("and", "&") for t in doc[a.end : b.start])
        for a, b in pairwise(inside)
        if b.start - a.end < 6
    )


def _signed(
    doc: Doc, lines: Sequence[tuple[int, int]], people: Sequence[TokenMention], said: Sequence[int]
) -> list[TokenMention]:
    """Speeches and opinion pieces: all of it is the words of whom the text names as its author."""
    if len(said) < _SIGNED or len(said) * 100 < len(doc):
        return []
    by_start = {m.start: m for m in people}
    author = _introduced(doc, by_start)
    if author is None:
        author = _named_author(doc, lines, people, by_start)
    if author is None:
        return []
    return [TokenMention(i, i + 1, MentionKind.PRONOUN, author) for i in said]


def _introduced(doc: Doc, by_start: Mapping[int, TokenMention]) -> int | None:
    """ "My name is Ada Example", "I am Ada Example", "I, Ada Example,"."""
    for start, mention in by_start.items():
        before = [token.lower_ for token in doc[max(start - 3, 0) : start]]
        if before == ["my", "name", "is"] or before[-2:] == ["i", ","]:
            return mention.cluster
        if len(before) > 1 and before[-2] == "i" and before[-1] in _NAMERS:
            return mention.cluster
    return None


def _named_author(
    doc: Doc, lines: Sequence[tuple[int, int]], people: Sequence[TokenMention], by_start: Mapping[int, TokenMention]
) -> int | None:
    """A line "By Ada Example", a heading "Speech of Ada Example", or a line that is nothing but the name."""
    for start, end in (*islice(lines, _HEAD), *lines[-2:]):
        place = start + 1 if doc[start].lower_ in ("by", "-", "–", "—", "―") else start
        mention = by_start.get(place)
        if mention is not None and mention.end == end:
            return mention.cluster
    for start, end in islice(lines, _HEAD):
        if not any(doc[i].lower_ in _GENRES for i in range(start, end)):
            continue
        inside = [m for m in people if start <= m.start < end]
        owners = [m.cluster for m in inside if _owns_genre(doc, m)]
        if owners or len({m.cluster for m in inside}) == 1:
            return owners[0] if owners else inside[0].cluster
    return None


def _owns_genre(doc: Doc, mention: TokenMention) -> bool:
    """ "Ada Example's speech", "Remarks by Ada Example"."""
    behind = [token.lower_ for token in doc[mention.end : mention.end + 4]]
    before = [token.lower_ for token in doc[max(mention.start - 3, 0) : mention.start]]
    own = behind[:1] in (["'s"], ["’s"]) and any(word in _GENRES for word in behind)
    return own or (any(word in _GENRES for word in before) and any(word in ("by", "of", "from") for word in before))


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


def _asks(doc: Doc, start: int, end: int, quoted: set[int]) -> bool:
    """Whether a line is somebody's question: it ends in one, or asks "you" without saying "I"."""
    if not 2 < end - start < _LONG_QUESTION:
        return False
    asks = [i for i in range(start, end) if doc[i].text == "?" and i not in quoted]
    if not asks:
        return False
    words = Counter(doc[i].lower_ for i in range(start, end))
    i, you = sum(words[w] for w in FIRST_PERSON), sum(words[w] for w in _SECOND_PERSON)
    return (asks[-1] == end - 1 and (i <= you or i < 2)) or (you > 0 and i == 0)
