"""Who is named, quoted and cited."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter, Grain


def top_mentions(
    dataset: Dataset, wanted: Filter, *, kind: Literal["person", "organisation", "place"] | None = None, most: int = 200
) -> pd.DataFrame:
    """Return entity_id, name, kind, articles, mentions, sources, by the articles that name them."""
    return dataset.ask("top_mentions", wanted, of_kind=kind, most=most)


def mentions_over_time(dataset: Dataset, wanted: Filter, name: str, *, grain: Grain = "day") -> pd.DataFrame:
    """Return bucket, articles that give a name (or an alias), mentions, articles_collected, share (of those that match)."""
    return dataset.ask("mentions_over_time", wanted, name, grain=grain)


def top_speakers(dataset: Dataset, wanted: Filter, *, most: int = 200) -> pd.DataFrame:
    """Return speaker, entity_id, quotes, articles, sources, by the number of sources that quote them."""
    return dataset.ask("top_speakers", wanted, most=most)


def quotes_of(dataset: Dataset, wanted: Filter, speaker: str) -> pd.DataFrame:
    """Return quote_id, article_id, source_id, published_on, speaker, text, verb, quote_position, is_direct, in order."""
    return dataset.ask("quotes_of", wanted, speaker)


def cited_sources(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id (if ours), cited_name, citations, disputes (of these), articles, citing_sources."""
    return dataset.ask("cited_sources", wanted)
