"""Stories found online: what belongs together, and that nothing given is ever taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from etl.methods.stories import StoryFinder
from etl.methods.stories.finder import Placed
from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import ArticleTruth
from etl.records import ArticleText

START = datetime(2031, 3, 3, 6, tzinfo=UTC)
DAM = "The Orvel dam above Kestrin burst before dawn on Monday. Engineer Tilda Marrow said 340 people were brought to safety."
DAM_AGAIN = (
    "Before dawn the dam at Orvel burst, and Kestrin had to be emptied: 340 people left their homes, said Tilda Marrow."
)
DAM_IN_GERMAN = (
    "Der Damm von Orvel oberhalb von Kestrin ist am Montag gebrochen. 340 Menschen wurden gerettet, sagte Tilda Marrow."
)
CUP = "Striker Jonas Fell scored twice as Lembach Rovers beat Port Anning 3-1 in the cup on Monday evening."

MakeArticle = Callable[..., ArticleText]


@pytest.fixture
def make_article() -> MakeArticle:
    """Return a function that makes an article: number, title, text, hours after the start."""

    def make(
        number: int, title: str, text: str, *, hours: float = 0, source: str = "", language: str = "en"
    ) -> ArticleText:
        at = START + timedelta(hours=hours)
        return ArticleText(number, source or f"source-{number}", "", title, text, language, (), at, at)

    return make


@pytest.fixture(scope="module")
def told() -> dict[int, ArticleTruth]:
    """The newsroom's articles without copies, in order of publication, by number."""
    return dict(enumerate([one for one in build_newsroom().articles.values() if one.original is None], start=1))


@pytest.fixture(scope="module")
def reports(told: dict[int, ArticleTruth]) -> list[ArticleText]:
    """The same as methods are asked about them."""
    return [
        ArticleText(
            number,
            one.source_id,
            one.address,
            one.title,
            one.text,
            one.language,
            (),
            one.published_at,
            one.published_at,
        )
        for number, one in told.items()
    ]


def test_reports_of_one_event_are_one_story(make_article: MakeArticle) -> None:
    placed = StoryFinder().add([
        make_article(11, "Dam bursts at Orvel", DAM),
        make_article(12, "Rovers win the cup", CUP, hours=1),
        make_article(13, "Orvel dam bursts, 340 flee Kestrin", DAM_AGAIN, hours=2),
    ])  # fmt: skip
    assert placed.stories == {11: 11, 12: 12, 13: 11}


def test_names_and_numbers_bridge_languages(make_article: MakeArticle) -> None:
    placed = StoryFinder().add([
        make_article(11, "Dam bursts at Orvel", DAM),
        make_article(12, "Rovers win the cup", CUP, hours=1),
        make_article(13, "Damm bei Orvel gebrochen, Kestrin geräumt", DAM_IN_GERMAN, hours=2, language="de"),
    ])  # fmt: skip
    assert placed.stories == {11: 11, 12: 12, 13: 11}


def test_the_same_words_weeks_later_are_another_story(make_article: MakeArticle) -> None:
    placed = StoryFinder().add([
        make_article(11, "Dam bursts at Orvel", DAM),
        make_article(12, "Dam bursts at Orvel", DAM_AGAIN, hours=24 * 14),
    ])  # fmt: skip
    assert placed.stories == {11: 11, 12: 12}


def test_an_empty_article_is_a_story_of_its_own(make_article: MakeArticle) -> None:
    placed = StoryFinder().add([make_article(11, "", ""), make_article(12, "", "")])
    assert placed.stories == {11: 11, 12: 12}


def test_stories_of_the_newsroom(reports: list[ArticleText], told: dict[int, ArticleTruth]) -> None:
    placed = StoryFinder().add(reports)
    found = [placed.stories[number] for number in told]
    precision, recall = bcubed([one.story_id for one in told.values()], found)
    assert 2 * precision * recall / (precision + recall) >= 0.97


def test_merges_join_what_is_one_event(reports: list[ArticleText], told: dict[int, ArticleTruth]) -> None:
    merges = StoryFinder().add(reports).merges
    assert merges
    for merge in merges:
        assert told[merge.story_id].story_id == told[merge.into_story_id].story_id


def bcubed(truth: list[str], found: list[int]) -> tuple[float, float]:
    """Return precision and recall of a clustering, averaged over items (Bagga and Baldwin 1998)."""
    both, of_truth, of_found = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    precision = sum(count * count / of_found[story] for (_, story), count in both.items())
    recall = sum(count * count / of_truth[story] for (story, _), count in both.items())
    return precision / len(truth), recall / len(truth)


def test_later_articles_change_no_number(reports: list[ArticleText]) -> None:
    some = reports[:600]
    whole, first = StoryFinder().add(some), StoryFinder().add(some[:300])
    assert first.stories == {number: whole.stories[number] for number in first.stories}


@pytest.mark.parametrize("size", [7, 250])
def test_batches_and_breaks_change_nothing(reports: list[ArticleText], size: int) -> None:
    few = reports[:300]
    whole, parts, finder = StoryFinder().add(few), Placed(), StoryFinder()
    for start in range(0, len(few), size):
        finder = StoryFinder.from_state(finder.state())
        placed = finder.add(few[start : start + size])
        parts.stories |= placed.stories
        parts.merges += placed.merges
    assert parts == whole
