"""Sitemaps, indexes of sitemaps, news sitemaps and plain lists of addresses (sitemaps.org). Pure.

A lastmod is no publication date: it is used to tell which sitemap of an index has changed, never as an article's date.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

from lxml import etree

from etl.records import FeedKind, Link
from etl.web.parsed import Further, ParsedFeed, moment, plain_text, web_address

NEWS = "sitemap-news"  # in Google's namespace, whatever its prefix


def read_sitemap(text: str, url: str, kind: FeedKind, *, most_links: int) -> ParsedFeed:
    """Read a sitemap or an index, as far as it can be read, up to a number of links."""
    links: list[Link] = []
    further: list[Further] = []
    skipped, is_news = 0, False
    for element in _elements(text):
        said = _said(element)
        address = web_address(said.get("loc"), url)
        if address is None:
            skipped += 1
        elif kind == "sitemap-index":
            further.append(Further(address, moment(said.get("lastmod"))))
        else:
            links.append(Link(address, plain_text(said.get("title")), moment(said.get("date")), said.get("language")))
        is_news = is_news or "title" in said or "date" in said
        if len(links) + len(further) >= most_links:
            break
    if _is_cut(text):
        links, further = links[: len(links) - 1], further[: len(further) - 1]
    kind = "news-sitemap" if is_news and kind == "sitemap" else kind
    return ParsedFeed(kind, tuple(links), tuple(further), skipped=skipped)


def read_address_list(text: str, url: str, *, most_links: int) -> ParsedFeed | None:
    """Read a sitemap in plain text, one address a line; None where it is something else."""
    lines = [line for line in text.splitlines() if line.strip()][:most_links]
    links = [Link(address) for line in lines if line.startswith("http") and (address := web_address(line, url))]
    return ParsedFeed("sitemap", tuple(links)) if lines and len(links) == len(lines) else None


def _elements(text: str) -> Iterator[etree._Element]:
    """Yield each url or sitemap element and forget it, so that a large sitemap is never held as a tree."""
    source = io.BytesIO(text.encode("utf-8", "replace"))
    parser = etree.iterparse(
        source,
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    with contextlib.suppress(etree.XMLSyntaxError):  # what came before is read
        for _, element in parser:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _is_cut(text: str) -> bool:
    """Tell whether a document ends within an address: half of one leads elsewhere."""
    last = text.rfind("loc>")
    return last > 0 and not text.startswith("</", text.rfind("<", 0, last))


def _said(element: etree._Element) -> dict[str, str]:
    """What an element's children say, by their own names; those of the news extension without its prefix."""
    said: dict[str, str] = {}
    for child in element.iter(tag=etree.Element):
        namespace, _, name = child.tag.rpartition("}")
        if NEWS in namespace:
            key = {"publication_date": "date", "title": "title", "language": "language"}.get(name)
        else:
            key = name if name in ("loc", "lastmod") and child.getparent() is element else None
        if key and child.text and key not in said and not len(child):  # a child would be an entity: half a text
            said[key] = child.text.strip()
    return said
