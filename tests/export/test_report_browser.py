"""The report in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from export_press import compared, press
from playwright.sync_api import Browser, Page, sync_playwright

from kg.export.claims import claim_rows
from kg.export.report import write_report

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    comparisons = compared(claim_rows(*press()))
    write_report(path, *press(), skipped=[("inbox/empty.txt", "nothing in it")], comparisons=comparisons)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, report: Path) -> Iterator[Page]:
    """The report, with what the browser complains of and asks for."""
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.complaints, opened.requests = [], []  # type: ignore[attr-defined]
    opened.on("console", lambda message: opened.complaints.append(message.text))  # type: ignore[attr-defined]
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))  # type: ignore[attr-defined]
    opened.on("request", lambda asked: opened.requests.append(asked.url))  # type: ignore[attr-defined]
    opened.goto(report.as_uri())
    opened.scheme = request.param  # type: ignore[attr-defined]
    yield opened
    context.close()


def shade(page: Page, selector: str, style: str) -> float:
    """How bright a colour is, 0 to 255."""
    script = "([found, style]) => getComputedStyle(document.querySelector(found))[style]"
    colour = page.evaluate(script, [selector, style])
    return sum(float(part) for part in colour.strip("rgba()").split(",")[:3]) / 3


def test_quiet_and_alone(page):
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(100)
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert len(page.requests) == 1


def test_headings_and_names_for_screen_readers(page):
    assert page.get_by_role("heading", level=1).inner_text() == "Who says what about whom"
    for name in ("The network", "Accusations", "Beside Wikidata", "The claims, with their sentences", "What was read"):
        assert page.get_by_role("heading", level=2, name=name).is_visible()
    assert page.get_by_role("img", name="Network of who says what about whom").is_visible()
    assert page.get_by_role("table").count() >= 7
    assert page.get_by_role("navigation").get_by_role("link").count() >= 8


def test_evidence_is_highlighted(page):
    marks = page.locator("article.claim mark")
    assert marks.count() == 42
    assert page.locator("article.claim mark", has_text="Not one penny").count() == 0
    behind = shade(page, "article.claim", "backgroundColor")
    mark, ink = (shade(page, "article.claim mark", style) for style in ("backgroundColor", "color"))
    assert abs(mark - behind) > 10
    assert abs(mark - ink) > 100


def test_dark_is_dark_and_light_is_light(page):
    ground, ink = (shade(page, "body", style) for style in ("backgroundColor", "color"))
    assert (ground < 60 < 200 < ink) if page.scheme == "dark" else (ink < 60 < 200 < ground)
    assert page.locator(".names text").first.evaluate("e => getComputedStyle(e).fill") != ""


def test_a_number_leads_to_its_claim(page):
    table = page.get_by_role("region", name="Who accuses whom of what")
    link = table.get_by_role("link", name="Claim ").first
    target = link.get_attribute("href")
    link.click()
    page.wait_for_timeout(700)
    card = page.locator(f"article{target}")
    assert "accuses Quillon Marshferret" in card.inner_text()
    box = card.bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 900


def test_a_node_leads_to_its_claims(page):
    page.locator("svg.network a", has=page.locator("circle")).first.click()
    assert page.url.rpartition("#")[2].startswith("entity-")


def test_no_sideways_scrolling_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_names_in_the_picture_do_not_cover_each_other(page):
    boxes = page.locator(".names text").evaluate_all(
        "found => found.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    assert len(boxes) == 15
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            assert wide < 2 or high < 4


def test_prints(browser, report, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert shade(page, "body", "backgroundColor") > 250
    assert shade(page, "body", "color") < 60
    assert not page.get_by_role("navigation").is_visible()
    page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
    context.close()
