"""Places, positions, parties, outlets and organisations of the starter index."""

from __future__ import annotations

import html
import math
import re
from collections import Counter, defaultdict

from rows import Data, Row, Table, by_qid, cells

from kg.wikidata.names import fold

AMBIGUOUS = (
    "Democratic Party", "Labour Party", "Republican Party", "Conservative Party",
    "Liberal Party", "Green Party",
    "Liberal Democrats", "National Front", "Christian Democratic Union",
    "Democratic Unionist Party", "Libertarian Party",
)  # fmt: skip
"""Names that many parties share; all their bearers go in, so that the ambiguity is real."""


def places(table: Table, data: Data) -> list[Row]:
    """Countries, cities, and the US states that have a governor in the data."""
    rows = [
        {
            "qid": row["qid"], "label": row["label"],
            "aliases": cells(row["aliases"]), "country": row["country"],
            "words": cells(row["words"]), "prior": 0.9 if row["qid"] in (row["country"], "Q61") else 0.75,
        }
        for row in table.rows
    ]  # fmt: skip
    for row in data.positions:
        name = row["position"].removeprefix("Governor of ")
        if (
            row["country"] in ("Q30", "Q81931")
            and name != row["position"]
            and re.fullmatch(r"Q\d+", row["jurisdiction"])
        ):
            label = "Washington" if name == "Washington" else name.removeprefix("the ")
            prior = 0.2 if name in ("Washington", "New York", "Guam", "American Samoa") else 0.75
            aliases = [f"State of {label}", *([f"{label} state"] if prior < 0.5 else [])]
            rows.append(
                {
                    "qid": row["jurisdiction"],
                    "label": label,
                    "aliases": aliases,
                    "country": "Q30",
                    "prior": prior,
                }
            )
    return by_qid(rows)


def positions(table: Table, data: Data, places: list[Row]) -> list[Row]:
    """The offices of the UK and the US and heads elsewhere, with the names that the press uses by rule."""
    names = {row["qid"]: row["label"] for row in places}
    rows: dict[str, Row] = {}
    for row in data.positions:
        country = "Q30" if row["country"] == "Q81931" else row["country"]
        curated = table.by_qid.get(row["id"])
        national = row["jurisdiction"] == row["country"] and country in ("Q145", "Q30") and "_" not in row["position"]
        governor = country == "Q30" and row["position"].startswith("Governor of ")
        if curated is None and not national and not governor:
            continue
        label = curated["label"] if curated else row["position"]
        aliases = [
            *(cells(curated["aliases"]) if curated else []),
            *_by_rule(label, names.get(row["jurisdiction"], "")),
        ]
        rows[row["id"]] = {
            "qid": row["id"], "label": label, "country": country,
            "aliases": _unique(label, [*aliases, row["position"]]),
            "prior": float(curated["prior"]) if curated else 0.4 if governor else 0.3,
        }  # fmt: skip
    return by_qid(list(rows.values()))


def _by_rule(label: str, place: str) -> list[str]:
    if match := re.fullmatch(r"Governor of (?:the )?(.+)", label):
        name = match[1]
        return [f"{name} Governor", f"{name} Gov.", f"Gov. of {name}"] if name == place else [f"{name} Governor"]
    if match := re.fullmatch(r"United States Secretary of (?:the )?(.+)", label):
        name = match[1]
        tail = [f"Secretary of {name}", f"Secretary of the {name}"]
        head = [f"{name} Secretary"] if name != "State" else []
        return [*tail, *head, *(f"{us} {alias}" for us in ("US", "U.S.") for alias in [*head, tail[0]])]
    return []


def parties(table: Table, data: Data, places: list[Row]) -> list[Row]:
    """The curated parties and all bearers of the names that many parties share."""
    members = Counter(
        qid for person in data.people.values() for qid in {p["party_qid"] for p in person["parties"] if p["party_qid"]}
    )
    rows: dict[str, Row] = {}
    wanted = {fold(name) for name in AMBIGUOUS}
    for row in data.parties:
        curated = table.by_qid.get(row["qid"])
        if curated is None and not wanted & {fold(name) for name in (row["label"], *row["aliases"])}:
            continue
        english = row["aliases"][0] if row["aliases"] and len(row["aliases"][0]) > len(row["label"]) else row["label"]
        label = curated["label"] if curated else english
        aliases = [*(cells(curated["aliases"]) if curated else []), *row["aliases"]]
        description = (row["description"] or "").strip() or None
        known = 0.1 + 0.08 * math.log2(1 + members[row["qid"]]) + 0.002 * len(row["labels"])
        rows[row["qid"]] = {
            "qid": row["qid"], "label": label, "aliases": _unique(label, aliases), "description": description,
            "country": curated["country"] if curated else country_of(description or "", places),
            "prior": float(curated["prior"]) if curated else round(min(0.35, known), 2),
        }  # fmt: skip
    for curated in table.rows:
        if curated["qid"] not in rows:
            rows[curated["qid"]] = {
                "qid": curated["qid"], "label": curated["label"], "aliases": cells(curated["aliases"]),
                "country": curated["country"], "prior": float(curated["prior"]),
            }  # fmt: skip
    return by_qid(list(rows.values()))


def country_of(description: str, places: list[Row]) -> str | None:
    """The one country that a description names, by name or adjective."""
    text = f" {fold(description)} "
    found: dict[str, int] = defaultdict(int)
    for row in places:
        for name in (row["label"], *row["aliases"], *row.get("words", [])):
            if len(name) > 3 and f" {fold(name)} " in text:
                found[row["country"]] = max(found[row["country"]], len(name))
    best = sorted(found, key=lambda qid: -found[qid])
    return best[0] if best and (len(best) == 1 or found[best[0]] > found[best[1]]) else None


def outlets(table: Table, data: Data) -> list[Row]:
    """The curated outlets, with what the data says of them."""
    known = {row["qid"]: row for row in data.outlets}
    domains: dict[str, set[str]] = defaultdict(set)
    for row in data.domains:
        domains[row["qid"]].add(row["domain"])
    rows = []
    for row in table.rows:
        data_row = known.get(row["qid"], {})
        state = data_row.get("state")
        description = data_row.get("description") or (
            f"newspaper in {state}" if state and row["prior"] <= "0.2" else None
        )
        rows.append(
            {
                "qid": row["qid"], "label": html.unescape(row["label"]), "aliases": cells(row["aliases"]),
                "description": description, "country": row["country"], "prior": float(row["prior"]),
                "domains": sorted({*cells(row["domains"]), *domains[row["qid"]]}),
            }
        )  # fmt: skip
    return by_qid(rows)


def organisations(table: Table) -> list[Row]:
    """The curated organisations."""
    return by_qid(
        [
            {
                "qid": row["qid"], "label": row["label"],
            "aliases": cells(row["aliases"]), "country": row["country"],
                "prior": float(row["prior"]),
            }
            for row in table.rows
        ]
    )  # fmt: skip


def _unique(label: str, aliases: list[str]) -> list[str]:
    seen, kept = {fold(label)}, []
    for alias in aliases:
        if fold(alias) not in seen:
            seen.add(fold(alias))
            kept.append(alias)
    return kept
