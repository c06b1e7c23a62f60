"""Feeds and sitemaps: together they hold everything but the days that are lost, each in its own format."""

from __future__ import annotations

import gzip
import json
import re
import time
import xml.etree.ElementTree as ET
from datetime import timedelta

import feedparser
import pytest

from etl.newsroom.feeds import Offer, offers_of
from etl.newsroom.listing import PARTNER_PAGES
from etl.newsroom.period import NOW
from etl.newsroom.sources import sources
from etl.newsroom.truth import Newsroom

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def offers(newsroom: Newsroom) -> dict[str, dict[str, Offer]]:
    return {source_id: offers_of(newsroom, source_id) for source_id in sources()}


def _addresses(offer: Offer) -> list[str]:
    body = gzip.decompress(offer.body) if offer.target.endswith(".gz") else offer.body
    if offer.content_type.startswith("application/feed+json"):
        return [item["url"] for item in json.loads(body)["items"]]
    if b"<sitemapindex" in body:
        return []
    if b"<urlset" in body:
        return [element.text or "" for element in ET.fromstring(body).iter(LOC)]
    parsed = feedparser.parse(body)
    assert not parsed.bozo, offer.target
    return [entry.link for entry in parsed.entries]


def test_feeds_and_sitemaps_of_a_source_hold_all_of_it(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    for source_id, offered in offers.items():
        named = {address for offer in offered.values() for address in _addresses(offer)}
        reached = {newsroom.twins.get(address, address) for address in named}
        written = {one.address for one in newsroom.articles.values() if one.source_id == source_id}
        assert written <= reached, source_id
        assert reached - written <= set(newsroom.troubles), source_id


def test_every_feed_of_the_list_is_offered(offers: dict[str, dict[str, Offer]]) -> None:
    for source_id, source in sources().items():
        for address in source.source.feeds:
            assert address.removeprefix(f"http://{source.host}") in offers[source_id], address


def test_every_format_is_there(offers: dict[str, dict[str, Offer]]) -> None:
    bodies = [offer.body for offered in offers.values() for offer in offered.values()]
    for sign in (
        b"<rss",
        b"<rdf:RDF",
        b"<feed xmlns",
        b"jsonfeed.org/version",
        b"<urlset",
        b"<sitemapindex",
        b"n:news",
        b"\x1f\x8b",
    ):
        assert any(sign in body[:900] for body in bodies), sign


def test_the_six_lost_days_are_in_no_feed_and_no_sitemap(offers: dict[str, dict[str, Offer]]) -> None:
    told = {day.isoformat() for day in sources()["northern-ledger"].missing_days()}
    assert len(told) == 6
    days = set()
    for offer in offers["northern-ledger"].values():
        body = gzip.decompress(offer.body) if offer.target.endswith(".gz") else offer.body
        days |= set(re.findall(r"<lastmod>(\d{4}-\d\d-\d\d)", body.decode()))
        days |= {time.strftime("%Y-%m-%d", entry.published_parsed) for entry in feedparser.parse(body).entries}
    assert len(days) >= 110
    assert not days & told


def test_archives_name_the_ones_before_them(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    offered, target, seen = offers["harbour-post"], "/feed.xml", []
    while target:
        seen.append(target)
        parsed = feedparser.parse(offered[target].body)
        links = {link.rel: link.href for link in parsed.feed.links}
        target = links.get("prev-archive", "").removeprefix("http://harbour-post.test")
    assert seen == ["/feed.xml", *(f"/archive/2026-{month:02}.xml" for month in (8, 7, 6, 5))]


def test_pages_of_a_feed_name_the_next(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    offered, address, read = offers["commonwave"], "http://commonwave.test/feed.json", 0
    while address:
        feed = json.loads(offered[address.removeprefix("http://commonwave.test")].body)
        read += len(feed["items"])
        address = feed.get("next_url", "")
    assert read == len(newsroom.listed["commonwave"])


def test_the_agency_has_a_feed_for_every_language(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    for language in ("en", "de", "fr", "es"):
        for address in _addresses(offers["meridian-wire"][f"/{language}/feed.atom"]):
            article = newsroom.articles.get(newsroom.twins.get(address, address))
            assert article is None or article.language == language


def test_a_news_sitemap_goes_back_two_days(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    addresses = _addresses(offers["alpenfunk"]["/news-sitemap.xml"])
    assert addresses
    for address in addresses:
        article = newsroom.articles[newsroom.twins.get(address, address)]
        assert article.published_at > NOW - timedelta(days=2)


def test_paid_pages_are_in_a_feed_though_robots_may_not_read_them(offers: dict[str, dict[str, Offer]]) -> None:
    assert set(PARTNER_PAGES) <= set(_addresses(offers["northern-ledger"]["/rss/all.xml"]))


def test_feeds_tell_what_pages_tell(newsroom: Newsroom, offers: dict[str, dict[str, Offer]]) -> None:
    parsed = feedparser.parse(offers["tidewatch"]["/feed/"].body)
    for entry in parsed.entries:
        article = newsroom.articles[newsroom.twins.get(entry.link, entry.link)]
        assert entry.title == article.title
        assert entry.published_parsed[:5] == article.published_at.timetuple()[:5]
        assert article.paragraphs[-1][:40] in entry.content[0].value
