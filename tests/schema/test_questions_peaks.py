"""Where coverage stands out, and what a peak is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection
FIRST = date(2026, 1, 1)


def write(matching: Sequence[int], of: int = 10) -> list[dict[str, Any]]:
    """Return so many articles a day on the dam, among ten."""
    return [
        {"published_on": FIRST + timedelta(days=day), "text": "dam" if nth < count else "tax"}
        for day, count in enumerate(matching)
        for nth in range(of)
    ]


@pytest.fixture(scope="module")
def twenty_days(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(write([1, 2, 3] * 6 + [9, 2]))


def ask(dataset: Dataset, columns: str, question: str) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}").fetchall()


def test_a_burst_is_far_from_the_median_of_the_days_before(twenty_days: Dataset) -> None:
    rows = ask(twenty_days, "articles, share, expected, score, verdict", "bursts(asked := 'dam') OFFSET 17")
    assert [row[4] for row in rows] == ["usual", "burst", "usual"]
    _, share, expected, score, _ = rows[1]
    assert (share, expected) == (0.9, pytest.approx(0.2))
    assert score == pytest.approx((0.9 - 0.2) / (1.4826 * 0.1))  # median 0.2; distances 0.1 0 0.1 ..., their median 0.1


def test_before_half_of_the_period_was_collected_there_are_too_few_days(twenty_days: Dataset) -> None:
    rows = ask(
        twenty_days, "expected, score, usual_low, usual_high, excess_articles, verdict", "bursts(asked := 'dam')"
    )
    assert rows[13] == (None, None, None, None, None, "too few")
    assert rows[14][5] == "usual"


def test_the_band_of_the_usual_and_the_excess(twenty_days: Dataset) -> None:
    ((low, high, excess, collected),) = ask(
        twenty_days,
        "usual_low, usual_high, excess_articles, articles_collected",
        "bursts(asked := 'dam') WHERE verdict = 'burst'",
    )
    assert low == 0.0
    assert high == pytest.approx(0.2 + 3.5 * 1.4826 * 0.1)
    assert (excess, collected) == (pytest.approx(9 - 0.2 * 10), 10)


def test_fewer_than_five_articles_are_no_burst(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(write([0] * 20 + [4, 0, 5]))
    assert ask(dataset, "articles, verdict", "bursts(asked := 'dam') OFFSET 20") == [
        (4, "usual"),
        (0, "usual"),
        (5, "burst"),
    ]


def test_a_peak_is_explained_by_what_was_not_there_before(make_dataset: Callable[..., Dataset]) -> None:
    before = [
        {"published_on": FIRST + timedelta(days=day), "source_id": "post", "text": "the dam stands"} for day in range(8)
    ]
    peak = [
        {"published_on": FIRST + timedelta(days=20), "source_id": source, "text": "the dam broke", "story_id": 7}
        for source in ("post", "blatt", "blatt", "times", "times", "times")
    ]
    story = {
        "title": "Dam breaks",
        "first_at": datetime(2026, 1, 21),
        "last_at": datetime(2026, 1, 21),
        "articles": 6,
        "originals": 6,
        "sources": 3,
    }
    spoken = [
        {
            "quote_id": nth,
            "article_id": nth,
            "speaker": "Ada Moor",
            "position": 0,
            "quote_position": 0,
            "is_direct": True,
        }
        for nth in (9, 10)
    ]
    dataset = make_dataset([*before, *peak], stories=[{"story_id": 7, **story}], quotes=spoken)
    question = "why(asked := 'dam', since := '2026-01-21', until := '2026-01-21')"
    rows = ask(dataset, "part, label, articles, articles_before, sources, share, share_before, verdict", question)
    assert ("story", "Dam breaks", 6, 0, 3, 1.0, 0.0, "apart") in rows
    assert next(row for row in rows if row[0] == "word") == ("word", "broke", 6, 0, 3, 1.0, 0.0, "apart")
    assert ("word", "dam", 6, 8, 3, 1.0, 1.0, "by chance") in rows
    assert [row[1:4] for row in rows if row[0] == "source"] == [("times", 3, 0), ("blatt", 2, 0), ("post", 1, 8)]
    assert ("speaker", "Ada Moor", 2, 0, 2, 2 / 6, 0.0, "by chance") in rows


def test_a_peak_with_too_little_before_it_has_no_score(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(write([3], of=3))
    rows = ask(dataset, "DISTINCT score, verdict", "why(asked := 'dam', since := '2026-01-01', until := '2026-01-01')")
    assert rows == [(None, "too few")]


def test_a_peak_needs_its_first_day(twenty_days: Dataset) -> None:
    with pytest.raises(duckdb.Error, match="tell the first day"):
        ask(twenty_days, "*", "why(asked := 'dam')")
