"""A source's site: its articles in order, and what stands around every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from urllib.parse import urlsplit

from etl.newsroom.addresses import section_of
from etl.newsroom.sources import NewsSource, sources
from etl.newsroom.truth import ArticleTruth, Newsroom
from etl.newsroom.world import Language, read_world

NEIGHBOURS = 5  # articles shown beside an article


class Site:
    """One source's site."""

    def __init__(self, source: NewsSource, newsroom: Newsroom) -> None:
        self.source = source
        self.articles = [one for one in newsroom.articles.values() if one.source_id == source.source_id]
        self.heavy = newsroom.heavy
        self._places = {article.address: place for place, article in enumerate(self.articles)}

    def neighbours(self, article: ArticleTruth) -> list[ArticleTruth]:
        """Return the articles shown beside one: those that came before it."""
        place = self._places[article.address]
        return self.articles[max(0, place - NEIGHBOURS) : place][::-1]

    def latest(self, number: int) -> list[ArticleTruth]:
        """Return the newest articles, the newest first."""
        return self.articles[: -number - 1 : -1]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above and below an article, the same on every page of a source in one language."""

    head: str
    top: str
    bottom: str


def said(language: str) -> Mapping[str, str]:
    """Return what sites of a language say around articles."""
    table: Mapping[str, str] = read_world("site")[language]
    return table


def local_iso(source: NewsSource, at: datetime) -> str:
    """Write a time as the source's clocks have it, with its offset."""
    return source.local(at).isoformat(timespec="seconds")


def path_of(address: str) -> str:
    """Return the path of an address, with its query."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@cache
def sections_of(language: Language) -> tuple[tuple[str, str], ...]:
    """Return the sections of a site: as addresses and as readers have them."""
    return tuple(section_of(section, language) for section in read_world("sections")[language])


def menu_of(source: NewsSource, language: Language) -> str:
    """Write the menu."""
    items = "".join(
        f'<li class="nav__item"><a class="nav__link" href="/{path}/">{escape(name)}</a></li>'
        for path, name in sections_of(language)
    )
    home = escape(said(language)["home"])
    label = escape(said(language)["menu"])
    return f'<nav class="nav" aria-label="{label}"><ul><li><a href="/">{home}</a></li>{items}</ul></nav>'


def teasers(articles: list[ArticleTruth], *, css: str = "teaser") -> str:
    """Write a list of headlines with their addresses."""
    rows = (
        f'<li class="{css}"><a href="{escape(path_of(one.address))}">{escape(one.title)}</a></li>' for one in articles
    )
    return f'<ul class="{css}s">{"".join(rows)}</ul>'


_STYLE = """
:root{--ink:#1c1c1c;--paper:#fff;--accent:#8a1f11;--rule:#ddd}*{box-sizing:border-box}
body{margin:0;font:1.06rem/1.55 Georgia,"Times New Roman",serif;color:var(--ink);background:var(--paper)}
.wrap{max-width:72rem;margin:0 auto;padding:0 1rem}.nav ul{display:flex;flex-wrap:wrap;gap:.9rem;list-style:none;padding:0}
.nav a{color:inherit;text-decoration:none}.masthead{border-bottom:3px double var(--rule);padding:1rem 0}
h1{font-size:2rem;line-height:1.15;margin:1.2rem 0 .4rem}.byline,.date{color:#666;font-size:.9rem}
.standfirst{font-size:1.18rem;color:#444}.teasers{list-style:none;padding:0}.teaser{border-top:1px solid var(--rule);padding:.5rem 0}
.box{background:#f4f1ea;padding:1rem;margin:1.4rem 0}.overlay{position:fixed;inset:auto 0 0 0;background:#222;color:#fff;padding:1rem}
footer{border-top:3px double var(--rule);margin-top:2rem;padding:1rem 0;color:#666;font-size:.85rem}
@media(max-width:40rem){h1{font-size:1.5rem}.nav ul{gap:.5rem}}
""".replace("\n", "")


@cache
def frame_of(source_id: str, language: Language) -> Frame:
    """Write what stands around every article of a source."""
    source = sources()[source_id]
    words, name = said(language), escape(source.source.name)
    head = (
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="presswork 4">'
        f"<style>{_STYLE}</style>"
        f'<link rel="icon" href="/favicon.ico"><link rel="preload" as="font" href="/assets/serif.woff2" crossorigin>'
        f'<script>window.dataLayer=window.dataLayer||[];window.site={{"id":"{source_id}","edition":"{language}"}};</script>'
    )
    top = (
        f'<a class="skip" href="#content">{escape(words["latest"])}</a><header class="masthead"><div class="wrap">'
        f'<a class="logo" href="/" rel="home">{name}</a>'
        f'<form class="search" action="/search"><input name="q" placeholder="{escape(words["search"])}"></form>'
        f"{menu_of(source, language)}</div></header>"
    )
    bottom = (
        f'<footer><div class="wrap">{menu_of(source, language)}<p>© 2026 {name}. {escape(words["footer"])}</p></div></footer>'
        '<script src="/assets/site.js" defer></script>'
    )
    return Frame(head, top, bottom)
