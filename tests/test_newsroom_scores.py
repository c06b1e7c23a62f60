"""The whole way scored against what is true of the newsroom: what is published, method by method; the figures are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.methods.links import canonical_url
from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import FOR_GOOD, ArticleTruth, Newsroom

Rows = Mapping[str, dict[str, Any]]  # by canonical address


@dataclass(frozen=True)
class Compared:
    """What is true and what was published, of the articles that could be had, by canonical address."""

    newsroom: Newsroom
    truth: Mapping[str, ArticleTruth]
    found: Rows

    def f1(self, true: Mapping[str, Iterable[Hashable]], found: Mapping[str, Iterable[Hashable]]) -> float:
        """Compare multisets of things, article by article."""
        both = sum((Counter(true[key]) & Counter(found.get(key, ()))).total() for key in true)
        return 2 * both / (sum(len(list(one)) for one in true.values()) + sum(len(list(one)) for one in found.values()))


@pytest.fixture(scope="module")
def compared(newsroom_dataset: Path) -> Compared:
    newsroom = build_newsroom()
    truth = {
        canonical_url(one.address): one
        for one in newsroom.articles.values()
        if newsroom.troubles.get(one.address) not in FOR_GOOD
    }
    with duckdb.connect(str(newsroom_dataset), read_only=True) as connection:
        rows = connection.execute(ARTICLES)
        names = [column[0] for column in rows.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return Compared(newsroom, truth, {canonical_url(row["url"]): row for row in found})


ARTICLES = """
SELECT a.* EXCLUDE (original_id), text, o.url AS original,
       (SELECT list(topic_id) FROM article_topics WHERE article_id = a.article_id) AS topics,
       (SELECT list({'text': text, 'speaker': speaker}) FROM quotes WHERE article_id = a.article_id AND is_direct) AS quotes,
       (SELECT list({'name': name, 'kind': kind})
        FROM mentions JOIN entities USING (entity_id) WHERE article_id = a.article_id) AS mentions,
       (SELECT list({'source': c.source_id, 'is_dispute': is_dispute, 'report': r.url})
        FROM citations AS c LEFT JOIN articles AS r ON r.article_id = c.cited_article_id WHERE c.article_id = a.article_id) AS citations
