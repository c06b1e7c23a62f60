"""Tell of each source how its collection goes, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from etl.job import Job
from etl.publish.covered_days import SourceDays, judge_days, say_change

LONG_SILENT_DAYS = 3  # without a new link: shorter is a weekend
LOOKED_AT_DAYS = 30  # back from the last day that was over, in which gaps are counted
MOST_REASONS = 5  # told of one source

Row = dict[str, Any]
Counts = Mapping[date, int]


def totals(job: Job) -> dict[str, int]:
    """Return how much there is of everything."""
    tables = ("sources", "feeds", "links", "pages", "articles", "imports")
    return {table: int(job.store.database.value(f"SELECT count(*) FROM {table}")) for table in tables}


def source_states(job: Job) -> list[Row]:
    """Return one row per source: articles, waiting, failed, reasons, gap days, last success, next visit, and what that means."""
    database, now = job.store.database, job.clock.now()
    counts: dict[str, dict[date, int]] = {}
    for source_id, day, articles in database.rows(_ARTICLES_OF_DAYS):
        counts.setdefault(source_id, {})[day] = articles
    reasons: dict[str, dict[str, int]] = {}
    for source_id, reason, number in database.rows(_REASONS):
        reasons.setdefault(source_id, {})[reason] = number
    states = []
    for found in database.records(_STATES):
        source_id = found["source_id"]
        told = dict(list(reasons.get(source_id, {}).items())[:MOST_REASONS])
        row = found | days_of(counts.get(source_id, {}), found["last_on"]) | {"reasons": told}
        states.append(row | {"said": say_state(row, now)})
    return states


def days_of(articles: Counts, last_on: date | None) -> Row:
    """Return how many of a source's last days are missing or partly there, with the newest reason, and how its level changed."""
    if last_on is None or not articles:
        return {"gap_days": 0, "partly_days": 0, "gap_reason": None, "change": None}
    days = judge_days(SourceDays(articles, {}, last_on))
    recent = [day for day in days if timedelta(0) <= last_on - day.covered_on < timedelta(LOOKED_AT_DAYS)]
    gaps = [day for day in recent if day.state == "missing"]
    return {
        "gap_days": len(gaps),
        "partly_days": sum(day.state == "partly" for day in recent),
        "gap_reason": gaps[-1].reason if gaps else None,
        "change": say_change([day.covered_on for day in days], [day.articles for day in days], last_on),
    }


def say_state(row: Row, now: datetime) -> str:
    """Say in words how a source is."""
    if not row["is_listed"]:
        return "known only from an import, or no longer on the list"
    if not row["feeds"]:
        return "no feed is known yet" + (f": {row['reason']}" if row["reason"] else "")
    if row["answered_at"] is None and row["asked_at"] is None:
        return "not asked yet"
    if row["answered_at"] is None:
        return f"never answered: {row['reason']}; {say_visit(row, now)}"
    if row["failing"] == row["feeds"]:
        return f"{row['reason']} since {say_day(row['answered_at'], now)}; {say_visit(row, now)}"
    return "; ".join([*_of_feeds(row, now), *_of_pages(row), *_of_days(row), say_visit(row, now)])


def say_day(moment: datetime, now: datetime) -> str:
    """Name a day as people do: a weekday within the last week, else its date."""
    days = (now.date() - moment.date()).days
    names = {0: "today", 1: "yesterday"}
    return names.get(days) or (f"{moment:%A}" if 0 < days < 7 else f"{moment:%d %b %Y}")


def say_visit(row: Row, now: datetime) -> str:
    """Say when a source is asked next."""
    if row["next_at"] is None or row["next_at"] <= now:
        return "asked in the next run"
    wait = row["next_at"] - now
    if wait < timedelta(hours=1):
        return f"asked again in {wait.total_seconds() / 60:.0f} minutes"
    if wait < timedelta(days=1):
        return f"asked again in {wait.total_seconds() / 3600:.0f} hours"
    return f"asked again on {row['next_at']:%d %b}"


def _of_feeds(row: Row, now: datetime) -> list[str]:
    parts = [f"works, answered {say_day(row['answered_at'], now)} at {row['answered_at']:%H:%M}"]
    if row["found_at"] and (row["answered_at"] - row["found_at"]).days > LONG_SILENT_DAYS:
        parts = [f"sends no new links since {say_day(row['found_at'], now)}"]
    if row["failing"]:
        parts.append(f"{row['failing']} of {row['feeds']} feeds fail: {row['reason']}")
    return parts


def _of_pages(row: Row) -> list[str]:
    if not row["reasons"]:
        return []
    told = ", ".join(f"{number:,} × {reason}" for reason, number in row["reasons"].items())
    what = "address" if row["failed"] == 1 else "addresses"
    return [f"{row['failed']:,} {what} without article: {told}"]


def _of_days(row: Row) -> list[str]:
    parts = [row["change"]] if row["change"] else []
    if row["gap_days"]:
        parts.append(f"{row['gap_days']} of the last {LOOKED_AT_DAYS} days missing: {row['gap_reason']}")
    if row["partly_days"]:
        parts.append(f"{row['partly_days']} of the last {LOOKED_AT_DAYS} days partly there")
    return parts


_ARTICLES_OF_DAYS = """
SELECT source_id, published_at::DATE AS day, count(*)::INTEGER FROM articles
WHERE  date_origin <> 'collected' AND published_at IS NOT NULL GROUP BY ALL
"""
_REASONS = """
SELECT source_id, reason, count(*)::INTEGER AS number FROM failures WHERE stage <> 'discover'
GROUP  BY ALL ORDER BY source_id, number DESC, reason
"""
_STATES = """
WITH asked AS (
    SELECT source_id, count(*)::INTEGER AS feeds, (count(*) FILTER (failures > 0))::INTEGER AS failing, max(asked_at) AS asked_at,
           max(answered_at) AS answered_at, min(next_at) AS next_at, mode(reason) AS reason, max(answered_at)::DATE - 1 AS last_on
    FROM   feeds WHERE is_listed GROUP BY source_id
),
found AS (
    SELECT source_id, max(found_at) AS found_at, (count(*) FILTER (state = 'waiting'))::INTEGER AS waiting FROM links GROUP BY source_id
),
failed AS (SELECT source_id, count(*)::INTEGER AS failed FROM failures WHERE stage <> 'discover' GROUP BY source_id),
read AS (SELECT source_id, count(*)::INTEGER AS articles, max(published_at) AS newest_at FROM articles GROUP BY source_id)
SELECT s.source_id, s.name, s.is_listed, coalesce(feeds, 0) AS feeds, coalesce(failing, 0) AS failing, asked_at, answered_at,
       next_at, found_at, last_on, coalesce(waiting, 0) AS waiting, coalesce(failed, 0) AS failed, coalesce(articles, 0) AS articles,
       newest_at,
       coalesce(asked.reason, (SELECT mode(f.reason) FROM failures AS f WHERE f.source_id = s.source_id AND stage = 'discover')) AS reason
FROM   sources AS s LEFT JOIN asked USING (source_id) LEFT JOIN found USING (source_id) LEFT JOIN failed USING (source_id)
       LEFT JOIN read USING (source_id)
ORDER  BY s.source_id
"""
