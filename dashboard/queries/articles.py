"""The articles themselves: lists that count exactly what the charts count, and one article with what was found in it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.dataset import Dataset, question_sql
from dashboard.filters import Filter

PAGE = 50  # articles of one page of a list

_ORDERS = {  # a fixed list: nothing that a reader writes becomes part of SQL
    "newest": "a.published_on DESC, a.published_at DESC NULLS LAST, article_id DESC",
    "oldest": "a.published_on, a.published_at NULLS LAST, article_id",
    "source": "a.source_id, a.published_on DESC, a.published_at DESC NULLS LAST, article_id DESC",
    "title": "lower(a.title) NULLS LAST, article_id",
    "matches": "w.matches DESC, a.published_on DESC, article_id DESC",
    "words": "a.words DESC, article_id",
}


def count_articles(dataset: Dataset, wanted: Filter) -> int:
    """Return how many articles pass the filters: the number on the chart."""
    statement, values = question_sql("wanted", wanted)
    return int(dataset.sql(f"SELECT count(*) AS articles FROM ({statement})", values)["articles"].iloc[0])


def article_list(
    dataset: Dataset, wanted: Filter, *, order: str = "newest", page: int = 1, size: int = PAGE
) -> pd.DataFrame:
    """Return one page of the articles that pass the filters.

    Args:
        dataset: The dataset.
        wanted: The filters.
        order: newest, oldest, source, title, matches or words.
        page: From 1.
        size: Articles a page.

    Returns:
        article_id, source_id, source (name), title, url, published_at, published_on (UTC), date_precision, language, words,
        matches, is_copy, story_id.
    """
    statement, values = question_sql("wanted", wanted)
    ids = (
        f"SELECT article_id, w.matches FROM ({statement}) AS w JOIN articles AS a USING (article_id) "
        f"ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
    )
    found = dataset.sql(
        f"{_LISTED} FROM ({ids}) AS w {_JOINED} ORDER BY {_ORDERS[order]}",
        [*values, size, (page - 1) * size],
    )
    return found.astype({"is_copy": bool})


def export_sql(wanted: Filter) -> tuple[str, list[Any]]:
    """Return the SQL, with its values, of all articles that pass the filters, in order of publication."""
    statement, values = question_sql("wanted", wanted)
    ids = f"SELECT article_id, matches FROM ({statement})"
    facts = "a.authors, a.date_origin, a.original_id, a.copy_similarity"
    return f"{_LISTED}, {facts} FROM ({ids}) AS w {_JOINED} ORDER BY {_ORDERS['oldest']}", values


def article(dataset: Dataset, article_id: int) -> pd.DataFrame:
    """Return the article's row of `articles`, with source (name), text, story (title), original_title; empty if none."""
    return dataset.sql(_ARTICLE, [article_id])


def article_marks(dataset: Dataset, article_id: int) -> pd.DataFrame:
    """Return what was found in an article's text.

    Returns:
        kind (quote, name, citation), position (character, from 0), label (speaker, name or cited source), words (the text
        that stands there, as far as the dataset tells it).
    """
    return dataset.sql(_MARKS, [article_id] * 3)


def sample_articles(
    dataset: Dataset, wanted: Filter, size: int, seed: str, *, by_strata: str | None = None
) -> pd.DataFrame:
    """Return a sample that can be drawn again with the same seed; strata are none, source, month or language."""
    return dataset.ask("sample_articles", wanted, size, seed, by_strata=by_strata)


def copy_ranges(dataset: Dataset, article_id: int) -> pd.DataFrame:
    """Return the passages a copy shares with its original: position, original_position (characters, from 0), words."""
    return dataset.sql(
        "SELECT position, original_position, words FROM copy_ranges WHERE article_id = ? ORDER BY position",
        [article_id],
    )


def copies_of(dataset: Dataset, article_id: int, *, most: int = 50) -> pd.DataFrame:
    """Return the copies of an article: article_id, title, source (name), published_on, copy_similarity, in order."""
    return dataset.sql(_COPIES, [article_id, most])


def match_places(dataset: Dataset, query: str, article_id: int) -> pd.DataFrame:
    """Return word_position (the title counts from 1, the text from 2001) and words of each match in one article."""
    return dataset.ask("match_places", None, query, article_id)


_LISTED = """
SELECT article_id, a.source_id, coalesce(s.name, a.source_id) AS source, a.title, a.url, a.published_at, a.published_on,
       a.date_precision, a.language, a.words, w.matches, a.original_id IS NOT NULL AS is_copy, a.story_id
"""
_JOINED = "JOIN articles AS a USING (article_id) LEFT JOIN sources AS s USING (source_id)"
_ARTICLE = """
SELECT a.*, coalesce(s.name, a.source_id) AS source, t.text, st.title AS story, o.title AS original_title,
       o.source_id AS original_source, i.file AS import_file
FROM   articles AS a LEFT JOIN article_texts AS t USING (article_id) LEFT JOIN sources AS s USING (source_id)
       LEFT JOIN stories AS st USING (story_id) LEFT JOIN articles AS o ON o.article_id = a.original_id
       LEFT JOIN imports AS i ON i.import_id = a.import_id
WHERE  a.article_id = ?
"""
_MARKS = """
SELECT 'quote' AS kind, quote_position AS position, coalesce(e.name, speaker) AS label, text AS words
FROM   quotes LEFT JOIN entities AS e USING (entity_id) WHERE article_id = ?
UNION ALL
SELECT 'name', first_position, e.name, NULL FROM mentions JOIN entities AS e USING (entity_id) WHERE article_id = ?
UNION ALL
SELECT CASE WHEN is_dispute THEN 'dispute' ELSE 'citation' END, position, cited_name, NULL FROM citations WHERE article_id = ?
ORDER  BY position
"""
_COPIES = """
SELECT article_id, a.title, coalesce(s.name, a.source_id) AS source, a.published_on, a.copy_similarity
FROM   articles AS a LEFT JOIN sources AS s USING (source_id) WHERE original_id = ? ORDER BY published_at, article_id LIMIT ?
"""
