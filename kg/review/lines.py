"""One decision as one line of JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kg.model import EntityType, Modality, Polarity
from kg.model.decision import (
    CLAIM_VERDICTS,
    LINK_VERDICTS,
    PAIR_VERDICTS,
    TIME_FORM,
    Decision,
    JudgedClaim,
    NameKey,
    Verdict,
)

QID = re.compile(r"Q[1-9][0-9]*")
_HASH = re.compile(r"[0-9a-f]{16}")


def decision_line(decision: Decision) -> str:
    """One JSON object with sorted keys, without a line end; what is empty is left out."""
    claim = decision.claim
    row: dict[str, object] = {
        "id": decision.id,
        "decision": decision.verdict.value,
        "time": decision.time,
        "reviewer": decision.reviewer,
        "claim": None if claim is None else _claim_row(claim),
        "entities": [_key_row(key) for key in decision.entities],
        "others": [_key_row(key) for key in decision.others],
        "wikidata": decision.wikidata,
        "undoes": decision.undoes,
        "reason": decision.reason,
    }
    kept = {name: value for name, value in row.items() if value or name == "reviewer"}
    line = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    # Line ends that JSON lets stand but that editors and git take for ends of lines, and halves of surrogate pairs.
    return line if line.isprintable() else json.dumps(kept, sort_keys=True)


def parse_decision(line: str) -> Decision:
    """The decision of one line; ValueError, in words, where it is none or its id does not fit it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"no JSON ({error})") from error
    if not isinstance(row, dict):
        raise ValueError("no JSON object")  # noqa: TRY004
    try:
        decision = _decision(row)
        ident = row["id"]
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is missing") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"a value of the wrong kind ({error})") from error
    if decision.id != ident:
        raise ValueError(f"the id {ident!r} does not fit what the line says; it was changed after it was written")
    return decision


def _decision(row: Mapping[str, Any]) -> Decision:
    unknown = set(row) - set("id decision time reviewer claim entities others wikidata undoes reason".split())
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}; a newer version may have written it")
    if row["decision"] not in set(Verdict):
        raise ValueError(f"unknown decision {row['decision']!r}; a newer version may have written it")
    claim = row.get("claim")
    decision = Decision(
        verdict=Verdict(row["decision"]),
        time=_text(row["time"]),
        reviewer=_text(row["reviewer"]),
        claim=None if claim is None else _claim(claim),
        entities=tuple(_key(key) for key in row.get("entities", ())),
        others=tuple(_key(key) for key in row.get("others", ())),
        wikidata=_optional(row.get("wikidata")),
        undoes=_optional(row.get("undoes")),
        reason=_text(row.get("reason", "")),
    )
    check(decision)
    return decision


def check(decision: Decision) -> None:
    """ValueError where a decision lacks what its verdict needs, or its time, QID or ids are none."""
    verdict = decision.verdict
    try:
        time = datetime.strptime(decision.time, TIME_FORM).replace(tzinfo=UTC).strftime(TIME_FORM)
    except ValueError:
        time = ""
    if time != decision.time:
        raise ValueError(f"the time {decision.time!r} is not of the form 2031-02-03T04:05:06Z")
    if (verdict in CLAIM_VERDICTS) > (decision.claim is not None):
        raise ValueError(f"a decision {verdict.value!r} needs a 'claim'")
    if (verdict in LINK_VERDICTS | PAIR_VERDICTS) > bool(decision.entities):
        raise ValueError(f"a decision {verdict.value!r} needs 'entities'")
    if (verdict in PAIR_VERDICTS) > bool(decision.others):
        raise ValueError(f"a decision {verdict.value!r} needs 'others'")
    if verdict is Verdict.SKIP and decision.claim is None and not decision.entities:
        raise ValueError("a decision 'skip' needs a 'claim' or 'entities'")
    if (verdict is Verdict.LINK) != (decision.wikidata is not None):
        raise ValueError("'wikidata' stands in a decision 'link' and nowhere else")
    if decision.wikidata is not None and not QID.fullmatch(decision.wikidata):
        raise ValueError(f"{decision.wikidata!r} is no QID such as 'Q42'")
    if (verdict is Verdict.UNDO) != (decision.undoes is not None):
        raise ValueError("'undoes' stands in a decision 'undo' and nowhere else")
    if decision.undoes is not None and not _HASH.fullmatch(decision.undoes):
        raise ValueError(f"{decision.undoes!r} is no id of a decision")


def _claim_row(claim: JudgedClaim) -> dict[str, object]:
    row = {
        "key": claim.key,
        "article": claim.article,
        "articleId": claim.article_id,
        "relation": claim.relation,
        "subject": claim.subject,
        "object": claim.object,
        "detail": claim.detail,
        "sentence": claim.sentence,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
    }
    return {name: value for name, value in row.items() if value is not None}


def _claim(row: Mapping[str, Any]) -> JudgedClaim:
    key = _text(row["key"])
    if not _HASH.fullmatch(key):
        raise ValueError(f"{key!r} is no claim key")
    return JudgedClaim(
        key=key,
        article=_text(row["article"]),
        article_id=_text(row["articleId"]),
        relation=_text(row["relation"]),
        subject=_text(row["subject"]),
        object=_optional(row.get("object")),
        detail=_optional(row.get("detail")),
        sentence=_text(row["sentence"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
    )


def _key_row(key: NameKey) -> dict[str, str]:
    row = {"type": key.type.value, "name": key.name, "article": key.article, "hint": key.hint}
    return {name: value for name, value in row.items() if value or name == "name"}


def _key(row: Mapping[str, Any]) -> NameKey:
    return NameKey(
        EntityType(row["type"]), _text(row["name"]), _text(row.get("article", "")), _text(row.get("hint", ""))
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)
