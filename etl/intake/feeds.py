"""Feeds that somebody saved: RSS, Atom, JSON Feed and sitemaps, such as Media Cloud's daily lists of links."""

from __future__ import annotations

from pathlib import Path

from etl.errors import CoverageError, FetchFailed
from etl.intake.opening import open_unpacked
from etl.intake.rows import Row, Rows
from etl.web import parse_feed

MOST_BYTES = 200_000_000  # of a saved feed, unpacked: Media Cloud's list of a day has some 150 million
MOST_LINKS = 5_000_000
SOMEWHERE = "http://feed.invalid/"  # against which relative addresses are read: they lead nowhere, and are refused


def read_feed(path: Path) -> Rows:
    """Yield the links of a saved feed."""
    with open_unpacked(path) as stream:
        body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise CoverageError(f"{path}: is a feed of more than {MOST_BYTES:,} bytes; split it")
    try:
        parsed = parse_feed(body, SOMEWHERE, most_bytes=MOST_BYTES, most_links=MOST_LINKS)
    except FetchFailed as error:
        raise CoverageError(f"{path}: {error.reason}") from error
    for number, link in enumerate(parsed.links, 1):
        is_lost = link.url.startswith(SOMEWHERE)
        reason = "is a relative address of an unknown site" if is_lost else None
        yield Row(number, None if is_lost else link, link.url, reason)
    for number, further in enumerate(parsed.further, len(parsed.links) + 1):
        yield Row(number, subject=further.url, reason="is a further feed, which is not asked; give it to a source")
