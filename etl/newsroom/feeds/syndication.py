"""RSS 2.0, RSS 1.0, Atom and JSON Feed, with the links to older entries that RFC 5005 describes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from etl.newsroom.feeds.entries import Entry
from etl.newsroom.pages.bodies import joined
from etl.newsroom.pages.site import local_iso
from etl.newsroom.sources import NewsSource


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: what it is called, and where its other pages are (next, prev-archive, current)."""

    source: NewsSource
    address: str
    language: str
    links: Mapping[str, str] = field(default_factory=dict)
    is_full: bool = False  # entries carry the whole text


def write_rss(channel: Channel, entries: Sequence[Entry]) -> str:
    """Write RSS 2.0."""
    items = "".join(_rss_item(channel, entry) for entry in entries)
    links = "".join(f'<atom:link rel="{rel}" href="{escape(href)}"/>' for rel, href in channel.links.items())
    archive = "<fh:archive/>" if "current" in channel.links else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:fh="http://purl.org/syndication/history/1.0"><channel>'
        f"<title>{escape(channel.source.source.name)}</title><link>{channel.source.source.home_page}</link>"
        f"<description>{escape(channel.source.source.name)}</description><language>{channel.language}</language>"
        f'<ttl>30</ttl>{archive}<atom:link rel="self" href="{escape(channel.address)}"/>{links}{items}</channel></rss>'
    )


def write_rdf(channel: Channel, entries: Sequence[Entry]) -> str:
    """Write RSS 1.0."""
    order = "".join(f'<rdf:li rdf:resource="{escape(entry.address)}"/>' for entry in entries)
    items = "".join(
        f'<item rdf:about="{escape(entry.address)}"><title>{escape(entry.title)}</title><link>{escape(entry.address)}</link>'
        f"<dc:date>{local_iso(channel.source, entry.published_at)}</dc:date>"
        f"<description>{escape(_summary(entry))}</description></item>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{escape(channel.address)}"><title>{escape(channel.source.source.name)}</title>'
        f"<link>{channel.source.source.home_page}</link><description>{escape(channel.source.source.name)}</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>{items}</rdf:RDF>"
    )


def write_atom(channel: Channel, entries: Sequence[Entry]) -> str:
    """Write Atom 1.0."""
    links = "".join(f'<link rel="{rel}" href="{escape(href)}"/>' for rel, href in channel.links.items())
    updated = _utc(max(entry.published_at for entry in entries))
    items = "".join(_atom_entry(channel, entry) for entry in entries)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{channel.language}">'
        f"<title>{escape(channel.source.source.name)}</title><id>{escape(channel.address)}</id><updated>{updated}</updated>"
        f'<link rel="self" href="{escape(channel.address)}"/><link rel="alternate" href="{channel.source.source.home_page}"/>'
        f"{links}{items}</feed>"
    )


def write_json_feed(channel: Channel, entries: Sequence[Entry]) -> str:
    """Write JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.source.source.name,
        "home_page_url": channel.source.source.home_page,
        "feed_url": channel.address,
        "language": channel.language,
    }
    if "next" in channel.links:
        feed["next_url"] = channel.links["next"]
    feed["items"] = [_json_item(channel, entry) for entry in entries]
    return json.dumps(feed, ensure_ascii=False)


def _rss_item(channel: Channel, entry: Entry) -> str:
    article = entry.article
    creators = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in (article.authors if article else ()))
    section = f"<category>{escape(article.section)}</category>" if article else ""
    full = f"<content:encoded><![CDATA[{joined(article)}]]></content:encoded>" if article and channel.is_full else ""
    return (
        f"<item><title><![CDATA[ {entry.title} ]]></title><link>{escape(entry.address)}</link>"
        f'<guid isPermaLink="false">{escape(_identifier(entry))}</guid><pubDate>{_rfc822(entry.published_at)}</pubDate>'
        f"{creators}{section}<description>{escape(_summary(entry))}</description>{full}</item>"
    )


def _atom_entry(channel: Channel, entry: Entry) -> str:
    at = local_iso(channel.source, entry.published_at)
    authors = "".join(
        f"<author><name>{escape(author)}</name></author>" for author in (entry.article.authors if entry.article else ())
    )
    return (
        f'<entry><id>{escape(_identifier(entry))}</id><title type="text">{escape(entry.title)}</title>'
        f'<link rel="alternate" href="{escape(entry.address)}"/><published>{at}</published><updated>{at}</updated>{authors}'
        f'<summary type="text">{escape(_summary(entry))}</summary></entry>'
    )


def _json_item(channel: Channel, entry: Entry) -> dict[str, Any]:
    article = entry.article
    item: dict[str, Any] = {
        "id": _identifier(entry),
        "url": entry.address,
        "title": entry.title,
        "summary": _summary(entry),
        "date_published": local_iso(channel.source, entry.published_at),
    }
    if article:
        item["authors"] = [{"name": author} for author in article.authors]
        item["tags"] = [article.section, *article.keywords]
    return item


def _summary(entry: Entry) -> str:
    return entry.article.standfirst if entry.article else entry.title


def _identifier(entry: Entry) -> str:
    return f"tag:{(entry.article.address if entry.article else entry.address).removeprefix('http://')}"


def _rfc822(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


def _utc(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
