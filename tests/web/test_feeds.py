from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchFailed
from etl.records import Link
from etl.web.feeds import parse_feed
from etl.web.parsed import Further, ParsedFeed

URL = "http://harbour-post.test/feeds/news.xml"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
FEEDBURNER = 'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"'
SY = 'xmlns:s="http://purl.org/rss/1.0/modules/syndication/"'
GOOGLE_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def parse(document: str | bytes, *, content_type: str | None = None, most_links: int = 1_000) -> ParsedFeed:
    body = document.encode() if isinstance(document, str) else document
    return parse_feed(body, URL, content_type=content_type, most_bytes=2_000_000, most_links=most_links)


def rss(items: str, channel: str = "", root: str = '<rss version="2.0">') -> str:
    return f'<?xml version="1.0"?>{root}<channel><title>Harbour Post</title>{channel}{items}</channel></rss>'


def test_rss_2_is_read_with_all_it_says_of_a_link() -> None:
    feed = parse(
        rss(
            "<item><title><![CDATA[\n  Ferry <b>back</b>\n  in service ]]></title><link>http://a.test/ferry</link>"
            "<pubDate>Tue, 01 Sep 2026 06:00:00 +0300</pubDate></item>",
            "<language>en-ie</language><ttl>45</ttl>",
        )
    )
    moment = datetime(2026, 9, 1, 3, tzinfo=UTC)
    assert feed.links == (Link("http://a.test/ferry", "Ferry back in service", moment, "en-ie"),)
    assert (feed.kind, feed.title, feed.ttl_minutes, feed.oldest_at) == ("rss", "Harbour Post", 45, moment)


@pytest.mark.parametrize(
    "root",
    [
        '<rss version="0.91">',
        '<rss version="0.92">',
        "<rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd"><rss version="0.91">',
        '<?xml-stylesheet href="style.xsl"?><!-- made <html> by hand --><rss version="2.0">',
    ],
)
def test_rss_of_all_versions(root: str) -> None:
    feed = parse(rss("<item><title>A</title><link>/a</link></item>", root=root))
    assert feed.links == (Link("http://harbour-post.test/a", "A"),)


def test_rdf() -> None:
    feed = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://a.test/"><title>T</title></channel>'
        '<item rdf:about="http://a.test/1"><title>One</title><link>http://a.test/1</link>'
        "<dc:date>2026-08-31T23:30:00-02:00</dc:date></item></rdf:RDF>"
    )
    assert feed.links == (Link("http://a.test/1", "One", datetime(2026, 9, 1, 1, 30, tzinfo=UTC)),)


def test_atom_with_relative_links_and_its_own_languages() -> None:
    feed = parse(
        f'<feed {ATOM} xml:lang="de" xml:base="http://blog.test/x/"><title>Blatt</title>'
        '<link rel="self" href="feed.atom"/><link rel="prev-archive" href="/2025.atom"/>'
        '<entry xml:lang="fr"><title type="html">Un &lt;i&gt;titre&lt;/i&gt;</title>'
        '<link rel="alternate" href="un.html"/><link rel="enclosure" href="a.mp3"/>'
        "<published>2026-08-01T10:00:00Z</published><updated>2026-08-02T10:00:00Z</updated></entry></feed>"
    )
    moment = datetime(2026, 8, 1, 10, tzinfo=UTC)
    assert feed.links == (Link("http://blog.test/x/un.html", "Un titre", moment, "fr"),)
    assert feed.further == (Further("http://blog.test/2025.atom"),)


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('<guid isPermaLink="false">tag:a.test,2026:1</guid>', None),
        ("<guid>http://a.test/by-guid</guid>", "http://a.test/by-guid"),
        ('<guid isPermaLink="false">http://a.test/?p=7</guid>', "http://a.test/?p=7"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>\n  http://a.test/blanks\n </link>", "http://a.test/blanks"),
        (
            f"<link>http://feedproxy.test/1</link><f:origLink {FEEDBURNER}>http://a.test/own</f:origLink>",
            "http://a.test/own",
        ),
        ("<title>no address at all</title>", None),
    ],
)
def test_an_entry_leads_somewhere_or_is_counted(entry: str, found: str | None) -> None:
    feed = parse(rss(f"<item>{entry}</item>"))
    assert [link.url for link in feed.links] == ([found] if found else [])
    assert feed.skipped == (0 if found else 1)


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        (f"<s:updatePeriod {SY}>hourly</s:updatePeriod>", 60),
        (f"<s:updatePeriod {SY}>daily</s:updatePeriod><s:updateFrequency {SY}>4</s:updateFrequency>", 360),
        ("<ttl>never</ttl>", None),
        ("<ttl>0</ttl>", None),
    ],
)
def test_how_long_a_feed_stays_the_same(channel: str, minutes: int | None) -> None:
    assert parse(rss("", channel)).ttl_minutes == minutes


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Café".encode(), None),
        ("Café".encode("iso-8859-1"), None),
        ("Café".encode("windows-1252"), "text/xml; charset=utf-8"),
        ("Café".encode(), "text/xml; charset=iso-8859-1"),
    ],
)
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "no-such-thing"])
def test_encodings_are_told_by_the_bytes_not_by_claims(body: bytes, content_type: str | None, declared: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = f"{declaration}<rss><channel><title>@</title></channel></rss>".encode().replace(b"@", body)
    assert parse(document, content_type=content_type).title == "Café"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "iso-2022-jp", "koi8-r", "utf-16", "utf-8-sig"])
