"""How a source is, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.job import Job
from etl.records import FeedAnswer, Link, PageAnswer, Source, SourceDomain, SourceList
from etl.settings import Settings, load_settings
from etl.status import days_of, say_day, say_state, say_visit, source_states, totals
from etl.store import Store

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)  # a Tuesday
LAST = date(2026, 8, 31)
HOUR = timedelta(hours=1)
PARTLY = "1 of the last 30 days partly there"
AGAIN = "asked again in 30 minutes"
FINE: dict[str, Any] = {
    "is_listed": True, "feeds": 2, "failing": 0, "asked_at": NOW - HOUR, "answered_at": NOW - HOUR, "next_at": NOW + HOUR / 2,
    "found_at": NOW - HOUR, "failed": 0, "reason": None, "reasons": {}, "change": None, "gap_days": 0, "gap_reason": None,
    "partly_days": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "works, answered today at 05:00; asked again in 30 minutes"),
        ({"is_listed": False}, "known only from an import, or no longer on the list"),
        ({"feeds": 0}, "no feed is known yet"),
        ({"feeds": 0, "reason": "HTTP 404"}, "no feed is known yet: HTTP 404"),
        ({"asked_at": None, "answered_at": None}, "not asked yet"),
        ({"answered_at": None, "reason": "robots.txt forbids"}, "never answered: robots.txt forbids; asked again in 30 minutes"),
        ({"failing": 2, "reason": "HTTP 403", "answered_at": NOW - timedelta(days=4)}, "HTTP 403 since Friday; asked again in 30 minutes"),
        ({"failing": 1, "reason": "HTTP 500"}, "works, answered today at 05:00; 1 of 2 feeds fail: HTTP 500; asked again in 30 minutes"),
        ({"found_at": NOW - timedelta(days=12)}, "sends no new links since 20 Aug 2026; asked again in 30 minutes"),
        (
            {"failed": 1_207, "reasons": {"HTTP 404": 1_200, "a home page": 7}},
            "works, answered today at 05:00; 1,207 addresses without article: 1,200 × HTTP 404, 7 × a home page; asked again in 30 minutes",
        ),
        (
            {"gap_days": 6, "gap_reason": "no article", "partly_days": 1},
            f"works, answered today at 05:00; 6 of the last 30 days missing: no article; {PARTLY}; {AGAIN}",
        ),
    ],
)  # fmt: skip
def test_a_state_in_words(changed: dict[str, Any], said: str) -> None:
    assert say_state(FINE | changed, NOW) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (2, "Sunday"), (6, "Wednesday"), (7, "25 Aug 2026"), (400, "28 Jul 2025")],
)
def test_days_are_named_as_people_name_them(days: int, said: str) -> None:
    assert say_day(NOW - timedelta(days=days), NOW) == said


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (None, "asked in the next run"),
        (-HOUR, "asked in the next run"),
        (HOUR / 4, "asked again in 15 minutes"),
        (5 * HOUR, "asked again in 5 hours"),
        (timedelta(days=9), "asked again on 10 Sep"),
    ],
)
def test_the_next_visit(wait: timedelta | None, said: str) -> None:
    assert say_visit({"next_at": NOW + wait if wait else None}, NOW) == said


def series(*parts: tuple[int, int]) -> dict[date, int]:
    counts = [count for days, count in parts for _ in range(days)]
    return {LAST - timedelta(days=len(counts) - 1 - nth): count for nth, count in enumerate(counts) if count}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (((60, 10),), None),
        (((60, 10), (10, 40)), "explodes: about 40 articles a day since 22 Aug, 10 before"),
        (((60, 40), (10, 10)), "falls to about 10 articles a day since 22 Aug, 40 a day before"),
        (((60, 20), (10, 0)), "falls silent since 22 Aug, 20 a day before"),
        (((60, 40), (50, 10)), None),  # it is a habit by now
    ],
)
def test_a_source_that_falls_silent_or_explodes_is_told(parts: tuple[tuple[int, int], ...], said: str | None) -> None:
    assert days_of(series(*parts), LAST)["change"] == said


def test_gaps_of_the_last_days_are_counted_with_their_reason() -> None:
    found = days_of(series((60, 10), (6, 0), (10, 10)), LAST)
    assert (found["gap_days"], found["partly_days"]) == (6, 0)
    assert found["gap_reason"] == "its feeds list no article of these days; about 60 were to be expected"
    assert days_of(series((30, 10), (6, 0), (40, 10)), LAST)["gap_days"] == 0
    assert days_of({}, LAST)["gap_days"] == days_of(series((60, 10)), None)["gap_days"] == 0


def test_one_great_day_is_not_told() -> None:
    assert days_of(series((39, 10), (1, 30)), LAST)["change"] is None


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    base = load_settings()
    settings: Settings = base.model_copy(update={"clock": base.clock.model_copy(update={"now": NOW})})
    sources = tuple(
        Source(name, name.title(), f"https://{name}.example/", domains=(SourceDomain(f"{name}.example"),), feeds=(f"https://{name}.example/feed",))
        for name in ("brook", "cliff")
    )  # fmt: skip
    with Store(tmp_path) as store:
        store.lists.save_sources(SourceList(sources), "sources.toml")
        yield Job(store, tmp_path, settings, is_quiet=True)


def test_the_states_of_a_store(job: Job) -> None:
    links = tuple(Link(f"https://brook.example/2026/a-ferry-story-{nth}") for nth in range(3))
    job.store.links.save_answer(FeedAnswer(1, NOW - HOUR, 200, "rss", links), NOW + HOUR / 2)
    job.store.links.save_answer(FeedAnswer(2, NOW - HOUR, 403, reason="HTTP 403"), NOW + 2 * HOUR)
    refused = PageAnswer(1, links[0].url, links[0].url, NOW, 404, reason="HTTP 404", is_refused=True)
    job.store.pages.save_answers([refused], [None], [None])
    brook, cliff = source_states(job)
    assert (brook["waiting"], brook["failed"], brook["reasons"]) == (2, 1, {"HTTP 404": 1})
    assert brook["said"] == (
        "works, answered today at 05:00; 1 address without article: 1 × HTTP 404; asked again in 30 minutes"
    )
    assert cliff["said"] == "never answered: HTTP 403; asked again in 2 hours"
    assert totals(job) == {"sources": 2, "feeds": 2, "links": 3, "pages": 0, "articles": 0, "imports": 0}
