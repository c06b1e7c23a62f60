"""Sitemaps: plain, of news, and of sitemaps."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from etl.newsroom.feeds.entries import Entry
from etl.newsroom.pages.site import local_iso
from etl.newsroom.sources import NewsSource

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def write_sitemap(entries: Sequence[Entry]) -> str:
    """Write a sitemap; its dates are those of the last change, as the standard has it."""
    urls = "".join(
        f"<url><loc>{escape(entry.address)}</loc><lastmod>{entry.published_at:%Y-%m-%d}</lastmod></url>"
        for entry in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_SITEMAP}">{urls}</urlset>'


def write_news_sitemap(source: NewsSource, entries: Sequence[Entry]) -> str:
    """Write a sitemap of the last two days, with titles and times."""
    urls = "".join(
        f"<url><loc>{escape(entry.address)}</loc><n:news><n:publication><n:name>{escape(source.source.name)}</n:name>"
        f"<n:language>{entry.language}</n:language></n:publication>"
        f"<n:publication_date>{local_iso(source, entry.published_at)}</n:publication_date>"
        f"<n:title>{escape(entry.title)}</n:title></n:news></url>"
        for entry in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_SITEMAP}" xmlns:n="{_NEWS}">{urls}</urlset>'


def write_index(addresses: Sequence[str]) -> str:
    """Write a sitemap of sitemaps."""
    rows = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{_SITEMAP}">{rows}</sitemapindex>'
