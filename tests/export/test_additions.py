from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from export_press import Said, annotate, resolve, story

from kg.export.additions import PROPERTIES, LeftOut, Selection, select
from kg.export.claims import ClaimRow, claim_rows
from kg.export.quickstatements import commands
from kg.merge.known import Known
from kg.merge.verdict import Comparison, Verdict
from kg.model import EntityType
from kg.ontology import Ontology
from kg.wikidata.gazetteer import Item
from kg.wikidata.item import EntityRef, Rank, Snak, SnakType, Statement, Time, WikidataItem
from kg.wikidata.memory import MemoryGazetteer

OTTOLINE, LANTERN = "Q990000001", "Q990000011"
TEXT = "Ottoline Brackwater sat for the Lantern Party."

ITEMS = (
    Item(LANTERN, "Lantern Party", EntityType.PARTY),
    Item("Q990000013", "Lantern Party", EntityType.PARTY),
    Item("Q990000014", "Lantern Party of Saltmarsh", EntityType.PARTY),
)
BRANCH = WikidataItem("Q990000014", statements=(Statement(Snak("P361", SnakType.VALUE, EntityRef(LANTERN))),))

Times = tuple[tuple[str, str], ...]


def row_of(
    *qualifiers: tuple[str, str],
    relation: str = "memberOf",
    number: int = 1,
    url: str | None = "https://news.invalid/1",
    **more: object,
) -> ClaimRow:
    """The one claim of one article."""
    said = Said(relation, "Ottoline Brackwater", "Lantern Party", TEXT, qualifiers=qualifiers, **more)  # type: ignore[arg-type]
    annotation = annotate(story(TEXT, number=number, url=url, published="2031-03-02"), said)
    (row,) = claim_rows([annotation], resolve(annotation))
    return row


def comparison(row: ClaimRow, verdict: Verdict = Verdict.ADDS, **more: object) -> Comparison:
    known = {"item": OTTOLINE, "property": "P102", "value": LANTERN, **more}
    return Comparison(
        article=row.article_key,
        claim=row.index,
        node=f"https://graph.invalid/claim/{row.index}",
        verdict=verdict,
        reason="because",
        confidence=0.8,
        **known,  # type: ignore[arg-type]
    )


def statement(value: str = LANTERN, *, rank: Rank = Rank.NORMAL, **times: str) -> Statement:
    """A party membership; `times` such as P580="+2015-00-00T00:00:00Z" have the precision of what is not 00."""
    qualifiers = tuple(
        Snak(name, SnakType.VALUE, Time(time, 9 if "-00-00T" in time else 11)) for name, time in times.items()
    )
    return Statement(Snak("P102", SnakType.VALUE, EntityRef(value)), rank, qualifiers)


def selected(
    rows: ClaimRow | Sequence[ClaimRow],
    comparisons: Comparison | Sequence[Comparison],
    *,
    accepted: bool = True,
    known: Mapping[str, WikidataItem] | None = None,
) -> Selection:
    rows = [rows] if isinstance(rows, ClaimRow) else rows
    comparisons = [comparisons] if isinstance(comparisons, Comparison) else comparisons
    return select(
        rows,
        comparisons,
        accepted={row.key for row in rows} if accepted else (),
        known=Known(MemoryGazetteer(ITEMS, documents=known)),
    )


def item(*statements: Statement) -> dict[str, WikidataItem]:
    return {OTTOLINE: WikidataItem(OTTOLINE, statements=statements), BRANCH.id: BRANCH}


def times(selection: Selection) -> list[dict[str, str | None]]:
    """The qualifiers of each addition."""
    return [
        {name: None if time is None else str(time) for name, time in addition.qualifiers}
        for addition in selection.additions
    ]


def test_an_accepted_addition() -> None:
    row = row_of(("startTime", "2015-06"))
    found = selected(row, comparison(row))
    assert times(found) == [{"P580": "2015-06"}]
    assert (found.left_out, found.statements, found.candidates) == ({}, 1, 1)
    (line,) = commands(found.additions, retrieved=date(2031, 5, 6))
    assert line.startswith(f"{OTTOLINE}\tP102\t{LANTERN}\tP580\t+2015-06-00T00:00:00Z/10\tS854\t")


def test_nothing_without_review() -> None:
    row = row_of()
    found = selected(row, comparison(row), accepted=False)
    assert (found.additions, found.left_out) == ((), {LeftOut.NOT_REVIEWED: 1})


@pytest.mark.parametrize("verdict", [Verdict.AGREES, Verdict.CONFLICTS])
def test_what_wikidata_knows_or_contradicts_is_no_addition(verdict: Verdict) -> None:
    row = row_of()
    found = selected(row, comparison(row, verdict))
    assert (found.additions, found.candidates) == ((), 0)


