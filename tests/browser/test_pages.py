"""Every page in a real browser: readable for all, in both schemes and on a small screen, and sound when walked back and forth."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

DRAWN = "#chart .scatterlayer .trace"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/",
    "/explore?q=dam&q=budget",
    "/explore?q=dam&view=table",
    "/explore?q=%22broken",
    "/topic/dam",
    "/topics",
    "/source/harbour-post",
    "/sources",
    "/stories",
    "/story/199",
    "/article/84?q=dam",
    "/health",
    "/about",
    "/nothing",
]


def until(page: Page, expression: str) -> None:
    """Wait until JavaScript says yes; Playwright's own waiting needs eval, which the policy forbids."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def settled(page: Page) -> None:
    """Wait until a page shows what it asked for."""
    page.wait_for_selector("#page-title")
    if page.locator("#chart").count():
        until(
            page,
            "document.getElementById('list-title').textContent !== 'Articles' || Boolean(document.querySelector('[id$=-error]'))",
        )
    until(page, "!document.querySelector('[data-dash-is-loading=true]')")
    page.wait_for_timeout(150)  # of drawing


@pytest.mark.parametrize(
    ("scheme", "width", "addresses"),
    [
        ("dark", 320, PAGES[:1] + PAGES[10:11]),
        *(
            pytest.param(scheme, width, PAGES, marks=pytest.mark.slow)
            for scheme in ("light", "dark")
            for width in (320, 1440)
        ),
    ],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    open_page: Callable[..., Page], server: str, scheme: str, width: int, addresses: list[str]
) -> None:
    page, found = open_page("/about", scheme=scheme, width=width), []
    for address in addresses:
        page.goto(server + address)
        settled(page)
        page.evaluate(AXE)
        answer = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        found += [
            (address, each["id"], each["impact"], each["nodes"][0]["html"][:120]) for each in answer["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((address, "scrolls sideways", "", ""))
    assert found == []


def test_back_is_never_dead(open_page: Callable[..., Page], server: str) -> None:
    page = open_page("/about")
    settled(page)
    for link in ("Overview", "Sources", "Health", "Explore"):
        page.locator("nav").get_by_text(link, exact=True).click()
        expect(page.locator("nav [aria-current]")).to_have_text(link)
        settled(page)
    for address in ("/health", "/sources", "/", "/about"):
        page.go_back()
        expect(page).to_have_url(server + address)
    page.go_forward()
    expect(page).to_have_url(f"{server}/")
    settled(page)
    expect(page.locator("#why-title")).to_have_text("Why 9–14 Aug 2026?")


def test_controls_write_the_address_and_the_address_sets_the_controls(
    open_page: Callable[..., Page], server: str
) -> None:
    page = open_page("/explore?q=dam")
    settled(page)
    page.locator("#choose-measure").get_by_text("Count").click()
    expect(page).to_have_url(f"{server}/explore?measure=count&q=dam")
    expect(page.locator("#chart-title")).to_have_text("dam: articles by day")
    page.locator("#choose-grain").get_by_text("Week").click()
    expect(page).to_have_url(f"{server}/explore?grain=week&measure=count&q=dam")
    page.locator("#query-2").fill("budget")
    page.locator("#query-2").press("Enter")
    expect(page).to_have_url(f"{server}/explore?grain=week&measure=count&q=dam&q=budget")
    expect(page.locator("#query-3")).to_be_visible()
    page.get_by_text("More filters").click()
    page.get_by_label("Leave copies out").check()
    expect(page).to_have_url(f"{server}/explore?copies=no&grain=week&measure=count&q=dam&q=budget")
    for _ in range(4):
        page.go_back()
    expect(page).to_have_url(f"{server}/explore?q=dam")
    expect(page.locator("#chart-title")).to_have_text("dam: share of articles by day")
    expect(page.locator("#query-2")).to_have_value("")
    expect(page.get_by_label("Leave copies out")).not_to_be_checked()
    expect(page.locator("#choose-measure input:checked")).to_have_value("share")


@pytest.mark.slow
def test_a_change_of_filters_keeps_what_is_on_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page("/explore?q=dam")
    settled(page)
    page.evaluate(
        "document.querySelector('#chart .js-plotly-plot').marked = true; document.getElementById('query-1').marked = true"
    )
    page.locator("#choose-grain").get_by_text("Week").click()
    expect(page.locator("#chart-title")).to_have_text("dam: share of articles by week from Monday")
    assert page.evaluate(
        "document.querySelector('#chart .js-plotly-plot').marked && document.getElementById('query-1').marked"
    )


@pytest.mark.slow
def test_the_scheme_is_kept_and_drawn(open_page: Callable[..., Page]) -> None:
    page = open_page("/explore?q=dam", scheme="dark")
    settled(page)
    line = "getComputedStyle(document.querySelector('#chart .scatterlayer path.js-line')).stroke"
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(86, 180, 233)'")
    page.get_by_text("Light or dark").click()
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(0, 114, 178)'")
    page.reload()
    settled(page)
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(0, 114, 178)'")


def test_from_a_chart_to_an_article_by_keyboard_alone(open_page: Callable[..., Page], server: str) -> None:
    page = open_page("/about")
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type("dam")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}/explore?q=dam")
    expect(page.locator("#page-title")).to_be_focused()
    settled(page)
    page.keyboard.press("t")
    expect(page).to_have_url(f"{server}/explore?q=dam&view=table")
    page.locator("#chart-table").get_by_text("Tue 11 Aug 2026").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#why-title")).to_have_text("Why 11 Aug 2026?")
    page.keyboard.press("]")
    expect(page.locator("#why-title")).to_have_text("Why 12 Aug 2026?")
    page.locator("#why-stories a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_have_text("Who told it when")
    page.locator("td.head a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#article-text")).to_be_visible()
    for _ in range(2):
        page.go_back()
    expect(page.locator("#why-title")).to_have_text("Why 12 Aug 2026?")


@pytest.mark.slow
def test_hostile_texts_do_nothing(open_page: Callable[..., Page], server: str) -> None:
    page = open_page("/explore?q=%22plum+fair%22")
    settled(page)
    expect(page.locator("#list-title")).to_have_text("4 articles")
    hrefs = page.eval_on_selector_all("#content a", "links => links.map(link => link.href)")
    assert all(href.startswith((server, "http://", "https://")) for href in hrefs)
    for row in range(4):
        page.goto(f"{server}/explore?q=%22plum+fair%22")
        settled(page)
        page.locator("#list-table td.head a:not(.out)").nth(row).click()
        expect(page.locator("#article-text")).to_be_visible()
        assert page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && !document.querySelector('#content script, #content img')"
        )
    assert page.title() != "owned"


