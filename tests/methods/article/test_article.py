"""Reading one page into one article."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.methods.article import CARD, kinds, read_article
from etl.records import Hyperlink, Reading

URL = "https://harbour-post.test/2024/05/06/council-deepens-harbour"


def json_ld(**item: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **item})}</script>'


def test_an_article_is_read_whole(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    head = json_ld(
        headline="Council deepens harbour",
        author=[{"@type": "Person", "name": "Anna Sund"}, {"name": "By Per Vik"}],
        datePublished="2024-05-06T08:30:00+02:00",
        dateModified="2024-05-06T09:00:00+02:00",
        articleSection="Local",
        keywords="harbour, council",
        isAccessibleForFree=True,
    )
    head += (
        '<meta property="og:description" content="Work begins in spring."><meta '
        'property="og:image" content="/basin.jpg"><link rel="canonical" href="/a?b=1">'
    )
    reading = read_article(make_page(head=head), URL)
    assert reading == Reading(
        url=URL,
        title="Council deepens harbour",
        authors=("Anna Sund", "Per Vik"),
        published_at=datetime(2024, 5, 6, 6, 30, tzinfo=UTC),
        modified_at=datetime(2024, 5, 6, 7, 0, tzinfo=UTC),
        date_origin="json-ld",
        date_precision="minute",
        text="\n\n".join(paragraphs * 2),
        language="en",
        language_confidence=reading.language_confidence,
        section="Local",
        keywords=("harbour", "council"),
        summary="Work begins in spring.",
        image_url="https://harbour-post.test/basin.jpg",
        canonical_url="https://harbour-post.test/a?b=1",
        text_origin="blocks",
    )
    assert reading.language_confidence > 0.9


def test_hyperlinks_stand_where_their_words_are(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    body = f'<p>{paragraphs[0]}</p><p>As <a href="/plan">the plan</a> says, {paragraphs[1]}</p>' + "".join(
        f"<p>{one}</p>" for one in paragraphs[2:] * 2
    )
    reading = read_article(make_page(body=body), URL)
    assert reading.hyperlinks == (
        Hyperlink("https://harbour-post.test/plan", "the plan", reading.text.index("the plan")),
    )


def test_the_zone_of_the_source_is_used_where_none_is_stated(make_page: Callable[..., str]) -> None:
    head = '<meta property="article:published_time" content="2024-05-06T08:30:00">'
    reading = read_article(make_page(head=head), URL, time_zone="America/New_York")
    assert reading.published_at == datetime(2024, 5, 6, 12, 30, tzinfo=UTC)
    assert reading.is_zone_assumed
    assert reading.date_origin == "meta"


def test_times_ago_count_from_the_capture(make_page: Callable[..., str]) -> None:
    page = make_page(before='<div class="byline">3 hours ago</div>')
    reading = read_article(page, "https://harbour-post.test/a", captured_at=datetime(2024, 5, 6, 12, tzinfo=UTC))
    assert reading.published_at == datetime(2024, 5, 6, 9, tzinfo=UTC)
    assert reading.date_origin == "text"


def test_what_is_around_the_article_is_left_out(make_page: Callable[..., str]) -> None:
    aside = (
        '<aside class="related"><h3>Related stories</h3>'
        + "".join(f'<p><a href="/{n}">Another story, number {n}, of this week</a></p>' for n in range(8))
        + "</aside>"
    )
    comments = (
        '<div class="comments"><p class="comment">I have lived here for forty years and I '
        "never saw such a decision, said the reader.</p></div>"
    )
    text = read_article(
        make_page(
            before='<div class="cookie-banner">We use cookies to improve this site.</div>', after=aside + comments
        ),
        URL,
    ).text
    assert not any(words in text for words in ("Another story", "forty years", "cookies", "All rights", "weather"))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", kinds.EMPTY),
        ("   \n ", kinds.EMPTY),
        (b"", kinds.EMPTY),
        (b"%PDF-1.7 \x00\x01\x02", kinds.BINARY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), kinds.BINARY),
        (
            (
                "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Try the "
                "search.</p></body></html>"
            ),
            kinds.ERROR,
        ),
        (
            (
                "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before "
                "you go on.</p></body></html>"
            ),
            kinds.ROBOT,
        ),
        ("<html><body></body></html>", kinds.UNREADABLE),
    ],
)
def test_a_page_without_article_says_why(page: str | bytes, reason: str) -> None:
    assert read_article(page, "https://harbour-post.test/x/y").no_article == reason


def test_scripts_without_spaces_and_from_right_to_left_are_read() -> None:
    chinese = (
        "港口委员会星期一同意加深东部航道，主席在会后表示，工程将于明年春天开始，"
        "费用的三分之二由市政府承担。渔民批评这一决定过于仓促。"
    )
    arabic = (
        "وافق مجلس الميناء يوم الاثنين على تعميق الحوض الشرقي، وقالت رئيسته إن العمل سيبدأ في "
        "الربيع وإن المدينة ستدفع ثلثي التكلفة، حسب الخطة. "
    )
    for language, sentence in (("zh", chinese), ("ar", arabic)):
        body = "".join(f"<p>{sentence}{number}</p>" for number in range(5))
        page = f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"
        reading = read_article(page, URL)
        assert reading.language == language
        assert reading.text.count(sentence.strip()) == 5
        assert reading.no_article is None


PICTURE = '<meta property="og:image" content="http://127.0.0.1:9/x.jpg">'
REFRESH = '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/">'
SHORT = (
    "<html><body><div><p>Few words, <img src='http://127.0.0.1:9/x.jpg'> a picture.</p></div><p>More.</p></body></html>"
)


def test_reading_needs_no_network(make_page: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    assert read_article(make_page(head=PICTURE + REFRESH), URL).text
    assert read_article(SHORT, URL).no_article == kinds.SHORT  # both second readers were asked


tags = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='byline'>",
        "<a href='http://[x'>",
        "<h1>",
        "<script type='application/ld+json'>",
        "</script>",
        "<time>",
        "<td>",
        '{"@graph": null}',
        "By ",
        "12 May 2020",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(tags | st.text(max_size=30), max_size=30))
def test_nothing_raises(parts: list[str]) -> None:
    reading = read_article("".join(parts), "https://harbour-post.test/a/b")
    assert reading.published_at is None or reading.published_at.tzinfo is not None
    assert reading.text or reading.no_article


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "@type", "url"]), inner),
    max_leaves=6,
)
KEYS = ["author", "headline", "datePublished", "articleBody", "keywords", "articleSection", "image", "publisher"]
KEYS += ["inLanguage", "isAccessibleForFree", "wordCount", "dateModified", "description", "mainEntity", "@graph"]


@settings(max_examples=60, deadline=None)
@given(item=st.dictionaries(st.sampled_from(KEYS), json_values))
def test_no_statement_raises(item: dict[str, object]) -> None:
    page = f"<html><head>{json_ld(**item)}</head><body><p>Words</p></body></html>"
    assert read_article(page, URL).no_article


def test_a_page_without_any_markup_is_read_as_text() -> None:
    reading = read_article("Council deepens harbour basin\n" + "The council agreed to deepen the basin. " * 9, URL)
    assert (reading.title, reading.text_origin) == ("Council deepens harbour basin", "plain text")


@settings(max_examples=60, deadline=None)
@given(page=st.binary(max_size=400), charset=st.none() | st.text(max_size=10), url=st.text(max_size=30))
def test_no_bytes_raise(page: bytes, charset: str | None, url: str) -> None:
    assert read_article(page, url, charset=charset).url == url


def test_the_card_promises_what_was_measured() -> None:
    assert 0.9 < float(CARD["precision"]) < 1