FROM   articles AS a JOIN article_texts USING (article_id) LEFT JOIN articles AS o ON o.article_id = a.original_id
"""


def test_every_article_that_can_be_had_is_there_once(compared: Compared) -> None:
    assert compared.found.keys() == compared.truth.keys()


def test_what_pages_say(compared: Compared, figure: Callable[[str], None]) -> None:
    least = {
        "source": 1,
        "title": 0.97,
        "authors": 0.8,
        "day": 0.985,
        "minute": 0.85,
        "language": 0.99,
        "text": 0.95,
        "no more": 0.99,
    }
    shares: dict[str, Callable[[ArticleTruth, dict[str, Any]], bool]] = {
        "source": lambda one, row: row["source_id"] == one.source_id,
        "title": lambda one, row: row["title"] == plain(one.title),
        "authors": lambda one, row: set(row["authors"]) == set(one.authors),
        "day": lambda one, row: row["published_on"] == one.published_at.astimezone(UTC).date(),
        "minute": lambda one, row: row["published_at"] == one.published_at.replace(second=0, tzinfo=None),
        "language": lambda one, row: row["language"] == one.language,
        "text": lambda one, row: all(plain(part) in plain(row["text"]) for part in one.paragraphs),
        "no more": lambda one, row: len(row["text"]) <= len(one.text) * 1.25 + len(one.standfirst),
    }
    told = {
        name: sum(holds(one, compared.found[key]) for key, one in compared.truth.items()) / len(compared.truth)
        for name, holds in shares.items()
    }
    for name, share in told.items():
        figure(f"{name}: right in {share:.3f} of {len(compared.truth)} articles")
    assert {name: share for name, share in told.items() if share < least[name]} == {}


def plain(text: str) -> str:
    """Return a text with its spaces and line breaks as plain spaces, as the reader writes them."""
    return " ".join(text.split())


def test_stories(compared: Compared, figure: Callable[[str], None]) -> None:
    true = [one.story_id for one in compared.truth.values()]
    found = [compared.found[key]["story_id"] for key in compared.truth]
    both, of_true, of_found = Counter(zip(true, found, strict=True)), Counter(true), Counter(found)
    precision = sum(count**2 / of_found[story] for (_, story), count in both.items()) / len(true)
    recall = sum(count**2 / of_true[story] for (story, _), count in both.items()) / len(true)
    f1 = 2 * precision * recall / (precision + recall)
    figure(f"stories: BCubed F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})")
    assert f1 >= 0.97


def test_copies(compared: Compared, figure: Callable[[str], None]) -> None:
    true = {key: canonical_url(one.original) for key, one in compared.truth.items() if one.original}
    found = {key: canonical_url(row["original"]) for key, row in compared.found.items() if row["original"]}
    right = sum(found.get(key) == original for key, original in true.items())
    precision = len(found.keys() & true.keys()) / len(found)
    figure(f"copies: original found of {right / len(true):.3f}, precision {precision:.3f}")
    assert right / len(true) >= 0.98
    assert precision >= 0.95


def test_agencies(compared: Compared, figure: Callable[[str], None]) -> None:
    score = compared.f1(
        {key: [one.agency] if one.agency else [] for key, one in compared.truth.items()},
        {key: [row["agency"]] if row["agency"] else [] for key, row in compared.found.items()},
    )
    figure(f"agency credited: F1 {score:.3f}")
    assert score >= 0.9


def test_topics(compared: Compared, figure: Callable[[str], None]) -> None:
    score = compared.f1(
        {key: one.topics for key, one in compared.truth.items()},
        {key: row["topics"] or () for key, row in compared.found.items()},
    )
    figure(f"topics as queries find them, against what events are about: F1 {score:.3f}")
    assert score >= 0.8


def test_quotes_and_speakers(compared: Compared, figure: Callable[[str], None]) -> None:
    score = compared.f1(
        {
            key: [(one.text[quote.start : quote.end], quote.speaker) for quote in one.quotes if quote.is_direct]
            for key, one in compared.truth.items()
        },
        {
            key: [(quote["text"], quote["speaker"]) for quote in row["quotes"] or ()]
            for key, row in compared.found.items()
        },
    )
    figure(f"quotes with their speakers: F1 {score:.3f}")
    assert score >= 0.9


def test_citations_and_disputes(compared: Compared, figure: Callable[[str], None]) -> None:
    cited = {key: {one.source_id for one in told.citations} for key, told in compared.truth.items()}
    found = {
        key: {one["source"] for one in row["citations"] or () if one["source"]} for key, row in compared.found.items()
    }
    denied = {
        key: {one.source_id for one in told.citations if one.citation.is_dispute}
        for key, told in compared.truth.items()
    }
    found_denied = {
        key: {one["source"] for one in row["citations"] or () if one["source"] and one["is_dispute"]}
        for key, row in compared.found.items()
    }
    citations, disputes = compared.f1(cited, found), compared.f1(denied, found_denied)
    figure(f"citations: F1 {citations:.3f}; disputes: F1 {disputes:.3f}")
    assert citations >= 0.9
    assert disputes >= 0.9


def test_cited_reports(compared: Compared, figure: Callable[[str], None]) -> None:
    true = {
        (key, canonical_url(one.address))
        for key, told in compared.truth.items()
        for one in told.citations
        if one.address and canonical_url(one.address) in compared.truth
    }
    found = {
        (key, canonical_url(one["report"]))
        for key, row in compared.found.items()
        for one in row["citations"] or ()
        if one["report"]
    }
    precision, recall = len(true & found) / len(found), len(true & found) / len(true)
    figure(f"cited reports: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.9
    assert recall >= 0.6


def test_names(compared: Compared, figure: Callable[[str], None]) -> None:
    score = compared.f1(
        {key: {(one.name, one.kind) for one in told.mentions} for key, told in compared.truth.items()},
        {key: {(one["name"], one["kind"]) for one in row["mentions"] or ()} for key, row in compared.found.items()},
    )
    figure(f"names of an article with their kind: F1 {score:.3f}")
    assert score >= 0.5


def test_days_without_collection_are_gaps(compared: Compared, newsroom_dataset: Path) -> None:
    with duckdb.connect(str(newsroom_dataset), read_only=True) as connection:
        missing = connection.execute(
            "SELECT source_id, covered_on FROM covered_days WHERE state = 'missing'"
        ).fetchall()
    true = {(source_id, day) for source_id, told in compared.newsroom.sources.items() for day in told.missing_days}
    assert set(missing) == true
