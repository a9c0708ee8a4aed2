"""Made-up articles that give offices, parties and countries in the very words of the extracts, for `namesakes`."""

from __future__ import annotations

import random
from dataclasses import replace

from namesake_texts import Facts, Row, plain_name, raw_tenure, said

from kg.model import Article, PartialDate


def verbatim(key: str, facts: Facts, row: Row, rng: random.Random) -> tuple[Article, Facts] | None:
    """One article about a tenure of the person, and the facts with that tenure's office; None without an office."""
    tenure = raw_tenure(row, facts, rng)
    if tenure is None:
        return None
    office, party, land = tenure["position"], facts.party, facts.land
    name, last = plain_name(row["label"]), plain_name(row["label"]).split(" ")[-1]
    year = (tenure.get("start") or tenure.get("end") or "")[:4]
    where, when = f" in {land}" if land else "", f" in {year}" if year else ""
    texts = (
        f"{name}, {office}{f' for the {party}' if party else ''}, spoke about the budget on Monday{where}.\n\n"
        f"{name} said the plan would cost too much. The debate{when} lasted two hours.",
        f"{office} {name}{f' ({party})' if party else ''} criticised the new rules{when}.\n\n"
        f'"They will not work," said {last}.' + (f" Voters in {land} go to the polls next month." if land else ""),
        f"{f'The {party} politician ' if party else ''}{name}{f' of {land}' if land else ''} has served as {office}"
        f"{f' since {year}' if year else ''}.\n\nOn Tuesday {last} opened a school and met teachers.",
        f"A meeting was held{where}{when}. Among those present was {name}, who was {office[0].lower()}{office[1:]}"
        f"{f' and a member of the {party}' if party else ''}.\n\nMr {last} left early.",
    )
    start = tenure.get("start") or ""
    published = PartialDate.parse(start) if len(start) == len("2000-01-01") and rng.random() < 1 / 3 else None
    day = facts.day if year else None
    return Article(key, rng.choice(texts), published=published), replace(facts, office=said(office)[1], day=day)
