from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from etl.records import Feed, FeedAnswer
from etl.settings import Clock, Settings, load_settings
from etl.web import read_feeds
from etl.web.parsed import Further, ParsedFeed
from etl.web.reading import Visit, which_further

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]
Http = Callable[..., bytes]
Asked = list[tuple[str, str, dict[str, str], float]]
Answers = dict[str, list[FeedAnswer]]

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
RSS = "application/rss+xml"


def rss(*paths: str, further: str = "", published: str = "Tue, 01 Sep 2026 05:00:00 GMT") -> bytes:
    link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="{further}"/>' if further else ""
    items = "".join(f"<item><link>{path}</link><pubDate>{published}</pubDate></item>" for path in paths)
    return f"<rss><channel><title>T</title>{link}{items}</channel></rss>".encode()


def urlset(*paths: str) -> bytes:
    return ("<urlset>" + "".join(f"<url><loc>{path}</loc></url>" for path in paths) + "</urlset>").encode()


def index(*maps: tuple[str, str]) -> bytes:
    entries = "".join(f"<sitemap><loc>{path}</loc><lastmod>{changed}</lastmod></sitemap>" for path, changed in maps)
    return f"<sitemapindex>{entries}</sitemapindex>".encode()


FEEDS = {
    "plain": Feed(1, "a", "http://plain.test/feed"),
    "known": Feed(2, "b", "http://known.test/feed", etag='"7"', last_modified="Mon, 31 Aug 2026 00:00:00 GMT"),
    "paged": Feed(3, "c", "http://paged.test/feed"),
    "visited": Feed(4, "d", "http://visited.test/feed", answered_at=NOW - timedelta(hours=3)),
    "index": Feed(5, "e", "http://index.test/sitemap.xml", answered_at=NOW - timedelta(days=3)),
    "broken": Feed(6, "f", "http://broken.test/feed"),
    "html": Feed(7, "g", "http://html.test/feed"),
    "gone": Feed(8, "h", "http://gone.test/feed"),
    "long": Feed(9, "i", "http://long.test/feed"),
    "busy": Feed(10, "j", "http://busy.test/feed"),
    "private": Feed(11, "k", "http://10.0.0.1/feed"),
    "holed": Feed(12, "l", "http://holed.test/sitemap.xml"),
}


@pytest.fixture(scope="module")
def answers(serve: Serve, http: Http, web: Web) -> Answers:
    """One run over feeds of all manners."""
    learnt = {"etag": '"1"', "last_modified": "Tue, 01 Sep 2026 05:30:00 GMT"}
    serve("plain.test", "/feed", http(rss("/1", "/2"), content_type="text/html", **learnt))
    serve("known.test", "/feed", http(b"", 304, etag='"7"'))
    serve("paged.test", "/feed", http(rss("/1", further="/feed?p=2"), **learnt))
    serve("paged.test", "/feed?p=2", http(rss("/2", further="/feed?p=3"), etag='"other"'))
    serve("paged.test", "/feed?p=3", http(rss("/3", further="/feed?p=2")))
    serve("visited.test", "/feed", http(rss("/1", further="/feed?p=2", published="Mon, 31 Aug 2026 05:00:00 GMT")))
    serve(
        "index.test",
        "/sitemap.xml",
        http(index(("/old.xml", "2026-07-01"), ("/a.xml", "2026-08-31"), ("/b.xml", "2026-09-01")), **learnt),
    )
    serve("index.test", "/a.xml", http(urlset("/a1", "/a2")))
    serve("index.test", "/b.xml", http(urlset("/b1")))
    serve("broken.test", "/feed", http(b"", 500))
    serve("html.test", "/feed", http(b"<!DOCTYPE html><html><body>Sorry</body></html>"))
    serve("gone.test", "/feed", http(b"", 410))
    serve("long.test", "/feed", http(urlset(*(f"/{number}" for number in range(12_000))), **learnt))
    serve("busy.test", "/feed", http(b"", 503, retry_after="7200"))
    serve("holed.test", "/sitemap.xml", http(index(("/there.xml", "2026-09-01"), ("/missing.xml", "2026-09-01"))))
    serve("holed.test", "/there.xml", http(urlset("/1")))
    found: Answers = {name: [] for name in FEEDS}
    names = {feed.feed_id: name for name, feed in FEEDS.items()}
    for answer in read_feeds(FEEDS.values(), web(politeness={"retries": 0}), Clock(NOW)):
        found[names[answer.feed_id]].append(answer)
    return found


def paths(answers: list[FeedAnswer]) -> list[str]:
    return [link.url.partition(".test")[2] for answer in answers for link in answer.links]


