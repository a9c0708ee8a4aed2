"""Made-up articles about people who share a name, for `bench/namesakes.py`.

The facts are the extracts', all the rest is invented.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kg.model import Article, PartialDate
from kg.wikidata.names import person_name

Row = Mapping[str, Any]

SETTINGS = ("full", "verbatim", "office", "party and year", "country", "year", "name")
"""What an article tells: office, party, year and country (twice, see `verbatim`); one or two of them; the name."""

LANDS: dict[str, tuple[str, str]] = {
    "UK": ("Britain", "British"), "united-kingdom-cabinet": ("the United Kingdom", "British"),
    "Scotland": ("Scotland", "Scottish"), "scotland-cabinet": ("Scotland", "Scottish"),
    "Wales": ("Wales", "Welsh"), "Northern_Ireland": ("Northern Ireland", "Northern Irish"),
    "United_States_of_America": ("the United States", "American"), "us-cabinet": ("the United States", "American"),
    "Australia": ("Australia", "Australian"), "australia-cabinet": ("Australia", "Australian"),
    "Canada": ("Canada", "Canadian"), "canada-cabinet": ("Canada", "Canadian"), "France": ("France", "French"),
    "france-cabinet": ("France", "French"), "Germany": ("Germany", "German"), "india-ministers": ("India", "Indian"),
    "israel-ministers": ("Israel", "Israeli"), "Ireland": ("Ireland", "Irish"),
    "New_Zealand": ("New Zealand", "New Zealand"), "Italy": ("Italy", "Italian"), "Spain": ("Spain", "Spanish"),
    "Poland": ("Poland", "Polish"), "Norway": ("Norway", "Norwegian"), "Sweden": ("Sweden", "Swedish"),
    "Netherlands": ("the Netherlands", "Dutch"), "Turkey": ("Turkey", "Turkish"), "Finland": ("Finland", "Finnish"),
    "Denmark": ("Denmark", "Danish"), "Austria": ("Austria", "Austrian"), "Belgium": ("Belgium", "Belgian"),
    "Czech_Republic": ("the Czech Republic", "Czech"), "Malaysia": ("Malaysia", "Malaysian"),
    "Mexico": ("Mexico", "Mexican"), "Tanzania": ("Tanzania", "Tanzanian"), "Sri_Lanka": ("Sri Lanka", "Sri Lankan"),
}  # fmt: skip
"""By the first part of a legislature's name in the extracts: the country and its adjective."""

SEATS = {
    "UK/Commons": "Member of Parliament", "Germany/Bundestag": "member of the Bundestag",
    "France/National_Assembly": "member of the French National Assembly",
    "Australia/Representatives": "member of the Australian House of Representatives",
    "Canada/Commons": "member of the House of Commons", "New_Zealand/House": "Member of Parliament",
    "Ireland/Dail": "member of the Dáil", "Poland/Sejm": "member of the Sejm",
    "Norway/Storting": "member of the Storting", "Sweden/Riksdag": "member of the Riksdag",
    "Northern_Ireland/Assembly": "member of the Northern Ireland Assembly",
    "Scotland/Parliament": "Member of the Scottish Parliament", "Denmark/Folketing": "member of the Folketing",
    "United_States_of_America/House": "United States representative",
    "Italy/House": "member of the Chamber of Deputies", "United_States_of_America/Senate": "United States senator",
    "Finland/Eduskunta": "member of the Eduskunta",
}  # fmt: skip
"""The office of those of whom the extracts have only the legislature."""

