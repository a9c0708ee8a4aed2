"""Claims and quotations of a language whose grammar the rules do not know: word patterns from its data folder.

`data/<language>/patterns.tsv` has one pattern a row, `data/<language>/cues.txt` the forms of the verbs of speech.
docs/languages.md describes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ConfigError
from kg.extract.base import Attribution, End, Finding, Named, Relation, Scene
from kg.extract.cues import DATA, PATTERNS, rows
from kg.extract.plain_quotations import ends_paragraph, plain_attributions
from kg.extract.speech import cover
from kg.model import EntityType, MentionKind
from kg.nlp.language import language_name
from kg.nlp.lexicon import HOME, Lexicon
from kg.nlp.reading import Reading, Role
from kg.nlp.role_bounds import start_with_title

CUES = "cues.txt"
_KINDS = {
    EntityType.PERSON: "PERSON",
    EntityType.PARTY: "PARTY",
    EntityType.OUTLET: "OUTLET",
    EntityType.ORGANIZATION: "ORG",
}
_SUBJECT, _TARGET, _ROLE, _DETAIL = "PERSON", "TARGET", "ROLE", "DETAIL"
_WANTED = {"memberOf": "PARTY", "holdsPosition": _ROLE, "appearedOn": "OUTLET"}
"""What becomes the object where a pattern holds several; else the other person, else the first that can be one."""
_OBJECTS = frozenset([_TARGET, _ROLE, "PARTY", "OUTLET", "ORG"])
_LONGEST = 60
"""A detail is cut after so many items."""
_DETAIL_ENDS = frozenset([".", "!", "?", ";", ":", '"', "»", ")"])


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: a kind of item, or words of which one must stand there."""

    kind: str = ""
    words: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of patterns.tsv: `object` is the kind that becomes the claim's object."""

    relation: str
    name: str
    confidence: float
    object: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of the text as patterns see it: a name, an office, or one token."""

    kind: str
    start: int
    end: int
    word: str = ""
    cluster: int = -1
    role: Role | None = None


class PatternRelation:
    """A relation found by word patterns; what a module of `kg.extract.relations` is for English."""

    def __init__(self, relation: str, patterns: Sequence[Pattern]) -> None:
        self.RELATION = relation
        self.patterns = tuple(patterns)

    def find(self, scene: Scene) -> Iterator[Finding]:
        """Every match of the relation's patterns."""
        items = items_of(scene.reading, scene.lexicon)
        for place in range(len(items)):
            for pattern in self.patterns:
                matched = _match(items, place, pattern.elements)
                if matched is not None:
                    finding = _finding(scene.reading, pattern, matched)
                    if finding is not None:
                        yield finding


def relations_for(
    lexicon: Lexicon, relations: Sequence[Relation], *, folder: Path = DATA
) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    """The relations that can be found in the lexicon's language, and sentences about what is missing.

    ConfigError where patterns.tsv of the language has a row that cannot be read or an unknown relation.
    """
    language = lexicon.language
    if language == HOME:
        return tuple(relations), ()
    called = f"{language_name(language)} ({language})"
    notes = []
    if lexicon.missing:
        files = ", ".join(lexicon.missing)
        notes.append(f"{called} lacks these word lists in kg/nlp/data/{language}: {files}; what they tell is not found")
    place = folder / language
    if not (place / PATTERNS).is_file():
        notes.append(
            f"{called} has no {PATTERNS} in kg/extract/data/{language}: no claims are found, only names and quotations"
        )
        return (), tuple(notes)
    table = load_patterns(place, {relation.RELATION for relation in relations})
    found = sorted({pattern.relation for pattern in table})
    if off := sorted({relation.RELATION for relation in relations} - set(found)):
        notes.append(
            f"in {called} these relations are off, since kg/extract/data/{language}/{PATTERNS} has no pattern for "
            f"them: {', '.join(off)}"
        )
    on: list[Relation] = [PatternRelation(name, [p for p in table if p.relation == name]) for name in found]
    return tuple(on), tuple(notes)


def load_patterns(folder: Path, known: Iterable[str]) -> list[Pattern]:
    """The patterns of a folder; ConfigError where a row cannot be read."""
    allowed = set(known)
    patterns = []
    for row in rows(folder, PATTERNS):
        pattern = _pattern(row)
        if pattern is None or pattern.relation not in allowed:
            raise ConfigError(
                f"the pattern {row!r} in {str(folder / PATTERNS)!r} cannot be used: it needs a relation of the "
                "ontology, a name, a confidence, one PERSON and an object (PARTY, ROLE, OUTLET, ORG or TARGET)"
            )
        patterns.append(pattern)
    return patterns