def test_every_feed_ends_with_one_last_answer(answers: Answers) -> None:
    assert {name: [one.is_last for one in parts].count(True) for name, parts in answers.items()} == dict.fromkeys(
        FEEDS, 1
    )
    assert all(parts[-1].is_last for parts in answers.values())


def test_a_feed_gives_its_links_and_what_lets_it_be_asked_conditionally(answers: Answers) -> None:
    (answer,) = answers["plain"]
    assert (answer.status, answer.kind, answer.etag, answer.reason) == (200, "rss", '"1"', None)
    assert answer.last_modified == "Tue, 01 Sep 2026 05:30:00 GMT"
    assert answer.oldest_at == datetime(2026, 9, 1, 5, tzinfo=UTC)
    assert answer.asked_at == NOW
    assert paths([answer]) == ["/1", "/2"]


def test_what_was_learnt_is_told_and_not_modified_is_an_answer(answers: Answers, asked: Asked) -> None:
    (answer,) = answers["known"]
    assert (answer.status, answer.links, answer.reason, answer.etag) == (304, (), None, '"7"')
    assert answer.last_modified == "Mon, 31 Aug 2026 00:00:00 GMT"
    said = next(headers for host, path, headers, _ in asked if (host, path) == ("known.test", "/feed"))
    assert (said["if-none-match"], said["if-modified-since"]) == ('"7"', "Mon, 31 Aug 2026 00:00:00 GMT")


def test_a_paged_feed_is_followed_and_no_page_asked_twice(answers: Answers, asked: Asked) -> None:
    assert sorted(paths(answers["paged"])) == ["/1", "/2", "/3"]
    assert answers["paged"][-1].etag == '"1"'
    assert len([1 for host, path, _, _ in asked if host == "paged.test" and path != "/robots.txt"]) == 3


def test_a_feed_that_reaches_back_to_the_last_visit_is_not_followed(answers: Answers, asked: Asked) -> None:
    assert paths(answers["visited"]) == ["/1"]
    assert ("visited.test", "/feed?p=2") not in [(host, path) for host, path, _, _ in asked]


def test_of_an_index_the_changed_sitemaps_are_read(answers: Answers, asked: Asked) -> None:
    assert sorted(paths(answers["index"])) == ["/a1", "/a2", "/b1"]
    assert {answer.kind for answer in answers["index"]} == {"sitemap-index"}
    assert answers["index"][-1].etag is None  # an index may stay the same while its sitemaps change
    assert ("index.test", "/old.xml") not in [(host, path) for host, path, _, _ in asked]


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("broken", 500, "HTTP 500 (internal server error)"),
        ("html", 200, "an HTML page, not a feed"),
        ("gone", 410, "HTTP 410 (gone)"),
        ("busy", 503, "HTTP 503 (service unavailable)"),
        ("private", None, "address is not public: 10.0.0.1"),
    ],
)
def test_what_fails_says_why(answers: Answers, name: str, status: int | None, reason: str) -> None:
    (answer,) = answers[name]
    assert (answer.status, answer.reason, answer.links) == (status, reason, ())


def test_a_pause_that_is_asked_for_is_passed_on(answers: Answers) -> None:
    assert answers["busy"][0].retry_at == NOW + timedelta(hours=2)


def test_a_long_feed_comes_in_parts(answers: Answers) -> None:
    assert [len(answer.links) for answer in answers["long"]] == [5_000, 5_000, 2_000]
    assert [answer.etag for answer in answers["long"]] == [None, None, '"1"']


def test_a_missing_sitemap_costs_only_itself_and_is_asked_again(answers: Answers) -> None:
    assert paths(answers["holed"]) == ["/1"]
    assert [one for answer in answers["holed"] for one in answer.more] == ["http://holed.test/missing.xml"]
    assert {answer.reason for answer in answers["holed"]} == {None}


def test_the_latest_sitemaps_are_chosen_and_the_others_named() -> None:
    settings = load_settings()
    few = settings.model_copy(update={"feeds": settings.feeds.model_copy(update={"sitemaps_per_feed": 2})})
    days = [None, *(NOW - timedelta(days=day) for day in (400, 1, 30))]
    parsed = ParsedFeed("sitemap-index", further=tuple(Further(f"/{n}", day) for n, day in enumerate(days)))
    visit = Visit(FEEDS["plain"], asked={"/index"})
    followed, left = which_further(parsed, visit, few)
    assert [one.url for one in followed] == ["/2", "/3"]
    assert left == ("/1", "/0")
