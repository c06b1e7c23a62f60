"""What becomes of an article beside what is known at its address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.extract import date_of, decide
from etl.records import Article, KnownArticle, Place, Reading, WaitingPage

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)


def page(
    number: int = 2, url: str = "https://post.test/a", *, hours: float = 0.0, said: datetime | None = None
) -> WaitingPage:
    return WaitingPage(number, "post", url, url, NOW + timedelta(hours=hours), Place("f", 0, 1), link_published_at=said)


def article(of: WaitingPage, *, digest: str = "same", is_twin: bool = False) -> Article:
    return Article(of, "https://post.test/a", of.final_url, Reading(of.url), NOW, "meta", "minute", 99, digest, is_twin)


def known(
    *, page_id: int = 1, url: str = "https://post.test/a", digest: str = "same", is_twin: bool = False
) -> KnownArticle:
    return KnownArticle(7, "https://post.test/a", page_id, url, NOW, digest, is_twin)


@pytest.mark.parametrize(
    ("read", "before", "what"),
    [
        (article(page()), None, "new"),
        (article(page()), known(), "known"),
        (article(page(1), digest="better read"), known(), "update"),  # the same page, read again
        (article(page(hours=5), digest="changed"), known(), "version"),
        (article(page(hours=-5), digest="older"), known(), "older version"),
        (article(page(hours=5)), known(), "known"),
        (article(page(), is_twin=True, digest="cut"), known(), "known"),
        (article(page(), digest="whole"), known(is_twin=True, digest="cut"), "update"),
        (
            article(page(url="https://post.test/amp/a"), is_twin=True, digest="x"),
            known(url="https://post.test/print/a", is_twin=True),
            "update",
        ),
        (
            article(page(url="https://post.test/print/a"), is_twin=True, digest="x"),
            known(url="https://post.test/amp/a", is_twin=True),
            "known",
        ),
    ],
)
def test_an_article_is_decided_beside_what_is_known(read: Article, before: KnownArticle | None, what: str) -> None:
    assert decide(read, before).what == what


def test_which_of_two_pages_comes_first_does_not_matter() -> None:
    """Whatever the order, the article's own page wins over its twin, and one of two differing pages for good."""
    pages = [("https://post.test/a", "one"), ("https://post.test/a?x=1", "two")]
    winners = set()
    for first, second in (pages, pages[::-1]):
        before = known(url=first[0], digest=first[1])
        intent = decide(article(page(url=second[0]), digest=second[1]), before)
        winners.add(second[1] if intent.what == "update" else first[1])
    assert winners == {"one"}


def test_the_date_is_the_pages_then_the_feeds_then_the_day_of_collection() -> None:
    berlin = datetime.fromisoformat("2026-08-30T00:30:00+02:00")
    reading = Reading("u", published_at=berlin, date_origin="json-ld", date_precision="minute")
    assert date_of(page(), reading) == (datetime(2026, 8, 29, 22, 30, tzinfo=UTC), "json-ld", "minute")
    said = NOW - timedelta(days=2)
    assert date_of(page(said=said), Reading("u")) == (said, "feed", "minute")
    assert date_of(page(said=NOW + timedelta(days=2)), Reading("u")) == (NOW, "collected", None)  # a feed that lies
    assert date_of(page(), Reading("u")) == (NOW, "collected", None)


def test_a_day_is_told_with_the_feeds_time_or_noon() -> None:
    midnight = datetime.fromisoformat("2026-08-28T00:00:00+09:00")
    reading = Reading("u", published_at=midnight, date_origin="time-tag", date_precision="day")
    on_that_day, before = midnight + timedelta(hours=5), midnight - timedelta(hours=5)
    assert date_of(page(said=on_that_day), reading) == (on_that_day, "feed", "minute")
    noon = datetime(2026, 8, 28, 3, tzinfo=UTC)
    assert date_of(page(), reading) == date_of(page(said=before), reading) == (noon, "time-tag", "day")


def test_a_list_that_knows_the_day_alone_is_not_believed_to_the_minute() -> None:
    day = datetime(2026, 8, 28, tzinfo=UTC)
    noon = day + timedelta(hours=12)
    assert date_of(page(said=day), Reading("u")) == (noon, "feed", "day")
    reading = Reading("u", published_at=day, date_origin="time-tag", date_precision="day")
    assert date_of(page(said=day), reading) == (noon, "time-tag", "day")


def test_no_page_was_published_after_it_was_fetched() -> None:
    reading = Reading("u", published_at=NOW + timedelta(hours=2), date_origin="json-ld", date_precision="minute")
    assert date_of(page(), reading) == (NOW, "json-ld", "day")
