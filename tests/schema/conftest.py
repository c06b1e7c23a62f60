"""Small datasets made by hand, whose answers can be checked in the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.publish.schema import create_dataset
from etl.publish.word_index import index_articles

Rows = Sequence[dict[str, Any]]
Dataset = duckdb.DuckDBPyConnection

DEFAULTS = {
    "date_origin": "meta",
    "date_precision": "minute",
    "is_zone_assumed": False,
    "is_date_disputed": False,
    "collected_at": datetime(2026, 9, 1),
    "language": "en",
    "words": 1,
    "is_truncated": False,
    "is_live_blog": False,
}


@pytest.fixture(scope="session")
def empty_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "empty.duckdb"
    create_dataset(path)
    return path


@pytest.fixture(scope="module")
def make_dataset(empty_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Dataset]]:
    """Return a function that fills a dataset: articles by source, day, title and text; other tables by their rows."""
    opened: list[Dataset] = []

    def make(articles: Rows = (), **tables: Rows) -> Dataset:
        path = tmp_path_factory.mktemp("dataset") / "dataset.duckdb"
        path.write_bytes(empty_dataset.read_bytes())
        connection = duckdb.connect(str(path))
        opened.append(connection)
        fill(connection, articles, tables)
        return connection

    yield make
    for connection in opened:
        connection.close()


def fill(connection: Dataset, articles: Rows, tables: dict[str, Rows]) -> None:
    rows = [_article(nth, row) for nth, row in enumerate(articles, 1)]
    sources = sorted({row["source_id"] for row in rows} | {row["source_id"] for row in tables.get("covered_days", ())})
    if "sources" not in tables:
        tables["sources"] = [{"source_id": source, "name": source.title()} for source in sources]
    if "covered_days" not in tables:
        days = sorted({(row["source_id"], row["published_on"]) for row in rows})
        tables["covered_days"] = [
            {
                "source_id": source,
                "covered_on": day,
                "articles": sum((row["source_id"], row["published_on"]) == (source, day) for row in rows),
                "state": "collected",
            }
            for source, day in days
        ]
    tables["articles"] = [{key: value for key, value in row.items() if key != "text"} for row in rows]
    tables["article_texts"] = [{"article_id": row["article_id"], "text": row.get("text", "")} for row in rows]
    for table, values in tables.items():
        insert(connection, table, values)
    index_articles(connection)


def _article(nth: int, row: dict[str, Any]) -> dict[str, Any]:
    day = row.get("published_on") or date(2026, 1, 1)
    day = date.fromisoformat(day) if isinstance(day, str) else day
    at = row.get("published_at") or datetime(day.year, day.month, day.day, 12)
    return {
        "article_id": nth,
        "source_id": "post",
        "url": f"https://post.test/{nth}",
        **DEFAULTS,
        **row,
        "published_on": day,
        "published_at": at,
    }


def insert(connection: Dataset, table: str, rows: Rows) -> None:
    for row in rows:
        names = ", ".join(row)
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
