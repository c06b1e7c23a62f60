"""Who wrote an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.article.blocks import cut
from etl.methods.article.bounds import parse_page
from etl.methods.article.names import choose_names, clean_names
from etl.methods.article.statements import gather


def read(html: str) -> tuple[str, ...]:
    document = parse_page(html.encode())
    assert document is not None
    return choose_names(gather(document), document, cut(document))


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Anna Sund", ["Anna Sund"]),
        ("Written by: Anna Sund and Per Vik", ["Anna Sund", "Per Vik"]),
        ("Von Anna Sund, Per Vik und Kai Ro", ["Anna Sund", "Per Vik", "Kai Ro"]),
        ("Anna Sund | asund@post.test", ["Anna Sund"]),
        ("Anna Sund, The Harbour Post", ["Anna Sund"]),
        ("Anna Sund, Associated Press", ["Anna Sund"]),
        ("Anna Sund (as)", ["Anna Sund"]),
        ("Sam Roe Jr. & Anna Sund", ["Sam Roe Jr", "Anna Sund"]),
        ("Sam Roe, Jr.", ["Sam Roe Jr."]),
        ("Trine Dahl og Tor Lien ", ["Trine Dahl", "Tor Lien"]),
        ("신하나 기자", ["신하나"]),
        ("بقلم رمزي ورداني", ["رمزي ورداني"]),
        ("https://www.facebook.com/anna", []),
        ("admin", []),
        ("Anna Sund December 28, 2023", ["Anna Sund"]),
        ("James O&#039;Neil", ["James O'Neil"]),
        ("", []),
    ],
)
def test_a_byline_is_split_into_names(byline: str, names: list[str]) -> None:
    assert clean_names(byline) == names


@given(st.text(max_size=200))
def test_names_are_never_empty(byline: str) -> None:
    assert all(len(name) >= 2 and name == name.strip() for name in clean_names(byline))


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (
            (
                '<script type="application/ld+json">{"@type":"Article","author":[{"name":"Anna '
                'Sund"},{"name":["Per Vik"]}]}</script>'
            ),
            ("Anna Sund", "Per Vik"),
        ),
        (
            (
                '<meta name="author" content="Harbour Post"><meta property="og:site_name" '
                'content="Harbour Post"><p class="byline">By <a href="/author/as">Anna Sund</a></p>'
            ),
            ("Anna Sund",),
        ),
        (
            (
                '<meta name="author" content="Harbour Post"><meta property="og:site_name" '
                'content="Harbour Post"><p>Words</p>'
            ),
            ("Harbour Post",),
        ),
        (
            (
                '<div><a rel="author" href="/a">Anna Sund</a> <a rel="author" href="/b">Per '
                'Vik</a></div><p>x</p><div><ul><li><a rel="author" href="/c">Kai Ro</a></li></ul></div>'
            ),
            ("Anna Sund", "Per Vik"),
        ),
        ('<span itemprop="author"><span>Anna Sund</span></span>', ("Anna Sund",)),
        ('<div class="post-author">Share</div><div class="author">About the author</div>', ()),
        ("<h1>News</h1><p>By Anna Sund</p><p>By the way, nobody wrote this.</p>", ("Anna Sund",)),
        ('<script type="application/ld+json">{"@type":"Article","author":{"name":null}}</script>', ()),
        ('<meta name="author" content="Anna Sund; anna sund; Per Vik">', ("Anna Sund", "Per Vik")),
    ],
)
def test_names_are_taken_by_the_order_of_trust(html: str, names: tuple[str, ...]) -> None:
    assert read(f"<html><body>{html}</body></html>") == names
