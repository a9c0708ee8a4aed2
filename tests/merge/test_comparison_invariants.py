"""What holds of every verdict, whatever is claimed and whatever Wikidata has."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from merge_cast import CAST, QID, case_of, gazetteer, statement

from kg.merge.case import Case
from kg.merge.decide import Decision, decide
from kg.merge.known import Known, value_of
from kg.merge.periods import Period, claim_time, period_of
from kg.merge.timing import stints
from kg.merge.verdict import Verdict
from kg.model import Claim, Entity, PartialDate, Span
from kg.ontology import Ontology, load_ontology
from kg.wikidata.item import Rank, SnakType, WikidataItem
from kg.wikidata.item_json import item_of
from kg.wikidata.memory import MemoryGazetteer

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared/data/wikidata/entity_json"
VALUES = {
    "P102": ("Lantern Party", "Harbour League", "Northern Lantern Party", "Another Lantern Party", "?", "-"),
    "P463": ("Lighthouse Society", "?", "-"),
    "P39": ("Mayor of Quayside", "Member of the Tidal Assembly", "Member of the 7th Tidal Assembly", "?", "-"),
    "P108": ("Saltmarsh Courier", "Saltmarsh Courier Online", "?", "-"),
    "P26": ("Bruno Placeholder", "Dorian Specimen", "?", "-"),
    "P22": ("Bruno Placeholder", "Dorian Specimen", "?", "-"),
    "P69": ("Anchor College", "University of Quayside", "?", "-"),
}
OBJECTS = {
    "memberOf": ("Lantern Party", "Harbour League", "Northern Lantern Party", "Lighthouse Society", "unlinked Front"),
    "holdsPosition": ("Mayor of Quayside", "Member of the 7th Tidal Assembly", "unlinked MTA", "unlinked warden"),
    "worksFor": ("Saltmarsh Courier", "Saltmarsh Courier Online", "unlinked Kettle"),
    "spouseOf": ("Bruno Placeholder", "unlinked Bruno Placeholder", "unlinked Egon Nameless"),
    "childOf": ("Bruno Placeholder", "Cora Sampleton", "Kit Undisclosed", "unlinked Egon Nameless"),
    "educatedAt": ("Anchor College", "University of Quayside", "unlinked School"),
}
dates = st.sampled_from(["2008", "2010", "2010-05", "2010-05-06", "2012", "2016-04-28", "2018", "2020"])
times = st.fixed_dictionaries(
    {},
    optional={
        "startTime": dates,
        "endTime": dates | st.just("201X"),
        "pointInTime": dates | st.just("2010-05-03/2010-05-09"),
        "ended": st.just("true"),
        "atThatTime": st.just("true"),
        "endTimeText": st.just("in those days"),
    },
)


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    relation = draw(st.sampled_from(sorted(OBJECTS)))
    row = {"relation": relation, "object": draw(st.sampled_from(OBJECTS[relation])), "times": draw(times)}
    row["polarity"] = draw(st.sampled_from(["positive", "positive", "negative"]))
    row["modality"] = draw(st.sampled_from(["asserted", "reported", "hypothetical"]))
    return row | draw(st.fixed_dictionaries({}, optional={"published": dates}))


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(VALUES)))
    bounds = dates | st.sampled_from(["?", "-"])
    optional = {"from": dates | st.just("?"), "to": bounds, "rank": st.sampled_from([rank.value for rank in Rank])}
    return {name: draw(st.sampled_from(VALUES[name]))} | draw(st.fixed_dictionaries({}, optional=optional))


rows = st.lists(statements(), min_size=1, max_size=5)
RELATIONS = load_ontology(Path(__file__).parents[2] / "ontology")


def decided(claim: dict[str, Any], wikidata: list[dict[str, Any]], **more: Any) -> Decision | None:
    return decide(case_of(claim, RELATIONS), Known(gazetteer({"Ada Example": wikidata}, **more)))


@given(claims(), rows)
def test_what_no_verdict_may_do(claim: dict[str, Any], wikidata: list[dict[str, Any]]) -> None:
    decision = decided(claim, wikidata)
    if claim["modality"] == "hypothetical":
        assert decision is None
    if decision is None:
        return
    verdict, found = decision.verdict, decision.statement
    assert (found is None) <= (verdict is Verdict.ADDS)
    if claim["object"].startswith("unlinked"):
        assert verdict is not Verdict.CONFLICTS
    if claim["polarity"] == "negative":
        assert verdict in (Verdict.AGREES, Verdict.CONFLICTS)
    elif found is not None and (found.rank is Rank.DEPRECATED or found.main.type is SnakType.NOVALUE):
        assert verdict is Verdict.CONFLICTS


@given(claims(), rows)
def test_rows_of_a_table_can_only_agree(claim: dict[str, Any], wikidata: list[dict[str, Any]]) -> None:
    decision = decided(claim, wikidata, rows=True)
    assert decision is None or decision.verdict is Verdict.AGREES


@given(claims(), rows, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(
    claim: dict[str, Any], wikidata: list[dict[str, Any]], shuffle: Any
) -> None:
    other = list(wikidata)
    shuffle.shuffle(other)
    before, after = decided(claim, wikidata), decided(claim, other)
    assert (before and before.verdict) == (after and after.verdict)


@given(claims(), rows)
def test_nothing_known_is_no_addition(claim: dict[str, Any], wikidata: list[dict[str, Any]]) -> None:
    known = gazetteer({"Dorian Specimen": wikidata})
    assert decide(case_of(claim, RELATIONS), Known(known)) is None


@given(claims(), rows)
def test_an_undated_statement_of_the_value_agrees_with_an_undated_claim(
    claim: dict[str, Any], wikidata: list[dict[str, Any]]
) -> None:
    properties = {
        "memberOf": "P102",
        "holdsPosition": "P39",
        "worksFor": "P108",
        "spouseOf": "P26",
        "educatedAt": "P69",
    }
    name = properties.get(claim["relation"])
    if name is None or claim["polarity"] == "negative" or claim["object"] not in QID:
        return
    plain = {key: value for key, value in claim.items() if key != "times"} | {"times": {}}
    decision = decided(plain, [*wikidata, {name: claim["object"]}])
    assert decision is None or decision.verdict is Verdict.AGREES


@given(rows)
def test_stints_hold_every_statement_once_and_in_order(wikidata: list[dict[str, Any]]) -> None:
    parts = [(period_of(made), made) for made in (statement(row, f"Q1$x{n}") for n, row in enumerate(wikidata))]
    found = stints(parts)
    assert sorted(s.id or "" for stint in found for _, s in stint.parts) == sorted(s.id or "" for _, s in parts)
    starts = [stint.period.start for stint in found if stint.period.start is not None]
    assert starts == sorted(starts, key=lambda start: start.earliest)
    for one, two in pairwise(found):
        if one.period.start is not None and one.period.end is not None and two.period.start is not None:
            assert two.period.begins_after(one.period.end)


@given(rows)
def test_a_period_covers_no_day_outside_itself(wikidata: list[dict[str, Any]]) -> None:
    for row in wikidata:
        period: Period = period_of(statement(row, None))
        for end in (period.start, period.end):
            if end is not None and period.covers(end):
                assert not period.begins_after(end)
                assert not period.ends_before(end)


def test_a_redirected_item_is_the_item_that_it_leads_to(ontology: Ontology) -> None:
    known = gazetteer({"Ada Example": [{"P102": "Lantern Party"}]})
    old = "Q99000999"
    party = WikidataItem(QID["Lantern Party"], redirects_from=old)
    items = MemoryGazetteer(
        CAST.values(),
        documents={old: party, QID["Ada Example"]: known.statements(QID["Ada Example"])},  # type: ignore[dict-item]
    )
    case = case_of({"relation": "memberOf", "object": "Lantern Party", "published": "2016"}, ontology)
    case = replace(case, object=Entity(old, case.object.type, "Lanterns of old", wikidata=old))
    decision = decide(case, Known(items))
    assert decision is not None
    assert decision.verdict is Verdict.AGREES


# What a statement itself says

RELATIONS_OF = {
    "P102": "memberOf",
    "P39": "holdsPosition",
    "P108": "worksFor",
    "P69": "educatedAt",
    "P26": "spouseOf",
}


def said_by(row: dict[str, Any]) -> dict[str, Any] | None:
    """The claim that says what a statement says; None where the statement gives no value, or its dates no sense."""
    name = next(key for key in row if key.startswith("P"))
    start, end = row.get("from"), row.get("to")
    if (
        name not in RELATIONS_OF
        or row[name] not in QID
        or row.get("rank") == "deprecated"
        or start == "?"
        or end == "-"
    ):
        return None
    if start and end and end != "?" and end < start:
        return None
    times = {"startTime": start, "endTime": None if end == "?" else end, "ended": "true" if end == "?" else None}
    times = {key: value for key, value in times.items() if value}
    return {
        "relation": RELATIONS_OF[name],
        "object": row[name],
        "published": "2021" if times else "2009",
        "times": times,
    }


@given(statements(), rows)
def test_a_claim_agrees_with_the_statement_that_says_it(row: dict[str, Any], others: list[dict[str, Any]]) -> None:
    claim = said_by(row)
    if claim is None:
        return
    alone, among_others = decided(claim, [row]), decided(claim, [*others, row])
    assert alone is not None
    assert alone.verdict is Verdict.AGREES
    assert among_others is not None
    assert among_others.verdict is not Verdict.CONFLICTS


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"the documents of Wikidata are not at {DOCUMENTS}")
def test_claims_that_say_what_genuine_documents_say_agree() -> None:
    found = [item_of(json.loads(path.read_text("utf-8"))) for path in sorted(DOCUMENTS.glob("Q*.json"))]
    documents = {item.id: item for item in found if item is not None}
    known = Known(MemoryGazetteer([], documents=documents))
    relations = {name: relation for relation in RELATIONS.relations for name in relation.wikidata}
    verdicts: Counter[tuple[str, str]] = Counter()
    for qid, document in documents.items():
        for made in document.statements:
            relation, value = relations.get(made.property), value_of(made)
            if relation is None or value is None:
                continue
            period = period_of(made)
            times = {"startTime": period.start, "endTime": period.end}
            qualifiers = tuple((name, str(time)) for name, time in times.items() if time is not None)
            claim = Claim(relation.name, "e1", "e2", Span(0, 1), 0, "test", 0.9, qualifiers=qualifiers)
            subject = Entity(qid, relation.domain_types[0], qid, wikidata=qid)
            target = Entity(value, relation.range_types[0], value, wikidata=value)
            time = claim_time(claim, PartialDate.parse("2024-01-01"))
            decision = decide(Case(claim, relation, subject, target, time), known)
            verdicts[made.property, "none" if decision is None else decision.verdict.value] += 1
    assert {verdict for _, verdict in verdicts} == {"agrees"}, verdicts
    assert {"P102", "P463", "P39", "P108", "P69", "P26", "P22"} == {name for name, _ in verdicts}
