"""Who is named, quoted and cited, and which topics go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection

ARTICLES = [
    {"published_on": f"2026-01-0{day}", "source_id": source, "text": text}
    for day, source, text in [
        (1, "post", "dam"),
        (1, "blatt", "dam"),
        (2, "post", "tax"),
        (4, "blatt", "dam"),
        (4, "times", "cup"),
    ]
]
ENTITIES = [
    {"entity_id": 1, "name": "Ada Moor", "kind": "person"},
    {"entity_id": 2, "name": "Riverside", "kind": "place"},
    {"entity_id": 3, "name": "Water Board", "kind": "organisation"},
]
MENTIONS = [(1, 1, 2), (2, 1, 1), (4, 1, 1), (1, 2, 1), (3, 2, 3), (5, 3, 1)]
QUOTES = [
    (1, 1, "Ada Moor", 1, "It held."), (2, 1, "Ada Moor", 1, "It will hold."), (3, 2, "Moor", 1, "It held."),
    (4, 3, "Bo Lind", None, "Too much."), (5, 4, None, None, "Who knows."),
]  # fmt: skip
CITATIONS = [
    (2, "post", "Post", False),
    (4, "post", "Post", True),
    (5, None, "Daily Elsewhere", False),
    (5, "post", "Post", False),
]
TOPICS = {"dams": [1, 2, 4], "rivers": [1, 2], "money": [3]}


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(
        ARTICLES,
        entities=ENTITIES,
        entity_aliases=[{"entity_id": 1, "alias": "Moor", "origin": "surname"}],
        mentions=[{"article_id": a, "entity_id": e, "mentions": n, "first_position": 0} for a, e, n in MENTIONS],
        quotes=[
            {
                "quote_id": q,
                "article_id": a,
                "speaker": speaker,
                "entity_id": e,
                "text": text,
                "position": 0,
                "quote_position": q,
                "is_direct": True,
            }
            for q, a, speaker, e, text in QUOTES
        ],
        citations=[
            {
                "article_id": a,
                "source_id": source,
                "cited_name": name,
                "evidence": "name",
                "position": 0,
                "is_dispute": dispute,
            }
            for a, source, name, dispute in CITATIONS
        ],
        topics=[{"topic_id": topic, "name": topic, "query": topic} for topic in TOPICS],
        article_topics=_topic_rows(TOPICS),
    )


def _topic_rows(topics: dict[str, list[int]]) -> list[dict[str, Any]]:
    return [
        {"topic_id": topic, "article_id": article, "source_id": "-", "matches": 1, "is_in_title": False}
        for topic, articles in topics.items()
        for article in articles
    ]


def ask(dataset: Dataset, columns: str, question: str) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}").fetchall()


def test_names_by_the_articles_that_give_them(dataset: Dataset) -> None:
    assert ask(dataset, "name, kind, articles, mentions, sources", "top_mentions()") == [
        ("Ada Moor", "person", 3, 4, 2),
        ("Riverside", "place", 2, 4, 1),
        ("Water Board", "organisation", 1, 1, 1),
    ]
    assert ask(dataset, "name, articles", "top_mentions('place', asked := 'dam')") == [("Riverside", 1)]


def test_a_name_over_time_by_any_of_its_forms(dataset: Dataset) -> None:
    rows = ask(dataset, "day(bucket), articles, mentions, articles_collected, share", "mentions_over_time('moor')")
    assert rows == [(1, 2, 3, 2, 1.0), (2, 0, 0, 1, 0.0), (4, 1, 1, 2, 0.5)]


def test_speakers_by_the_sources_that_quote_them(dataset: Dataset) -> None:
    rows = ask(dataset, "speaker, entity_id, quotes, articles, sources", "top_speakers()")
    assert rows == [("Ada Moor", 1, 3, 2, 2), ("Bo Lind", None, 1, 1, 1)]


def test_the_quotes_of_one_speaker_in_order(dataset: Dataset) -> None:
    assert ask(dataset, "quote_id, text", "quotes_of('moor')") == [
        (1, "It held."),
        (2, "It will hold."),
        (3, "It held."),
    ]
    assert ask(dataset, "text", "quotes_of('bo lind')") == [("Too much.",)]
    assert ask(dataset, "quote_id", "quotes_of('Ada Moor', in_sources := ['blatt'])") == [(3,)]


def test_who_is_cited_and_how_often_denied(dataset: Dataset) -> None:
    rows = ask(dataset, "source_id, cited_name, citations, disputes, articles, citing_sources", "cited_sources()")
    assert rows == [("post", "Post", 3, 1, 3, 2), (None, "Daily Elsewhere", 1, 0, 1, 1)]


def test_topics_together_below_five_articles_are_too_few(dataset: Dataset) -> None:
    rows = ask(dataset, "*", "topic_pairs()")
    assert rows == [("dams", "rivers", 2, None, 3, 2, "too few")]


def test_lift_is_how_many_times_as_often_as_by_chance(make_dataset: Callable[..., Dataset]) -> None:
    topics = {"dams": list(range(1, 11)), "rivers": list(range(6, 16))}  # ten each of forty, five in common
    dataset = make_dataset([{"text": "x"}] * 40, article_topics=_topic_rows(topics))
    assert ask(dataset, "articles, lift, articles_a, articles_b, verdict", "topic_pairs()") == [
        (5, 5 * 40 / (10 * 10), 10, 10, "enough")
    ]
