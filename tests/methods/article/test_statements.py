"""What a page says of itself."""

from __future__ import annotations

import pytest

from etl.methods.article.bounds import parse_page
from etl.methods.article.statements import Statements, gather, plain


def read(html: str) -> Statements:
    document = parse_page(html.encode())
    assert document is not None
    return gather(document)


def script(json: str) -> Statements:
    return read(f'<html><head><script type="application/ld+json">{json}</script></head></html>')


@pytest.mark.parametrize(
    "json",
    [
        '{"@type": "NewsArticle", "headline": "A"}',
        '[{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": "A"}]',
        '{"@graph": [{"@type": "Organization"}, {"@type": ["Article", "Thing"], "headline": "A"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "http://schema.org/NewsArticle", "headline": "A"}}',
        '<!-- {"@type": "NewsArticle", "headline": "A"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "A",}',
        '{"@type": "NewsArticle", "headline": "A", "description": "one\ntwo"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A&quot;}",
    ],
)
def test_the_article_is_found_in_json_ld(json: str) -> None:
    assert script(json).of_item("headline") == "A"


@pytest.mark.parametrize(
    "json",
    [
        "",
        "{",
        "null",
        '{"@graph": null}',
        '{"@type": 7}',
        "[" * 5_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '{"@type": "Person", "name": "A"}',
    ],
)
def test_broken_or_other_json_ld_states_nothing(json: str) -> None:
    assert script(json).item == {}


def test_the_fuller_of_two_articles_is_taken() -> None:
    items = (
        '[{"@type": "Article", "name": "Teaser"}, {"@type": "NewsArticle", "headline": "A", '
        '"datePublished": "2024-01-01"}]'
    )
    assert script(items).of_item("headline") == "A"


def test_other_statements() -> None:
    found = read(
        '<html lang="nb-NO"><head><title> A  title </title><base href="https://a.test/"><meta '
        'property="og:title" content="T"><meta name="Author" content="X"><meta name="author" '
        'content="Y">'
        '<meta name="empty" content=""><link rel="shortlink canonical" href=" /c '
        '"></head><body><h1>One <b>two</b></h1><div class="Published-On"><time '
        'datetime="2024-01-02">2 January</time></div><time>today</time></body>'
    )
    assert (found.language, found.head_title, found.base) == ("nb-NO", "A title", "https://a.test/")
    assert found.meta == {"og:title": ["T"], "author": ["X", "Y"]}
    assert found.first("missing", "empty", "author") == "X"
    assert found.links["canonical"] == ["/c"]
    assert found.headlines == ["One two"]
    assert found.times == [("2024-01-02", "published-on"), ("today", "")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a &amp;amp; b", "a & b"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        (["a", 1, "b"], "a\n\nb"),
        (None, ""),
        (3, ""),
        ("1 < 2", "1 < 2"),
    ],
)
def test_values_become_plain_text(value: object, text: str) -> None:
    assert plain(value) == text
