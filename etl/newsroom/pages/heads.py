"""Heads: what a page tells machines of its article, in each of the ways that sites have."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from etl.newsroom.pages.site import local_iso
from etl.newsroom.sources import NewsSource
from etl.newsroom.truth import ArticleTruth


def open_graph(article: ArticleTruth, source: NewsSource, *, with_time: bool = True) -> str:
    """Write OpenGraph tags."""
    tags = {
        "og:type": "article",
        "og:site_name": source.source.name,
        "og:title": article.title,
        "og:description": article.standfirst,
        "og:url": article.address,
        "og:image": image_of(article),
        "og:locale": article.language,
    }
    if with_time:
        tags["article:published_time"] = local_iso(source, article.published_at)
        tags["article:section"] = article.section
    written = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in tags.items())
    return written + f'<meta name="description" content="{escape(article.standfirst)}">'


def json_ld(article: ArticleTruth, source: NewsSource) -> str:
    """Write a NewsArticle of schema.org."""
    return _script({"@context": "https://schema.org", **_news_article(article, source)})


def json_ld_graph(article: ArticleTruth, source: NewsSource) -> str:
    """Write the same as one node of a graph among others, as content systems with many plugins do."""
    home = source.source.home_page or ""
    nodes = [
        {"@type": "Organization", "@id": f"{home}#org", "name": source.source.name, "url": home},
        {"@type": "WebSite", "@id": f"{home}#site", "url": home, "publisher": {"@id": f"{home}#org"}},
        {"@type": "WebPage", "@id": article.address, "url": article.address, "isPartOf": {"@id": f"{home}#site"}},
        {**_news_article(article, source), "@id": f"{article.address}#article", "isPartOf": {"@id": article.address}},
    ]
    return _script({"@context": "https://schema.org", "@graph": nodes})


def keywords(article: ArticleTruth) -> str:
    """Write the source's own keywords."""
    return f'<meta name="keywords" content="{escape(", ".join(article.keywords))}">' if article.keywords else ""


def canonical(article: ArticleTruth) -> str:
    """Write the article's own address."""
    return f'<link rel="canonical" href="{escape(article.address)}">'


def image_of(article: ArticleTruth) -> str:
    """Return the address of the article's picture."""
    host = article.address.split("/")[2]
    return f"http://{host}/images/{article.published_at:%Y%m%d%H%M}.gif"


def _news_article(article: ArticleTruth, source: NewsSource) -> dict[str, Any]:
    written: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.standfirst,
        "datePublished": local_iso(source, article.published_at),
        "dateModified": local_iso(source, article.modified_at or article.published_at),
        "inLanguage": article.language,
        "articleSection": article.section,
        "keywords": list(article.keywords),
        "image": [image_of(article)],
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.address},
        "publisher": {"@type": "NewsMediaOrganization", "name": source.source.name},
    }
    if article.authors:
        written["author"] = [{"@type": "Person", "name": author} for author in article.authors]
    return written


def _script(content: dict[str, Any]) -> str:
    # a closing tag inside a string would end the script
    text = json.dumps(content, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
