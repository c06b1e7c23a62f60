"""Rendering: pages as bytes, in the encoding of their source."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from etl.newsroom.pages.layouts import LAYOUTS, amp_page, print_page
from etl.newsroom.pages.site import Site, frame_of, said, teasers
from etl.newsroom.truth import ArticleTruth

ON_HOME = 24  # articles on a home page
FEED_TYPES = {".json": "application/feed+json", ".atom": "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as the server sends it."""

    body: bytes
    content_type: str


def render_article(site: Site, article: ArticleTruth, twin: str = "") -> Rendered:
    """Render an article's page, or its twin: "amp" or "print"."""
    if twin:
        layout = amp_page if twin == "amp" else print_page
        return Rendered(layout(site, article).encode(), "text/html; charset=utf-8")
    text = LAYOUTS[article.layout](site, article)
    # what the encoding lacks becomes a numeric entity, as content systems do
    body = text.encode(article.charset, errors="xmlcharrefreplace")
    return Rendered(body, _html_type(site))


def render_home(site: Site) -> Rendered:
    """Render a source's home page, which names its feeds."""
    source = site.source
    frame = frame_of(source.source_id, source.language)
    feeds = "".join(_alternate(address) for address in source.source.feeds if "sitemap" not in address)
    direction = ' dir="rtl"' if source.language == "ar" else ""
    text = (
        f'<!doctype html><html lang="{source.language}"{direction}><head><meta charset="utf-8">'
        f"<title>{escape(source.source.name)}</title>{feeds}{frame.head}</head><body>{frame.top}"
        f'<main id="content" class="wrap"><h1>{escape(source.source.name)}</h1>'
        f"<h2>{escape(said(source.language)['latest'])}</h2>{teasers(site.latest(ON_HOME))}</main>{frame.bottom}</body></html>"
    )
    return Rendered(text.encode(), "text/html; charset=utf-8")


def render_plain(site: Site | None, heading: str) -> Rendered:
    """Render a page that says one thing: not found, removed, too busy, paid for."""
    name = site.source.source.name if site else "127.0.0.1"
    text = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(heading)}</title></head>'
        f"<body><h1>{escape(heading)}</h1><p>{escape(name)}</p></body></html>"
    )
    return Rendered(text.encode(), "text/html; charset=utf-8")


def _html_type(site: Site) -> str:
    return f"text/html; charset={site.source.declared}" if site.source.declared else "text/html"


def _alternate(address: str) -> str:
    ending = address[address.rfind(".") :]
    kind = FEED_TYPES.get(ending, "application/rss+xml")
    return f'<link rel="alternate" type="{kind}" title="{escape(address)}" href="{escape(address)}">'
