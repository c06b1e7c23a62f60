"""What was collected, what is missing, and why."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter


def overview(dataset: Dataset) -> pd.DataFrame:
    """Return one row of what the dataset holds.

    Returns:
        articles, copies, undated, sources, stories, topics, languages, first_on, last_on (of dated articles), missing_days
        (source-days), published_at (end of the run, UTC), run_id.
    """
    return dataset.sql(_OVERVIEW)


def source_list(dataset: Dataset) -> pd.DataFrame:
    """Return the sources: source_id, name, home_page, country, language, kind, articles, copies, first_on, last_on."""
    return dataset.sql(_SOURCES)


def collection_gaps(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return stretches of days of which nothing of a source could be had: source_id, first_on, last_on, days, reason."""
    return dataset.ask("collection_gaps", wanted)


def collection_days(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, covered_on, articles, state (collected, partly, missing, imported), reason: one row a source-day."""
    return dataset.ask("covered", wanted)


def undated(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id and articles that are left out because only their collection is dated."""
    return dataset.ask("undated", wanted)


def failures(dataset: Dataset) -> pd.DataFrame:
    """Return what could not be had: source_id, stage, reason, failures, first_on, last_on, the most frequent first."""
    return dataset.sql(
        """SELECT source_id, stage, reason, sum(failures)::BIGINT AS failures, min(failed_on) AS first_on, max(failed_on) AS last_on
           FROM failures GROUP BY source_id, stage, reason ORDER BY failures DESC, source_id, stage, reason LIMIT 200"""
    )


def publications(dataset: Dataset) -> pd.DataFrame:
    """Return run_id, started_at, ended_at (UTC), code_version, schema_version of the publications, the newest first."""
    return dataset.sql(
        "SELECT run_id, started_at, ended_at, code_version, schema_version FROM runs ORDER BY ended_at DESC LIMIT 50"
    )


_OVERVIEW = """
SELECT count(*) AS articles, count(original_id) AS copies, count(*) FILTER (date_origin = 'collected') AS undated,
       count(DISTINCT source_id) AS sources, (SELECT count(*) FROM stories) AS stories,
       (SELECT count(*) FROM topics) AS topics, count(DISTINCT language) AS languages,
       min(published_on) FILTER (date_origin <> 'collected') AS first_on, max(published_on) FILTER (date_origin <> 'collected') AS last_on,
       (SELECT count(*) FROM covered_days WHERE state = 'missing') AS missing_days,
       (SELECT max(ended_at) FROM runs) AS published_at, (SELECT arg_max(run_id, ended_at) FROM runs) AS run_id
FROM   articles
"""
_SOURCES = """
SELECT source_id, any_value(s.name) AS name, any_value(s.home_page) AS home_page, any_value(s.country) AS country,
       any_value(s.language) AS language, any_value(s.kind) AS kind, count(article_id) AS articles, count(original_id) AS copies,
       min(published_on) AS first_on, max(published_on) AS last_on
FROM   sources AS s LEFT JOIN articles AS a USING (source_id) GROUP BY source_id ORDER BY articles DESC, source_id
"""
