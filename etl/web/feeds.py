"""Read a feed of any kind into the links that it lists. Pure.

What a feed is, is told by its content: servers send RSS as text/html, and cut answers in the middle. What can be read
is read; what is no feed is refused with what was seen instead. A document type never reaches a parser, so that no
entity of a stranger's is expanded or fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.errors import FetchFailed
from etl.records import FeedKind
from etl.unpack import UnpackError, is_gzip, unpack
from etl.web.decoding import decode
from etl.web.json_feeds import read_json_feed
from etl.web.parsed import ParsedFeed
from etl.web.sitemaps import read_address_list, read_sitemap
from etl.web.syndication import read_syndication

SYNDICATION: dict[str, FeedKind] = {"rss": "rss", "rdf": "rss", "channel": "rss", "feed": "atom"}
SITEMAPS: dict[str, FeedKind] = {"urlset": "sitemap", "sitemapindex": "sitemap-index"}
HEAD = 65_536  # characters in which the root element begins: before it stand comments and style sheets at most

DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
PROLOG = re.compile(r"(?:\s|<\?[^>]*\?>|<!--.*?-->)*", re.DOTALL)
REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,20}|[0-9]{1,20});?")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def parse_feed(
    body: bytes, url: str, *, content_type: str | None = None, most_bytes: int, most_links: int
) -> ParsedFeed:
    """Read a document; FetchFailed says what it is where it is no feed."""
    try:
        plain = unpack(body, "gzip", most_bytes=most_bytes) if is_gzip(body) else body
    except UnpackError as error:
        raise FetchFailed(url, f"the feed {error}") from error
    text = decode(plain, content_type).lstrip("\ufeff \t\r\n\0")
    is_json = text.startswith("{")
    parsed = read_json_feed(text, url) if is_json else _read_xml_or_list(text, url, most_links)
    return replace(parsed, links=parsed.links[:most_links])


def _read_xml_or_list(text: str, url: str, most_links: int) -> ParsedFeed:
    xml = REFERENCE.sub(_valid_reference, _without_document_type(text))
    root = _root_of(xml)
    if root in SITEMAPS:
        return read_sitemap(xml, url, SITEMAPS[root], most_links=most_links)
    if root in SYNDICATION:
        return read_syndication(xml, url, SYNDICATION[root], most_links=most_links)
    listed = read_address_list(text, url, most_links=most_links)
    if listed is None:
        raise FetchFailed(url, f"{_what_is(text, root)}, not a feed")
    return listed


def _without_document_type(text: str) -> str:
    """Take off the XML declaration (it is text by now) and the document type."""
    start = _end_of_prolog(text)
    return DOCTYPE.sub("", DECLARATION.sub("", text[: start + 10_000], count=1), count=1) + text[start + 10_000 :]


def _valid_reference(match: re.Match[str]) -> str:
    """A character by its number, if there is one of that number: parsers end at others."""
    digits = match[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_character = 0 < number < 0xD800 or 0xE000 <= number < 0x110000
    return match[0] if is_character else "\ufffd"


def _root_of(xml: str) -> str:
    """The local name of the root element, in lower case; empty where there is none."""
    root = ROOT.match(xml, _end_of_prolog(xml))
    return root[1].lower() if root else ""


def _end_of_prolog(text: str) -> int:
    found = PROLOG.match(text[:HEAD])
    return found.end() if found else 0


def _what_is(text: str, root: str) -> str:
    if root in ("html", "head", "body") or re.search(r"<(!doctype html|html)\b", text[:HEAD], re.IGNORECASE):
        return "an HTML page"
    if root:
        return f"XML of the kind <{root[:40]}>"
    if not text:
        return "an empty document"
    return "data of an unknown kind" if CONTROLS.search(text[:1_000]) else "plain text"
