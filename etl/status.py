"""Tell of each source how its collection goes, in words."""

from __future__ import annotations

from typing import Any

from etl.job import Job

LONG_SILENT_DAYS = 3


def totals(job: Job) -> dict[str, int]:
    """Return how much there is of everything."""
    tables = ("sources", "feeds", "links", "pages", "articles")
    return {table: int(job.store.database.value(f"SELECT count(*) FROM {table}")) for table in tables}


def source_states(job: Job) -> list[dict[str, Any]]:
    """Return one row per source: articles, waiting, failed, last success, next visit, and what that means (said)."""
    rows = job.store.database.records(_STATES)
    return [row | {"said": say_state(row)} for row in rows]


def say_state(row: dict[str, Any]) -> str:
    """Say in words how a source is."""
    if not row["is_listed"]:
        return "known only from an import, or no longer on the list"
    if not row["feeds"]:
        return "no feed is known yet" + (f": {row['reason']}" if row["reason"] else "")
    if row["answered_at"] is None:
        return f"never answered: {row['reason']}" if row["reason"] else "not asked yet"
    if row["failing"] == row["feeds"]:
        return f"{row['reason']} since {row['answered_at']:%d %b %Y}"
    silent = (row["asked_at"] - row["found_at"]).days if row["found_at"] else 0
    parts = [f"works, last asked {row['asked_at']:%d %b %Y %H:%M}"]
    if silent > LONG_SILENT_DAYS:
        parts = [f"sends no new links since {row['found_at']:%d %b %Y}"]
    if row["failed"]:
        parts.append(f"{row['failed']:,} pages failed, most often: {row['page_reason']}")
    return "; ".join(parts)


_STATES = """
WITH asked AS (
    SELECT source_id, count(*) AS feeds, count(*) FILTER (failures > 0) AS failing, max(asked_at) AS asked_at,
           max(answered_at) AS answered_at, min(next_at) AS next_at, max(reason) AS reason
    FROM   feeds WHERE is_listed GROUP BY source_id
),
found AS (
    SELECT source_id, max(found_at) AS found_at, count(*) FILTER (state = 'waiting') AS waiting,
           count(*) FILTER (state IN ('failed', 'refused')) AS failed, mode(reason) FILTER (state IN ('failed', 'refused')) AS page_reason
    FROM   links GROUP BY source_id
),
read AS (SELECT source_id, count(*) AS articles, max(published_at) AS newest_at FROM articles GROUP BY source_id)
SELECT s.source_id, s.name, s.is_listed, coalesce(feeds, 0) AS feeds, coalesce(failing, 0) AS failing, asked_at, answered_at,
       next_at, found_at, coalesce(waiting, 0) AS waiting, coalesce(failed, 0) AS failed, coalesce(articles, 0) AS articles,
       newest_at, page_reason,
       coalesce(asked.reason, (SELECT mode(f.reason) FROM failures AS f WHERE f.source_id = s.source_id AND stage = 'discover')) AS reason
FROM   sources AS s LEFT JOIN asked USING (source_id) LEFT JOIN found USING (source_id) LEFT JOIN read USING (source_id)
ORDER  BY s.source_id
"""
