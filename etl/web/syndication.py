"""RSS of all versions, RDF and Atom, read by feedparser. Pure.

feedparser holds all of a document in memory, several times, and reads a broken one letter by letter. So a long
document is read in pieces of some entries each: memory stays small, and what is broken costs only its own piece.
"""

from __future__ import annotations

import contextlib
import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from etl.records import FeedKind, Link
from etl.web.parsed import Further, ParsedFeed, plain_text, web_address

GOES_ON = ("next", "prev-archive")  # RFC 5005: paged feeds, archived feeds
STUMBLES = (ValueError, LookupError, AttributeError, TypeError)  # feedparser's own, over odd extensions
PIECE = 500_000  # characters, the opening lines of the document not counted
ENTRY = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)[\s>]", re.IGNORECASE)
PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}  # in minutes


def read_syndication(text: str, url: str, kind: FeedKind, *, most_links: int) -> ParsedFeed:
    """Read the entries of a feed, as far as it can be read, up to a number of links."""
    feed: Mapping[str, Any] = {}
    links: list[Link] = []
    entries = 0
    for found in _documents(text, url):
        feed = feed or found.feed
        entries += len(found.entries)
        links += [link for entry in found.entries if (link := _link_of(entry, url, feed.get("language")))]
        if entries >= most_links:
            break
    return ParsedFeed(
        kind=kind,
        links=tuple(links),
        further=_further(feed, url),
        title=plain_text(feed.get("title")),
        ttl_minutes=_ttl(feed),
        skipped=entries - len(links),
    )


def _documents(text: str, url: str) -> Iterator[feedparser.FeedParserDict]:
    """Read a document piece by piece; where feedparser stumbles, entry by entry, without the one it stumbles over."""
    for piece in _pieces(text, PIECE):
        try:
            yield _read(piece, url)
        except STUMBLES:
            for entry in _pieces(piece, 0):
                with contextlib.suppress(*STUMBLES):
                    yield _read(entry, url)


def _read(text: str, url: str) -> feedparser.FeedParserDict:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    source = io.BytesIO(text.encode("utf-8", "replace"))
    return feedparser.parse(source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _pieces(text: str, most: int) -> Iterator[str]:
    """Cut a document between its entries into documents of some characters each; an endless entry is cut short."""
    if len(text) <= most:
        yield text
        return
    starts = [match.start() for match in ENTRY.finditer(text)] or [0]
    opening = text[: min(starts[0], PIECE)]
    closing = _closing(opening)
    begin = starts[0]
    for start, following in zip(starts, [*starts[1:], len(text)], strict=True):
        if following - begin > most or following == len(text):
            end = following if start == begin else start
            yield opening + text[begin : min(end, begin + PIECE)] + closing
            begin = end
    if begin < len(text):
        yield opening + text[begin : begin + PIECE] + closing


def _closing(opening: str) -> str:
    """The tags that close what a document's opening lines leave open."""
    root = re.search(r"<((?:[\w.-]+:)?(?:rss|rdf|feed))\b", opening, re.IGNORECASE)
    channel = "" if "</channel>" in opening or "<channel" not in opening else "</channel>"
    return f"{channel}</{root[1]}>" if root else channel


def _link_of(entry: Mapping[str, Any], base: str, language: str | None) -> Link | None:
    for key in ("feedburner_origlink", "link", "id"):  # the first avoids a redirect that hides whose it is
        if address := web_address(entry.get(key), base):
            break
    else:
        return None
    own_language = entry.get("language") or (entry.get("title_detail") or {}).get("language")
    told = dict(entry)  # without feedparser's mapping of one time to the other, which warns
    published = _moment(told.get("published_parsed")) or _moment(told.get("updated_parsed"))
    return Link(address, plain_text(entry.get("title")), published, own_language or language)


def _moment(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):  # a year that no calendar has
        return None


def _further(feed: Mapping[str, Any], url: str) -> tuple[Further, ...]:
    named = [link.get("href") for link in feed.get("links", ()) if link.get("rel") in GOES_ON]
    addresses = dict.fromkeys(address for one in named if (address := web_address(one, url)))
    return tuple(Further(address) for address in addresses if address != url)


def _ttl(feed: Mapping[str, Any]) -> int | None:
    ttl = str(feed.get("ttl", "")).strip()
    if ttl.isdecimal():
        return int(ttl[:6]) or None
    period = PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    times = str(feed.get("sy_updatefrequency", "1")).strip()
    return max(1, period // int(times[:4])) if period and times.isdecimal() and int(times[:4]) else None
