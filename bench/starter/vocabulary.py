"""What the extracts call countries, parties and offices, and how well known an office makes its holder.

The tables are those that the package reads flat rows by.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

_TABLES = Path(__file__).resolve().parents[2] / "kg" / "wikidata"
_ROWS = json.loads((_TABLES / "flat.json").read_text(encoding="utf-8"))
LEGISLATURES: dict[str, str] = _ROWS["legislatures"]
SOURCES: dict[str, str] = _ROWS["sources"]
CODES: dict[str, str] = _ROWS["codes"]
NO_PARTIES = frozenset(_ROWS["no_parties"])
PARTY_NAMES = {(country, name): qid for country, parties in _ROWS["parties"].items() for name, qid in parties.items()}
"""Parties by country and folded name."""

TIERS = tuple(json.loads((_TABLES / "offices.json").read_text(encoding="utf-8"))["fame"])
"""How well known an office makes its holder, the best first."""

FAME = {"Q30": 1.0, "Q145": 1.0}
"""How much a country counts when the people are picked; others 0.9."""
PEER = re.compile(r", (?:\d+\w* )?(Baron|Baroness) ([\w'-]+)")