def test_negative_and_imagined_claims_are_no_additions() -> None:
    row = row_of()
    assert selected(row, comparison(row, negative=True)).candidates == 0
    for more in ({"polarity": "negative"}, {"modality": "hypothetical"}):
        row = row_of(**more)
        assert selected(row, comparison(row)).candidates == 0


def test_only_relations_of_a_life_with_their_own_properties_come_out(ontology: Ontology) -> None:
    every = {property_id for properties in PROPERTIES.values() for property_id in properties} | {"P1", "P1344", "P1399"}
    offered = set()
    for relation in ontology.relations:
        row = row_of(relation=relation.name)
        for property_id in every:
            for verdict in Verdict:
                found = selected(row, comparison(row, verdict, property=property_id))
                if found.candidates:
                    offered.add((relation.name, property_id))
                    assert relation.name in PROPERTIES
                    assert property_id in (*relation.wikidata, "P40")
    assert {name for name, _ in offered} == set(PROPERTIES)
    hostile = {
        "accuses",
        "criticizes",
        "denies",
        "suspendedFrom",
        "expelledFrom",
        "chargedWith",
        "investigatedFor",
        "suedBy",
    }
    assert hostile <= {relation.name for relation in ontology.relations}
    assert not hostile & set(PROPERTIES)


def test_every_property_stands_in_the_ontology(ontology: Ontology) -> None:
    for name, properties in PROPERTIES.items():
        assert properties - {"P40"} == set(ontology.relation(name).wikidata)


@pytest.mark.parametrize(
    ("row", "more", "reason"),
    [
        (row_of(), {"value": None}, LeftOut.UNLINKED),
        (row_of(), {"item": "person/x-00000000"}, LeftOut.UNLINKED),
        (row_of(url=None), {}, LeftOut.NO_URL),
        (row_of(("atThatTime", "true")), {}, LeftOut.NO_DATE),
        (row_of(("startTime", "2015"), ("endTime", "2014")), {}, LeftOut.TIMES_DISAGREE),
    ],
)
def test_left_out(row: ClaimRow, more: dict[str, str | None], reason: LeftOut) -> None:
    assert selected(row, comparison(row, **more)).left_out == {reason: 1}


@pytest.mark.parametrize(
    ("qualifiers", "wanted"),
    [
        ((), {}),
        ((("pointInTime", "2015"),), {"P585": "2015"}),
        ((("ended", "true"),), {"P582": None}),
        ((("endTimeText", "last spring"),), {"P582": None}),
        ((("endTime", "2015-06-01/2015-06-07"),), {"P582": "2015-06"}),
        ((("endTime", "2019-12-28/2020-01-03"),), {"P582": None}),
        ((("endTime", "soon"),), {"P582": None}),
        ((("startTime", "2019-12-28/2020-01-03"),), {}),
        ((("startTimeText", "long ago"),), {}),
        ((("atThatTime", "true"), ("pointInTime", "2015")), {"P585": "2015"}),
        (
            (("mode", "interview"), ("endTime", "2015-06-07"), ("startTime", "2014")),
            {"P580": "2014", "P582": "2015-06-07"},
        ),
    ],
)
def test_times_of_a_new_statement(qualifiers: Times, wanted: dict[str, str | None]) -> None:
    row = row_of(*qualifiers)
    assert times(selected(row, comparison(row))) == [wanted]


SINCE, UNTIL = {"P580": "+2015-00-00T00:00:00Z"}, {"P582": "+2015-00-00T00:00:00Z"}


