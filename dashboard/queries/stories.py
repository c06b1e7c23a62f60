"""Which stories, who told them first, and who tells the same."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.filters import Filter


def top_stories(dataset: Dataset, wanted: Filter, *, most: int = 100) -> pd.DataFrame:
    """Return stories by size, counting only the articles that match.

    Returns:
        story_id, title, first_at, last_at (UTC), articles, originals (no copies), sources, hours, articles_per_hour.
    """
    return dataset.ask("top_stories", wanted, most=most)


def story(dataset: Dataset, story_id: int) -> pd.DataFrame:
    """Return the story's row: story_id, title, first_at, last_at, articles, originals, sources; empty if there is none."""
    return dataset.sql("FROM stories WHERE story_id = ?", [story_id])


def story_into(dataset: Dataset, story_id: int) -> int | None:
    """Return the story that a story went into, however often it moved on; None where it went into none."""
    found = dataset.sql(_INTO, [story_id])["story_id"]
    return None if found.empty else int(found.iloc[0])


def story_roles(dataset: Dataset, story_id: int) -> pd.DataFrame:
    """Return what each article does in its story: article_id, role, sentence (that shows it), position (in the text, from 0)."""
    return dataset.sql("SELECT article_id, role, sentence, position FROM story_roles WHERE story_id = ?", [story_id])


def story_timeline(dataset: Dataset, story_id: int) -> pd.DataFrame:
    """Return the story's articles in order of publication.

    Returns:
        article_id, source_id, title, url, language, published_at (UTC), date_precision (minute or day), hours_after_first,
        original_id, copy_similarity (0 to 1), is_copy.
    """
    return dataset.ask("story_timeline", None, story_id)


def story_quotes(dataset: Dataset, story_id: int, *, most: int = 200) -> pd.DataFrame:
    """Return the direct quotes of a story's articles: speaker, text, article_id, source_id, published_at, by speaker."""
    return dataset.sql(_QUOTES, [story_id, most])


def story_citations(dataset: Dataset, story_id: int) -> pd.DataFrame:
    """Return the citations of a story's articles, disputes first.

    Returns:
        article_id, source_id, cited_name, cited_article_id and cited_title (where we have the report), sentence, is_dispute,
        disputer.
    """
    return dataset.sql(_CITATIONS, [story_id])


def first_to_publish(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return who was first, among stories that two sources or more told at times precise to the minute.

    Returns:
        source_id, stories, stories_first (ties included), stories_tied, median_hours_after_first, lower_quartile_hours,
        upper_quartile_hours, share_left_out (of its shared stories, for want of precise times).
    """
    return dataset.ask("first_to_publish", wanted)


def source_overlap(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_a, source_b, stories_shared, similarity (Jaccard), cosine, one row per pair that shares a story."""
    return dataset.ask("source_overlap", wanted)


def copied_sources(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return who copies whom.

    Returns:
        source_id, original_source_id, copies, copies_without_credit, mean_similarity (0 to 1), median_hours_after.
    """
    return dataset.ask("copied_sources", wanted)


def reuse_by_source(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return what each source's articles do in their stories.

    Returns:
        source_id, articles, reports, repeats_with_credit, repeats_without_credit, disputes, share_without_credit (of repeats).
    """
    return dataset.ask("reuse_by_source", wanted)


def carried_without_denial(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return stories with a denial, and how many of the later articles leave it out.

    Returns:
        story_id, title, denied_at, articles_before, articles_after, articles_after_without_denial, share_without_denial.
    """
    return dataset.ask("carried_without_denial", wanted)


def blind_spots(dataset: Dataset, wanted: Filter, set_a: str, set_b: str) -> pd.DataFrame:
    """Return stories of collection set_a that set_b, though collected, does not tell.

    Returns:
        story_id, title, first_at, sources_a (that tell it), sources_b_collected (on that day or the two after).
    """
    return dataset.ask("blind_spots", wanted, set_a, set_b)


_INTO = """
WITH RECURSIVE way AS (
    SELECT into_story_id AS story_id, 1 AS steps FROM story_merges WHERE story_id = ?
    UNION ALL SELECT m.into_story_id, steps + 1 FROM way JOIN story_merges AS m USING (story_id) WHERE steps < 20
)
SELECT story_id FROM way ORDER BY steps DESC LIMIT 1
"""
_QUOTES = """
SELECT coalesce(e.name, q.speaker) AS speaker, q.text, article_id, a.source_id, a.published_at
FROM   quotes AS q JOIN articles AS a USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE  a.story_id = ? AND a.original_id IS NULL AND q.is_direct AND q.text IS NOT NULL
ORDER  BY speaker NULLS LAST, a.published_at, article_id, q.quote_position LIMIT ?
"""
_CITATIONS = """
SELECT c.article_id, a.source_id, c.cited_name, c.cited_article_id, r.title AS cited_title, c.sentence, c.is_dispute, c.disputer
FROM   citations AS c JOIN articles AS a USING (article_id) LEFT JOIN articles AS r ON r.article_id = c.cited_article_id
WHERE  a.story_id = ? ORDER BY c.is_dispute DESC, a.published_at, c.article_id, c.position
"""
