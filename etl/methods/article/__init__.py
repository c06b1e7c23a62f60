"""Read one page into one article: what its parts say, and in which order they are asked.

What is counted: title, authors, dates, text, language and the rest of `Reading`, or why the page holds no article.

How, in the order of the modules: `decode` makes text of bytes. `bounds` cuts shapes that hang parsers, and parses.
`statements` gathers in one pass what the page says of itself; `title`, `names` and `published` choose from that by an
order that each writes down, and look at the layout only where nothing is stated. `blocks` cuts the page into runs of
text, `features` describes each by numbers, `judge` asks 250 small trees (grown by `train`, 18 KB) which are the
article. Where the trees are in doubt, `second_opinion` asks trafilatura, and newspaper4k where the two differ; the
text that agrees most with the others is taken. `kinds` says what is no article, `hyperlinks` where its links lead,
`plain_text` reads copied pages.

Reading touches no network and no clock, never raises, and is bounded in time and memory by the page's shape.
"""

from __future__ import annotations

import re
from datetime import datetime

from etl.methods.article import kinds
from etl.methods.article.blocks import Block, cut
from etl.methods.article.bounds import Element, bounded_source, is_bearable, parse_for_libraries, parse_page
from etl.methods.article.decode import decode, is_binary
from etl.methods.article.features import describe
from etl.methods.article.hyperlinks import absolute, find_hyperlinks
from etl.methods.article.judge import judge_blocks
from etl.methods.article.lines import tidy_paragraphs
from etl.methods.article.names import choose_names
from etl.methods.article.plain_text import read_plain_text
from etl.methods.article.published import Setting, choose_date
from etl.methods.article.second_opinion import are_one, ask_newspaper, ask_trafilatura, settle
from etl.methods.article.statements import Statements, gather, plain
from etl.methods.article.title import choose_title, without_name
from etl.methods.language import detect_language, normal_code
from etl.records import Reading

__all__ = ["CARD", "read_article", "read_plain_text", "without_name"]

CARD: dict[str, str | float] = {
    "name": "article",
    "version": "1",
    "definition": "Title, authors, dates and text of one page, or why it holds no article.",
    "measured_on": "bodies of 409 pages of sites not seen in training (scrapinghub, aed, fundus): F1 0.956",
    "precision": 0.941,
    "recall": 0.971,
    "languages": "all; measured on some thirty",
    "reference": "features after Kohlschütter et al. 2010, boilerplate detection using shallow text features, WSDM",
}

_DOUBT = 0.25  # from this share of doubtful characters on, a second opinion is asked
_SHORT = 250  # characters; so short a text is doubtful by itself
_MOST_KEYWORDS = 50
_KEYWORD_META = ("news_keywords", "article:tag", "parsely-tags", "sailthru.tags", "keywords")


def read_article(
    html: str | bytes,
    url: str,
    *,
    time_zone: str | None = None,
    captured_at: datetime | None = None,
    charset: str | None = None,
) -> Reading:
    """Read one page; never raises, and says in `no_article` why there is none.

    Args:
        html: What the source answered.
        url: Its address.
        time_zone: IANA, the source's: times without a zone are read in it.
        captured_at: When the page was fetched, aware: "3 hours ago" counts from it, and no page is dated after it.
        charset: What the answer's headers named.
    """
    if is_binary(html):
        return Reading(url, no_article=kinds.BINARY)
    page = decode(html, charset)
    source = bounded_source(page)
    document = parse_page(source)
    if document is None:
        return read_plain_text(page, url, time_zone=time_zone, captured_at=captured_at)
    stated, blocks = gather(document), cut(document)
    title = choose_title(stated, url)
    text, origin = _read_text(source, document, blocks, stated, title=title, url=url)
    prior = _stated_language(stated)
    language, confidence = detect_language(f"{title or ''}\n{text}", prior=prior)
    date = choose_date(stated, document, blocks, url, setting=Setting(_tag(prior, language), time_zone, captured_at))
    base = absolute(stated.base, url) or url
    return Reading(
        url=url,
        title=title,
        authors=choose_names(stated, document, blocks),
        published_at=date.at,
        modified_at=date.modified_at,
        date_origin=date.origin,
        date_precision=date.precision,
        is_zone_assumed=date.is_zone_assumed,
        is_date_disputed=date.is_disputed,
        text=text,
        language=language or normal_code(prior),
        language_confidence=confidence,
        section=_section(stated),
        keywords=_keywords(stated),
        summary=_first_text(
            stated.first("og:description", "description", "twitter:description"), stated.of_item("description")
        ),
        image_url=absolute(
            stated.first("og:image", "og:image:url", "twitter:image") or _image(stated.item.get("image")), base
        ),
        canonical_url=_canonical(stated, base),
        hyperlinks=find_hyperlinks(text, blocks, base),
        is_live_blog=kinds.is_live_blog(stated, url),
        is_truncated=kinds.is_truncated(stated, blocks, text),
        no_article=kinds.why_no_article(stated, blocks, text, title=title, url=url),
        text_origin=origin if text else None,
    )


