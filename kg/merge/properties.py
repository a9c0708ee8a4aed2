"""The Wikidata properties that stand beside claims, and how a reader calls them."""

from __future__ import annotations

WRITTEN = (
    "P31",
    "P279",
    "P361",
    "P21",
    "P569",
    "P570",
    "P27",
    "P106",
    "P102",
    "P463",
    "P39",
    "P108",
    "P69",
    "P26",
    "P22",
    "P25",
    "P40",
    "P488",
    "P169",
    "P18",
)
"""What is written of a linked entity, in this order."""

LABELS = {
    "P31": "instance of",
    "P279": "subclass of",
    "P361": "part of",
    "P21": "sex or gender",
    "P569": "date of birth",
    "P570": "date of death",
    "P27": "country of citizenship",
    "P106": "occupation",
    "P102": "member of political party",
    "P463": "member of",
    "P39": "position held",
    "P108": "employer",
    "P69": "educated at",
    "P26": "spouse",
    "P22": "father",
    "P25": "mother",
    "P40": "child",
    "P488": "chairperson",
    "P169": "chief executive officer",
    "P18": "image",
}
"""Wikidata's English labels (CC0) of the same."""

COMMON = {
    "Q5": "human",
    "Q6581097": "male",
    "Q6581072": "female",
    "Q7278": "political party",
    "Q11032": "newspaper",
    "Q4164871": "position",
}
"""Items that stand as values everywhere and that an index of people and bodies need not hold."""

START, END, POINT = "P580", "P582", "P585"
SUBCLASS, PART, JURISDICTION, OF = "P279", "P361", "P1001", "P642"
REPLACES, REPLACED_BY = "P1365", "P1366"
PARTY, MEMBER, OFFICE, OCCUPATION, EMPLOYER, SCHOOL = "P102", "P463", "P39", "P106", "P108", "P69"
SPOUSE, FATHER, MOTHER, CHILD, CHAIR, DEATH, COUNTRY = "P26", "P22", "P25", "P40", "P488", "P570", "P17"


def named(property_id: str) -> str:
    """A property as a sentence shows it: `position held (P39)`."""
    return f"{LABELS[property_id]} ({property_id})" if property_id in LABELS else property_id
