"""What the extracts call countries, parties and offices, and how well known an office makes its holder."""

from __future__ import annotations

import re

LEGISLATURES = {
    "UK": "Q145", "united-kingdom-cabinet": "Q145", "Scotland": "Q145",
    "scotland-cabinet": "Q145", "Wales": "Q145",
    "Northern_Ireland": "Q145", "United_States_of_America": "Q30", "us-cabinet": "Q30",
    "Australia": "Q408",
    "australia-cabinet": "Q408", "Canada": "Q16", "canada-cabinet": "Q16", "France": "Q142",
    "france-cabinet": "Q142",
    "Germany": "Q183", "india-ministers": "Q668", "israel-ministers": "Q801", "Ireland": "Q27",
    "New_Zealand": "Q664",
    "Italy": "Q38", "Spain": "Q29", "Poland": "Q36", "Norway": "Q20", "Sweden": "Q34",
    "Netherlands": "Q55",
    "Turkey": "Q43", "Hong_Kong": "Q8646", "South_Africa": "Q258", "Malaysia": "Q833",
    "Austria": "Q40", "Belgium": "Q31",
    "Denmark": "Q35", "Greece": "Q41", "Kenya": "Q114", "Nigeria": "Q1033", "Jamaica": "Q766",
    "Mexico": "Q96",
}  # fmt: skip
SOURCES = {"australia": "Q408", "congress-legislators": "Q30", "united-kingdom": "Q145", "india": "Q668"}
PARTY_NAMES = {
    ("Q30", "democrat"): "Q29552", ("Q30", "republican"): "Q29468", ("Q30",
    "libertarian"): "Q558334",
    ("Q145", "liberal democrat"): "Q9624", ("Q145", "scottish national party"): "Q10658",
    ("Q145", "labour co operative"): "Q6467393", ("Q145", "plaid cymru"): "Q10691", ("Q145",
    "ukip"): "Q10647",
    ("Q145", "uup"): "Q841045", ("Q145", "dup"): "Q215519", ("Q183", "cdu"): "Q49762", ("Q183",
    "spd"): "Q49768",
}  # fmt: skip
OFFICES = (
    (
        r"Member of the \d+\w\w Parliament of the United Kingdom|Member of Parliament|"
        r"member of the House of Commons",
        "Member of Parliament",
    ),
    (r"Member of the House of Lords", "Member of the House of Lords"),
    (r"rep|United States representative", "United States representative"),
    (r"sen|United States senator", "United States senator"),
    (r"Member of the (?:\d\w\w )?Scottish Parliament", "Member of the Scottish Parliament"),
)
TIERS = (
    (0.85, ("President$", "Prime Minister$", "Prime Minister of the United Kingdom$")),
    (0.6, ("Vice President", "Mayor of London$", "Chancellor of the Exchequer$")),
    (
        0.5,
        (
            "Secretary of (?:State|the Treasury|Defense)", "Home Secretary", "First Minister", "First Lady",
            "Attorney General$", "Director of the FBI",
        ),
    ),
    (
        0.45,
        (
            "Governor of ", "United States senator", "Secretary of ",
            "White House (?:Press|Chief|Communications)",
            "Leader of", "Speaker of the (?:House|United)", "Supreme Court Justice", "Director of (?!Policy)",
            "National Security Advisor", "Chief Justice",
        ),
    ),
    (
        0.28,
        (
            "United States representative", "Member of Parliament", "Minister", "Senior Advisor", "Counselor",
            "Solicitor General", "Lieutenant Governor", "Deputy Secretary", "Ambassador",
        ),
    ),
)  # fmt: skip
"""How well known an office makes its holder, the best first."""
FAME = {"Q30": 1.0, "Q145": 1.0}
"""How much a country counts when the people are picked; others 0.9."""
PEER = re.compile(r", (?:\d+\w* )?(Baron|Baroness) ([\w'-]+)")
