"""Bodies: an article's paragraphs as HTML, with their hyperlinks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from etl.newsroom.truth import ArticleTruth


def paragraphs_of(article: ArticleTruth) -> list[str]:
    """Return the inner HTML of every paragraph."""
    return [_linked(paragraph, list(_links(article, start, paragraph))) for start, paragraph in _placed(article)]


def joined(article: ArticleTruth, opening: str = "<p>", closing: str = "</p>") -> str:
    """Return all paragraphs, each in the same tags."""
    return "".join(f"{opening}{paragraph}{closing}\n" for paragraph in paragraphs_of(article))


def _placed(article: ArticleTruth) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in article.paragraphs:
        yield start, paragraph
        start += len(paragraph) + 2


def _links(article: ArticleTruth, start: int, paragraph: str) -> Iterator[tuple[int, int, str]]:
    for link in article.hyperlinks:
        if link.position is not None and start <= link.position < start + len(paragraph):
            place = link.position - start
            yield place, place + len(link.text), link.url


def _linked(paragraph: str, links: list[tuple[int, int, str]]) -> str:
    pieces, place = [], 0
    for start, end, url in links:
        pieces.append(escape(paragraph[place:start], quote=False))
        pieces.append(f'<a href="{escape(url)}">{escape(paragraph[start:end], quote=False)}</a>')
        place = end
    pieces.append(escape(paragraph[place:], quote=False))
    return "".join(pieces)
