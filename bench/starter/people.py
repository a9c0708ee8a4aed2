"""The people of the starter index: the well known, those of UK and US public life, and their namesakes."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from rows import Data, Row, Table, by_qid, cells
from vocabulary import CODES, FAME, LEGISLATURES, NO_PARTIES, PARTY_NAMES, PEER, SOURCES, TIERS

from kg.wikidata.names import fold, person_name
from kg.wikidata.row_names import bracket, usual_name, without_bracket
from kg.wikidata.tenures import office_name

Dated = tuple[str, "str | None", "str | None", "str | None"]
"""A party or office: name, QID, start, end."""


def people(table: Table, data: Data, positions: list[Row], parties: list[Row], *, limit: int) -> list[Row]:
    """The curated and well known, then by prior up to `limit`, then all who share a name with one of them."""
    bearers: Counter[str] = Counter(_key(clean_label(row)) for row in data.people.values())
    offices = _office_index(positions)
    party_labels = {row["qid"]: row["label"] for row in parties}
    kin = _kin(data)
    rows = {
        qid: _row(raw, bearers, offices, party_labels, kin, table.by_qid.get(qid)) for qid, raw in data.people.items()
    }
    for qid, curated in table.by_qid.items():
        if qid not in rows:
            rows[qid] = _row({"qid": qid, "label": curated["label"]}, bearers, offices, party_labels, kin, curated)
    chosen = set(table.by_qid) | {qid for qid, raw in data.people.items() if "articles_mentioning" in raw}
    modern = [row for qid, row in rows.items() if qid not in chosen and _modern(row)]
    modern.sort(key=lambda row: (-row["prior"] * FAME.get(row["country"], 0.9), int(row["qid"][1:])))
    chosen |= {row["qid"] for row in modern[: max(0, limit - len(chosen))]}
    keys = {key for qid in chosen for key in _keys(rows[qid])}
    namesakes = {qid for qid, row in rows.items() if keys & _keys(row)}
    kept = [rows[qid] for qid in chosen | namesakes]
    return by_qid([row for row in kept if not _empty_double(row, kept)])


def _row(
    raw: Row, bearers: Counter[str], offices: dict[tuple[str, str], str], party_labels: dict[str, str],
    kin: dict[str, list[str]], curated: dict[str, str] | None,
) -> Row:  # fmt: skip
    label = clean_label(raw)
    country = (curated or {}).get("country") or _country(raw)
    mine = [_tenure(p["position"], offices, country, p.get("start"), p.get("end")) for p in raw.get("positions", [])]
    tenures = [(name, qid, start, end) for name, qid, start, end in mine if name]
    members = []
    for p in raw.get("parties", []):
        qid = p["party_qid"] or PARTY_NAMES.get((country or "", fold(p["party"])))
        if qid or fold(p["party"]) not in NO_PARTIES:
            members.append((party_labels.get(qid or "", p["party"]), qid, p.get("start"), p.get("end")))
    aliases = [*raw.get("aliases", []), raw.get("enwiki") or ""]
    for name in (label, *aliases):
        if match := PEER.search(name):
            aliases += [f"{title} {match[2]}" for title in (("Lord",) if match[1] == "Baron" else ("Baroness", "Lady"))]
    if raw.get("label") != label and not raw.get("label", "").split(" ")[0].isupper():
        aliases.append(raw.get("label", ""))
    if curated:
        label, aliases = curated["label"], [*cells(curated["aliases"]), *aliases, label]
        members = [(party_labels.get(q, q), q, s, e) for q, s, e in map(_cell, cells(curated["parties"]))] or members
        for name, start, end in map(_cell, cells(curated["offices"])):
            found, qid, _, _ = _tenure(name, offices, country, None, None)
            if not any(t[1] == qid if qid else t[0] == found for t in tenures):
                tenures.append((found or name, qid, start, end))
    birth = raw.get("birth_date") or (curated or {}).get("birth") or None
    prior = float(curated["prior"]) if curated and curated["prior"] else _prior(raw, label, country, tenures, bearers)
    seen: set[str] = {fold(label), ""}
    aliases = [without_bracket(alias) for alias in aliases]
    return {
        "qid": raw["qid"],
        "label": label,
        "aliases": [a for a in aliases if not (fold(a) in seen or seen.add(fold(a)))],
        "description": bracket(raw.get("enwiki") or ""),
        "gender": raw.get("gender") or (curated or {}).get("gender") or None,
        "birth": None if birth == "1970-01-01" else birth,
        "death": raw.get("death_date"),
        "country": country,
        "parties": _merge(members),
        "offices": _merge(tenures),
        "kin": kin.get(raw["qid"], []),
        "prior": round(prior, 2),
    }


def clean_label(raw: Row) -> str:
    """The name in its usual order and letters: "ALBANELLA Luisella" is "Luisella Albanella"."""
    return usual_name(
        str(raw["label"]).strip(), title=raw.get("enwiki") or "", english=str(raw.get("labels", {}).get("en") or "")
    )


def given_names(data: Data) -> list[Row]:
    """First names that at least three people of one gender bear, and at most one in thirty of the other."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for raw in data.people.values():
        words = person_name(clean_label(raw)).words
        if raw["gender"] in ("male", "female") and len(words) > 1 and len(words[0]) > 2 and words[0].isascii():
            counts[words[0]][raw["gender"]] += 1
    rows = []
    for gender, other in (("female", "male"), ("male", "female")):
        names = sorted(name for name, c in counts.items() if c[gender] >= 3 and c[other] * 30 <= c[gender])
        rows.append({"gender": gender, "names": names})
    return rows


