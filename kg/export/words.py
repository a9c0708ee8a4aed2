"""What the report says in words: dates, numbers, modality and confidence."""

from __future__ import annotations

import calendar

from kg.export.style import relation_style
from kg.model import Claim, Modality, PartialDate, Polarity
from kg.model.dates import DAY, YEAR

MODALITY = {
    Modality.ASSERTED: "stated: the article itself says so",
    Modality.REPORTED: "reported: the article passes on what others say",
    Modality.HYPOTHETICAL: "hypothetical: possible or expected, not said to have happened; counted nowhere",
}
SAID = "stated: the article itself says that this was said"
NEGATIVE = "negated: the passage says that this is not so; counted nowhere"

_HIGH, _MIDDLING = 0.8, 0.6


def date_words(date: PartialDate) -> str:
    """Such as "28 April 2016", "April 2016" or "2016": as precise as the date is."""
    first = date.earliest
    if date.precision == YEAR:
        return f"{first.year}"
    month = f"{calendar.month_name[first.month]} {first.year}"
    return f"{first.day} {month}" if date.precision == DAY else month


def count_words(number: int, singular: str, plural: str | None = None) -> str:
    """Such as "1 article", "3 articles", "1,200 articles"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def standing(claim: Claim) -> str:
    """How the passage puts the claim; of an accusation, the article states that it was made, no more."""
    if claim.polarity is Polarity.NEGATIVE:
        return NEGATIVE
    speech = relation_style(claim.relation).speech
    return SAID if speech and claim.modality is Modality.ASSERTED else MODALITY[claim.modality]


def confidence_words(confidence: float) -> str:
    """How sure the program is to have read the passage rightly."""
    word = "high" if confidence >= _HIGH else "middling" if confidence >= _MIDDLING else "low"
    return f"{word} ({confidence:.2f})"
