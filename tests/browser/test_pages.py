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
FIRST = ["/", "/article/{copy}?q=die"]
PAGES = [
    *FIRST,
    "/explore?q=dam&q=strike",
    "/explore?q=kaltenau&view=table",
    "/explore?q=%22broken",
    "/topic/dam-failure",
    "/topics",
    "/source/marsa-alakhbar",
    "/sources",
    "/stories",
    "/story/{dam}",
    "/story/{talks}",
    "/people",
    "/person/{speaker}",
    "/compare?q=kaltenau",
    "/compare/calendar?q=strike",
    "/compare/lines?q=dam&q=strike",
    "/compare/periods?topic=dam-failure&peak=2026-07-14..2026-07-16",
    "/compare/words?q=dam%20AND%20rain",
    "/compare/citations",
    "/compare/topics",
    "/health",
    "/sql?s=FROM%20coverage_over_time(asked%20%3A%3D%20%27dam%27)",
    "/about",
    "/nothing",
]


@pytest.mark.parametrize(
    ("scheme", "width", "addresses"),
    [
        ("dark", 320, FIRST),
        *(
            pytest.param(scheme, width, PAGES, marks=pytest.mark.slow)
            for scheme in ("light", "dark")
            for width in (320, 1440)
        ),
    ],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    open_page: Callable[..., Page],
    settled: Callable[[Page], None],
    server: str,
    named: dict[str, int],
    scheme: str,
    width: int,
    addresses: list[str],
) -> None:
    page, found = open_page("/about", scheme=scheme, width=width), []
    for address in [each.format(**named) for each in addresses]:
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


@pytest.mark.slow
def test_clearing_what_stood_out_shows_all(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
    page = open_page("/")
    settled(page)
    expect(page.locator("#chart-title")).to_have_text("NATO and Ukraine: share of articles by day")
    page.locator(".mantine-MultiSelect-pillsList").first.locator("button").first.click()
    expect(page).to_have_url(f"{server}/?all=yes")
    expect(page.locator("#chart-title")).to_have_text("All articles: articles by day")
    page.go_back()
    expect(page.locator("#chart-title")).to_have_text("NATO and Ukraine: share of articles by day")


@pytest.mark.slow
def test_words_are_suggested_while_typing(
    open_page: Callable[..., Page], settled: Callable[[Page], None], until: Callable[[Page, str], None]
) -> None:
    page = open_page("/explore")
    settled(page)
    page.locator("#query-1").press_sequentially("storm OR kalten")
    until(page, "[...document.querySelectorAll('#words option')].some(word => word.value === 'storm OR kaltenau')")


@pytest.mark.slow
def test_an_older_address_says_that_the_data_are_newer(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
    page = open_page("/explore?publication=2026-08-01-060000&q=dam")
    settled(page)
    expect(page.locator("#notices")).to_contain_text("made from publication 2026-08-01-060000; the data are now of")
    page.goto(f"{server}/stories?publication=2026-08-01-060000")
    settled(page)
    expect(page.locator("#content > .notice")).to_contain_text("so numbers may differ")


@pytest.mark.slow
def test_the_same_counted_otherwise_stands_under_the_chart(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
    page = open_page("/explore?q=kaltenau")
    settled(page)
    expect(page.locator("#robust-ways li")).to_have_count(5)
    expect(page.locator("#robust-ways svg path.way")).to_have_count(5)
    page.locator("#robust-ways").get_by_text("copies left out").click()
    expect(page).to_have_url(f"{server}/explore?copies=no&q=kaltenau")


def test_back_is_never_dead(open_page: Callable[..., Page], settled: Callable[[Page], None], server: str) -> None:
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
    expect(page.locator("#why-title")).to_have_text("Why 24–28 Jun 2026?")


def test_controls_write_the_address_and_the_address_sets_the_controls(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
    page = open_page("/explore?q=dam")
    settled(page)
    page.locator("#choose-measure").get_by_text("Count").click()
    expect(page).to_have_url(f"{server}/explore?measure=count&q=dam")
    expect(page.locator("#chart-title")).to_have_text("dam: articles by day")
    page.locator("#choose-grain").get_by_text("Week").click()
    expect(page).to_have_url(f"{server}/explore?grain=week&measure=count&q=dam")
    page.locator("#query-2").fill("strike")
    page.locator("#query-2").press("Enter")
    expect(page).to_have_url(f"{server}/explore?grain=week&measure=count&q=dam&q=strike")
    expect(page.locator("#query-3")).to_be_visible()
    page.get_by_text("More filters").click()
    page.get_by_label("Leave copies out").check()
    expect(page).to_have_url(f"{server}/explore?copies=no&grain=week&measure=count&q=dam&q=strike")
    for _ in range(4):
        page.go_back()
    expect(page).to_have_url(f"{server}/explore?q=dam")
    expect(page.locator("#chart-title")).to_have_text("dam: share of articles by day")
    expect(page.locator("#query-2")).to_have_value("")
    expect(page.get_by_label("Leave copies out")).not_to_be_checked()
    expect(page.locator("#choose-measure input:checked")).to_have_value("share")


@pytest.mark.slow
def test_a_change_of_filters_keeps_what_is_on_the_screen(
    open_page: Callable[..., Page], settled: Callable[[Page], None]
) -> None:
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
def test_the_scheme_is_kept_and_drawn(
    open_page: Callable[..., Page], settled: Callable[[Page], None], until: Callable[[Page, str], None]
) -> None:
    page = open_page("/explore?q=dam", scheme="dark")
    settled(page)
    line = "getComputedStyle(document.querySelector('#chart .scatterlayer path.js-line')).stroke"
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(86, 180, 233)'")
    page.get_by_text("Light or dark").click()
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(0, 114, 178)'")
    page.reload()
    settled(page)
    until(page, f"Boolean(document.querySelector('#chart path.js-line')) && {line} === 'rgb(0, 114, 178)'")


def test_from_a_chart_to_an_article_by_keyboard_alone(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
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
    page.locator("#chart-table").get_by_text("Tue 14 Jul 2026").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#why-title")).to_have_text("Why 14 Jul 2026?")
    page.keyboard.press("]")
    expect(page.locator("#why-title")).to_have_text("Why 15 Jul 2026?")
    page.locator("#why-stories a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_have_text("Who told it when")
    page.locator("td.head a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#article-text")).to_be_visible()
    for _ in range(2):
        page.go_back()
    expect(page.locator("#why-title")).to_have_text("Why 15 Jul 2026?")


@pytest.mark.slow
def test_right_to_left_texts_run_from_the_right(
    open_page: Callable[..., Page], settled: Callable[[Page], None]
) -> None:
    page = open_page("/source/marsa-alakhbar")
    settled(page)
    page.locator("#list-table td.head a").first.click()
    expect(page.locator("#article-text")).to_have_attribute("lang", "ar")
    assert page.evaluate("getComputedStyle(document.querySelector('#article-text p')).direction") == "rtl"


@pytest.mark.slow
def test_few_callbacks_few_bytes_and_a_quick_first_paint(
    open_page: Callable[..., Page], settled: Callable[[Page], None], server: str
) -> None:
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
