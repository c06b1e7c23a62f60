"""What is no article, and what kind of article it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.methods.article import kinds, read_article

TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/{n}">Story number {n} of the council and the '
    f"harbour</a></h3><p>A line about it.</p></div>"
    for n in range(30)
)
FEW = "<p>A crane lifts a boat out of the basin.</p>"
NEWS = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"%s}</script>'


@pytest.mark.parametrize(
    ("html", "url", "reason"),
    [
        (f"<html><body>{TEASERS}</body></html>", "https://a.test/", kinds.FRONT),
        (f"<html><body>{TEASERS}</body></html>", "https://a.test/index.html", kinds.FRONT),
        (f"<html><body>{TEASERS}</body></html>", "https://a.test/tag/harbour", kinds.LISTING),
        (
            (
                f"<html><head><script "
                f'type="application/ld+json">{{"@type":"CollectionPage"}}</script></head><body>{TEASERS}</body></html>'
            ),
            "https://a.test/x",
            kinds.LISTING,
        ),
        (f"<html><body><h1>Boat</h1>{FEW}</body></html>", "https://a.test/video/boat", kinds.MEDIA),
        (
            f'<html><head><meta property="og:type" content="video.other"></head><body><h1>Boat</h1>{FEW}</body></html>',
            "https://a.test/x",
            kinds.MEDIA,
        ),
        (f"<html><body><h1>Boat</h1>{FEW}</body></html>", "https://a.test/boat", kinds.SHORT),
        (
            (
                "<html><body><div><p>We value your privacy. We and our partners use cookies on this "
                "device.</p><button>Accept</button><p>See our cookie policy.</p></div></body></html>"
            ),
            "https://a.test/x",
            kinds.CONSENT,
        ),
        (
            (
                f"<html><body><h1>Boat</h1>{FEW}<div><p>Subscribe to continue reading this "
                f"article.</p></div></body></html>"
            ),
            "https://a.test/x",
            kinds.PAYWALL,
        ),
        (
            "<html><head><title>Access denied</title></head><body><p>You have no permission.</p></body></html>",
            "https://a.test/x",
            kinds.ERROR,
        ),
    ],
)
def test_pages_that_are_no_article(html: str, url: str, reason: str) -> None:
    assert read_article(html, url).no_article == reason


def test_an_article_is_one_wherever_it_lies(make_page: Callable[..., str]) -> None:
    for url in ("https://a.test/x/y", "https://a.test/video/boat", "https://a.test/2024/05/06/a"):
        assert read_article(make_page(), url).no_article is None


def test_a_short_text_that_states_to_be_an_article_is_one(
    make_page: Callable[..., str], paragraphs: tuple[str, ...]
) -> None:
    body = f"<p>{paragraphs[0]}</p><p>{paragraphs[2]}</p>"
    assert read_article(make_page(body=body), "https://a.test/x").no_article == kinds.SHORT
    assert read_article(make_page(body=body, head=NEWS % ""), "https://a.test/x").no_article is None


def test_live_blogs_are_kept_and_flagged(make_page: Callable[..., str]) -> None:
    live = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"x"}</script>'
    assert read_article(make_page(head=live), "https://a.test/x").is_live_blog
    assert read_article(make_page(), "https://a.test/live-blog/harbour").is_live_blog
    reading = read_article(make_page(), "https://a.test/people-live-longer")
    assert not reading.is_live_blog
    assert reading.no_article is None


@pytest.mark.parametrize(
    ("statement", "repeats", "is_cut"),
    [
        (',"isAccessibleForFree":false', 1, True),
        (',"isAccessibleForFree":"False","wordCount":900', 2, True),
        (',"isAccessibleForFree":false,"wordCount":190', 2, False),
        (',"isAccessibleForFree":true', 1, False),
        ("", 1, False),
    ],
)
def test_texts_cut_by_a_paywall(
    make_page: Callable[..., str], paragraphs: tuple[str, ...], statement: str, repeats: int, is_cut: bool
) -> None:
    body = "".join(f"<p>{one}</p>" for one in paragraphs * repeats)
    assert read_article(make_page(body=body, head=NEWS % statement), "https://a.test/x").is_truncated is is_cut


def test_a_gate_below_a_short_text_cuts_it(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    gate = "<div><p>Already a subscriber? Log in to continue reading.</p></div>"
    assert read_article(make_page(body=body, after=gate), "https://a.test/x").is_truncated


@pytest.mark.parametrize(
    ("text", "words"), [("one two three", 3), ("", 0), ("港口委员会同意", 3), ("Größe", 1), ("한국 신문 기사", 3)]
)
def test_words_are_counted_in_all_scripts(text: str, words: int) -> None:
    assert kinds.count_words(text) == words
