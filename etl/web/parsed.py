"""What reading one document of a feed gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from etl.records import FeedKind, Link

TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Further:
    """An address at which a feed goes on: a sitemap of an index, the next page of a paged feed."""

    url: str
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """The links of a document, and where it goes on."""

    kind: FeedKind
    links: tuple[Link, ...] = ()
    further: tuple[Further, ...] = ()
    title: str | None = None
    ttl_minutes: int | None = None  # how long it says it stays the same
    skipped: int = 0  # entries that lead nowhere

    @property
    def oldest_at(self) -> datetime | None:
        """How far back the document remembers."""
        return min((link.published_at for link in self.links if link.published_at), default=None)


def web_address(text: object, base: str) -> str | None:
    """Return an address as an absolute one, None where it is none of the web."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        address = urljoin(base, "".join(text.split()))
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def plain_text(text: object) -> str | None:
    """Return a title without its tags, escapes and line breaks; None where nothing is left."""
    if not isinstance(text, str):
        return None
    words = unescape(TAG.sub("", unescape(text) if "&lt;" in text else text)).split()
    return " ".join(words) or None


def moment(text: object) -> datetime | None:
    """Read a date of RFC 3339 or ISO 8601, in UTC where it names no zone; None where it is none."""
    try:
        found = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