def test_other_encodings_are_believed_where_it_is_not_utf_8(encoding: str) -> None:
    word = "Газета" if encoding == "koi8-r" else "新聞の見出し"
    document = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><title>{word}</title></channel></rss>'
    assert parse(document.encode(encoding)).title == word


def test_a_few_broken_letters_do_not_change_the_encoding() -> None:
    document = rss("".join(f"<item><title>Übermäßig {n}</title><link>/{n}</link></item>" for n in range(20)))
    broken = document.encode().replace("ßig 7".encode(), b"\xffig 7")
    titles = [link.title for link in parse(broken).links]
    assert (titles[0], titles[7]) == ("Übermäßig 0", "Übermä\ufffdig 7")


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    feed = parse("<rss><channel><item><title>A & B &eacute;</title><link>/1</link></item><item><link>/2</link><title>x")
    assert [link.url for link in feed.links] == ["http://harbour-post.test/1", "http://harbour-post.test/2"]
    assert feed.links[0].title == "A & B é"


def test_a_long_feed_is_read_in_pieces_and_a_broken_entry_costs_only_its_own() -> None:
    filler = "<description>" + "word " * 600 + "</description>"
    items = [f"<item><title>N {n}</title><link>/{n}</link>{filler}</item>" for n in range(400)]
    items[200] = items[200].replace("</title>", "</tilte>")
    feed = parse(rss("".join(items)), most_links=10_000)
    addresses = [link.url.rpartition("/")[2] for link in feed.links]
    assert len(rss("".join(items))) > 1_000_000
    assert set(addresses) >= {str(n) for n in range(400)} - {"200"}
    assert len(addresses) == len(set(addresses))
    assert feed.title == "Harbour Post"


def test_an_endless_entry_is_cut_short() -> None:
    feed = parse(rss("<item><link>/1</link><description>" + "x" * 1_500_000 + "</description></item>"))
    assert [link.url for link in feed.links] == ["http://harbour-post.test/1"]


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "language": "en",
        "next_url": "/feed.json?page=2",
        "items": [
            {"id": 7, "url": "/seven", "title": "Seven", "date_published": "2026-08-31T10:00:00+02:00"},
            {"id": "http://a.test/8", "language": "ga", "date_modified": "2026-08-30T00:00:00Z"},
            {"id": "9", "external_url": "http://b.test/9"},
            {"id": "no address"},
            "no item",
        ],
    }
    feed = parse(json.dumps(document))
    assert feed.links == (
        Link("http://harbour-post.test/seven", "Seven", datetime(2026, 8, 31, 8, tzinfo=UTC), "en"),
        Link("http://a.test/8", None, datetime(2026, 8, 30, tzinfo=UTC), "ga"),
        Link("http://b.test/9", None, None, "en"),
    )
    assert (feed.kind, feed.skipped) == ("json", 2)
    assert feed.further == (Further("http://harbour-post.test/feed.json?page=2"),)


def test_sitemap() -> None:
    feed = parse(
        f"<urlset {SITEMAP} xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>"
        "<url><loc> http://a.test/1 </loc><lastmod>2026-08-01</lastmod>"
        "<image:image><image:loc>http://a.test/1.jpg</image:loc><image:title>no</image:title></image:image></url>"
        "<url><lastmod>2026-08-01</lastmod></url></urlset>"
    )
    assert feed == ParsedFeed("sitemap", (Link("http://a.test/1"),), skipped=1)  # a lastmod is no publication date


