from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from etl.records import FoundFeed, Source
from etl.settings import Clock, Settings
from etl.web import find_feeds
from etl.web.finding import feeds_of_page, feeds_of_robots

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]
Http = Callable[..., bytes]
Asked = list[tuple[str, str, dict[str, str], float]]

CLOCK = Clock(datetime(2026, 9, 1, 6, tzinfo=UTC))
RSS = b"<rss><channel><title>Harbour Post</title><item><link>/1</link></item></channel></rss>"
SITEMAP = b"<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url></urlset>"
HOME = b"""<html><head>
<link rel="alternate" type="application/rss+xml" title="News" href="/rss/news">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" hreflang="de" href="/de/"></head><body><a href="/feeds/sport.xml">Sport</a></body></html>"""


@pytest.fixture(scope="module")
def found(serve: Serve, http: Http, web: Web) -> list[FoundFeed]:
    """One search for the feeds of five sources."""
    serve("declares.test", "/", http(HOME))
    serve("declares.test", "/rss/news", http(RSS))
    serve("declares.test", "/robots.txt", http(b"User-agent: *\nDisallow:\nSitemap: http://declares.test/map.xml\n"))
    serve("declares.test", "/map.xml", http(SITEMAP))
    serve("stale.test", "/", http(HOME))
    serve("stale.test", "/feed.xml", http(RSS))
    serve("moved.test", "/", http(b"", 301, location="http://www.moved.test/home/"))
    serve("www.moved.test", "/home/", http(b"<html><body>Welcome</body></html>"))
    serve("www.moved.test", "/sitemap.xml", http(SITEMAP))
    serve("bare.test", "/", http(b"<html><body>Welcome</body></html>"))
    serve("shut.test", "/", http(b"", 403))
    names = ("declares", "stale", "moved", "bare", "shut")
    sources = [Source(name, name, home_page=f"http://{name}.test/") for name in names]
    return list(find_feeds([*sources, Source("known", "Known", feeds=("http://a.test/",))], web(), CLOCK))


def of(found: list[FoundFeed], source_id: str) -> list[tuple[str, str, str | None, int, str | None]]:
    mine = [one for one in found if one.source_id == source_id]
    return [(one.url.partition(".test")[2], one.origin, one.kind, one.links, one.reason) for one in mine]


def test_feeds_that_a_source_names_are_found_and_tried(found: list[FoundFeed]) -> None:
    assert sorted(of(found, "declares")) == [
        ("/map.xml", "robots.txt", "sitemap", 2, None),
        ("/rss/news", "home-page", "rss", 1, None),
    ]
    assert {one.title for one in found if one.url.endswith("/rss/news")} == {"Harbour Post", None}


def test_common_places_are_tried_where_nothing_named_answers(found: list[FoundFeed]) -> None:
    assert of(found, "stale") == [
        ("/rss/news", "home-page", None, 0, "HTTP 404 (not found)"),
        ("/feed.xml", "common-place", "rss", 1, None),
    ]


def test_a_home_page_that_moved_is_followed(found: list[FoundFeed]) -> None:
    assert of(found, "moved") == [("/sitemap.xml", "common-place", "sitemap", 2, None)]


def test_a_source_without_feeds_is_told(found: list[FoundFeed]) -> None:
    (bare,) = of(found, "bare")
    assert bare[4] == "no feed was found; look for one and write it into the sources file"
    assert of(found, "shut")[0] == ("/", "home-page", None, 0, "HTTP 403 (forbidden)")
    assert of(found, "known") == []


def test_common_places_are_left_alone_where_a_source_names_its_feeds(found: list[FoundFeed], asked: Asked) -> None:
    assert found
    assert {path for host, path, _, _ in asked if host == "declares.test"} == {
        "/",
        "/robots.txt",
        "/rss/news",
        "/map.xml",
    }


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        (HOME, ["http://a.test/rss/news"]),
        (b'<a href="/feeds/sport.xml">x</a><a href="/feedback">y</a>', ["http://a.test/feeds/sport.xml"]),
        (b'<base href="http://b.test/x/"><link rel=ALTERNATE type=application/atom+xml href=f>', ["http://b.test/x/f"]),
        (b'<link rel="alternate" type="application/feed+json" href="javascript:x">', []),
        (b"", []),
        (b"\x00\xff", []),
    ],
)
def test_feeds_of_a_page(page: bytes, feeds: list[str]) -> None:
    assert feeds_of_page(page, "http://a.test/") == feeds


def test_feeds_of_robots_txt() -> None:
    robots = b"Sitemap: /a.xml\nsitemap: http://b.test/b.xml\nSitemap: /a.xml\nDisallow: /\n\xff"
    assert feeds_of_robots(robots, "http://a.test/robots.txt") == ["http://a.test/a.xml", "http://b.test/b.xml"]
