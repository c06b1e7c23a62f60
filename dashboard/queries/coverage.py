"""How much was written: over time, by topic, source, language and country."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter, Grain


def coverage_over_time(dataset: Dataset, wanted: Filter, *, grain: Grain = "day") -> pd.DataFrame:
    """Return coverage by time, one row for every bucket in which something was collected.

    Returns:
        bucket (first day), articles (matching), articles_collected (all of the same filters without query and topics), share
        (0 to 1, the one by the other), mean_share (each source's share, averaged), story_share (stories with a matching
        article by all stories), sources (collected), missing_days (source-days), is_partial (cut by the period or by days
        on which nothing was collected).
    """
    return dataset.ask("coverage_over_time", wanted, grain=grain)


def topic_coverage(dataset: Dataset, wanted: Filter, *, grain: Grain = "day") -> pd.DataFrame:
    """Return bucket, topic_id, articles, articles_collected and share (0 to 1), one row per bucket and topic."""
    return dataset.ask("topic_coverage", wanted, grain=grain)


def coverage_by_source(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, articles, articles_collected, share (of the source's own articles, 0 to 1), first_at (UTC)."""
    return dataset.ask("coverage_by_source", wanted)


def coverage_by_language(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return language, articles, articles_collected, share (0 to 1), first_at (UTC), one row per language of articles."""
    return dataset.ask("coverage_by_language", wanted)


def coverage_by_country(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return country (of the source), articles, articles_collected, share (0 to 1), first_at (UTC)."""
    return dataset.ask("coverage_by_country", wanted)


def source_heatmap(dataset: Dataset, wanted: Filter, *, grain: Grain = "week") -> pd.DataFrame:
    """Return bucket, source_id, articles, articles_collected, share; no row where a source was not collected."""
    return dataset.ask("source_heatmap", wanted, grain=grain)


def bursts(dataset: Dataset, wanted: Filter, *, grain: Grain = "day") -> pd.DataFrame:
    """Return where coverage stands out of what went before it.

    Returns:
        bucket, articles, share, expected (median share of the 28 days, 8 weeks or 12 months before), score (robust z), and
        verdict: burst, usual or too few.
    """
    return dataset.ask("bursts", wanted, grain=grain)


def topic_pairs(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return topic_a, topic_b, articles of both, lift (times as often as by chance; missing below 5 articles)."""
    return dataset.ask("topic_pairs", wanted)
