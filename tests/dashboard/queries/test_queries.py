"""Each question through its function, on a dozen articles whose answers can be checked in the head."""

from __future__ import annotations

import functools
import inspect
import operator
from datetime import date

import pandas as pd
import pytest

from dashboard import queries
from dashboard.dataset import Dataset
from dashboard.filters import SORTS, Filter

DAMS = Filter(query="dam")


def test_every_public_question_has_a_function(dozen: Dataset) -> None:
    inner = {"word_hits", "prefix_hits", "phrase_hits", "near_hits", "search", "wanted", "covered"}
    asked = set(queries.questions(dozen)["name"]) - inner
    assert asked <= set(queries.__all__)


def test_every_function_says_its_columns() -> None:
    for name in queries.__all__:
        told = inspect.getdoc(getattr(queries, name)) or ""
        assert told.startswith("Return"), name


def test_coverage_over_time(dozen: Dataset) -> None:
    found = queries.coverage_over_time(dozen, DAMS)
    assert found["bucket"].dt.day.tolist() == [2, 3, 4, 5, 6, 7, 8, 9]
    assert found["articles"].tolist() == [2, 1, 0, 1, 0, 0, 0, 2]
    assert found["articles_collected"].tolist() == [3, 2, 0, 3, 0, 0, 0, 3]
    assert found["missing_days"].tolist() == [0, 0, 1, 0, 0, 0, 0, 0]
    assert found["share"].round(3).tolist()[:2] == [0.667, 0.5]
    assert pd.isna(found["share"][2])


def test_coverage_without_copies_and_by_week(dozen: Dataset) -> None:
    found = queries.coverage_over_time(dozen, Filter(query="dam", with_copies=False), grain="week")
    assert found["articles"].tolist() == [3, 2]
    assert found["is_partial"].tolist() == [False, True]


def test_the_list_has_exactly_the_number_on_the_chart(dozen: Dataset) -> None:
    for wanted in (
        DAMS,
        Filter(topics=("dams",)),
        Filter(sources=("gull",)),
        Filter(query="dam", least_matches=2),
        Filter(query="dam", title_only=True),
    ):
        counted = queries.coverage_over_time(dozen, wanted)["articles"].sum()
        assert queries.count_articles(dozen, wanted) == counted == len(queries.article_list(dozen, wanted))


@pytest.mark.parametrize(
    ("order", "first"), [("newest", 9), ("oldest", 1), ("source", 9), ("title", 4), ("matches", 6), ("words", 1)]
)
def test_lists_are_ordered(dozen: Dataset, order: str, first: int) -> None:
    assert order in SORTS
    assert queries.article_list(dozen, DAMS, order=order)["article_id"].tolist()[0] == first


def test_lists_come_in_pages_that_do_not_overlap(dozen: Dataset) -> None:
    pages = [queries.article_list(dozen, Filter(), page=page, size=5)["article_id"].tolist() for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [5, 5, 1, 0]
    assert sorted(functools.reduce(operator.iadd, pages, [])) == list(range(1, 12))


def test_one_article_with_what_was_found_in_it(dozen: Dataset) -> None:
    article = queries.article(dozen, 10).iloc[0]
    assert (article["source"], article["story"], article["text"]) == (
        "The Heron",
        "The dry dam",
        "A dry dam, says the gull.",
    )
    assert queries.article_marks(dozen, 10)["kind"].tolist() == ["quote", "name", "dispute"]
    assert queries.match_places(dozen, "dry dam", 10).to_numpy().tolist() == [[2, 1], [3, 1], [2002, 1], [2003, 1]]
    assert queries.article(dozen, 99).empty


def test_stories(dozen: Dataset) -> None:
    assert queries.top_stories(dozen, Filter())["story_id"].tolist() == [1, 2]
    assert queries.story_timeline(dozen, 1)["is_copy"].tolist() == [False, True]
    assert queries.story_quotes(dozen, 2)["speaker"].tolist() == ["Ada Marsh"]
    assert queries.story_citations(dozen, 2)["disputer"].tolist() == ["the mayor"]
    assert queries.story(dozen, 3).empty


def test_what_is_missing(dozen: Dataset) -> None:
    gaps = queries.collection_gaps(dozen, Filter())
    assert gaps[["source_id", "days", "reason"]].to_numpy().tolist() == [["heron", 1, "no answer"]]
    assert queries.undated(dozen, Filter())["articles"].tolist() == [1]
    assert queries.failures(dozen)["failures"].tolist() == [3]
    assert len(queries.collection_days(dozen, Filter())) == 16


def test_who_is_named_quoted_and_cited(dozen: Dataset) -> None:
    assert queries.top_speakers(dozen, Filter())["speaker"].tolist() == ["Ada Marsh"]
    assert queries.quotes_of(dozen, Filter(), "ada marsh")["text"].tolist() == ["A dry dam"]
    assert queries.top_mentions(dozen, Filter(), kind="person")["articles"].tolist() == [1]
    assert queries.mentions_over_time(dozen, Filter(), "Ada Marsh", grain="week")["mentions"].tolist() == [0, 1]
    assert queries.cited_sources(dozen, Filter())[["source_id", "citations", "disputes"]].to_numpy().tolist() == [
        ["gull", 1, 1]
    ]


def test_why_a_day_stands_out(dozen: Dataset) -> None:
    found = queries.why(dozen, Filter(query="dam", since=date(2026, 3, 9), until=date(2026, 3, 9)))
    stories = found[found["part"] == "story"]
    assert stories[["label", "item_id", "articles", "articles_before"]].to_numpy().tolist() == [
        ["The dry dam", 2, 2, 0]
    ]


def test_the_rest_answers(dozen: Dataset) -> None:
    assert queries.words_in_context(dozen, DAMS, width=2)["match"].str.lower().unique().tolist() == ["dam"]
    assert queries.coverage_by_source(dozen, DAMS)["articles"].tolist() == [3, 3]
    assert queries.coverage_by_country(dozen, DAMS)["country"].tolist() == ["GB", "IE"]
    assert queries.coverage_by_language(dozen, DAMS)["articles"].tolist() == [6]
    assert queries.source_heatmap(dozen, DAMS, grain="week")["articles"].tolist() == [2, 2, 1, 1]
    assert queries.topic_coverage(dozen, Filter(), grain="week")["articles"].tolist() == [4, 2]
    assert queries.first_to_publish(dozen, Filter())["stories_first"].tolist() == [1, 1]
    assert queries.source_overlap(dozen, Filter())["stories_shared"].tolist() == [2]
    assert set(queries.bursts(dozen, DAMS)["verdict"]) == {"too few"}
    assert queries.top_words(dozen, DAMS)["word"].tolist()[0] == "dam"
    assert queries.topic_pairs(dozen, Filter()).empty
    assert queries.blind_spots(dozen, Filter(), "a", "b").empty
    assert queries.overview(dozen)["articles"].tolist() == [12]
    with_articles = queries.source_list(dozen).query("articles > 0")  # the list names sources that were never collected
    assert queries.overview(dozen)["sources"].tolist() == [len(with_articles)]
    assert queries.publications(dozen)["run_id"].tolist() == ["first"]
    assert queries.topics(dozen)["articles"].tolist() == [7]
    assert queries.source_list(dozen)["copies"].tolist() == [0, 1]
    assert queries.methods(dozen).empty
    assert {"articles", "postings"} <= set(queries.tables(dozen)["name"])
    assert queries.columns(dozen)["comment"].notna().all()