def _pattern(row: Sequence[str]) -> Pattern | None:
    """The pattern of a row, None where it is none."""
    if len(row) != len(("relation", "name", "confidence", "pattern")):
        return None
    relation, name, confidence, text = row
    elements = tuple(_element(word) for word in text.split())
    objects = [element.kind for element in elements if element.kind in _OBJECTS and not element.optional]
    other = _TARGET if _TARGET in objects else "".join(objects[:1])
    wanted = _WANTED.get(relation, other)
    subjects = sum(element.kind == _SUBJECT for element in elements)
    known = all(not element.kind or element.kind in _OBJECTS | {_SUBJECT, _DETAIL} for element in elements)
    if wanted not in objects or subjects != 1 or not known or not re.fullmatch(r"0?\.\d+|1|1\.0+", confidence):
        return None
    return Pattern(relation, name, float(confidence), wanted, elements)


def _element(text: str) -> Element:
    optional = text.endswith("?") and len(text) > 1
    text = text.removesuffix("?") if optional else text
    if text.isupper() and text.isalpha():
        return Element(kind=text, optional=optional)
    return Element(words=frozenset(text.split("|")), optional=optional)


def plain_scene(reading: Reading, lexicon: Lexicon, *, folder: Path = DATA) -> Scene:
    """The reading with the quotations that marks and the language's verbs of speech tell."""
    place = folder / lexicon.language
    words = frozenset(row[0] for row in rows(place, CUES)) if (place / CUES).is_file() else frozenset[str]()
    attributions: tuple[Attribution, ...] = plain_attributions(reading, words)
    return Scene(reading, lexicon, attributions, tuple(cover(len(reading.doc), attributions)))


def items_of(reading: Reading, lexicon: Lexicon) -> list[Item]:
    """The text from left to right as names, offices and single tokens; spaces are left out, paragraph ends are not."""
    starts: dict[int, Item] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME:
            kind = _KINDS.get(reading.type_of(mention.cluster), "")
            start = start_with_title(reading.doc, mention, lexicon) if kind == _SUBJECT else mention.start
            if kind:
                starts[start] = Item(kind, start, mention.end, cluster=mention.cluster)
    for role in reading.roles:
        starts[role.full_start] = Item(_ROLE, role.full_start, role.end, role=role)
    items: list[Item] = []
    place = 0
    while place < len(reading.doc):
        token = reading.doc[place]
        item = starts.get(place)
        if item is None:
            item = Item("", place, place + 1, word="\n" if token.is_space else token.lower_)
        if not token.is_space or ends_paragraph(token):
            items.append(item)
        place = max(item.end, place + 1)
    return items


def _match(items: Sequence[Item], place: int, elements: Sequence[Element]) -> list[tuple[Element, Item]] | None:
    """The items that the elements stand for, from `place` on; optional elements are tried first."""
    if not elements:
        return []
    first, rest = elements[0], elements[1:]
    if first.kind == _DETAIL:
        return _detail(items, place, first)
    if place < len(items) and _fits(first, items[place]):
        behind = _match(items, place + 1, rest)
        if behind is not None:
            return [(first, items[place]), *behind]
    return _match(items, place, rest) if first.optional else None


def _fits(element: Element, item: Item) -> bool:
    if element.kind:
        return item.kind == (_SUBJECT if element.kind == _TARGET else element.kind)
    return not item.kind and item.word in element.words


def _detail(items: Sequence[Item], place: int, element: Element) -> list[tuple[Element, Item]] | None:
    end, last = place, min(len(items), place + _LONGEST)
    while end < last and items[end].word not in _DETAIL_ENDS and items[end].word != "\n":
        end += 1
    if end == place:
        return None
    return [(element, Item(_DETAIL, items[place].start, items[end - 1].end))]


def _finding(reading: Reading, pattern: Pattern, matched: Sequence[tuple[Element, Item]]) -> Finding | None:
    """The claim of a match; None where a plural office, or one that is none, would be given to one person."""
    by_kind = {element.kind: item for element, item in matched if element.kind}
    subject, object_ = by_kind[_SUBJECT], by_kind[pattern.object]
    role = by_kind[_ROLE].role if _ROLE in by_kind else None
    if role is not None and role.plural:
        return None
    end: End = object_.cluster
    if pattern.object == _ROLE:
        if role is None or object_.end <= object_.start:
            return None
        name = " ".join(reading.text(role.start, role.end).split())
        end = Named(EntityType.POSITION, name.removeprefix("ex-"), role.start, role.end)
    elif end == subject.cluster:
        return None
    note = "former" if role is not None and role.former and pattern.object == _ROLE else None
    detail = by_kind.get(_DETAIL)
    return Finding(
        pattern.relation,
        subject.cluster,
        end,
        min(item.start for _, item in matched),
        max(item.end for _, item in matched),
        f"pattern-{pattern.name}",
        pattern.confidence,
        object_.start,
        detail=None if detail is None else (detail.start, detail.end),
        note=note,
    )
