"""People's names as tables write them, to their usual form."""

from __future__ import annotations

import re

_BRACKET = re.compile(r"\s*\([^)]*\)$")
_WORD = re.compile(r"[^\W\d_]+")


def without_bracket(title: str) -> str:
    """A Wikipedia title without what tells it from its namesakes."""
    return _BRACKET.sub("", title)


def bracket(title: str) -> str | None:
    """What a Wikipedia title adds in brackets, if it is more than one word: "British politician"."""
    found = _BRACKET.search(title)
    words = found[0].strip()[1:-1] if found else ""
    return words if " " in words else None


def in_capitals(name: str) -> bool:
    """Whether a name has a word of capitals: "ALBANELLA Luisella"."""
    return any(len(word) > 2 and word.isupper() for word in name.split(" "))


def usual_name(label: str, *, title: str = "", english: str = "") -> str:
    """A person's name in its usual order and letters: "ALBANELLA Luisella" is "Luisella Albanella".

    The title of the English Wikipedia and the English label are believed where the label has capitals, the title also
    where the label starts with another word but holds its last one.
    """
    words = label.split(" ")
    title = without_bracket(title)
    if not in_capitals(label):
        other_order = len(words) > 2 and title.split(" ")[0] not in ("", words[0])
        return title if other_order and words[-1] in title else label
    if title:
        return title
    if english and english != label:
        return english
    lead = 0
    while lead < len(words) and (words[lead].isupper() or words[lead].endswith("'")):
        lead += 1
    plain = [_WORD.sub(lambda m: m[0].capitalize(), word) if in_capitals(word) else word for word in words]
    return " ".join(plain[lead:] + plain[:lead])
