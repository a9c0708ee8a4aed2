from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from export_press import Said, annotate, press, resolve, story
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from kg.errors import ExportError
from kg.export.claims import claim_rows
from kg.export.listing import list_claims, passage
from kg.export.report import render_report, write_report
from kg.model import Entity, EntityType, Resolution

SPEECH_ACT = "It is not a finding that the charge is true."


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.xpath(".//text()")).split()).replace(" ,", ",").replace(" :", ":")


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return parsed(render_report(*press(), skipped=[("inbox/<empty>.txt", "nothing in it")]))


def claims(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    found = page.xpath("//article[contains(@class, 'claim')]")
    return {words(card.xpath(".//p[@class='said']")[0]).split(" ", 1)[1]: card for card in found}


def test_says_that_an_accusation_is_a_speech_act(page):
    assert SPEECH_ACT in words(page)
    assert "reported speech act" in words(page)


def test_every_claim_shows_its_sentence_and_marks_the_evidence(page):
    annotations, _ = press()
    cards = page.xpath("//article[contains(@class, 'claim')]")
    assert len(cards) == sum(len(annotation.claims) for annotation in annotations)
    shown = {
        tuple(" ".join(card.xpath(path)[0].text_content().split()) for path in (".//mark", ".//blockquote"))
        for card in cards
    }
    assert ("I deny it", "“I deny it, as I denied it to Ms Brackwater,” Mr Marshferret said.") in shown
    for annotation in annotations:
        for claim in annotation.claims:
            evidence = " ".join(claim.evidence.of(annotation.article.text).split())
            assert any(mark == evidence and evidence in sentence for mark, sentence in shown)


def test_claims_name_article_outlet_date_standing_and_denial(page):
    card = claims(page)[
        "Ottoline Brackwater accuses Quillon Marshferret: running a swindle on every fishing boat in the bay"
    ]
    meta = words(card.xpath(".//p[@class='meta']")[0])
    assert "Brackwater calls harbour dues “a swindle”, Saltmarsh Courier, 2 March 2031" in meta
    assert "stated: the article itself says that this was said" in meta
    assert "high (0.93)" in meta
    assert "denied in the same article" in meta
    denial = card.xpath(".//strong/following-sibling::a/@href")[0]
    assert "Quillon Marshferret denies a charge by" in words(page.get_element_by_id(denial[1:]))


def test_what_is_not_said_to_be_so_is_tagged_and_counted_nowhere(page):
    cards = claims(page)
    assert "Said not to be so Bartolo Nettlefinch accuses Quillon Marshferret" in cards
    hypothetical = cards["Only hypothetical Mirabel Quaystone accuses Fenwick Umberleigh: negligence"]
    assert "counted nowhere" in words(hypothetical)
    table = page.xpath("//div[@aria-label='Who accuses whom of what']//table")[0]
    assert "negligence" not in words(table)
    reported = next(card for said, card in cards.items() if said.endswith("the missing dues"))
    assert "reported: the article passes on what others say, according to Fenwick Umberleigh" in words(reported)


def test_tables(page):
    table = page.xpath("//div[@aria-label='Who accuses whom of what']//tbody")[0]
    rows = [[words(cell) for cell in row] for row in table]
    assert rows[0][:2] == ["Ottoline Brackwater", "Quillon Marshferret"]
    assert rows[0][3] == "3"
    assert rows[0][4].startswith("Denied by Quillon Marshferret")
    assert "running a swindle Saltmarsh Courier, April 2031" in rows[0][2]
    assert rows[-1][:2] == ["Dagny Ollerenquist", "nobody named"]
    assert {row[4] for row in rows[3:4]} == {"none found"}
    accused = page.xpath("//div[starts-with(@aria-label, 'Most often accused')]//tbody/tr")
    assert [words(cell) for cell in accused[0]] == [
        "Quillon Marshferret",
        "4",
        "4",
        "Fenwick Umberleigh, Ottoline Brackwater",
    ]
    outlets = words(page.xpath("//div[@aria-label='Appearances by outlet']//tbody")[0])
    assert "Radio Windlass Dagny Ollerenquist" in outlets
    careers = words(page.xpath("//div[@aria-label='Parties and positions']//tbody")[0])
    assert "Fenwick Umberleigh Mayor of Saltmarsh" in careers
    nobody = words(page.xpath("//div[@aria-label='People without a Wikidata ID']//tbody")[0])
    assert {"Mirabel", "Bartolo", "Isolde"} <= set(nobody.split())
    assert "Ottoline" not in nobody
    assert words(page.xpath("//div[@aria-label='Skipped inputs']//tbody")[0]) == "inbox/<empty>.txt nothing in it"


def test_links_lead_somewhere_and_nothing_is_loaded(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [target[1:] for target in page.xpath("//@href") if target.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)
    assert not page.xpath("//script | //img | //iframe | //object | //link[@rel='stylesheet']")
    assert page.xpath("//link/@href") == ["data:,"]
    assert "url(" not in re.sub(r"url\(#", "", html.tostring(page, encoding="unicode"))
    outside = {t for t in page.xpath("//a/@href") if not t.startswith("#")}
    assert all(t.startswith(("https://www.wikidata.org/wiki/Q", "https://news.invalid/")) for t in outside)


def test_structure_for_screen_readers(page):
    assert page.get("lang") == "en"
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert all(head.get("scope") == "col" for head in table.xpath("./thead//th"))
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
    (svg,) = page.xpath("//svg[@role='img']")
    assert all(page.get_element_by_id(name) is not None for name in svg.get("aria-labelledby").split())
    assert "Most connected: Ottoline Brackwater, Quillon Marshferret" in words(page.get_element_by_id("network-text"))


def test_picture(page):
    names = page.xpath("//svg//g[@class='names']/text/text()")
    assert "Ottoline Brackwater" in names
    assert "Harbour Secretary" not in names
    tips = page.xpath("//svg//g[starts-with(@class, 'edge')]/title/text()")
    assert any(tip.startswith("Ottoline Brackwater accuses Quillon Marshferret: “running") for tip in tips)
    assert any(tip.endswith("(3 articles); denied") for tip in tips)
    markers = set(page.xpath("//svg//marker/@id"))
    ends = {end[5:-1] for end in page.xpath("//svg//path/@marker-end")}
    assert ends == markers
    keys = [words(item) for item in page.xpath("//ul[@aria-label='Symbols']/li")]
    assert keys[:2] == ["Lantern Party and its members", "Harbour League and its members"]


def test_nothing_to_show():
    for read in ((), (annotate(story("High water at noon.")),)):
        page = parsed(render_report(read, resolve(*read)))
        assert "No claims were found" in words(page)
        assert SPEECH_ACT in words(page)
        assert not page.xpath("//svg")


def test_bytes_do_not_depend_on_the_order_of_input(tmp_path):
    annotations, resolution = press()
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    write_report(one, annotations, resolution)
    write_report(two, annotations[::-1], resolution)
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(ExportError, match="cannot write"):
        write_report(tmp_path / "none" / "report.html", annotations, resolution)


def test_says_what_found_no_room():
    annotations, resolution = press()
    page = parsed(render_report(annotations, resolution, max_claims=10, max_nodes=5))
    assert len(page.xpath("//article[contains(@class, 'claim')]")) == 10
    assert "32 more claims found no room here" in words(page)
    assert "kg query" in words(page)
    assert "The picture shows 5 of 15" in words(page)
    assert {t[1:] for t in page.xpath("//@href") if t.startswith("#")} <= set(page.xpath("//@id"))


def test_what_people_say_is_listed_before_careers():
    rows = claim_rows(*press())
    listing = list_claims(rows, limit=15)
    speech = {"accuses", "criticizes", "supports", "denies"}
    assert all(card.row.claim.relation in speech for s in listing.sections for card in s.cards)
    assert listing.left_out == len(rows) - 15
    numbers = [card.number for section in listing.sections for card in section.cards]
    assert numbers == list(range(1, 16))


def test_long_sentences_are_cut_at_words():
    text = "mud " * 200 + "Ottoline Brackwater praised Quillon Marshferret" + " mud" * 200 + "."
    said = Said(
        "supports",
        "Ottoline Brackwater",
        "Quillon Marshferret",
        "Ottoline Brackwater praised Quillon Marshferret",
    )
    annotation = annotate(story(text), said)
    (row,) = claim_rows([annotation], resolve(annotation))
    shown = passage(row)
    assert shown.evidence == said.evidence
    assert shown.before.startswith("… mud")
    assert shown.after.endswith("mud …")
    assert len(shown.before) < 300 > len(shown.after)


def test_addresses_that_are_no_web_addresses_are_no_links():
    text = "Ottoline Brackwater praised Quillon Marshferret."
    said = Said("supports", "Ottoline Brackwater", "Quillon Marshferret", text)
    for url in ("javascript:alert(1)", "data:text/html,x", "https://a b", "//news.invalid"):
        annotation = annotate(story(text, url=url), said)
        page = parsed(render_report([annotation], resolve(annotation)))
        assert url not in page.xpath("//@href")


EVIL = "<script>alert('x')</script>&\"'\u202e"


def test_everything_is_escaped():
    text = f"{EVIL} praised Quillon Marshferret."
    said = Said(
        "supports",
        "Ottoline Brackwater",
        "Quillon Marshferret",
        text,
        detail=EVIL,
        qualifiers=((EVIL, EVIL),),
    )
    article = replace(story(text, title=EVIL, outlet=EVIL, url='https://news.invalid/"><b>'), id=EVIL)
    annotation = annotate(article, said)
    entities = tuple(replace(e, name=EVIL, description=EVIL) for e in resolve(annotation).entities)
    raw = render_report([annotation], Resolution(entities), title=EVIL, skipped=[(EVIL, EVIL)])
    page = parsed(raw)
    assert "<script" not in raw
    assert page.xpath("//title/text()")[0].strip() == EVIL
    assert page.xpath("//b | //script") == []
    assert EVIL in page.xpath("//article//q/bdi/text()")


texts = st.text(st.characters(codec=None), min_size=1, max_size=15)


@settings(max_examples=60, deadline=None)
@given(name=texts, other=texts, detail=texts, title=texts, text=texts, relation=texts)
def test_any_unicode(name, other, detail, title, text, relation):
    annotation = annotate(
        replace(story(text, title=title), id=detail),
        Said("accuses", "Ottoline Brackwater", "Quillon Marshferret", text, detail=detail),
        Said(relation, "Quillon Marshferret", "Ottoline Brackwater", text, detail=detail),
    )
    one, two = resolve(annotation).entities
    page = render_report([annotation], Resolution((replace(one, name=name), replace(two, name=other))))
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
    tree = parsed(page)
    assert len(tree.xpath("//article")) == 2
    assert len(tree.xpath("//article//mark")) == 2


def test_ids_of_alike_entities_stay_apart():
    text = "Ottoline Brackwater praised Quillon Marshferret."
    annotation = annotate(story(text), Said("supports", "Ottoline Brackwater", "Quillon Marshferret", text))
    key = annotation.article.key
    resolution = Resolution(
        (
            Entity("person/é", EntityType.PERSON, "É", members=((key, "e1"),)),
            Entity("person/è", EntityType.PERSON, "È", members=((key, "e2"),)),
        )
    )
    page = parsed(render_report([annotation], resolution))
    assert len(set(page.xpath("//section/@id"))) == 2