_PLAIN = (
    (r"Member of the \d+\w\w Parliament of the United Kingdom|Member of Parliament", ("MP", "a member of parliament")),
    (r"[Mm]ember of the House of Commons", ("MP", "a member of the House of Commons")),
    (r"Member of the House of Lords", ("peer", "a member of the House of Lords")),
    (r"rep|United States representative", ("Rep.", "a member of the US House of Representatives")),
    (r"sen|United States senator", ("Sen.", "a United States senator")),
    (r"Member of the (?:\d\w\w )?Scottish Parliament", ("MSP", "a member of the Scottish Parliament")),
    (r"Knesset member", ("Knesset member", "a member of the Knesset")),
    (r"Member of the \d+\w\w (.+)", ("", r"a member of the \1")),
    (r"Minister of State for (.+)", ("Minister", r"the minister of state for \1")),
    (r"Minister (?:for|of) (?:the )?(.+)", (r"\1 Minister", r"the minister for \1")),
    (r"Secretary of State for (.+)", (r"\1 Secretary", r"the secretary of state for \1")),
    (r"[Aa]mbassador to (.+)", ("Ambassador", r"the ambassador to \1")),
)
"""How the press says an office: before a name ("" for not), and after it."""

_PARTIES = {"Democrat": "Democratic Party", "Republican": "Republican Party", "LES-REP": "Republicans"}
_TOPICS = (
    "bus fares",
    "flood defences",
    "school meals",
    "the harvest",
    "a new bridge",
    "the ferry link",
    "rural clinics",
)
_VERBS = ("said", "argued", "warned", "told reporters", "insisted")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article may tell of a person; empty where the extracts do not know it."""

    name: str
    title: str = ""
    office: str = ""
    party: str = ""
    land: str = ""
    people: str = ""
    place: str = ""
    day: date | None = None
    colleague: str = ""


def facts_of(row: Row, colleagues: Mapping[str, Sequence[str]], rng: random.Random) -> Facts:
    """The facts of one tenure, drawn among the person's; the day lies inside it."""
    offices = [p for p in row["positions"] if p["position"] not in ("prez", "viceprez")]
    dated = [p for p in offices if p.get("start")] or offices
    parties = [p for p in row["parties"] if p["party"] not in ("unknown", "Independent")]
    legislatures = row.get("legislatures") or []
    tenure = rng.choice(dated) if dated else rng.choice(parties) if parties else {}
    day = _inside(tenure, rng)
    held = tenure.get("position") or next((SEATS[name] for name in legislatures if name in SEATS), "")
    title, office = said(held)
    fitting = [p for p in parties if day is None or _covers(p, day)] or parties
    party = rng.choice(fitting)["party"] if fitting else ""
    land, people = next((LANDS[k] for name in legislatures if (k := name.split("/")[0]) in LANDS), ("", ""))
    if not land and tenure.get("position") in ("rep", "sen"):
        land, people = LANDS["us-cabinet"]
    if not land and "Queensland" in held:
        land, people = LANDS["Australia"]
    seat = re.search(r"\(([^()]*?) (?:MP|politician|senator)\)$", row.get("enwiki") or "")
    known = colleagues.get(legislatures[0] if legislatures else "", ())
    return Facts(
        name=plain_name(row["label"]),
        title=title,
        office=office,
        party=_PARTIES.get(party, party),
        land=land,
        people=people,
        place=seat[1]
        if seat and " " not in seat[1].strip() and not seat[1].endswith(("ish", "an", "U.S.")) and not seat[1].isupper()
        else "",
        day=day,
        colleague=rng.choice(known) if known else "",
    )


def told(facts: Facts, setting: str) -> bool:
    """Whether the extracts know what the setting tells; the full one needs an office or a party, and one thing more."""
    known = {
        "full": bool(facts.office or facts.party) and bool(facts.day or facts.land),
        "office": bool(facts.office),
        "party and year": bool(facts.party and facts.day),
        "country": bool(facts.land),
        "year": facts.day is not None,
    }
    return known.get(setting, True)


def set_apart(facts: Facts, setting: str, row: Row, others: Sequence[Row]) -> bool:
    """Whether what the setting tells holds of the person, as the extracts know them, and of no namesake."""
    return _holds(facts, setting, row) and not any(_holds(facts, setting, other) for other in others)


