"""Who told which story, and when: five sources, a dozen articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection


def article(story: int | None, source: str, hour: float, **facts: object) -> dict[str, Any]:
    at = datetime(2026, 1, 1) + timedelta(hours=hour)
    return {
        "story_id": story,
        "source_id": source,
        "published_on": at.date(),
        "published_at": at,
        "text": "News.",
        **facts,
    }


ARTICLES = [
    article(1, "post", 1),
    article(1, "blatt", 3),
    article(1, "times", 9, original_id=1, copy_similarity=0.9),
    article(1, "post", 10),
    article(2, "post", 30),
    article(2, "blatt", 30),
    article(3, "blatt", 50),
    article(3, "times", 52, date_precision="day"),
    article(4, "times", 60),
    article(None, "post", 61),
]
STORIES = [
    {
        "story_id": 1,
        "title": "Dam",
        "first_at": datetime(2026, 1, 1, 1),
        "last_at": datetime(2026, 1, 1, 10),
        "articles": 4,
        "originals": 3,
        "sources": 3,
    },
    {
        "story_id": 2,
        "title": "Tax",
        "first_at": datetime(2026, 1, 2, 6),
        "last_at": datetime(2026, 1, 2, 6),
        "articles": 2,
        "originals": 2,
        "sources": 2,
    },
    {
        "story_id": 3,
        "title": "Cup",
        "first_at": datetime(2026, 1, 3, 2),
        "last_at": datetime(2026, 1, 3, 4),
        "articles": 2,
        "originals": 2,
        "sources": 2,
    },
    {
        "story_id": 4,
        "title": "Fog",
        "first_at": datetime(2026, 1, 3, 12),
        "last_at": datetime(2026, 1, 3, 12),
        "articles": 1,
        "originals": 1,
        "sources": 1,
    },
]


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(ARTICLES, stories=STORIES)


def ask(dataset: Dataset, columns: str, question: str) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}").fetchall()


def test_stories_by_size_spread_and_speed(dataset: Dataset) -> None:
    rows = ask(dataset, "title, articles, originals, sources, hours, articles_per_hour", "top_stories()")
    assert rows == [
        ("Dam", 4, 3, 3, 9.0, 4 / 9),
        ("Tax", 2, 2, 2, 0.0, 2.0),
        ("Cup", 2, 2, 2, 2.0, 1.0),
        ("Fog", 1, 1, 1, 0.0, 1.0),
    ]
    assert ask(dataset, "title, articles", "top_stories(in_sources := ['times'], with_copies := false)") == [
        ("Cup", 1),
        ("Fog", 1),
    ]
    assert ask(dataset, "title", "top_stories(most := 1)") == [("Dam",)]


def test_a_story_from_its_first_article_on(dataset: Dataset) -> None:
    rows = ask(dataset, "article_id, source_id, hours_after_first, is_copy", "story_timeline(1)")
    assert rows == [(1, "post", 0.0, False), (2, "blatt", 2.0, False), (3, "times", 8.0, True), (4, "post", 9.0, False)]


def test_who_was_first_among_precise_times_ties_as_ties(dataset: Dataset) -> None:
    rows = ask(dataset, "source_id, stories, stories_first, stories_tied, share_left_out", "first_to_publish()")
    assert rows == [
        ("post", 2, 2, 1, 0.0),  # the dam alone, the tax together with blatt
        ("blatt", 2, 1, 1, 1 / 3),  # of the cup only its own time is precise
        ("times", 1, 0, 0, 1 / 2),
    ]


def test_lag_and_its_spread_need_five_stories(dataset: Dataset, make_dataset: Callable[..., Dataset]) -> None:
    assert ask(dataset, "DISTINCT median_hours_after_first, verdict", "first_to_publish()") == [(None, "too few")]
    told = [
        article(story, source, 24 * story + lag)
        for story in range(1, 6)
        for source, lag in (("post", 0), ("blatt", story))
    ]
    larger = make_dataset(told)
    rows = ask(
        larger,
        "source_id, stories, median_hours_after_first, lower_quartile_hours, upper_quartile_hours, verdict",
        "first_to_publish()",
    )
    assert rows == [("post", 5, 0.0, 0.0, 0.0, "enough"), ("blatt", 5, 3.0, 2.0, 4.0, "enough")]


def test_sources_overlap_by_the_stories_both_told(dataset: Dataset, make_dataset: Callable[..., Dataset]) -> None:
    rows = ask(dataset, "source_a, source_b, stories_shared, similarity, verdict", "source_overlap()")
    assert rows == [
        ("blatt", "post", 2, None, "too few"),
        ("blatt", "times", 2, None, "too few"),
        ("post", "times", 1, None, "too few"),
    ]
    told = [article(story, "post", story) for story in range(1, 6)] + [
        article(story, "blatt", story) for story in range(2, 11)
    ]
    larger = make_dataset(told)
    ((shared, jaccard, cosine, of_a, of_b),) = ask(
        larger, "stories_shared, similarity, cosine, stories_a, stories_b", "source_overlap()"
    )
    assert (shared, of_a, of_b) == (4, 9, 5)
    assert jaccard == 4 / 10
    assert cosine == pytest.approx(4 / 45**0.5)


def test_blind_spots_only_among_sources_that_were_collected(make_dataset: Callable[..., Dataset]) -> None:
    def day(source: str, number: int, state: str = "collected") -> dict[str, Any]:
        written = sum(row["source_id"] == source and row["published_on"] == date(2026, 1, number) for row in ARTICLES)
        return {"source_id": source, "covered_on": date(2026, 1, number), "articles": written, "state": state}

    collected = [day(source, number) for source in ("post", "blatt", "times") for number in (1, 2, 3)]
    absent = [day("echo", number, "missing") for number in range(1, 6)]
    dataset = make_dataset(
        ARTICLES,
        stories=STORIES,
        covered_days=collected + absent,
        source_collections=[
            {"source_id": source, "collection_id": name}
            for name, sources in {"a": ["post", "blatt"], "b": ["times"], "c": ["echo"]}.items()
            for source in sources
        ],
    )
    assert ask(dataset, "title, sources_a, sources_b_collected", "blind_spots('a', 'b')") == [("Tax", 2, 1)]
    assert ask(dataset, "title", "blind_spots('b', 'a')") == [("Fog",)]
    assert ask(dataset, "*", "blind_spots('a', 'c')") == []  # nothing is known of the silence of an absent source
