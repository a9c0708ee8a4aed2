"""What an article says right around people's names: titles in front, and the words of the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.model import Annotation, EntityType, LocalEntity, MentionKind
from kg.resolve.births import REACH, Births, births_behind
from kg.resolve.offices import beside
from kg.resolve.seats import seats
from kg.wikidata.names import TITLES, fold, person_name

_BEFORE, _AFTER = 10, 16
_TITLE_WINDOW = 40
_BREAK = re.compile(r'[,;:!?"“”()\n]')
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“])|\n")
_SHORTENED = frozenset(
    """
    sen sens rep reps gov govs lt gen adm col maj capt sgt cllr us uk mr mrs ms mx dr rev prof hon rt st jr sr atty dep
    """.split()
)
"""Words whose period ends no sentence."""

_OPENING_REACH = 160
_OPENS = re.compile(
    r"[\"“]?(?:(?:Now|Once|Long|Then|Himself|Herself|Formerly|Previously|Currently|Already) )?"
    r"(?:an?|the|of|as|elected|first|appointed|one of|[A-Z][\w.’']*(?:'s|’s|s'|s’)) ",
    re.IGNORECASE,
)
"""How an apposition begins that opens a sentence."""

_ASIDE = re.compile(
    r",| and\b| (?:said|says|added|argued|claims?|claimed|wrote|noted|thinks|believes|insisted|told)\b[^.;\n]{0,40}?,"
)
"""What follows the name in "The trouble, Example said, is" but not in "The Labour MP, Example said so"."""

_BRACKETS = re.compile(r" ?\(([A-Za-z ]{1,20}?)\.?(?: ?[-–—,/:][^)]{0,40})?\)")
_STOP_BEFORE = re.compile(r"[,;:()\"“”]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """By person: the titles in front of the names (folded phrases); the folded words beside them, and these as phrases.

    A lone "former" or the like stands in front of a title where it does in the text. `near` has every word in the
    forms of `offices.beside`; `phrases` are folded stretches of text, each between two spaces; `births` is what stands
    right behind the names.
    """

    titles: Mapping[str, tuple[str, ...]]
    near: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[str, ...]]
    births: Mapping[str, Births]


def surroundings(
    annotation: Annotation, folded: Sequence[str], starts: Sequence[int], wanted: Set[str]
) -> Surroundings:
    """Read them out of one annotation, for the wanted people.

    `folded` and `starts` are the text's words as `geography.tokens` gives them.
    """
    text = annotation.article.text
    people = {entity.id for entity in annotation.entities if entity.type is EntityType.PERSON}
    titles: dict[str, list[str]] = {}
    near: dict[str, set[str]] = {}
    phrases: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for entity in annotation.entities:
        if entity.id in people & wanted:
            for title in _own_titles(entity):
                titles.setdefault(entity.id, []).append(title)
    names = sorted(
        (m.span.start, m.span.end, m.entity)
        for m in annotation.mentions
        if m.kind is MentionKind.NAME and m.entity in people
    )
    for i, (start, end, ident) in enumerate(names):
        if ident not in wanted:
            continue
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first and folded[first - 1] in TITLES:
            in_front = person_name(f"{_title_words(text, start)} {text[start:end]}").titles
            if in_front:
                titles.setdefault(ident, []).append(" ".join(in_front))
        previous = next((stop for other, stop, _ in reversed(names[:i]) if not _article(text, other)), 0)
        floor = max(previous, _clause_start(text, start))
        before = folded[max(bisect_left(starts, floor), first - _BEFORE) : first]
        ceiling = next((other for other, _, _ in names[i + 1 :] if not _article(text, other)), len(text))
        after = folded[last : min(bisect_left(starts, min(ceiling, _sentence_end(text, end))), last + _AFTER)]
        behind.setdefault(ident, []).append(text[end : end + REACH])
        opening = folded[bisect_left(starts, _opening(text, start, end, previous)) : first]
        opening = opening if len(opening) > len(before) else []
        near.setdefault(ident, set()).update(beside(before), beside(after), beside(opening))
        phrases.setdefault(ident, []).extend(f" {' '.join(words)} " for words in (before, after, opening) if words)
        if party := _party_in_brackets(text, end):
            phrases[ident].append(f" {party} ")
    for ident, words in _as_openings(annotation, folded, starts, people & wanted):
        near.setdefault(ident, set()).update(beside(words))
        phrases.setdefault(ident, []).append(f" {' '.join(words)} ")
    return Surroundings(
        {key: tuple(dict.fromkeys(values)) for key, values in titles.items()},
        {key: frozenset(words) for key, words in near.items()},
        {key: tuple(dict.fromkeys(values)) for key, values in phrases.items()},
        {key: births_behind(texts) for key, texts in behind.items()},
    )


def _as_openings(
    annotation: Annotation, folded: Sequence[str], starts: Sequence[int], people: Set[str]
) -> Iterable[tuple[str, Sequence[str]]]:
    """What "As a member of the Senate, she ..." says of the person that the pronoun means."""
    text = annotation.article.text
    for mention in sorted(annotation.mentions):
        start, end = mention.span.start, mention.span.end
        if mention.kind is not MentionKind.PRONOUN or mention.entity not in people:
            continue
        opens = _opening(text, start, end, 0)
        if opens < start and text[opens : opens + 3].casefold() == "as ":
            yield mention.entity, folded[bisect_left(starts, opens) : bisect_left(starts, start)]


def _article(text: str, start: int) -> bool:
    """Whether "the" or "a" stands before a name, as before no person's: "the Georgia State Senate"."""
    return text[max(0, start - 5) : start].casefold().endswith((" the ", " a ", " an "))


