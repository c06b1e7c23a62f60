"""Bound a page by its shape before a library sees it: some shapes, harmless to a browser, hang parsers and readers.

libxml2 takes time by the square of an element's attributes; trafilatura and newspaper4k take time by the square of
paragraphs and table cells, and copy JSON-LD several times. What exceeds the limits is cut, far beyond anything real.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from typing import Any, TypeAlias

import lxml.html
import numpy as np
from lxml import etree
from lxml.html import HtmlElement

Element: TypeAlias = Any  # an element of lxml.etree, which has no types of its own

MOST_TAGS = 50_000  # start and end tags that are parsed; the most of 2,372 real pages is 10,305
_LONGEST_TAG = 2_000  # bytes; longer ones lose their longest values, then their surplus attributes
_MOST_ATTRIBUTES = 60
_TAG_NAME = re.compile(rb"</?[a-zA-Z0-9:-]{1,40}")
_LONGEST_VALUE = 500
_ATTRIBUTE = re.compile(rb"""[^\s"'<>/=]{1,60}(?:\s{0,9}=\s{0,9}(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_END_OF_PAGE = re.compile(
    rb"</(?:html|body)\s*>", re.IGNORECASE
)  # what stands behind is shown by browsers all the same
_CONTROLS = bytes(code if code > 31 or code in b"\t\n\r" else 32 for code in range(256)).replace(b"\x7f", b" ")
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}>" % _LONGEST_TAG)
_PARSING = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": False}

# shapes up to which a second reader is asked, about thrice the most of 2,372 real pages
_MOST_FOR_LIBRARIES = {"elements": 12_000, "paragraphs": 1_500, "cells": 3_000, "depth": 150, "bytes": 1_500_000}


def bounded_source(html: str) -> bytes:
    """Return what is parsed of a page: UTF-8 without control characters, bounded in tags and attributes."""
    source = html.encode("utf-8", errors="replace").translate(_CONTROLS)
    if _has_long_tag(source):
        source = _LONG_TAG.sub(_shortened, source)
    return _cut_tags(_END_OF_PAGE.sub(b"", source))


def parse_page(source: bytes) -> Element | None:
    """Parse a page into a tree of plain elements, however broken it is; None where there is nothing to parse."""
    if b"<" not in source:
        return None
    with suppress(etree.XMLSyntaxError, ValueError):
        return etree.fromstring(source, parser=etree.HTMLParser(**_PARSING))
    return None


def parse_for_libraries(source: bytes) -> HtmlElement | None:
    """Parse a page into the elements that trafilatura and newspaper4k expect, which are slower to walk."""
    with suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
        return lxml.html.document_fromstring(source, parser=lxml.html.HTMLParser(**_PARSING))
    return None


def is_bearable(document: Element, source: bytes) -> bool:
    """Tell whether the page's shape is one that trafilatura and newspaper4k get done with."""
    most = _MOST_FOR_LIBRARIES
    if len(source) > most["bytes"]:
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


def _depth(document: Element) -> int:
    deepest, level = 0, [document]
    while level and deepest <= _MOST_FOR_LIBRARIES["depth"]:
        level = [child for node in level for child in node]
        deepest += 1
    return deepest


def _has_long_tag(source: bytes) -> bool:
    """Tell quickly whether any tag is so long that it has to be shortened."""
    letters = np.frombuffer(source, dtype=np.uint8)
    opens, closes = np.flatnonzero(letters == ord("<")), np.flatnonzero(letters == ord(">"))
    following = np.append(closes, len(source))[np.searchsorted(closes, opens)]
    return bool((following - opens > _LONGEST_TAG).any())


def _shortened(match: re.Match[bytes]) -> bytes:
    """Return a tag with what a reader could need of its attributes."""
    name = _TAG_NAME.match(match[0])
    attributes = (attribute[0] for attribute in _ATTRIBUTE.finditer(match[0], name.end() if name else 1))
    kept = list(islice((one for one in attributes if len(one) <= _LONGEST_VALUE), _MOST_ATTRIBUTES))
    return b" ".join([name[0] if name else b"<div", *kept]) + b">"


def _cut_tags(source: bytes) -> bytes:
    """Cut the page before the first tag too many."""
    if source.count(b"<") <= MOST_TAGS:
        return source
    return source[: np.flatnonzero(np.frombuffer(source, dtype=np.uint8) == ord("<"))[MOST_TAGS]]
