"""What the server says, address by address, without a network."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from etl.newsroom.answers import Answer, Reception, Request
from etl.newsroom.truth import Newsroom, Trouble

Ask = Callable[..., Answer]


@pytest.fixture
def ask(newsroom: Newsroom) -> Ask:
    reception = Reception(newsroom)

    def asked(address: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return reception.answer(
            Request(method, parts.netloc, target, {k.replace("_", "-"): v for k, v in headers.items()})
        )

    return asked


def _with(newsroom: Newsroom, trouble: Trouble) -> str:
    return next(address for address, kind in newsroom.troubles.items() if kind == trouble)


@pytest.mark.parametrize(("trouble", "status"), [("gone", 410), ("missing", 404), ("loop", 302), ("moved", 301)])
def test_what_is_wrong_for_good(newsroom: Newsroom, ask: Ask, trouble: Trouble, status: int) -> None:
    address = _with(newsroom, trouble)
    assert [ask(address).status for _ in range(3)] == [status] * 3


def test_moved_articles_are_found_where_they_are_now(newsroom: Newsroom, ask: Ask) -> None:
    address = _with(newsroom, "moved")
    assert dict(ask(address).headers)["Location"] == newsroom.twins[address]
    assert ask(newsroom.twins[address]).status == 200


def test_the_loop_goes_round(newsroom: Newsroom, ask: Ask) -> None:
    address = start = _with(newsroom, "loop")
    for _ in range(2):
        address = dict(ask(address).headers)["Location"]
    assert address == start


def test_busy_once_then_the_page(newsroom: Newsroom, ask: Ask) -> None:
    address = _with(newsroom, "busy first")
    first, second = ask(address), ask(address)
    assert first.status == 429
    assert dict(first.headers)["Retry-After"] == "1"
    assert second.status == 200


def test_cut_once_then_the_page(newsroom: Newsroom, ask: Ask) -> None:
    address = _with(newsroom, "cut first")
    assert [ask(address).is_cut for _ in range(3)] == [True, False, False]


def test_one_address_is_always_cut(newsroom: Newsroom, ask: Ask) -> None:
    address = _with(newsroom, "cut")
    assert all(ask(address).is_cut for _ in range(3))


def test_slow_pages_are_slow_and_others_are_not(newsroom: Newsroom, ask: Ask) -> None:
    assert 0.1 <= ask(_with(newsroom, "slow")).delay <= 1
    assert ask(next(one for one in newsroom.articles if one not in newsroom.troubles)).delay == 0


def test_conditional_requests(newsroom: Newsroom, ask: Ask) -> None:
    address = next(one for one in newsroom.articles if one not in newsroom.troubles)
    headers = dict(ask(address).headers)
    assert ask(address, if_none_match=headers["ETag"]).status == 304
    assert ask(address, if_none_match=headers["ETag"]).body == b""
    assert ask(address, if_none_match='"other"').status == 200
    assert ask(address, if_modified_since=headers["Last-Modified"]).status == 304
    assert ask(address, if_modified_since="Mon, 04 May 1998 00:00:00 GMT").status == 200
    assert ask(address, if_modified_since="no date").status == 200
    assert (
        ask(
            "http://harbour-post.test/feed.xml",
            if_none_match=dict(ask("http://harbour-post.test/feed.xml").headers)["ETag"],
        ).status
        == 304
    )


def test_pages_are_zipped_where_the_source_does_and_the_asker_can(newsroom: Newsroom, ask: Ask) -> None:
    address = next(one for one, kind in newsroom.articles.items() if kind.source_id == "commonwave")
    zipped = ask(address, accept_encoding="gzip, br")
    assert dict(zipped.headers)["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == ask(address).body


def test_the_header_declares_encodings_wrongly_or_not_at_all(newsroom: Newsroom, ask: Ask) -> None:
    declared = {}
    for source_id in ("echo-des-rives", "brueckenhafener", "harbour-post"):
        address = next(
            one
            for one, kind in newsroom.articles.items()
            if kind.source_id == source_id and one not in newsroom.troubles
        )
        declared[source_id] = dict(ask(address).headers)["Content-Type"]
    assert declared == {
        "echo-des-rives": "text/html; charset=iso-8859-1",
        "brueckenhafener": "text/html",
        "harbour-post": "text/html; charset=utf-8",
    }


def test_robots_files_name_sitemaps_delays_and_what_is_forbidden(ask: Ask) -> None:
    assert (
        b"Sitemap: http://northern-ledger.test/sitemap-index.xml" in ask("http://northern-ledger.test/robots.txt").body
    )
    assert b"Disallow: /partner/" in ask("http://northern-ledger.test/robots.txt").body
    assert b"Crawl-delay: 0.1" in ask("http://tidewatch.test/robots.txt").body


def test_home_pages_name_feeds(ask: Ask) -> None:
    body = ask("http://commonwave.test/").body
    assert b'rel="alternate" type="application/feed+json"' in body
    assert b"http://commonwave.test/feed.json" in body


def test_queries_change_nothing_but_pages_of_feeds(newsroom: Newsroom, ask: Ask) -> None:
    address = next(
        one
        for one, kind in newsroom.articles.items()
        if kind.source_id == "harbour-post" and one not in newsroom.troubles
    )
    assert ask(f"{address}?utm_source=x&utm_campaign=y").body == ask(address).body
    assert ask("http://commonwave.test/feed.json?page=2").body != ask("http://commonwave.test/feed.json").body


def test_percent_encoding_may_be_written_either_way(newsroom: Newsroom, ask: Ask) -> None:
    address = next(
        one for one, kind in newsroom.articles.items() if kind.source_id == "marsa-alakhbar" and "%D8" in one
    )
    assert ask(address).status == ask(address.replace("%D8", "%d8")).status == 200


def test_unknown_hosts_and_paths_and_methods(ask: Ask) -> None:
    assert ask("http://nowhere.test/").status == 404
    assert ask("http://harbour-post.test/no/such/page").status == 404
    assert ask("http://harbour-post.test/", method="POST").status == 405
    assert ask("http://harbour-post.test/images/a.gif").body.startswith(b"GIF89a")
