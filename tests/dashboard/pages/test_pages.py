"""What pages say of a dozen articles: roles, denials, copies beside their originals, people, comparisons."""

from __future__ import annotations

import json
from typing import Any

from dashboard.console import Answer
from dashboard.dataset import Dataset
from dashboard.pages import PAGES
from dashboard.pages.sql import answer_figure
from dashboard.visit import subject, visit


def told(dataset: Dataset, address: str) -> str:
    """Return a page as text."""
    path, _, search = address.partition("?")
    here = visit(dataset, path, f"?{search}" if search else "")
    page = next(page for page in PAGES if page.kind == subject(path)[0])
    parts = [part.to_plotly_json() for part in page.lay_out(here, search) if part is not None]
    return json.dumps(parts, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def test_a_story_that_went_into_others_shows_where_it_is_now(dozen: Dataset) -> None:
    moved, own = told(dozen, "/story/4"), told(dozen, "/story/2")
    assert "Story 4 proved to be the same event as this one" in moved
    assert "proved to be" not in own
    assert "2 articles of 2 sources" in moved
    assert "There is no such story" in told(dozen, "/story/5")


def test_a_story_says_what_each_article_does_and_who_denies(dozen: Dataset) -> None:
    page = told(dozen, "/story/2")
    assert "2 articles: 1 reports, 1 disputes." in page
    assert "A dry dam, says the gull." in page
    assert "denied by the mayor" in page
    assert '"href": "/article/9", "title": "Another dam"' in page
    assert "1 citation, 1 of them denying the report." in page


def test_a_copy_stands_beside_its_original(dozen: Dataset) -> None:
    page = told(dozen, "/article/2")
    assert "1 passage of 5 words in both are marked." in page
    assert page.count('"children": "dam holds in the rain", "className": "shared"') == 2
    assert "Side by side" not in told(dozen, "/article/1")


def test_a_person_is_named_and_quoted_by_sources(dozen: Dataset) -> None:
    assert "Ada Marsh" in told(dozen, "/people")
    page = told(dozen, "/person/1")
    assert "1 article by week from Monday" in page
    assert "“A dry dam” " in page
    assert "There is no such name" in told(dozen, "/person/2")


def test_comparisons_say_what_they_compare(dozen: Dataset) -> None:
    assert "6 articles of 2 sources." in told(dozen, "/compare?q=dam")
    assert "Ask two queries or more" in told(dozen, "/compare/lines?q=dam")
    assert "Part of the lines together" in told(dozen, "/compare/lines?q=dam&q=rain")
    assert "No article has “zeppelin”" in told(dozen, "/compare/words?q=zeppelin OR rain")
    assert "1 citation, 1 of them denials" in told(dozen, "/compare/citations")
    assert "9 Mar 2026 against the 28 days before" in told(dozen, "/compare/periods?peak=2026-03-09&q=dam")
    assert "There is no such comparison" in told(dozen, "/compare/none")


def test_copies_and_denials_are_counted_by_source(dozen: Dataset) -> None:
    page = told(dozen, "/compare/reuse")
    assert page.count("without credit") >= 2
    assert "The Heron" in page
    assert '"href": "/story/2"' in page
    assert "No article of these is a copy." in told(dozen, "/compare/reuse?source=gull")


def test_an_answer_is_drawn_where_it_has_a_name_or_day_and_numbers() -> None:
    rows: list[list[Any]] = [["2026-03-02", 3], ["2026-03-03", None]]
    drawn = answer_figure(Answer(["day", "articles"], ["DATE", "BIGINT"], rows, is_cut=False), scheme="light")
    assert drawn is not None
    assert (drawn["data"][0]["type"], drawn["data"][0]["y"]) == ("scatter", [3, None])
    assert (
        answer_figure(Answer(["a", "b"], ["BIGINT", "BIGINT"], [[1, 2], [3, 4]], is_cut=False), scheme="light") is None
    )
    assert answer_figure(Answer(["a"], ["VARCHAR"], [["x"], ["y"]], is_cut=False), scheme="light") is None
