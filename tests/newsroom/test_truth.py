"""The truth agrees with itself and with the texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.newsroom.truth import FOR_GOOD, ArticleTruth, Newsroom
from etl.newsroom.world import companies


@pytest.fixture(scope="module")
def articles(newsroom: Newsroom) -> list[ArticleTruth]:
    return list(newsroom.articles.values())


def test_every_quote_stands_in_its_text_with_its_speaker(articles: list[ArticleTruth]) -> None:
    for article in articles:
        for quote in article.quotes:
            assert quote.speaker, article.address
            assert quote.speaker in article.text, article.address
            said = article.text[quote.start : quote.end]
            assert len(said) > 2, article.address
            assert "\n" not in said, article.address


def test_direct_quotes_stand_between_marks_and_indirect_ones_do_not(articles: list[ArticleTruth]) -> None:
    marks = '“”‘’"„«»「」\u00a0'
    for article in articles:
        for quote in article.quotes:
            around = article.text[quote.start - 1] + article.text[quote.end]
            assert all(char in marks for char in around) == quote.is_direct, (article.address, around)


def test_quotes_never_overlap(articles: list[ArticleTruth]) -> None:
    for article in articles:
        for one, other in zip(article.quotes, article.quotes[1:], strict=False):
            assert one.end <= other.start, article.address


def test_every_mention_stands_in_its_text_and_belongs_to_its_longest_form(articles: list[ArticleTruth]) -> None:
    for article in articles:
        for mention in article.mentions:
            form = article.text[mention.start : mention.end]
            assert mention.name in article.text, article.address
            assert form, article.address
            if mention.kind == "person":
                assert form in mention.name, article.address


def test_people_are_named_in_full_before_they_are_named_in_short(articles: list[ArticleTruth]) -> None:
    for article in articles:
        named: set[str] = set()
        for mention in article.mentions:
            if mention.kind == "person" and mention.name not in named:
                assert article.text[mention.start : mention.end] == mention.name, (article.address, mention.name)
                named.add(mention.name)


def test_citations_name_another_source_in_their_sentence(newsroom: Newsroom, articles: list[ArticleTruth]) -> None:
    for article in articles:
        for cited in article.citations:
            one = cited.citation
            assert one.sentence_start <= one.start < one.end <= one.sentence_end, article.address
            assert article.text[one.start : one.end].replace("'", "’") == one.outlet, article.address
            assert cited.source_id != article.source_id, article.address
            assert (cited.address or "") in newsroom.articles, article.address


def test_cited_reports_are_earlier(newsroom: Newsroom, articles: list[ArticleTruth]) -> None:
    for article in articles:
        for cited in article.citations:
            assert cited.address is not None
            assert newsroom.articles[cited.address].published_at < article.published_at, article.address
            assert newsroom.articles[cited.address].source_id == cited.source_id


def test_disputers_speak_in_the_articles_that_dispute(articles: list[ArticleTruth]) -> None:
    for article in articles:
        disputers = [one.citation.disputer for one in article.citations if one.citation.is_dispute]
        assert all(disputer is not None and disputer in article.text for disputer in disputers), article.address


def test_originals_are_earlier_of_the_same_story_and_no_copies(
    newsroom: Newsroom, articles: list[ArticleTruth]
) -> None:
    for article in articles:
        assert (article.original is None) == (article.copy_kind is None)
        if article.original:
            original = newsroom.articles[article.original]
            assert original.published_at < article.published_at
            assert original.story_id == article.story_id
            assert original.original is None
            assert original.source_id != article.source_id


def test_copies_share_most_of_their_words(
    newsroom: Newsroom, articles: list[ArticleTruth], words_of: Callable[[ArticleTruth], list[str]]
) -> None:
    for article in articles:
        if article.original:
            runs, others = _runs(words_of(article)), _runs(words_of(newsroom.articles[article.original]))
            assert len(runs & others) / len(runs) > 0.55, (article.address, article.copy_kind)


def test_a_credit_is_in_the_byline_or_in_the_dateline(articles: list[ArticleTruth]) -> None:
    for article in articles:
        if article.agency:
            assert article.agency in article.authors or f"({article.agency})" in article.paragraphs[0], article.address
        else:
            assert not any("Meridian Wire" in name for name in article.authors)


def test_hyperlinks_stand_where_they_say(articles: list[ArticleTruth]) -> None:
    for article in articles:
        for link in article.hyperlinks:
            assert link.position is not None
            assert article.text[link.position : link.position + len(link.text)] == link.text
        linked = {link.url for link in article.hyperlinks}
        assert all(one.address in linked for one in article.citations if one.has_hyperlink)


def test_dates_told_are_marked(articles: list[ArticleTruth]) -> None:
    marked = [one for article in articles for one in article.dates]
    assert {one.precision for one in marked} == {"day", "month", "year"}
    assert all(one.end > one.start for one in marked)


def test_stories_hold_their_articles_in_order(newsroom: Newsroom) -> None:
    for story in newsroom.stories.values():
        told = [newsroom.articles[address] for address in story.addresses]
        assert [one.published_at for one in told] == sorted(one.published_at for one in told)
        assert all(one.story_id == story.story_id for one in told)
        assert told[0].source_id == story.first_source
        assert all(one.topics == story.topics for one in told)
    assert sum(len(story.addresses) for story in newsroom.stories.values()) == len(newsroom.articles)


def test_twins_lead_to_articles_and_nothing_broken_is_one(newsroom: Newsroom) -> None:
    assert set(newsroom.twins.values()) <= set(newsroom.articles)
    assert not set(newsroom.twins) & set(newsroom.articles)
    for address, trouble in newsroom.troubles.items():
        assert (address in newsroom.articles) == (trouble in {"cut first", "busy first", "slow"}), address
        assert trouble not in FOR_GOOD or address not in newsroom.twins
    assert set(newsroom.troubles.values()) >= FOR_GOOD


def test_no_person_bears_the_name_of_a_company(articles: list[ArticleTruth]) -> None:
    names = {company.names["en"] for company in companies()}
    people = {mention.name for article in articles for mention in article.mentions if mention.kind == "person"}
    assert not names & people


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
