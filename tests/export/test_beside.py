"""The report beside Wikidata, and after reviews."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_press import compared, press
from lxml import html

from kg.export.beside import WORDS, Review, compare, kept, review_of, reviews_of, statement_words
from kg.export.claims import claim_rows
from kg.export.report import render_report
from kg.merge.verdict import Comparison, Verdict
from kg.model.decision import Decision
from kg.model.decision import Verdict as Judgement
from kg.wikidata.item import EntityRef, Monolingual, Rank, Snak, SnakType, Statement, Text, Time

LANTERN = "Q990000011"
LABELS = {LANTERN: "Lantern Party", "Q990000099": "Reed Party"}


def time(name: str, written: str, precision: int = 9) -> Snak:
    return Snak(name, SnakType.VALUE, Time(written, precision))


def statement(*qualifiers: Snak, main: Snak | None = None) -> Statement:
    return Statement(main or Snak("P102", SnakType.VALUE, EntityRef(LANTERN)), Rank.NORMAL, qualifiers)


ROWS = claim_rows(*press())
COMPARISONS = compared(ROWS)


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def page_of(**more: object) -> html.HtmlElement:
    return html.document_fromstring(render_report(*press(), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (statement(), "Lantern Party (member of political party)"),
        (statement(time("P580", "+1987-00-00T00:00:00Z"), time("P582", "+2018-05-00T00:00:00Z", 10)),
         "Lantern Party (member of political party), 1987 to May 2018"),
        (statement(time("P580", "+1987-00-00T00:00:00Z"), Snak("P582", SnakType.NOVALUE)),
         "Lantern Party (member of political party), from 1987"),
        (statement(Snak("P582", SnakType.SOMEVALUE)),
         "Lantern Party (member of political party), until an unknown date"),
        (statement(time("P585", "+1990-00-00T00:00:00Z", 8)), "Lantern Party (member of political party), the 1990s"),
        (statement(time("P580", "-0044-00-00T00:00:00Z")),
         "Lantern Party (member of political party), from an unreadable date"),
        (statement(main=Snak("P26", SnakType.NOVALUE)), "no value (spouse)"),
        (statement(main=Snak("P26", SnakType.SOMEVALUE)), "an unknown value (spouse)"),
        (statement(main=time("P570", "+2001-02-03T00:00:00Z", 11)), "3 February 2001 (date of death)"),
        (statement(main=time("P570", "-0044-00-00T00:00:00Z")), "-0044-00-00T00:00:00Z (date of death)"),
        (statement(main=Snak("P26", SnakType.VALUE, EntityRef("Q990000098"))), "Q990000098 (spouse)"),
        (statement(main=Snak("P99999999", SnakType.VALUE, Text("x"))), "x (P99999999)"),
        (statement(main=Snak("P26", SnakType.VALUE, Monolingual("x", "en"))), "a value of another kind (spouse)"),
    ],
)  # fmt: skip
def test_a_statement_in_words(shown: Statement, wanted: str) -> None:
    assert statement_words(shown, LABELS.get) == wanted


@pytest.mark.parametrize(
    ("verdict", "more", "wanted"),
    [
        (Judgement.ACCEPT, {}, Review(True, "accepted by A. B. on 3 May 2031")),
        (Judgement.REJECT, {"reason": "a namesake"}, Review(False, "rejected by A. B. on 3 May 2031: a namesake")),
        (Judgement.ACCEPT, {"reviewer": ""}, Review(True, "accepted by a reviewer on 3 May 2031")),
    ],
)
def test_a_review_in_words(verdict: Judgement, more: dict[str, str], wanted: Review) -> None:
    decision = Decision(verdict, "2031-05-03T10:00:00Z", **{"reviewer": "A. B.", **more})  # type: ignore[arg-type]
    assert review_of(decision) == wanted
    assert reviews_of({("a", 1): decision}) == {("a", 1): wanted}


def test_every_verdict_has_words() -> None:
    assert set(WORDS) == set(Verdict)


def test_counts_and_differences() -> None:
    found = compare(ROWS, COMPARISONS, label_of=LABELS.get)
    assert found.compared == len(COMPARISONS)
    assert {tally.verdict: len(tally.rows) for tally in found.tallies} == {
        verdict: sum(one.verdict is verdict for one in COMPARISONS) for verdict in Verdict
    }
    names = [difference.row.subject.name for difference in found.differences]
    assert names == sorted(names)
    assert len(names) == sum(one.verdict is Verdict.CONFLICTS for one in COMPARISONS)
    assert compare(ROWS, (), label_of=LABELS.get).tallies == ()


def test_comparisons_of_claims_that_are_not_shown_do_not_count() -> None:
    assert compare(ROWS[:1], COMPARISONS, label_of=LABELS.get).compared <= 1


def test_cards_say_how_they_stand_to_wikidata() -> None:
    page = page_of(comparisons=COMPARISONS)
    said = page.xpath("//article//p[contains(@class, 'beside')]")
    assert len(said) == len(COMPARISONS)
    agreeing = [words(node) for node in said if words(node).startswith("agrees")]
    assert set(agreeing) == {"agrees with Wikidata: Lantern Party (member of political party), from 2019"}
    assert {words(node) for node in said if "no such" in words(node)} == {"Wikidata has no such statement"}
    links = {link for node in said for link in node.xpath(".//a/@href")}
    assert all(link.startswith("https://www.wikidata.org/wiki/Q99000000") and link.endswith("#P102") for link in links)


def test_subjects_without_a_qid_have_no_link() -> None:
    page = page_of(comparisons=COMPARISONS)
    section = page.xpath("//section[h3/bdi = 'Isolde Crabtreen']")[0]
    (node,) = section.xpath(".//p[contains(@class, 'beside')]")
    assert node.xpath(".//a") == []


def test_the_table_of_verdicts_and_the_differences() -> None:
    page = page_of(comparisons=COMPARISONS)
    counts = page.xpath("//div[@aria-label='Claims by how they stand to Wikidata']//tbody/tr")
    assert [row.xpath("./th/text()")[0] for row in counts] == [name.name for name in WORDS.values()]
    assert sum(int(words(row.xpath("./td")[0])) for row in counts) == len(COMPARISONS)
    assert all(row.xpath("./th//a[starts-with(@href, '#claim-')]") for row in counts)
    rows = page.xpath("//div[@aria-label='Claims that differ from Wikidata']//tbody/tr")
    assert len(rows) == sum(one.verdict is Verdict.CONFLICTS for one in COMPARISONS)
    for row in rows:
        assert row.xpath("./th//a[starts-with(@href, '#claim-')]")
        assert words(row.xpath(".//mark")[0])
        assert "differs from Wikidata: Lantern Party (member of political party), from 2019" in words(row)
        assert "<because> of" in words(row)
    text = words(page)
    assert "A difference is no error of either side" in text
    assert "Wikidata is no judge of the press" in text


def test_nothing_of_wikidata_without_comparisons() -> None:
    text = words(page_of())
    assert "Beside Wikidata" not in text
    assert "rejected by reviewers" not in text


def test_unlisted_claims_are_compared_all_the_same() -> None:
    page = page_of(comparisons=COMPARISONS, max_claims=3)
    counts = page.xpath("//div[@aria-label='Claims by how they stand to Wikidata']//tbody/tr/td[1]")
    assert sum(int(words(cell)) for cell in counts) == len(COMPARISONS)
    targets = {target[1:] for target in page.xpath("//@href") if target.startswith("#")}
    assert targets <= set(page.xpath("//@id"))


def test_items_are_named_by_the_resolution_first() -> None:
    page = page_of(comparisons=COMPARISONS, label_of=lambda _: "another name")
    assert "agrees with Wikidata: Lantern Party" in words(page)
    elsewhere = [
        Comparison(**{**{name: getattr(one, name) for name in Comparison.__slots__}, "statement": statement(
            main=Snak("P102", SnakType.VALUE, EntityRef("Q990000099")))})
        for one in COMPARISONS[:1]
    ]  # fmt: skip
    assert "Reed Party (member" in words(page_of(comparisons=elsewhere, label_of=LABELS.get))
    assert "Q990000099 (member" in words(page_of(comparisons=elsewhere))


def test_reviews() -> None:
    accusation = next(row for row in ROWS if row.denials)
    denial = (accusation.article_key, accusation.denials[0])
    membership = next(row for row in ROWS if row.claim.relation == "memberOf")
    reviews = {
        denial: Review(False, "rejected by B. Sample"),
        membership.key: Review(True, "accepted by A. <Example> on 3 May 2031"),
    }
    page = page_of(reviews=reviews, comparisons=COMPARISONS)
    text = words(page)
    assert "Reviewed" in text
    assert "accepted by A. <Example> on 3 May 2031 · agrees with Wikidata" in text
    assert "B. Sample" not in text
    assert "1 more rejected by reviewers and not shown" in text
    assert len(page.xpath("//article[contains(@class, 'claim')]")) == len(ROWS) - 1
    left = {row.key: row for row in kept(ROWS, reviews)}
    assert denial not in left
    assert left[accusation.key].denials == ()
    assert kept(ROWS, {}) == ROWS


def test_what_only_a_table_tells_is_no_record_of_wikidata() -> None:
    stated = [one for one in COMPARISONS if one.statement is not None]
    assert stated
    tables = [replace(one, statement=replace(one.statement, id=None)) for one in stated if one.statement is not None]
    records = [replace(one, statement=replace(one.statement, id="Q1$1")) for one in stated if one.statement is not None]
    assert compare(ROWS, tables, label_of=LABELS.get).from_tables == len(tables)
    assert compare(ROWS, records, label_of=LABELS.get).from_tables == 0
