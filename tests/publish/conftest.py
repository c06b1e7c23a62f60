"""A store with a few articles, without the stages that would have filled it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.job import Job
from etl.settings import load_settings
from etl.store import Store

Rows = Sequence[dict[str, Any]]
FIRST = datetime(2026, 8, 1, 9, tzinfo=UTC)

FACTS = {
    "date_origin": "json-ld",
    "date_precision": "minute",
    "is_zone_assumed": False,
    "is_date_disputed": False,
    "language": "en",
    "is_truncated": False,
    "is_live_blog": False,
    "is_twin": False,
}


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    """Return a job on a store with two sources and no article."""
    folder = tmp_path / "it's here"
    with Store(folder) as store:
        database = store.database
        database.insert(
            "sources",
            [{"source_id": name, "name": name.title(), "is_listed": True} for name in ("post", "blatt")],
        )
        database.insert(
            "source_domains",
            [{"source_id": name, "domain": f"{name}.test", "path_prefix": "/"} for name in ("post", "blatt")],
        )
        database.insert("topics", [{"topic_id": "floods", "name": "Floods", "query": "flood*"}])
        yield Job(store=store, folder=folder, settings=load_settings())


class Desk:
    """Writes articles into a store, as extract, enrich and group would."""

    def __init__(self, job: Job) -> None:
        self._database = job.store.database

    def write(self, article_id: int, title: str, text: str, **facts: object) -> None:
        """Add an article, or put another in its place."""
        for table in ("articles", "article_texts", "article_topics"):
            self._database.execute(f"DELETE FROM {table} WHERE article_id = ?", article_id)
        at = FIRST + timedelta(hours=7 * article_id)
        source_id = ("post", "blatt")[article_id % 2]
        url = f"https://{source_id}.test/{article_id}"
        row = {
            "article_id": article_id,
            "page_id": article_id,
            "source_id": source_id,
            "url": url,
            "key": url,
            "title": title,
            "published_at": at,
            "collected_at": at + timedelta(hours=1),
            "words": len(text.split()),
            "digest": hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()[:32],
        }
        self._database.insert("articles", [{**row, **FACTS, **facts}])
        self._database.insert("article_texts", [{"article_id": article_id, "text": text}])
        if "flood" in text:
            found = {
                "article_id": article_id,
                "topic_id": "floods",
                "matches": text.count("flood"),
                "is_in_title": False,
            }
            self._database.insert("article_topics", [found])

    def remove(self, article_id: int) -> None:
        """Take an article out again."""
        for table in ("articles", "article_texts", "article_topics"):
            self._database.execute(f"DELETE FROM {table} WHERE article_id = ?", article_id)


@pytest.fixture
def desk(job: Job) -> Desk:
    return Desk(job)
