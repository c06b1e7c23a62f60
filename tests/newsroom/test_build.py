"""What issue and README promise of the newsroom: how much there is of everything, and that it is always the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from etl.newsroom.period import FIRST_DAY, LAST_DAY, NOW, days
from etl.newsroom.truth import ArticleTruth, Newsroom, StoryTruth

BUILD = """
import time
from etl.newsroom.build import build_newsroom
newsroom = build_newsroom()
print(newsroom.digest(), time.process_time())
"""


def test_sources_of_many_countries_and_languages(newsroom: Newsroom) -> None:
    sources = [truth.source for truth in newsroom.sources.values()]
    assert len(sources) >= 14
    assert len({source.country for source in sources}) >= 8
    assert {source.language for source in sources} >= {"en", "de", "fr", "es", "ja", "ar"}
    assert {source.kind for source in sources} == {"newspaper", "agency", "broadcaster", "magazine", "blog"}
    assert Counter(source.kind for source in sources)["agency"] == 1


def test_one_language_has_no_spaces_and_one_runs_from_right_to_left(newsroom: Newsroom) -> None:
    texts: dict[str, list[str]] = defaultdict(list)
    for article in newsroom.articles.values():
        texts[article.language].append(article.text)
    blanks = {language: sum(text.count(" ") for text in told) / sum(map(len, told)) for language, told in texts.items()}
    assert blanks["ja"] == 0 < 0.1 < min(share for language, share in blanks.items() if language != "ja")
    directions = {
        language: Counter(unicodedata.bidirectional(char) for text in told[:50] for char in text)
        for language, told in texts.items()
    }
    assert [language for language, found in directions.items() if found["AL"] > found["L"]] == ["ar"]


def test_120_days_with_articles_on_each(newsroom: Newsroom) -> None:
    published = Counter(article.published_at.date() for article in newsroom.articles.values())
    assert list(days()) == sorted(published)
    assert (LAST_DAY - FIRST_DAY).days + 1 == 120
    assert max(article.published_at for article in newsroom.articles.values()) < NOW


def test_the_number_of_articles_and_events(newsroom: Newsroom) -> None:
    assert 2_800 <= len(newsroom.articles) <= 3_200
    told = [story for story in newsroom.stories.values() if "/" not in story.story_id]
    spread = Counter(len(_sources(newsroom, story.addresses)) for story in told)
    assert sum(spread[sources] for sources in range(1, 13)) >= 80
    assert set(range(1, 11)) <= set(spread)
    assert max(spread) >= 12


def test_tellers_of_one_event_choose_their_own_facts(newsroom: Newsroom) -> None:
    told = [_facts_told(newsroom, story.story_id, texts) for story, texts in _own_tellings(newsroom) if len(texts) >= 3]
    assert len(told) >= 100
    assert sum(len(set(facts)) > 1 for facts in told) / len(told) > 0.8


def test_articles_go_back_to_what_was_before_with_its_date(newsroom: Newsroom) -> None:
    articles = list(newsroom.articles.values())
    back = [
        article for article in articles if any(one.mentioned_on < article.published_at.date() for one in article.dates)
    ]
    assert len(back) / len(articles) > 0.35
    own = [link for article in back for link in article.hyperlinks if link.url in _addresses_of(newsroom, article)]
    assert len(own) >= 100  # the source's own report of that day is linked


def test_fictional_people_are_quoted_by_name(newsroom: Newsroom) -> None:
    articles = list(newsroom.articles.values())
    quotes = [quote for article in articles for quote in article.quotes]
    assert sum(bool(article.quotes) for article in articles) / len(articles) > 0.95
    assert len({quote.speaker for quote in quotes}) > 1_000
    assert 0.6 < sum(quote.is_direct for quote in quotes) / len(quotes) < 0.95
    people = {mention.name for article in articles for mention in article.mentions if mention.kind == "person"}
    assert {quote.speaker for quote in quotes} <= people


def test_most_stories_are_told_by_one_source_alone(newsroom: Newsroom) -> None:
    alone = sum(len(story.addresses) == 1 for story in newsroom.stories.values())
    assert alone / len(newsroom.stories) > 0.8


def test_one_day_stands_out_and_is_about_the_dam(newsroom: Newsroom) -> None:
    published = Counter(article.published_at.date() for article in newsroom.articles.values())
    (peak, articles), (_, second) = published.most_common(2)
    of_dam = [
        one for one in newsroom.articles.values() if "dam-failure" in one.topics and one.published_at.date() == peak
    ]
    assert peak == newsroom.stories["kaltenau-dam"].happened_at.date()
    assert articles > 1.2 * second
    assert len(of_dam) / articles > 0.4


def test_the_dam_story_has_a_clear_first_and_many_copies(newsroom: Newsroom) -> None:
    story = newsroom.stories["kaltenau-dam"]
    first = sorted((newsroom.articles[address] for address in story.addresses), key=lambda one: one.published_at)
    assert story.first_source == first[0].source_id == "alpenfunk"
    assert first[1].published_at - first[0].published_at > timedelta(minutes=20)
    assert sum(one.original is not None for one in first) >= 10


def test_nothing_is_there_of_the_six_lost_days(newsroom: Newsroom) -> None:
    missing = newsroom.sources["northern-ledger"].missing_days
    written = {one.published_at.date() for one in newsroom.articles.values() if one.source_id == "northern-ledger"}
    assert len(missing) == 6
    assert not written & set(missing)
    assert missing[0] - timedelta(days=1) in written
    assert missing[-1] + timedelta(days=1) in written


def test_nato_and_ukraine_are_a_plausible_minority(newsroom: Newsroom) -> None:
    english = [one for one in newsroom.articles.values() if one.language == "en"]
    both = sum("nato" in one.text.lower() and "ukraine" in one.text.lower() for one in english)
    assert 0.03 < both / len(english) < 0.15


def test_events_cross_languages(newsroom: Newsroom) -> None:
    spoken = [{newsroom.articles[address].language for address in one.addresses} for one in newsroom.stories.values()]
    assert sum(len(languages) >= 3 for languages in spoken) >= 20
    assert sum(len(languages) == 6 for languages in spoken) >= 3


def test_copies_in_every_degree_with_and_without_credit(newsroom: Newsroom) -> None:
    copies = [one for one in newsroom.articles.values() if one.original]
    assert len(copies) >= 250
    assert {one.copy_kind for one in copies} == {"whole", "new headline", "cut", "new lead", "extended"}
    assert 0.15 < sum(one.agency is None for one in copies) / len(copies) < 0.5
    assert {one.language for one in copies} == {"en", "de", "fr", "es"}


def test_reports_are_cited_and_denied(newsroom: Newsroom) -> None:
    cited = [one for article in newsroom.articles.values() for one in article.citations]
    disputes = [one for one in cited if one.citation.is_dispute]
    assert len(cited) >= 250
    assert len(disputes) >= 60
    assert {one.has_hyperlink for one in cited} == {True, False}
    assert sum(one.citation.disputer is not None for one in disputes) / len(disputes) > 0.7


def test_a_build_in_another_process_is_the_same_and_quick(newsroom: Newsroom) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "17"}
    command = [sys.executable, "-c", BUILD]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    digest, seconds = done.stdout.split()
    assert digest == newsroom.digest()
    assert float(seconds) < 10  # of processor time: about 3 on an idle core, twice that on a busy one


def _own_tellings(newsroom: Newsroom) -> Iterator[tuple[StoryTruth, list[ArticleTruth]]]:
    """Yield for every event and language the texts that are no copies."""
    for story in newsroom.stories.values():
        own: dict[str, list[ArticleTruth]] = defaultdict(list)
        for article in (newsroom.articles[address] for address in story.addresses):
            if article.original is None and "/" not in story.story_id:
                own[article.language].append(article)
        yield from ((story, texts) for texts in own.values())


def _facts_told(newsroom: Newsroom, story_id: str, texts: list[ArticleTruth]) -> list[frozenset[str]]:
    """Return the event's numbers of two digits or more that each text tells, whichever way it writes them."""
    numbers = {fact.split()[0].rstrip("%") for fact in newsroom.stories[story_id].facts.values()}
    known = {number for number in numbers if re.fullmatch(r"[\d.]{2,}", number)}
    plain = [re.sub(r"(?<=\d)[.,\u00a0](?=\d{3}\b)", "", text.text).replace(",", ".") for text in texts]
    return [frozenset(known & set(re.findall(r"\d+(?:\.\d+)?", text))) for text in plain]


def _addresses_of(newsroom: Newsroom, article: ArticleTruth) -> set[str]:
    told = (newsroom.articles[address] for address in newsroom.stories[article.story_id].addresses)
    return {one.address for one in told if one.source_id == article.source_id}


def _sources(newsroom: Newsroom, addresses: tuple[str, ...]) -> set[str]:
    articles: list[ArticleTruth] = [newsroom.articles[address] for address in addresses]
    return {article.source_id for article in articles}