def _opening(text: str, start: int, end: int, floor: int) -> int:
    """Where an apposition begins that opens the sentence, right before a name: "A member of the Senate, Example ...".

    The name's own start where there is none; "The trouble, Example said, ..." is none.
    """
    if not text[:start].endswith(", "):
        return start
    low = max(floor, start - _OPENING_REACH)
    window = text[low:start]
    begins = max(
        (match.end() for match in _ends(window + text[start : start + 1]) if match.end() < len(window)), default=0
    )
    if begins == 0 and low > floor:
        return start
    opening = window[begins:]
    known = _OPENS.match(opening)
    if known is None or re.search(r"[;:()\"“”]", opening) or _ASIDE.match(text, end):
        return start
    return low + begins


def _party_in_brackets(text: str, end: int) -> str:
    """The party that brackets behind a name give: "(Lib Dem)", "(D-Minn.)"; "" where they give none."""
    match = _BRACKETS.match(text, end)
    return seats().brackets.get(fold(match[1]), "") if match else ""


def _own_titles(entity: LocalEntity) -> Iterable[str]:
    for name in (entity.name, *entity.aliases):
        if title := person_name(name).titles:
            yield " ".join(title)


def _title_words(text: str, end: int) -> str:
    """The title words that stand right before a name, with nothing but spaces and periods between them."""
    kept: list[str] = []
    for word in reversed(_BREAK.split(text[max(0, end - _TITLE_WINDOW) : end])[-1].split()):
        if fold(word) not in TITLES or (word.endswith(".") and fold(word) not in _SHORTENED):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _clause_start(text: str, start: int) -> int:
    """Where the clause before a name begins."""
    low = max(0, start - 80)
    window = text[low:start]
    ends = [match.end() for match in _STOP_BEFORE.finditer(window)]
    ends += [match.end() for match in _ends(window + text[start : start + 1]) if match.end() <= len(window)]
    return low + max(ends, default=0)


def _sentence_end(text: str, end: int) -> int:
    """Where the sentence with a name ends, or a semicolon or quotation mark cuts it."""
    window = text[end : end + 160]
    found = [match.start() for match in _ends(window)]
    found += [match.start() for match in re.finditer(r"[;\"“”]", window)]
    return end + min(found, default=len(window))


def _ends(window: str) -> Iterable[re.Match[str]]:
    """Ends of sentences; the period of a title or an initial is none."""
    for match in _SENTENCE_END.finditer(window):
        word = re.search(r"([^\W\d_.]+(?:\.[^\W\d_]+)*)$", window[: match.start()])
        folded = fold(word[1]) if word else ""
        if match[0][0] == "." and (len(folded) == 1 or folded in _SHORTENED):
            continue
        yield match