@pytest.mark.slow
def test_right_to_left_texts_run_from_the_right(open_page: Callable[..., Page]) -> None:
    page = open_page("/source/al-manara")
    settled(page)
    page.locator("#list-table td.head a").first.click()
    expect(page.locator("#article-text")).to_have_attribute("lang", "ar")
    assert page.evaluate("getComputedStyle(document.querySelector('#article-text p')).direction") == "rtl"


@pytest.mark.slow
def test_few_callbacks_few_bytes_and_a_quick_first_paint(open_page: Callable[..., Page], server: str) -> None:
    page = open_page("/about")
    settled(page)
    asked: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: asked.append(request.url) if "_dash-update-component" in request.url else None)
    page.on(
        "requestfinished",
        lambda request: sizes.append(request.sizes()["responseBodySize"]) if ".js" in request.url else None,
    )
    page.goto(f"{server}/explore?q=dam")
    settled(page)
    assert len(asked) <= 4
    asked.clear()
    page.locator("#choose-grain").get_by_text("Week").click()
    expect(page.locator("#chart-title")).to_have_text("dam: share of articles by week from Monday")
    settled(page)
    assert len(asked) <= 3
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 1_500
    fresh = open_page("/explore?q=dam")
    settled(fresh)
    total = fresh.evaluate(
        "performance.getEntriesByType('resource').filter(each => each.name.includes('.js'))"
        ".reduce((sum, each) => sum + each.encodedBodySize, 0)"
    )
    assert total <= 1_800_000