def _holds(facts: Facts, setting: str, row: Row) -> bool:
    day = facts.day if setting in ("full", "verbatim", "party and year", "year") else None
    in_time = [t for t in (*row["positions"], *row["parties"]) if day is None or _covers(t, day)]
    checks = [bool(in_time) and setting != "name"]
    if facts.office and setting in ("full", "verbatim", "office"):
        checks.append(any(said(t.get("position", ""))[1] == facts.office for t in in_time if t.get("position")))
    if facts.party and setting in ("full", "verbatim", "party and year"):
        checks.append(any(_PARTIES.get(t["party"], t["party"]) == facts.party for t in row["parties"]))
    if facts.land and setting in ("full", "verbatim", "country"):
        lands = {LANDS[k][0] for name in row.get("legislatures") or [] if (k := name.split("/")[0]) in LANDS}
        checks.append(not lands or facts.land in lands or {facts.land, *lands} <= _BRITAIN)
    return all(checks)


_BRITAIN = {"Britain", "the United Kingdom", "Scotland", "Wales", "Northern Ireland"}


def raw_tenure(row: Row, facts: Facts, rng: random.Random) -> Row | None:
    """One of the person's offices, of the day that the facts give where there is one."""
    offices = [p for p in row["positions"] if p["position"] not in ("prez", "viceprez", "rep", "sen")]
    of_day = [p for p in offices if facts.day is not None and p.get("start") and _covers(p, facts.day)]
    return rng.choice(of_day or offices) if offices else None


def plain_name(label: str) -> str:
    """The label without a peerage."""
    return re.sub(r",\s*(?:\d+\w* )?(?:Baron|Baroness|Lord|Viscount|Earl)\b.*$", "", label)


def article(key: str, facts: Facts, setting: str, spelling: str, rng: random.Random) -> Article:
    """One made-up article that tells what the setting says, and no more."""
    full = setting == "full"
    name = spelled(facts.name, spelling)
    office = facts.office if setting in ("full", "office") else ""
    title = facts.title if office else ""
    party = facts.party if setting in ("full", "party and year") else ""
    land = setting in ("full", "country") and facts.land
    day = facts.day if setting in ("full", "party and year", "year") else None
    year_in_text = day is not None and rng.random() < 0.3
    last = person_name(facts.name).surname
    surname = next((w for w in reversed(name.split()) if person_name(w).full in last), name)
    topic, other, verb = *rng.sample(_TOPICS, 2), rng.choice(_VERBS)
    lines = [_lead(name, title, office, party, topic, verb, rng)]
    lines.append(
        rng.choice(
            (
                f"{surname} spoke for nearly an hour and took questions on {other}.",
                f'"Nobody in this room has forgotten {topic}," {surname} said.',
                f"The speech by {surname} drew applause, and a few boos at the back of the hall.",
                f"Asked about {other}, {surname} declined to answer.",
            )
        )
    )
    if land:
        lines += [
            rng.choice(
                (
                    f"People all over {facts.land} have waited for this, and many {facts.people} towns have nothing.",
                    f"The {facts.people} press gave the matter little room, but in {facts.land} it will not go away.",
                    f"Experts say that {facts.land} spends less on this than its neighbours.",
                )
            )
        ]
    if year_in_text and day is not None:
        lines.append(f"It was the third such meeting in {day.year}.")
    if full and facts.place and rng.random() < 0.7:
        lines.append(f"{surname}, the member for {facts.place}, will hold another meeting next week.")
    if full and facts.colleague and rng.random() < 0.5:
        lines.append(f"{facts.colleague} was also at the meeting and left early.")
    if rng.random() < 0.5:
        lines.append("The organisers counted about two hundred guests. Tea was served afterwards.")
    head, *rest = lines
    rng.shuffle(rest)
    published = None if day is None or (year_in_text and rng.random() < 0.5) else PartialDate.parse(day.isoformat())
    return Article(key, "\n\n".join([head, *rest]), published=published)


