"""The questions of the dataset as functions: f(dataset, filter, ...) -> tidy DataFrame. Each has the name of its question."""

from dashboard.queries.articles import article, article_list, article_marks, count_articles, match_places
from dashboard.queries.collection import (
    collection_days,
    collection_gaps,
    failures,
    overview,
    publications,
    source_list,
    undated,
)
from dashboard.queries.coverage import (
    bursts,
    coverage_by_country,
    coverage_by_language,
    coverage_by_source,
    coverage_over_time,
    source_heatmap,
    topic_coverage,
    topic_pairs,
)
from dashboard.queries.dictionary import columns, methods, questions, tables, topics
from dashboard.queries.people import cited_sources, mentions_over_time, quotes_of, top_mentions, top_speakers
from dashboard.queries.stories import (
    blind_spots,
    first_to_publish,
    source_overlap,
    story,
    story_citations,
    story_quotes,
    story_timeline,
    top_stories,
)
from dashboard.queries.words import top_words, why, words_in_context

__all__ = [
    "article",
    "article_list",
    "article_marks",
    "blind_spots",
    "bursts",
    "cited_sources",
    "collection_days",
    "collection_gaps",
    "columns",
    "count_articles",
    "coverage_by_country",
    "coverage_by_language",
    "coverage_by_source",
    "coverage_over_time",
    "failures",
    "first_to_publish",
    "match_places",
    "mentions_over_time",
    "methods",
    "overview",
    "publications",
    "questions",
    "quotes_of",
    "source_heatmap",
    "source_list",
    "source_overlap",
    "story",
    "story_citations",
    "story_quotes",
    "story_timeline",
    "tables",
    "top_mentions",
    "top_speakers",
    "top_stories",
    "top_words",
    "topic_coverage",
    "topic_pairs",
    "topics",
    "undated",
    "why",
    "words_in_context",
]