def _read_text(
    source: bytes, document: Element, blocks: list[Block], stated: Statements, *, title: str | None, url: str
) -> tuple[str, str]:
    """Return the article's text, and which reader gave it: the trees, or the majority where these are in doubt."""
    summary = stated.first("og:description", "description")
    verdict = judge_blocks(blocks, describe(blocks, title=title, summary=summary))
    own = tidy_paragraphs([blocks[number].text for number in verdict.taken], title)
    if (verdict.doubt <= _DOUBT and len(own) >= _SHORT) or not is_bearable(document, source):
        return own, "blocks"
    page = parse_for_libraries(source)
    others = {"trafilatura": ask_trafilatura(page, url)}
    if are_one(own, others["trafilatura"]):
        return own, "blocks"
    others["newspaper4k"] = ask_newspaper(page, url)
    text, origin = settle(own, others)
    return tidy_paragraphs(re.split(r"\n\s*\n", text), title), origin


def _stated_language(stated: Statements) -> str | None:
    """Return the language that the page states, as it states it."""
    return (
        stated.language
        or plain(stated.item.get("inLanguage"))
        or stated.first("og:locale", "content-language", "language", "dc.language")
        or None
    )


def _tag(prior: str | None, language: str | None) -> str | None:
    """Return the stated language with its region where the text is in it, else the language of the text."""
    return prior if language is None or normal_code(prior) == language else language


def _section(stated: Statements) -> str | None:
    section = stated.item.get("articleSection")
    first = next((part for part in section if isinstance(part, str)), None) if isinstance(section, list) else section
    return _first_text(
        plain(first), stated.first("article:section", "section", "parsely-section", "og:article:section")
    )


def _first_text(*values: str | None) -> str | None:
    """Return the first value that says something, on one line."""
    return next((" ".join(plain(value).split())[:2_000] for value in values if value and value.strip()), None)


def _keywords(stated: Statements) -> tuple[str, ...]:
    """Return the labels that the source gave its article, each once."""
    told = stated.item.get("keywords")
    values = (
        [told]
        if isinstance(told, str)
        else [part for part in told if isinstance(part, str)]
        if isinstance(told, list)
        else []
    )
    for name in _KEYWORD_META:
        values = values or stated.meta.get(name, [])
    words = [" ".join(plain(word).split()) for value in values for word in re.split(r"[,;]", value[:5_000])]
    return tuple(dict.fromkeys(word for word in words if 0 < len(word) <= 100))[:_MOST_KEYWORDS]


def _image(image: object) -> str | None:
    """Return the address in a JSON-LD image: an address, an item, or a list of them."""
    if isinstance(image, list):
        image = image[0] if image else None
    if isinstance(image, dict):
        image = image.get("url")
    return image if isinstance(image, str) else None


def _canonical(stated: Statements, base: str) -> str | None:
    addresses = (*stated.links.get("canonical", ()), *stated.meta.get("og:url", ()))
    return next((url for url in (absolute(address, base) for address in addresses) if url), None)
