"""What the report says in words: dates, numbers, modality and confidence."""

from __future__ import annotations

import calendar

from kg.export.style import relation_style
from kg.model import Claim, Modality, PartialDate, Polarity
from kg.model.dates import DAY, DECADE, YEAR

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


def span_words(time: PartialDate) -> str:
    """As `date_words`, and of longer stretches "the 1990s" or "25 April 2016 to 1 May 2016"."""
    if "/" in str(time):
        first, last = (PartialDate.of(day.year, day.month, day.day) for day in (time.earliest, time.latest))
        return f"{date_words(first)} to {date_words(last)}"
    return f"the {time.earliest.year}s" if time.precision == DECADE else date_words(time)


def qualifier_words(claim: Claim) -> list[str]:
    """Such as "from May 1997", "until 2007", "over by the date of the article"; other qualifiers with their name."""
    order = {name: place for place, name in enumerate(_QUALIFIERS)}
    found = sorted(claim.qualifiers, key=lambda pair: (order.get(pair[0], len(order)), pair))
    return [_qualifier(name, value) for name, value in found]


def _qualifier(name: str, value: str) -> str:
    form = _QUALIFIERS.get(name)
    if form is None:
        return f"{name}: {value}"
    if "{}" not in form or name.endswith("Text"):
        return form.format(value)
    try:
        time = PartialDate.parse_time(value)
    except ValueError:
        return f"{name}: {value}"
    return form.format(span_words(time))


_QUALIFIERS = {
    "pointInTime": "when: {}",
    "pointInTimeText": "when, in its words: “{}”",
    "startTime": "began: {}",
    "startTimeText": "began, in its words: “{}”",
    "endTime": "ended: {}",
    "endTimeText": "ended, in its words: “{}”",
    "ended": "over before the article",
    "atThatTime": "held when the events took place",
}


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
