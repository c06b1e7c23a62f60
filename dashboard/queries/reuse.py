"""Who took from whom: copies, citations, denials."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter


def copied_sources(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, original_source_id, copies, copies_without_credit, mean_similarity, median_hours_after."""
    return dataset.ask("copied_sources", wanted)


def reuse_by_source(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, articles, reports, repeats_with_credit, repeats_without_credit, disputes, share_without_credit."""
    return dataset.ask("reuse_by_source", wanted)


def citing_sources(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, cited_source_id, cited_name, citations, articles, disputes: who cites and who disputes whom."""
    return dataset.ask("citing_sources", wanted)


def denials(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return each denial in order: story_id, article_id, source_id, disputer, cited source, report_id, hours_until_denial, sentence."""
    return dataset.ask("denials", wanted)


def carried_without_denial(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return stories with a denial: articles before and after it, and how many of the later ones leave it out."""
    return dataset.ask("carried_without_denial", wanted)
