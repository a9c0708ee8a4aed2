"""Names of organisations: their last words, where they end, and their acronyms."""

from __future__ import annotations

from spacy.tokens import Doc

ORGANISATION_LAST = frozenset(
    [
        "Committee",
        "Group",
        "Association",
        "Coalition",
        "Council",
        "Institute",
        "Campaign",
        "Union",
        "Alliance",
        "Federation",
        "Conference",
        "Convention",
        "Caucus",
        "Club",
        "Fund",
        "PAC",
        "Agency",
        "Department",
        "Ministry",
        "Office",
        "Commission",
        "Foundation",
        "Court",
        "Bank",
        "Company",
        "Corporation",
        "Inc",
        "University",
        "College",
        "School",
        "Center",
        "Centre",
        "Society",
        "Trust",
        "Board",
        "Authority",
        "Party",
        "Network",
        "Project",
        "Organization",
        "Organisation",
        "Bureau",
        "Service",
        "Congress",
        "Parliament",
        "Assembly",
        "Senate",
        "House",
        "League",
        "Action",
        "Force",
        "Tower",
    ]
)
_PURPOSES = frozenset(["for", "of", "on", "against", "to"])


def full_end(doc: Doc, end: int, blocked: list[bool]) -> int:
    """Where an organisation's name that the recogniser ends at `end` really ends: past its purpose and its place."""
    return _with_place(doc, _with_purpose(doc, end, blocked), blocked)


def acronyms(doc: Doc, blocked: list[bool]) -> list[int]:
    """The tokens that spell the initials of an organisation which the article names in full."""
    initials = {
        "".join(token.text[0] for token in entity if token.text[0].isupper())
        for entity in doc.ents
        if entity.label_ == "ORG" and len(entity) > 2
    }
    return [token.i for token in doc if token.text in initials and len(token) > 2 and not blocked[token.i]]


def _with_place(doc: Doc, end: int, blocked: list[bool]) -> int:
    """Past the place of an embassy ("in Example City") and of a university's campus ("at Example Hill")."""
    words = {token.text for token in doc[max(end - 6, 0) : end]}
    places = "at" if "University" in words else "in" if words & {"Embassy", "Consulate"} else None
    place = end + 1
    if places is None or place >= len(doc) or doc[end].text != places:
        return end
    while place < len(doc) and doc[place].ent_type_ in ("GPE", "FAC", "LOC") and not blocked[place]:
        place += 1
    return place if place > end + 1 else end


def _with_purpose(doc: Doc, end: int, blocked: list[bool]) -> int:
    """Past "against Graft", "for Higher Education" behind "Group", "Council" and the like, where it is capitalised."""
    if doc[end - 1].text not in ORGANISATION_LAST:
        return end
    place = end
    while (
        place + 1 < len(doc)
        and doc[place].lower_ in _PURPOSES
        and doc[place + 1].text[0].isupper()
        and not blocked[place + 1]
        and doc[place + 1].ent_type_ not in ("PERSON", "GPE", "DATE")
    ):
        place += 2
        while place < len(doc) and not blocked[place] and _goes_on(doc, place):
            place += 1
    return place


def _goes_on(doc: Doc, place: int) -> bool:
    """Whether the token continues a capitalised name, hyphens without spaces included."""
    token = doc[place]
    if token.text == "-":
        return not doc[place - 1].whitespace_ and not token.whitespace_
    return token.text[0].isupper() and (token.pos_ in ("PROPN", "NOUN", "ADJ") or doc[place - 1].text == "-")
