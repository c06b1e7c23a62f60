"""From a store to a checked publication, and from one publication to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from etl.errors import CheckFailed, CoverageError
from etl.job import Job
from etl.publish import publish
from etl.publish.growing import can_grow
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
        "FROM search('budget OR \"talk of\" OR strike')",
        "FROM words_in_context('flood')",
        "FROM match_places('flood', 1)",
    ):
        with pytest.raises(duckdb.Error, match="this publication was made without texts"):
            ask(path, question)


QUERIES = [
    "flood",
    "title:flood",
    '"talk of the day"',
    "flood* AND NOT budget",
    "fresh OR news",
    "number",
    '"day flood"~4',
    "bud*",
]


def answers(path: Path) -> list[object]:
    """Return what a publication says, whatever its words are numbered and however its postings lie."""
    words = "term, article_id, p.published_on, source_id, matches, title_matches, positions FROM postings AS p JOIN terms USING (term_id)"
    lead_terms = "SELECT article_id, unnest(term_ids) AS term_id FROM lead_words"
    lead = f"article_id, list_sort(list(term)) FROM ({lead_terms}) JOIN terms USING (term_id)"
    tables = [name for (name,) in ask(path, "SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    own = [name for name in tables if name not in ("terms", "postings", "lead_words", "runs")]
    return [
        *(ask(path, f"SELECT '{name}', * FROM {name} ORDER BY ALL") for name in own),
        ask(path, "SELECT term, articles, lead_articles FROM terms ORDER BY ALL"),
        ask(path, f"SELECT {words} ORDER BY ALL"),
        ask(path, f"SELECT {lead} GROUP BY article_id ORDER BY ALL"),
        *(ask(path, "SELECT * FROM search(?) ORDER BY ALL", query) for query in QUERIES),
        ask(path, "FROM coverage_over_time(asked := 'flood')"),
        ask(path, "FROM top_words(asked := 'flood')"),
    ]


def segments(path: Path) -> list[tuple[Any, ...]]:
    return ask(path, "SELECT segment, count(DISTINCT article_id) FROM postings GROUP BY segment ORDER BY segment")


def test_a_publication_that_grew_answers_as_one_built_anew(published: Job, desk: Desk) -> None:
    for number in range(6, 30):
        desk.write(number, "Late news", f"Fresh word{number}. The flood goes on.")
    publish(published, anew=True)
    desk.write(2, "Budget, corrected", "The talk of the day was another.")  # changed
    desk.write(
        3, "Strike", "Strike was the talk of the day. The flood of news goes on, number 3.", published_at="2026-07-30"
    )  # dated anew
    desk.remove(4)
    desk.write(30, "Fresh", "A new flood of fresh words.")
    publish(published)
    grown = newest(published)
    assert segments(grown) == [(0, 26), (1, 3)]
    publish(published, anew=True)
    assert newest(published) != grown
    assert segments(newest(published)) == [(0, 29)]
    assert answers(grown) == answers(newest(published))


@pytest.mark.slow
def test_small_segments_are_merged_when_there_are_more_than_a_few(job: Job, desk: Desk) -> None:
    for number in range(1, 40):
        desk.write(number, "News", f"The flood, number {number}.")
    publish(job)
    seen = []
    for number in range(40, 45):
        desk.write(number, "More", f"The flood, number {number}.")
        publish(job)
        seen.append(len(segments(newest(job))))
    assert seen == [2, 3, 4, 2, 3]
    grown = newest(job)
    publish(job, anew=True)
    assert answers(grown) == answers(newest(job))


@pytest.mark.slow
def test_what_was_added_to_too_much_or_is_declared_otherwise_is_built_anew(published: Job, desk: Desk) -> None:
    for number in range(6, 30):
        desk.write(number, "News", f"The flood, number {number}, goes on and on.")
    publish(published)
    assert len(segments(newest(published))) == 2
    publish(published)
    assert len(segments(newest(published))) == 1
    with duckdb.connect(str(newest(published))) as connection:
        connection.execute("CREATE OR REPLACE MACRO drawn_order(number) AS number")
    assert not can_grow(newest(published))
