"""What the articles say, and what a peak is made of."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter


def why(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return what the articles from since to until differ by from those of the 28 days before.

    Returns:
        part (story, source, word or speaker), label, item_id (of a story, word or entity), articles and share here,
        articles_before and share_before there, sources, score (log-likelihood, Dunning 1993); 20 rows a part at most.
    """
    return dataset.ask("why", wanted)


def top_words(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return the 200 words that set the matching articles apart from all others of the same filters.

    Returns:
        word (folded), articles, share and background_share (of articles with it, 0 to 1), log_likelihood (Dunning 1993).
    """
    return dataset.ask("top_words", wanted)


def words_in_context(dataset: Dataset, wanted: Filter, *, width: int = 8, most: int = 200) -> pd.DataFrame:
    """Return article_id, source_id, published_on, is_in_title, before, match, after: each match with `width` words around."""
    return dataset.ask("words_in_context", wanted, width=width, most=most)
