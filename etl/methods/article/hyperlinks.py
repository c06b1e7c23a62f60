"""The hyperlinks in an article's text: where they lead, their words, and where in the text these are."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from etl.methods.article.blocks import Block
from etl.methods.article.statements import words_of
from etl.records import Hyperlink

MOST_HYPERLINKS = 500
_LONGEST_URL = 2_000


def find_hyperlinks(text: str, blocks: list[Block], base: str) -> tuple[Hyperlink, ...]:
    """Return the hyperlinks of the blocks that the text holds, in the order of the text.

    Args:
        text: The article's text.
        blocks: All blocks of the page, in reading order.
        base: What relative addresses are relative to.
    """
    found: list[Hyperlink] = []
    cursor = 0
    for block in blocks:
        start = text.find(block.text, cursor) if block.anchors else -1
        if start < 0:
            continue
        cursor = start
        for anchor in block.anchors:
            url = absolute(anchor.get("href"), base)
            words = words_of(anchor)
            if url is None or not words or len(found) >= MOST_HYPERLINKS:
                continue
            position = text.find(words, cursor, start + len(block.text))
            cursor = position + len(words) if position >= 0 else cursor
            found.append(Hyperlink(url, words, position if position >= 0 else None))
    return tuple(found)


def absolute(address: str | None, base: str) -> str | None:
    """Return an address in full, None where it leads nowhere on the web."""
    address = (address or "").strip()
    if (
        not address
        or len(address) > _LONGEST_URL
        or address.startswith(("#", "javascript:", "mailto:", "tel:", "data:"))
    ):
        return None
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