def _country(raw: Row) -> str | None:
    for legislature in sorted(raw.get("legislatures", []), key=lambda name: name.endswith(("cabinet", "ministers"))):
        if found := LEGISLATURES.get(legislature.split("/")[0]):
            return found
    return next((qid for source in raw.get("sources", []) for key, qid in SOURCES.items() if key in source), None)


def _tenure(
    name: str, offices: dict[tuple[str, str], str], country: str | None, start: str | None, end: str | None
) -> Dated:
    name = office_name(CODES.get(name, name))
    return (
        name,
        offices.get((country or "", fold(name))),
        start,
        end,
    )


def _office_index(positions: list[Row]) -> dict[tuple[str, str], str]:
    index: dict[tuple[str, str], str] = {}
    for row in sorted(positions, key=lambda r: -r["prior"]):
        for name in (row["label"], *row["aliases"]):
            index.setdefault((row["country"], fold(name)), row["qid"])
    return index


def _merge(tenures: list[Dated]) -> list[list[str | None]]:
    """One span for each name, from the first start to the last end; [name, qid, start, end], latest first."""
    spans: dict[tuple[str | None, str | None], list[tuple[str | None, str | None]]] = defaultdict(list)
    for name, qid, start, end in tenures:
        spans[(qid or fold(name), qid)].append((start, end))
    names = {(qid or fold(name), qid): name for name, qid, _, _ in reversed(tenures)}
    merged: list[list[str | None]] = []
    for key, parts in spans.items():
        parts = sorted(parts, key=lambda p: (p[0] or "", p[1] or "9999"))
        whole: list[list[str | None]] = []
        for start, end in parts:
            if whole and (whole[-1][1] is None or start is None or _year(start) <= _year(whole[-1][1]) + 1):
                open_end = whole[-1][1] is None or end is None
                whole[-1][1] = None if open_end and _last_open(parts) else max(whole[-1][1] or "", end or "") or None
            else:
                whole.append([start, end])
        merged += [[names[key], key[1], start, end] for start, end in whole]
    merged.sort(key=lambda t: (t[2] or "0", t[3] or "9999", t[0] or ""), reverse=True)
    return [_trim(t) for t in merged]


def _last_open(parts: list[tuple[str | None, str | None]]) -> bool:
    ends = [end for _, end in parts if end]
    return any(end is None and (start or "") >= max(ends, default="") for start, end in parts)


def _trim(tenure: list[str | None]) -> list[str | None]:
    while tenure and tenure[-1] is None:
        tenure = tenure[:-1]
    return tenure


def _year(text: str) -> int:
    return int(text[:4])


def _cell(text: str) -> tuple[str, str | None, str | None]:
    head, start, end = text.rsplit(" ", 2)
    return head, None if start == "-" else start, None if end == "-" else end


def _prior(
    raw: Row,
    label: str,
    country: str | None,
    tenures: list[Dated],
    bearers: Counter[str],
) -> float:
    scores = (score for name, *_ in tenures for score, offices in TIERS if re.match("|".join(offices), name))
    tier = max(scores, default=0.03)
    links = raw.get("n_sitelinks") or 0
    prior = max(tier, math.log1p(links) / math.log(151) * 0.95 if links > 1 else 0.0)
    if "articles_mentioning" in raw and bearers[_key(label)] == 1 and tier >= 0.28 and country in FAME:
        prior = max(prior, 0.3 + 0.1 * math.log2(raw["articles_mentioning"]))
    return min(prior, 0.95)


def _modern(row: Row) -> bool:
    ends = [t[3] if len(t) > 3 else "9999" for t in row["offices"]]
    return bool(ends) and max(str(end) for end in ends) >= "2001" and row["country"] is not None


def _kin(data: Data) -> dict[str, list[str]]:
    kin: dict[str, list[str]] = defaultdict(list)
    for row in data.family:
        if (
            row["relationship"] in ("spouse", "partner")
            and row["relative_name"]
            and not row["relative_name"].startswith("Q")
        ):
            for qid, name in ((row["qid"], row["relative_name"]), (row["relative_qid"], row["name"])):
                if name not in kin[qid] and len(kin[qid]) < 3:
                    kin[qid].append(name)
    return kin


def _key(label: str) -> str:
    return person_name(label).short


def _keys(row: Row) -> set[str]:
    return {key for key in map(_key, (row["label"], *row["aliases"])) if " " in key}


def _empty_double(row: Row, kept: list[Row]) -> bool:
    """Whether only the name is known, and more of another person of that name in the same country."""
    if row["offices"] or row["parties"]:
        return False
    return any(
        other is not row
        and other["country"] == row["country"]
        and _keys(other) & _keys(row)
        and (other["offices"] or other["parties"])
        for other in kept
    )
