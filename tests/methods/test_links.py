from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchRefused
from etl.methods.links import canonical_url, claimed_canonical, index_domains, source_of, why_no_article
from etl.records import SourceDomain

DOMAINS = index_domains(
    [
        ("post", SourceDomain("post.test")),
        ("post-sport", SourceDomain("post.test", "/sport/")),
        ("post-ladies", SourceDomain("post.test", "/sport/ladies/")),
        ("isle", SourceDomain("isle.post.test")),
        ("old", SourceDomain("moved.test", last_on=date(2019, 12, 31))),
        ("new", SourceDomain("moved.test", first_on=date(2020, 1, 1))),
        ("blog-a", SourceDomain("a.blogspot.com")),
        ("blog-m", SourceDomain("m.blogspot.com")),
    ]
)

segments = st.sampled_from(
    (
        "amp",
        "print",
        "a",
        "Ä",
        "index.html",
        "story.amp",
        "x.amp.html",
        "%7Ea",
        "%2F",
        "%e2%82%ac",
        "..",
        ".",
        "",
        "a b",
    )
)
hosts = st.sampled_from(
    (
        *(
            "post.test",
            "www.post.test",
            "m.post.test",
            "amp.m.post.test",
            "M.Blogspot.com",
            "a.blogspot.com",
            "m.gov.uk",
        ),
        *(
            "xn--bcher-kva.example",
            "bücher.example",
            "mobile.de",
            "www.com",
            "www.m.co.uk",
            "93.184.216.34",
            "[fe80::1]",
        ),
    )
)
names = st.sampled_from(["utm_source", "id", "amp", "print", "q", "ref", "fbclid", "p", "Ü", "a[]", ""])
queries = st.lists(st.tuples(names, st.text(max_size=4)), max_size=4)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in draw(queries))
    port = draw(st.sampled_from(["", ":80", ":443", ":8080"]))
    path = "/".join(draw(st.lists(segments, max_size=5)))
    return (
        f"{draw(st.sampled_from(['http', 'HTTPS']))}://{draw(hosts)}{port}/{path}?{query}#{draw(st.text(max_size=5))}"
    )


@given(addresses())
def test_a_canonical_address_is_its_own(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@given(addresses())
def test_a_canonical_address_is_plain(url: str) -> None:
    parts = urlsplit(canonical_url(url))
    assert canonical_url(url).isascii()
    assert (parts.scheme, parts.netloc) == ("https", parts.netloc.lower())
    assert "utm_source" not in parts.query
    assert not parts.path.endswith("/") or parts.path == "/"


@given(addresses())
def test_an_address_never_becomes_another_sources(url: str) -> None:
    for source in ("blog-a", "blog-m", "isle"):
        assert (source_of(url, DOMAINS) == source) == (source_of(canonical_url(url), DOMAINS) == source)


@given(addresses())
def test_twins_are_one(url: str) -> None:
    parts = urlsplit(url)
    other = parts._replace(scheme="https" if parts.scheme == "http" else "http").geturl()
    if not parts.port:
        assert canonical_url(other) == canonical_url(url)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.test/{text}"):
        try:
            assert canonical_url(url).startswith("https://")
        except FetchRefused:
            continue


@pytest.mark.parametrize(
    "twin",
    [
        "https://post.test/2026/ferry-back",
        "http://post.test/2026/ferry-back",
        "http://www.post.test:80/2026/ferry-back/",
        "HTTP://POST.TEST./2026//ferry-back",
        "http://m.post.test/2026/ferry-back",
        "http://mobile.www.post.test/2026/ferry-back",
        "http://amp.post.test/2026/ferry-back",
        "http://post.test/2026/ferry-back/amp/",
        "http://post.test/amp/2026/ferry-back",
        "http://post.test/2026/ferry-back.amp",
        "http://post.test/2026/ferry-back?amp",
        "http://post.test/2026/ferry-back?amp=1",
        "http://post.test/2026/ferry-back?outputType=amp",
        "http://post.test/2026/ferry-back/print",
        "http://post.test/2026/ferry-back?print=true",
        "http://post.test/2026/ferry-back?view=mobile",
        "http://post.test/2026/ferry-back?utm_source=rss&utm_medium=feed&fbclid=a",
        "http://post.test/2026/ferry-back?ref=home#comments",
        "http://post.test/2026/x/../ferry%2Dback",
        "http://post.test/2026/ferry-back;jsessionid=1A2B?PHPSESSID=3",
        "http://post.test/2026/ferry-back/index.html",
    ],
)
def test_twins_of_an_article(twin: str) -> None:
    assert canonical_url(twin) == "https://post.test/2026/ferry-back"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://post.test/a?id=1", "http://post.test/a?id=2"),
        ("http://post.test/?p=1", "http://post.test/?p=2"),
        ("http://post.test/a", "http://post.test/A"),
        ("http://post.test/a%2Fb", "http://post.test/a/b"),
        ("http://post.test/a", "http://post.test:8080/a"),
        ("http://post.test/#!/1", "http://post.test/#!/2"),
        ("http://a.blogspot.com/1", "http://m.blogspot.com/1"),
        ("http://post.test/amp", "http://post.test/"),
        ("http://post.test/a?game_id=1", "http://post.test/a?game_id=2"),
        ("http://post.test/a?page=2", "http://post.test/a"),
        ("http://post.test/index.php?id=5", "http://post.test/index.php?id=6"),
        ("http://post.test/q?%E4=1", "http://post.test/q?%E5=1"),
    ],
)
def test_what_may_be_two_articles_stays_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://bücher.example/ä?q=ö", "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"),
        ("http://post.test?b=2&a=1", "https://post.test/?a=1&b=2"),
        ("http://post.test/%7euser/%e2%82%ac", "https://post.test/~user/%E2%82%AC"),
        ("  http://post.test/a b ", "https://post.test/a%20b"),
        ("http://[2606:2800:220:1::1]/a", "https://[2606:2800:220:1::1]/a"),
    ],
)
def test_how_a_canonical_address_is_written(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url", ["", "post.test/a", "mailto:a@post.test", "javascript:x", "http://", "http://[::1", "//a"]
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(FetchRefused, match="is no web address"):
        canonical_url(url)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("http://post.test/", "post"),
        ("https://www.post.test:443/a", "post"),
        ("http://video.post.test/a", "post"),
        ("http://post.test/sport", "post-sport"),
        ("http://post.test/sport/ladies/cup", "post-ladies"),
        ("http://post.test/sportive", "post"),
        ("http://isle.post.test/sport/", "isle"),
        ("http://harbour-post.test/", None),
        ("http://test/", None),
        ("http://post.test.evil.example/", None),
        ("nonsense", None),
        ("http://[::1", None),
    ],
)
def test_the_longest_domain_and_path_win(url: str, source: str | None) -> None:
    assert source_of(url, DOMAINS) == source


