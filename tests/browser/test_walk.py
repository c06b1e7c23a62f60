"""The walk of an analyst: open, search, drag over the burst, reach an article, hand the address on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from etl.methods.words import fold
from etl.newsroom.truth import Newsroom

pytestmark = pytest.mark.browser

DRAWN = "#chart .scatterlayer .trace"


def drag(page: Page, first: str, last: str) -> None:
    """Drag over the chart from one day to another."""
    box, ends = page.locator("#chart .nsewdrag").bounding_box(), []
    assert box is not None
    for day in (first, last):
        at = page.evaluate("day => document.querySelector('#chart .js-plotly-plot')._fullLayout.xaxis.d2p(day)", day)
        ends.append(box["x"] + at)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(ends[0], middle)
    page.mouse.down()
    page.mouse.move((ends[0] + ends[1]) / 2, middle, steps=4)
    page.mouse.move(ends[1], middle, steps=4)
    page.mouse.up()


def test_from_a_search_over_the_burst_to_an_article_and_on_to_a_colleague(
    open_page: Callable[..., Page], server: str, truth: Newsroom
) -> None:
    page = open_page("/")
    expect(page.locator(DRAWN).first).to_be_visible()
    page.locator("#search-field").fill("kaltenau")
    page.locator("#search-field").press("Enter")
    expect(page).to_have_url(f"{server}/explore?q=kaltenau")
    expect(page.locator("#page-title")).to_have_text("Explore")
    expect(page.locator("#chart-title")).to_have_text("kaltenau: share of articles by day")
    expect(page.locator(DRAWN).first).to_be_visible()

    drag(page, "2026-07-13 14:00", "2026-07-16 10:00")
    expect(page).to_have_url(f"{server}/explore?peak=2026-07-14..2026-07-16&q=kaltenau")
    expect(page.locator("#why-title")).to_have_text("Why 14–16 Jul 2026?")
    written = [
        article
        for article in truth.articles.values()
        if "kaltenau" in fold(f"{article.title} {' '.join(article.paragraphs)}")
        and date(2026, 7, 14) <= article.published_at.date() <= date(2026, 7, 16)
    ]
    number = page.locator("#list-title").inner_text()
    assert number == f"{len(written)} articles 14–16 Jul 2026"
    assert page.locator("#why-note").inner_text().startswith(f"kaltenau: {len(written)} articles")
    assert page.locator("#why-stories tbody tr").count() > 0

    second = open_page(page.url.removeprefix(server))
    expect(second.locator("#list-title")).to_have_text(number)
    expect(second.locator("#query-1")).to_have_value("kaltenau")
    assert second.locator("#list-table tbody").inner_text() == page.locator("#list-table tbody").inner_text()

    page.locator("#list-table td.head a").first.click()
    expect(page.locator("#article-text mark.match").first).to_be_visible()
    page.go_back()
    expect(page.locator("#list-title")).to_have_text(number)
    page.go_back()
    expect(page.locator("#why-title")).to_have_text("What it is made of")
    page.go_forward()
    expect(page.locator("#list-title")).to_have_text(number)
