"""Parties, offices and employers with their times, put together from single terms."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.wikidata.gazetteer import Tenure

_TABLE = json.loads((Path(__file__).resolve().parent / "offices.json").read_text(encoding="utf-8"))
_NAMES = tuple((re.compile(pattern), name) for pattern, name in _TABLE["names"])


@lru_cache(maxsize=4096)
def office_name(label: str) -> str:
    """The usual name of an office: "Member of the 57th Parliament of the United Kingdom" is a Member of Parliament."""
    return next((name for pattern, name in _NAMES if pattern.fullmatch(label)), label)


def joined(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """Terms that follow on each other within a year as one span; the latest first.

    Only those of one name and QID are put together. Where a date is unknown they are too; the whole is open if no
    known end comes after an open term's start.
    """
    parts: dict[tuple[str, str | None], list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        parts[tenure.name, tenure.qid].append(tenure)
    whole = [span for same in parts.values() for span in _spans(same)]
    whole.sort(key=lambda t: (t.start or "0", t.end or "9999", t.name, t.qid or ""), reverse=True)
    return tuple(whole)


def _spans(same: list[Tenure]) -> list[Tenure]:
    """The spans of one name."""
    same.sort(key=lambda t: (t.start or "", t.end or "9999"))
    latest = max((tenure.end for tenure in same if tenure.end), default="")
    open_still = any(tenure.end is None and (tenure.start or "") >= latest for tenure in same)
    spans: list[Tenure] = []
    for tenure in same:
        last = spans[-1] if spans else None
        if last is None or not _follows(last, tenure):
            spans.append(tenure)
            continue
        if last.end is None or tenure.end is None:
            end = None if open_still else max(last.end or "", tenure.end or "") or None
        else:
            end = max(last.end, tenure.end)
        spans[-1] = Tenure(last.name, last.qid, last.start, end)
    return spans


def _follows(last: Tenure, tenure: Tenure) -> bool:
    return last.end is None or tenure.start is None or int(tenure.start[:4]) <= int(last.end[:4]) + 1