def test_a_domain_belongs_to_a_source_for_its_time() -> None:
    days = (date(2019, 12, 31), date(2020, 1, 1))
    assert [source_of("http://moved.test/a", DOMAINS, on=day) for day in days] == ["old", "new"]


@pytest.mark.parametrize(
    ("page", "claimed", "believed"),
    [
        ("http://post.test/a?x=1", "http://post.test/a", "https://post.test/a"),
        ("http://post.test/amp/a", "/a", "https://post.test/a"),
        ("http://video.post.test/a", "http://post.test/b", "https://post.test/b"),
        ("http://post.test/a", "http://isle.post.test/a", "https://post.test/a"),  # another source's
        ("http://post.test/a", "http://post.test/sport/a", "https://post.test/a"),
        ("http://post.test/a", "http://evil.example/a", "https://post.test/a"),
        ("http://post.test/a", "http://post.test/", "https://post.test/a"),  # all its pages claim the home page
        ("http://post.test/a", "javascript:alert(1)", "https://post.test/a"),
        ("http://post.test/a", "http://[", "https://post.test/a"),
        ("http://post.test/a", " ", "https://post.test/a"),
        ("http://post.test/a", None, "https://post.test/a"),
        ("http://unknown.example/a", "http://www.unknown.example/b", "https://unknown.example/b"),
        ("http://unknown.example/a", "http://post.test/b", "https://unknown.example/a"),
        ("http://x.blogspot.com/a", "http://y.blogspot.com/a", "https://x.blogspot.com/a"),
    ],
)
def test_a_claim_is_believed_within_its_own_source(page: str, claimed: str | None, believed: str) -> None:
    assert claimed_canonical(page, claimed, DOMAINS) == believed


@pytest.mark.parametrize(
    "url",
    [
        "http://post.test",
        "http://post.test/",
        "http://post.test/index.html",
        "http://post.test/tag/ferries",
        "http://post.test/category/news/page/3",
        "http://post.test/author/nora-quill/",
        "http://post.test/news/page/2",
        "http://post.test/search?q=ferry",
        "http://post.test/login",
        "http://post.test/feed/",
        "http://post.test/pictures/ferry.JPG",
        "http://post.test/report.pdf",
        "https://news.google.com/rss/articles/CBMi",
    ],
)
def test_what_is_surely_no_article(url: str) -> None:
    assert why_no_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://post.test/?p=12",
        "http://post.test/ferry",
        "http://post.test/2026/09/01/ferry-back-in-service.html",
        "http://post.test/topics/ferry-back-in-service-at-last",
        "http://post.test/section/1234567",
        "http://post.test/news/ferry.php?id=3",
        "http://post.test/about-the-ferry",
        "http://post.test/search-for-the-lost-ferry",
    ],
)
def test_what_may_be_an_article(url: str) -> None:
    assert why_no_article(url) is None
