"""Entries: what a source's feeds and sitemaps name, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from etl.newsroom.listing import PARTNER_PAGES
from etl.newsroom.period import NOW
from etl.newsroom.truth import ArticleTruth, Newsroom

WITHDRAWN_AT = datetime(2026, 6, 15, 12, tzinfo=UTC)  # when what is broken by now was listed


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that a feed names; article is None where it holds none."""

    address: str
    title: str
    published_at: datetime
    language: str
    article: ArticleTruth | None = None


def entries_of(newsroom: Newsroom, source_id: str, *, language: str = "") -> list[Entry]:
    """Return every entry of a source, of one of its languages if so asked."""
    home = {article.address: article for article in newsroom.articles.values() if article.source_id == source_id}
    entries = [_entry(address, newsroom, home) for address in newsroom.listed[source_id]]
    chosen = [entry for entry in entries if not language or entry.language == language]
    return sorted(chosen, key=lambda entry: (entry.published_at, entry.address), reverse=True)


def _entry(address: str, newsroom: Newsroom, home: dict[str, ArticleTruth]) -> Entry:
    article = home.get(newsroom.twins.get(address, address))
    if article:
        return Entry(address, article.title, article.published_at, article.language, article)
    title = urlsplit(address).path.rsplit("/", 1)[-1].replace("-", " ").capitalize()
    if address in PARTNER_PAGES:
        recent = NOW - timedelta(days=1, hours=PARTNER_PAGES.index(address))
        return Entry(address, title, recent, "en")
    return Entry(address, title, WITHDRAWN_AT, "en")
