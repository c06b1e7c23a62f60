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


def clause_matches(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return what each clause of a query adds.

    Returns:
        clause_number, clause, articles and matches (of the clause alone), articles_matched (of these, by the whole query),
        articles_alone (matched through this clause only).
    """
    return dataset.ask("clause_matches", wanted)


def widening_words(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return words that would widen a query: word, articles, share, background_share, log_likelihood, articles_more."""
    return dataset.ask("widening_words", wanted)


def unmatched_words(dataset: Dataset, query: str) -> pd.DataFrame:
    """Return the words of a query that no article has: word, similar_words (a list)."""
    return dataset.ask("unmatched_words", None, query)


def repeated_sentences(dataset: Dataset, wanted: Filter, *, most: int = 50) -> pd.DataFrame:
    """Return sentences that stand in several matching articles: sentence, articles, sources, share (of the articles)."""
    return dataset.ask("repeated_sentences", wanted, most=most)


def words_beginning(dataset: Dataset, beginning: str, *, most: int = 8) -> pd.DataFrame:
    """Return the most frequent words that begin so: term, articles."""
    return dataset.sql(
        "SELECT term, articles FROM terms WHERE starts_with(term, ?) ORDER BY articles DESC, term LIMIT ?",
        [beginning, most],
    )
