"""data/boilerplate.txt as compiled expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "boilerplate.txt"

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_NAME = r"(?-i:[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|of|the|and|de|van|von|al|bin)){0,5})"

# Possessive, for the parts of a date or a list of names can be cut up in many ways.
_MACROS = {
    "<NAME>": _NAME,
    "<NAMES>": (
        r"(?:(?:(?-i:[A-Z][\w.'-]*)|and|in|at|for|with|by|editing|reporting|writing|additional)"
        r"[,;.:)]*+(?: |$))++"
    ),
    "<WHEN>": (
        rf"(?:(?=.*\d)(?:(?:{_MONTHS}|{_DAYS}|\d{{1,4}}(?:st|nd|rd|th)?|[ap]\.?m|gmt|bst|utc|e[sd]?t|p[sd]?t|at|on|of"
        r"|ago|hours?|min(?:ute)?s?|days?)(?![^\W\d_])|[ ,.:/|-])++)"
    ),
    "<ADDRESS>": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Expressions for whole lines, for the heading above link titles, and for parts of a line.

    `below_headline` is not for the headline itself; `agency_end` takes a picture's source off the end of a
    caption (group 1).
    """

    anywhere: re.Pattern[str]
    below_headline: re.Pattern[str]
    lead: re.Pattern[str]
    part: re.Pattern[str]
    agency_end: re.Pattern[str]


@cache
def table() -> Table:
    """The shipped table, read once."""
    return parse_table(_FILE.read_text(encoding="utf-8"))


def parse_table(text: str) -> Table:
    """Compile a table in the form that its header describes; ValueError for a line that is no expression."""
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        if heading := re.fullmatch(r"\[([a-z ]+)\]", line):
            entries = sections.setdefault(heading[1], [])
        elif line and not line.startswith("# ") and line != "#":
            entries.append(line)
    image = _names(sections["image agency"])
    macros = {
        **_MACROS,
        "<IMAGE>": image,
        "<AGENCY>": _names([*sections["image agency"], *sections["agency"]]),
    }

    def compiled(*names: str) -> re.Pattern[str]:
        return _compile([_expand(entry, macros) for name in names for entry in sections[name]])

    return Table(
        anywhere=compiled("furniture", "subscribe", "credit"),
        below_headline=compiled("pointer", "caption"),
        lead=compiled("lead"),
        part=compiled("part"),
        agency_end=_compile([_expand(r"(.+?)[\s,./|(©-]+<AGENCY>\)?\.?", macros)]),
    )


def _names(names: list[str]) -> str:
    return "(?:" + "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))) + ")"


def _expand(entry: str, macros: Mapping[str, str]) -> str:
    for name, expression in macros.items():
        entry = entry.replace(name, expression)
    return entry


def _compile(entries: list[str]) -> re.Pattern[str]:
    for entry in entries:
        try:
            re.compile(entry)
        except re.error as error:
            raise ValueError(f"not a regular expression: {entry!r} ({error}); mend data/boilerplate.txt") from error
    return re.compile("|".join(f"(?:{entry})" for entry in entries), re.IGNORECASE)
