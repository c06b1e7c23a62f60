"""From a store to a checked publication, and from one publication to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from etl.errors import CheckFailed, CoverageError
from etl.job import Job
from etl.publish import publish
from etl.publish.publications import Publications
from etl.publish.publishing import check_publication

if TYPE_CHECKING:
    from tests.publish.conftest import Desk


def ask(path: Path | None, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


def newest(job: Job) -> Path:
    path = Publications(job.folder).newest()
    assert path is not None
    return path


@pytest.fixture
def published(job: Job, desk: Desk) -> Job:
    for number, title in enumerate(("Flood in the valley", "Budget", "Strike", "Flood relief", "Election"), 1):
        desk.write(number, title, f"{title} was the talk of the day. The flood of news goes on, number {number}.")
    assert publish(job).done == 5
    return job


def test_a_publication_answers(published: Job) -> None:
    path = newest(published)
    assert ask(path, "SELECT article_id FROM search('title:flood')") == [(1,), (4,)]
    assert ask(path, "SELECT sum(articles)::INTEGER, max(share) FROM coverage_over_time(in_topics := ['floods'])") == [
        (5, 1.0)
    ]
    assert "shares_are_shares" in check_publication(path)


def test_a_breach_leaves_the_publication_before(published: Job, desk: Desk) -> None:
    before = newest(published)
    desk.write(6, "Late", "Published after it was collected.", collected_at="2026-01-01")
    with pytest.raises(CheckFailed, match="dates_are_possible"):
        publish(published)
    assert newest(published) == before


def test_a_named_publication_is_not_overwritten(published: Job) -> None:
    publish(published, name="study")
    with pytest.raises(CoverageError, match="study"):
        publish(published, name="study")


def test_without_texts_words_stay_exact_and_phrases_say_why_not(published: Job) -> None:
    publish(published, name="open", without_texts=True)
    path = newest(published)
    assert ask(path, "SELECT count(*) FROM search('flood AND NOT (title:flood OR budget)')") == [(2,)]
    assert ask(path, "SELECT count(*), count(positions) FROM postings SEMI JOIN terms USING (term_id)")[0][1] == 0
    assert ask(path, "SELECT count(*) FROM article_texts") == [(0,)]
    for question in (
        "FROM search('\"talk of the day\"')",
        "FROM search('\"talk day\"~3')",
        "FROM words_in_context('flood')",
        "FROM match_places('flood', 1)",
    ):
        with pytest.raises(duckdb.Error, match="this publication was made without texts"):
            ask(path, question)
