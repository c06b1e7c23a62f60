"""When an article was published, by the order of trust."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.article.blocks import cut
from etl.methods.article.bounds import parse_page
from etl.methods.article.published import Published, Setting, choose_date
from etl.methods.article.statements import gather

CAPTURED = datetime(2024, 6, 1, tzinfo=UTC)
LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"%s"}</script>'
META = '<meta property="article:published_time" content="%s">'
TIME = '<time class="published" datetime="%s">x</time>'


def read(
    html: str, url: str = "https://a.test/x", *, time_zone: str | None = None, captured_at: datetime | None = CAPTURED
) -> Published:
    document = parse_page(f"<html><body>{html}</body></html>".encode())
    assert document is not None
    return choose_date(gather(document), document, cut(document), url, setting=Setting("en", time_zone, captured_at))


@pytest.mark.parametrize(
    ("html", "url", "origin", "day"),
    [
        (LD % "2024-05-06T10:00Z" + META % "2024-05-06T11:00Z", "/x", "json-ld", 6),
        (META % "2024-05-06T11:00Z" + TIME % "2024-05-06", "/2024/05/06/x", "meta", 6),
        (TIME % "2024-05-06T11:00Z", "/2024/05/05/x", "time-tag", 6),
        ('<span itemprop="datePublished" content="2024-05-06T11:00Z">x</span>', "/x", "time-tag", 6),
        ("<p>x</p>", "/2024/05/06/x", "url", 6),
        ("<p>x</p>", "/2024/may/06/x", "url", 6),
        ("<p>x</p>", "/news-20240506.html", "url", 6),
        ("<time datetime='2024-05-06'>x</time>", "/x", "time-tag", 6),
        ("<h1>News</h1><p>Posted on 6 May 2024</p><p>words</p>", "/x", "text", 6),
        ("<h1>News</h1><p>Updated 7 May 2024</p><p>6 May 2024</p>", "/x", "text", 6),
    ],
)
def test_the_most_trusted_statement_is_taken(html: str, url: str, origin: str, day: int) -> None:
    found = read(html, f"https://a.test{url}")
    assert found.origin == origin
    assert found.at is not None
    assert found.at.date() == date(2024, 5, day)
    assert not found.is_disputed


def test_a_page_without_date_has_none() -> None:
    assert read("<p>Nothing here tells when.</p>") == Published()


@pytest.mark.parametrize("wrong", ["2031-01-01", "1970-01-01T00:00:00Z", "0001-01-01", "nonsense", ""])
def test_impossible_statements_are_passed_over(wrong: str) -> None:
    found = read(LD % wrong + META % "2024-05-06T11:00Z")
    assert (found.origin, found.at) == ("meta", datetime(2024, 5, 6, 11, tzinfo=UTC))


def test_statements_that_differ_are_disputed() -> None:
    assert read(LD % "2024-05-06T10:00Z" + META % "2024-05-09T10:00Z").is_disputed
    assert not read(LD % "2024-05-06T10:00Z" + META % "2024-05-07T09:00Z").is_disputed
    assert read(META % "2024-05-06T10:00Z", "https://a.test/2023/05/06/x").is_disputed
    assert not read(META % "2024-05-06T23:00-05:00", "https://a.test/2024/05/07/x").is_disputed


def test_zone_and_precision() -> None:
    stated, assumed, day = (
        read(META % "2024-05-06T10:00+02:00"),
        read(META % "2024-05-06T10:00", time_zone="Asia/Tokyo"),
        read(META % "2024-05-06"),
    )
    assert (stated.at, stated.is_zone_assumed, stated.precision) == (
        datetime(2024, 5, 6, 8, tzinfo=UTC),
        False,
        "minute",
    )
    assert (assumed.at, assumed.is_zone_assumed) == (datetime(2024, 5, 6, 1, tzinfo=UTC), True)
    assert (day.at, day.is_zone_assumed, day.precision) == (datetime(2024, 5, 6, tzinfo=UTC), False, "day")


def test_a_change_before_the_publication_is_none() -> None:
    modified = '<meta property="article:modified_time" content="2024-05-0%d">'
    assert read(META % "2024-05-06T00:00Z" + modified % 7).modified_at == datetime(2024, 5, 7, tzinfo=UTC)
    assert read(META % "2024-05-06T00:00Z" + modified % 5).modified_at is None


moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(
    lambda at: at.replace(microsecond=0).isoformat() + "Z"
)


@given(in_ld=st.none() | moments, in_meta=st.none() | moments, in_time=st.none() | moments)
def test_what_is_found_was_stated_and_is_possible(in_ld: str | None, in_meta: str | None, in_time: str | None) -> None:
    html = "".join(form % value for form, value in ((LD, in_ld), (META, in_meta), (TIME, in_time)) if value)
    found = read(html)
    possible = [datetime.fromisoformat(value) for value in (in_ld, in_meta, in_time) if value]
    possible = [
        at
        for at in possible
        if datetime(1991, 8, 6, tzinfo=UTC) <= at and at.date() <= CAPTURED.date() + timedelta(days=1)
    ]
    assert found.at == next(iter(possible), None)
