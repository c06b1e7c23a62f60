"""Who took from whom, on seven articles of three sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection
START = datetime(2026, 1, 1)


def article(story: int, source: str, hour: float, **facts: object) -> dict[str, Any]:
    at = START + timedelta(hours=hour)
    return {
        "story_id": story,
        "source_id": source,
        "published_at": at,
        "published_on": at.date(),
        "text": "News.",
        **facts,
    }


ARTICLES = [
    article(1, "wire", 1),
    article(1, "post", 2, original_id=1, copy_similarity=0.8),
    article(1, "times", 5, original_id=1, copy_similarity=1.0),
    article(1, "blatt", 7),  # denies what wire reported
    article(1, "post", 9),  # carries the report on, without the denial
    article(1, "times", 10),  # and with it
    article(2, "post", 20),
]
ROLES = ["reports", "repeats without credit", "repeats with credit", "disputes", "reports", "disputes", "reports"]


def citation(article_id: int, source: str | None, name: str, **facts: object) -> dict[str, Any]:
    return {
        "article_id": article_id, "source_id": source, "cited_name": name, "evidence": "name", "sentence": "So it said.",
        "position": 3, "is_dispute": False, **facts,
    }  # fmt: skip


CITATIONS = [
    citation(4, "wire", "Wire", is_dispute=True, disputer="Ministry"),
    citation(5, "wire", "Wire"),
    citation(6, "wire", "Wire", is_dispute=True, cited_article_id=1),
    citation(7, None, "Far Gazette"),
]
STORIES = [
    {
        "story_id": number, "title": title, "first_at": START, "last_at": START, "articles": articles, "originals": 1,
        "sources": 1,
    }
    for number, title, articles in ((1, "Dam", 6), (2, "Fog", 1))
]  # fmt: skip


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    roles = [
        {"article_id": number, "story_id": row["story_id"], "role": role, "sentence": "News.", "position": 0}
        for number, (row, role) in enumerate(zip(ARTICLES, ROLES, strict=True), 1)
    ]
    return make_dataset(ARTICLES, stories=STORIES, story_roles=roles, citations=CITATIONS)


def test_who_copies_whom(dataset: Dataset) -> None:
    assert dataset.execute("FROM copied_sources()").fetchall() == [
        ("post", "wire", 1, 1, 0.8, 1.0),
        ("times", "wire", 1, 0, 1.0, 4.0),
    ]
    assert dataset.execute("FROM copied_sources(in_sources := ['times'])").fetchall() == [
        ("times", "wire", 1, 0, 1.0, 4.0)
    ]


def test_reuse_without_credit_is_a_number_per_source(dataset: Dataset) -> None:
    assert dataset.execute("FROM reuse_by_source()").fetchall() == [
        ("post", 3, 2, 0, 1, 0, 1.0),
        ("blatt", 1, 0, 0, 0, 1, None),
        ("times", 2, 0, 1, 0, 1, 0.0),
        ("wire", 1, 1, 0, 0, 0, None),
    ]


def test_who_cites_and_who_disputes_whom(dataset: Dataset) -> None:
    assert dataset.execute("FROM citing_sources()").fetchall() == [
        ("blatt", "wire", "Wire", 1, 1, 1),
        ("post", None, "Far Gazette", 1, 1, 0),
        ("post", "wire", "Wire", 1, 1, 0),
        ("times", "wire", "Wire", 1, 1, 1),
    ]


def test_hours_until_a_denial(dataset: Dataset) -> None:
    rows = dataset.execute(
        "SELECT article_id, source_id, disputer, cited_source_id, report_id, hours_until_denial FROM denials()"
    ).fetchall()
    assert rows == [(4, "blatt", "Ministry", "wire", 1, 6.0), (6, "times", None, "wire", 1, 9.0)]


def test_how_many_carry_a_report_without_its_denial(dataset: Dataset) -> None:
    [row] = dataset.execute("FROM carried_without_denial()").fetchall()
    assert row == (1, "Dam", START + timedelta(hours=7), 3, 3, 1, pytest.approx(1 / 3))
