"""Pages of every layout: the whole text is there, and the trouble that the layout is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from etl.newsroom.answers import Reception, Request
from etl.newsroom.pages import Site, render_article
from etl.newsroom.pages.layouts import LAYOUTS
from etl.newsroom.sources import sources
from etl.newsroom.truth import ArticleTruth, Newsroom

EVERY = 5  # articles looked at: one in so many


@pytest.fixture(scope="module")
def pages(newsroom: Newsroom) -> list[tuple[ArticleTruth, bytes]]:
    return list(_pages(newsroom))


def _pages(newsroom: Newsroom) -> Iterator[tuple[ArticleTruth, bytes]]:
    sites = {source_id: Site(source, newsroom) for source_id, source in sources().items()}
    for number, article in enumerate(newsroom.articles.values()):
        if number % EVERY == 0 or article.address == newsroom.heavy:
            yield article, render_article(sites[article.source_id], article).body


def _stripped(page: str) -> str:
    without = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", without)).split())


def test_every_page_holds_its_whole_text_and_title(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    for article, body in pages:
        text = _stripped(body.decode(article.charset))
        assert " ".join(article.title.split()) in text, article.address
        for paragraph in article.paragraphs:
            assert " ".join(paragraph.split()) in text, (article.address, paragraph[:60])


def test_all_layouts_are_used_and_there_are_enough(newsroom: Newsroom) -> None:
    used = {article.layout for article in newsroom.articles.values()}
    assert used == set(LAYOUTS)
    assert len(used) >= 8


def test_pages_in_three_encodings(newsroom: Newsroom) -> None:
    assert {article.charset for article in newsroom.articles.values()} == {"utf-8", "windows-1252", "shift_jis"}


@pytest.mark.parametrize(
    ("layout", "wanted", "unwanted"),
    [
        ("json-ld", '"@type": "NewsArticle"', "@graph"),
        ("graph", '"@graph"', "og:title"),
        ("open-graph", "article:published_time", "ld+json"),
        ("microdata", 'itemprop="datePublished"', "ld+json"),
        ("bare", "essay", "og:"),
        ("blog", "post-title", "<time"),
        ("icon-words", "icon-bookmark-b", "<time"),
        ("cookie-wall", 'id="consent"', "ld+json"),
        ("divs", 'class="art-txt"', "<p>"),
        ("zoneless", "twitter:title", "datetime="),
        ("old-tables", "<br><br>", "<p>"),
        ("plain-japanese", "年", "<p>"),
        ("right-to-left", 'dir="rtl"', "article:published_time"),
    ],
)
def test_layouts_have_what_they_are_for(
    pages: list[tuple[ArticleTruth, bytes]], layout: str, wanted: str, unwanted: str
) -> None:
    shown = [body.decode(article.charset) for article, body in pages if article.layout == layout]
    assert shown
    for page in shown:
        assert wanted in page
        assert unwanted not in re.sub(r"(?s)<footer.*", "", page)


def test_the_headline_stands_twice_and_the_date_has_no_zone(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    for article, body in pages:
        if article.layout == "icon-words":
            text = body.decode(article.charset)
            assert len(re.findall(r'<h1>|<div class="lead">', text)) == 2
            stamp = re.search(r'<div class="stamp">(.*?)</div>', text)
            assert stamp
            assert re.fullmatch(r"\d{1,2} \S+,? \d{4} \d\d:\d\d", stamp[1]), stamp[1]
            if article.language == "en":
                assert re.fullmatch(r"\d{1,2} [A-Z][a-z]{2}, 2026 \d\d:\d\d", stamp[1]), stamp[1]


def test_icon_names_and_menus_stand_before_the_text(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    for article, body in pages:
        if article.layout == "icon-words":
            before = _stripped(body.decode(article.charset)).partition(article.paragraphs[0][:40])[0]
            assert before.count("icon-") >= 18
            assert before.count(article.section) >= 2


def test_cookie_walls_stand_before_the_text_and_other_stories_within(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    for article, body in pages:
        if article.layout == "cookie-wall":
            before, _, within = body.decode(article.charset).partition("</h1>")
            assert 'id="consent"' in before
            within = within.partition("</article>")[0]
            assert 'class="box related"' in within


def test_structured_data_can_be_read_and_are_true(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    for article, body in pages:
        found = re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', body.decode(article.charset))
        if found:
            data = json.loads(found[1])
            node = next((one for one in data.get("@graph", [data]) if one["@type"] == "NewsArticle"), None)
            assert node is not None
            assert node["headline"] == article.title
            assert [one["name"] for one in node.get("author", [])] == list(article.authors)


def test_one_page_is_of_three_megabytes(pages: list[tuple[ArticleTruth, bytes]], newsroom: Newsroom) -> None:
    sizes = {article.address: len(body) for article, body in pages}
    assert 2_900_000 < sizes.pop(newsroom.heavy) < 3_600_000
    assert max(sizes.values()) < 60_000


def test_twins_name_the_article_as_canonical(newsroom: Newsroom) -> None:
    reception = Reception(newsroom)
    twins = [twin for twin in newsroom.twins if "/amp/" in twin or "/imprimer/" in twin]
    assert len(twins) > 200
    for twin in twins[::40]:
        host, _, path = twin.removeprefix("http://").partition("/")
        answer = reception.answer(Request("GET", host, f"/{path}", {}))
        canonical = re.search(rb'rel="canonical" href="([^"]+)"', answer.body)
        assert canonical
        assert canonical[1].decode() == newsroom.twins[twin]


def test_hyperlinks_are_in_the_text(pages: list[tuple[ArticleTruth, bytes]]) -> None:
    linked = [(article, body) for article, body in pages if article.hyperlinks]
    assert linked
    for article, body in linked:
        for link in article.hyperlinks:
            assert f'<a href="{link.url}">'.encode() in body


def test_neighbours_are_shown_of_the_same_source(newsroom: Newsroom) -> None:
    site = Site(sources()["harbour-post"], newsroom)
    assert site.neighbours(site.articles[0]) == []
    assert site.neighbours(site.articles[10]) == site.articles[5:10][::-1]
