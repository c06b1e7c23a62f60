"""How much was written, on a dozen articles that can be counted by eye.

day   post                                 blatt                   times (in no collection)
1 Jan 1 flood      2 budget                3 flood, a copy of 1    -- missing --
2 Jan 4 strike                             5 flood flood           6 budget
3 Jan -- nothing, though collected --      -- missing --           7 flood
5 Jan 8 "Flood", titled                    9 budget, undated
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection

ARTICLES: list[dict[str, Any]] = [
    {"published_on": "2026-01-01", "source_id": "post", "text": "A flood came.", "story_id": 1},
    {"published_on": "2026-01-01", "source_id": "post", "text": "The budget was passed.", "story_id": 2},
    {"published_on": "2026-01-01", "source_id": "blatt", "text": "A flood came.", "story_id": 1, "original_id": 1, "language": "de"},
    {"published_on": "2026-01-02", "source_id": "post", "text": "Trains stand still.", "story_id": 3},
    {"published_on": "2026-01-02", "source_id": "blatt", "text": "Flood upon flood.", "story_id": 1, "language": "de"},
    {"published_on": "2026-01-02", "source_id": "times", "text": "More on the budget.", "story_id": 2},
    {"published_on": "2026-01-03", "source_id": "times", "text": "The flood, again."},
    {"published_on": "2026-01-05", "source_id": "post", "title": "Flood", "text": "It rains."},
    {"published_on": "2026-01-05", "source_id": "blatt", "text": "The budget of the flood.", "date_origin": "collected", "language": "de"},
]  # fmt: skip
COLLECTED = {
    ("post", 1): 2, ("post", 2): 1, ("post", 3): 0, ("post", 5): 1,
    ("blatt", 1): 1, ("blatt", 2): 1, ("blatt", 3): None, ("blatt", 5): 0,
    ("times", 1): None, ("times", 2): 1, ("times", 3): 1,
}  # fmt: skip
TABLES: dict[str, list[dict[str, Any]]] = {
    "sources": [
        {"source_id": "post", "name": "Post", "country": "GB"},
        {"source_id": "blatt", "name": "Blatt", "country": "DE"},
        {"source_id": "times", "name": "Times", "country": "GB"},
    ],
    "collections": [{"collection_id": "old", "name": "Old"}],
    "source_collections": [{"source_id": name, "collection_id": "old"} for name in ("post", "blatt")],
    "covered_days": [
        {"source_id": source, "covered_on": date(2026, 1, day), "articles": articles or 0,
         "state": "missing" if articles is None else "collected", "reason": "asleep" if articles is None else None}
        for (source, day), articles in COLLECTED.items()
    ],
    "topics": [{"topic_id": "floods", "name": "Floods", "query": "flood"}, {"topic_id": "money", "name": "Money", "query": "budget"}],
    "article_topics": [
        {**{key: ARTICLES[article - 1][key] for key in ("published_on", "source_id")},
         "topic_id": topic, "article_id": article, "matches": matches, "is_in_title": article == 8}
        for topic, article, matches in [("floods", 1, 1), ("floods", 3, 1), ("floods", 5, 2), ("floods", 7, 1), ("floods", 8, 1),
                                        ("money", 2, 1), ("money", 6, 1)]
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(ARTICLES, **TABLES)


def ask(dataset: Dataset, columns: str, question: str) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}").fetchall()


def days(dataset: Dataset, columns: str, filters: str) -> dict[int, Any]:
    """Return what coverage_over_time says by day of January; a single value where one column is asked for."""
    rows = ask(dataset, f"day(bucket), {columns}", f"coverage_over_time({filters})")
    return {row[0]: row[1] if len(row) == 2 else row[1:] for row in rows}


def test_matching_articles_and_their_share_of_all_by_day(dataset: Dataset) -> None:
    told = days(dataset, "articles, articles_collected, share", "asked := 'flood'")
    assert told == {1: (2, 3, 2 / 3), 2: (1, 3, 1 / 3), 3: (1, 1, 1.0), 5: (1, 1, 1.0)}  # no row for the fourth


def test_a_day_on_which_nothing_was_written_is_a_zero_and_a_day_not_collected_is_none(dataset: Dataset) -> None:
    assert days(dataset, "articles, share", "asked := 'flood', in_sources := ['post']") == {
        1: (1, 1 / 2), 2: (0, 0.0), 3: (0, None), 5: (1, 1.0)
    }  # fmt: skip
    assert days(dataset, "articles", "in_sources := ['blatt']") == {1: 1, 2: 1, 5: 0}


def test_each_source_counts_once_in_the_mean_share(dataset: Dataset) -> None:
    mean = days(dataset, "mean_share", "asked := 'flood'")
    assert mean == {1: (1 / 2 + 1) / 2, 2: 1 / 3, 3: 1.0, 5: 1.0}


def test_each_story_counts_once_in_the_story_share(dataset: Dataset) -> None:
    told = days(dataset, "story_share", "asked := 'flood'")
    assert told == {1: 1 / 2, 2: 1 / 3, 3: 1.0, 5: 1.0}  # on the first: the flood, told twice, and the budget
    assert days(dataset, "story_share", "asked := 'nothing'")[1] == 0


def test_sources_and_missing_days_are_told(dataset: Dataset) -> None:
    assert days(dataset, "sources, missing_days, is_partial", "") == {
        1: (2, 1, False), 2: (3, 0, False), 3: (2, 1, False), 5: (2, 0, False)
    }  # fmt: skip


def test_a_week_is_the_sum_of_its_days_and_partial_where_it_is_cut(dataset: Dataset) -> None:
    rows = ask(
        dataset,
        "bucket, articles, articles_collected, sources, is_partial",
        "coverage_over_time(asked := 'flood', grain := 'week')",
    )
    assert rows == [(date(2025, 12, 29), 4, 7, 3, True), (date(2026, 1, 5), 1, 1, 2, True)]


def test_a_grain_that_is_none_is_an_error(dataset: Dataset) -> None:
    with pytest.raises(duckdb.Error, match="grain: day, week, month or year"):
        ask(dataset, "*", "coverage_over_time(grain := 'hour')")


@pytest.mark.parametrize(
    ("filters", "articles", "collected"),
    [
        ("in_topics := ['floods']", 5, 8),
        ("in_topics := ['floods', 'money']", 7, 8),
        ("asked := 'flood', in_topics := ['money']", 0, 8),
        ("in_topics := ['floods'], least_matches := 2", 1, 8),
        ("asked := 'flood', least_matches := 2", 1, 8),
        ("in_topics := ['floods'], title_only := true", 1, 8),
        ("in_topics := ['floods'], with_copies := false", 4, 7),
        ("in_topics := ['floods'], in_sources := ['post'], since := '2026-01-02'", 1, 2),
        ("asked := 'flood', title_only := true", 1, 8),
        ("asked := 'flood', with_copies := false", 4, 7),
        ("asked := 'flood', in_languages := ['de']", 2, 2),
        ("asked := 'flood', in_countries := ['GB']", 3, 6),
        ("asked := 'flood', in_collections := ['old']", 4, 6),
        ("asked := 'flood', since := '2026-01-02', until := '2026-01-03'", 2, 4),
        ("asked := 'flood', with_undated := true", 6, 9),
        ("asked := 'flood', balanced := true, until := '2026-01-02'", 3, 5),
    ],
)
def test_every_filter_narrows_both_sides_of_the_share(
    dataset: Dataset, filters: str, articles: int, collected: int
) -> None:
    assert ask(
        dataset, "sum(articles)::INTEGER, sum(articles_collected)::INTEGER", f"coverage_over_time({filters})"
    ) == [(articles, collected)]
    assert ask(dataset, "count(*)", f"wanted({filters})") == [(articles,)]
    assert ask(dataset, "sum(articles)::INTEGER", f"coverage_by_source({filters})") == [(articles,)]
    assert ask(dataset, "sum(articles)::INTEGER", f"source_heatmap({filters})") == [(articles,)]


def test_balanced_sources_are_there_every_day_of_the_period(dataset: Dataset) -> None:
    assert ask(dataset, "*", "balanced_sources('2026-01-01', '2026-01-02') ORDER BY 1") == [("blatt",), ("post",)]
    assert ask(dataset, "*", "balanced_sources(NULL, NULL)") == []  # nobody was asked about the fourth


def test_by_source_language_and_country(dataset: Dataset) -> None:
    assert ask(dataset, "source_id, articles, articles_collected, share, day(first_at)", "coverage_by_source(asked := 'flood')") == [
        ("blatt", 2, 2, 1.0, 1), ("post", 2, 4, 0.5, 1), ("times", 1, 2, 0.5, 3)
    ]  # fmt: skip
    assert ask(dataset, "language, articles, articles_collected", "coverage_by_language(asked := 'flood')") == [
        ("en", 3, 6),
        ("de", 2, 2),
    ]
    assert ask(dataset, "country, articles, articles_collected, share", "coverage_by_country(asked := 'flood')") == [
        ("GB", 3, 6, 0.5), ("DE", 2, 2, 1.0)
    ]  # fmt: skip


def test_topics_by_time(dataset: Dataset) -> None:
    rows = ask(dataset, "day(bucket), topic_id, articles, share", "topic_coverage() WHERE day(bucket) < 3")
    assert rows == [(1, "floods", 2, 2 / 3), (1, "money", 1, 1 / 3), (2, "floods", 1, 1 / 3), (2, "money", 1, 1 / 3)]
    assert ask(dataset, "sum(articles)::INTEGER", "topic_coverage(in_topics := ['floods'], least_matches := 2)") == [
        (1,)
    ]


def test_the_heat_map_has_zeros_where_nothing_was_written_and_no_row_where_nothing_was_collected(
    dataset: Dataset,
) -> None:
    rows = ask(
        dataset, "day(bucket), source_id, articles, share", "source_heatmap(asked := 'flood') WHERE day(bucket) = 3"
    )
    assert rows == [(3, "post", 0, None), (3, "times", 1, 1.0)]


def test_gaps_are_told_as_stretches_with_their_reason(dataset: Dataset) -> None:
    assert ask(dataset, "source_id, day(first_on), days, reason", "collection_gaps()") == [
        ("times", 1, 1, "asleep"),
        ("blatt", 3, 1, "asleep"),
    ]
    assert ask(dataset, "source_id", "collection_gaps(in_countries := ['DE'])") == [("blatt",)]


def test_undated_articles_are_counted_apart(dataset: Dataset) -> None:
    assert ask(dataset, "*", "undated(asked := 'flood')") == [("blatt", 1)]
    assert ask(dataset, "*", "undated(asked := 'strike')") == []


def test_an_empty_dataset_answers_with_nothing(make_dataset: Callable[..., Dataset]) -> None:
    empty = make_dataset()
    for question in (
        "coverage_over_time()",
        "topic_coverage()",
        "coverage_by_source()",
        "source_heatmap()",
        "collection_gaps()",
        "undated()",
    ):
        assert ask(empty, "*", question) == []
