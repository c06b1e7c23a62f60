"""Feeds that somebody saved: RSS, Atom, JSON Feed and sitemaps, such as Media Cloud's daily lists of links.

A feed is read as one that was asked for. A list that is larger than any feed may be, which is RSS all the same, is read
item by item.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from etl.errors import CoverageError, FetchFailed
from etl.intake.opening import open_unpacked
from etl.intake.rows import Row, Rows
from etl.records import Link
from etl.web import parse_feed

MOST_BYTES = 20_000_000  # of a feed that is read as a whole, unpacked
MOST_LINKS = 1_000_000
SOMEWHERE = "http://feed.invalid/"  # against which relative addresses are read: they lead nowhere, and are refused
ITEM = "item"


def read_feed(path: Path) -> Rows:
    """Yield the links of a saved feed."""
    with open_unpacked(path) as stream:
        body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        yield from _read_items(path)
        return
    try:
        parsed = parse_feed(body, SOMEWHERE, most_bytes=MOST_BYTES, most_links=MOST_LINKS)
    except FetchFailed as error:
        raise CoverageError(f"{path}: {error.reason}") from error
    for number, link in enumerate(parsed.links, 1):
        yield _row_of(number, link)
    for number, further in enumerate(parsed.further, len(parsed.links) + 1):
        yield Row(number, subject=further.url, reason="is a further feed, which is not asked; give it to a source")


def _row_of(number: int, link: Link) -> Row:
    if urlsplit(link.url).hostname in (urlsplit(SOMEWHERE).hostname, None):
        return Row(number, subject=link.url or None, reason="has no address, or one relative to an unknown site")
    return Row(number, link, link.url)


def _read_items(path: Path) -> Rows:
    """Read a long RSS list item by item; entities and document types are not resolved."""
    number = 0
    try:
        with open_unpacked(path) as stream:
            for number, item in enumerate(_items(stream), 1):
                said = {etree.QName(child).localname: (child.text or "").strip() for child in item.iterchildren("*")}
                yield _row_of(
                    number, Link(said.get("link", ""), said.get("title") or None, _mail_date(said.get("pubDate", "")))
                )
    except etree.XMLSyntaxError as error:
        yield Row(number + 1, reason=f"from here on it cannot be read: {error}")
    if not number:
        raise CoverageError(f"{path}: is a feed of more than {MOST_BYTES:,} bytes that is no RSS; split it")


def _items(stream: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml's elements
    """Yield the items of an RSS document, and forget them."""
    for _, item in etree.iterparse(
        stream, tag="{*}" + ITEM, resolve_entities=False, no_network=True, load_dtd=False, recover=True
    ):
        yield item
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]


def _mail_date(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