def _lead(name: str, title: str, office: str, party: str, topic: str, verb: str, rng: random.Random) -> str:
    day = rng.choice(_DAYS)
    forms = [f"{name} {verb} on {day} that {topic} had been neglected for too long."]
    adjective = re.sub(r" Party$", "", party)
    body = party if re.search(r"(?:Labou?r|Conservative|Democrat|Republican|ish)$", party) is None else f"{party} Party"
    body = body if body.split(" ")[0] in ("SPD", "CDU") or " " in body else f"{body} party"
    if office and party:
        forms = [
            f"{name}, {office} for the {body}, {verb} on {day} that {topic} had been neglected.",
            f"{name}, {office}, {verb} on {day} that {topic} had been neglected. {name} belongs to the {body}.",
            f"{name} ({adjective}), {office}, {verb} that {topic} came first.",
        ]
        if title:
            forms += [
                f"{adjective} {title} {name} {verb} on {day} that {topic} had been neglected.",
                f"{title} {name}, a member of the {body}, {verb} that {topic} came first.",
            ]
    elif office:
        forms = [
            f"{name}, {office}, {verb} on {day} that {topic} had been neglected.",
            f"{name} {verb} that {topic} came first. {name} was {office} at the time.",
            f"{name}, who was {office}, {verb} on {day} that {topic} could not wait.",
        ]
        if title:
            forms.append(f"{title} {name} {verb} on {day} that {topic} had been neglected for too long.")
    elif party:
        forms = [
            f"{name}, of the {body}, {verb} on {day} that {topic} had been neglected.",
            f"{name}, a member of the {body}, {verb} that {topic} came first.",
            f"{adjective} politician {name} {verb} that {topic} came first.",
            f"{name} {verb} that {topic} came first. {name} has long been a member of the {body}.",
        ]
    return rng.choice(forms)


def spelled(name: str, spelling: str) -> str:
    """The name as `plain`, `no accents` or `no initials` writes it."""
    if spelling == "no accents":
        return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if spelling == "no initials":
        return re.sub(r"(?<=\w) (?:[A-Z]\.\s*)+(?=\w)", " ", name)
    return name


def rng_of(*parts: str) -> random.Random:
    """The same dice for the same words."""
    return random.Random(int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:8], "big"))


def held_out(key: str) -> bool:
    """Whether a name is kept out of tuning: half of them, by hash."""
    return hashlib.sha256(f"held out {key}".encode()).digest()[0] % 2 == 1


def colleagues_of(rows: Sequence[Row]) -> dict[str, list[str]]:
    """By legislature: people there whose name nobody shares."""
    count: dict[str, int] = {}
    for row in rows:
        key = person_name(row["label"]).short
        count[key] = count.get(key, 0) + 1
    found: dict[str, list[str]] = {}
    for row in rows:
        known = person_name(row["label"])
        if count[known.short] == 1 and len(known.words) == 2 and row["positions"] and row["label"].isascii():
            for legislature in row.get("legislatures") or []:
                found.setdefault(legislature, []).append(plain_name(row["label"]))
    return {key: sorted(names) for key, names in found.items()}


def said(position: str) -> tuple[str, str]:
    """How the press says an office: before a name, and after it."""
    for pattern, (title, office) in _PLAIN:
        if match := re.fullmatch(pattern, position):
            return match.expand(title), match.expand(office)
    article = "a " if position[:6].casefold() == "member" else "the "
    return "", f"{article}{position[0].lower() if article == 'a ' else position[0]}{position[1:]}" if position else ""


def _inside(tenure: Row, rng: random.Random) -> date | None:
    start, end = _day(tenure.get("start"), "-01-01"), _day(tenure.get("end"), "-12-31")
    if start is None and end is None:
        return None
    first = start or (end or date(2000, 1, 1)) - timedelta(days=365)
    last = end or min(first + timedelta(days=900), date(2023, 1, 1))
    return first + timedelta(days=rng.randrange(max(1, (last - first).days)))


def _day(text: str | None, rest: str) -> date | None:
    if not text:
        return None
    full = text if len(text) == 10 else f"{text}-15" if len(text) == 7 else f"{text[:4]}{rest}"
    return date.fromisoformat(full)


def _covers(tenure: Row, day: date) -> bool:
    start, end = _day(tenure.get("start"), "-01-01"), _day(tenure.get("end"), "-12-31")
    return (start is None or start <= day) and (end is None or day <= end)