@pytest.mark.parametrize(
    ("there", "verdict", "qualifiers", "wanted"),
    [
        ((statement(),), Verdict.MORE_PRECISE, (("startTime", "2015"),), {"P580": "2015"}),
        ((statement(**SINCE),), Verdict.OUT_OF_DATE, (("endTime", "2018"),), {"P582": "2018"}),
        ((statement(**SINCE),), Verdict.OUT_OF_DATE, (("endTime", "2018"), ("startTime", "2015-06")), {"P582": "2018"}),
        ((statement(**SINCE),), Verdict.OUT_OF_DATE, (("ended", "true"),), {"P582": None}),
        ((statement("Q990000012"),), Verdict.MORE_PRECISE, (), {}),
        ((statement("Q990000012"),), Verdict.ADDS, (("startTime", "2015"),), {"P580": "2015"}),
        ((statement(**SINCE),), Verdict.MORE_PRECISE, (("startTime", "2015-06"),), LeftOut.COARSER_DATE),
        ((statement(**SINCE),), Verdict.MORE_PRECISE, (), LeftOut.NOTHING_NEW),
        ((statement(**SINCE),), Verdict.OUT_OF_DATE, (), LeftOut.NOTHING_NEW),
        ((statement(**SINCE),), Verdict.OUT_OF_DATE, (("endTime", "2014"),), LeftOut.TIMES_DISAGREE),
        ((statement(**UNTIL),), Verdict.OUT_OF_DATE, (("endTime", "2018"),), LeftOut.COARSER_DATE),
        ((statement(**UNTIL),), Verdict.OUT_OF_DATE, (("startTime", "2018"),), LeftOut.SEVERAL),
        ((statement(**SINCE), statement()), Verdict.OUT_OF_DATE, (("endTime", "2018"),), LeftOut.SEVERAL),
        ((statement(rank=Rank.DEPRECATED),), Verdict.ADDS, (), LeftOut.SEVERAL),
        ((statement(),), Verdict.ADDS, (), LeftOut.SEVERAL),
        ((statement("Q990000013"),), Verdict.OUT_OF_DATE, (("startTime", "2020"),), LeftOut.OTHER_VALUE),
        ((statement("Q990000014"),), Verdict.OUT_OF_DATE, (("startTime", "2020"),), LeftOut.OTHER_VALUE),
        ((statement("Q990000012"),), Verdict.OUT_OF_DATE, (("startTime", "2020"),), {"P580": "2020"}),
    ],
)  # fmt: skip
def test_beside_what_is_there(
    there: tuple[Statement, ...], verdict: Verdict, qualifiers: Times, wanted: dict[str, str | None] | LeftOut
) -> None:
    row = row_of(*qualifiers)
    found = selected(row, comparison(row, verdict, statement=there[0]), known=item(*there))
    if isinstance(wanted, LeftOut):
        assert (found.additions, found.left_out) == ((), {wanted: 1})
    else:
        assert times(found) == [wanted]


FATHER = Statement(Snak("P22", SnakType.VALUE, EntityRef("Q990000003")))


@pytest.mark.parametrize(
    ("detail", "property_id", "there", "wanted"),
    [
        ("daughter", "P22", (), {}),
        (None, "P25", (FATHER,), {}),
        ("stepdaughter", "P22", (), {LeftOut.OTHER_KIN: 1}),
        ("adopted son", "P40", (), {LeftOut.OTHER_KIN: 1}),
        ("daughter", "P22", (FATHER,), {LeftOut.OTHER_KIN: 1}),
        ("daughter", "P22", (replace(FATHER, rank=Rank.DEPRECATED),), {}),
        ("daughter", "P22", (Statement(Snak("P22", SnakType.SOMEVALUE)),), {}),
    ],
)
def test_parents(
    detail: str | None, property_id: str, there: tuple[Statement, ...], wanted: dict[LeftOut, int]
) -> None:
    row = row_of(relation="childOf", detail=detail)
    found = selected(row, comparison(row, property=property_id), known=item(*there))
    assert (found.left_out, len(found.additions)) == (wanted, 0 if wanted else 1)


def test_without_the_item_its_statement_still_counts() -> None:
    row = row_of(("startTime", "2015-06"))
    found = selected(row, comparison(row, Verdict.MORE_PRECISE, statement=statement(**SINCE)))
    assert found.left_out == {LeftOut.COARSER_DATE: 1}


def test_two_articles_give_two_references_and_one_date() -> None:
    rows = [
        row_of(("startTime", "2015"), number=1),
        row_of(("startTime", "2015-06"), number=2, url="https://news.invalid/2"),
    ]
    found = selected(rows, [comparison(row) for row in rows])
    assert times(found) == [{}, {"P580": "2015-06"}]
    assert found.statements == 1
    assert len(commands(found.additions, retrieved=date(2031, 5, 6))) == 2


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ((("ended", "true"),), (("endTime", "2018"),), [{}, {"P582": "2018"}]),
        ((("startTime", "2015"),), (("startTime", "2016"),), None),
        ((("startTime", "2015"),), (("endTime", "2014"),), None),
        ((("pointInTime", "2015"),), (("pointInTime", "2016"),), [{}, {}]),
    ],
)
def test_articles_whose_times_do_not_fit_together(
    first: Times, second: Times, wanted: list[dict[str, str]] | None
) -> None:
    rows = [row_of(*first, number=1), row_of(*second, number=2)]
    found = selected(rows, [comparison(row) for row in rows])
    if wanted is None:
        assert (found.additions, found.left_out) == ((), {LeftOut.TIMES_DISAGREE: 2})
    else:
        assert times(found) == wanted


def test_a_comparison_of_another_claim_is_passed_over() -> None:
    row = row_of()
    assert selected(row, replace(comparison(row), claim=7)).candidates == 0
