"""Describing the newsroom on one page."""

from __future__ import annotations

from collections import Counter

from etl.newsroom.period import FIRST_DAY, LAST_DAY, days
from etl.newsroom.truth import Newsroom


def describe(newsroom: Newsroom) -> str:
    """Say in one page what the newsroom holds."""
    articles = list(newsroom.articles.values())
    languages = Counter(article.language for article in articles)
    told = [story for story in newsroom.stories.values() if "/" not in story.story_id]
    copies = sum(article.original is not None for article in articles)
    disputes = sum(one.citation.is_dispute for article in articles for one in article.citations)
    rows = [
        f"  {source.source.name:<26} {source.source.country}  {source.source.kind or '':<12} {source.articles:>5} articles"
        f"  {', '.join(source.layouts)}"
        for source in newsroom.sources.values()
    ]
    countries = {source.source.country for source in newsroom.sources.values()}
    most = max(_sources(newsroom, story.addresses) for story in told)
    citations = sum(len(article.citations) for article in articles)
    spoken = ", ".join(f"{language} {number:,}" for language, number in languages.most_common())
    lines = [
        f"The newsroom: {len(newsroom.sources)} fictional sources in {len(countries)} countries",
        f"{len(articles):,} articles on {sum(1 for _ in days())} days, {FIRST_DAY} to {LAST_DAY}; languages: {spoken}",
        f"{len(newsroom.stories):,} stories, of which {len(told)} are events told by up to {most} sources",
        f"{copies} copies of agency texts, {citations} citations of other sources, of which {disputes} are disputes",
    ]
    return "\n".join([*lines, *rows, *_missing(newsroom)])


def _sources(newsroom: Newsroom, addresses: tuple[str, ...]) -> int:
    return len({newsroom.articles[address].source_id for address in addresses})


def _missing(newsroom: Newsroom) -> list[str]:
    return [
        f"{source.source.name} wrote nothing from {source.missing_days[0]} to {source.missing_days[-1]}: its server was down"
        for source in newsroom.sources.values()
        if source.missing_days
    ]
