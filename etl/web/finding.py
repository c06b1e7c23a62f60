"""Find the feeds of a source that is given only by its home page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, TypeAlias
from urllib.parse import urljoin

from lxml import etree, html
from protego import Protego

from etl.errors import FetchFailed
from etl.records import FoundFeed, PageAnswer, Source
from etl.settings import Clock, Settings
from etl.web.crawl import Crawl
from etl.web.decoding import decode
from etl.web.parsed import web_address
from etl.web.questions import Question
from etl.web.reading import header_of, parse_answer

Origin: TypeAlias = Literal["home-page", "robots.txt", "common-place"]
Step: TypeAlias = Literal["read page", "read rules"] | Origin  # the first two lead to feeds; the others may be feeds

FEED_TYPE = re.compile(r"(application|text)/((rss|atom|rdf|feed)\+(xml|json)|feed|xml|json)", re.IGNORECASE)
FEED_WORD = re.compile(r"(^|[/._-])(rss|atom|feeds?|rdf)([/._-]|$)", re.IGNORECASE)
NO_ARTICLES = re.compile(r"comment|kommentar|/wp-json/|oembed|podcast", re.IGNORECASE)
COMMON_PLACES = (
    *("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds/posts/default"),
    *("/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml"),
)
MOST_CANDIDATES = 20  # of one page: some name a feed for every section and author


@dataclass(slots=True)
class Search:
    """What is known of one source's feeds while they are looked for."""

    source: Source
    home_page: str
    wanted: list[tuple[str, Step]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    open: int = 0
    found: int = 0
    is_over: bool = False


def find_feeds(sources: Iterable[Source], settings: Settings, clock: Clock) -> Iterator[FoundFeed]:
    """Yield the feeds that home pages, robots.txt and, failing these, common places lead to, and whether they answer.

    A source of which nothing is found has one answer that says so. Sources without a home page are passed over.
    """
    numbers, steps = count(1), dict[int, tuple[Search, Step]]()

    def question(search: Search, url: str, step: Step) -> Question:
        number = next(numbers)
        steps[number] = (search, step)
        search.open += 1
        return Question(number, url, is_feed=step != "read page")

    def first_questions() -> Iterator[Question]:
        for source in sources:
            if source.home_page:
                search = Search(source, source.home_page)
                rules = question(search, urljoin(source.home_page, "/robots.txt"), "read rules")
                yield from (question(search, source.home_page, "read page"), rules)

    with Crawl(settings, clock) as crawl:
        for answer in crawl.answers(first_questions()):
            search, step = steps.pop(answer.link_id)
            search.open -= 1
            yield from _take(search, step, answer, settings)
            for url, wanted in _next_steps(search):
                crawl.ask(question(search, url, wanted))
            if not search.open and not search.found:
                reason = "no feed was found; look for one and write it into the sources file"
                yield FoundFeed(search.source.source_id, search.home_page, "home-page", reason=reason)


def feeds_of_page(body: bytes, url: str, content_type: str | None = None) -> list[str]:
    """Return the feeds that a page declares, else those that it links to by their usual names. Pure."""
    text = decode(body, content_type)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing in it
        return []
    base = web_address(next(iter(tree.xpath("//base/@href")), None), url) or url
    declared = [
        link.get("href")
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and FEED_TYPE.fullmatch(link.get("type") or "")
    ]
    linked = [link.get("href") for link in tree.iter("a") if FEED_WORD.search(link.get("href") or "")]
    addresses = (web_address(one, base) for one in declared or linked)
    return list(dict.fromkeys(one for one in addresses if one and not NO_ARTICLES.search(one)))[:MOST_CANDIDATES]


def feeds_of_robots(body: bytes, url: str) -> list[str]:
    """Return the sitemaps that a robots.txt names. Pure."""
    named = Protego.parse(body.decode("utf-8", "replace")).sitemaps
    return list(dict.fromkeys(address for one in named if (address := web_address(one, url))))[:MOST_CANDIDATES]


def _take(search: Search, step: Step, answer: PageAnswer, settings: Settings) -> Iterator[FoundFeed]:
    """Learn from an answer; yield what it says of a feed."""
    if step == "read page" and not answer.reason:
        search.home_page = answer.final_url
        found = feeds_of_page(answer.body, answer.final_url, header_of(answer, "content-type"))
        search.wanted += [(url, "home-page") for url in found]
    elif step == "read rules":
        found = [] if answer.reason else feeds_of_robots(answer.body, answer.final_url)
        search.wanted += [(url, "robots.txt") for url in found]
    elif step == "read page":
        yield FoundFeed(search.source.source_id, answer.url, "home-page", reason=answer.reason)
    else:
        verdict = _verdict(search, step, answer, settings)
        search.found += verdict.kind is not None
        if verdict.kind or step != "common-place":  # that most common places are empty is no news
            yield verdict


def _next_steps(search: Search) -> list[tuple[str, Step]]:
    """What to ask once home page and robots.txt are read: all that was found, or else the common places."""
    if search.open:
        return []
    steps = [(url, step) for url, step in search.wanted if url not in search.asked]
    search.wanted = []
    if not steps and not search.found and not search.is_over:
        search.is_over = True
        steps = [(urljoin(search.home_page, place), "common-place") for place in COMMON_PLACES]
    unique = dict(reversed(steps))  # the first origin of an address counts
    search.asked.update(unique)
    return list(reversed(unique.items()))


def _verdict(search: Search, origin: Origin, answer: PageAnswer, settings: Settings) -> FoundFeed:
    try:
        parsed = parse_answer(answer, settings)
    except FetchFailed as error:
        return FoundFeed(search.source.source_id, answer.url, origin, reason=error.reason)
    entries = len(parsed.links) + len(parsed.further)
    return FoundFeed(search.source.source_id, answer.url, origin, parsed.kind, parsed.title, entries)
