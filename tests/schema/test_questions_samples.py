"""A sample can be drawn again, by anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(
        [{"source_id": ("post", "blatt")[nth % 2], "text": "dam" if nth % 3 else "tax"} for nth in range(1, 13)]
    )


def ask(dataset: Dataset, columns: str, question: str) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}").fetchall()


def test_articles_come_in_the_order_of_a_checksum(dataset: Dataset) -> None:
    by_hand = sorted(range(1, 13), key=lambda number: hashlib.md5(f"7-{number}".encode()).hexdigest())
    assert ask(dataset, "draw, article_id, stratum_articles", "sample_articles(4, 7)") == [
        (nth, by_hand[nth - 1], 12) for nth in range(1, 5)
    ]
    assert ask(dataset, "article_id", "sample_articles(4, 8)") != [(number,) for number in by_hand[:4]]


def test_filters_and_strata(dataset: Dataset) -> None:
    rows = ask(
        dataset,
        "stratum, count(*), any_value(stratum_articles)",
        "sample_articles(2, 1, by_strata := 'source', asked := 'tax') GROUP BY 1 ORDER BY 1",
    )
    assert rows == [("blatt", 2, 2), ("post", 2, 2)]
    assert ask(dataset, "DISTINCT stratum", "sample_articles(9, 1, by_strata := 'month')") == [("2026-01",)]
    with pytest.raises(duckdb.Error, match="none, source, month or language"):
        ask(dataset, "*", "sample_articles(1, 1, by_strata := 'colour')")
