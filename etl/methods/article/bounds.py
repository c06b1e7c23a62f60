"""Bound a page by its shape before a library sees it: some shapes, harmless to a browser, hang parsers and readers.

libxml2 takes time by the square of an element's attributes; trafilatura and newspaper4k take time by the square of
paragraphs and table cells, and copy JSON-LD several times. What exceeds the limits is cut, far beyond anything real.
"""

from __future__ import annotations

import re
from contextlib import suppress

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

MOST_TAGS = 60_000  # start and end tags that are parsed; the most of 2,400 real pages is 34,000
_LONGEST_TAG = 3_000  # characters; longer ones lose their longest values, then their surplus attributes
_MOST_ATTRIBUTES = 60
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9:-]{{0,40}})\s([^<>]{{{_LONGEST_TAG},}})>?")
_ATTRIBUTE = re.compile(r"""[^\s"'<>/=]{1,60}(?:\s{0,9}=\s{0,9}(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,2000}))?""")
_MANY_ATTRIBUTES = re.compile(r"<[a-zA-Z][^<>]{600,}>")
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)

# shapes up to which a second reader is asked: both take well under a second there
_MOST_FOR_LIBRARIES = {"elements": 12_000, "paragraphs": 1_500, "cells": 3_000, "depth": 150, "characters": 1_500_000}


def parse_page(html: str) -> HtmlElement | None:
    """Parse a page into a tree, however broken it is; None where there is nothing to parse."""
    bounded = _cut_tags(_cut_attributes(html))
    if "<" not in bounded:
        return None
    with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        document = lxml.html.document_fromstring(bounded.encode("utf-8", errors="replace"), parser=_PARSER)
        return document if isinstance(document, HtmlElement) else None
    return None


def is_bearable(document: HtmlElement, html: str) -> bool:
    """Tell whether the page's shape is one that trafilatura and newspaper4k get done with."""
    most = _MOST_FOR_LIBRARIES
    if len(html) > most["characters"]:
        return False
    counts = {
        "elements": "count(//*)",
        "paragraphs": "count(//p)",
        "cells": "count(//td) + count(//th)",
    }
    return (
        all(float(document.xpath(path)) <= most[name] for name, path in counts.items())
        and _depth(document) <= most["depth"]
    )


def _depth(document: HtmlElement) -> int:
    deepest, level = 0, [document]
    while level and deepest <= _MOST_FOR_LIBRARIES["depth"]:
        level = [child for node in level for child in node]
        deepest += 1
    return deepest


def _cut_attributes(html: str) -> str:
    """Shorten tags of very many or very long attributes to what a reader could need of them."""
    return _MANY_ATTRIBUTES.sub(_shortened, html)


def _shortened(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) <= _LONGEST_TAG and tag.count("=") <= _MOST_ATTRIBUTES:
        return tag
    name = re.match(r"</?[a-zA-Z0-9:-]{1,40}", tag)
    kept: list[str] = []
    for attribute in _ATTRIBUTE.finditer(tag, name.end() if name else 1):
        kept.append(attribute[0])
        if len(kept) >= _MOST_ATTRIBUTES:
            break
    return f"{name[0] if name else '<div'} {' '.join(kept)}>"


def _cut_tags(html: str) -> str:
    """Cut the page behind its last tag that is still parsed."""
    if html.count("<") <= MOST_TAGS:
        return html
    position = -1
    for _ in range(MOST_TAGS):
        position = html.index("<", position + 1)
    return html[:position]