@pytest.mark.parametrize("prefix", ["news", "n"])
def test_news_sitemap_by_its_namespace(prefix: str) -> None:
    entry = (
        "<@:news><@:publication><@:name>P</@:name><@:language>zh-cn</@:language></@:publication>"
        "<@:publication_date>2026-08-31T10:00+02:00</@:publication_date><@:title>T &amp; U</@:title></@:news>"
    ).replace("@", prefix)
    feed = parse(
        f"<urlset {SITEMAP} xmlns:{prefix}='{GOOGLE_NEWS}'><url><loc>http://a.test/1</loc>{entry}</url></urlset>"
    )
    assert feed.kind == "news-sitemap"
    assert feed.links == (Link("http://a.test/1", "T & U", datetime(2026, 8, 31, 8, tzinfo=UTC), "zh-cn"),)


def test_sitemap_index_packed_as_gzip() -> None:
    document = (
        f"<sitemapindex {SITEMAP}><sitemap><loc>http://a.test/1.xml.gz</loc><lastmod>2026-08-31T10:00:00+02:00</lastmod>"
        "</sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
    )
    feed = parse(gzip.compress(document.encode()))
    moment = datetime(2026, 8, 31, 10, tzinfo=timezone(timedelta(hours=2)))
    assert feed.kind == "sitemap-index"
    assert feed.further == (Further("http://a.test/1.xml.gz", moment), Further("http://harbour-post.test/2.xml"))


def test_a_cut_sitemap_keeps_no_half_address() -> None:
    feed = parse(f"<urlset {SITEMAP}><url><loc>http://a.test/1</loc></url><url><loc>http://a.test/2-and-mor")
    assert [link.url for link in feed.links] == ["http://a.test/1"]


def test_a_list_of_addresses_is_a_sitemap() -> None:
    assert parse("http://a.test/1\r\nhttp://a.test/2\n") == ParsedFeed(
        "sitemap", (Link("http://a.test/1"), Link("http://a.test/2"))
    )


def test_no_more_links_than_allowed() -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(30))
    urls = "".join(f"<url><loc>/{n}</loc></url>" for n in range(30))
    assert len(parse(rss(items), most_links=10).links) == 10
    assert len(parse(f"<urlset>{urls}</urlset>", most_links=10).links) == 10


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        ("<!DOCTYPE html><html><head></head><body>Sorry</body></html>", "an HTML page, not a feed"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "an HTML page, not a feed"),
        ("<opml version='2.0'><body/></opml>", "XML of the kind <opml>, not a feed"),
        ('{"error": "not found"}', "JSON, but no JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", ', "broken JSON"),
        ("Too many requests, come back later", "plain text, not a feed"),
        ("", "an empty document, not a feed"),
        (bytes(range(1, 32)) * 9, "data of an unknown kind, not a feed"),
        (gzip.compress(bytes(3_000_000)), "unpacks to more than"),
        (b"\x1f\x8b\x08broken", "is not gzip"),
    ],
)
def test_what_is_no_feed_is_named(document: str | bytes, seen: str) -> None:
    with pytest.raises(FetchFailed, match=seen):
        parse(document)


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    + '<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY % remote SYSTEM "http://127.0.0.1:1/x.dtd"> %remote;]>'
)


@pytest.mark.parametrize("entity", ["k", "file"])
def test_entities_are_neither_expanded_nor_fetched(entity: str) -> None:
    feed = parse(f"{LAUGHS}<rss><channel><item><title>&{entity};!</title><link>/1</link></item></channel></rss>")
    assert [(link.url, len(link.title or "") < 20) for link in feed.links] == [("http://harbour-post.test/1", True)]
    sitemap = parse(f"{LAUGHS}<urlset><url><loc>/&{entity};</loc></url><url><loc>/2</loc></url></urlset>")
    assert [link.url for link in sitemap.links] == ["http://harbour-post.test/2"]


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel>" + "<a>" * 5_000 + "<item><link>/1</link></item>",
        "<urlset>" + "<a>" * 200_000,
        '{"version":' + "[" * 200_000,
        "<rss><channel><item><link>/1</link>" + "<" * 50_000,
        "<rss><channel><item><link>/1</link>" + '<a b="' * 10_000,
        "<rss><channel>" + "<item>" * 5_000,
        "<!--" * 100_000,
        "<rss " + "a='b' " * 20_000 + ">",
    ],
)
def test_depth_and_nonsense_are_bounded(document: str) -> None:
    try:
        feed = parse(document)
    except FetchFailed:
        return
    assert len(feed.links) <= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    for start in (b"", b"<rss><channel><item>", b"<urlset><url><loc>", b"{", b"\x1f\x8b\x08"):
        try:
            parse_feed(start + body, URL, most_bytes=10_000, most_links=10)
        except FetchFailed:
            continue
