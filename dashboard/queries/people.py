"""Who is named, quoted and cited."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from dashboard.dataset import Dataset, question_sql
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


def citing_sources(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return source_id, cited_source_id (if ours), cited_name, citations, articles, disputes (of the citations)."""
    return dataset.ask("citing_sources", wanted)


def denials(dataset: Dataset, wanted: Filter) -> pd.DataFrame:
    """Return each denial of a report, in order of publication.

    Returns:
        story_id, article_id, source_id, disputer, cited_source_id, cited_name, report_id, hours_until_denial, published_at,
        sentence.
    """
    return dataset.ask("denials", wanted)


def entity(dataset: Dataset, entity_id: int) -> pd.DataFrame:
    """Return the name's row: entity_id, name, kind, country, aliases (a list); empty if there is none."""
    return dataset.sql(_ENTITY, [entity_id])


def naming_sources(dataset: Dataset, wanted: Filter, entity_id: int) -> pd.DataFrame:
    """Return source_id, articles that name someone, quotes of them, first_on, the most articles first."""
    statement, values = question_sql("wanted", wanted)
    return dataset.sql(_NAMING.replace("{wanted}", statement), [*values, entity_id, entity_id])


_ENTITY = """
SELECT entity_id, name, kind, country,
       list_sort(coalesce((SELECT list(DISTINCT alias) FROM entity_aliases AS a WHERE a.entity_id = e.entity_id), [])) AS aliases
FROM   entities AS e WHERE entity_id = ?
"""
_NAMING = """
SELECT w.source_id, count(DISTINCT article_id) AS articles, sum(quotes)::BIGINT AS quotes, min(published_on) AS first_on
FROM   ({wanted}) AS w
       JOIN (SELECT article_id, 0 AS quotes FROM mentions WHERE entity_id = ?
             UNION ALL SELECT article_id, 1 FROM quotes WHERE entity_id = ?) USING (article_id)
GROUP  BY w.source_id ORDER BY articles DESC, w.source_id
"""
