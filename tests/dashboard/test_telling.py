from __future__ import annotations

from datetime import date, datetime

import pytest

from dashboard.filters import Filter
from dashboard.telling import (
    bucket_told,
    filter_told,
    last_day_of,
    period_told,
    plural,
    query_told,
    share_told,
    time_told,
)


@pytest.mark.parametrize(
    ("number", "word", "told"),
    [
        (1, "article", "1 article"),
        (1284, "article", "1,284 articles"),
        (0, "story", "0 stories"),
        (2, "shared story", "2 shared stories"),
        (1, "source-day", "1 source-day"),
    ],
)
def test_plural(number: int, word: str, told: str) -> None:
    assert plural(number, word) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.1417, "14.2 %"),
        (0.0, "0 %"),
        (0.0004, "<0.1 %"),
        (1.0, "100 %"),
        (0.0123, "1.23 %"),
        (None, "no share"),
        (float("nan"), "no share"),
        (0.9999, "100 %"),
    ],
)
def test_share(share: float | None, told: str) -> None:
    assert share_told(share) == told


def test_periods_do_not_say_a_month_twice() -> None:
    assert period_told(date(2026, 8, 10), date(2026, 8, 14)) == "10–14 Aug 2026"
    assert period_told(date(2026, 7, 30), date(2026, 8, 2)) == "30 Jul – 2 Aug 2026"
    assert period_told(date(2025, 12, 30), date(2026, 1, 2)) == "30 Dec 2025 – 2 Jan 2026"
    assert period_told(date(2026, 8, 10), date(2026, 8, 10)) == "10 Aug 2026"


def test_buckets_and_their_last_days() -> None:
    assert [last_day_of(date(2026, 12, 1), grain) for grain in ("day", "week", "month")] == [
        date(2026, 12, 1),
        date(2026, 12, 7),
        date(2026, 12, 31),
    ]
    assert last_day_of(date(2026, 1, 1), "year") == date(2026, 12, 31)
    assert bucket_told(date(2026, 2, 2), "week") == "week 2–8 Feb 2026"
    assert bucket_told(date(2026, 2, 1), "month") == "February 2026"


def test_times_say_no_more_than_is_known() -> None:
    assert time_told(datetime(2026, 8, 10, 7, 5)) == "10 Aug 2026 07:05"
    assert time_told(datetime(2026, 8, 10), "day") == "10 Aug 2026"
    assert time_told(None) == "time unknown"


def test_queries_and_filters_in_words() -> None:
    assert query_told("dam rain") == "articles with “dam” and with “rain”"
    assert query_told("dam AND") == "query: AND and OR need something on both sides (at character 5)"
    assert filter_told(Filter(), str) == "all articles"
    assert filter_told(Filter(sources=("gull",), with_copies=False), str.upper) == "articles of GULL, copies left out"
