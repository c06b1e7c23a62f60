"""Offers: which feeds and sitemaps each source has; together they hold every article that it published."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from etl.newsroom.feeds.entries import Entry, entries_of
from etl.newsroom.feeds.sitemaps import write_index, write_news_sitemap, write_sitemap
from etl.newsroom.feeds.syndication import Channel, write_atom, write_json_feed, write_rdf, write_rss
from etl.newsroom.period import FIRST_DAY, NOW
from etl.newsroom.sources import NewsSource, sources
from etl.newsroom.truth import Newsroom

LATEST = 40  # entries of a feed that does not page
PAGE = 60  # entries of one page of a feed that does
RECENT = timedelta(days=2)  # how far back a news sitemap goes

_RSS, _ATOM, _JSON, _RDF = (
    "application/rss+xml; charset=utf-8",
    "application/atom+xml; charset=utf-8",
    "application/feed+json; charset=utf-8",
    "application/rdf+xml; charset=utf-8",
)
_XML = "application/xml; charset=utf-8"
_PAGED = frozenset({"meridian-wire", "commonwave", "tidewatch", "alpenfunk", "echo-des-rives", "voz-de-tamarinda"})
_WHOLE = frozenset({"quarterdeck", "straight-answer"})  # one document holds everything
_ARCHIVED = frozenset({"harbour-post"})  # months in archive documents, each naming the one before
_ZIPPED = frozenset({"northern-ledger", "meridian-wire", "courrier-de-valdry", "diario-de-puertolago"})  # sitemaps
Write = Callable[[Channel, Sequence[Entry]], str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed or sitemap as the server sends it; target is its path with its query."""

    target: str
    body: bytes
    content_type: str
    changed_at: datetime


def offers_of(newsroom: Newsroom, source_id: str) -> dict[str, Offer]:
    """Return all feeds and sitemaps of a source by their targets."""
    source = sources()[source_id]
    offers = [offer for address in source.source.feeds for offer in _offers_at(newsroom, source, address)]
    return {offer.target: offer for offer in offers}


def _offers_at(newsroom: Newsroom, source: NewsSource, address: str) -> Iterator[Offer]:
    path = urlsplit(address).path
    if path.endswith("sitemap-index.xml"):
        yield from _index(newsroom, source, address)
    elif "sitemap" in path:
        yield _sitemap(newsroom, source, address)
    else:
        yield from _feed(newsroom, source, address)


def _feed(newsroom: Newsroom, source: NewsSource, address: str) -> Iterator[Offer]:
    first = urlsplit(address).path.split("/")[1]
    language = first if first in source.languages() and len(source.languages()) > 1 else ""
    entries = entries_of(newsroom, source.source_id, language=language)
    channel = Channel(source, address, language or source.language, is_full=source.source_id == "tidewatch")
    write, content_type = _writer(address)
    if source.source_id in _PAGED:
        yield from _pages(channel, entries, write, content_type)
    elif source.source_id in _ARCHIVED:
        yield from _archives(channel, entries)
    else:
        chosen = entries if source.source_id in _WHOLE else entries[:LATEST]
        yield _offer(channel.address, write(channel, chosen), content_type, chosen)


def _writer(address: str) -> tuple[Write, str]:
    if address.endswith(".json"):
        return write_json_feed, _JSON
    if address.endswith((".atom", "atom.xml")):
        return write_atom, _ATOM
    if address.endswith(".rdf"):
        return write_rdf, _RDF
    return write_rss, _RSS


def _pages(channel: Channel, entries: Sequence[Entry], write: Write, content_type: str) -> Iterator[Offer]:
    """Cut a feed into pages, each naming the next (RFC 5005, section 3)."""
    number = (len(entries) + PAGE - 1) // PAGE
    for page in range(1, number + 1):
        chosen = entries[(page - 1) * PAGE : page * PAGE]
        links = {"first": channel.address}
        if page < number:
            links["next"] = f"{channel.address}?page={page + 1}"
        address = channel.address if page == 1 else f"{channel.address}?page={page}"
        yield _offer(address, write(replace(channel, address=address, links=links), chosen), content_type, chosen)


def _archives(channel: Channel, entries: Sequence[Entry]) -> Iterator[Offer]:
    """Put whole months into archive documents, each naming the one before (RFC 5005, section 4)."""
    months = sorted({entry.published_at.strftime("%Y-%m") for entry in entries})
    home = f"http://{channel.source.host}/archive"
    links = {"prev-archive": f"{home}/{months[-1]}.xml"}
    yield _offer(channel.address, write_rss(replace(channel, links=links), entries[:LATEST]), _RSS, entries[:LATEST])
    for place, month in enumerate(months):
        chosen = [entry for entry in entries if entry.published_at.strftime("%Y-%m") == month]
        links = {"current": channel.address}
        if place:
            links["prev-archive"] = f"{home}/{months[place - 1]}.xml"
        address = f"{home}/{month}.xml"
        yield _offer(address, write_rss(replace(channel, address=address, links=links), chosen), _RSS, chosen)


def _sitemap(newsroom: Newsroom, source: NewsSource, address: str) -> Offer:
    entries = _mapped(newsroom, source)
    if "news" not in address:
        return _offer(address, write_sitemap(entries), _XML, entries)
    recent = [entry for entry in entries if entry.published_at > NOW - RECENT]
    return _offer(address, write_news_sitemap(source, recent), _XML, recent)


def _index(newsroom: Newsroom, source: NewsSource, address: str) -> Iterator[Offer]:
    """Offer a sitemap for every month, and the index that names them."""
    entries, is_zipped = _mapped(newsroom, source), source.source_id in _ZIPPED
    parts = []
    for month in range(FIRST_DAY.month, NOW.month):
        chosen = [entry for entry in entries if entry.published_at.month == month]
        part = f"http://{source.host}/sitemaps/2026-{month:02}.xml{'.gz' if is_zipped else ''}"
        offer = _offer(part, write_sitemap(chosen), "application/gzip" if is_zipped else _XML, chosen)
        yield replace(offer, body=gzip.compress(offer.body, 6, mtime=0)) if is_zipped else offer
        parts.append(part)
    yield _offer(address, write_index(parts), _XML, entries)


def _mapped(newsroom: Newsroom, source: NewsSource) -> list[Entry]:
    """Return a source's entries as sitemaps name them: by the article's own address, unless it moved."""
    return [
        replace(entry, address=entry.article.address)
        if entry.article and newsroom.troubles.get(entry.address) != "moved"
        else entry
        for entry in entries_of(newsroom, source.source_id)
    ]


def _offer(address: str, text: str, content_type: str, entries: Sequence[Entry]) -> Offer:
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Offer(target, text.encode(), content_type, max(entry.published_at for entry in entries))
