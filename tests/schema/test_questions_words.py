"""What the articles say, and what each part of a query does."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import duckdb
import pytest

Dataset = duckdb.DuckDBPyConnection

FLOODS = [
    {
        "source_id": "post",
        "title": "Flood",
        "text": f"The dam number {nth} broke. Sign up for our letter about the flood.",
    }
    for nth in range(1, 7)
]
REST = [{"source_id": "blatt", "title": "Budget", "text": f"Taxes rise by {nth}. The dam is safe."} for nth in range(1, 3)] + [
    {"source_id": "blatt", "title": "Budget", "text": f"Taxes fall by {nth}."} for nth in range(3, 7)
]  # fmt: skip


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset([*FLOODS, *REST])


def ask(dataset: Dataset, columns: str, question: str, *values: object) -> list[tuple[Any, ...]]:
    return dataset.execute(f"SELECT {columns} FROM {question}", values).fetchall()


def test_log_likelihood_is_dunnings(dataset: Dataset) -> None:
    """G2 = 2 sum observed ln(observed / expected) over the four cells."""
    observed = [[6, 0], [2, 4]]
    expected = [[row_sum * column_sum / 12 for column_sum in (8, 4)] for row_sum in (6, 6)]
    cells = [(observed[row][column], expected[row][column]) for row in (0, 1) for column in (0, 1)]
    by_hand = 2 * sum(count * math.log(count / chance) for count, chance in cells if count)
    ((found,),) = ask(dataset, "log_likelihood(6, 6, 2, 6)", "range(1)")
    assert found == pytest.approx(by_hand)
    assert ask(dataset, "log_likelihood(2, 6, 6, 6)", "range(1)")[0][0] == pytest.approx(-by_hand)
    assert ask(dataset, "log_likelihood(3, 6, 3, 6)", "range(1)")[0][0] == pytest.approx(0)


def test_top_words_set_the_matching_articles_apart(dataset: Dataset) -> None:
    rows = {
        row[0]: row[1:]
        for row in ask(dataset, "word, articles, share, background_share, verdict", "top_words(asked := 'flood')")
    }
    assert rows["flood"] == (6, 1.0, 0.0, "apart")
    assert rows["dam"] == (6, 1.0, 2 / 6, "by chance")
    assert "taxes" not in rows
    assert not {"1", "a"} & set(rows)  # numbers and single letters say nothing
    assert ask(dataset, "DISTINCT articles_read, background_read", "top_words(asked := 'flood')") == [(6, 6)]


def test_too_few_articles_have_no_keyness(dataset: Dataset) -> None:
    rows = ask(dataset, "DISTINCT log_likelihood, verdict", "top_words(asked := 'taxes rise')")
    assert rows == [(None, "too few")]
    assert ask(dataset, "*", "top_words(asked := 'nothing')") == []


def test_words_in_context_come_in_order_with_what_stands_around_them(dataset: Dataset) -> None:
    rows = ask(
        dataset,
        "article_id, is_in_title, before, match, after",
        "words_in_context(asked := 'broke OR \"dam is\"', width := 2)",
    )
    assert rows[0] == (1, False, "number 1", "broke", ". Sign up")
    assert rows[-1] == (8, False, "2. The", "dam is", "safe")
    assert len(rows) == 8
    assert ask(dataset, "is_in_title, match", "words_in_context(asked := 'title:budget', most := 1)") == [
        (True, "Budget")
    ]


def test_matches_of_each_clause_by_itself_and_together(dataset: Dataset) -> None:
    rows = ask(dataset, "*", "clause_matches(asked := '(flood OR \"Taxes rise\") AND dam* NOT safe')")
    assert rows == [
        (1, "flood", 6, 12, 6, 0),
        (2, '"Taxes rise"', 2, 2, 0, 0),
        (3, "dam*", 8, 8, 6, 0),
        (4, "safe", 2, 2, 0, 0),
    ]
    assert ask(dataset, "clause, articles, articles_alone", "clause_matches(asked := 'flood OR taxes OR nowhere')") == [
        ("flood", 6, 6),
        ("taxes", 6, 6),
        ("nowhere", 0, 0),
    ]
    assert ask(dataset, "articles", "clause_matches(asked := 'dam', in_sources := ['blatt'])") == [(2,)]


def test_a_query_that_is_not_understood_has_no_clauses(dataset: Dataset) -> None:
    with pytest.raises(duckdb.Error, match="this parenthesis is not closed"):
        ask(dataset, "*", "clause_matches(asked := '(flood')")


def test_words_that_would_widen_a_query_are_not_its_own(dataset: Dataset) -> None:
    rows = {
        row[0]: row[1:] for row in ask(dataset, "word, articles, articles_more", "widening_words(asked := 'flood*')")
    }
    assert rows["number"] == (6, 0)
    assert "flood" not in rows


def test_how_many_articles_a_wider_query_would_add(make_dataset: Callable[..., Dataset]) -> None:
    levee = [{"text": f"A flood and the levee, {nth}"} for nth in range(20)]
    also = [{"text": "The levee holds"}] * 2
    other = [{"text": f"Other news {nth}"} for nth in range(60)]
    dataset = make_dataset([*levee, *also, *other])
    assert ask(dataset, "articles, articles_more", "widening_words(asked := 'flood') WHERE word = 'levee'") == [(20, 2)]


def test_the_same_sentence_again_and_again_is_boilerplate(dataset: Dataset) -> None:
    rows = ask(dataset, "*", "repeated_sentences(asked := 'flood OR number')")
    assert rows == [("Sign up for our letter about the flood.", 6, 1, 1.0)]  # the other sentences differ by a number
    assert ask(dataset, "sentence, articles, share", "repeated_sentences(asked := 'dam')") == [
        ("The dam is safe.", 2, 2 / 8)
    ]


def test_words_without_any_match_with_what_may_be_meant(dataset: Dataset) -> None:
    rows = ask(dataset, "*", "unmatched_words('flod OR taxes OR \"dam bruke\" OR zz* OR title:numer')")
    assert rows == [("bruke", ["broke"]), ("flod", ["flood"]), ("numer", ["number"]), ("zz*", [])]
    assert ask(dataset, "*", "unmatched_words('flood')") == []


def test_what_is_excluded_is_not_marked(dataset: Dataset) -> None:
    assert len(ask(dataset, "*", "match_places('flood -safe', 1)")) == 2
    assert ask(dataset, "*", "match_places('budget NOT dam', 7)") == [(1, 1)]
    assert ask(dataset, "*", "match_places('budget AND NOT (flood OR NOT dam)', 7)") == [
        (1, 1),
        (2006, 1),
    ]  # not not: asked for
