"""Names of one article grouped into entities."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.model import EntityType
from kg.nlp.lexicon import Lexicon
from kg.nlp.names import Name
from kg.nlp.person_signs import told_gender


@dataclass(frozen=True, slots=True)
class Grouping:
    """For each name its cluster number, and per cluster its type, forms, gender and canonical name."""

    of_name: tuple[int, ...]
    types: tuple[EntityType, ...]
    forms: tuple[tuple[str, ...], ...]
    genders: tuple[str | None, ...]
    canonicals: tuple[str | None, ...]


def group_names(doc: Doc, names: list[Name], lexicon: Lexicon, text: str) -> Grouping:
    """Group the names of one article: people by surname and given name, the rest by form and acronym.

    `text` is the article's own text, from which the forms are taken.
    """
    keys: list[tuple[str, str]] = [("", "")] * len(names)
    people = [i for i, name in enumerate(names) if name.type is EntityType.PERSON]
    words = {i: [doc[k].text for k in range(names[i].start, names[i].end)] for i in people}
    for i, key in _group_people(people, words, names, lexicon).items():
        keys[i] = ("Person", key)
    forms = [_form(doc, name, text) for name in names]
    _group_others(names, forms, keys, _short_outlets(names, forms, lexicon))
    numbers: dict[tuple[str, str], int] = {}
    of_name = tuple(numbers.setdefault(key, len(numbers)) for key in keys)
    members: dict[int, list[int]] = defaultdict(list)
    for i, number in enumerate(of_name):
        members[number].append(i)
    return Grouping(
        of_name=of_name,
        types=tuple(_type([names[i].type for i in members[n]]) for n in range(len(numbers))),
        forms=tuple(_by_fullness(forms[i] for i in members[n]) for n in range(len(numbers))),
        genders=tuple(_gender(doc, names, words, members[n], lexicon) for n in range(len(numbers))),
        canonicals=tuple(
            next((names[i].canonical for i in members[n] if names[i].canonical), None) for n in range(len(numbers))
        ),
    )


_MOST = 100
"""Between so many people of one surname, the last ones, a lone surname chooses."""
_MARKS = re.compile('["“”]')


def _form(doc: Doc, name: Name, text: str) -> str:
    last = doc[name.end - 1]
    form = re.sub(r"\s+", " ", text[doc[name.start].idx : last.idx + len(last)])
    return form if len(_MARKS.findall(form)) % 2 == 0 else _MARKS.sub("", form)


def _by_fullness(forms: object) -> tuple[str, ...]:
    """Distinct forms, the fullest (most words, then longest, then most frequent) first."""
    counts = Counter(forms)  # type: ignore[call-overload]
    order = sorted(counts, key=lambda f: (-len(f.split()), f.isupper() and len(f) > 5, -len(f), -counts[f], f))
    return tuple(order)


def _group_people(
    people: list[int], words: dict[int, list[str]], names: list[Name], lexicon: Lexicon
) -> dict[int, str]:
    """The key of the cluster of each person's name: full names first, then lone surnames and given names."""
    keys: dict[int, str] = {}
    by_surname: dict[str, list[int]] = defaultdict(list)  # a representative per cluster
    by_given: dict[str, list[int]] = defaultdict(list)
    for i in people:
        if len(words[i]) < 2:
            continue
        given, surname = words[i][0].casefold(), words[i][-1].casefold()
        match = next(
            (
                r
                for r in by_surname[surname]
                if _same_given(words[r][0].casefold(), given, lexicon) and not _opposed(names[r], names[i])
            ),
            None,
        )
        if match is None:
            match = i
            by_surname[surname].append(i)
            by_given[given].append(i)
        keys[i] = str(match)
    last_seen: dict[str, int] = {}
    uses: Counter[str] = Counter()
    lone: dict[str, str] = {}
    for i in people:
        if len(words[i]) == 1:
            word = words[i][0].casefold()
            owners = by_surname.get(word) or ([] if names[i].title else by_given.get(word, []))
            keys[i] = _owner(i, owners, names, words, last_seen, uses, lexicon) or lone.setdefault(word, str(i))
        last_seen[keys[i]] = i
        uses[keys[i]] += 1
    return keys


