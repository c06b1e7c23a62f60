"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from etl.discover import next_visit
from etl.records import Feed, FeedAnswer
from etl.settings import load_settings

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
SETTINGS = load_settings()
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(days=1)


def wait(feed: Feed, answer: FeedAnswer, new: int = 0) -> timedelta:
    return next_visit(feed, answer, new, SETTINGS) - NOW


def test_a_feed_that_brings_links_is_asked_soon() -> None:
    assert wait(Feed(1, "post", "u", answered_at=NOW - timedelta(hours=5)), FeedAnswer(1, NOW, 200), new=3) == SHORTEST


def test_a_feed_that_brings_none_is_asked_less_and_less_often_but_every_day() -> None:
    for hours, expected in ((1, timedelta(hours=2)), (10, timedelta(hours=20)), (40, LONGEST)):
        feed = Feed(1, "post", "u", answered_at=NOW - timedelta(hours=hours))
        assert wait(feed, FeedAnswer(1, NOW, 304)) == expected


def test_what_the_feed_says_of_itself_is_heeded() -> None:
    assert wait(Feed(1, "post", "u"), FeedAnswer(1, NOW, 200, ttl_minutes=180), new=1) == timedelta(hours=3)


def test_a_feed_that_fails_is_asked_less_and_less_often_down_to_a_fortnight() -> None:
    waits = [
        wait(Feed(1, "post", "u", failures=failures), FeedAnswer(1, NOW, 500, reason="HTTP 500"))
        for failures in range(30)
    ]
    assert waits[:3] == [SHORTEST, 2 * SHORTEST, 4 * SHORTEST]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=14)


def test_a_server_that_says_when_to_come_back_is_heeded() -> None:
    answer = FeedAnswer(1, NOW, 429, reason="HTTP 429", retry_at=NOW + timedelta(hours=9))
    assert wait(Feed(1, "post", "u"), answer) == timedelta(hours=9)
