"""The language's word lists, read from `data/<language>`: a second language is a second folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ConfigError
from kg.nlp.language import language_table

DATA = Path(__file__).parent / "data"
HOME = "en"
"""The language whose grammar the rules know as code; of any other they know what its files say."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists for names and offices; `digest` changes whenever one of the files does."""

    titles: Mapping[str, str | None]
    """Title before a name -> gender or None."""
    title_roles: frozenset[str]
    """Titles that are offices at the same time."""
    role_heads: frozenset[str]
    weak_roles: frozenset[str]
    """Heads that name an office only with something before them."""
    modifiers: Mapping[str, str]
    parties: Mapping[str, str]
    """Form -> canonical party name."""
    party_unless: Mapping[str, frozenset[str]]
    """Form that is an ordinary word in articles about another country -> parties of that country."""
    party_letters: Mapping[str, tuple[str, ...]]
    outlets: frozenset[str]
    outlet_last: frozenset[str]
    outlet_ext: frozenset[str]
    outlet_kinds: frozenset[str]
    outlet_direct: frozenset[str]
    """Common nouns that belong to the name of the outlet before them ("newspaper")."""
    outlet_titles: frozenset[str]
    """Words that end the title of a programme."""
    outlet_not: frozenset[str]
    """Common nouns before which a phrase names no outlet."""
    bodies: frozenset[str]
    genders: Mapping[str, str]
    """Given name -> gender."""
    person_words: Mapping[str, frozenset[str]]
    """What a word says of the name beside it ("does", "suffers", "owned", "male", "female") -> lemmas."""
    nicknames: Mapping[str, str]
    """Short given name -> the long one, in lower case."""
    digest: str
    language: str = HOME
    role_links: frozenset[str] = frozenset()
    """Words that join an office and what it is for, outside English ("de", "du")."""
    missing: tuple[str, ...] = ()
    """The files that the language lacks; their lists are empty."""

    @property
    def has_grammar(self) -> bool:
        """Whether the rules that are code hold for texts read with it: English with all its lists."""
        return self.language == HOME and not self.missing


_FILES = (
    "titles.tsv",
    "role_heads.txt",
    "role_people_only.txt",
    "role_modifiers.tsv",
    "party_forms.tsv",
    "party_letters.tsv",
    "outlets.txt",
    "outlet_words.tsv",
    "bodies.txt",
    "given_names.tsv",
    "person_words.tsv",
    "nicknames.tsv",
)
_ABROAD = ("role_links.txt",)
"""Lists that English does without: its grammar is code."""


class _Senses(dict[str, frozenset[str]]):
    """Words by what they say; a sense that the language's file lacks has none."""

    def __missing__(self, sense: str) -> frozenset[str]:
        return frozenset()


def load_lexicon(language: str = HOME, *, folder: Path = DATA) -> Lexicon:
    """Read the lists of one language.

    English needs every file; another language does without those that it lacks, and `missing` says which. ConfigError
    where an English file is missing, or where the language is unknown.
    """
    place = folder / language
    if not place.is_dir() and language not in language_table():
        raise ConfigError(
            f"the language {language!r} is unknown: there is no folder {str(place)!r}, and kg/nlp/data/languages.tsv "
            "does not name it; use a code such as 'en' or 'fr', or add it"
        )
    contents: dict[str, str] = {}
    missing = []
    for name in _FILES if language == HOME else _FILES + _ABROAD:
        try:
            contents[name] = (place / name).read_text(encoding="utf-8")
        except OSError as error:
            if language == HOME:
                raise ConfigError(
                    f"the word list {name!r} of the language {language!r} is missing in {str(place)!r}; add it"
                ) from error
            contents[name] = ""
            missing.append(name)
    return _lexicon(contents, language, tuple(missing))


def bare_lexicon(language: str) -> Lexicon:
    """The lexicon of a language of which no word is known."""
    return _lexicon(dict.fromkeys(_FILES, ""), language, _FILES)


def _lexicon(contents: Mapping[str, str], language: str, missing: tuple[str, ...]) -> Lexicon:
    titles = _rows(contents["titles.tsv"])
    outlet_words = _rows(contents["outlet_words.tsv"])
    return Lexicon(
        titles={row[0]: None if row[1] == "-" else row[1] for row in titles},
        title_roles=frozenset(row[0] for row in titles if row[2] == "yes"),
        role_heads=frozenset(_lines(contents["role_heads.txt"])),
        weak_roles=frozenset(_lines(contents["role_people_only.txt"])),
        modifiers={row[0]: row[1] for row in _rows(contents["role_modifiers.tsv"])},
        parties={row[0]: row[1] for row in _rows(contents["party_forms.tsv"])},
        party_unless={
            row[0]: frozenset(row[2][1:].split("|"))
            for row in _rows(contents["party_forms.tsv"])
            if row[2].startswith("!")
        },
        party_letters={row[0]: tuple(row[1:]) for row in _rows(contents["party_letters.tsv"])},
        outlets=frozenset(_lines(contents["outlets.txt"])),
        outlet_last=frozenset(row[0] for row in outlet_words if row[1] == "last"),
        outlet_ext=frozenset(row[0] for row in outlet_words if row[1] == "ext"),
        outlet_kinds=frozenset(row[0] for row in outlet_words if row[1] == "kind"),
        outlet_direct=frozenset(row[0] for row in outlet_words if row[1] == "direct"),
        outlet_titles=frozenset(row[0] for row in outlet_words if row[1] == "title"),
        outlet_not=frozenset(row[0] for row in outlet_words if row[1] == "not"),
        bodies=frozenset(_lines(contents["bodies.txt"])),
        genders={name: row[0] for row in _rows(contents["given_names.tsv"]) for name in row[1].split()},
        person_words=_Senses({row[0]: frozenset(row[1].split()) for row in _rows(contents["person_words.tsv"])}),
        nicknames={row[0]: row[1] for row in _rows(contents["nicknames.tsv"])},
        digest=hashlib.sha256("\0".join(contents[name] for name in sorted(contents)).encode()).hexdigest()[:16],
        language=language,
        role_links=frozenset(_lines(contents.get("role_links.txt", ""))),
        missing=missing,
    )


def _lines(content: str) -> list[str]:
    return [line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#")]


def _rows(content: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(content)]


class PhraseTable:
    """Finds the longest of many token sequences at a place, exact in case (a leading "the" excepted)."""

    def __init__(self, phrases: Mapping[str, str], tokenize: Callable[[str], Iterable[str]]) -> None:
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in phrases.items():
            words = tuple(tokenize(phrase))
            table.setdefault(_fold_the(words[0]), []).append((words, value))
        self._table = {
            first: sorted(entries, key=lambda entry: (-len(entry[0]), entry)) for first, entries in table.items()
        }

    def match(self, words: list[str], start: int) -> tuple[int, str] | None:
        """The end of the longest phrase that starts at `start`, and its value."""
        for phrase, value in self._table.get(_fold_the(words[start]), ()):
            end = start + len(phrase)
            if tuple(words[start + 1 : end]) == phrase[1:]:
                return end, value
        return None


def _fold_the(word: str) -> str:
    return "the" if word == "The" else word
