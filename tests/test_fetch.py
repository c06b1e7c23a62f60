"""When a link is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from etl.fetch import next_visit
from etl.records import PageAnswer, WaitingLink
from etl.settings import load_settings

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
SETTINGS = load_settings()


def wait(link: WaitingLink, answer: PageAnswer) -> timedelta | None:
    following = next_visit(link, answer, SETTINGS)
    return following - NOW if following else None


def test_a_page_that_was_kept_is_looked_at_again_for_silent_changes() -> None:
    kept = PageAnswer(1, "u", "u", NOW, 200, body=b"page")
    waits = [wait(WaitingLink(1, "post", "u", fetches=fetches), kept) for fetches in range(3)]
    assert waits == [timedelta(hours=24), timedelta(hours=168), None]


def test_a_failure_is_tried_again_later_and_later_and_then_given_up() -> None:
    failed = PageAnswer(1, "u", "u", NOW, 500, reason="HTTP 500")
    waits = [wait(WaitingLink(1, "post", "u", attempts=attempts), failed) for attempts in range(5)]
    assert waits == [*(timedelta(minutes=30 * 2**nth) for nth in range(4)), None]


def test_a_refusal_is_for_good() -> None:
    assert (
        wait(WaitingLink(1, "post", "u"), PageAnswer(1, "u", "u", NOW, reason="robots.txt forbids", is_refused=True))
        is None
    )


def test_a_server_that_says_when_to_come_back_is_heeded() -> None:
    answer = PageAnswer(1, "u", "u", NOW, 503, reason="HTTP 503", retry_at=NOW + timedelta(hours=9))
    assert wait(WaitingLink(1, "post", "u"), answer) == timedelta(hours=9)
