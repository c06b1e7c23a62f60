"""Walks of analysts: each test is a question in a sentence, asked through pages, answered by the newsroom's truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from etl.methods.words import words_of
from etl.newsroom.truth import ArticleTruth, Newsroom

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., Page]
Settled = Callable[[Page], None]


def words_told(article: ArticleTruth) -> set[str]:
    """Return the words of an article, as the search takes them."""
    return set(words_of(f"{article.title} {' '.join(article.paragraphs)}"))


def test_which_source_was_first_on_the_dam_and_how_many_of_the_others_copied(
    open_page: Opened, settled: Settled, truth: Newsroom
) -> None:
    story = truth.stories["kaltenau-dam"]
    page = open_page("/stories")
    settled(page)
    page.locator("td.head a").first.click()
    page.get_by_role("heading", name="Who told it when").wait_for()
    first = truth.sources[story.first_source].source.name
    expect(page.get_by_text(f"{first} was first, on 14 Jul 2026")).to_be_visible()
    copies = sum(truth.articles[address].original is not None for address in story.addresses)
    assert page.locator("td.tight").get_by_text("the same").count() == copies


def test_how_many_articles_of_the_burst_are_on_its_largest_story(
    open_page: Opened, settled: Settled, truth: Newsroom
) -> None:
    page = open_page("/explore?peak=2026-07-14&q=kaltenau")
    settled(page)
    told = [
        article
        for address in truth.stories["kaltenau-dam"].addresses
        if "kaltenau" in words_told(article := truth.articles[address])
        and article.published_at.date() == date(2026, 7, 14)
    ]
    expect(page.locator("#why-stories tbody tr").first.locator("td.number").first).to_have_text(str(len(told)))


def test_who_denied_the_report_of_secret_talks(
    open_page: Opened, settled: Settled, truth: Newsroom, named: dict[str, int]
) -> None:
    page = open_page(f"/story/{named['talks']}")
    settled(page)
    disputers = {
        each.citation.disputer for one in truth.articles.values() for each in one.citations if each.citation.is_dispute
    }
    denied = page.locator(".denied").all_inner_texts()
    assert denied
    by = [text.removeprefix("denied by ") for text in denied if text.startswith("denied by ")]
    assert by
    assert sum(name in disputers for name in by) / len(by) > 0.8


def test_which_days_of_which_source_are_missing(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/health")
    settled(page)
    (source,) = [each for each in truth.sources.values() if each.missing_days]
    gaps = page.locator(".panel", has=page.get_by_role("heading", name="Gaps", exact=True))
    row = gaps.locator("tbody tr").first
    expect(row.locator("td").first).to_have_text(source.source.name)
    first, last = source.missing_days[0], source.missing_days[-1]
    expect(row.locator("td").nth(1)).to_have_text(f"{first.day}–{last.day} {last:%b %Y}")


def test_from_which_report_this_copy_was_taken(
    open_page: Opened, settled: Settled, truth: Newsroom, named: dict[str, int], number_of: Callable[[str], int]
) -> None:
    copy = next(article for article in truth.articles.values() if article.original and article.language == "de")
    assert copy.original is not None
    page = open_page(f"/article/{named['copy']}")
    settled(page)
    sides = page.locator(".sides .part")
    assert all(sides.nth(at).locator("mark.shared").count() for at in (0, 1))
    sides.nth(1).locator("h4 a").click()
    expect(page.locator(".facts")).to_contain_text(f"{number_of(copy.original)}")
    expect(page.locator(".crumbs a").first).to_have_text(
        truth.sources[truth.articles[copy.original].source_id].source.name
    )


def test_how_often_the_dam_is_named_in_arabic(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/")
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type("كالتناو")
    page.keyboard.press("Enter")
    settled(page)
    found = [one for one in truth.articles.values() if "كالتناو" in words_told(one)]
    expected = f"{len(found)} articles" if len(found) != 1 else "1 article"
    expect(page.locator("#list-title")).to_have_text(expected)


def test_on_which_weekday_strikes_are_written_of_most(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/explore?q=strike")
    settled(page)
    page.locator("#chart-compare").click()
    page.get_by_role("link", name="Calendar").click()
    expect(page.get_by_role("heading", name="Calendar")).to_be_visible()
    days = Counter(one.published_at.weekday() for one in truth.articles.values() if "strike" in words_told(one))
    rows = page.locator(".panel tbody tr")
    told = [int(rows.nth(at).locator("td").nth(1).inner_text()) for at in range(7)]
    assert max(range(7), key=lambda day: told[day]) == max(range(7), key=lambda day: days[day])
    assert sum(abs(told[at] - days[at]) for at in range(7)) <= 2  # a text or two that extraction cuts


def test_which_source_gives_the_topic_the_largest_share(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/compare/sources?q=kaltenau")
    settled(page)
    own = Counter(one.source_id for one in truth.articles.values())
    found = Counter(one.source_id for one in truth.articles.values() if "kaltenau" in words_told(one))
    rows = page.locator("#content .panel").nth(1).locator("tbody tr")
    told = {
        rows.nth(at).locator("td").first.inner_text(): rows.nth(at).locator("td").nth(1).inner_text()
        for at in range(rows.count())
    }
    assert told == {truth.sources[name].source.name: str(found[name]) for name in own}


def test_who_cites_whom_most(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/compare/citations")
    settled(page)
    pairs = Counter((one.source_id, each.source_id) for one in truth.articles.values() for each in one.citations)
    (citing, cited), _ = pairs.most_common(1)[0]
    strongest = [row.split("\t")[:2] for row in page.locator("tbody tr").all_inner_texts()[:5]]
    assert [truth.sources[citing].source.name, truth.sources[cited].source.name] in strongest


def test_how_many_articles_each_source_has_by_sql_and_by_keyboard_alone(
    open_page: Opened, settled: Settled, truth: Newsroom
) -> None:
    page = open_page("/about")
    settled(page)
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.get_by_role("heading", name="SQL").wait_for()
    settled(page)
    page.locator("#sql-text").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(
        "SELECT name, count(*) AS articles FROM articles JOIN sources USING (source_id) GROUP BY name ORDER BY articles DESC"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sql-note")).to_have_text(f"{len(truth.sources)} rows.")
    rows = [tuple(row.split("\t")) for row in page.locator("#sql-table tbody tr").all_inner_texts()]
    assert sorted(rows) == sorted((each.source.name, str(each.articles)) for each in truth.sources.values())


def test_who_is_quoted_most_by_keyboard_alone(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/")
    settled(page)
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.locator("#page-title")).to_have_text("People")
    settled(page)
    quoted = page.locator(".panel", has=page.get_by_role("heading", name="Quoted"))
    speakers = Counter(quote.speaker for one in truth.articles.values() for quote in one.quotes if quote.speaker)
    name = quoted.locator("td.head a").first.inner_text()
    assert name in [speaker for speaker, _ in speakers.most_common(3)]
    quoted.locator("td.head a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page-title")).to_have_text(name)
    expect(page.locator("#page-title")).to_be_focused()


def test_whether_the_burst_holds_without_copies(open_page: Opened, settled: Settled, truth: Newsroom) -> None:
    page = open_page("/explore?q=kaltenau")
    settled(page)
    page.locator("#robust-ways").get_by_text("copies left out").click()
    settled(page)
    told = [one for one in truth.articles.values() if "kaltenau" in words_told(one) and one.original is None]
    shown = int(page.locator("#list-title").inner_text().split(" ")[0].replace(",", ""))
    assert abs(shown - len(told)) <= 0.05 * len(told)
    expect(page.locator("#chart-summary")).to_contain_text("most in Tue 14 Jul 2026")


def test_numbers_on_the_chart_are_the_articles_behind_it(open_page: Opened, settled: Settled) -> None:
    page = open_page("/explore?q=kaltenau&view=table")
    settled(page)
    rows = page.locator("#chart-table tbody tr")
    numbers = [int(text) for text in rows.locator("td:nth-child(2)").all_inner_texts()]
    for at in sorted(range(len(numbers)), key=lambda nth: -numbers[nth])[:3]:
        rows.nth(at).locator("a").click()
        plural = "article" if numbers[at] == 1 else "articles"
        expect(page.locator("#list-title")).to_contain_text(f"{numbers[at]} {plural} ")
        page.go_back()
        settled(page)