def _owner(
    i: int,
    owners: list[int],
    names: list[Name],
    words: dict[int, list[str]],
    last_seen: dict[str, int],
    uses: Mapping[str, int],
    lexicon: Lexicon,
) -> str | None:
    """Of the full names that end (or begin) so, the one of fitting gender named most so far, then last, else first."""
    gender = names[i].gender
    fitting = [
        o for o in owners[-_MOST:] if gender is None or _name_gender(names[o], words[o], lexicon) in (None, gender)
    ]
    if not fitting:
        return None
    return str(max(fitting, key=lambda o: (uses.get(str(o), 0), last_seen.get(str(o), -1), -o)))


def _same_given(a: str, b: str, lexicon: Lexicon) -> bool:
    if a == b or lexicon.nicknames.get(a, a) == lexicon.nicknames.get(b, b):
        return True
    short, long = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def _opposed(a: Name, b: Name) -> bool:
    return a.gender is not None and b.gender is not None and a.gender != b.gender


def _name_gender(name: Name, words: list[str], lexicon: Lexicon) -> str | None:
    return name.gender or (_given_gender(words[0], lexicon) if len(words) > 1 else None)


def _given_gender(word: str, lexicon: Lexicon) -> str | None:
    return lexicon.genders.get(word)


def _gender(
    doc: Doc, names: list[Name], words: dict[int, list[str]], indexes: list[int], lexicon: Lexicon
) -> str | None:
    """What titles and given names say, then the nouns beside the names, then a lone given name."""
    people = [i for i in indexes if i in words]
    votes = Counter(gender for i in people if (gender := _name_gender(names[i], words[i], lexicon)))
    if not votes:
        votes = Counter(gender for i in people if (gender := told_gender(doc, names[i].start, names[i].end, lexicon)))
    if not votes and people and len(words[people[0]]) == 1:
        return lexicon.genders.get(words[people[0]][0])
    return max(sorted(votes), key=lambda g: votes[g]) if votes else None


def _type(types: list[EntityType]) -> EntityType:
    """The type of the first name, but an outlet where any name is one."""
    return EntityType.OUTLET if EntityType.OUTLET in types else types[0]


def _short_outlets(names: list[Name], forms: list[str], lexicon: Lexicon) -> dict[str, str]:
    """Short forms of the article's outlets: "Fox" for Fox News, "the Post" for the Washington Post.

    Acronyms ("BBC") name the corporation, and "the Times" may be a paper of its own.
    """
    short: dict[str, str] = {}
    for form in [form for form, name in zip(forms, names, strict=True) if name.type is EntityType.OUTLET]:
        first, _, last = form.rpartition(" ")
        if last == "News" and first and not first.isupper():
            short.setdefault(_fold(first), _fold(form))
        elif first and last in lexicon.outlet_last and f"The {last}" not in lexicon.outlets:
            short.setdefault(_fold(last), _fold(form))
    return short


def _group_others(names: list[Name], forms: list[str], keys: list[tuple[str, str]], short: dict[str, str]) -> None:
    """Parties by canonical name, the rest by form; short forms and acronyms join the longer name."""
    initials: dict[str, str] = {}
    for i, name in enumerate(names):
        if name.type in (EntityType.ORGANIZATION, EntityType.OUTLET):
            capitals = "".join(word[0] for word in forms[i].split() if word[0].isupper())
            if len(capitals) > 2 and len(forms[i].split()) > 2:
                initials.setdefault(capitals, _fold(forms[i]))
    for i, name in enumerate(names):
        if name.type is EntityType.PERSON:
            continue
        key = name.canonical or _fold(forms[i])
        if forms[i].isupper() and name.canonical is None:
            key = initials.get(forms[i].replace(".", ""), key)
        body = name.type in (EntityType.ORGANIZATION, EntityType.OUTLET)
        group, key = ("Body", short.get(key, key)) if body else (name.type.value, key)
        keys[i] = (group, key)


def _fold(form: str) -> str:
    return re.sub(r"^the |['’]s$", "", form.casefold())
